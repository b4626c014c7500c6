// Cases: what a person of the institution has to do for somebody who wrote, from the moment she is
// told its number until she is content. Here is what a case is, which changes it may go through and
// when what falls due. Nothing here sends, stores or knows a dialog.
//
// Clocks: client protection standards (CERISE + SPTF, dimension 4E) want a complaint acknowledged
// at once, a person named, and an answer by a known day; how soon is the operators' (cases.yaml).

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/message/identity.hpp"
#include "dialogs/message/time.hpp"
#include "dialogs/services/working_time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

enum class case_state : std::uint8_t {
    open = 0,      // lies in a queue
    taken = 1,     // a person has it
    waiting = 2,   // that person has answered, and waits for her
    resolved = 3,  // an answer was given; she may still say that it does not do
    closed = 4,
};
[[nodiscard]] std::string_view name_of(case_state state) noexcept;
[[nodiscard]] std::optional<case_state> parse_case_state(std::string_view name) noexcept;

// The clocks of a case. Each runs out once; then the case goes one level up.
enum class case_clock : std::uint8_t {
    acknowledge = 0,  // somebody of the institution has looked at it
    person = 1,       // somebody has taken it
    resolve = 2,      // it has been answered
    limit = 3,        // the same, as the very last
};
inline constexpr std::size_t case_clocks = 4;
[[nodiscard]] std::string_view name_of(case_clock clock) noexcept;

// What operators declare of a kind. A length of nought: that clock does not run.
struct case_kind {
    std::string name{};
    std::string to{};      // queue it lies in first; empty: as the hand-over says
    bool never_officer{};  // her credit agent neither gets nor takes it
    std::vector<std::string> categories{};
    std::string priority{"normal"};      // low | normal | high
    milliseconds acknowledge_within{};   // working time
    milliseconds person_within{};        // working time
    milliseconds resolve_within{};       // by the calendar, as hard_limit
    milliseconds hard_limit{};
    std::map<std::string, milliseconds> resolve_by_category{};
    std::vector<std::string> escalate_to{};  // queues, one level up each
};

// Somebody of the institution.
struct case_person {
    std::string id{};    // "officer:7", "staff:Marta"; of the console what `by` said
    std::string name{};  // as clients call her
    party_id party{};    // her conversation; 0: she works from elsewhere
    bool operator==(const case_person&) const = default;
};

struct client_case {
    std::string number{};    // "<conversation>-<n>"
    std::string kind{};
    std::string category{};  // empty: none
    std::string priority{};
    case_state state{};
    std::string queue{};     // "credit_agent:7", "branch:3", "support", or another desk of the staff
    std::string excluded{};  // the person who may neither see nor take it: "officer:7"
    case_person holder{};    // of taken, waiting and resolved
    std::uint32_t level{};   // times it went up
    bool acknowledged{};
    std::uint8_t missed{};   // bits by case_clock
    instant opened_at{};
    instant changed_at{};
    std::array<instant, case_clocks> due{};  // by case_clock; epoch: it does not run
    party_id snoozed_by{};
    instant snoozed_until{};
    std::string client_id{};    // of core banking; empty: not known
    std::string client_name{};  // as the house calls her
    std::string branch_id{};
    std::map<std::string, std::string> answers{};  // of hers, as frame::kept has them
    std::vector<std::string> media{};              // links to what she sent for it (received_link.hpp)
    std::vector<std::string> words{};              // what she wrote that nobody was told yet
    std::string answer{};                          // what she was told in the end
    bool operator==(const client_case&) const = default;

    [[nodiscard]] bool over() const noexcept { return state == case_state::closed; }
    [[nodiscard]] bool held() const noexcept {
        return state == case_state::taken || state == case_state::waiting;
    }
};
// The kind of a case that asks whether it is her; its category is the dialog that waits for it.
inline constexpr std::string_view confirm_kind = "confirm";
// So long she may say that an answer does not do.
inline constexpr milliseconds resolved_for = std::chrono::days{7};
inline constexpr std::size_t cases_max = 12;       // a conversation remembers
inline constexpr std::size_t case_words_max = 12;  // waiting to be told; the oldest make room
inline constexpr std::size_t case_text_bytes_max = 1'000;

// ---- what people do with it

enum class case_deed : std::uint8_t {
    take = 0,       // hers from now on, and so is the conversation
    note = 1,       // for colleagues; clients never see it
    say = 2,        // to the client
    give_back = 3,  // the assistant answers the client again
    resolve = 4,    // with the sentence that closes it
    snooze = 5,     // shown to her again after `rest`
    confirm = 6,    // it is her who wants it: she was seen or called back
};
[[nodiscard]] std::string_view name_of(case_deed deed) noexcept;
[[nodiscard]] std::optional<case_deed> parse_case_deed(std::string_view name) noexcept;

struct case_act {
    std::string number{};
    case_deed what{};
    case_person by{};
    std::string text{};   // of note, say and resolve; of confirm the way: "in_person", "call_back"
    milliseconds rest{};  // of snooze
};

// What the others are told.
enum class case_report : std::uint8_t {
    offered = 0,     // it is new in her queue
    late = 1,        // it has come up to her, because nobody below did
    again = 2,       // back after a rest, a new hand-over, or because she was not content
    taken = 3,       // it is yours
    wrote = 4,       // she wrote
    given_back = 5,
    noted = 6,
    rests = 7,       // snoozed
    resolved = 8,
    said = 9,        // what was written went to her
    has_another = 10,  // no: somebody else has it
    busy = 11,         // no: somebody else talks with her about another case
    not_hers = 12,     // no: it is about that very person, or in no queue of hers
    over = 13,         // no: it is closed, or there is none
    unreachable = 14,  // no: she has not written for a day, and nothing approved says this
    gone = 15,         // somebody else has it now: nothing to be said, only forgotten
    confirmed = 16,    // she goes on with what she wanted
    nothing_to_confirm = 17,  // no: the case asks for no confirmation, or it was not said how
};

// As far as a colleague may see it.
struct case_news {
    case_report what{};
    std::string number{};
    std::string kind{};
    std::string category{};
    std::string client_name{};
    std::vector<std::string> words{};
    std::optional<bool> arrears{};  // only to her own credit agent
    std::string holder_name{};
    instant opened_at{};
    instant due{};  // epoch: no clock runs
    std::vector<std::string> media{};  // links to what she sent (received_link.hpp), to be shown
};

// ---- the rules

// Of a kind nobody declared: no clock, no rule of who.
[[nodiscard]] const case_kind& plain_case() noexcept;

// The clocks of a case opened, or opened again, at `now`; `first`: of its very opening, from which the
// hard limit counts.
[[nodiscard]] std::array<instant, case_clocks> clocks_of(
    const case_kind& kind, std::string_view category, instant first, instant now,
    const working_time& work
);

// Whether a clock has nothing to wait for any more.
[[nodiscard]] bool met(const client_case& of, case_clock clock) noexcept;
// The next thing that comes by itself: a clock that runs out, a rest that ends.
[[nodiscard]] std::optional<instant> next_due(const client_case& of) noexcept;
[[nodiscard]] std::optional<case_clock> run_out(const client_case& of, instant now) noexcept;

// One level up: where it lies then. The hand-over's queue where nothing is declared.
void escalate(client_case& of, const case_kind& kind);

// Why not; case_report::said where it may be done. `talks`: the case because of which a person has
// the conversation now, or nullptr.
[[nodiscard]] case_report may(
    const client_case& of, const case_act& act, const client_case* talks
) noexcept;

// ---- who

// Who of the staff a queue is, in its order, without the excluded one. A credit agent who cannot be
// told gives her branch, an empty branch or desk gives support; nobody at all is none.
[[nodiscard]] std::vector<staff_person> people_of(
    std::string_view queue, std::string_view excluded, std::span<const staff_person> staff
);

}  // namespace tertulia::dialogs
