// Her words become an answer of the kind that is asked for, or none: never one of two.

#include "dialogs/engine/typed_answer.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace tertulia::dialogs {
namespace {

const reading_rules guatemala{
    .currency = {}, .country = "GT", .language = "es", .today = std::chrono::year{2026} / 11 / 23};

struct words {
    typed_kind kind;
    const char* text;
    const char* value;  // nullptr: no answer
};
void PrintTo(const words& of, std::ostream* out) {
    *out << name_of(of.kind) << ": " << of.text;
}

class words_test : public testing::TestWithParam<words> {};

TEST_P(words_test, are_read_or_asked_again) {
    const auto& how = GetParam();
    const typed_kind kinds[]{how.kind};
    const auto found = read_words(kinds, how.text, guatemala);
    if (how.value == nullptr) {
        EXPECT_FALSE(found) << found->value;
        return;
    }
    ASSERT_TRUE(found);
    EXPECT_EQ(found->value, how.value);
    EXPECT_EQ(found->kind, how.kind);
    EXPECT_NE(value_of(*found), fact_value{});
    EXPECT_EQ(parse_typed_answer(to_text(*found)), found);
}

INSTANTIATE_TEST_SUITE_P(
    all_kinds,
    words_test,
    testing::Values(
        words{typed_kind::amount, "unos 3 mil quetzales", "300000 GTQ"},
        words{typed_kind::amount, "3000", "300000 GTQ"},
        words{typed_kind::amount, "necesito como 3000.", "300000 GTQ"},
        words{typed_kind::amount, "en 6 meses", nullptr},
        words{typed_kind::amount, "en 600 días", nullptr},
        words{typed_kind::amount, "para el 15", nullptr},
        words{typed_kind::amount, "3000 o 4000", nullptr},
        words{typed_kind::amount, "entre 2000 y 3000", nullptr},
        words{typed_kind::amount, "1.250", nullptr},
        words{typed_kind::amount, "no quiero 500", nullptr},
        words{typed_kind::amount, "0", nullptr},
        words{typed_kind::amount, "500 dólares", nullptr},
        words{typed_kind::amount, "bastante", nullptr},
        words{typed_kind::date, "15/12/2026", "2026-12-15"},
        words{typed_kind::date, "hoy o mañana", nullptr},
        words{typed_kind::day, "el viernes", "2026-11-27"},
        words{typed_kind::day, "ayer", nullptr},
        words{typed_kind::day, "15/12/2029", nullptr},
        words{typed_kind::number, "tengo 3 hijos", "3"},
        words{typed_kind::number, "Nadie.", "0"},
        words{typed_kind::number, "no one", "0"},
        words{typed_kind::number, "personne", "0"},
        words{typed_kind::number, "nadie sabe", nullptr},
        words{typed_kind::number, "2.5", nullptr},
        words{typed_kind::number, "3 o 4", nullptr},
        words{typed_kind::number, "99999999999999999999", nullptr},
        words{typed_kind::phone, "5555 0101", "+50255550101"},
        words{typed_kind::phone, "no tengo", nullptr},
        words{typed_kind::yes_no, "sí, gracias", "yes"},
        words{typed_kind::yes_no, "no", "no"},
        words{typed_kind::yes_no, "tal vez", nullptr},
        words{typed_kind::name, "Me llamo Rosa Tzoc", "Rosa Tzoc"},
        words{typed_kind::name, "je m'appelle Awa", "Awa"},
        words{typed_kind::name, "María José Pérez-Cux", "María José Pérez-Cux"},
        words{typed_kind::name, "3000", nullptr},
        words{typed_kind::name, "no", nullptr},
        words{typed_kind::name, "X", nullptr},
        words{typed_kind::text, "  comprar\n  telas ", "comprar telas"},
        words{typed_kind::text, "...", nullptr},
        words{typed_kind::text, "", nullptr}
    )
);

TEST(read_words, a_text_is_cut_where_no_answer_is_that_long) {
    const typed_kind kinds[]{typed_kind::text};
    const auto found = read_words(kinds, std::string(9'000, 'a'), guatemala);
    ASSERT_TRUE(found);
    EXPECT_LE(found->value.size(), answer_text_units_max + 4);
}

TEST(read_sent, a_place_is_kept_with_where_it_is_and_what_it_is_called) {
    const typed_kind kinds[]{typed_kind::location};
    const auto found = read_sent(kinds, shared_location{14.5, -90.25, "Mercado", "3a calle"});
    ASSERT_TRUE(found);
    const std::vector<std::string> parts{"14.500000", "-90.250000", "Mercado", "3a calle"};
    EXPECT_EQ(parts_of(found->value), parts);
    EXPECT_EQ(value_of(*found), fact_value{std::string{"Mercado"}});
    EXPECT_EQ(parse_typed_answer(to_text(*found)), found);
}

TEST(read_words, a_place_is_read_where_it_is_all_she_names_and_we_know_where_it_is) {
    const place_names known{
        {{.name = "Quetzaltenango", .also = {"Xela"}, .at = {{14.5, -91.5}}}, {.name = "Cantel"}}};
    auto rules = guatemala;
    rules.places = &known;
    const typed_kind kinds[]{typed_kind::location};
    for (const auto* text : {"Xela", "vivo en xela", "cerca de Quetzaltenango"}) {
        const auto found = read_words(kinds, text, rules);
        ASSERT_TRUE(found) << text;
        const std::vector<std::string> parts{"14.500000", "-91.500000", "Quetzaltenango", ""};
        EXPECT_EQ(parts_of(found->value), parts);
    }
    for (const auto* text :
         {"4a calle 5-10, Xela", "barrio San José de Xela", "no en Xela", "Xela o Cantel", "Cantel"}) {
        EXPECT_FALSE(read_words(kinds, text, rules)) << text;
    }
}

TEST(read_sent, a_picture_is_kept_with_what_it_takes_to_fetch_it) {
    const typed_kind kinds[]{typed_kind::photo};
    const received_media sent{
        .kind = media_kind::image, .id = "media-1", .mime_type = "image/jpeg", .sha256 = "ff"};
    const auto found = read_sent(kinds, sent);
    ASSERT_TRUE(found);
    const std::vector<std::string> parts{"media-1", "image/jpeg", "ff", ""};
    EXPECT_EQ(parts_of(found->value), parts);
    EXPECT_EQ(value_of(*found), fact_value{std::string{"photo"}});
}

TEST(read_sent, what_is_not_asked_for_is_no_answer) {
    const typed_kind kinds[]{typed_kind::photo, typed_kind::text};
    EXPECT_FALSE(read_sent(kinds, received_media{.kind = media_kind::voice_note, .id = "m"}));
    EXPECT_FALSE(read_sent(kinds, received_media{.kind = media_kind::sticker, .id = "m"}));
    EXPECT_FALSE(read_sent(kinds, shared_location{1, 2, "", ""}));
    EXPECT_FALSE(read_sent(kinds, typed_text{"hola"}));
    const received_media as_file{.kind = media_kind::document, .id = "m", .mime_type = "image/png"};
    EXPECT_TRUE(read_sent(kinds, as_file)) << "a picture sent as a file";
    const received_media paper{
        .kind = media_kind::document, .id = "m", .mime_type = "application/pdf"};
    EXPECT_FALSE(read_sent(kinds, paper));
}

TEST(typed_answer, what_nobody_could_have_kept_is_missing) {
    EXPECT_FALSE(parse_typed_answer(""));
    EXPECT_FALSE(parse_typed_answer("amount"));
    EXPECT_FALSE(parse_typed_answer("weight:3"));
    for (const auto* damaged :
         {"amount:12",
          "amount:x GTQ",
          "amount:1 gtq",
          "date:2026-02-31",
          "number:3x",
          "yes_no:ja",
          "location:1",
          "text:"}) {
        const auto answer = parse_typed_answer(damaged);
        ASSERT_TRUE(answer) << damaged;
        EXPECT_EQ(value_of(*answer), fact_value{}) << damaged;
    }
}

}  // namespace
}  // namespace tertulia::dialogs
