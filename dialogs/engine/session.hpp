// Where one person stands: who she is to us and where her conversation is. A value: loaded beside
// an event, changed only by step(), stored with the turn. Strings, not indices, so that a stored
// session is readable and survives a script set being compiled again.

#pragma once

#include "dialogs/clients/assurance.hpp"
#include "dialogs/clients/confirmation.hpp"
#include "dialogs/clients/preferences.hpp"
#include "dialogs/clients/reach.hpp"
#include "dialogs/engine/room.hpp"
#include "dialogs/services/applications.hpp"
#include "dialogs/message/identity.hpp"
#include "dialogs/message/language.hpp"
#include "dialogs/message/time.hpp"
#include "dialogs/nudges/gates.hpp"
#include "dialogs/services/cases.hpp"
#include "dialogs/services/hardship.hpp"
#include "dialogs/services/payment_claims.hpp"
#include "dialogs/services/payment_promises.hpp"
#include "dialogs/services/referrals.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// One dialog under way. The innermost is last; a called dialog returns to the one before it.
struct frame {
    std::string dialog{};
    // The state by its name: the question that was put, or the call that waits for its answer. With
    // a
    // "+" before it: to be entered once the frame above has ended. With a "?": to be entered once
    // the frame above has returned ok (it asks for proof), else dropped.
    std::string state{};
    // What she chose and answered: "loan" -> loan id, "answer.amount" -> "amount:150050 GTQ" (see
    // script/answer_values.hpp), and what the engine notes beside it.
    std::map<std::string, std::string> kept{};
    bool operator==(const frame&) const = default;
};

struct consent {
    bool opted_out{};  // asked us to stop: nothing is sent but replies to what she writes
    instant changed_at{};
    bool operator==(const consent&) const = default;
};

// Something that comes at its time, whatever she writes meanwhile and whether or not a conversation
// is under way then. Every step that moves the session sets its timer again, so that it survives.
struct appointment {
    std::string timer{};  // its timer's name; one appointment each
    // Of "unanswered" and "wait:…" the state, as "dialog.state"; of "begin:…" the dialog.
    std::string what{};
    instant due{};
    bool operator==(const appointment&) const = default;
};

// A form she left unfinished.
struct draft {
    std::string dialog{};
    std::map<std::string, std::string> answers{};  // as frame::kept has them
    instant until{};                               // dropped then
    bool told{};                                   // she has been told that it is kept
    bool operator==(const draft&) const = default;
};
inline constexpr std::size_t drafts_max = 8;  // the one that lapses first makes room

// A number she says is hers, while the code sent there is awaited. The code itself is nowhere: the
// gateway makes it again from `nonce` and her key.
struct number_proof {
    std::string phone{};  // E.164; empty: nothing is being proved
    std::uint64_t nonce{};
    instant until{};
    std::uint32_t tries_left{};
    std::vector<instant> sent{};  // codes of the last 24 hours, whatever number they went to
    bool operator==(const number_proof&) const = default;
};
inline constexpr milliseconds code_life = std::chrono::minutes{10};
inline constexpr std::uint32_t code_tries = 3;
inline constexpr std::size_t codes_a_day = 3;

// A case of somebody else's, as the conversation of a colleague knows it.
struct desk_case {
    std::string number{};
    party_id client{};
    std::string client_name{};
    std::string kind{};
    bool taken{};  // by her
    instant at{};  // last heard of
    bool operator==(const desk_case&) const = default;
};

// Of who works here: the cases brought to her in her own conversation.
struct desk {
    std::vector<desk_case> cases{};  // the one heard of last is last
    std::string at{};                // the case she is in; empty: none
    std::string awaits{};            // "note", "resolve", "confirm": her next words are that…
    std::string awaits_for{};        // …of this case
    bool as_client{};                // she speaks for herself now: nothing is passed on
    bool operator==(const desk&) const = default;
};
inline constexpr std::size_t desk_cases_max = 30;  // the oldest that is not taken makes room

struct session {
    // The person, kept from one conversation to the next.
    language_tag language{};  // empty until known
    bool language_chosen{};   // she chose it: never guessed again
    bool welcomed{};          // has seen the officer card
    assurance proof{};
    consent wishes{};
    address reply_to{};         // where she last wrote from
    instant last_inbound_at{};  // by the provider's stamp; the 24-hour window counts from it
    std::string identity_key_hash{};

    // The conversation under way; no frames: nothing is.
    std::uint64_t script_set{};  // short hash of the set it runs on
    std::vector<frame> frames{};
    std::uint32_t misses{};  // replies in a row the state did not understand
    // Not empty: a person is waited for there, or has the conversation; see below.
    std::string queue{};
    instant handed_over_at{};
    std::vector<appointment> later{};  // by what was agreed first

    // Counts the steps that may have moved the conversation; a timer set before the last of them is
    // void. Delivery outcomes, reactions and what is said in groups leave it as it is.
    std::uint64_t steps{};
    instant now{};  // of the last step: time never runs backwards here

    std::vector<draft> drafts{};  // at most one a dialog

    std::vector<heard_on> channels{};    // where she has written from, one a channel
    std::string prefers{};               // "whatsapp", "sms": how she wants to be written to
    std::vector<started> under_way{};    // what we started and nobody has confirmed, oldest first
    number_proof proving{};
    std::string writes_as{};             // of a number of several clients, who of them it is
    instant writes_as_at{};              // when she last wrote as that

    std::vector<client_case> cases{};  // hers, by number; over ones go first where there is no room
    std::uint32_t cases_opened{};      // ever, in this conversation
    // Because of which a person has it, or is waited for; empty: the assistant answers.
    std::string case_in_hand{};
    struct desk desk{};
    std::vector<sent_application> applications{};  // the newest last; the oldest makes room
    std::uint32_t applications_sent{};             // ever, in this conversation
    // By name, at most preferences_max; `prefers` and `language` are those of their names at work.
    std::vector<preference> preferences{};
    std::vector<agreement> agreements{};  // at most one a kind
    std::vector<payment_claim> claims{};  // the newest last; what is over makes room, oldest first
    std::uint32_t claims_said{};          // ever, in this conversation
    std::vector<payment_promise> promises{};  // as claims
    hardship_told hardship{};

    instant told_coming_at{};  // when she was last told that a person will read what she wrote
    bool pin_put_aside{};      // a person took the conversation while she was asked for her PIN
    std::vector<confirmation> confirmations{};  // at most one for a dialog
    referral_sides referrals{};
    std::vector<touch> touches{};  // what we began, the newest last
    std::string goal{};            // what she says she works or saves for
    std::vector<room_seat> rooms{};  // meetings she has to do with, the one heard of last is last
    held_meeting room{};             // of a room: the meeting; of a person nothing

    bool operator==(const session&) const = default;
};

// Before the one who has the conversation, in session::queue.
inline constexpr std::string_view taken_by = "agent:";

// Somebody of the institution has the conversation: the assistant is silent, and what she writes goes
// to that person.
[[nodiscard]] inline bool with_person(const session& at) noexcept {
    return at.queue.starts_with(taken_by);
}
// Somebody was promised her, and nobody has come yet: the assistant goes on answering.
[[nodiscard]] inline bool waits_for_person(const session& at) noexcept {
    return !at.queue.empty() && !with_person(at);
}

}  // namespace tertulia::dialogs
