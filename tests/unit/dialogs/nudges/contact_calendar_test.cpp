// Nobody is written to about money at night, on a Sunday or on a holiday, wherever she lives.

#include "dialogs/nudges/contact_calendar.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "tests/unit/dialogs/nudges/default_policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;
using enum contact_calendar::shift;

constexpr civil_date monday = 2026y / 11 / 23;
constexpr civil_date saturday = 2026y / 11 / 28;
constexpr civil_date sunday = 2026y / 11 / 29;

// First minute, and the one that is too late, of a working day, a Saturday and a Sunday.
struct country_hours {
    std::string_view country{};
    std::string_view zone{};
    int weekday[2]{};
    int on_saturday[2]{};
    int on_sunday[2]{};
};

struct every_country : testing::TestWithParam<country_hours> {};

TEST_P(every_country, opens_and_closes_to_the_minute) {
    const auto& of = GetParam();
    const contact_place place{of.country, of.zone};
    const auto expect = [&](civil_date day, const int(&hours)[2]) {
        const auto open = [&](int minute) {
            return place.when.open_at(place.calendar.at(day, 0, 0) + std::chrono::minutes{minute});
        };
        EXPECT_EQ(place.when.contact_day(day), hours[0] < hours[1]) << iso_date(day);
        EXPECT_FALSE(open(0));
        EXPECT_FALSE(open(minutes_a_day - 1));
        if (hours[0] == hours[1]) {
            EXPECT_FALSE(open(10 * 60)) << iso_date(day);
            return;
        }
        EXPECT_FALSE(open(hours[0] - 1)) << iso_date(day);
        EXPECT_TRUE(open(hours[0])) << iso_date(day);
        EXPECT_TRUE(open(hours[1] - 1)) << iso_date(day);
        EXPECT_FALSE(open(hours[1])) << iso_date(day);
    };
    for (int day = 0; day < 5; ++day) expect(plus_days(monday, day), of.weekday);
    expect(saturday, of.on_saturday);
    expect(sunday, of.on_sunday);
}

constexpr int h(int hour) {
    return hour * 60;
}

const std::vector<country_hours> known_hours{
    {"", "UTC", {h(8), h(18)}, {h(9), h(13)}, {}},
    {"CO", "America/Bogota", {h(7), h(19)}, {h(8), h(15)}, {}},
    {"GT", "America/Guatemala", {h(8), h(18)}, {h(8), h(12)}, {}},
    {"HN", "America/Tegucigalpa", {h(8), h(18)}, {h(8), h(12)}, {}},
    {"IN", "Asia/Kolkata", {h(9), h(18)}, {h(9), h(18)}, {}},
    {"KE", "Africa/Nairobi", {h(8), h(18)}, {h(9), h(13)}, {}},
    {"MX", "America/Mexico_City", {h(7), h(22)}, {}, {}},
    {"NG", "Africa/Lagos", {h(8), h(20)}, {h(8), h(20)}, {h(8), h(20)}},
    {"NI", "America/Managua", {h(8), h(18)}, {h(8), h(12)}, {}},
    {"PE", "America/Lima", {h(7), h(20)}, {}, {}},
    {"SV", "America/El_Salvador", {h(8), h(18)}, {h(8), h(12)}, {}},
    {"US", "America/New_York", {h(8), h(21)}, {h(8), h(21)}, {h(8), h(21)}}};

INSTANTIATE_TEST_SUITE_P(
    contact_calendar,
    every_country,
    testing::ValuesIn(known_hours),
    [](const auto& one) {
        return one.param.country.empty() ? std::string{"unknown"} : std::string{one.param.country};
    }
);

TEST(contact_calendar_test, every_preset_is_one_of_those_tested_and_is_readable) {
    ASSERT_EQ(country_rules().size(), known_hours.size());
    for (std::size_t i = 0; i < known_hours.size(); ++i) {
        EXPECT_EQ(country_rules()[i].country, known_hours[i].country);
        EXPECT_TRUE(opening_hours::parse(country_rules()[i].hours));
        EXPECT_EQ(country_rules()[i].a_day, 1);
        EXPECT_NE(country_rules()[i].source, "");
        EXPECT_EQ(country_rules()[i].one_channel_a_week, country_rules()[i].country == "CO");
    }
}

TEST(contact_calendar_test, a_country_nobody_knows_has_the_strictest_hours) {
    EXPECT_EQ(&rule_of_country("ZZ"), &country_rules().front());
    EXPECT_EQ(rule_of_country("GT").country, "GT");
}

TEST(contact_calendar_test, our_own_hours_only_narrow_those_of_the_law) {
    const contact_place place{"GT", "America/Guatemala", "Mo-Su 07:00-16:00"};
    EXPECT_FALSE(place.when.open_at(place.calendar.at(monday, 7, 30)));
    EXPECT_TRUE(place.when.open_at(place.calendar.at(monday, 15, 59)));
    EXPECT_FALSE(place.when.open_at(place.calendar.at(monday, 16, 0)));
    EXPECT_FALSE(place.when.contact_day(sunday));
}

TEST(contact_calendar_test, a_holiday_is_no_contact_day) {
    const contact_place place{"GT", "America/Guatemala", "24/7", {monday}};
    EXPECT_FALSE(place.when.contact_day(monday));
    EXPECT_FALSE(place.when.open_at(place.calendar.at(monday, 10, 0)));
    EXPECT_EQ(place.when.minute_near(monday, 600), std::nullopt);
    EXPECT_TRUE(place.when.contact_day(plus_days(monday, 1)));
}

TEST(contact_calendar_test, what_is_to_come_moves_before_a_closed_day_and_what_is_late_after_it) {
    const contact_place place{"GT", "America/Guatemala", "24/7", {monday}};
    EXPECT_EQ(place.when.shifted(saturday, earlier), saturday);
    EXPECT_EQ(place.when.shifted(sunday, earlier), saturday);
    EXPECT_EQ(place.when.shifted(sunday, later), plus_days(sunday, 1));
    // Monday is a holiday, Sunday before it is none either.
    EXPECT_EQ(place.when.shifted(monday, earlier), plus_days(monday, -2));
    EXPECT_EQ(place.when.shifted(monday, later), plus_days(monday, 1));
}

TEST(contact_calendar_test, where_no_day_is_open_for_a_fortnight_it_stays_where_it_is) {
    const contact_place place{"GT", "America/Guatemala", "Su 08:00-12:00"};  // no law allows it
    EXPECT_EQ(place.when.shifted(monday, earlier), monday);
    EXPECT_EQ(place.when.shifted(monday, later), monday);
    EXPECT_EQ(place.when.opens(place.calendar.at(monday, 10, 0)), std::nullopt);
}

TEST(contact_calendar_test, the_wanted_minute_holds_where_it_may_and_else_the_nearest) {
    const contact_place place{"GT", "America/Guatemala"};
    EXPECT_EQ(place.when.minute_near(monday, 9 * 60 + 33), 9 * 60 + 33);
    EXPECT_EQ(place.when.minute_near(monday, 6 * 60), 8 * 60);
    EXPECT_EQ(place.when.minute_near(saturday, 18 * 60), 11 * 60 + 55);
    EXPECT_EQ(place.when.minute_near(sunday, 600), std::nullopt);
}

TEST(contact_calendar_test, it_opens_at_the_next_minute_that_is_allowed) {
    const contact_place place{"GT", "America/Guatemala", "24/7", {monday}};
    const auto at = [&](civil_date day, int hour, int minute) {
        return place.calendar.at(day, hour, minute);
    };
    EXPECT_EQ(place.when.opens(at(saturday, 9, 0)), at(saturday, 9, 0));
    EXPECT_EQ(place.when.opens(at(saturday, 7, 59) + 30s), at(saturday, 8, 0));
    EXPECT_EQ(place.when.opens(at(saturday, 12, 0)), at(plus_days(saturday, 2), 8, 0));
    EXPECT_EQ(place.when.opens(at(plus_days(monday, -1), 10, 0)), at(plus_days(monday, 1), 8, 0));
}

TEST(contact_calendar_test, hours_follow_the_clocks_there_when_they_are_changed) {
    const contact_place york{"US", "America/New_York"};
    EXPECT_EQ(
        *york.when.opens(instant{std::chrono::sys_days{2026y / 3 / 7}} + 6h),
        instant{std::chrono::sys_days{2026y / 3 / 7}} + 13h
    );  // standard time
    EXPECT_EQ(
        *york.when.opens(instant{std::chrono::sys_days{2026y / 3 / 8}} + 6h),
        instant{std::chrono::sys_days{2026y / 3 / 8}} + 12h
    );  // summer time began at 2:00
    // Mexico changed its clocks until 2022; Kenya never has.
    const contact_place mexico{"MX", "America/Mexico_City"};
    EXPECT_EQ(
        *mexico.when.opens(instant{std::chrono::sys_days{2022y / 7 / 4}} + 6h),
        instant{std::chrono::sys_days{2022y / 7 / 4}} + 12h
    );
    EXPECT_EQ(
        *mexico.when.opens(instant{std::chrono::sys_days{2022y / 1 / 3}} + 6h),
        instant{std::chrono::sys_days{2022y / 1 / 3}} + 13h
    );
    const contact_place nairobi{"KE", "Africa/Nairobi"};
    for (const auto day : {civil_date{2026y / 1 / 5}, civil_date{2026y / 7 / 6}}) {
        EXPECT_EQ(
            *nairobi.when.opens(instant{std::chrono::sys_days{day}}),
            instant{std::chrono::sys_days{day}} + 5h
        );
    }
}

}  // namespace
}  // namespace tertulia::dialogs
