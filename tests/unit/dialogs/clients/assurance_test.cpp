// Who she is and for how long we may believe it, at literal instants.

#include "dialogs/clients/assurance.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

constexpr instant monday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};

assurance proved() {
    assurance proof{};
    EXPECT_EQ(pin_was_right(proof, "c1", monday), pin_verdict::right);
    return proof;
}

TEST(assurance, a_number_nobody_has_on_file_is_unknown) {
    EXPECT_EQ(level_of({}, "", monday), assurance_level::unknown);
    EXPECT_EQ(level_of(proved(), "", monday), assurance_level::unknown);
}

TEST(assurance, one_client_on_file_is_known_and_no_more) {
    EXPECT_EQ(level_of({}, "c1", monday), assurance_level::known);
}

TEST(assurance, a_right_pin_verifies_until_fifteen_minutes_of_silence) {
    const auto proof = proved();
    EXPECT_EQ(level_of(proof, "c1", monday + 15min - 1ms), assurance_level::verified);
    EXPECT_EQ(level_of(proof, "c1", monday + 15min), assurance_level::known);
}

TEST(assurance, talking_keeps_it_awake_for_twelve_hours_in_all) {
    auto proof = proved();
    for (auto at = monday; at < monday + 12h; at += 10min) {
        ASSERT_EQ(level_of(proof, "c1", at), assurance_level::verified);
        keep_awake(proof, at);
    }
    keep_awake(proof, monday + 12h - 1ms);
    EXPECT_EQ(level_of(proof, "c1", monday + 12h - 1ms), assurance_level::verified);
    EXPECT_EQ(level_of(proof, "c1", monday + 12h), assurance_level::known);
}

TEST(assurance, it_lapses_when_the_number_belongs_to_another_client) {
    EXPECT_EQ(level_of(proved(), "c2", monday), assurance_level::known);
}

TEST(assurance, the_fifth_wrong_pin_closes_it_for_thirty_minutes) {
    assurance proof{};
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(tries_left(proof), 5 - i);
        EXPECT_EQ(pin_was_wrong(proof, monday), pin_verdict::wrong);
    }
    EXPECT_EQ(pin_was_wrong(proof, monday), pin_verdict::locked);
    EXPECT_EQ(gate_of(proof, true, monday), pin_gate::locked);
    EXPECT_EQ(shut_until(proof, monday), monday + 30min);
    EXPECT_EQ(gate_of(proof, true, monday + 30min), pin_gate::open);
    EXPECT_EQ(tries_left(proof), 5);
}

TEST(assurance, the_tenth_wrong_pin_leaves_only_the_branch) {
    assurance proof{};
    for (int i = 0; i < 9; ++i) (void)pin_was_wrong(proof, monday);
    EXPECT_EQ(tries_left(proof), 1);
    EXPECT_EQ(pin_was_wrong(proof, monday), pin_verdict::branch_only);
    EXPECT_EQ(gate_of(proof, true, monday + 24h * 365), pin_gate::branch_only);
    EXPECT_EQ(tries_left(proof), 0);
    open_again(proof);
    EXPECT_EQ(gate_of(proof, true, monday), pin_gate::open);
}

TEST(assurance, a_right_pin_forgets_the_wrong_ones) {
    assurance proof{};
    for (int i = 0; i < 4; ++i) (void)pin_was_wrong(proof, monday);
    (void)pin_was_right(proof, "c1", monday);
    EXPECT_EQ(tries_left(proof), 5);
    EXPECT_EQ(pin_was_wrong(proof, monday), pin_verdict::wrong);
}

TEST(assurance, a_wrong_pin_ends_what_was_proved) {
    auto proof = proved();
    (void)pin_was_wrong(proof, monday + 1min);
    EXPECT_EQ(level_of(proof, "c1", monday + 1min), assurance_level::known);
}

TEST(assurance, without_a_pin_none_is_asked_for_whatever_else_holds) {
    assurance proof{};
    proof.branch_only = true;
    EXPECT_EQ(gate_of(proof, false, monday), pin_gate::none_set);
}

TEST(assurance, a_changed_number_is_frozen_for_seventy_two_hours) {
    auto proof = proved();
    freeze(proof, monday);
    EXPECT_EQ(level_of(proof, "c1", monday), assurance_level::unknown);
    EXPECT_EQ(gate_of(proof, true, monday + 72h - 1ms), pin_gate::locked);
    EXPECT_EQ(gate_of(proof, true, monday + 72h), pin_gate::open);
}

TEST(assurance, the_later_of_lock_and_freeze_counts) {
    assurance proof{};
    for (int i = 0; i < 5; ++i) (void)pin_was_wrong(proof, monday);
    freeze(proof, monday);
    EXPECT_EQ(shut_until(proof, monday), monday + 72h);
}

RC_GTEST_PROP(assurance, nobody_ever_has_more_than_ten_tries_in_a_row, ()) {
    assurance proof{};
    auto now = monday;
    int tries = 0;
    for (const int minutes : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 60))) {
        now += std::chrono::minutes{minutes};
        if (gate_of(proof, true, now) != pin_gate::open) continue;
        ++tries;
        (void)pin_was_wrong(proof, now);
    }
    RC_ASSERT(tries <= 10);
}

TEST(assurance, a_number_that_core_banking_gave_to_another_is_in_doubt) {
    auto proof = proved();
    EXPECT_EQ(doubt_of(proof, "c1", monday, monday), doubt::none);
    EXPECT_EQ(doubt_of(proof, "c2", monday, monday), doubt::number_moved);
    EXPECT_EQ(doubt_of(proof, "", monday, monday), doubt::none) << "nobody, or several: no owner";
    begin_to_doubt(proof);
    EXPECT_EQ(level_of(proof, "c2", monday), assurance_level::unknown);
    EXPECT_EQ(doubt_of(proof, "c2", monday, monday), doubt::none) << "told once";
    EXPECT_EQ(gate_of(proof, true, monday), pin_gate::open) << "she may prove herself";
    EXPECT_EQ(pin_was_right(proof, "c2", monday), pin_verdict::right);
    EXPECT_EQ(level_of(proof, "c2", monday), assurance_level::verified);
    EXPECT_EQ(doubt_of(proof, "c2", monday, monday), doubt::none);
}

TEST(assurance, ninety_days_of_silence_are_a_doubt) {
    const auto proof = proved();
    EXPECT_EQ(doubt_of(proof, "c1", monday, monday + silence_max - 1ms), doubt::none);
    EXPECT_EQ(doubt_of(proof, "c1", monday, monday + silence_max), doubt::silent_long);
    EXPECT_EQ(doubt_of(proof, "c1", instant{}, monday), doubt::none) << "she never wrote";
    EXPECT_EQ(doubt_of({}, "", monday, monday + silence_max), doubt::none) << "nothing to doubt";
}

TEST(assurance, a_change_of_number_is_a_doubt_until_the_branch_ends_it) {
    auto proof = proved();
    freeze(proof, monday);
    EXPECT_EQ(level_of(proof, "c1", monday + number_change_freeze), assurance_level::unknown);
    open_again(proof);
    EXPECT_EQ(level_of(proof, "c1", monday), assurance_level::known);
}

}  // namespace
}  // namespace tertulia::dialogs
