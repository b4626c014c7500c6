// A part more is a price more: the counts must be those of the network, not of letters.

#include "dialogs/wording/sms_length.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace tertulia::dialogs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string times(std::size_t count, const std::string& text) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
}

struct counted {
    std::string text;
    sms_alphabet alphabet;
    std::size_t units;
    std::size_t segments;
};
void PrintTo(const counted& of, std::ostream* out) {
    *out << of.text.substr(0, 40);
}

class sms_length_test : public testing::TestWithParam<counted> {};

TEST_P(sms_length_test, is_counted_as_the_network_does) {
    const auto& of = GetParam();
    const auto made = sms_length_of(of.text);
    EXPECT_EQ(made.alphabet, of.alphabet);
    EXPECT_EQ(made.units, of.units);
    EXPECT_EQ(made.segments, of.segments);
}

constexpr auto gsm7 = sms_alphabet::gsm7;
constexpr auto ucs2 = sms_alphabet::ucs2;

INSTANTIATE_TEST_SUITE_P(
    known,
    sms_length_test,
    testing::Values(
        counted{"", gsm7, 0, 1},
        counted{times(160, "a"), gsm7, 160, 1},
        counted{times(161, "a"), gsm7, 161, 2},
        counted{times(306, "a"), gsm7, 306, 2},
        counted{times(307, "a"), gsm7, 307, 3},
        counted{times(159, "a") + "€", gsm7, 161, 2},
        // An escape is not cut from its letter: 306 septets, three parts all the same.
        counted{times(152, "a") + "€" + times(152, "a"), gsm7, 306, 3},
        counted{times(70, "á"), ucs2, 70, 1},
        counted{times(71, "á"), ucs2, 71, 2},
        counted{times(69, "a") + "🙏", ucs2, 71, 2},
        // Nor is a pair of surrogates: 134 units, and the pair would lie across the 67th.
        counted{times(66, "a") + "🙏" + times(66, "a"), ucs2, 134, 3},
        counted{
            "Hola Rosa, su cuota de Q250.00 vence el 25/11. Responda 1 para pagar hoy.",
            gsm7,
            73,
            1},
        counted{
            "Hola María, su cuota de Q250.00 vence mañana 25/11. ¿Podrá pagar? Responda SÍ o NO.",
            ucs2,
            83,
            2},
        counted{
            "Hola Maria, su cuota de Q250.00 vence mañana 25/11. ¿Podra pagar? Responda SI o NO.",
            gsm7,
            83,
            1},
        // Two code points for one letter are one: e and a combining accent are é, which GSM has.
        counted{"cafe\xCC\x81", gsm7, 4, 1},
        counted{"^{}\\[~]|€\f", gsm7, 20, 1}
    )
);

TEST(sms_length, names_the_letters_that_cost) {
    EXPECT_THAT(sms_length_of("María, ¿podrá pagar? — Sí").outside, ElementsAre("í", "á", "—"));
    EXPECT_THAT(sms_length_of("mañana, é, ñ, ü, ¿, ¡, Ç, à").outside, IsEmpty());
    EXPECT_THAT(sms_length_of("ç").outside, ElementsAre("ç"));  // only the capital is there
}

TEST(sms_length, takes_any_bytes) {
    EXPECT_EQ(sms_length_of("a\xFFz").alphabet, ucs2);
    EXPECT_EQ(sms_length_of(std::string(1, '\0')).units, 1U);
}

}  // namespace
}  // namespace tertulia::dialogs
