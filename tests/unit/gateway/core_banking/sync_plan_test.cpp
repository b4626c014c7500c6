// When which round is due, and how one goes from page to page.

#include "gateway/core_banking/sync_plan.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

const auto calendar = dialogs::local_calendar::make("America/Guatemala").value();
constexpr instant ten = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 16h;
const sync_rhythm rhythm{};

sync_cursor ended(instant swept, instant round) {
    return {.ended_at = round, .swept_at = swept};
}

TEST(sync_plan, the_first_round_ever_is_a_sweep) {
    EXPECT_EQ(round_due({}, rhythm, calendar, ten).kind, round_kind::sweep);
}

TEST(sync_plan, what_changed_is_read_every_quarter_of_an_hour) {
    const auto at = ended(ten, ten);
    EXPECT_EQ(round_due(at, rhythm, calendar, ten + 14min).kind, round_kind::none);
    EXPECT_EQ(round_due(at, rhythm, calendar, ten + 14min).at, ten + 15min);
    EXPECT_EQ(round_due(at, rhythm, calendar, ten + 15min).kind, round_kind::changes);
}

TEST(sync_plan, all_is_read_once_a_night_at_half_past_two_there) {
    const auto night = ten + 16h + 30min;  // 02:30 in Guatemala
    EXPECT_EQ(round_due(ended(ten, night - 1min), rhythm, calendar, night - 1s).kind, round_kind::none);
    EXPECT_EQ(round_due(ended(ten, night - 1min), rhythm, calendar, night).kind, round_kind::sweep);
    EXPECT_EQ(round_due(ended(night, night), rhythm, calendar, night + 1h).kind, round_kind::changes);
    EXPECT_EQ(round_due(ended(ten, ten), rhythm, calendar, ten + 100h).kind, round_kind::sweep)
        << "also after days of silence";
}

TEST(sync_plan, a_stage_ends_with_its_total_and_the_round_with_its_last_stage) {
    auto at = begin_round({}, round_kind::sweep, ten);
    EXPECT_EQ(at.number, 1);
    at = after_page(at, 6, -1, 0);
    EXPECT_EQ(at.stage, sync_stage::staff) << "a bare list is whole";
    at = after_page(after_page(at, 12, -1, 0), 40, 40, 0);
    EXPECT_EQ(at.stage, sync_stage::clients);
    at = after_page(at, 200, 250, 1);
    EXPECT_EQ(at.position, 200);
    EXPECT_GT(thousandths_done(at), 600);
    at = after_page(at, 50, 250, 0);
    EXPECT_EQ(at.stage, sync_stage::loans);
    at = after_page(at, 0, 0, 0);
    EXPECT_EQ(at.stage, sync_stage::savings);
    at = after_page(at, 3, 3, 0);
    EXPECT_EQ(at.kind, round_kind::none);
    EXPECT_TRUE(at.whole);
    EXPECT_EQ(at.ended_at, ten);
    EXPECT_EQ(at.swept_at, ten);
    EXPECT_EQ(at.broken, 1);
    EXPECT_EQ(thousandths_done(at), 1'000);
}

TEST(sync_plan, a_list_whose_length_changes_or_that_ends_early_is_not_whole) {
    sync_cursor at{.kind = round_kind::sweep, .stage = sync_stage::clients, .total = -1};
    EXPECT_FALSE(after_page(after_page(at, 200, 400, 0), 200, 399, 0).whole);
    EXPECT_FALSE(after_page(after_page(at, 200, 400, 0), 0, 400, 0).whole);
    EXPECT_EQ(after_page(after_page(at, 200, 400, 0), 0, 400, 0).stage, sync_stage::loans)
        << "and no page is asked for ever";
    EXPECT_TRUE(after_page(after_page(at, 200, 400, 0), 200, 400, 0).whole);
}

TEST(sync_plan, a_round_of_changes_is_no_sweep) {
    sync_cursor at{.kind = round_kind::changes, .stage = sync_stage::savings, .began_at = ten};
    EXPECT_EQ(after_page(at, 5, 5, 0).ended_at, ten);
    EXPECT_EQ(after_page(at, 5, 5, 0).swept_at, instant{});
}

}  // namespace
}  // namespace tertulia::gateway
