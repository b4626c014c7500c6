// Addresses as networks take them.

#include "dialogs/message/sms/sender.hpp"

#include <gtest/gtest.h>

namespace tertulia {
namespace {

TEST(sender, is_a_number_a_short_code_or_a_name) {
    using enum sms_address_kind;
    EXPECT_EQ(sms_address_kind_of("+50212345678"), e164);
    EXPECT_EQ(sms_address_kind_of("50212345678"), e164);
    EXPECT_EQ(sms_address_kind_of("4040"), short_code);
    EXPECT_EQ(sms_address_kind_of("MicroBanco"), name);
    EXPECT_EQ(sms_address_kind_of("M-PESA"), name);
    EXPECT_EQ(sms_address_kind_of("Banco Rural"), name);
}

TEST(sender, what_a_network_would_refuse_is_nothing) {
    for (const auto* text :
         {"",
          "+",
          "12",
          "+4040",
          "0050212345678",
          "Banco Rurales",
          "Señora",
          "a/b",
          "---",
          "1234567890123456"}) {
        EXPECT_EQ(sms_address_kind_of(text), std::nullopt) << text;
    }
}

TEST(sender, a_telephone_number_has_one_spelling) {
    EXPECT_EQ(sms_phone_of("50212345678"), "+50212345678");
    EXPECT_EQ(sms_phone_of("+50212345678"), "+50212345678");
    EXPECT_EQ(sms_phone_of("0050212345678"), "+50212345678");
    for (const auto* text : {"", "+", "4040", "MicroBanco", "+0123456789", "12345678901234567"}) {
        EXPECT_EQ(sms_phone_of(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace tertulia
