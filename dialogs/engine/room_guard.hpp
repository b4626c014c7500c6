// What the moderation of meetings thinks of words before they reach a room's others: the guard is asked
// with what the room knows of its people, so that no name and no amount of theirs slips through.

#pragma once

#include "dialogs/meetings/advance.hpp"
#include "dialogs/script/program.hpp"

namespace tertulia::dialogs {

// Judges the words of an act that others would hear, and notes it in the act. A receipt shown while
// payments are collected becomes a report of a payment: it is for us alone.
void judge_words(const program& by, const meetings::meeting& room, meetings::event& heard);

}  // namespace tertulia::dialogs
