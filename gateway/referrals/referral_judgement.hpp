// How a referral stands by what the portfolio shows, and what is newly earned. Pure: the same evidence
// in whatever order, and however often, comes to the same.

#pragma once

#include "dialogs/services/referrals.hpp"
#include "gateway/store/referral_ledger.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tertulia::gateway {

// Of who was recommended and of who recommends, by the numbers their conversations have.
struct referral_evidence {
    std::string number{};
    std::vector<std::string> clients{};           // hers, by id
    std::vector<std::string> referrer_clients{};  // the referrer's
    bool applied{};   // she has asked for a loan
    bool approved{};
    std::vector<dialogs::financed> loans{};  // disbursed, whenever
};

// Beside it, what the ledger has.
struct referral_account {
    std::vector<commission_part> booked{};
    std::vector<commission_part> others{};  // of the same referrer
    std::string earlier{};  // another referral of the same client that was agreed to before
};

// Nothing: it stands as it stood.
[[nodiscard]] std::optional<referral_move> judge(
    const referral_entry& now,
    const referral_evidence& seen,
    const referral_account& account,
    civil_date consented_on,
    civil_date today
);

}  // namespace tertulia::gateway
