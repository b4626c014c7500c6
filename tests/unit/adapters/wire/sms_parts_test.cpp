// Pieces of a long message, joined into what she wrote.

#include "adapters/wire/sms_parts.hpp"

#include "adapters/wire/sms_octets.hpp"

#include <gtest/gtest.h>

namespace tertulia::adapters {
namespace {

using namespace std::chrono_literals;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;

message_part part(std::uint8_t number, std::string text) {
    return {
        .message =
            {.channel = "sms",
             .id = "id-" + std::to_string(number),
             .sent_at = noon + std::chrono::seconds{number},
             .from = {{identity_kind::phone, "+50212345678"}},
             .content = typed_text{std::move(text)}},
        .to = "4040",
        .reference = 42,
        .total = 3,
        .number = number};
}

TEST(sms_parts, become_the_message_under_its_first_id) {
    sms_joiner joiner;
    EXPECT_TRUE(joiner.add(joinable(part(3, "c")), noon).empty());
    EXPECT_TRUE(joiner.add(joinable(part(1, "a")), noon).empty());
    const auto ready = joiner.add(joinable(part(2, "b")), noon);
    ASSERT_EQ(ready.size(), 1U);
    const auto message = joined_message(ready[0]);
    EXPECT_EQ(message.channel, "sms");
    EXPECT_EQ(message.id, "id-1");
    EXPECT_EQ(message.sent_at, noon + 1s);
    EXPECT_EQ(message.from.at(0), (identity{identity_kind::phone, "+50212345678"}));
    EXPECT_EQ(std::get<typed_text>(message.content).text, "abc");
}

TEST(sms_parts, what_is_missing_is_marked) {
    const auto said = [](std::vector<sms_part> parts) {
        return std::get<typed_text>(joined_message({.parts = std::move(parts)}).content).text;
    };
    EXPECT_EQ(said({joinable(part(1, "a")), joinable(part(3, "c"))}), "a[…]c");
    EXPECT_EQ(said({joinable(part(2, "b"))}), "[…]b[…]");
}

TEST(sms_parts, octets_are_read_when_all_of_them_are_there) {
    const auto octets = [](std::uint8_t number, std::string what) {
        auto made = part(number, "by itself");
        made.octets = std::move(what);
        made.coding = packed_coding(octet_alphabet::ucs2, {});
        made.total = 2;
        return joinable(made);
    };
    const joined_sms whole{
        .parts = {octets(1, {"\0a\xD8\x3D", 4}), octets(2, {"\xDE\x00\0b", 4})},
        .is_complete = true};
    EXPECT_EQ(std::get<typed_text>(joined_message(whole).content).text, "a😀b");
}

TEST(sms_parts, a_coding_is_told_from_text_whatever_it_is) {
    for (const auto in : {octet_alphabet::gsm7, octet_alphabet::latin1, octet_alphabet::ucs2}) {
        EXPECT_NE(packed_coding(in, {}), 0);
    }
    EXPECT_EQ(text_of_octets("\xF1", packed_coding(octet_alphabet::latin1, {})), "ñ");
    EXPECT_EQ(text_of_octets("\x7D", packed_coding(octet_alphabet::gsm7, {})), "ñ");
    const gsm7_tables portuguese{.single = national_table_of(3)};
    EXPECT_EQ(text_of_octets("\x1B\x7B", packed_coding(octet_alphabet::gsm7, portuguese)),
              text_of_octets("\x1B\x7B", octet_alphabet::gsm7, portuguese));
}

}  // namespace
}  // namespace tertulia::adapters
