// Recommendations on the admin listener: GET /api/v1/referrals?after=ID (JSON; &format=csv: a table),
// and POST /api/v1/referrals/NUMBER/pay {"reference", "by", "step"}: its commission was paid. Told
// again under the same reference it is the same payment.

#pragma once

#include "dialogs/wording/calendar.hpp"
#include "gateway/http/http.hpp"
#include "gateway/store/referral_ledger.hpp"
#include "gateway/turns/inbox.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tertulia::gateway {

inline constexpr const char* referrals_path = "/api/v1/referrals";
inline constexpr std::size_t referrals_at_once = 5'000;  // ask for the rest after the last id
inline constexpr std::size_t payment_word_bytes_max = 80;

struct referral_route_parts {
    inbox& incoming;          // the writer thread's errands
    referral_ledger& ledger;  // used on the writer thread only
    std::string token{};      // as script_routes has it
    dialogs::local_calendar calendar;
    std::function<instant()> clock{};
    std::function<void()> paid{};  // on the writer thread
};

[[nodiscard]] std::vector<http::route> referral_routes(const referral_route_parts& parts);

// What became of a payment, in words for people; the same by the command and the API.
[[nodiscard]] std::string words_of(const commission_payment& what, const pay_result& how);
[[nodiscard]] bool is_well(pay_answer how) noexcept;  // paid, now or before

}  // namespace tertulia::gateway
