// What is noted with a seat in a meeting beside what she was offered: that she told us of a trouble, and
// that she has paid. Each is an offer without a title, waits for no answer, and says since when, so that
// what she sends next is known to belong to it. Values; the instants are the conversation's.

#pragma once

#include "dialogs/engine/room.hpp"
#include "dialogs/message/time.hpp"

#include <string>
#include <utility>

namespace tertulia::dialogs {

// Neither offer is waited for with words.
[[nodiscard]] bool is_note(const std::pair<std::string, std::string>& offer);

// `words_came`: not only a tap, so that what follows soon after is still of it.
void note_trouble(room_seat& seat, instant at, bool words_came);
// It was taken, by a tap or by what she said: her words that follow are of it.
void trouble_goes_on(room_seat& seat, instant now);
[[nodiscard]] bool is_about_trouble(const room_seat& seat, instant now);
void hears_no_more_of_trouble(room_seat& seat);

void note_paid(room_seat& seat, instant at);
// Whatever she sends shows it: a receipt that is spoken, too.
[[nodiscard]] bool awaits_proof(const room_seat& seat, instant now);

}  // namespace tertulia::dialogs
