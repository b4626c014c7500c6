// What an operator writes is understood, and every slip is named with its place.

#include "tests/unit/dialogs/rehearsal/house.hpp"

#include "dialogs/rehearsal/golden.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <fstream>
#include <random>

namespace tertulia::dialogs {
namespace {

using namespace testing_rehearsal;
using testing::HasSubstr;

TEST(test_reader, a_file_is_one_test_or_a_list_of_them) {
    EXPECT_EQ(read("test: one\ntalk:\n  - she: hola\n").tests.size(), 1U);
    const auto two = read(
        "- test: one\n  talk: [{she: hola}]\n- test: two\n  talk: [{she: [person]}, {bot: "
        "person.coming}]\n"
    );
    ASSERT_EQ(two.tests.size(), 2U) << two.problems;
    EXPECT_EQ(two.tests[1].name, "two");
    EXPECT_EQ(std::get<she_taps>(two.tests[1].talk[0].does).pick, "person");
    EXPECT_EQ(std::get<bot_says>(two.tests[1].talk[1].does).key, "person.coming");
    EXPECT_EQ(two.tests[1].languages, (std::vector<language_tag>{"es"}));
}

TEST(test_reader, what_is_given_is_read_to_the_cent_and_the_minute) {
    const auto file = read(
        "test: x\n"
        "given:\n"
        "  person: rosa\n"
        "  officer: none\n"
        "  at: 2026-12-01 08:05\n"
        "  core: stale\n"
        "  loans:\n"
        "    - {product: A, instalments: 3, paid: 1, each: 10.50, next_due: 2026-12-03}\n"
        "talk:\n"
        "  - she: hola\n"
    );
    ASSERT_EQ(file.tests.size(), 1U) << file.problems;
    const auto& given = file.tests[0].given;
    EXPECT_EQ(given.person, "rosa");
    EXPECT_EQ(given.officer, "");
    EXPECT_EQ(given.core, core_state::stale);
    EXPECT_EQ(given.at->hour, 8);
    EXPECT_EQ(given.at->minute, 5);
    EXPECT_EQ(given.loans->at(0).each.minor, 1050);
    EXPECT_EQ(given.loans->at(0).paid, 1);
}

struct slip {
    const char* text;
    const char* told;
};
class slips_test : public testing::TestWithParam<slip> {};

TEST_P(slips_test, are_told_with_their_place_and_mend) {
    const auto file = read(GetParam().text);
    EXPECT_TRUE(file.tests.empty());
    EXPECT_THAT(file.problems, HasSubstr(GetParam().told));
}

INSTANTIATE_TEST_SUITE_P(
    all,
    slips_test,
    testing::Values(
        slip{"talk: [{she: hola}]\n", "x.test.yaml:1:1: a test needs a name"},
        slip{"test: x\n", "x.test.yaml:1:1: a test needs a talk"},
        slip{"test: x\ntalk: []\n", "x.test.yaml:2:7: a test needs a talk"},
        slip{"test: x\ntalk: [{bot: menu.what}]\n", "nothing has happened yet"},
        slip{"test: x\ntolk: [{she: hola}]\n", "did you mean 'talk'?"},
        slip{
            "test: x\ntalk:\n  - she: hola\n  - bot: menu.wat\n",
            "x.test.yaml:4:10: there is no message 'menu.wat'"},
        slip{"test: x\ntalk:\n  - she: hola\n  - bot: menu.wat\n", "did you mean 'menu.what'?"},
        slip{"test: x\ntalk: [{she: [persn]}]\n", "did you mean 'person'?"},
        slip{"test: x\ntalk: [{she: [a, b]}]\n", "one choice at a time"},
        slip{"test: x\ntalk: [{she: \"\"}]\n", "what does she write?"},
        slip{"test: x\ntalk: [{sche: hola}]\n", "did you mean 'she'?"},
        slip{"test: x\ntalk: [{she: hola, bot: menu.what}]\n", "are two steps"},
        slip{"test: x\ntalk: [{she: {photograph: a}}]\n", "she cannot send 'photograph'"},
        slip{"test: x\ntalk: [{she: {pin: rigth}}]\n", "did you mean 'right'?"},
        slip{"test: x\ntalk: [{she: {location: {latitude: 91, longitude: 0}}}]\n", "a place looks"},
        slip{"test: x\ntalk: [{wait: soon}]\n", "this is no time"},
        slip{"test: x\ntalk: [{agent: relase}]\n", "did you mean 'release'?"},
        slip{"test: x\ntalk: [{core: sideways}]\n", "core banking is up, stale or down"},
        slip{"test: x\ntalk: [{she: hola}, {waits_at: menu.wat}]\n", "did you mean 'menu.what'?"},
        slip{"test: x\ntalk: [{she: hola}, {hands_over: {to: nobody}}]\n", "is no queue"},
        slip{"test: x\ntalk: [{she: hola}, {ends: maybe}]\n", "'ends' is true or false"},
        slip{"test: x\nin: [es, qq]\ntalk: [{she: hola}]\n", "'qq' is no language"},
        slip{"test: x\ntalk: [{she: {es: hola, fr: salut}}]\n", "is not played in 'fr'"},
        slip{"test: x\narchetypes: [nacent]\ntalk: [{she: hola}]\n", "did you mean 'nascent'?"},
        slip{"test: x\ngiven: {person: rossa}\ntalk: [{she: hola}]\n", "did you mean 'rosa'?"},
        slip{"test: x\ngiven: {at: noon}\ntalk: [{she: hola}]\n", "this is no moment"},
        slip{"test: x\ngiven: {pin: 12}\ntalk: [{she: hola}]\n", "a PIN is six digits"},
        slip{"test: x\ngiven: {verified: true}\ntalk: [{she: hola}]\n", "nobody is on file here"},
        slip{
            "test: x\ngiven: {person: rosa, loans: [{product: A, instalments: 2, each: 1}]}\n"
            "talk: [{she: hola}]\n",
            "when is the next instalment due?"},
        slip{"- test: x\n  talk: [{she: a}]\n- test: x\n  talk: [{she: a}]\n", "two tests"},
        slip{"test: x\ntalk: {she: hola\n", "not YAML"},
        slip{"", "this file is empty"}
    )
);

// Whatever is done to a sound file: it is read and played, or its mistakes are told; never worse.
TEST(test_reader, a_damaged_file_is_told_about_or_still_plays) {
    const std::string sound =
        "- test: one\n  golden: true\n  given: {person: rosa, at: 2026-11-23 10:40, verified: "
        "true}\n  talk:\n    - she: {es: saldo}\n    - bot: balance.tell\n      says: \"Q1\"\n   "
        " - wait: 31 min\n    - she: {location: {latitude: 1.5, longitude: 2}}\n    - bot: "
        "[common.unsupported, menu.what]\n    - she: [person]\n    - hands_over: {to: support, "
        "because: asked}\n";
    ASSERT_EQ(read(sound).problems, "");
    std::mt19937 chance{7};
    const auto below = [&](std::size_t bound) { return chance() % bound; };
    std::size_t still_sound = 0;
    for (int round = 0; round < 2'000; ++round) {
        auto text = sound;
        for (auto changes = 1 + below(2); changes > 0; --changes) {
            const auto at = below(text.size());
            switch (below(3)) {
                case 0:
                    text[at] = static_cast<char>(round % 2 == 0 ? chance() : 'a' + below(26));
                    break;
                case 1:
                    text.erase(at, 1 + below(12));
                    break;
                default:
                    text.insert(at, text.substr(below(text.size()), below(24)));
            }
            if (text.empty()) text = "x";
        }
        const auto file = read(text);
        if (!file.problems.empty()) {
            EXPECT_TRUE(file.tests.empty());
            continue;
        }
        ++still_sound;
        coverage seen(scripts());
        for (const auto& test : file.tests) {
            for (const auto& how : stagings_of(test)) {
                (void)rehearse(scripts(), test, how, cast(), seen);
            }
        }
        std::vector<diagnostic> problems;
        (void)golden_anew({"x.test.yaml", text}, file.tests, scripts(), cast(), problems);
    }
    EXPECT_GT(still_sound, 50U);
}

}  // namespace
}  // namespace tertulia::dialogs
