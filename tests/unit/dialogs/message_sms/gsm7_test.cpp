// The alphabets of SMS, letter by letter and bit by bit.

#include "dialogs/message/sms/gsm7.hpp"
#include "dialogs/message/sms/ucs2.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

namespace tertulia {
namespace {

std::string hex(std::string_view octets) {
    std::string text;
    for (const char octet : octets) {
        constexpr std::string_view digits = "0123456789abcdef";
        text += digits[static_cast<std::uint8_t>(octet) >> 4U];
        text += digits[static_cast<std::uint8_t>(octet) & 15U];
    }
    return text;
}

constexpr std::array all_tables{
    national_table::none,
    national_table::turkish,
    national_table::spanish,
    national_table::portuguese};

TEST(gsm7, known_texts_have_their_known_octets) {
    EXPECT_EQ(hex(gsm7_packed(gsm7_encoded("hellohello").value())), "e8329bfd4697d9ec37");
    EXPECT_EQ(hex(gsm7_packed(gsm7_encoded("Hola").value())), "c8373b0c");
    const auto septets = gsm7_encoded("Señal $5 €").value();
    EXPECT_EQ(hex(septets), "53657d616c200235201b65");
    EXPECT_EQ(hex(gsm7_packed(septets)), "d3723fcc06096aa04d19");
    EXPECT_EQ(hex(gsm7_encoded("@_$").value()), "001102");
}

TEST(gsm7, every_code_of_every_table_comes_back_as_it_was) {
    for (const auto locking : all_tables) {
        for (const auto single : all_tables) {
            const gsm7_tables tables{locking, single};
            for (int code = 0; code < 128; ++code) {
                if (code == 0x1B) continue;
                const std::string septet(1, static_cast<char>(code));
                EXPECT_EQ(gsm7_encoded(gsm7_decoded(septet, tables), tables), septet) << code;
            }
        }
    }
}

TEST(gsm7, every_letter_behind_escape_comes_back_as_it_was) {
    const auto all = [](national_table single) {
        std::string text;
        for (int code = 0; code < 128; ++code) {
            const std::string pair{'\x1B', static_cast<char>(code)};
            const std::string bare(1, static_cast<char>(code));
            const auto letter = gsm7_decoded(pair, {{}, single});
            if (code == 0x1B || letter == gsm7_decoded(bare)) continue;
            text += letter;
            const auto again = gsm7_encoded(letter, {{}, single}).value();
            EXPECT_EQ(gsm7_decoded(again, {{}, single}), letter);
        }
        return text;
    };
    EXPECT_EQ(all(national_table::none), "\f^{}\\[~]|€");
    EXPECT_EQ(all(national_table::turkish), "\f^{}\\[~]|ĞİŞç€ğış");
    EXPECT_EQ(all(national_table::spanish), "ç\f^{}\\[~]|ÁÍÓÚá€íóú");
    EXPECT_EQ(all(national_table::portuguese), "êç\fÔôÁá^Ê{}\\[~]|ÀÍÓÚÃÕÂ€íóúãõâ");
}

TEST(gsm7, national_tables_read_what_was_said) {
    EXPECT_EQ(gsm7_decoded("Mar\x1Biia"), "Mariia") << "unknown behind ESC: the main table";
    EXPECT_EQ(
        gsm7_decoded(
            "Mar\x1Bi"
            "a",
            {{}, national_table::spanish}
        ),
        "María"
    );
    EXPECT_EQ(gsm7_decoded({"\x04\x00", 2}, {national_table::turkish, {}}), "€@");
    EXPECT_EQ(
        gsm7_decoded(
            "S\x7B"
            "o",
            {national_table::portuguese, {}}
        ),
        "São"
    );
    EXPECT_EQ(national_table_of(2), national_table::spanish);
    EXPECT_EQ(national_table_of(4), national_table::none) << "Bengali: not ours";
}

TEST(gsm7, what_it_has_not_is_not_encoded) {
    EXPECT_EQ(gsm7_encoded("María"), std::nullopt);
    EXPECT_EQ(gsm7_encoded("\x1B"), std::nullopt);
    EXPECT_EQ(gsm7_encoded("\uFFFF"), std::nullopt);
    EXPECT_EQ(gsm7_encoded("a\xFF"), std::nullopt);
    EXPECT_EQ(gsm7_width(U'á'), 0U);
    EXPECT_EQ(gsm7_width(U'á', {{}, national_table::spanish}), 2U);
    EXPECT_EQ(gsm7_width(U'á', {national_table::portuguese, {}}), 1U);
    EXPECT_EQ(gsm7_width(U'ñ'), 1U);
    EXPECT_EQ(gsm7_width(U'€'), 2U);
}

TEST(gsm7, septets_that_make_no_sense_do_no_harm) {
    EXPECT_EQ(gsm7_decoded("a\x1B"), "a");
    EXPECT_EQ(
        gsm7_decoded("a\x1B\x1B"
                     "b"),
        "a b"
    );
    EXPECT_EQ(gsm7_decoded("a\x80\xFF"), "a\uFFFD\uFFFD");
    EXPECT_EQ(gsm7_decoded("\x1B\xFF"), "\uFFFD");
    EXPECT_EQ(gsm7_unpacked("", 4), "");
    EXPECT_EQ(gsm7_unpacked("\xC8", 4), "H") << "fewer octets than promised";
}

RC_GTEST_PROP(gsm7, packing_is_undone_by_unpacking, ()) {
    const auto septets = *rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127));
    const auto fill = *rc::gen::inRange<unsigned>(0, 7);
    const auto packed = gsm7_packed(septets, fill);
    RC_ASSERT(gsm7_unpacked(packed, septets.size(), fill) == septets);
}

TEST(ucs2, is_utf16_with_the_high_octet_first) {
    EXPECT_EQ(hex(ucs2_encoded("Hola María")), "0048006f006c00610020004d0061007200ed0061");
    EXPECT_EQ(hex(ucs2_encoded("😀")), "d83dde00");
    EXPECT_EQ(ucs2_decoded(ucs2_encoded("Hola 😀")), "Hola 😀");
    EXPECT_EQ(ucs2_decoded({"\xFE\xFF\0a", 4}), "a") << "a mark some phones send";
}

TEST(ucs2, what_is_cut_short_is_marked_not_guessed) {
    EXPECT_EQ(ucs2_decoded({"\0a\xD8\x3D", 4}), "a\uFFFD");
    EXPECT_EQ(ucs2_decoded({"\xDE\x00\0a", 4}), "\uFFFDa");
    EXPECT_EQ(ucs2_decoded({"\xD8\x3D\0a", 4}), "\uFFFDa");
    EXPECT_EQ(ucs2_decoded({"\0a\0", 3}), "a");
    EXPECT_EQ(ucs2_decoded(""), "");
    EXPECT_EQ(
        latin1_decoded("Se\xF1"
                       "al"),
        "Señal"
    );
}

RC_GTEST_PROP(ucs2, any_octets_become_text, (const std::string& octets)) {
    const auto text = ucs2_decoded(octets);
    const auto again = ucs2_decoded(ucs2_encoded(text));
    RC_ASSERT(again == text || text.starts_with("\xEF\xBB\xBF"));
}

}  // namespace
}  // namespace tertulia
