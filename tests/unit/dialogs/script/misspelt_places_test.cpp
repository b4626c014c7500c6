// The places of the shipped configuration, as people misspell them.

#include "dialogs/script/places_reader.hpp"
#include "dialogs/understanding/places.hpp"
#include "tests/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace tertulia::dialogs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string root = testing_files::source_folder().string();

place_names shipped() {
    const auto path = root + "/config/dialogs/places.yaml";
    std::ifstream in{path};
    const source_file file{path, {std::istreambuf_iterator<char>{in}, {}}};
    std::vector<diagnostic> problems;
    findings noted(file.path, problems);
    auto made = read_places(file, noted);
    EXPECT_TRUE(problems.empty());
    return place_names{std::move(made)};
}

std::string meant(const place_names& places, const std::string& text) {
    const auto found = places.meant(text);
    return found ? places.places()[*found].name : "nowhere";
}

TEST(misspelt_places, soyfinca_points_more_than_fifty_are_the_ones_intended) {
    const auto places = shipped();
    std::ifstream lines{root + "/tests/corpus/understanding/places.misspelt.tsv"};
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        const auto tab = line.find('\t');
        const auto wanted = line.substr(0, tab);
        EXPECT_EQ(meant(places, line.substr(tab + 1)), wanted) << line;
    }
    EXPECT_GE(count, 50);
}

TEST(misspelt_places, what_is_no_place_of_ours_is_nowhere) {
    const auto places = shipped();
    for (const auto* text :
         {"", "   ", "no sé", "por la casa de don Beto", "aquí", "en mi casa", "Antigua Guatemala",
          "mañana le pago", "hola", "¿cuánto debo?", "gracias", "san", "zona 3", "de", "saldo",
          "no puedo pagar", "Escuintla", "Cobán", "quiero pagar", "mercado"}) {
        EXPECT_EQ(meant(places, text), "nowhere") << text;
    }
    EXPECT_EQ(meant(places, std::string(100'000, 'x')), "nowhere");
}

TEST(misspelt_places, two_as_likely_are_neither) {
    const place_names places{{{.name = "San Marcos"}, {.name = "San Mateo"}, {.name = "San Matías"}}};
    EXPECT_EQ(meant(places, "san ma"), "nowhere");
    EXPECT_EQ(meant(places, "san markos"), "San Marcos");
    EXPECT_THAT(places.guesses("san marcos", 1), testing::SizeIs(1));
    EXPECT_DOUBLE_EQ(places.guesses("san marcos")[0].likeness, 1);
    EXPECT_THAT(places.guesses("Tokio"), IsEmpty());
}

}  // namespace
}  // namespace tertulia::dialogs
