// What is read aloud has no digit in it.

#include "dialogs/wording/number_words.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono;

TEST(number_words, a_number_agrees_with_what_it_counts) {
    EXPECT_EQ(number_in_words(21, "es", number_form::feminine), "veintiuna");
    EXPECT_EQ(number_in_words(21, "es", number_form::masculine), "veintiún");
    EXPECT_EQ(number_in_words(21, "es-GT", number_form::counting), "veintiuno");
    EXPECT_EQ(number_in_words(1, "fr", number_form::feminine), "une");
    EXPECT_EQ(number_in_words(14, "en", number_form::feminine), "fourteen");
}

TEST(number_words, amounts) {
    EXPECT_EQ(units_in_words({5'580'00}, "es"), "cinco mil quinientos ochenta quetzales guatemaltecos");
    EXPECT_EQ(units_in_words({1'00}, "en"), "one Guatemalan quetzal");
    EXPECT_EQ(units_in_words({5'000, {{'X', 'O', 'F'}}}, "fr"), "cinq mille francs CFA (BCEAO)");
    EXPECT_EQ(parts_of({12'50}), 50);
    EXPECT_EQ(parts_of({-12'05}), 5);
    EXPECT_EQ(parts_of({5'000, {{'X', 'O', 'F'}}}), 0);
}

TEST(number_words, days) {
    EXPECT_EQ(day_in_words(2026y / 12 / 1, "es"), "martes, primero de diciembre");
    EXPECT_EQ(day_in_words(2026y / 12 / 29, "es"), "martes, veintinueve de diciembre");
    EXPECT_EQ(day_in_words(2026y / 12 / 1, "en"), "Tuesday, December first");
    EXPECT_EQ(day_in_words(2026y / 12 / 21, "en"), "Monday, December twenty-first");
    EXPECT_EQ(day_in_words(2026y / 12 / 1, "fr"), "mardi premier décembre");
    EXPECT_EQ(day_in_words({}, "es"), "");
}

TEST(number_words, a_language_nobody_knows_is_no_disaster) {
    EXPECT_FALSE(number_in_words(21, "no such tag", number_form::counting).empty());
    EXPECT_FALSE(day_in_words(2026y / 12 / 1, "zz").empty());
}

}  // namespace
}  // namespace tertulia::dialogs
