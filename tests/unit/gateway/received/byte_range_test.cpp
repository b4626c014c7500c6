// Which part of a file a player asks for.

#include "gateway/received/byte_range.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

TEST(byte_range, a_part_is_read_with_both_ends_one_end_or_from_the_end) {
    EXPECT_EQ(read_range("bytes=0-9", 100).part, (byte_range{0, 9}));
    EXPECT_EQ(read_range("bytes=90-", 100).part, (byte_range{90, 99}));
    EXPECT_EQ(read_range("bytes=-10", 100).part, (byte_range{90, 99}));
    EXPECT_EQ(read_range("bytes=-1000", 100).part, (byte_range{0, 99}));
    EXPECT_EQ(read_range("bytes=90-1000", 100).part, (byte_range{90, 99}));
}

TEST(byte_range, what_does_not_exist_is_said) {
    EXPECT_TRUE(read_range("bytes=100-", 100).outside);
    EXPECT_TRUE(read_range("bytes=-0", 100).outside);
    EXPECT_TRUE(read_range("bytes=0-", 0).outside);
    EXPECT_TRUE(read_range("bytes=-5", 0).outside);
}

TEST(byte_range, what_is_not_understood_is_the_whole) {
    for (const auto* header :
         {"", "bytes", "bytes=", "bytes=-", "lines=0-9", "bytes=a-b", "bytes=9-0", "bytes=0-9,20-29",
          "bytes=0-9x", "bytes=-99999999999999999999999", "bytes= 0-9"}) {
        const auto read = read_range(header, 100);
        EXPECT_FALSE(read.part) << header;
        EXPECT_FALSE(read.outside) << header;
    }
}

}  // namespace
}  // namespace tertulia::gateway
