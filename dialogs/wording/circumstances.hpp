// Under which circumstances a text is said, and which of a message's variants is the one for them.
//
// A variant's key is one condition or several joined by '+': `sms`, `nascent+morning`. All of them
// must hold. Of the variants that do, the one with the weightiest condition is said; between two
// that have that, the next weightiest decides. Channel outweighs archetype, archetype tone, tone
// the time of day: 8, 4, 2 and 1, so that no two different sets of conditions weigh the same and a
// channel outweighs all the others together.

#pragma once

#include "dialogs/facts/portfolio.hpp"
#include "dialogs/message/channel_kind.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// How we speak: of the dialog, later of the nudge.
enum class tone : std::uint8_t {
    service,  // she asked, or is told what she should know
    plan,     // "¿qué día le queda bien?"
    concern,  // "¿todo bien?": something may be wrong, and we care
    options,  // she cannot pay: what can be done
};

// In the institution's zone.
enum class day_part : std::uint8_t {
    morning,    // 5:00 to 11:59
    afternoon,  // 12:00 to 17:59
    evening,    // 18:00 to 4:59
};

struct circumstances {
    channel_kind channel{};
    archetype whom{archetype::emerger};  // of who is on no file
    tone in{};
    day_part at{};
};

[[nodiscard]] day_part day_part_of(int hour) noexcept;  // 0 to 23
[[nodiscard]] std::optional<tone> parse_tone(std::string_view word) noexcept;
[[nodiscard]] std::vector<std::string> tone_words();

// A condition of a variant, and when it holds, for people.
struct condition_word {
    std::string_view word{};
    std::string_view about{};
};
[[nodiscard]] std::vector<condition_word> condition_words();

// The conditions of one variant; none at all is the plain text.
class conditions {
public:
    [[nodiscard]] bool hold(const circumstances& now) const noexcept;
    [[nodiscard]] int weight() const noexcept;  // 0 to 15: more is more specific
    [[nodiscard]] bool none() const noexcept { return weight() == 0; }
    [[nodiscard]] std::optional<channel_kind> channel() const noexcept;
    auto operator<=>(const conditions&) const = default;

private:
    friend struct conditions_reader;
    static constexpr std::size_t aspects = 4;  // channel, archetype, tone, time: weightiest first
    static constexpr std::int8_t any = -1;
    std::array<std::int8_t, aspects> wanted_{any, any, any, any};
};

struct conditions_problem {
    std::size_t offset{};  // in bytes, in the key
    std::size_t length{};
    std::string what{};
    std::string word{};                     // what was written, if a slip is likely; else empty
    std::vector<std::string> candidates{};  // what may stand there instead
};

// Reads a variant's key. Of one with a problem the conditions mean nothing.
[[nodiscard]] conditions read_conditions(
    std::string_view key, std::vector<conditions_problem>& problems
);

}  // namespace tertulia::dialogs
