// One meeting as it stands: all that the next event needs, and nothing more. The log of its lines
// is the truth and is kept by the gateway; a meeting can always be rebuilt from its plan and its
// lines (replay.hpp). Every list is bounded here, so that a room of 30 stays a row of a few
// kilobytes.
//
// Votes are secret: while one is open the choices stand in `box`, afterwards only their count does.
// Nothing of `box` and no line of cast_vote may be shown to anybody.

#pragma once

#include "dialogs/meetings/act.hpp"
#include "dialogs/meetings/plan.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::dialogs::meetings {

// Words that are passed on. `number` counts through the meeting: nobody gets a number twice, or a
// lower one after a higher.
struct spoken_line {
    std::uint32_t number{};
    instant at{};
    state during{};         // when it was said: guests hear those of admissions only
    std::string speaker{};  // client id, prospect id, house user id
    std::string name{};     // first name
    std::string text{};
    media_ref media{};
    bool operator==(const spoken_line&) const = default;
};

enum class held_for : std::uint8_t {
    filter = 0,     // the moderator decides
    turn = 1,       // she has not the floor; released when she gets it
    flood = 2,      // too many in a minute; the moderator decides
    end = 3,        // off the topic for the third time; released at closing
};
[[nodiscard]] std::string_view name_of(held_for which) noexcept;

struct held_line {
    int number{};
    held_for why{};
    std::string rule{};
    incident_kind kind{};
    actor by{};
    instant at{};
    state during{};
    std::string text{};
    media_ref media{};
    bool operator==(const held_line&) const = default;
};

struct fragment {
    instant at{};
    std::string text{};
    bool operator==(const fragment&) const = default;
};

// What one member did so far. In the order of plan::members.
struct member_record {
    std::string id{};
    bool invited{};
    bool coming{};           // she said so
    attendance attends{};
    instant checked_in{};    // when she came, or was marked as here; zero: not
    bool in_room{};          // what is said reaches her
    bool gone{};             // she left; counts no more, may come again
    bool removed{};
    instant muted_until{};
    int warnings{};
    int off_topic{};
    int long_voice_notes{};
    int floods{};
    instant heard{};         // of her, last
    bool asked_if_there{};
    std::vector<instant> said_at{};      // in the last minute, at most said_a_minute
    std::vector<fragment> fragments{};   // of the last 20 s
    std::uint32_t told_to{};             // the highest number of spoken_line she has
    bool approved{};                     // the last minutes
    bool asked_quiz{};
    bool answered_quiz{};
    bool quiz_right{};
    int claims{};                        // that she has paid, not yet seen
    money paid{};                        // seen by core banking
    money savings{};                     // recorded by the treasurer
    bool in_trouble{};                   // she cannot pay
    int rated{};                         // as verb::rate has it; 0: not yet
    bool operator==(const member_record&) const = default;
};
inline constexpr int said_a_minute = 5;
inline constexpr int floods_before_mute = 2;

// Somebody who is not of the group.
struct guest_record {
    std::string id{};
    std::string name{};
    std::string sponsor{};  // who proposed her
    bool consented{};
    bool in_room{};
    std::uint32_t told_to{};
    bool operator==(const guest_record&) const = default;
};

struct cash_line {
    std::string about{};  // the payer
    money amount{};
    std::vector<std::string> confirmed_by{};  // different people, none the payer
    bool complete{};
    bool operator==(const cash_line&) const = default;
};

enum class request_kind : std::uint8_t { admission = 0, loan = 1, internal_loan = 2 };
[[nodiscard]] std::string_view name_of(request_kind which) noexcept;
[[nodiscard]] std::optional<request_kind> parse_request_kind(std::string_view word) noexcept;
// The step in which the group decides on it.
[[nodiscard]] bool is_voted_in(state at, request_kind kind) noexcept;

enum class request_state : std::uint8_t {
    open = 0,
    voting = 1,
    agreed = 2,
    refused = 3,
    void_vote = 4,  // below quorum: may be voted on again
};
[[nodiscard]] std::string_view name_of(request_state which) noexcept;

struct request {
    int number{};
    request_kind kind{};
    request_state stands{};
    std::string who{};      // client id, or the prospect's
    std::string name{};
    std::string sponsor{};  // of an admission
    money amount{};
    std::string purpose{};
    bool named{};           // she agrees that the minutes name her and the amount
    bool operator==(const request&) const = default;
};

struct cast {
    std::string by{};
    ballot choice{};
    bool operator==(const cast&) const = default;
};
// The one vote that is open.
struct ballot_box {
    int request{};
    instant opened{};
    int present{};                        // then
    std::vector<std::string> eligible{};  // frozen then
    std::vector<cast> casts{};            // one each, the last counts
    bool operator==(const ballot_box&) const = default;
};

enum class vote_outcome : std::uint8_t { refused = 0, agreed = 1, void_vote = 2 };
[[nodiscard]] std::string_view name_of(vote_outcome which) noexcept;
struct vote_result {
    int request{};
    request_kind kind{};
    std::string subject{};  // the name
    int present{};
    int eligible{};
    int yes{};
    int no{};
    int abstain{};
    vote_outcome came{};
    bool operator==(const vote_result&) const = default;
};

enum class fine_state : std::uint8_t {
    proposed = 0,
    justified = 1,  // she gave a reason; decided by waive or confirm_fine
    waived = 2,
    confirmed = 3,  // owed
    paid = 4,
    carried = 5,    // unpaid, to the next meeting
};
[[nodiscard]] std::string_view name_of(fine_state which) noexcept;
struct fine {
    int number{};
    std::string about{};
    fine_kind kind{};
    money amount{};
    money paid{};
    fine_state stands{};
    bool waived_by_president{};
    bool waived_by_agent{};
    bool operator==(const fine&) const = default;
};

struct agreement {
    std::string text{};
    std::string who{};   // a name
    instant by{};        // zero: no date
    bool operator==(const agreement&) const = default;
};

struct remark {  // a correction of minutes, or an objection to them
    instant at{};
    std::string by{};
    std::string text{};
    bool settled{};
    bool corrects{};     // of who keeps the minutes; else an objection, heard by them alone
    bool operator==(const remark&) const = default;
};

struct signature {
    role as{};
    std::string id{};
    std::string name{};
    instant at{};
    std::string message_id{};  // of the tap
    std::string chain{};       // of the log as it was signed
    bool operator==(const signature&) const = default;
};

// One row of the moderation log. Its lines hold the words; here are what the console and the
// minutes need.
struct incident {
    int number{};
    instant at{};
    incident_kind kind{};
    verb done{};         // said (held or blocked), mute, warn, remove, reject, flag…
    std::string rule{};
    std::string about{};
    std::string by{};    // empty: the filter
    std::string reason{};
    bool appealed{};
    bool taken_back{};
    bool operator==(const incident&) const = default;
};

enum class minutes_decision : std::uint8_t {
    none = 0,
    approved = 1,
    by_silence = 2,
    objected = 3,
};
[[nodiscard]] std::string_view name_of(minutes_decision which) noexcept;

struct skipped_step {
    state at{};
    std::string reason{};
    bool operator==(const skipped_step&) const = default;
};

// The provider's small group, where they talk: mode::native_small only.
struct small_chat {
    std::string id{};     // "CHANNEL/ID"; empty: there is none yet
    std::string link{};   // by which she asks to be let in
    instant heard{};      // of it, last: for a day from then on we may speak there
    std::vector<std::string> inside{};  // client ids, and the moderator's
    bool operator==(const small_chat&) const = default;
};
// What the provider takes; the moderator sits in it too.
inline constexpr std::size_t small_chat_people_max = 8;

struct meeting {
    plan planned{};
    state now{state::draft};
    std::uint64_t seq{};      // of the last line
    std::string chain{};  // SHA-256 over all lines so far, 64 hex digits; empty before the first
    instant last_at{};
    std::vector<std::uint64_t> seen{};  // of the last messages, for duplicates

    std::vector<member_record> members{};
    std::vector<guest_record> guests{};
    std::array<std::optional<instant>, timer_names> timers{};

    instant opened{};
    instant roll_call_ended{};
    instant ended{};
    instant step_began{};
    state paused_from{};
    milliseconds step_left{};
    bool waits_for_quorum{};            // the second wait of roll call runs
    std::string why_ended{};            // of cancelled and adjourned
    std::string moderator{};            // the officer who has it now
    instant moderator_heard{};          // zero: not yet
    std::vector<skipped_step> skipped{};

    minutes_decision last_minutes{};
    int quiz_answers{};
    int quiz_right{};                   // of them

    std::uint32_t spoken{};                 // the last number given
    std::vector<spoken_line> pending{};     // not yet passed on
    std::vector<spoken_line> recent{};      // passed on, for who comes late
    std::vector<held_line> held{};
    std::vector<std::string> queue{};       // hands that are up, first come first
    std::string floor{};                    // who has it; empty: nobody
    int progress_told{-1};                  // of payments, the last count the group heard
    int last_held{};
    int last_incident{};
    std::vector<incident> incidents{};      // the last incidents_max
    std::array<int, incident_kinds> incident_counts{};

    std::vector<std::string> transactions{};  // of core banking, seen
    std::vector<cash_line> cash{};
    money internal_cash{};
    money internal_repaid{};
    money internal_lent{};
    std::vector<request> requests{};
    std::optional<ballot_box> box{};
    std::vector<vote_result> results{};
    std::vector<fine> fines{};
    std::vector<agreement> agreements{};
    std::optional<instant> next{};
    std::string banker{};
    std::string banker_second{};
    std::vector<remark> remarks{};          // on these minutes
    std::vector<remark> last_remarks{};     // on the last ones
    std::vector<signature> signatures{};
    bool objection_told{};                  // the agent has a task of it
    instant tried_out{};                    // zero: members got no message to try it
    std::vector<std::string> comments{};    // what members would change; no name is kept with it
    small_chat chat{};

    bool operator==(const meeting&) const = default;
};

inline constexpr std::size_t seen_max = 64;
inline constexpr std::size_t digest_characters_max = 3'900;  // of 4,096, with room for our words
inline constexpr std::size_t recent_max = 20;
inline constexpr std::size_t recent_characters_max = 3'000;
inline constexpr std::size_t held_max = 30;
inline constexpr std::size_t incidents_max = 40;
inline constexpr std::size_t guests_max = 5;
inline constexpr std::size_t requests_max = 20;
inline constexpr std::size_t results_max = 40;
inline constexpr std::size_t fines_max = 60;
inline constexpr std::size_t agreements_max = 20;
inline constexpr std::size_t remarks_max = 20;
inline constexpr std::size_t comments_max = 60;
inline constexpr std::size_t comment_characters_max = 500;
inline constexpr int rated_best = 3;
inline constexpr std::size_t transactions_max = 200;
inline constexpr std::size_t cash_lines_max = 120;
inline constexpr std::size_t fragments_max = 5;

// ---- looked up; nothing found is a null pointer, valid until the meeting changes

[[nodiscard]] const roster_member* find_member(const plan& in, std::string_view id) noexcept;
[[nodiscard]] const member_record* find_record(const meeting& in, std::string_view id) noexcept;
[[nodiscard]] const request* find_request(const meeting& in, int number) noexcept;

// ---- counted

// More than the provider's small group takes, the moderator counted.
[[nodiscard]] bool is_too_large_for_chat(const plan& what) noexcept;
[[nodiscard]] int present_count(const meeting& in) noexcept;  // here now, of the active
[[nodiscard]] int quorum_needed(const meeting& in) noexcept;
[[nodiscard]] bool has_quorum(const meeting& in) noexcept;
// A vote is open, and she may vote in it.
[[nodiscard]] bool has_ballot(const meeting& in, std::string_view id) noexcept;
// How many the quiz of the training was put to.
[[nodiscard]] int quiz_asked(const meeting& in) noexcept;
// What as many as the bylaws ask have counted of her cash.
[[nodiscard]] money cash_counted(const meeting& in, std::string_view id) noexcept;
// Her instalment is here: core banking has seen it, or cash of that much was counted. The same money
// comes both ways, so that the larger counts and not the sum.
[[nodiscard]] bool has_paid(
    const meeting& in, const roster_member& who, const member_record& record
) noexcept;
// Of those who owe an instalment today: who has paid it, and how many there are.
struct payments_count {
    int received{};
    int due{};
    bool operator==(const payments_count&) const = default;
};
[[nodiscard]] payments_count count_payments(const meeting& in) noexcept;

}  // namespace tertulia::dialogs::meetings
