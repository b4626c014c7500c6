// Channels count UTF-16 units; a length that is one off is a refused message.

#include "dialogs/wording/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tertulia::dialogs {
namespace {

TEST(text, units_are_counted_as_providers_count_them) {
    EXPECT_EQ(utf16_length(""), 0U);
    EXPECT_EQ(utf16_length("Pagar"), 5U);
    EXPECT_EQ(utf16_length("Sí, mañana"), 10U);
    EXPECT_EQ(utf16_length("k’iche’"), 7U);
    EXPECT_EQ(utf16_length("👍🙏"), 4U);
    EXPECT_EQ(utf16_length("\xC3"), 1U);           // cut in the middle
    EXPECT_EQ(utf16_length("a\xF0\x9F\x91"), 4U);  // each broken byte stands for itself
}

TEST(text, a_text_that_fits_stays_whole) {
    EXPECT_EQ(truncate_utf16("Pagar", 5), "Pagar");
    EXPECT_EQ(truncate_utf16("", 0), "");
}

TEST(text, what_does_not_fit_ends_in_an_ellipsis) {
    EXPECT_EQ(truncate_utf16("Préstamo grande", 9), "Préstamo…");
    EXPECT_EQ(truncate_utf16("👍🙏", 3), "👍…");
    EXPECT_EQ(truncate_utf16("👍🙏", 2), "…");
    EXPECT_EQ(truncate_utf16("👍🙏", 0), "");
}

RC_GTEST_PROP(text, a_truncated_text_never_exceeds_its_limit, (const std::string& any)) {
    const auto units = *rc::gen::inRange<std::size_t>(0, 30);
    const auto cut = truncate_utf16(any, units);
    RC_ASSERT(utf16_length(cut) <= units);
    if (utf16_length(any) <= units) RC_ASSERT(cut == any);
}

}  // namespace
}  // namespace tertulia::dialogs
