// A provider's error codes and what we do about each, as rows of data: the form every adapter's
// table has.

#pragma once

#include "adapters/wire/verdict.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>

namespace tertulia::adapters {

struct reaction_rule {
    int first{};
    int last{};  // inclusive
    adapters::reaction reaction{};
    int tries_max{};                    // 0: no further try of its own accord
    std::chrono::milliseconds after{};  // 0: the sender's own back-off
    std::string_view reason{};
};

// Waiting for our turn is not failing: limits are tried for as long as the message lives.
inline constexpr int while_it_lives = 1'000;

[[nodiscard]] constexpr reaction_rule rows(
    int first,
    int last,
    adapters::reaction reaction,
    std::string_view reason,
    int tries_max = 0,
    std::chrono::milliseconds after = {}
) {
    return {first, last, reaction, tries_max, after, reason};
}

[[nodiscard]] constexpr reaction_rule row(
    int code,
    adapters::reaction reaction,
    std::string_view reason,
    int tries_max = 0,
    std::chrono::milliseconds after = {}
) {
    return rows(code, code, reaction, reason, tries_max, after);
}

// What find_rule() asks of a table: rising codes, none twice.
template <std::size_t Rows>
[[nodiscard]] constexpr bool is_ordered(const std::array<reaction_rule, Rows>& table) {
    for (std::size_t index = 0; index < table.size(); ++index) {
        if (table[index].last < table[index].first) return false;
        if (index > 0 && table[index].first <= table[index - 1].last) return false;
    }
    return true;
}

// The rule of a code; null if the table has none.
template <std::size_t Rows>
[[nodiscard]] const reaction_rule* find_rule(
    const std::array<reaction_rule, Rows>& table, int code
) noexcept {
    const auto found = std::partition_point(
        table.begin(), table.end(), [code](const reaction_rule& rule) { return rule.last < code; }
    );
    return found != table.end() && found->first <= code ? &*found : nullptr;
}

// Of a failed status; null as any other failure.
[[nodiscard]] constexpr failure failure_of(const reaction_rule* rule) noexcept {
    return rule == nullptr ? failure::other : failure_of(rule->reaction);
}

[[nodiscard]] verdict by_rule(const reaction_rule& rule, int code);

// A waiting verdict waits at least as long as the header says: whole seconds, a day at most. The
// other form of the header, a date, would need a clock and is ignored.
void obey_retry_after(verdict& judged, std::string_view header);

}  // namespace tertulia::adapters
