// The size of a picture by its first bytes, whatever stands before it in the file.

#include "gateway/received/picture_size.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertulia::gateway {
namespace {

using namespace std::string_literals;

std::string two(int value) {
    return {static_cast<char>(value >> 8), static_cast<char>(value & 0xff)};
}
std::string png(int width, int height) {
    return "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s + "\0\0"s + two(width) + "\0\0"s + two(height) +
           "\x08\x02\0\0\0"s;
}
std::string jpeg(int width, int height, const std::string& before = {}) {
    return "\xff\xd8"s + before + "\xff\xc0"s + two(17) + "\x08"s + two(height) + two(width) +
           "\x03\x01\x22\0"s;
}
const std::string exif = "\xff\xe1\0\x08" "Exif\0\0"s;

TEST(picture_size, is_read_of_both_kinds) {
    for (const auto& bytes : {png(1600, 1200), jpeg(1600, 1200, exif), jpeg(1600, 1200, exif + exif + "\xff"s)}) {
        const auto size = size_of_picture(bytes);
        ASSERT_TRUE(size);
        EXPECT_EQ(size->width, 1600);
        EXPECT_EQ(size->height, 1200);
        EXPECT_FALSE(too_small_to_read(bytes));
    }
}

TEST(picture_size, one_nobody_could_read_is_told) {
    EXPECT_TRUE(too_small_to_read(png(320, 240)));
    EXPECT_TRUE(too_small_to_read(jpeg(240, 599, exif)));
    EXPECT_FALSE(too_small_to_read(jpeg(240, 600, exif))) << "standing upright";
}

TEST(picture_size, what_does_not_say_may_be_read) {
    const auto whole = jpeg(100, 100, exif);
    for (std::size_t length = 0; length < 20; ++length) {
        EXPECT_FALSE(too_small_to_read(std::string_view{whole}.substr(0, length))) << length;
    }
    EXPECT_FALSE(too_small_to_read("%PDF-1.7"));
    EXPECT_FALSE(too_small_to_read("\xff\xd8\xff\xda\0\x0c........"s)) << "no frame";
    EXPECT_FALSE(too_small_to_read("\xff\xd8\xff\xe1\0\0........"s)) << "a length of nothing";
    EXPECT_FALSE(too_small_to_read(png(1, 1).substr(0, 20)));
}

}  // namespace
}  // namespace tertulia::gateway
