// Which talk is due and when: by the stage of her loan, at least monthly, never twice for one reason.

#include "dialogs/clients/contact.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

constexpr civil_date today = std::chrono::year{2026} / 11 / 24;

// Ten instalments every 28 days; the first is due 28 days after the money.
loan loan_since(civil_date paid_out) {
    loan made{.id = "L1", .client_id = "C1", .disbursed_on = paid_out};
    for (int i = 1; i <= 10; ++i) {
        const auto due = plus_days(paid_out, 28 * i);
        made.schedule.push_back(
            {.number = i,
             .due = due,
             .total = {100, {}},
             .paid = {due < today ? 100 : 0, {}},
             .met_on = due < today ? std::optional{due} : std::nullopt}
        );
    }
    made.matures_on = made.schedule.back().due;
    return made;
}

std::optional<contact_due_on> due(
    const std::vector<loan>& loans, const std::vector<past_contact>& had = {},
    std::optional<contact_due_on> open = {}
) {
    return contact_due(loans, had, {}, open, today);
}
contact_due_on at(contact_stage stage, int days) {
    return {stage, plus_days(today, days)};
}

TEST(contact, names_of_stages_are_read_as_they_are_written) {
    for (std::size_t i = 0; i < contact_stages; ++i) {
        const auto stage = static_cast<contact_stage>(i);
        EXPECT_EQ(parse_contact_stage(name_of(stage)), stage);
    }
    EXPECT_FALSE(parse_contact_stage("often"));
}

TEST(contact, three_days_after_the_money_she_is_welcomed) {
    EXPECT_EQ(due({loan_since(today)}), at(contact_stage::welcome, 3));
    EXPECT_EQ(due({loan_since(plus_days(today, -5))}), at(contact_stage::welcome, 0));
}

TEST(contact, at_least_every_25_days_somebody_talks_with_her) {
    const auto loan = loan_since(plus_days(today, -60));
    EXPECT_EQ(due({loan}, {{plus_days(today, -10), "any"}}), at(contact_stage::any, 15));
    EXPECT_EQ(due({loan}, {{plus_days(today, -40), "any"}}), at(contact_stage::any, 0));
    EXPECT_EQ(due({loan}), at(contact_stage::any, 0)) << "never talked with: now";
}

TEST(contact, two_days_after_what_was_late_is_paid_she_is_asked_how_it_was) {
    auto loan = loan_since(plus_days(today, -60));
    loan.schedule[1].met_on = plus_days(loan.schedule[1].due, 2);  // today - 2
    EXPECT_EQ(due({loan}, {{plus_days(today, -23), "any"}}), at(contact_stage::after_late, 0));
    EXPECT_EQ(due({loan}, {{plus_days(today, -1), "any"}}), at(contact_stage::any, 24)) << "talked since";
}

TEST(contact, the_middle_and_the_end_of_a_loan_have_their_talks) {
    EXPECT_EQ(
        due({loan_since(plus_days(today, -28 * 4))}, {{plus_days(today, -22), "any"}}),
        at(contact_stage::mid, 0)
    );
    EXPECT_EQ(
        due({loan_since(plus_days(today, -28 * 4))}, {{today, "mid"}}), at(contact_stage::any, 25)
    );
    EXPECT_EQ(
        due({loan_since(plus_days(today, -28 * 9))}, {{plus_days(today, -22), "any"}}),
        at(contact_stage::near_end, 0)
    );
}

TEST(contact, a_stage_waits_three_weeks_after_the_last_talk_and_is_left_out_where_it_is_over_by_then) {
    EXPECT_EQ(
        due({loan_since(plus_days(today, -28 * 4))}, {{plus_days(today, -5), "any"}}),
        at(contact_stage::mid, 16)
    );
    auto late = loan_since(plus_days(today, -60));
    late.schedule[1].met_on = plus_days(late.schedule[1].due, 2);  // today - 2
    EXPECT_EQ(due({late}, {{plus_days(today, -7), "any"}}), at(contact_stage::after_late, 14));
    EXPECT_EQ(due({late}, {{plus_days(today, -6), "any"}}), at(contact_stage::any, 19))
        << "after two weeks it is no news";
}

TEST(contact, a_hard_season_is_spoken_of_three_weeks_before) {
    const std::vector<std::chrono::month_day> seasons{std::chrono::month{12} / 20};
    const std::vector<loan> loans{loan_since(plus_days(today, -60))};
    const std::vector<past_contact> had{{plus_days(today, -17), "any"}};
    const auto found = contact_due(loans, had, seasons, {}, today);
    EXPECT_EQ(found, at(contact_stage::pre_hard_season, 5));
    EXPECT_EQ(found->latest, plus_days(today, 26)) << "the day it begins";
}

TEST(contact, after_the_last_loan_there_are_two_tries_and_then_peace) {
    auto over = loan_since(plus_days(today, -310));
    over.status = loan_status::closed;
    EXPECT_EQ(due({over}), at(contact_stage::between, 0)) << "30 days after it ended";
    EXPECT_FALSE(due({over}, {{plus_days(today, -1), "between"}})) << "she has told us";
    auto long_over = loan_since(plus_days(today, -450));
    long_over.status = loan_status::closed;
    EXPECT_FALSE(due({long_over}));
    EXPECT_FALSE(due({}));
}

TEST(contact, what_is_being_tried_goes_on_until_it_is_had_or_25_days_are_over) {
    const auto loan = loan_since(plus_days(today, -60));
    const auto open = at(contact_stage::any, -6);
    EXPECT_EQ(due({loan}, {}, open), open);
    EXPECT_EQ(due({loan}, {{plus_days(today, -2), "any"}}, open), at(contact_stage::any, 23));
    EXPECT_EQ(due({loan}, {{plus_days(today, -7), "any"}}, open), at(contact_stage::any, 18))
        << "its day was a Sunday, and it came on Saturday";
    EXPECT_EQ(due({loan}, {}, at(contact_stage::any, -25)), at(contact_stage::any, 0));
}

}  // namespace
}  // namespace tertulia::dialogs
