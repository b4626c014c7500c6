// Which payment is meant by what she says she has paid.

#include "dialogs/services/payment_claims.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

constexpr civil_date monday = 2026y / 11 / 23;

payment_claim claim(std::int64_t minor, int days = 0, std::string receipt = {}) {
    payment_claim made{};
    made.number = "P1-1";
    made.loan_id = "L1";
    made.amount = {minor};
    made.paid_on = plus_days(monday, days);
    made.receipt = std::move(receipt);
    return made;
}

payment_on_loan paid(std::string id, std::int64_t minor, int days = 0, std::string receipt = {}) {
    payment_on_loan made{.loan_id = "L1"};
    made.what.id = std::move(id);
    made.what.on = plus_days(monday, days);
    made.what.amount = {minor};
    made.what.receipt = std::move(receipt);
    return made;
}

std::string settles(const payment_claim& one, const std::vector<payment_on_loan>& all) {
    const std::vector claims{one};
    const auto found = match_claims(claims, all);
    return found.empty() ? "" : found.front().payment.what.id;
}

TEST(payment_claims, the_same_amount_about_that_day_is_it) {
    EXPECT_EQ(settles(claim(25'000), {paid("a", 25'000)}), "a");
    EXPECT_EQ(settles(claim(25'000), {paid("a", 25'000, -3)}), "a");
    EXPECT_EQ(settles(claim(25'000), {paid("a", 25'000, -4)}), "") << "too long before";
    EXPECT_EQ(settles(claim(25'000), {paid("a", 25'000, 10)}), "a") << "the bank took its time";
    EXPECT_EQ(settles(claim(25'000), {paid("a", 25'000, 11)}), "") << "that is the next one";
    EXPECT_EQ(settles(claim(25'000), {paid("a", 24'999)}), "");
    EXPECT_EQ(settles(claim(25'000), {paid("a", 25'001)}), "a") << "at least that";
    EXPECT_EQ(settles(claim(0), {paid("a", 7)}), "a") << "she did not say how much";
}

TEST(payment_claims, the_surest_is_taken) {
    EXPECT_EQ(settles(claim(100), {paid("more", 200), paid("same", 100, 1)}), "same");
    EXPECT_EQ(settles(claim(100), {paid("later", 100, 1), paid("that_day", 100)}), "that_day");
    EXPECT_EQ(
        settles(claim(100, 0, "BR77812"), {paid("same", 100), paid("slip", 50, 30, "br-77812")}),
        "slip"
    ) << "a receipt is proof whatever else she remembers";
}

TEST(payment_claims, what_is_of_another_loan_or_was_taken_back_is_none) {
    auto other = paid("a", 100);
    other.loan_id = "L2";
    EXPECT_EQ(settles(claim(100), {other}), "");
    auto of_any = claim(100);
    of_any.loan_id.clear();
    EXPECT_EQ(settles(of_any, {other}), "a") << "she did not say which loan";
    auto back = paid("a", 100);
    back.what.reversed = true;
    EXPECT_EQ(settles(claim(100), {back}), "");
    auto dollars = paid("a", 100);
    dollars.what.amount.currency = {{'U', 'S', 'D'}};
    EXPECT_EQ(settles(claim(100), {dollars}), "");
}

TEST(payment_claims, a_payment_settles_one_claim) {
    auto first = claim(100);
    auto second = claim(100, 1);
    second.number = "P1-2";
    const std::vector one{paid("a", 100)};
    EXPECT_EQ(match_claims(std::vector{first, second}, one).size(), 1U);
    first.state = claim_state::seen;
    first.payment_id = "a";
    EXPECT_TRUE(match_claims(std::vector{first, second}, one).empty()) << "used up before";
}

TEST(payment_claims, one_that_was_not_found_may_still_be_seen) {
    auto late = claim(100);
    late.state = claim_state::not_found;
    EXPECT_EQ(settles(late, {paid("a", 100)}), "a");
}

TEST(payment_claims, receipts_are_compared_by_letters_and_digits) {
    EXPECT_EQ(receipt_key("boleta no. br-77 812"), "BOLETANOBR77812");
    EXPECT_EQ(receipt_key("BR-77812"), receipt_key("br 77812"));
    EXPECT_EQ(receipt_key("la perdí"), "") << "no number";
    EXPECT_EQ(receipt_key(std::string(100, '7')).size(), 40U);
}

TEST(payment_claims, the_same_told_twice) {
    EXPECT_TRUE(same_payment(claim(100), claim(100)));
    EXPECT_FALSE(same_payment(claim(100), claim(100, 1)));
    EXPECT_FALSE(same_payment(claim(100), claim(200)));
    EXPECT_TRUE(same_payment(claim(100, 0, "A1"), claim(300, 2, "A1")));
    EXPECT_FALSE(same_payment(claim(100, 0, "A1"), claim(100, 0, "A2"))) << "two slips";
    auto sisters = claim(100);
    sisters.client_id = "C2";
    EXPECT_FALSE(same_payment(claim(100), sisters));
}

TEST(payment_claims, payments_of_closed_loans_are_hers_too) {
    client_facts who;
    who.loans.push_back({.id = "L1"});
    who.loans.front().payments = {{.id = "a"}, {.id = "back", .reversed = true}};
    who.closed_payments = {{"L0", {.id = "last"}}};
    std::vector<std::string> ids;
    for (const auto& one : payments_of(who)) ids.push_back(one.loan_id + "." + one.what.id);
    EXPECT_THAT(ids, testing::ElementsAre("L1.a", "L0.last"));
}

// ---- whatever she said and whatever there is

std::vector<payment_claim> some_claims() {
    const auto count = *rc::gen::inRange(0, 4);
    std::vector<payment_claim> all;
    for (int i = 0; i < count; ++i) {
        auto one = claim(*rc::gen::inRange(0, 4) * 100, *rc::gen::inRange(-6, 12));
        one.number = claim_number(1, static_cast<std::uint32_t>(i + 1));
        if (*rc::gen::arbitrary<bool>()) one.receipt = "R" + std::to_string(*rc::gen::inRange(0, 3));
        if (*rc::gen::arbitrary<bool>()) one.loan_id.clear();
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<payment_on_loan> some_payments() {
    const auto count = *rc::gen::inRange(0, 6);
    std::vector<payment_on_loan> all;
    for (int i = 0; i < count; ++i) {
        auto one = paid(
            "p" + std::to_string(i), *rc::gen::inRange(1, 5) * 100, *rc::gen::inRange(-6, 12)
        );
        if (*rc::gen::arbitrary<bool>()) {
            one.what.receipt = "R" + std::to_string(*rc::gen::inRange(0, 3));
        }
        one.what.reversed = *rc::gen::inRange(0, 5) == 0;
        if (*rc::gen::inRange(0, 3) == 0) one.loan_id = "L2";
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<std::string> told(const std::vector<claim_match>& all) {
    std::vector<std::string> out;
    for (const auto& one : all) {
        out.push_back(std::to_string(one.claim) + "=" + one.payment.what.id);
    }
    std::ranges::sort(out);
    return out;
}

TEST(payment_claims, each_payment_once_each_claim_once_and_never_less_than_she_said) {
    EXPECT_TRUE(rc::check([] {
        const auto claims = some_claims();
        const auto payments = some_payments();
        std::set<std::string> used;
        std::set<std::size_t> settled;
        for (const auto& one : match_claims(claims, payments)) {
            RC_ASSERT(used.insert(one.payment.what.id).second);
            RC_ASSERT(settled.insert(one.claim).second);
            RC_ASSERT(!one.payment.what.reversed);
            const auto& said = claims[one.claim];
            const bool slip = !said.receipt.empty() && said.receipt == one.payment.what.receipt;
            RC_ASSERT(slip || one.payment.what.amount.minor >= said.amount.minor);
            const auto days = days_between(said.paid_on, one.payment.what.on);
            RC_ASSERT(slip || (days >= -posted_days_before && days <= posted_days_after));
            RC_ASSERT(slip || said.loan_id.empty() || said.loan_id == one.payment.loan_id);
        }
    }));
}

TEST(payment_claims, the_order_of_payments_changes_nothing) {
    EXPECT_TRUE(rc::check([] {
        const auto claims = some_claims();
        auto payments = some_payments();
        const auto before = told(match_claims(claims, payments));
        std::ranges::reverse(payments);
        RC_ASSERT(told(match_claims(claims, payments)) == before);
    }));
}

TEST(payment_claims, an_unrelated_payment_changes_nothing) {
    EXPECT_TRUE(rc::check([] {
        const auto claims = some_claims();
        auto payments = some_payments();
        const auto before = match_claims(claims, payments).size();
        payments.push_back(paid("unrelated", 100, 60));
        RC_ASSERT(match_claims(claims, payments).size() == before);
    }));
}

}  // namespace
}  // namespace tertulia::dialogs
