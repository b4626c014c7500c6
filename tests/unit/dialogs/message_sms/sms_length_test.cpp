// A part more is a price more: the counts must be those of the network, not of letters.

#include "dialogs/message/sms/sms_length.hpp"
#include "dialogs/message/sms/gsm7.hpp"
#include "dialogs/message/sms/ucs2.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <ostream>
#include <string>

namespace tertulia {
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

TEST(sms_length, room_is_what_the_header_leaves) {
    EXPECT_EQ(sms_room(gsm7, 0), 160U);
    EXPECT_EQ(sms_room(gsm7, header_8_bit_octets), 153U);
    EXPECT_EQ(sms_room(gsm7, header_16_bit_octets), 152U);
    EXPECT_EQ(sms_room(gsm7, 4), 155U) << "a single shift table";
    EXPECT_EQ(sms_room(gsm7, 4 + 5), 149U) << "the same in a part";
    EXPECT_EQ(sms_room(ucs2, 0), 70U);
    EXPECT_EQ(sms_room(ucs2, header_8_bit_octets), 67U);
    EXPECT_EQ(sms_room(ucs2, header_16_bit_octets), 66U);
    EXPECT_EQ(sms_length_of(times(306, "a"), header_16_bit_octets).segments, 3U);
}

TEST(sms_cut, ends_where_the_count_says) {
    EXPECT_THAT(sms_cut_of("").parts, ElementsAre(""));
    EXPECT_THAT(sms_cut_of(times(160, "a")).parts, ElementsAre(times(160, "a")));
    EXPECT_THAT(
        sms_cut_of(times(152, "a") + "€" + times(152, "a")).parts,
        ElementsAre(times(152, "a"), "€" + times(151, "a"), "a")
    );
    EXPECT_THAT(
        sms_cut_of(times(66, "a") + "🙏" + times(66, "a")).parts,
        ElementsAre(times(66, "a"), "🙏" + times(65, "a"), "a")
    );
}

TEST(sms_cut, can_be_made_for_a_link_without_gsm) {
    const auto made = sms_cut_of(times(71, "a"), header_8_bit_octets, ucs2);
    EXPECT_EQ(made.alphabet, ucs2);
    EXPECT_THAT(made.parts, ElementsAre(times(67, "a"), "aaaa"));
}

TEST(sms_cut, keeps_together_what_is_seen_as_one_letter) {
    const std::string family = "👩\u200D👩\u200D👧";
    EXPECT_THAT(
        sms_cut_of(times(63, "a") + family + times(20, "a")).parts,
        ElementsAre(times(63, "a"), family + times(20, "a"))
    );
    const std::string marked = "x\u0323";  // no letter of its own exists
    EXPECT_THAT(
        sms_cut_of(times(66, "á") + marked + times(20, "a")).parts,
        ElementsAre(times(66, "á"), marked + times(20, "a"))
    );
    const std::string flags = "🇬🇹🇸🇻";
    EXPECT_THAT(
        sms_cut_of(times(61, "á") + flags + times(20, "a")).parts,
        ElementsAre(times(61, "á") + "🇬🇹", "🇸🇻" + times(20, "a"))
    );
}

TEST(sms_cut, a_heap_of_marks_is_cut_all_the_same) {
    const auto cut = sms_cut_of("x" + times(200, "\u0323"));
    EXPECT_EQ(cut.parts.size(), 3U);
    EXPECT_EQ(sms_length_of("x" + times(200, "\u0323")).segments, 3U);
}

RC_GTEST_PROP(sms_cut, the_parts_are_the_text_and_each_fits, ()) {
    const auto letters =
        *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
            "a", "ñ", "€", "á", "🙏", "\u0301", "\u200D", "🇬", "\n"}));
    std::string text;
    for (const auto& letter : letters) text += times(9, letter);
    const auto cut = sms_cut_of(text);
    const auto counted = sms_length_of(text);
    RC_ASSERT(cut.parts.size() == counted.segments);
    RC_ASSERT(cut.alphabet == counted.alphabet);
    std::string whole;
    for (const auto& part : cut.parts) {
        whole += part;
        const auto units = cut.alphabet == gsm7 ? gsm7_encoded(part).value().size()
                                                : ucs2_encoded(part).size() / 2;
        RC_ASSERT(units <= sms_room(cut.alphabet, cut.parts.size() > 1 ? header_8_bit_octets : 0));
    }
    RC_ASSERT(whole == sms_composed(text));
}

}  // namespace
}  // namespace tertulia
