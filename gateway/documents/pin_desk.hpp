// Where a client sets her PIN: an address nobody guesses, good for one PIN and a short while. It may
// be opened more than once, since whoever carries the message looks at what it leads to. Only the
// hash of what it ends with is remembered, in memory: after a restart she asks for another.
//
// Threads: any.

#pragma once

#include "dialogs/message/language.hpp"
#include "dialogs/message/time.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tertulia::gateway {

class pin_desk {
public:
    static constexpr std::chrono::minutes open_for{10};
    static constexpr int tries_max = 10;  // of forms sent back; then the address is gone
    static constexpr std::size_t waiting_max = 10'000;  // the oldest makes room

    struct order {
        std::string client_id{};
        std::int64_t party{};  // the conversation that asked for it, and hears of it
        language_tag language{};
    };

    // What the address ends with. One she was given before is good no more.
    [[nodiscard]] std::string lay_out(order what, instant now);
    // Nothing, as below: never there, used, or too late; which, nobody is told.
    [[nodiscard]] std::optional<order> look(std::string_view token, instant now);
    // A form came back: one try less.
    [[nodiscard]] std::optional<order> attempt(std::string_view token, instant now);
    void used(std::string_view token);

private:
    struct waiting {
        order what{};
        instant until{};
        int tries{};
    };
    std::mutex mutex_{};
    std::unordered_map<std::string, waiting> all_{};  // by the token's hash
};

}  // namespace tertulia::gateway
