// What is said beside an answer is recognised in three languages, and nothing else is.

#include "dialogs/understanding/asides.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace tertulia::dialogs {
namespace {

struct said {
    const char* text;
    std::optional<aside> means;
};
void PrintTo(const said& of, std::ostream* out) {
    *out << of.text;
}

class aside_test : public testing::TestWithParam<said> {};

TEST_P(aside_test, is_what_it_is) {
    EXPECT_EQ(aside_of(GetParam().text), GetParam().means);
}

INSTANTIATE_TEST_SUITE_P(
    asides,
    aside_test,
    testing::Values(
        said{"?", aside::help},
        said{"¿?", aside::help},
        said{"No entiendo", aside::help},
        said{"I don't understand", aside::help},
        said{"Je ne comprends pas.", aside::help},
        said{"¿Por qué?", aside::why},
        said{"y para qué", aside::why},
        said{"Why do you ask?", aside::why},
        said{"Pourquoi ?", aside::why},
        said{"Atrás", aside::back},
        said{"go back", aside::back},
        said{"retour", aside::back},
        said{"no tengo", aside::skip},
        said{"skip", aside::skip},
        said{"plus tard", aside::skip},
        said{"Todo", aside::skip},
        said{"la mitad.", aside::skip},
        said{"All of it", aside::skip},
        said{"la moitié", aside::skip},
        said{"", std::nullopt},
        said{"todo bien", std::nullopt},
        said{"la mitad de mi cosecha", std::nullopt},
        said{"para que crezca mi tienda", std::nullopt},
        said{"no tengo dinero", std::nullopt},
        said{"3000", std::nullopt},
        said{"\xff\xfe", std::nullopt}
    )
);

struct taken_back {
    const char* text;
    std::optional<std::string_view> rest;
};
void PrintTo(const taken_back& of, std::ostream* out) {
    *out << of.text;
}

class correction_test : public testing::TestWithParam<taken_back> {};

TEST_P(correction_test, leaves_what_is_right) {
    EXPECT_EQ(correction_of(GetParam().text), GetParam().rest);
}

INSTANTIATE_TEST_SUITE_P(
    corrections,
    correction_test,
    testing::Values(
        taken_back{"no, mejor 3000", "3000"},
        taken_back{"No mejor: Q3,000.50", "Q3,000.50"},
        taken_back{"perdón, era 3000", "3000"},
        taken_back{"Actually 3000", "3000"},
        taken_back{"sorry, I meant $500", "$500"},
        taken_back{"plutôt 3000", "3000"},
        taken_back{"non, plutôt le 5 mai", "le 5 mai"},
        taken_back{"pardon, c'est 3000", "3000"},
        taken_back{"no, mejor", std::nullopt},
        taken_back{"no", std::nullopt},
        taken_back{"3000", std::nullopt},
        taken_back{"creo que mejor 3000", std::nullopt},
        taken_back{"", std::nullopt}
    )
);

TEST(denies_something, in_three_languages_and_only_then) {
    EXPECT_TRUE(denies_something("no quiero 500"));
    EXPECT_TRUE(denies_something("I don't want 500"));
    EXPECT_TRUE(denies_something("je ne veux pas 500"));
    EXPECT_FALSE(denies_something("quiero 500"));
}

}  // namespace
}  // namespace tertulia::dialogs
