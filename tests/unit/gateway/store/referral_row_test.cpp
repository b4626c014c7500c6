// Recommending, on either side, came with format 9 of the rows.

#include "dialogs/engine/step.hpp"
#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertulia::gateway {
namespace {

constexpr civil_date day = std::chrono::year{2026} / 11 / 23;

std::string bytes_of(const dialogs::session& of) {
    std::string bytes;
    encode(of, bytes);
    return bytes;
}

TEST(referral_row, a_session_comes_back_whole) {
    dialogs::session full{};
    full.referrals = {
        .code = "HR4CCQ",
        .name = "Rosa",
        .told_won = 1,
        .told_earned = 5'000,
        .told_paid = 2'500,
        .asked_at = from_millis(3),
        .number = "R23",
        .by_code = "HT3NCG",
        .hidden = true,
        .applied = true,
        .introduced = introduction{"HT3NCG", {18}, "Ana", referrer_kind::client},
        .introduced_at = from_millis(4)};
    EXPECT_EQ(decode_session(bytes_of(full)), full);
}

TEST(referral_row, a_turn_keeps_whom_she_recommended_and_whose_code_she_wrote) {
    auto seen = std::make_shared<facts>();
    seen->referrals = {
        {.number = "R31",
         .state = referral_state::earned,
         .hidden = true,
         .parts = {{.step = 1, .amount = {50}, .earned_on = day, .paid_on = day}}}};
    seen->introduced = introduction{.code = "HR4CCQ", .by = {17}, .name = "Rosa"};
    turn one{};
    one.read = seen;
    one.facts_read = dialogs::read_client | dialogs::read_recommended;
    one.effects = {
        dialogs::note_referrer{.code = "HR4CCQ", .kind = referrer_kind::other, .name = "Rosa"},
        dialogs::note_referral{
            .number = "R23",
            .what = "consented",
            .code = "HR4CCQ",
            .by = {17},
            .terms = {.version = 2, .valid_from = day, .amount = {100}, .steps = {{3, 100}}}}};
    std::string bytes;
    encode_turn(one, bytes_of({}), 1, bytes);
    const auto back = decode_turn(bytes).what;
    ASSERT_TRUE(back.read);
    EXPECT_EQ(back.read->referrals, seen->referrals);
    EXPECT_EQ(back.read->introduced, seen->introduced);
    ASSERT_EQ(back.effects.size(), 2U);
    EXPECT_EQ(std::get<dialogs::note_referrer>(back.effects[0]).name, "Rosa");
    const auto& noted = std::get<dialogs::note_referral>(back.effects[1]);
    EXPECT_EQ(noted.by.value, 17);
    EXPECT_EQ(noted.terms.steps.front().instalments, 3);

    one.facts_read = dialogs::read_client;
    encode_turn(one, bytes_of({}), 1, bytes);
    EXPECT_TRUE(decode_turn(bytes).what.read->referrals.empty());
}

TEST(referral_row, a_rule_comes_back_whole) {
    const dialogs::commission_rule rule{
        .version = 7,
        .valid_from = day,
        .amount = {10'000},
        .steps = {{0, 50}, {3, 50}},
        .most_per_month = {50'000},
        .for_clients = false,
        .lapse_days = 90};
    std::string bytes;
    encode(rule, bytes);
    EXPECT_EQ(decode_commission_rule(bytes), rule);
}

}  // namespace
}  // namespace tertulia::gateway
