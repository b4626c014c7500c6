// Headers of parts and tables, well made and not.

#include "dialogs/message/sms/user_data_header.hpp"
#include "dialogs/message/sms/sms_length.hpp"

#include <gtest/gtest.h>

namespace tertulia {
namespace {

using namespace std::string_view_literals;

TEST(user_data_header, names_the_part) {
    const auto narrow = read_user_data_header("\x05\x00\x03\x2A\x02\x01hola"sv);
    ASSERT_TRUE(narrow);
    EXPECT_EQ(narrow->octets, 6U);
    EXPECT_EQ(narrow->part, (part_of_sms{42, 2, 1}));
    const auto wide = read_user_data_header("\x06\x08\x04\x12\x34\x03\x02hola"sv);
    ASSERT_TRUE(wide);
    EXPECT_EQ(wide->octets, 7U);
    EXPECT_EQ(wide->part, (part_of_sms{0x1234, 3, 2}));
}

TEST(user_data_header, names_the_tables) {
    const auto read = read_user_data_header("\x0B\x24\x01\x02\x25\x01\x03\x00\x03\x07\x02\x02"sv);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->tables, (gsm7_tables{national_table::portuguese, national_table::spanish}));
    EXPECT_EQ(read->part, (part_of_sms{7, 2, 2}));
    EXPECT_EQ(read_user_data_header("\x03\x24\x01\x09"sv)->tables, gsm7_tables{});
}

TEST(user_data_header, what_is_written_is_read) {
    EXPECT_EQ(header_of_part({42, 2, 1}, header_8_bit_octets), "\x05\x00\x03\x2A\x02\x01"sv);
    const auto wide = header_of_part({0xABCD, 255, 254}, header_16_bit_octets);
    EXPECT_EQ(wide, "\x06\x08\x04\xAB\xCD\xFF\xFE"sv);
    EXPECT_EQ(read_user_data_header(wide)->part, (part_of_sms{0xABCD, 255, 254}));
}

TEST(user_data_header, a_broken_one_does_no_harm) {
    EXPECT_FALSE(read_user_data_header(""));
    EXPECT_FALSE(read_user_data_header("\x05\x00\x03\x2A\x02"sv)) << "longer than what is there";
    EXPECT_EQ(read_user_data_header("\0hola"sv)->octets, 1U);
    for (const auto odd :
         {"\x05\x00\x03\x2A\x02\x00"sv,     // number 0
          "\x05\x00\x03\x2A\x02\x03"sv,     // beyond total
          "\x05\x00\x03\x2A\x00\x00"sv,     // of none
          "\x04\x00\x03\x2A\x02"sv,         // cut short
          "\x05\x00\x02\x2A\x02\x01"sv,     // of a wrong length
          "\x01\x00"sv,                     // no length
          "\x05\x70\x03\x2A\x02\x01"sv}) {  // something else
        const auto read = read_user_data_header(odd);
        ASSERT_TRUE(read);
        EXPECT_EQ(read->part, std::nullopt);
    }
}

}  // namespace
}  // namespace tertulia
