#include "dialogs/facts/iso_date.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tertulia {
namespace {

using namespace std::chrono;

TEST(iso_date, a_day_that_exists_is_read) {
    EXPECT_EQ(parse_iso_date("2026-11-23"), civil_date(2026y / 11 / 23));
    EXPECT_EQ(parse_iso_date("2024-02-29"), civil_date(2024y / 2 / 29));
}

TEST(iso_date, anything_else_is_refused) {
    for (const auto* wrong :
         {"",
          "2026-1-3",
          "2026/11/23",
          "23-11-2026",
          "2026-02-29",
          "2026-13-01",
          "2026-00-10",
          "2026-11-00",
          "2026-11-23 ",
          "2026-11-2x",
          "0026-11-23",
          "2026-11-23T00:00"}) {
        EXPECT_FALSE(parse_iso_date(wrong)) << wrong;
    }
}

TEST(iso_date, a_date_that_does_not_exist_is_written_as_nothing) {
    EXPECT_EQ(iso_date(civil_date{}), "");
    EXPECT_EQ(iso_date(2026y / 2 / 30), "");
}

TEST(iso_date, days_are_counted_across_months_and_leap_years) {
    EXPECT_EQ(plus_days(2024y / 2 / 28, 2), civil_date(2024y / 3 / 1));
    EXPECT_EQ(days_between(2026y / 1 / 1, 2025y / 12 / 31), -1);
}

RC_GTEST_PROP(iso_date, what_is_written_is_read_again, ()) {
    const auto day = plus_days(1900y / 1 / 1, *rc::gen::inRange(0, 109'500));
    RC_ASSERT(parse_iso_date(iso_date(day)) == day);
}

}  // namespace
}  // namespace tertulia
