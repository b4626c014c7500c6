// The days to come are read without a mouse and without colours: all numbers and reasons are words.

#include "gateway/commands/plan_page.hpp"

#include "gateway/nudges/preview.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using testing::HasSubstr;
using testing::Not;

preview two_months() {
    preview made{.from = std::chrono::year{2026} / 11 / 28, .days = 5, .clients = 1};
    made.by_day[0] = {.messages = 10, .kept = 2, .tasks = 1};
    made.by_day[3] = {.messages = 1, .kept = 0, .tasks = 11};
    made.by_segment["reliable"] = {.messages = 11, .kept = 2, .tasks = 12};
    made.by_channel["whatsapp"] = {.messages = 11, .kept = 0, .tasks = 12};
    made.by_channel["none"] = {.messages = 0, .kept = 2, .tasks = 0};
    made.kept_by["never_wrote"] = 2;
    made.kept_by_day[0]["never_wrote"] = 2;
    made.cost_micros["USD"] = 124'300;
    return made;
}

TEST(plan_page, tells_months_what_the_shades_mean_and_why_what_is_kept_back) {
    const auto page = plan_page(two_months());
    EXPECT_THAT(page, HasSubstr("<h3>November 2026</h3>"));
    EXPECT_THAT(page, HasSubstr("<h3>December 2026</h3>"));
    EXPECT_THAT(page, HasSubstr("5 days from Saturday 28 November 2026, 1 client with"));
    EXPECT_THAT(page, HasSubstr("<i class=\"s1\"></i>1–2</li>"));
    EXPECT_THAT(page, HasSubstr("<i class=\"s5\"></i>9–10</li>"));
    EXPECT_THAT(page, HasSubstr("<b>10</b><small>2 kept</small><small>1 task</small></td>"));
    EXPECT_THAT(page, HasSubstr("<b>1</b><small>11 tasks</small></td>"));
    EXPECT_THAT(page, Not(HasSubstr(">1 tasks<")));
    EXPECT_THAT(page, HasSubstr("Saturday 28 November: 10 messages, 2 kept back, 1 task\""));
    EXPECT_THAT(page, HasSubstr("she has never written to us</th><td>2</td>"));
    EXPECT_THAT(page, HasSubstr("2026-11-28</th><td class=\"why\">2: she has never written to us"));
    EXPECT_THAT(page, HasSubstr(">whatsapp</th><td>11</td>"));
    EXPECT_THAT(page, HasSubstr("What goes costs: 0.12"));
}

TEST(plan_page, of_nothing_is_a_page_all_the_same) {
    const auto page = plan_page({.from = std::chrono::year{2026} / 12 / 31, .days = 1});
    EXPECT_THAT(page, HasSubstr("1 day from Thursday 31 December 2026, 0 clients"));
    EXPECT_THAT(page, HasSubstr("What goes costs: nothing"));
    EXPECT_THAT(page, Not(HasSubstr("Kept back</h2>")));
}

}  // namespace
}  // namespace tertulia::gateway
