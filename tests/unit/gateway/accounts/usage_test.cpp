// What a month's messages cost.

#include "gateway/accounts/usage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

usage_count of(std::string month, std::string category, std::string type, std::int64_t count) {
    return {"whatsapp", std::move(month), std::move(category), std::move(type), count};
}

TEST(usage, months_are_utc) {
    const instant newyear = std::chrono::sys_days{std::chrono::year{2027} / 1 / 1};
    EXPECT_EQ(month_of(newyear), "2027-01");
    EXPECT_EQ(month_of(newyear - 1ms), "2026-12");
}

TEST(usage, the_first_thousand_service_messages_of_a_month_are_free) {
    const price_table prices{.currency = "USD", .micros = {{"service", 800}, {"utility", 11'300}}};
    const std::vector all{
        of("2026-11", "service", "regular", 1'500), of("2026-11", "utility", "regular", 10),
        of("2026-11", "service", "free_entry_point", 40)};
    const auto months = usage_by_month(all, prices);
    ASSERT_EQ(months.size(), 1U);
    const auto& november = months[0];
    EXPECT_EQ(november.lines[0].billed, 500);
    EXPECT_EQ(november.lines[0].cost_micros, 400'000);
    EXPECT_EQ(november.lines[1].cost_micros, 113'000);
    EXPECT_EQ(november.lines[2].billed, 0);
    EXPECT_EQ(november.service_free_left, 0);
    EXPECT_EQ(november.cost_micros, 513'000);
    EXPECT_TRUE(november.cost_complete);
}

TEST(usage, before_october_service_was_free_and_newer_months_come_first) {
    const std::vector all{
        of("2026-09", "service", "regular", 5'000), of("2026-10", "service", "regular", 300)};
    const auto months = usage_by_month(all, {});
    ASSERT_EQ(months.size(), 2U);
    EXPECT_EQ(months[0].month, "2026-10");
    EXPECT_EQ(months[0].service_free_left, 700);
    EXPECT_EQ(months[1].lines[0].billed, 0);
    EXPECT_EQ(months[1].service_free_left, 0);
    EXPECT_TRUE(months[0].cost_complete);
}

TEST(usage, without_a_price_the_cost_is_not_complete) {
    const auto months = usage_by_month(std::vector{of("2026-11", "marketing", "regular", 3)}, {});
    ASSERT_EQ(months.size(), 1U);
    EXPECT_FALSE(months[0].cost_complete);
    EXPECT_FALSE(months[0].lines[0].cost_micros);
    EXPECT_TRUE(usage_by_month({}, {}).empty());
}

}  // namespace
}  // namespace tertulia::gateway
