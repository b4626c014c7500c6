// Descriptions found by the words people use for them.

#include "dialogs/understanding/word_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tertulia::dialogs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const word_index& shops() {
    static const word_index all{
        {"Tienda El Rosario, 3a calle 2-10, frente al mercado La Democracia",
         "Banco del Valle, 1a avenida 4-05, esquina del parque central",
         "Tienda Los Pinos, 5a calle 8-20, atrás de la escuela Minerva",
         "Farmacia Belén, 5a calle 8-22, junto al mercado San Nicolás"}};
    return all;
}

TEST(word_index, a_landmark_is_found_whatever_stands_around_it_and_however_it_is_spelt) {
    for (const auto* text :
         {"cerca del mercado la democracia", "mercado La Democracia", "estoy por la Democrasia",
          "MERCADO DEMOCRACIA", "por el mercado la demokracia, por favor", "demcoracia"}) {
        EXPECT_THAT(shops().meant(text), ElementsAre(0U)) << text;
    }
    EXPECT_THAT(shops().meant("near the Minerva school"), IsEmpty()) << "half of it is unknown";
    EXPECT_THAT(shops().meant("escuela minerva"), ElementsAre(2U));
    EXPECT_THAT(shops().meant("1a avenida 4-05"), ElementsAre(1U));
    EXPECT_THAT(shops().meant("5a calle"), ElementsAre(2U, 3U));
}

TEST(word_index, of_several_those_that_hold_most_of_it) {
    EXPECT_THAT(shops().meant("mercado"), ElementsAre(0U, 3U));
    EXPECT_THAT(shops().meant("el mercado san nicolas"), ElementsAre(3U));
    EXPECT_THAT(shops().meant("tienda los pinos"), ElementsAre(2U));
}

TEST(word_index, what_is_said_of_something_else_means_none) {
    for (const auto* text :
         {"", "   ", "¿cuánto debo?", "quiero hablar con una persona", "por aquí cerca",
          "no puedo pagar en el mercado este mes", "por la casa de don Beto", "👍"}) {
        EXPECT_THAT(shops().meant(text), IsEmpty()) << text;
    }
    std::string very_long;
    for (int i = 0; i < 2'000; ++i) very_long += "mercado" + std::to_string(i) + " ";
    EXPECT_THAT(shops().meant(very_long), IsEmpty());
    EXPECT_THAT(word_index{}.meant("mercado"), IsEmpty());
}

}  // namespace
}  // namespace tertulia::dialogs
