// A code is read as it was given, also in small letters and in a sentence; a slip is seen, and no
// ordinary word is one.

#include "dialogs/services/referral_codes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <limits>
#include <set>

namespace tertulia::dialogs {
namespace {

TEST(referral_codes, a_code_is_short_and_found_in_what_people_write) {
    const auto code = referral_code(17, 123'456);
    EXPECT_EQ(code.size(), 6U);
    EXPECT_EQ(find_referral_code(code), code);
    EXPECT_EQ(find_referral_code("Hola, me dieron el código " + code + "."), code);
    EXPECT_EQ(find_referral_code("¡" + code + "!"), code);
    std::string small = code;
    for (auto& one : small) {
        if (one >= 'A' && one <= 'Z') one = static_cast<char>(one - 'A' + 'a');
    }
    EXPECT_EQ(find_referral_code(small), code);
}

TEST(referral_codes, the_highest_conversation_has_one_too) {
    const auto code = referral_code(std::numeric_limits<std::int64_t>::max(), 7);
    EXPECT_LE(code.size(), 19U);
    EXPECT_EQ(find_referral_code(code), code);
}

TEST(referral_codes, what_people_write_is_no_code) {
    for (const auto* text :
         {"", "hola", "jjjjjjjj", "hmmmmmmm", "+50255512345", "123456", "HK7DM", "FERIA7",
          "quiero un préstamo de 3000", "TQM GRX VYY", "ññññññ"}) {
        EXPECT_EQ(find_referral_code(text), "") << text;
    }
}

TEST(referral_codes, a_part_of_a_word_is_none) {
    const auto code = referral_code(17, 123'456);
    EXPECT_EQ(find_referral_code(code + "s"), "");
    EXPECT_EQ(find_referral_code("A" + code), "");
}

RC_GTEST_PROP(referral_codes, every_one_is_read_again_and_of_another_conversation_differs, ()) {
    const auto one = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
    const auto other = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
    const auto chance = *rc::gen::arbitrary<std::uint64_t>();
    const auto code = referral_code(one, chance);
    RC_ASSERT(find_referral_code(code) == code);
    RC_ASSERT((one == other) == (code == referral_code(other, chance)));
}

RC_GTEST_PROP(referral_codes, no_single_slip_goes_unseen, ()) {
    constexpr std::string_view signs = "CDFGHJKMNPQRTVWXY34679";
    const auto code =
        referral_code(*rc::gen::inRange<std::int64_t>(1, 1'000'000), *rc::gen::arbitrary<std::uint64_t>());
    auto slip = code;
    slip[*rc::gen::inRange<std::size_t>(0, code.size())] =
        signs[*rc::gen::inRange<std::size_t>(0, signs.size())];
    RC_ASSERT((slip == code) == (find_referral_code(slip) == slip));
}

}  // namespace
}  // namespace tertulia::dialogs
