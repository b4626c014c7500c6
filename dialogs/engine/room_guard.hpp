// What the moderation of meetings thinks of words before they reach a room's others: the guard is asked
// with what the room knows of its people, so that no name and no amount of theirs slips through.

#pragma once

#include "dialogs/meetings/advance.hpp"
#include "dialogs/script/program.hpp"

#include <string_view>

namespace tertulia::dialogs {

// Judges the words of an act that others would hear, and notes it in the act. A receipt shown while
// payments are collected becomes a report of a payment: it is for us alone.
// A trouble of hers that she tells the room is told to us instead, as if she had tapped that she has one.
void judge_words(const program& by, const meetings::meeting& room, meetings::event& heard);

// Words of hers about a trouble of hers, in `judgement::rule`: to her case, and no reproach.
inline constexpr std::string_view trouble_rule = "trouble";

// Somebody is in danger now.
[[nodiscard]] bool is_emergency(
    const program& by, std::string_view text, std::string_view language, instant now
);

// Of paying, or of what is to be paid.
[[nodiscard]] bool speaks_of_payment(const program& by, std::string_view text);

}  // namespace tertulia::dialogs
