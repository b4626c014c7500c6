// Pieces of a long message, joined into what she wrote.

#include "adapters/wire/sms_parts.hpp"

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

}  // namespace
}  // namespace tertulia::adapters
