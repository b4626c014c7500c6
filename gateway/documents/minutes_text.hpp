// The minutes in few words: for a chat, for a voice, and for a note in core banking. Pure; by the
// messages `minutes.text.…` and `minutes.spoken.…`.

#pragma once

#include "gateway/documents/minutes_facts.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace tertulia::gateway {

inline constexpr std::size_t summary_line_characters_max = 160;
inline constexpr std::size_t spoken_characters_max = 900;
inline constexpr std::size_t note_bytes_max = 1'000;  // of core banking

// At most last_minutes_max lines, most important first: what the next meeting reads out. A longer
// line is cut at a word.
[[nodiscard]] std::vector<std::string> minutes_summary(
    const minutes_of& what, const dialogs::catalogue& words
);

// Whole sentences, at most spoken_characters_max characters; in our own words no digit (what was agreed
// is said as it was written). Agreements that have no room are left out from the last one on.
[[nodiscard]] std::string minutes_spoken(const minutes_of& what, const dialogs::catalogue& words);

// The summary as one text, with the hash of the log, at most note_bytes_max.
[[nodiscard]] std::string minutes_note(const minutes_of& what, const dialogs::catalogue& words);

}  // namespace tertulia::gateway
