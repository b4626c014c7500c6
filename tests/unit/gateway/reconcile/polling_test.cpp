// When a list is asked and for what, minute by minute.

#include "gateway/reconcile/polling.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 26} + 12h;

poll_position heard_until(instant covered) {
    return {.covered = covered, .begun = noon - 24h * 365};
}

// A look of one page that went well.
void look(polling& at, instant now) {
    ASSERT_TRUE(at.is_due(now));
    at.begin(now);
    EXPECT_FALSE(at.is_due(now));
    EXPECT_FALSE(at.page_done("", now));
}

TEST(polling, the_first_look_is_at_once_and_begins_where_the_last_ended_less_the_overlap) {
    polling at{{}, heard_until(noon - 3h), noon};
    EXPECT_TRUE(at.is_due(noon));
    EXPECT_EQ(at.since(noon), noon - 3h - 10min);
    look(at, noon);
    EXPECT_EQ(at.position().covered, noon);
}

TEST(polling, after_a_long_stop_it_looks_back_as_far_as_allowed_and_no_further) {
    const polling at{{.back = 48h}, heard_until(noon - 24h * 30), noon};
    EXPECT_EQ(at.since(noon), noon - 48h);
    EXPECT_EQ(at.oldest(noon), noon - 48h);
}

TEST(polling, what_was_said_before_the_first_start_of_all_is_not_ours) {
    const polling at{{}, std::nullopt, noon};
    EXPECT_EQ(at.since(noon), noon - 10min);
    EXPECT_EQ(at.oldest(noon + 24h), noon - 10min);
}

TEST(polling, it_looks_again_every_so_often) {
    polling at{{.every = 5min}, heard_until(noon - 1h), noon};
    look(at, noon);
    EXPECT_FALSE(at.is_due(noon + 5min - 1ms));
    EXPECT_TRUE(at.is_due(noon + 5min));
    look(at, noon + 5min);
    EXPECT_EQ(at.since(noon + 6min), noon - 5min);
}

TEST(polling, what_came_while_a_look_went_on_is_covered_by_the_next) {
    polling at{{}, heard_until(noon - 1h), noon};
    at.begin(noon);
    EXPECT_TRUE(at.page_done("p2", noon + 1min));
    EXPECT_EQ(at.page(), "p2");
    at.begin(noon + 1min);
    EXPECT_FALSE(at.page_done("", noon + 2min));
    EXPECT_EQ(at.position().covered, noon);  // not the end of the look: its beginning
}

TEST(polling, an_outage_that_is_over_is_looked_into_at_once) {
    polling at{{}, heard_until(noon - 1h), noon};
    at.see({}, noon);
    look(at, noon);
    at.see({.breaker_open = true}, noon + 1min);
    EXPECT_FALSE(at.is_due(noon + 1min));
    at.see({.breaker_open = false}, noon + 2min);
    EXPECT_TRUE(at.is_due(noon + 2min));
    look(at, noon + 2min);
    at.see({.turned_away = 7}, noon + 3min);
    EXPECT_TRUE(at.is_due(noon + 3min));
    look(at, noon + 3min);
    at.see({.turned_away = 7}, noon + 4min);
    EXPECT_FALSE(at.is_due(noon + 4min));
}

TEST(polling, a_send_without_an_answer_is_looked_for_soon_and_ever_more_rarely) {
    polling at{{.shows_sent = true}, heard_until(noon - 1h), noon};
    look(at, noon);
    auto now = noon + 1min;
    at.see({.unanswered = 1}, now);
    EXPECT_FALSE(at.is_due(now));
    for (const auto wait : {2s, 6s, 18s, 54s, 162s}) {
        EXPECT_FALSE(at.is_due(now + wait - 1ms));
        now += wait;
        look(at, now);
        at.see({.unanswered = 1}, now);
    }
    at.see({.unanswered = 0}, now);
    now += 5min;  // three times as long would be later than it looks anyway
    look(at, now);
    EXPECT_FALSE(at.is_due(now + 5min - 1ms));
}

TEST(polling, a_list_of_what_came_in_is_no_help_for_a_send) {
    polling at{{.shows_sent = false}, heard_until(noon - 1h), noon};
    look(at, noon);
    at.see({.unanswered = 3}, noon + 1min);
    EXPECT_FALSE(at.is_due(noon + 2min));
}

TEST(polling, trouble_that_passes_is_tried_again_later_and_later) {
    polling at{{}, heard_until(noon - 1h), noon};
    auto now = noon;
    for (const auto wait : {2s, 4s, 8s, 16s, 32s, 64s, 128s, 256s, 512s, 600s, 600s}) {
        at.begin(now);
        at.failed(poll_failure::passing, 0ms, now);
        EXPECT_FALSE(at.is_due(now + wait - 1ms));
        now += wait;
        ASSERT_TRUE(at.is_due(now));
    }
    EXPECT_EQ(at.position().covered, noon - 1h);
    look(at, now);
    at.begin(now + 5min);
    at.failed(poll_failure::passing, 0ms, now + 5min);
    EXPECT_TRUE(at.is_due(now + 5min + 2s));  // from the beginning
}

TEST(polling, as_long_as_the_provider_asks_it_waits) {
    polling at{{}, heard_until(noon), noon};
    at.begin(noon);
    at.failed(poll_failure::passing, 90s, noon);
    EXPECT_FALSE(at.is_due(noon + 89s));
    EXPECT_TRUE(at.is_due(noon + 90s));
}

TEST(polling, a_refusal_is_not_hammered) {
    polling at{{}, heard_until(noon), noon};
    at.begin(noon);
    at.failed(poll_failure::refused, 0ms, noon);
    EXPECT_FALSE(at.is_due(noon + 10min - 1ms));
    EXPECT_TRUE(at.is_due(noon + 10min));
}

TEST(polling, a_look_that_broke_off_goes_on_at_its_page_and_after_four_times_from_the_first) {
    polling at{{}, heard_until(noon - 1h), noon};
    at.begin(noon);
    ASSERT_TRUE(at.page_done("p2", noon));
    for (int i = 0; i < polling::page_failures_most; ++i) {
        at.begin(noon + 1min);
        EXPECT_EQ(at.page(), "p2");
        at.failed(poll_failure::passing, 0ms, noon + 1min);
    }
    at.begin(noon + 1h);
    EXPECT_EQ(at.page(), "");
    EXPECT_FALSE(at.page_done("", noon + 1h));
    EXPECT_EQ(at.position().covered, noon + 1h);
}

TEST(polling, a_list_that_resumes_goes_on_behind_its_last_page) {
    polling at{
        {.resumes = true}, poll_position{.covered = noon, .begun = noon, .cursor = "15"}, noon};
    at.begin(noon);
    EXPECT_EQ(at.page(), "15");
    ASSERT_TRUE(at.page_done("17", noon));
    at.begin(noon);
    EXPECT_FALSE(at.page_done("", noon));
    EXPECT_EQ(at.position().cursor, "17");
    at.begin(noon + 5min);
    EXPECT_EQ(at.page(), "17");
}

TEST(polling, a_list_without_an_end_is_given_up_and_counts_as_unheard) {
    polling at{{}, heard_until(noon - 1h), noon};
    int pages = 0;
    at.begin(noon);
    while (at.page_done("again", noon)) ++pages;
    EXPECT_EQ(pages, polling::pages_most - 1);
    EXPECT_EQ(at.position().covered, noon - 1h);
    EXPECT_FALSE(at.is_due(noon + 9min));
}

}  // namespace
}  // namespace tertulia::gateway
