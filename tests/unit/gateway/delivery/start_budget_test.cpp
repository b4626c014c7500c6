// People written to first within a rolling 24 hours.

#include "gateway/delivery/start_budget.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;

party_id party(std::int64_t id) { return {id}; }

TEST(start_budget, without_a_known_limit_everybody_may_be_started) {
    start_budget budget;
    for (int i = 1; i <= 1'000; ++i) budget.started(party(i), noon);
    EXPECT_EQ(budget.next(party(2'000), noon), noon);
    EXPECT_FALSE(budget.full(noon));
    EXPECT_EQ(budget.used(noon), 1'000U);
}

TEST(start_budget, a_tenth_is_kept_back_and_who_counts_already_costs_nothing) {
    start_budget budget;
    budget.limit(20);
    for (int i = 1; i <= 18; ++i) {
        EXPECT_EQ(budget.next(party(i), noon + i * 1min), noon + i * 1min);
        budget.started(party(i), noon + i * 1min);
    }
    const auto later = noon + 1h;
    EXPECT_TRUE(budget.full(later));
    EXPECT_EQ(budget.next(party(99), later), noon + 1min + 24h) << "when the first is forgotten";
    EXPECT_EQ(budget.next(party(5), later), later);
    EXPECT_EQ(budget.next(party(99), noon + 1min + 24h), noon + 1min + 24h);
    EXPECT_EQ(budget.used(noon + 1min + 24h), 17U);
}

TEST(start_budget, who_is_written_to_again_counts_from_then) {
    start_budget budget;
    budget.limit(1);
    budget.started(party(1), noon);
    budget.started(party(1), noon + 2h);
    budget.started(party(1), noon + 1h);  // a late mark changes nothing
    EXPECT_EQ(budget.used(noon + 3h), 1U);
    EXPECT_EQ(budget.next(party(2), noon + 3h), noon + 26h);
}

TEST(start_budget, a_limit_that_fell_waits_for_as_many_as_are_too_many) {
    start_budget budget;
    for (int i = 1; i <= 5; ++i) budget.started(party(i), noon + i * 1h);
    budget.limit(2);
    EXPECT_EQ(budget.next(party(9), noon + 6h), noon + 4h + 24h) << "one of the five is left then";
    budget.limit(0);
    EXPECT_EQ(budget.next(party(9), noon + 6h), noon + 5h + 24h);
    budget.limit(std::nullopt);
    EXPECT_EQ(budget.next(party(9), noon + 6h), noon + 6h);
}

}  // namespace
}  // namespace tertulia::gateway
