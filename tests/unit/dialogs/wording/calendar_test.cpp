// The day a payment falls due is a day in the institution's zone; an hour's error there is a broken
// promise. Instants are literal and were read off the zones' published transitions.

#include "dialogs/wording/calendar.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/timezone.h>

#include <memory>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono;

local_calendar of(const char* zone) {
    auto made = local_calendar::make(zone);
    EXPECT_TRUE(made) << zone;
    return *made;
}

instant utc(int y, unsigned m, unsigned d, int h, int min) {
    return sys_days{year{y} / static_cast<int>(m) / static_cast<int>(d)} + hours{h} + minutes{min};
}

TEST(local_calendar, guatemala_is_six_hours_behind_all_year) {
    const auto guatemala = of("America/Guatemala");
    EXPECT_EQ(
        guatemala.local(utc(2026, 11, 24, 5, 59)),
        (local_time{.date = 2026y / November / 23, .hour = 23, .minute = 59})
    );
    EXPECT_EQ(guatemala.date_of(utc(2026, 11, 24, 6, 0)), 2026y / November / 24);
    EXPECT_EQ(guatemala.date_of(utc(2026, 7, 24, 5, 59)), 2026y / July / 23);
    EXPECT_EQ(guatemala.at(2026y / February / 28, 10, 40), utc(2026, 2, 28, 16, 40));
    EXPECT_EQ(guatemala.zone(), "America/Guatemala");
}

TEST(local_calendar, leap_days_exist_where_they_should) {
    const auto guatemala = of("America/Guatemala");
    EXPECT_EQ(guatemala.date_of(utc(2028, 2, 29, 12, 0)), 2028y / February / 29);
    EXPECT_EQ(guatemala.date_of(utc(2027, 3, 1, 5, 0)), 2027y / February / 28);
    EXPECT_EQ(guatemala.date_of(utc(2000, 3, 1, 5, 0)), 2000y / February / 29);
}

TEST(local_calendar, before_1970_days_are_still_whole) {
    const auto utc_zone = of("Etc/UTC");
    EXPECT_EQ(
        utc_zone.local(instant{milliseconds{-1}}),
        (local_time{.date = 1969y / December / 31, .hour = 23, .minute = 59})
    );
    EXPECT_EQ(utc_zone.date_of(instant{milliseconds{-86'400'000}}), 1969y / December / 31);
}

TEST(local_calendar, paris_changes_its_offset_in_spring_and_autumn) {
    const auto paris = of("Europe/Paris");
    EXPECT_EQ(paris.local(utc(2026, 3, 29, 0, 59)).hour, 1);
    EXPECT_EQ(paris.local(utc(2026, 3, 29, 1, 0)).hour, 3);
    EXPECT_EQ(paris.at(2026y / July / 14, 12, 0), utc(2026, 7, 14, 10, 0));
    EXPECT_EQ(paris.at(2026y / December / 14, 12, 0), utc(2026, 12, 14, 11, 0));
}

TEST(local_calendar, a_skipped_hour_is_the_moment_behind_the_gap) {
    const auto paris = of("Europe/Paris");
    EXPECT_EQ(paris.at(2026y / March / 29, 2, 30), utc(2026, 3, 29, 1, 30));  // shown as 03:30
    EXPECT_EQ(paris.at(2026y / March / 29, 1, 59), utc(2026, 3, 29, 0, 59));
    EXPECT_EQ(paris.at(2026y / March / 29, 3, 0), utc(2026, 3, 29, 1, 0));
    const auto santiago = of("America/Santiago");  // its gap begins at midnight
    EXPECT_EQ(
        santiago.local(santiago.at(2026y / September / 6, 0, 0)),
        (local_time{.date = 2026y / September / 6, .hour = 1, .minute = 0})
    );
}

TEST(local_calendar, of_an_hour_that_comes_twice_the_first_is_meant) {
    EXPECT_EQ(of("Europe/Paris").at(2026y / October / 25, 2, 30), utc(2026, 10, 25, 0, 30));
    EXPECT_EQ(of("America/New_York").at(2026y / November / 1, 1, 30), utc(2026, 11, 1, 5, 30));
}

TEST(local_calendar, a_zone_nobody_knows_is_refused) {
    for (const char* zone :
         {"", "America/Guatemla", "Guatemala", "GMT+5", "+06:00", "Etc/Unknown"}) {
        EXPECT_FALSE(local_calendar::make(zone)) << zone;
    }
}

RC_GTEST_PROP(local_calendar, agrees_with_icu_and_finds_its_way_back, ()) {
    static const char* const zones[] = {
        "America/Guatemala",
        "Europe/Paris",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "America/Santiago",
    };
    const std::string zone =
        *rc::gen::elementOf(std::vector<std::string>(std::begin(zones), std::end(zones)));
    const auto calendar = local_calendar::make(zone);
    const auto at = from_millis(*rc::gen::inRange<std::int64_t>(0, 4'000'000'000) * 1000);
    const std::unique_ptr<icu::TimeZone> icu_zone{icu::TimeZone::createTimeZone(zone.c_str())};
    UErrorCode status = U_ZERO_ERROR;
    int32_t raw = 0;
    int32_t saving = 0;
    icu_zone->getOffset(static_cast<double>(to_millis(at)), false, raw, saving, status);
    const auto wall = at + milliseconds{raw + saving};
    const auto shown = calendar->local(at);
    RC_ASSERT(shown.date == civil_date{floor<days>(wall)});
    RC_ASSERT(minutes{shown.hour * 60 + shown.minute} == floor<minutes>(wall - floor<days>(wall)));

    const auto back = calendar->at(shown.date, shown.hour, shown.minute);
    RC_ASSERT(calendar->local(back) == shown);
    RC_ASSERT(back <= at);
    RC_ASSERT(at - back <= hours{1} + minutes{1});
}

}  // namespace
}  // namespace tertulia::dialogs
