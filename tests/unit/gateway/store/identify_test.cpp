// Two different events must never be taken for one.

#include "gateway/store/store.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

TEST(identify, is_the_beginning_of_sha_256_over_lengths_and_parts) {
    const auto id = identify({"whatsapp", "wamid.1"});
    // printf '\10\0\0\0\0\0\0\0whatsapp\7\0\0\0\0\0\0\0wamid.1' | sha256sum
    EXPECT_EQ(id.high, 0x4653afbd8cd94435U);
    EXPECT_EQ(id.low, 0x105401be049449ceU);
}

TEST(identify, a_border_between_parts_counts) {
    EXPECT_NE(identify({"ab", "c"}), identify({"a", "bc"}));
    EXPECT_NE(identify({"ab"}), identify({"ab", ""}));
    EXPECT_EQ(identify({"ab", "c"}), identify({"ab", "c"}));
}

TEST(batch, is_empty_only_without_anything_to_write) {
    EXPECT_TRUE(batch{}.empty());
    EXPECT_FALSE((batch{.seen_ids = {{1, 2}}}.empty()));
    EXPECT_FALSE((batch{.notices = {{}}}.empty()));
}

}  // namespace
}  // namespace tertulia::gateway
