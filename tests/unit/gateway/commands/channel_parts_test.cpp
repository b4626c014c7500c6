// A limit misread here sends too fast for the provider, or never again.

#include "gateway/commands/channel_parts.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

channel_limits at_rate(double per_second) {
    channel_config from{};
    from.name = "whatsapp";
    from.limit.per_second = per_second;
    return limits_of(from);
}

TEST(channel_parts, a_rate_counts_over_ten_seconds) {
    const auto limits = at_rate(80);
    EXPECT_EQ(limits.rate.count, 800);
    EXPECT_EQ(limits.rate.period, milliseconds{10'000});
    EXPECT_EQ(limits.rate.burst, 20);
}

TEST(channel_parts, a_rate_of_nothing_is_no_limit) {
    EXPECT_TRUE(at_rate(0).rate.unlimited());
}

TEST(channel_parts, no_limit_to_one_person_is_none) {
    channel_config from{.name = "whatsapp"};
    from.pair_interval = {};
    EXPECT_TRUE(limits_of(from).pair.unlimited());
}

TEST(channel_parts, only_infobip_takes_a_second_try_for_the_first) {
    channel_config from{.name = "sms"};
    EXPECT_FALSE(limits_of(from).knows_repeats);
    from.provider = adapters::infobip::channel_settings{.name = "sms"};
    EXPECT_TRUE(limits_of(from).knows_repeats);
}

TEST(channel_parts, the_smallest_rate_stays_a_limit) {
    EXPECT_EQ(at_rate(0.001).rate.count, 1);
}

TEST(channel_parts, a_fast_channel_may_burst_a_quarter_second) {
    EXPECT_EQ(at_rate(1'000).rate.burst, 250);
}

TEST(channel_parts, the_highest_rate_of_the_config_is_within_what_the_planner_counts) {
    EXPECT_LE(at_rate(rate_per_second_max).rate.count, rate_count_max);
}

TEST(channel_parts, a_channel_keeps_its_limits_for_one_person_and_its_wait) {
    channel_config from{};
    from.pair_interval = milliseconds{6'000};
    from.pair_burst = 7;
    from.unknown_wait = std::chrono::seconds{9};
    const auto limits = limits_of(from);
    EXPECT_EQ(limits.pair.period, milliseconds{6'000});
    EXPECT_EQ(limits.pair.burst, 7);
    EXPECT_EQ(limits.unknown_wait, milliseconds{9'000});
}

}  // namespace
}  // namespace tertulia::gateway
