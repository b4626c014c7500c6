// The keys and marks of what a frame keeps (frame::kept), for the talk_*.cpp files that share them.

#pragma once

#include "dialogs/facts/fact_table.hpp"

#include <map>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

// The state it was given at; empty: in a dialog that was called, and has returned.
inline const std::string last_answer_key = "last_answer";
// Since the last answer: the states that set values ("dialog.state", with blanks between), and what
// a name held before, empty for nothing. A correction sets them once more.
inline const std::string set_since_key = "set_since";
inline constexpr std::string_view before_prefix = "before.";

// Of a form that the provider's own asks: what that must come back with, and that it cannot be had.
inline const std::string form_token_key = "form_token";
inline const std::string form_refused_key = "form_refused";

// The question that has been explained and not answered since.
inline const std::string explained_key = "explained";

inline constexpr std::string_view left_out = "skipped:";  // kept where she left an answer out
// Kept where there is no value, and a dialog that called this one has one of that name.
inline constexpr std::string_view no_value = "none:";

[[nodiscard]] inline std::string answer_key(std::string_view name) {
    std::string key{answer_prefix};
    return key += name;
}

[[nodiscard]] inline bool is_answer_key(std::string_view key) noexcept {
    return key.starts_with(answer_prefix);
}

// She answered it here, or left it out.
[[nodiscard]] inline bool is_answered(
    const std::map<std::string, std::string>& kept, std::string_view name
) {
    const auto found = kept.find(answer_key(name));
    return found != kept.end() && found->second != no_value;
}

// From here on nothing can be corrected.
inline void forget_last_answer(std::map<std::string, std::string>& kept) {
    std::erase_if(kept, [](const auto& one) {
        return one.first == last_answer_key || one.first == set_since_key ||
               one.first.starts_with(before_prefix);
    });
}

}  // namespace tertulia::dialogs
