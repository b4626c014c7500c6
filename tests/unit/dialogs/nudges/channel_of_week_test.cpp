// Where one channel a week is the rule, the next word goes by the one that has reached her this week, and
// is led away neither from what she has named herself nor to where she cannot be reached.

#include "dialogs/nudges/channel_of_week.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

constexpr instant noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 18h};

touch by(std::string channel, milliseconds ago, std::string client = "C1") {
    return {.at = noon - ago, .client_id = std::move(client), .channel = std::move(channel)};
}

TEST(channel_of_week, the_newest_contact_whose_channel_is_known_says_it) {
    const std::vector<touch> all{by("sms", 72h), by("whatsapp", 48h), by("", 24h), by("sms", 1h, "C2")};
    EXPECT_EQ(channel_of_week(all, "C1", noon), "whatsapp");
    EXPECT_EQ(channel_of_week(all, "C2", noon), "sms");
    EXPECT_EQ(channel_of_week(all, "C3", noon), "");
}

TEST(channel_of_week, after_seven_days_there_is_none) {
    const std::vector<touch> all{by("whatsapp", 7 * 24h)};
    EXPECT_EQ(channel_of_week(all, "C1", noon), "");
    EXPECT_EQ(channel_of_week(all, "C1", noon - 1ms), "whatsapp");
}

TEST(channel_of_week, hers_first_then_the_weeks_then_the_segments) {
    EXPECT_EQ(kind_to_take({.of_segment = "sms"}), "sms") << "the segment's is kept";
    EXPECT_EQ(kind_to_take({.of_week = "whatsapp", .week_reaches_her = true, .of_segment = "sms"}), "whatsapp");
    EXPECT_EQ(
        kind_to_take({.of_week = "whatsapp", .week_reaches_her = false, .of_segment = "sms"}), "sms"
    ) << "and the gate refuses it";
    EXPECT_EQ(
        kind_to_take({.hers = "sms", .of_week = "whatsapp", .week_reaches_her = true, .of_segment = "whatsapp"}),
        "sms"
    );
    EXPECT_EQ(kind_to_take({}), "");
}

}  // namespace
}  // namespace tertulia::dialogs
