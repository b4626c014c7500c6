// Money must survive the way from a file to a table and back to the cent, in every currency.

#include "dialogs/facts/money.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace tertulia {
namespace {

constexpr currency_code gtq{};
constexpr currency_code xof{{'X', 'O', 'F'}};
constexpr currency_code tnd{{'T', 'N', 'D'}};

TEST(money, sums_and_differences_keep_the_currency) {
    EXPECT_EQ((money{5, xof} + money{7, xof}), (money{12, xof}));
    EXPECT_EQ((money{5, xof} - money{7, xof}), (money{-2, xof}));
}

TEST(money, mixing_two_currencies_is_our_own_bug) {
    EXPECT_DEATH(static_cast<void>(money{1, gtq} + money{1, xof}), "currency");
}

TEST(money, a_currency_is_three_upper_case_letters) {
    currency_code out = xof;
    EXPECT_TRUE(parse_currency("HNL", out));
    EXPECT_EQ(out.view(), "HNL");
    for (const auto* wrong : {"", "hnl", "HN", "HNLX", "H1L", "H L"}) {
        EXPECT_FALSE(parse_currency(wrong, out)) << wrong;
        EXPECT_EQ(out.view(), "HNL") << wrong;
    }
}

TEST(money, decimal_text_becomes_minor_units_by_the_currency) {
    EXPECT_EQ(parse_decimal("1250.50", gtq), (money{125050, gtq}));
    EXPECT_EQ(parse_decimal("1250.5", gtq), (money{125050, gtq}));
    EXPECT_EQ(parse_decimal("0.07", gtq), (money{7, gtq}));
    EXPECT_EQ(parse_decimal("-3", gtq), (money{-300, gtq}));
    EXPECT_EQ(parse_decimal("1250", xof), (money{1250, xof}));
    EXPECT_EQ(parse_decimal("1.234", tnd), (money{1234, tnd}));
}

TEST(money, text_that_could_mean_something_else_is_refused) {
    for (const auto* wrong :
         {"",
          "-",
          ".",
          "1.",
          ".5",
          "1,250.50",
          "1.250",
          "1 250",
          "Q5",
          "1e3",
          "--1",
          "+1",
          "1.2.3",
          "0x10",
          "99999999999999999999",
          "1.-5"}) {
        EXPECT_FALSE(parse_decimal(wrong, gtq)) << wrong;
    }
    EXPECT_FALSE(parse_decimal("12.5", xof));
}

TEST(money, the_largest_amount_is_accepted_and_one_more_is_not) {
    EXPECT_EQ(parse_decimal("10000000000000.00", gtq), (money{minor_max, gtq}));
    EXPECT_FALSE(parse_decimal("10000000000000.01", gtq));
}

TEST(money, decimal_writes_every_digit_of_the_currency) {
    EXPECT_EQ(decimal({125050, gtq}), "1250.50");
    EXPECT_EQ(decimal({7, gtq}), "0.07");
    EXPECT_EQ(decimal({-7, gtq}), "-0.07");
    EXPECT_EQ(decimal({0, xof}), "0");
    EXPECT_EQ(decimal({1, tnd}), "0.001");
    EXPECT_EQ(decimal({std::numeric_limits<std::int64_t>::min(), xof}), "-9223372036854775808");
}

RC_GTEST_PROP(money, decimal_and_parse_decimal_are_each_other_s_reverse, ()) {
    const auto currency = *rc::gen::element(gtq, xof, tnd);
    const auto minor = *rc::gen::inRange<std::int64_t>(-minor_max, minor_max + 1);
    RC_ASSERT(parse_decimal(decimal({minor, currency}), currency) == (money{minor, currency}));
}

}  // namespace
}  // namespace tertulia
