// What a person of the institution made sure of holds for one client, one thing and one day.

#include "dialogs/clients/confirmation.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

constexpr instant now = from_millis(1'000'000'000);

confirmation made(std::string what, instant at = now) {
    return {.what = std::move(what), .client_id = "C1", .by = "officer:7", .how = "in_person", .at = at};
}

TEST(confirmation, holds_for_that_client_that_thing_and_a_day) {
    std::vector<confirmation> all;
    confirm(all, made("first_pin"));
    EXPECT_TRUE(is_confirmed(all, "first_pin", "C1", now));
    EXPECT_TRUE(is_confirmed(all, "first_pin", "C1", now + 24h - 1ms));
    EXPECT_FALSE(is_confirmed(all, "first_pin", "C1", now + 24h));
    EXPECT_FALSE(is_confirmed(all, "first_pin", "C2", now));
    EXPECT_FALSE(is_confirmed(all, "first_pin", "", now));
    EXPECT_FALSE(is_confirmed(all, "erase_data", "C1", now));
}

TEST(confirmation, of_one_thing_the_newest_counts_and_it_can_be_used_up) {
    std::vector<confirmation> all;
    confirm(all, made("first_pin"));
    confirm(all, made("first_pin", now + 1h));
    EXPECT_EQ(all.size(), 1U);
    EXPECT_TRUE(is_confirmed(all, "first_pin", "C1", now + 24h));
    forget_confirmation(all, "first_pin");
    EXPECT_TRUE(all.empty());
}

TEST(confirmation, there_are_never_many) {
    std::vector<confirmation> all;
    for (std::size_t i = 0; i < confirmations_max + 3; ++i) confirm(all, made("d" + std::to_string(i)));
    EXPECT_EQ(all.size(), confirmations_max);
    confirm(all, made("late", now + 25h));
    EXPECT_EQ(all.size(), 1U) << "what has lapsed goes";
}

TEST(confirmation, is_by_seeing_her_or_calling_another_number) {
    EXPECT_TRUE(is_way_to_confirm("in_person"));
    EXPECT_TRUE(is_way_to_confirm("call_back"));
    EXPECT_FALSE(is_way_to_confirm("birth_date"));
    EXPECT_FALSE(is_way_to_confirm(""));
}

}  // namespace
}  // namespace tertulia::dialogs
