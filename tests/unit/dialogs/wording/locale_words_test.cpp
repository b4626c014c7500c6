// Amounts and dates are what clients act on. Literal expectations for the languages we ship.

#include "dialogs/wording/locale_words.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <memory>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono;

constexpr currency_code quetzal{{'G', 'T', 'Q'}};

struct locale_words_test : testing::Test {
    std::unique_ptr<const locale_words> es = locale_words::make("es", "GT", quetzal);
    std::unique_ptr<const locale_words> en = locale_words::make("en", "GT", quetzal);
    std::unique_ptr<const locale_words> fr = locale_words::make("fr", "GT", quetzal);

    static std::string amount(
        const locale_words& in, std::int64_t minor, currency_code c = quetzal
    ) {
        std::string out;
        in.append_money(out, {minor, c});
        return out;
    }
    static std::string date(const locale_words& in, date_form form) {
        std::string out;
        in.append_date(out, 2026y / November / 23, form);
        return out;
    }
    static std::string time(const locale_words& in, date_form form) {
        std::string out;
        in.append_time(out, {.date = 2026y / November / 23, .hour = 13, .minute = 5}, form);
        return out;
    }
};

TEST_F(locale_words_test, the_house_currency_has_its_short_sign) {
    EXPECT_EQ(amount(*es, 125'050), "Q1,250.50");
    EXPECT_EQ(amount(*en, 125'050), "Q1,250.50");
    EXPECT_EQ(amount(*fr, 125'050), "1 250,50 Q");
    EXPECT_EQ(amount(*locale_words::make("es-GT", "", quetzal), 5), "Q0.05");
    EXPECT_EQ(amount(*es, 0), "Q0.00");
    EXPECT_EQ(amount(*es, -125'050), "-Q1,250.50");
    EXPECT_EQ(amount(*es, std::numeric_limits<std::int64_t>::min()), "-Q92,233,720,368,547,758.08");
}

TEST_F(locale_words_test, another_currency_is_named_in_full) {
    EXPECT_EQ(amount(*es, 125'050, {{'U', 'S', 'D'}}), "USD 1,250.50");
    EXPECT_EQ(amount(*es, 1250, {{'J', 'P', 'Y'}}), "JPY 1,250");
    EXPECT_EQ(amount(*en, 1250, {{'X', 'Q', 'Z'}}), "XQZ 12.50");
}

TEST_F(locale_words_test, a_currency_of_several_letters_keeps_its_space) {
    EXPECT_EQ(
        amount(*locale_words::make("es", "PE", {{'P', 'E', 'N'}}), 125'050, {{'P', 'E', 'N'}}),
        "S/ 1,250.50"
    );
    EXPECT_EQ(
        amount(*locale_words::make("es", "MX", {{'M', 'X', 'N'}}), 125'050, {{'M', 'X', 'N'}}),
        "$1,250.50"
    );
}

TEST_F(locale_words_test, dates_are_said_as_people_say_them) {
    EXPECT_EQ(date(*es, date_form::short_), "23/11/2026");
    EXPECT_EQ(date(*es, date_form::long_), "23 de noviembre de 2026");
    EXPECT_EQ(date(*es, date_form::weekday), "lunes, 23 de noviembre");
    EXPECT_EQ(date(*en, date_form::short_), "11/23/2026");
    EXPECT_EQ(date(*en, date_form::weekday), "Monday, November 23");
    EXPECT_EQ(date(*fr, date_form::long_), "23 novembre 2026");
    EXPECT_EQ(date(*fr, date_form::weekday), "lundi 23 novembre");
}

TEST_F(locale_words_test, times_have_plain_spaces) {
    EXPECT_EQ(time(*es, date_form::short_), "13:05");
    EXPECT_EQ(time(*en, date_form::short_), "13:05");  // Guatemala's clock
    EXPECT_EQ(time(*locale_words::make("en-US", "GT", quetzal), date_form::short_), "1:05 PM");
    EXPECT_EQ(time(*fr, date_form::short_), "13:05");
    EXPECT_EQ(time(*es, date_form::weekday), "lunes, 13:05");
    EXPECT_EQ(time(*es, date_form::long_), "23 de noviembre de 2026, 13:05");
}

TEST_F(locale_words_test, numbers_are_grouped) {
    std::string out;
    es->append_number(out, 7);
    out += ' ';
    es->append_number(out, 999);
    out += ' ';
    es->append_number(out, 12'345);
    out += ' ';
    fr->append_number(out, -12'345);
    EXPECT_EQ(out, "7 999 12,345 -12 345");
}

TEST_F(locale_words_test, plurals_follow_the_language) {
    using enum plural_category;
    EXPECT_EQ(es->plural(1, plural_kind::cardinal), one);
    EXPECT_EQ(es->plural(0, plural_kind::cardinal), other);
    EXPECT_EQ(fr->plural(0, plural_kind::cardinal), one);
    EXPECT_EQ(en->plural(2, plural_kind::ordinal), two);
    EXPECT_EQ(en->plural(13, plural_kind::ordinal), other);
    EXPECT_EQ(locale_words::make("ar", "", quetzal)->plural(3, plural_kind::cardinal), few);
}

TEST_F(locale_words_test, what_is_no_language_tag_is_refused) {
    for (const char* tag : {"", "español", "es_GT!", "-", "123"}) {
        EXPECT_EQ(locale_words::make(tag, "GT", quetzal), nullptr) << tag;
    }
}

}  // namespace
}  // namespace tertulia::dialogs
