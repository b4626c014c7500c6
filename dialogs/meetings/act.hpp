// What somebody does in a meeting, and what happens to it from outside: one event is one act of one
// actor at one instant.

#pragma once

#include "dialogs/meetings/plan.hpp"
#include "dialogs/meetings/state.hpp"
#include "dialogs/message/inbound.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs::meetings {

// In brackets what an act carries; `about` is a client id. Words that reach others come judged (see
// judgement); who judged them as anything but relay gets them refused, except in `said`. Numbers
// are stored.
enum class verb : std::uint8_t {
    none = 0,
    // before
    edit = 1,             // [plan]
    schedule = 2,
    announce = 3,
    reschedule = 4,       // [when: the new start]
    cancel = 5,           // [text: why, agrees: she is sure, once it has a date]
    excuse = 6,           // herself [text: why, told to nobody]
    confirm = 7,          // yes: she sees our message, will come, will pay today, is still there; of
                          // who moderates: she is still there
    check_in = 8,
    open = 9,
    leave = 10,           // she goes; what is sent to the room no longer reaches her
    // roll call and minutes
    mark = 11,            // [about, attends]
    approve = 12,
    object = 13,          // [text] to the last minutes, or to these in minutes_review
    edit_minutes = 14,    // [number: of the objection it settles; text, which may begin with it]
    // money
    report_payment = 15,  // a claim [amount if said, media: the proof]; never changes a balance
    confirm_cash = 16,    // [about: the payer, amount]
    record_savings = 17,  // [about, amount; choice yes: another one of the same amount, which is in
                          // number, in minor units]
    cannot_pay = 18,      // [text: why]: a case for the agent
    internal_repay = 19,  // she says so [amount]
    record_internal = 20,  // the treasurer has it in hand [about, amount]
    request_internal = 21,  // [amount, text: what for, agrees: that the minutes name it]
    // members and loans
    propose_member = 22,  // [about: the prospect's id, name, text]
    present = 23,         // the guest presents herself [text, judged]
    request_loan = 24,    // [amount, text: what for, agrees: that the minutes name it]
    open_vote = 25,       // [number: of the request]
    cast_vote = 26,       // [number: of the request, ballot; text: hers, where she said it in words]
    close_vote = 27,      // [number: of the request]
    // talk
    said = 28,            // [text, media, seconds, judged, second: the small group of the provider
                          // it was said in, or none; there agrees: she says that she is here]: also
                          // a discussion and a voice note
    quiz_answer = 29,     // [number: which of the answers, from 1; text where there are none]
    hand_up = 30,
    grant_floor = 31,     // [about]; of nobody: the floor is free again
    // fines
    propose_fine = 32,    // [about, fine]
    justify = 33,         // her own [number, text]
    waive = 34,           // [number]; needs president and agent, each once
    confirm_fine = 35,    // [number, amount: paid now, or zero]
    // closing
    note_agreement = 36,  // [text, about: who does it, when: by then]
    agree_next = 37,      // [when]
    set_banker = 38,      // [about, second: who goes with her]
    close = 39,
    sign = 40,
    // leading
    pause = 41,           // [text: why, minutes]
    resume = 42,
    adjourn = 43,         // [text: why, agrees: she is sure]
    advance = 44,         // [text: why, where a step is skipped]
    back = 45,            // [to; draft: the step before]
    take_over = 46,       // the backup becomes the moderator
    // moderation
    release = 47,         // [number: of what is held]
    reject = 48,          // [number, text: why]
    mute = 49,            // [about, minutes, text: why]
    unmute = 50,          // [about]
    warn = 51,            // [about, text: why]
    remove = 52,          // [about, text: why] from the room of this meeting
    flag = 53,            // [number: of what was relayed, text; without one she is told which there
                          // are: about, whose]
    appeal = 54,          // [number: of the incident, text]
    answer_appeal = 55,   // [number: of the incident, agrees: it is taken back, text]
    // from outside
    bring_roster = 56,    // [roster]: members and dues as core banking has them
    see_payment = 57,     // [about, amount, loan_id, transaction]: the only thing that counts
    take_consent = 58,    // a prospect agrees [about] to be presented and named; choice no: she would
                          // rather not
    timer = 59,           // [which, when: it was due]
    // afterwards
    rate = 60,            // how it was for her [number: 1 not good, 2 so so, 3 good; text: later]
    // before, too
    try_out = 61,         // every member gets a message that asks nothing but one tap
    // from outside
    see_chat = 62,        // of the provider's small group [second: which; about: who is in it
                          // (agrees) or is not any more; of nobody: it is there (agrees, text: its
                          // link), or there can be none]
};
inline constexpr std::size_t verbs = 63;
[[nodiscard]] std::string_view name_of(verb which) noexcept;
[[nodiscard]] std::optional<verb> parse_verb(std::string_view word) noexcept;

// One of each at most is set in a meeting: a later `timer` out takes the place of an earlier one.
enum class timer_name : std::uint8_t {
    draft_ends = 0,
    announce = 1,       // 48 h before
    remind = 2,         // 2 h before
    lobby = 3,          // 15 min before
    no_moderator = 4,   // 10 min after the start, nobody has opened
    step_ends = 5,
    quorum_ends = 6,    // the second wait of a roll call
    absent = 7,
    vote_ends = 8,
    digest = 9,         // what was said is passed on
    silence = 10,       // who says nothing is asked whether she is there
    moderator = 11,     // says nothing
    pause_ends = 12,
    review_ends = 13,
};
inline constexpr std::size_t timer_names = 14;
[[nodiscard]] std::string_view name_of(timer_name which) noexcept;
[[nodiscard]] std::optional<timer_name> parse_timer_name(std::string_view word) noexcept;

enum class ballot : std::uint8_t { abstain = 0, yes = 1, no = 2 };
[[nodiscard]] std::string_view name_of(ballot which) noexcept;
[[nodiscard]] std::optional<ballot> parse_ballot(std::string_view word) noexcept;

enum class fine_kind : std::uint8_t { late = 0, absent = 1, other = 2 };
[[nodiscard]] std::string_view name_of(fine_kind which) noexcept;
[[nodiscard]] std::optional<fine_kind> parse_fine_kind(std::string_view word) noexcept;

// ---- what the filter thought of words, before they came here

enum class decision : std::uint8_t {
    relay = 0,
    hold = 1,       // the moderator looks at it first
    to_agent = 2,   // private: never the group's, a person of ours answers her
    block = 3,      // nobody's
};
[[nodiscard]] std::string_view name_of(decision which) noexcept;
[[nodiscard]] std::optional<decision> parse_decision(std::string_view word) noexcept;

// What it was about. Minutes count by these; nothing else of moderation stands in them.
enum class incident_kind : std::uint8_t {
    none = 0,
    off_topic = 1,
    flood = 2,
    voice_note = 3,     // too long
    proof_in_group = 4,
    sales = 5,          // also politics, chains, links
    scam = 6,           // also "send me your code"
    privacy = 7,        // balances, arrears
    naming_debt = 8,    // who has not paid
    insult = 9,         // also threats and slurs
    pressure = 10,      // to pay for another
    sensitive = 11,     // illness, violence
    papers = 12,        // identity papers, minors
    emergency = 13,
    flagged = 14,       // by a member
    by_hand = 15,       // what the moderator did of her own
};
inline constexpr std::size_t incident_kinds = 16;
[[nodiscard]] std::string_view name_of(incident_kind which) noexcept;
[[nodiscard]] std::optional<incident_kind> parse_incident_kind(std::string_view word) noexcept;

struct judgement {
    decision what{decision::relay};
    std::string rule{};       // which of the filter's
    incident_kind kind{};
    std::chrono::minutes mute{};           // the speaker, beside it
    bool urgent{};            // the agent hears of it at once, at whatever hour
    bool operator==(const judgement&) const = default;
};

struct media_ref {
    media_kind kind{};
    std::string id{};  // the provider's, as received; empty: there is none
    bool operator==(const media_ref&) const = default;
};

// `about` of a rate that waits for words.
inline constexpr std::string_view rate_in_words = "words";

// Only what its verb names is looked at; the rest is as initialised.
struct act {
    verb what{};
    std::string about{};
    std::string second{};
    std::string name{};
    std::string text{};         // at most text_characters_max
    std::string loan_id{};
    std::string transaction{};  // core banking's id of a payment
    money amount{};
    instant when{};
    std::chrono::minutes lasts{};
    int number{};
    int seconds{};              // of a voice note
    bool agrees{};
    attendance attends{};
    ballot choice{};
    fine_kind fine{};
    state to{};
    timer_name which{};
    media_ref media{};
    judgement judged{};
    std::vector<roster_member> roster{};
    std::optional<plan> planned{};
    bool operator==(const act&) const = default;
};
// One message in the room; longer ones are refused, kindly.
inline constexpr std::size_t text_characters_max = 1'500;

struct actor {
    role as{};         // member for every member, whatever her office: rights come from the roster
    std::string id{};  // client id, house user id, prospect id; empty: the system
    std::string name{};
    bool operator==(const actor&) const = default;
};

struct event {
    actor by{};
    act what{};
    instant at{};            // the institution's clock; earlier than the last line counts as that
    std::string message_id{};  // of the message that did it, for duplicates; may be empty
    bool operator==(const event&) const = default;
};

}  // namespace tertulia::dialogs::meetings
