// Who gets which message is the same for ever, about as many as was said, and alike in a group.

#include "dialogs/nudges/experiment.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace tertulia::dialogs {
namespace {

nudge_experiment shorter() {
    return {
        .name = "shorter",
        .runs = true,
        .held_out = 100,
        .arms = {
            {.name = "short", .share = 300, .instead = {{"reminder_thanks", "reminder_short"}}},
            {.name = "goal", .share = 200, .instead = {}}}};
}

TEST(experiment, a_draw_never_changes) {
    EXPECT_EQ(draw_of("shorter", "C1"), 874);
    EXPECT_EQ(draw_of("shorter", "C2"), 775);
    EXPECT_EQ(draw_of("shorter", "G17"), 765);
    EXPECT_EQ(draw_of("other", "C1"), 861);
    EXPECT_EQ(draw_of("", ""), 823);
}

TEST(experiment, arms_are_about_as_large_as_declared) {
    const auto in = shorter();
    constexpr int people = 10'000;
    std::map<std::string, int> seen;
    for (int i = 0; i < people; ++i) ++seen[std::string{arm_of(in, "C" + std::to_string(i))}];
    const std::map<std::string, double> wanted{
        {"held_out", 0.1}, {"short", 0.3}, {"goal", 0.2}, {"usual", 0.4}};
    ASSERT_EQ(seen.size(), wanted.size());
    for (const auto& [arm, share] : wanted) {
        const double deviation = std::sqrt(people * share * (1 - share));
        EXPECT_NEAR(seen[arm], people * share, 4 * deviation) << arm;
    }
}

TEST(experiment, two_experiments_draw_apart) {
    int alike = 0;
    for (int i = 0; i < 10'000; ++i) {
        const auto unit = "C" + std::to_string(i);
        if (draw_of("one", unit) / 100 == draw_of("two", unit) / 100) ++alike;
    }
    EXPECT_NEAR(alike, 1000, 120) << "a tenth of them by chance";
}

TEST(experiment, one_that_was_stopped_gives_everybody_the_usual) {
    auto in = shorter();
    in.runs = false;
    for (int i = 0; i < 100; ++i) EXPECT_EQ(arm_of(in, "C" + std::to_string(i)), "usual");
}

TEST(experiment, what_is_not_shared_out_stays_usual) {
    EXPECT_EQ(arm_of({.name = "none"}, "C1"), "usual");
    EXPECT_EQ(arm_of({.name = "all", .held_out = 1000}, "C1"), "held_out");
}

// ---- what came of it

TEST(experiment, a_share_of_strangers_has_the_error_of_the_binomial) {
    // 400 people with one instalment each, 320 paid in time: sqrt(0.8 * 0.2 / 400) = 0.02.
    std::vector<experiment_cluster> each(400, {.due = 1, .on_time = 1});
    for (std::size_t i = 0; i < 80; ++i) each[i].on_time = 0;
    const auto share = share_of(each);
    EXPECT_EQ(share.due, 400);
    EXPECT_DOUBLE_EQ(share.value, 0.8);
    EXPECT_NEAR(share.error, 0.02, 0.0001);
}

TEST(experiment, who_pays_alike_counts_for_less) {
    // The same 400 instalments, but in 20 groups of which four pay nothing: worked out by hand,
    // sqrt(4 * 16^2 + 16 * 4^2) * sqrt(20 / 19) / 400 = 0.0918.
    std::vector<experiment_cluster> groups(20, {.due = 20, .on_time = 20});
    for (std::size_t i = 0; i < 4; ++i) groups[i].on_time = 0;
    const auto share = share_of(groups);
    EXPECT_DOUBLE_EQ(share.value, 0.8);
    EXPECT_NEAR(share.error, 0.0918, 0.0001);
}

TEST(experiment, of_nobody_there_is_no_share) {
    EXPECT_EQ(share_of({}).due, 0);
    EXPECT_EQ(share_of({}).value, 0);
    const std::vector<experiment_cluster> one{{.due = 10, .on_time = 9}};
    EXPECT_EQ(share_of(one).error, 0) << "one group says nothing of others";
}

TEST(experiment, a_difference_says_between_what_it_lies_and_whether_that_is_enough) {
    const measured_share arm{.clusters = 1000, .due = 1000, .value = 0.84, .error = 0.012};
    const measured_share usual{.clusters = 1000, .due = 1000, .value = 0.80, .error = 0.016};
    const auto off = difference_of(arm, usual);  // error 0.02
    EXPECT_NEAR(off.value, 0.04, 1e-9);
    EXPECT_NEAR(off.least, 0.0008, 1e-6);
    EXPECT_NEAR(off.most, 0.0792, 1e-6);
    EXPECT_TRUE(off.enough);
    EXPECT_FALSE(difference_of({.due = 999}, usual).enough);
}

TEST(experiment, twice_the_complaints_and_five_at_least_stop_it) {
    EXPECT_TRUE(is_to_be_stopped(5, 100, 2, 100));
    EXPECT_FALSE(is_to_be_stopped(4, 100, 1, 100)) << "too few to say";
    EXPECT_FALSE(is_to_be_stopped(6, 100, 3, 100)) << "twice, not more";
    EXPECT_TRUE(is_to_be_stopped(6, 100, 29, 1000));
    EXPECT_FALSE(is_to_be_stopped(5, 0, 0, 100));
}

}  // namespace
}  // namespace tertulia::dialogs
