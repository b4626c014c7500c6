// A receipt may be faster than the answer it belongs to.

#include "gateway/turns/early_statuses.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 26} + 12h;

status_update of(std::string channel, std::string id, delivery_status what) {
    return {.channel = std::move(channel), .message_id = std::move(id), .status = what};
}

TEST(early_statuses, are_handed_out_once_in_the_order_they_came) {
    early_statuses early;
    early.keep(of("sms", "A", delivery_status::sent), noon);
    early.keep(of("sms", "B", delivery_status::failed), noon);
    early.keep(of("sms", "A", delivery_status::delivered), noon);
    early.keep(of("other", "A", delivery_status::failed), noon);
    const auto found = early.take("sms", "A", noon + 1s);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].status, delivery_status::sent);
    EXPECT_EQ(found[1].status, delivery_status::delivered);
    EXPECT_TRUE(early.take("sms", "A", noon + 1s).empty());
    EXPECT_EQ(early.size(), 2U);
}

TEST(early_statuses, are_forgotten_after_a_while) {
    early_statuses early;
    early.keep(of("sms", "A", delivery_status::delivered), noon);
    EXPECT_TRUE(early.take("sms", "A", noon + early_statuses::kept_for).empty());
    EXPECT_EQ(early.size(), 0U);
}

TEST(early_statuses, never_grow_beyond_their_bound) {
    early_statuses early;
    for (std::size_t i = 0; i <= early_statuses::kept_max; ++i) {
        early.keep(of("sms", std::to_string(i), delivery_status::sent), noon);
    }
    EXPECT_EQ(early.size(), early_statuses::kept_max);
    EXPECT_TRUE(early.take("sms", "0", noon).empty()) << "the oldest went";
    EXPECT_EQ(early.take("sms", "1", noon).size(), 1U);
}

}  // namespace
}  // namespace tertulia::gateway
