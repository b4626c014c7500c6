#include "dialogs/services/payment_claims.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/services/record_fields.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <set>
#include <tuple>

namespace tertulia::dialogs {
namespace {

constexpr std::array<std::string_view, 3> claim_state_names{"open", "seen", "not_found"};
constexpr std::size_t receipt_max = 40;

// How surely this payment is the one she means; smaller is surer, nothing: it is another.
std::optional<int> fit(const payment_claim& claim, const payment_on_loan& paid) {
    const auto& what = paid.what;
    if (what.reversed) return std::nullopt;
    if (!claim.receipt.empty() && claim.receipt == receipt_key(what.receipt)) return 0;
    if (!claim.loan_id.empty() && claim.loan_id != paid.loan_id) return std::nullopt;
    const auto days = days_between(claim.paid_on, what.on);
    if (days < -posted_days_before || days > posted_days_after) return std::nullopt;
    if (claim.amount.minor == 0) return days == 0 ? 3 : 4;
    if (claim.amount.currency != what.amount.currency) return std::nullopt;
    if (claim.amount.minor == what.amount.minor) return days == 0 ? 1 : 2;
    if (what.amount.minor > claim.amount.minor) return 5;
    return std::nullopt;
}

struct pair_of {
    int fit{};
    int days{};
    std::size_t claim{};
    std::size_t payment{};
};

}  // namespace

std::string_view name_of(claim_state state) noexcept {
    return claim_state_names[static_cast<std::size_t>(state)];
}

std::string claim_number(std::int64_t conversation, std::uint32_t count) {
    return "P" + std::to_string(conversation) + "-" + std::to_string(count);
}

std::string receipt_key(std::string_view text) {
    std::string key;
    bool digit = false;
    for (const char one : text) {
        const bool is_digit = one >= '0' && one <= '9';
        const bool small = one >= 'a' && one <= 'z';
        if (!is_digit && !small && !(one >= 'A' && one <= 'Z')) continue;
        if (key.size() == receipt_max) break;
        digit = digit || is_digit;
        key += small ? static_cast<char>(one - 'a' + 'A') : one;
    }
    return digit ? key : std::string{};
}

bool same_payment(const payment_claim& one, const payment_claim& other) noexcept {
    if (one.client_id != other.client_id) return false;
    if (!one.receipt.empty() && one.receipt == other.receipt) return true;
    if (!one.receipt.empty() && !other.receipt.empty()) return false;  // two slips are two payments
    const bool one_loan =
        one.loan_id.empty() || other.loan_id.empty() || one.loan_id == other.loan_id;
    return one_loan && one.amount == other.amount && one.paid_on == other.paid_on;
}

std::vector<payment_on_loan> payments_of(const client_facts& who) {
    std::vector<payment_on_loan> all;
    for (const auto& one : who.loans) {
        for (const auto& paid : one.payments) {
            if (!paid.reversed) all.push_back({one.id, paid});
        }
    }
    for (const auto& one : who.closed_payments) {
        if (!one.what.reversed) all.push_back(one);
    }
    return all;
}

std::vector<claim_match> match_claims(
    std::span<const payment_claim> claims, std::span<const payment_on_loan> payments
) {
    std::set<std::string_view> used;
    for (const auto& one : claims) {
        if (one.state == claim_state::seen) used.insert(one.payment_id);
    }
    std::vector<pair_of> pairs;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        if (claims[i].state == claim_state::seen) continue;
        for (std::size_t j = 0; j < payments.size(); ++j) {
            if (used.contains(payments[j].what.id)) continue;
            const auto how = fit(claims[i], payments[j]);
            if (!how) continue;
            const auto days = std::abs(days_between(claims[i].paid_on, payments[j].what.on));
            pairs.push_back({*how, days, i, j});
        }
    }
    std::ranges::sort(pairs, [&](const pair_of& left, const pair_of& right) {
        return std::tie(left.fit, left.days, left.claim, payments[left.payment].what.id) <
               std::tie(right.fit, right.days, right.claim, payments[right.payment].what.id);
    });
    std::vector<claim_match> found;
    std::set<std::size_t> settled;
    for (const auto& one : pairs) {
        const auto& paid = payments[one.payment];
        if (settled.contains(one.claim) || used.contains(paid.what.id)) continue;
        settled.insert(one.claim);
        used.insert(paid.what.id);
        found.push_back({one.claim, paid});
    }
    return found;
}

std::string record_of(const payment_claim& of) {
    return record_fields(
        {of.number, std::string{name_of(of.state)}, of.loan_id, minor_units(of.amount),
         iso_date(of.paid_on), of.receipt, of.case_number, of.payment_id}
    );
}

}  // namespace tertulia::dialogs
