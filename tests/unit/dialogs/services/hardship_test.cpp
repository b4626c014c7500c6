// What is offered to who cannot pay, and when she is to be left alone.

#include "dialogs/services/hardship.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr civil_date monday = 2026y / 11 / 23;
constexpr instant then{std::chrono::sys_days{monday}};

relief_rules rules() {
    relief_rules made{};
    made.promise.percent_least = 50;
    made.options = {
        {.name = "part", .label = "part", .percent_least = 25},
        {.name = "pause", .label = "pause", .late_from = 0, .late_until = 30, .officer = true},
        {.name = "anew", .label = "anew", .days_max = 60, .late_from = 31}};
    return made;
}

TEST(hardship, what_asks_for_days_late_is_offered_to_who_is) {
    EXPECT_THAT(options_for(rules(), 0), ElementsAre("part", "pause"));
    EXPECT_THAT(options_for(rules(), 30), ElementsAre("part", "pause"));
    EXPECT_THAT(options_for(rules(), 31), ElementsAre("part", "anew"));
    EXPECT_THAT(options_for(rules(), std::nullopt), ElementsAre("part")) << "who knows";
}

TEST(hardship, the_limits_of_an_option_go_over_the_general_ones) {
    const auto all = rules();
    EXPECT_EQ(limits_of(all, nullptr).percent_least, 50);
    EXPECT_EQ(limits_of(all, find_option(all, "part")).percent_least, 25);
    EXPECT_EQ(limits_of(all, find_option(all, "part")).days_max, 7);
    EXPECT_EQ(limits_of(all, find_option(all, "anew")).days_max, 60);
    EXPECT_EQ(find_option(all, "nothing"), nullptr);
}

TEST(hardship, it_lasts_until_its_day_and_while_somebody_works_on_it) {
    std::vector<client_case> cases{{.number = "17-1", .kind = "hardship"}};
    EXPECT_FALSE(in_hardship({}, cases, monday));
    hardship_told told{.since = then, .until = monday};
    EXPECT_TRUE(in_hardship(told, cases, monday));
    EXPECT_FALSE(in_hardship(told, cases, plus_days(monday, 1)));
    told.case_number = "17-1";
    EXPECT_TRUE(in_hardship(told, cases, plus_days(monday, 1)));
    cases.front().state = case_state::closed;
    EXPECT_FALSE(in_hardship(told, cases, plus_days(monday, 1)));
}

struct silence : testing::Test {
    std::vector<payment_claim> claims{};
    std::vector<payment_promise> promises{};
    hardship_told hardship{};
    std::vector<client_case> cases{};
    [[nodiscard]] std::string_view why(civil_date today = monday) const {
        return why_silent(
            {.claims = claims, .promises = promises, .hardship = &hardship, .cases = cases}, today
        );
    }
};

TEST_F(silence, nothing_speaks_against_a_reminder) {
    EXPECT_THAT(why(), IsEmpty());
}

TEST_F(silence, a_claim_holds_while_it_is_looked_for) {
    claims.push_back({.number = "P1-1"});
    EXPECT_EQ(why(), "claim");
    claims.front().state = claim_state::not_found;
    EXPECT_THAT(why(), IsEmpty()) << "from then on it is a person's";
    claims.front().state = claim_state::seen;
    EXPECT_THAT(why(), IsEmpty());
}

TEST_F(silence, a_promise_holds_until_its_day) {
    promises.push_back({.on = monday});
    EXPECT_EQ(why(), "promise");
    EXPECT_THAT(why(plus_days(monday, 1)), IsEmpty());
    promises.front().state = promise_state::broken;
    EXPECT_THAT(why(), IsEmpty());
}

TEST_F(silence, hardship_goes_before_promises_and_disputes_before_both) {
    promises.push_back({.on = monday});
    hardship = {.since = then, .until = monday};
    EXPECT_EQ(why(), "hardship");
    cases.push_back({.number = "17-1", .kind = "complaint", .category = "charge"});
    EXPECT_EQ(why(), "dispute");
    cases.front().category = "payment_missing";
    EXPECT_EQ(why(), "dispute");
    cases.front().category = "treatment";
    EXPECT_EQ(why(), "hardship") << "not about money";
    cases.front().category = "charge";
    cases.front().state = case_state::resolved;
    EXPECT_EQ(why(), "hardship") << "answered";
}

}  // namespace
}  // namespace tertulia::dialogs
