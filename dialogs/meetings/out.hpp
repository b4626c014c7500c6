// What a meeting wants done. Values only: the gateway carries them out after its commit, in order.
//
// A room never writes to anybody itself: a `say` is told to the one it names, whose own conversation
// renders it in her language and sends it. Everything for many is one `say` for each; a small group
// of the provider has a conversation of its own, and is told once.

#pragma once

#include "dialogs/meetings/act.hpp"
#include "dialogs/meetings/meeting.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::dialogs::meetings {

// For whom: one person, or the small group of the provider, where everybody reads it.
struct recipient {
    enum class kind : std::uint8_t { member = 0, guest = 1, officer = 2, chat = 3 };
    kind is{};
    std::string id{};  // of a chat: small_chat::id
    auto operator<=>(const recipient&) const = default;
};

// One message or several lines of others, as a digest has them.
struct digest_line {
    std::uint32_t number{};
    std::string name{};
    std::string text{};
    bool operator==(const digest_line&) const = default;
};
struct message_key {  // a text of the catalogue as an argument: the name of a state, of a rule…
    std::string key{};
    bool operator==(const message_key&) const = default;
};
using argument_value = std::variant<
    std::string, std::int64_t, money, instant, civil_date, message_key,
    std::vector<std::string>, std::vector<digest_line>, std::vector<message_key>>;
struct argument {
    std::string name{};
    argument_value value{};
    bool operator==(const argument&) const = default;
};

// A button, or a number by SMS. The title is a message, or, without a key, words of the agenda; the
// id comes back and is read by act_of_choice.
struct offered_choice {
    std::string id{};
    std::string title_key{};
    std::string title{};
    bool operator==(const offered_choice&) const = default;
};

enum class urgency : std::uint8_t {
    reply = 0,  // to what she just did
    room = 1,   // the meeting goes on
    alert = 2,  // an officer must look now
};

// Her own conversation keeps whether she is in this room: words typed while she is go to it.
enum class room_change : std::uint8_t { none = 0, enters = 1, leaves = 2 };

struct say {
    recipient to{};
    std::string key{};  // "meeting.vote"
    std::vector<argument> arguments{};
    std::vector<offered_choice> choices{};
    media_ref media{};
    urgency how{urgency::room};
    room_change room{};
    bool to_paste{};    // in companion mode: the officer gives it to the group of her phone
    bool operator==(const say&) const = default;
};

// Set, in place of an earlier one of the name. It comes back as verb::timer with `which` and `when`
// (= due); a late, early or repeated one is refused and changes nothing.
struct set_timer {
    timer_name which{};
    instant due{};
    bool operator==(const set_timer&) const = default;
};

// Something for a person of ours. `kind` is a name of cases.yaml.
struct case_wanted {
    std::string kind{};   // meeting_hardship, meeting_privacy, meeting_security, meeting_emergency…
    std::string about{};  // client id; empty: the group
    std::string words{};  // hers, sealed with her key
    bool urgent{};
    bool operator==(const case_wanted&) const = default;
};

// The group said yes: a draft for her officer, never a loan.
struct application_wanted {
    std::string client_id{};
    money amount{};
    std::string purpose{};
    int request{};
    bool operator==(const application_wanted&) const = default;
};

// A claim that she has paid, to be matched with core banking; and a payment by its proof.
struct claim_wanted {
    std::string client_id{};
    std::string loan_id{};
    money amount{};      // zero: she did not say
    media_ref proof{};
    bool operator==(const claim_wanted&) const = default;
};

// Roster and dues are wanted from core banking, as bring_roster.
struct roster_wanted {
    bool operator==(const roster_wanted&) const = default;
};

// A new meeting is wanted at that time, in place of this one that was broken off.
struct reschedule_wanted {
    instant start{};
    bool operator==(const reschedule_wanted&) const = default;
};

// The end: what core banking gets (attendance, notes) is in make_minutes. After adjourned too,
// where payments and attendance stay valid. Once a meeting.
struct finished {
    state how{};
    bool operator==(const finished&) const = default;
};

using out = std::variant<
    say, set_timer, case_wanted, application_wanted, claim_wanted, roster_wanted, reschedule_wanted,
    finished>;

// ---- choices

// "m:26:3:1:" and the like: verb, number, ballot, about. Short enough for every provider.
[[nodiscard]] std::string choice_id(const act& what);
// Nothing when it is none of ours.
[[nodiscard]] std::optional<act> act_of_choice(std::string_view id);

// Every key a meeting may say, for the check of the operators' messages. Beside them stand
// "meeting.refused.WORD" of every refusal with words, "meeting.state.WORD",
// "meeting.incident.WORD", "meeting.outcome.WORD", "meeting.fine_kind.WORD" and
// "meeting.pause_reason.WORD" (by_hand, no_moderator, moderator_silent, emergency).
struct message_shape {
    std::string_view key{};
    std::string_view arguments{};  // "name:text amount:money": text, number, money, time,
                                   // date, key, texts, keys, lines
    std::string_view choices{};    // the last words of their title keys, "meeting.choice.yes"
};
[[nodiscard]] const std::vector<message_shape>& messages_said();

}  // namespace tertulia::dialogs::meetings
