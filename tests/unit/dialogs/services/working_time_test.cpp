// What is promised in working time falls due while somebody is there.

#include "dialogs/services/working_time.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

struct working_time_test : testing::Test {
    local_calendar calendar = *local_calendar::make("America/Guatemala");
    std::vector<civil_date> holidays{std::chrono::year{2026} / 12 / 25};
    working_time work{"Lun-Vie 8:00-17:00, Sáb 8:00-12:00", holidays, calendar};

    [[nodiscard]] instant at(int day, int hour, int minute = 0, unsigned month = 11) const {
        return calendar.at(
            std::chrono::year{2026} / std::chrono::month{month} /
                std::chrono::day{static_cast<unsigned>(day)},
            hour, minute
        );
    }
};

// 23 November 2026 is a Monday.
TEST_F(working_time_test, within_a_day_it_is_the_clock) {
    EXPECT_TRUE(work.open_at(at(23, 10)));
    EXPECT_EQ(work.opens(at(23, 10)), at(23, 10));
    EXPECT_EQ(work.after(at(23, 10), 2h), at(23, 12));
    EXPECT_EQ(work.after(at(23, 10, 20), 30min), at(23, 10, 50));
}

TEST_F(working_time_test, what_is_left_goes_on_the_next_morning) {
    EXPECT_FALSE(work.open_at(at(23, 17)));
    EXPECT_EQ(work.after(at(23, 16), 2h), at(24, 9));
    EXPECT_EQ(work.after(at(23, 20), 1h), at(24, 9));
    EXPECT_EQ(work.opens(at(23, 6)), at(23, 8));
}

TEST_F(working_time_test, a_sunday_and_a_holiday_do_not_count) {
    EXPECT_EQ(work.after(at(28, 11, 30), 1h), at(30, 8, 30));        // Saturday to Monday
    EXPECT_EQ(work.after(at(24, 16, 0, 12), 2h), at(26, 9, 0, 12));  // over Christmas
    EXPECT_FALSE(work.open_at(at(25, 10, 0, 12)));
}

TEST_F(working_time_test, days_are_working_days) {
    EXPECT_EQ(work.after(at(24, 10), 24h), at(25, 10));
    EXPECT_EQ(work.after(at(24, 10), 3 * 24h), at(27, 10));
    EXPECT_EQ(work.after(at(28, 11), 24h), at(30, 11));  // Saturday, then Monday
    // Friday afternoon's next working day is a Saturday that is over by then.
    EXPECT_EQ(work.after(at(27, 15), 24h), at(30, 8));
    EXPECT_EQ(work.after(at(29, 15), 24h), at(1, 8, 0, 12));  // from Sunday: Monday, one day on
}

TEST_F(working_time_test, without_hours_it_is_always_but_on_holidays) {
    const working_time always{"", holidays, calendar};
    EXPECT_TRUE(always.open_at(at(29, 3)));
    EXPECT_EQ(always.after(at(29, 3), 2h), at(29, 5));
    EXPECT_EQ(always.after(at(24, 23, 0, 12), 2h), at(26, 1, 0, 12));
    const working_time unread{"siempre que se pueda", holidays, calendar};
    EXPECT_TRUE(unread.open_at(at(29, 3)));
}

TEST_F(working_time_test, of_hours_that_never_come_there_is_an_end) {
    const working_time never{"Mo off", {}, calendar};
    EXPECT_GT(never.after(at(23, 10), 2h), at(23, 10));
}

}  // namespace
}  // namespace tertulia::dialogs
