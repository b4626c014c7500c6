// Where nothing is printed bold, our marks must not be read; what is no mark must stay.

#include "dialogs/wording/marks.hpp"

#include "dialogs/wording/catalogue.hpp"

#include <gtest/gtest.h>

#include <array>

namespace tertulia::dialogs {
namespace {

TEST(without_marks, pairs_of_marks_go) {
    EXPECT_EQ(without_marks("Debe *Q1,250.50* hoy"), "Debe Q1,250.50 hoy");
    EXPECT_EQ(without_marks("¿*Cuánto* debo? (_nada_), ~antes~."), "¿Cuánto debo? (nada), antes.");
    EXPECT_EQ(without_marks("*_muy_ urgente*: «*ya*»"), "muy urgente: «ya»");
    EXPECT_EQ(without_marks("*menú*, *persona*"), "menú, persona");
}

TEST(without_marks, what_is_no_mark_stays) {
    for (const auto* text :
         {"2*3",
          "2 * 3 * 4",
          "12*34*56",
          "***",
          "* * *",
          "Ana*María y Rosa*Luz",
          "https://x.example/_a_/b_c_d",
          "*abierto",
          "cerrado*",
          "*una línea\notra*",
          "nombre_de_algo y otro_más",
          "* no *",
          ""}) {
        EXPECT_EQ(without_marks(text), text);
    }
}

TEST(without_marks, both_marks_of_a_pattern_stand_in_the_same_branch) {
    EXPECT_EQ(without_marks("*{a.b, money}*{c, select, x {} other { *d*}}"),
              "{a.b, money}{c, select, x {} other { d}}");
    EXPECT_EQ(without_marks("{c, select, x {*a} other {b*}}"), "{c, select, x {*a} other {b*}}");
    EXPECT_EQ(without_marks("{a.first_name}*{b.last_name}"), "{a.first_name}*{b.last_name}");
}

constexpr auto schema = std::to_array<fact_field>({
    {"client.first_name",
     fact_type::text,
     false,
     "",
     [](const fact_view&) -> fact_value { return std::string{"*Rosa* 2*3"}; }},
});

TEST(without_marks, by_sms_ours_go_and_those_of_a_fact_stay) {
    const std::array entries{message_source{
        .key = "k", .language = "es", .pattern = "*{client.first_name}*, escriba *menú*."}};
    const auto built = catalogue::build(
        entries,
        {.house = {.time_zone = "America/Guatemala", .languages = {"es"}, .country = "GT"},
         .schema = schema}
    );
    ASSERT_TRUE(built.words);
    EXPECT_EQ(
        built.words->format("k", "es", {.channel = channel_kind::sms}, {}),
        "*Rosa* 2*3, escriba menú."
    );
    EXPECT_EQ(
        built.words->format("k", "es", {.channel = channel_kind::whatsapp}, {}),
        "**Rosa* 2*3*, escriba *menú*."
    );
}

}  // namespace
}  // namespace tertulia::dialogs
