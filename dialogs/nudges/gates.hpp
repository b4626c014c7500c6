// Whether a nudge that has fallen due may really reach her, asked at the moment of sending with what
// is known then. Each gate is one rule; they are asked in one order, in one table (gates.cpp), and
// the first that refuses is the answer, with its numbers, so that everything sent and everything not
// sent can be explained.
//
// Pure. Order and rules: Accion's toolkit row L and M; CERISE + SPTF 4C; the contact caps of the
// bank law of Guatemala (art. 46 bis) made stricter.

#pragma once

#include "dialogs/nudges/policy.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// What a client with several telephones has told us in her other conversations, as far as it keeps a
// nudge back. A promise and a claim are hers in each of them; the rest only where nobody shares the
// telephone.
struct told_elsewhere {
    instant opted_out_at{};  // zero: she has not
    bool wants_none{};
    bool disputes{};
    bool claims_paid{};
    bool in_hardship{};
    bool with_person{};
    std::optional<civil_date> promised{};
    std::optional<civil_date> paused_until{};  // the day it is over
    bool operator==(const told_elsewhere&) const = default;
};

// A nudge as it was planned; of a conversation, at its moment.
struct planned_nudge {
    std::int64_t id{};      // of the plan
    std::string policy{};
    std::string segment{};
    int day{};              // of the step, counted from `anchor`
    civil_date anchor{};
    std::string client_id{};
    std::string loan_id{};  // empty: it is about no loan
    int instalment{};       // 0: about none; of feedback the number of the idea, so that it is said once
    instant due{};
    told_elsewhere elsewhere{};  // at the moment
    bool operator==(const planned_nudge&) const = default;
};

// One contact that we began, by however many channels it was tried.
struct touch {
    instant at{};
    std::string client_id{};
    std::string loan_id{};
    int instalment{};
    std::string policy{};
    int day{};             // of the step
    std::int64_t nudge{};  // of the plan
    std::uint64_t sent{};  // dialogs::send::touch, by which its outcome is known
    std::string channel{};  // the kind that carried it last; empty: not known
    bool operator==(const touch&) const = default;
};
inline constexpr std::size_t touches_max = 32;  // a conversation remembers
void remember(std::vector<touch>& all, touch what);
// The newest contact with her of the last seven days by another kind of channel, or nullptr; one whose
// channel is not known is none.
[[nodiscard]] const touch* by_another_channel(
    std::span<const touch> all, std::string_view client_id, std::string_view channel, instant now
);

// What is known of her at the moment. Views outlive the call.
struct nudge_situation {
    instant now{};
    const contact_calendar* when{};  // never null
    const nudge_limits* limits{};    // never null
    int law_a_day{};                 // 0: the law names no number
    bool hers{};            // the number is one client's, this one's, and not in doubt; or one that
                            // several share, in whose name neutral words may be said
    bool agreed{};          // she has written to us, or agreed to it otherwise
    bool opted_out{};
    bool wants_none{};      // asked for no reminders of what is to come
    std::optional<civil_date> paused_until{};  // asked to be left in peace: the day that is over
    std::string_view blocked{};  // "dispute", "deceased"…; empty: not
    bool core_is_down{};    // or has been silent for longer than core_banking.stale_after…
    milliseconds age{};     // …since when: of what is known of her payments
    std::optional<civil_date> anchor{};  // as it is now; nothing: paid, closed, kept…
    int instalment{};
    bool claims_paid{};     // and it is being looked for
    bool in_hardship{};
    std::optional<civil_date> promised{};  // open, for that loan
    std::span<const touch> touches{};
    bool with_person{};     // a person of ours is talking with her
    bool talking{};         // she wrote a moment ago
    bool window_open{};
    bool has_template{};
    std::string_view channel{};  // the kind it would go by; empty: not known
    bool law_one_channel{};      // whom one has reached, no other does for seven days
    std::string_view unit{};  // of an experiment: her group's id, or hers
};

enum class gate : std::uint8_t {
    consent = 0,
    opt_out = 1,
    blocked = 2,
    balance = 3,
    claim = 4,
    hardship = 5,
    promise = 6,
    hours = 7,
    caps = 8,
    window = 9,
    row = 10,
    experiment = 11,
};
inline constexpr std::size_t gates = 12;
[[nodiscard]] std::string_view name_of(gate which) noexcept;

enum class nudge_answer : std::uint8_t { go, later, never };

struct nudge_verdict {
    nudge_answer answer{};
    gate by{};             // of later and never
    std::string reason{};  // a word: "paid", "cap_of_day"…
    std::string numbers{};  // what it was decided by: "1 of 1 today"; of go the kind of channel: "sms"
    instant again{};       // of later
    bool with_task{};      // the case of the step is opened: also of never, when only words are refused
    bool operator==(const nudge_verdict&) const = default;
};

// What a gate says: nothing, or why not.
struct gate_rule {
    gate which{};
    std::optional<nudge_verdict> (*asks)(
        const planned_nudge&, const nudge_policy&, const nudge_situation&
    ){};
};
// In the order they are asked.
[[nodiscard]] std::span<const gate_rule> gate_order() noexcept;

// A step that opens a case for a person asks only the gates that are about whether there is still
// something to talk of: nothing reaches her by it. Of a step that does both, the first refusal of its
// words is the answer, and the task is opened all the same unless one of those gates refuses it too.
[[nodiscard]] nudge_verdict judge(
    const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at,
    std::span<const gate_rule> order = gate_order()
);

// "not sent: caps, cap_of_day (1 of 1 today)", "sent", "later: quiet_hours".
[[nodiscard]] std::string in_words(const nudge_verdict& of);

}  // namespace tertulia::dialogs
