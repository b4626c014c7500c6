// The newest word holds, and an hour is one in which people may be written to.

#include "dialogs/clients/preferences.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

constexpr instant earlier = from_millis(1'000);
constexpr instant later = from_millis(2'000);

TEST(preferences, row_H_the_newest_word_holds_with_who_said_it_and_when) {
    std::vector<preference> all;
    prefer(all, "hour", "morning", seen_of_her, earlier);
    prefer(all, "hour", "15:00", asked_her, later);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0], (preference{"hour", "15:00", "asked", later}));
    EXPECT_EQ(preferred(all, "hour"), "15:00");
    EXPECT_EQ(preferred(all, "form"), "");
    prefer(all, "hour", "", asked_her, later);
    EXPECT_EQ(preferred(all, "hour"), "");
}

TEST(preferences, never_grow_without_bound) {
    std::vector<preference> all;
    for (int i = 0; i < 100; ++i) prefer(all, std::to_string(i), "x", asked_her, later);
    EXPECT_EQ(all.size(), preferences_max);
}

TEST(preferences, an_hour_is_a_part_of_the_day_or_one_from_7_to_20) {
    EXPECT_EQ(minutes_of_hour("morning"), 9 * 60);
    EXPECT_EQ(minutes_of_hour("14:00"), 14 * 60);
    for (const auto* none : {"", "any", "14", "x:00", "noon"}) {
        EXPECT_FALSE(minutes_of_hour(none)) << none;
    }
    EXPECT_EQ(hour_word(7), "07:00");
    EXPECT_EQ(hour_word(20), "20:00");
    EXPECT_EQ(hour_word(6), "");
    EXPECT_EQ(hour_word(21), "");
    EXPECT_EQ(hour_word(-1), "");
}

TEST(preferences, a_pause_is_until_its_day_and_no_longer_than_three_months) {
    const civil_date today = std::chrono::year{2026} / 11 / 28;
    std::vector<preference> all;
    EXPECT_FALSE(paused_until(all, today));
    prefer(all, "pause", "2026-12-01", asked_her, later);
    EXPECT_EQ(paused_until(all, today), (std::chrono::year{2026} / 12 / 1));
    EXPECT_FALSE(paused_until(all, std::chrono::year{2026} / 12 / 1));
    prefer(all, "pause", "", asked_her, later);
    EXPECT_FALSE(paused_until(all, today));
    EXPECT_EQ(pause_word(std::chrono::year{2026} / 12 / 1, today), "2026-12-01");
    EXPECT_EQ(pause_word(std::chrono::year{2036} / 12 / 1, today), "2027-02-28");
}

TEST(preferences, staff_note_only_what_there_is) {
    EXPECT_TRUE(is_preference("hour", "evening"));
    EXPECT_TRUE(is_preference("hour", "08:00"));
    EXPECT_TRUE(is_preference("form", "any"));
    EXPECT_TRUE(is_preference("address", "first_name"));
    EXPECT_TRUE(is_preference("pause", "2027-01-01"));
    EXPECT_TRUE(is_preference("pause", "any"));
    EXPECT_FALSE(is_preference("pause", "2027-02-30"));
    EXPECT_FALSE(is_preference("pause", "january"));
    EXPECT_FALSE(is_preference("pause", ""));
    EXPECT_FALSE(is_preference("hour", "03:00"));
    EXPECT_FALSE(is_preference("hour", "8:00"));
    EXPECT_FALSE(is_preference("form", ""));
    EXPECT_FALSE(is_preference("form", "first_name"));
    EXPECT_FALSE(is_preference("opted_out", "true"));
}

TEST(agreements, each_kind_by_itself_and_a_no_takes_a_yes_back) {
    std::vector<agreement> all;
    agree(all, consent_kind::surveys, true, earlier);
    agree(all, consent_kind::reminders, true, earlier);
    agree(all, consent_kind::surveys, false, later);
    ASSERT_EQ(all.size(), 2U);
    const auto now = agreed(all);
    EXPECT_FALSE(now[static_cast<std::size_t>(consent_kind::surveys)]);
    EXPECT_TRUE(now[static_cast<std::size_t>(consent_kind::reminders)]);
    EXPECT_FALSE(now[static_cast<std::size_t>(consent_kind::service)]);
}

TEST(agreements, every_kind_has_a_word) {
    for (std::size_t i = 0; i < consent_kinds; ++i) {
        const auto each = static_cast<consent_kind>(i);
        EXPECT_EQ(parse_consent_kind(name_of(each)), each);
    }
    EXPECT_FALSE(parse_consent_kind("everything"));
}

}  // namespace
}  // namespace tertulia::dialogs
