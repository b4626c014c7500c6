// A PIN nobody guesses, kept so that nobody can read it.

#include "gateway/portfolio/pins.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using std::chrono::year;

TEST(pins, six_digits_and_nothing_else) {
    for (const auto* bad : {"", "12345", "1234567", "48291a", "48 913", "+48291", "４８"}) {
        EXPECT_EQ(judge_pin(bad, {}), pin_quality::not_six_digits) << bad;
    }
    EXPECT_EQ(judge_pin("482913", {}), pin_quality::good);
}

TEST(pins, repeats_are_refused) {
    for (const auto* bad : {"111111", "000000", "121212", "909090", "123123", "482482"}) {
        EXPECT_EQ(judge_pin(bad, {}), pin_quality::repeats) << bad;
    }
    EXPECT_EQ(judge_pin("112233", {}), pin_quality::good);
}

TEST(pins, sequences_are_refused_in_both_directions_and_past_nine) {
    for (const auto* bad : {"123456", "012345", "654321", "987654", "890123", "210987"}) {
        EXPECT_EQ(judge_pin(bad, {}), pin_quality::sequence) << bad;
    }
    EXPECT_EQ(judge_pin("123457", {}), pin_quality::good);
}

TEST(pins, her_birth_date_is_refused_however_it_is_written) {
    const civil_date born = year{1988} / 6 / 2;
    for (const auto* bad :
         {"020688", "060288", "880602", "021988", "061988", "198806"}) {
        EXPECT_EQ(judge_pin(bad, born), pin_quality::birth_date) << bad;
        EXPECT_EQ(judge_pin(bad, {}), pin_quality::good) << bad;
    }
}

TEST(pins, every_objection_has_words) {
    EXPECT_EQ(text_of(pin_quality::good), "");
    for (const auto what :
         {pin_quality::not_six_digits,
          pin_quality::repeats,
          pin_quality::sequence,
          pin_quality::birth_date}) {
        EXPECT_NE(text_of(what), "");
    }
}

TEST(pins, a_hash_matches_its_pin_only) {
    const auto hash = hash_pin("482913");
    EXPECT_EQ(hash.rfind("$argon2id$", 0), 0U);
    EXPECT_EQ(hash.find("482913"), std::string::npos);
    EXPECT_TRUE(pin_matches(hash, "482913"));
    EXPECT_FALSE(pin_matches(hash, "482914"));
    EXPECT_FALSE(pin_matches(hash, ""));
}

TEST(pins, one_pin_hashes_differently_each_time) {
    EXPECT_NE(hash_pin("482913"), hash_pin("482913"));
}

TEST(pins, what_is_no_hash_matches_nothing) {
    EXPECT_FALSE(pin_matches("", "482913"));
    EXPECT_FALSE(pin_matches("482913", "482913"));
    EXPECT_FALSE(pin_matches("$argon2id$v=19$m=1", "482913"));
    EXPECT_FALSE(pin_matches(std::string(500, '$'), "482913"));
}

}  // namespace
}  // namespace tertulia::gateway
