// A number kept at home is completed, and one that could be another's is none.

#include "gateway/portfolio/calling_code.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

TEST(calling_code, numbers_of_the_country_are_completed) {
    for (const auto* written :
         {"55551234", "5555 1234", "50255551234", "+502 5555-1234", "00502 5555 1234"}) {
        EXPECT_EQ(e164_of(written, "GT"), "+50255551234") << written;
    }
    EXPECT_EQ(e164_of("50212345", "GT"), "+50250212345") << "at home numbers may begin so, too";
    EXPECT_EQ(e164_of("5212345678", "MX"), "+525212345678");
    EXPECT_EQ(e164_of("11 98765-4321", "BR"), "+5511987654321");
    EXPECT_EQ(e164_of("+34 600 123 123", "GT"), "+34600123123");
}

TEST(calling_code, what_is_not_certain_is_no_number) {
    for (const auto* written :
         {"", "5555", "555512345", "502555512345", "5555123x", "+", "++50255551234", "0"}) {
        EXPECT_EQ(e164_of(written, "GT"), "") << written;
    }
    EXPECT_EQ(e164_of("55551234", "XX"), "") << "a country we do not know";
    EXPECT_EQ(e164_of("+50255551234", "XX"), "+50255551234");
    EXPECT_EQ(calling_code_of("GT"), "502");
    EXPECT_EQ(calling_code_of("XX"), "");
}

}  // namespace
}  // namespace tertulia::gateway
