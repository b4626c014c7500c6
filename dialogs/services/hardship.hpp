// She cannot pay. What the institution can offer then is declared (dialogs/hardship.yaml) and offered,
// never granted: people decide. From the moment she has said so no reminder reaches her.
//
// Pure. Client protection (CERISE + SPTF, 4C): no blame, one question, a person within a working day.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/message/time.hpp"
#include "dialogs/services/cases.hpp"
#include "dialogs/services/payment_claims.hpp"
#include "dialogs/services/payment_promises.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct hardship_told {
    instant since{};      // epoch: she has told of none
    std::string cause{};  // the choice she made, nothing of her own words
    std::string option{};  // of hardship.yaml; empty: none was chosen
    civil_date until{};    // reminders are silent at least so long
    std::string case_number{};  // empty: nobody was asked to look at it
    bool operator==(const hardship_told&) const = default;
};

// One thing that can be done. Its row is the message `label`.
struct relief_option {
    std::string name{};
    std::string label{};
    std::optional<int> days_max{};       // how far away the day may be, in place of the general limit
    std::optional<int> percent_least{};  // of what is due
    std::optional<int> late_from{};      // only for who is that many days late…
    std::optional<int> late_until{};     // …to that many
    bool officer{};                      // a person decides: it is asked for, not promised
};

struct relief_rules {
    int claim_days{2};  // working days after which a payment she told of should show
    int quiet_days{30};  // reminders are silent so long once she has told us that she cannot pay
    promise_limits promise{};
    std::string broken_case{};  // the kind of case a broken promise opens; empty: none
    std::vector<relief_option> options{};
    std::string safety_phone{};                // who to call in danger, as told to her
    std::vector<std::string> danger_words{};   // as keyword_key() has them
};

// What may be offered to who is `days_late`; nothing: it is not known, and what asks for it is not.
[[nodiscard]] std::vector<std::string> options_for(
    const relief_rules& rules, std::optional<int> days_late
);
[[nodiscard]] const relief_option* find_option(
    const relief_rules& rules, std::string_view name
) noexcept;
// The general limits, with those of the option over them.
[[nodiscard]] promise_limits limits_of(const relief_rules& rules, const relief_option* option);

// As long as the day has not passed or somebody works on it.
[[nodiscard]] bool in_hardship(
    const hardship_told& of, std::span<const client_case> cases, civil_date today
);

// ---- whether she is to be left alone

// What is known of her that speaks against a reminder or an offer.
struct her_standing {
    std::span<const payment_claim> claims{};
    std::span<const payment_promise> promises{};
    const hardship_told* hardship{};  // never null
    std::span<const client_case> cases{};
};

// Why nothing that we begin about money may reach her today: "dispute" (an open complaint about a
// payment, a charge or our messages), "hardship", "promise" (its day has not passed), "claim" (she says that she
// has paid, and it is being looked for); empty: nothing speaks against it. The first that holds.
[[nodiscard]] std::string_view why_silent(const her_standing& of, civil_date today);

// An open complaint about a payment, a charge or our messages: nothing is asked of her until it is answered.
[[nodiscard]] bool in_dispute(std::span<const client_case> cases) noexcept;

// For the record, which is not sealed and so does not say why: "part_payment|2026-12-24|17-2".
[[nodiscard]] std::string record_of(const hardship_told& of);

}  // namespace tertulia::dialogs
