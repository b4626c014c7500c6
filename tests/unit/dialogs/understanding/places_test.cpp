// Places as people name them.

#include "dialogs/understanding/entities.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tertulia::dialogs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const place_names& around_here() {
    static const place_names all{{
        {.name = "Quetzaltenango", .also = {"Xela", "la ciudad"}, .at = {{14.83, -91.51}}},
        {.name = "Santa Cruz del Quiché", .also = {"Quiché", "Santa Cruz"}},
        {.name = "Santa Cruz Balanyá"},
        {.name = "San Marcos"},
        {.name = "San Matías"},
        {.name = "Zona 1"},
        {.name = "Tejar"},
        {.name = "Tejas"},
    }};
    return all;
}

std::vector<std::string> places_in(std::string_view text) {
    std::vector<std::string> names;
    const reading_rules rules{
        .country = "GT", .language = "es", .today = {}, .places = &around_here()};
    for (const auto& one : entities_of(text, rules)) {
        if (one.kind == entity_kind::place) names.push_back(one.value);
    }
    return names;
}

TEST(places, are_found_in_a_sentence_by_name_and_nickname) {
    EXPECT_THAT(places_in("vivo en Xela, cerca del parque"), ElementsAre("Quetzaltenango"));
    EXPECT_THAT(places_in("de san marcos a XELA"), ElementsAre("San Marcos", "Quetzaltenango"));
    EXPECT_THAT(places_in("en la ciudad"), ElementsAre("Quetzaltenango"));
}

TEST(places, are_found_as_they_sound_and_with_a_slip) {
    EXPECT_THAT(places_in("ketzaltenango"), ElementsAre("Quetzaltenango"));
    EXPECT_THAT(places_in("quetsaltenago"), ElementsAre("Quetzaltenango"));
    EXPECT_THAT(places_in("san marcos"), ElementsAre("San Marcos"));
    EXPECT_THAT(places_in("kiche"), ElementsAre("Santa Cruz del Quiché"));
}

TEST(places, the_longest_name_counts) {
    EXPECT_THAT(places_in("Santa Cruz Balanyá"), ElementsAre("Santa Cruz Balanyá"));
    EXPECT_THAT(places_in("Santa Cruz"), ElementsAre("Santa Cruz del Quiché"));
}

TEST(places, a_name_with_a_figure_is_no_number) {
    EXPECT_THAT(places_in("por la zona 1"), ElementsAre("Zona 1"));
}

TEST(places, between_two_as_near_there_is_none) { EXPECT_THAT(places_in("tejal"), IsEmpty()); }

TEST(places, short_words_are_taken_as_they_are) {
    EXPECT_THAT(places_in("vela"), IsEmpty());
    EXPECT_THAT(places_in("la mela"), IsEmpty());
}

TEST(places, nothing_is_found_where_none_are_known) {
    EXPECT_THAT(entities_of("Xela", {.country = "GT", .language = "es", .today = {}}), IsEmpty());
}

RC_GTEST_PROP(places, every_name_is_found_within_any_words, ()) {
    const auto& all = around_here().places();
    const auto which = *rc::gen::inRange<std::size_t>(0, all.size());
    const auto before = *rc::gen::element<std::string>("vivo en ", "para ", "", "cerca de ");
    const auto found = places_in(before + all[which].name + " gracias");
    RC_ASSERT(found == std::vector<std::string>{all[which].name});
}

}  // namespace
}  // namespace tertulia::dialogs
