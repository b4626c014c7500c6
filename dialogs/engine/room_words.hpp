// Short words by which people act in a meeting from their telephones: "presente", "siguiente",
// "pausa 10", "silenciar 4", "pido 3000 para mercadería". Each is a message of the operators
// (meeting.word.NAME), so that it is said in her language; what follows it is read here. A message may
// have several ways to say it, with commas between: the first is the one people are told.

#pragma once

#include "dialogs/meetings/act.hpp"
#include "dialogs/understanding/entities.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

// As clocks show it at the institution.
struct moment_said {
    civil_date day{};
    std::chrono::minutes clock{};  // since midnight
    bool operator==(const moment_said&) const = default;
};

struct room_command {
    meetings::act does{};
    std::optional<moment_said> when{};  // for does.when, which who has the calendar fills in
    std::string looks{};  // in place of an act, as room_word has it
};

// Before the NAME of a word in room_word::looks: an act that was begun and is not whole. To whom it is
// none of hers, it is talk.
inline constexpr std::string_view how_to_write = "how:";
// Before the NAME of a word and what stands behind it, "name:mute Ana 10": who "Ana" is the room knows.
inline constexpr std::string_view told_by_name = "name:";

// A word with something missing behind it, or with figures that say nothing there.
struct half_command {
    std::string_view name{};
    std::string so{};  // how it is written: "efectivo 4 100"
    bool has_figures{};
};

// A word that takes a person, with something other than her number behind it.
struct named_command {
    std::string_view name{};
    std::string rest{};  // "Ana 10"
};

// Takes a person off what stands behind a word; nothing: no one is told there.
using person_reader = std::function<std::optional<std::string>(std::string_view& rest)>;

// "preparar reunión Las Mariposas martes 10:00": what stands behind the word.
struct meeting_said {
    std::string group{};               // empty: she did not say
    std::optional<moment_said> when{};
    bool is_half{};  // a day without an hour, or an hour without a day
};

// Every NAME there is: for the check of the operators' messages.
[[nodiscard]] std::span<const std::string_view> room_word_names() noexcept;

// What a NAME does; nothing: it does nothing by itself.
[[nodiscard]] std::optional<meetings::verb> act_of_room_word(std::string_view name) noexcept;

// `word` gives the message of a NAME in her language, empty where there is none. People of the roster
// are told by their number, "#4". Nothing: the line is no command.
[[nodiscard]] std::optional<room_command> read_room_command(
    std::string_view line,
    const std::function<std::string(std::string_view name)>& word,
    const reading_rules& rules
);

// Of a line that read_room_command() does not read. Nothing: it is not begun as one.
[[nodiscard]] std::optional<half_command> read_half_command(
    std::string_view line, const std::function<std::string(std::string_view name)>& word
);

// As long as a name and what belongs behind it may be; longer is talk.
[[nodiscard]] std::optional<named_command> read_named_command(
    std::string_view line, const std::function<std::string(std::string_view name)>& word
);
// What stands behind the word NAME, by whom people are told in her way. Nothing: it is not whole.
[[nodiscard]] std::optional<room_command> read_behind_word(
    std::string_view name, std::string_view rest, const person_reader& person,
    const reading_rules& rules
);

// ---- heard loosely: misspelt by a letter, and with other words about it

// `ways`: a message of a NAME, with all its ways to say it.
[[nodiscard]] bool says_she_is_here(std::string_view line, std::string_view ways);
// The first of them, and whatever behind it.
[[nodiscard]] bool begins_with_word(std::string_view line, std::string_view ways);
// Whether she will come, to an invitation. Nothing: she says neither, or asks something.
[[nodiscard]] std::optional<bool> read_invited(
    std::string_view line, std::string_view ways_to_come, std::string_view ways_to_stay
);

// `word` is the message of "prepare" in her language. Nothing: the line does not begin with it.
[[nodiscard]] std::optional<meeting_said> read_meeting_wish(
    std::string_view line, std::string_view word, const reading_rules& rules
);

}  // namespace tertulia::dialogs
