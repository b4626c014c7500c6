// What a person writes, turn after turn, and what must come back: one line a step,
//   TEXT | REPLIES | a piece of the last reply (plain ASCII; may be empty)
// After the last step she begins again, at the line "first:" if there is one: what stands before it
// is said only once (a PIN).

#pragma once

#include <string>
#include <vector>

namespace tertulia::bench {

struct talk_step {
    std::string text{};
    int replies{1};
    std::string expect{};
};

struct talk {
    std::vector<talk_step> steps{};
    std::size_t round_begins{};

    [[nodiscard]] std::size_t after(std::size_t step) const noexcept {
        return step + 1 < steps.size() ? step + 1 : round_begins;
    }
};

// Throws std::runtime_error with the place of the mistake.
[[nodiscard]] talk read_talk(const std::string& file);

}  // namespace tertulia::bench
