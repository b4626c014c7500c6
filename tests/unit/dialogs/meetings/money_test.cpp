// Money, votes and fines: what counts, and who hears of it.

#include "tests/unit/dialogs/meetings/room.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs::meetings {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(meetings_money, each_hears_her_own_dues_and_the_group_a_count) {
    desk it;
    it.goes_to(state::collection);
    EXPECT_EQ(std::get<money>(it.heard("c4", "meeting.collect").at(0).arguments.at(0).value),
              money{10'400});
    it.desk_says({.what = verb::see_payment, .about = "c4", .transaction = "t1",
                  .amount = {10'400}});
    EXPECT_THAT(it.heard("c4", "meeting.payment_seen"), SizeIs(1));
    EXPECT_THAT(it.heard("c5"), IsEmpty());
    it.fires(timer_name::digest);
    EXPECT_EQ(std::get<std::int64_t>(it.heard("c5", "meeting.progress").at(0).arguments.at(0).value),
              1);
}

TEST(meetings_money, a_claim_changes_no_balance_and_a_transaction_counts_once) {
    desk it;
    it.goes_to(state::collection);
    it.member("c4", {.what = verb::report_payment, .media = {media_kind::image, "m1"}});
    EXPECT_EQ(it.wanted<claim_wanted>().at(0).proof.id, "m1");
    EXPECT_EQ(count_payments(it.room).received, 0);
    const act paid{
        .what = verb::see_payment, .about = "c4", .transaction = "t1", .amount = {10'400}};
    EXPECT_EQ(it.desk_says(paid), refusal::none);
    EXPECT_EQ(it.desk_says(paid), refusal::already);
    EXPECT_EQ(it.member("c4", paid), refusal::not_allowed);
    EXPECT_EQ(count_payments(it.room).received, 1);
    EXPECT_EQ(find_record(it.room, "c4")->claims, 0);
    auto foreign = paid;
    foreign.transaction = "t2";
    foreign.amount.currency = {{'U', 'S', 'D'}};
    EXPECT_EQ(it.desk_says(foreign), refusal::no_amount);
}

TEST(meetings_money, a_photograph_in_the_collection_is_a_proof_and_not_passed_on) {
    desk it;
    it.goes_to(state::collection);
    it.member("c4", {.what = verb::said, .media = {media_kind::image, "m1"}});
    EXPECT_THAT(it.wanted<claim_wanted>(), SizeIs(1));
    EXPECT_THAT(it.room.pending, IsEmpty());
}

TEST(meetings_money, cash_needs_two_who_count_alike_and_none_is_the_payer) {
    desk it;
    it.goes_to(state::collection);
    const act counted{.what = verb::confirm_cash, .about = "c4", .amount = {10'400}};
    EXPECT_EQ(it.member("c5", counted), refusal::not_allowed);
    EXPECT_EQ(it.member("c2", {.what = verb::confirm_cash, .about = "c2", .amount = {5}}),
              refusal::own_money);
    EXPECT_EQ(it.member("c2", counted), refusal::none);
    EXPECT_THAT(it.heard("c4"), IsEmpty());
    EXPECT_EQ(it.heard("o1", "meeting.cash_second").at(0).arguments.size(), 1U);  // not the amount
    EXPECT_EQ(it.member("c2", counted), refusal::same_person);
    auto other = counted;
    other.amount = {10'300};
    EXPECT_EQ(it.agent(other), refusal::amount_differs);
    EXPECT_EQ(it.agent(counted), refusal::none);
    EXPECT_THAT(it.heard("c4", "meeting.cash_counted"), SizeIs(1));
    EXPECT_EQ(make_minutes(it.room).instalments.received, money{0});  // core banking's to say
    EXPECT_EQ(make_minutes(it.room).cash_counted, money{10'400});
}

TEST(meetings_money, who_cannot_pay_gets_a_person_and_nobody_hears_of_it) {
    desk it;
    it.goes_to(state::collection);
    it.member("c4", {.what = verb::cannot_pay, .text = "se perdio la cosecha"});
    EXPECT_EQ(it.wanted<case_wanted>().at(0).words, "se perdio la cosecha");
    EXPECT_THAT(it.heard("c5"), IsEmpty());
}

TEST(meetings_money, the_pot_lends_what_it_has_after_a_vote) {
    desk it;
    it.goes_to(state::internal_loans);
    EXPECT_EQ(it.member("c4", {.what = verb::request_internal, .amount = {50'001}}),
              refusal::not_enough_cash);
    it.member("c4", {.what = verb::request_internal, .text = "maiz", .amount = {20'000}});
    it.member("c2", {.what = verb::record_internal, .about = "c5", .amount = {1'000}});
    it.member("c1", {.what = verb::open_vote, .number = 1});
    for (const auto* id : {"c1", "c2", "c3"}) {
        it.member(id, {.what = verb::cast_vote, .number = 1, .choice = ballot::yes});
    }
    it.member("c1", {.what = verb::close_vote, .number = 1});
    EXPECT_EQ(it.room.internal_cash, money{31'000});
    EXPECT_EQ(make_minutes(it.room).internal_cash_before, money{50'000});
}

struct meetings_votes : testing::Test {
    desk it{[] {
        auto what = five_women();
        what.members[4].relatives = {"c4"};
        return what;
    }()};
    void votes(std::string id, ballot choice) {
        it.member(std::move(id), {.what = verb::cast_vote, .number = 1, .choice = choice});
    }
    void opens() {
        it.goes_to(state::loan_requests, 4);
        it.member("c4", {.what = verb::request_loan, .text = "maiz", .amount = {300'000},
                         .agrees = true});
        it.member("c1", {.what = verb::open_vote, .number = 1});
    }
};

TEST_F(meetings_votes, who_asks_and_who_comes_later_do_not_vote_and_the_last_choice_counts) {
    opens();
    EXPECT_THAT(it.heard("c1", "meeting.vote"), SizeIs(1));
    EXPECT_THAT(it.heard("c4", "meeting.vote"), IsEmpty());
    it.member("c5", {.what = verb::check_in});
    votes("c5", ballot::yes);
    EXPECT_EQ(it.last.refused, refusal::not_eligible);
    votes("c4", ballot::yes);
    EXPECT_EQ(it.last.refused, refusal::not_eligible);
    votes("c1", ballot::no);
    votes("c1", ballot::yes);
    votes("c2", ballot::yes);
    votes("c3", ballot::abstain);
    EXPECT_EQ(it.agent({.what = verb::advance}), refusal::vote_open);
    EXPECT_EQ(look_at(it.room, it.at).votes_cast, 3);
    it.agent({.what = verb::close_vote, .number = 1});
    const auto& counted = it.room.results.at(0);
    EXPECT_EQ(counted.yes, 2);
    EXPECT_EQ(counted.no, 0);
    EXPECT_EQ(counted.abstain, 1);
    EXPECT_EQ(counted.came, vote_outcome::agreed);
    EXPECT_FALSE(it.room.box);
    EXPECT_EQ(it.wanted<application_wanted>().at(0).amount, money{300'000});
    EXPECT_EQ(make_minutes(it.room).agreed.at(0).name, "Dora Lopez");
}

TEST_F(meetings_votes, half_is_not_a_majority_and_silence_is_not_a_yes) {
    it.goes_to(state::loan_requests, 5);
    it.member("c1", {.what = verb::request_loan, .amount = {300'000}});
    it.agent({.what = verb::open_vote, .number = 1});
    votes("c2", ballot::yes);
    votes("c3", ballot::yes);
    it.fires(timer_name::vote_ends);
    EXPECT_EQ(it.room.results.at(0).came, vote_outcome::refused);
    EXPECT_THAT(it.wanted<application_wanted>(), IsEmpty());
}

TEST_F(meetings_votes, below_quorum_it_is_void_and_may_be_held_again) {
    opens();
    votes("c1", ballot::yes);
    votes("c2", ballot::yes);
    it.member("c3", {.what = verb::leave});
    it.member("c1", {.what = verb::close_vote, .number = 1});
    EXPECT_EQ(it.room.results.at(0).came, vote_outcome::void_vote);
    EXPECT_THAT(it.wanted<application_wanted>(), IsEmpty());
    it.member("c3", {.what = verb::check_in});
    EXPECT_EQ(it.member("c1", {.what = verb::open_vote, .number = 1}), refusal::none);
}

TEST_F(meetings_votes, a_relative_abstains_whichever_of_the_two_named_the_other) {
    it.goes_to(state::loan_requests, 5);
    it.member("c4", {.what = verb::request_loan, .amount = {300'000}});
    it.agent({.what = verb::open_vote, .number = 1});
    EXPECT_THAT(it.heard("c5", "meeting.vote_abstains"), SizeIs(1));
    EXPECT_THAT(it.room.box->eligible, testing::ElementsAre("c1", "c2", "c3"));
}

TEST(meetings_admissions, a_prospect_is_voted_on_after_her_own_yes_and_hears_that_step_only) {
    desk it;
    it.goes_to(state::admissions);
    it.member("c4", {.what = verb::propose_member, .about = "p1", .name = "Rosa"});
    EXPECT_EQ(it.member("c1", {.what = verb::open_vote, .number = 1}), refusal::no_consent);
    EXPECT_EQ(it.does({role::guest, "p1", {}}, says("hola")), refusal::no_consent);
    it.desk_says({.what = verb::take_consent, .about = "p1"});
    EXPECT_EQ(it.heard("p1", "meeting.guest_welcome").at(0).room, room_change::enters);
    EXPECT_EQ(it.does({role::guest, "p1", {}}, {.what = verb::present, .text = "vendo pan"}),
              refusal::none);
    it.fires(timer_name::digest);
    EXPECT_THAT(it.heard("c5", "meeting.digest"), SizeIs(1));
    it.member("c1", {.what = verb::open_vote, .number = 1});
    for (const auto* id : {"c1", "c2", "c3", "c4"}) {
        it.member(id, {.what = verb::cast_vote, .number = 1, .choice = ballot::yes});
    }
    it.member("c1", {.what = verb::close_vote, .number = 1});
    EXPECT_EQ(it.room.results.at(0).came, vote_outcome::refused);  // c5 did not say yes
    it.agent({.what = verb::advance});
    EXPECT_EQ(it.heard("p1", "meeting.guest_goodbye").at(0).room, room_change::leaves);
}

TEST(meetings_fines, are_of_the_bylaws_and_waived_by_two) {
    desk it;
    it.opens(4);
    it.at = ten_o_clock + 11min;
    it.member("c5", {.what = verb::check_in});
    it.goes_to(state::fines);
    EXPECT_EQ(it.member("c3", {.what = verb::propose_fine, .about = "c4", .fine = fine_kind::late}),
              refusal::no_such);
    EXPECT_EQ(it.member("c3", {.what = verb::propose_fine, .about = "c4", .fine = fine_kind::other}),
              refusal::no_fine_set);
    it.member("c3", {.what = verb::propose_fine, .about = "c5", .fine = fine_kind::late});
    EXPECT_THAT(it.heard("c5", "meeting.fine"), SizeIs(1));
    EXPECT_THAT(it.heard("c4"), IsEmpty());
    it.member("c5", {.what = verb::justify, .text = "no habia bus", .number = 1});
    EXPECT_THAT(it.heard("c3"), IsEmpty());
    EXPECT_EQ(it.agent({.what = verb::waive, .number = 1}), refusal::none);
    EXPECT_THAT(it.heard("c1", "meeting.fine_to_waive"), SizeIs(1)) << "the president's turn";
    EXPECT_THAT(it.heard("c5", "meeting.fine_to_waive"), IsEmpty());
    EXPECT_EQ(it.agent({.what = verb::waive, .number = 1}), refusal::already);
    EXPECT_EQ(it.room.fines.at(0).stands, fine_state::justified);
    it.member("c1", {.what = verb::waive, .number = 1});
    EXPECT_EQ(it.room.fines.at(0).stands, fine_state::waived);
}

TEST(meetings_fines, what_is_not_paid_is_carried) {
    desk it;
    it.opens(4);
    it.at = ten_o_clock + 11min;
    it.member("c5", {.what = verb::check_in});
    it.goes_to(state::fines);
    it.member("c3", {.what = verb::propose_fine, .about = "c5", .fine = fine_kind::late});
    it.member("c3", {.what = verb::confirm_fine, .amount = {111}, .number = 1});
    it.agent({.what = verb::advance});
    EXPECT_EQ(it.room.fines.at(0).stands, fine_state::carried);
    EXPECT_EQ(make_minutes(it.room).fines.received, money{111});
    EXPECT_EQ(it.room.internal_cash, money{50'111});
}

TEST(meetings_money, cash_that_two_counted_is_received_and_not_asked_for_again) {
    desk it;
    it.goes_to(state::collection);
    const act counted{.what = verb::confirm_cash, .about = "c4", .amount = {10'400}};
    it.member("c2", counted);
    EXPECT_TRUE(look_at(it.room, it.at).members.at(3).has_not_answered);
    it.agent(counted);
    EXPECT_EQ(count_payments(it.room).received, 1);
    EXPECT_FALSE(look_at(it.room, it.at).members.at(3).has_not_answered);
    it.fires(timer_name::digest);
    EXPECT_THAT(it.heard("c5", "meeting.progress"), SizeIs(1));
    it.agent({.what = verb::advance});
    it.agent({.what = verb::back});
    ASSERT_THAT(it.heard("c4", "meeting.collect"), SizeIs(1));  // her savings are still due
    EXPECT_EQ(it.heard("c4", "meeting.collect").at(0).arguments.at(0).value,
              (argument_value{money{0}}));
    // The same money in core banking later counts once.
    it.desk_says({.what = verb::see_payment, .about = "c4", .transaction = "t1", .amount = {5'000}});
    EXPECT_EQ(count_payments(it.room).received, 1);
}

TEST(meetings_money, who_counted_wrong_counts_again) {
    desk it;
    it.goes_to(state::collection);
    it.agent({.what = verb::confirm_cash, .about = "c4", .amount = {9'000}});
    EXPECT_EQ(it.agent({.what = verb::confirm_cash, .about = "c4", .amount = {10'400}}), refusal::none);
    EXPECT_EQ(it.agent({.what = verb::confirm_cash, .about = "c4", .amount = {10'400}}),
              refusal::same_person);
    EXPECT_EQ(it.member("c2", {.what = verb::confirm_cash, .about = "c4", .amount = {10'400}}),
              refusal::none);
    EXPECT_EQ(make_minutes(it.room).cash_counted, money{10'400});
}

TEST(meetings_money, a_refused_vote_says_how_many_it_needed_and_a_late_ballot_that_it_is_over) {
    desk it;
    it.goes_to(state::loan_requests);
    it.member("c4", {.what = verb::request_loan, .text = "maiz", .amount = {30'000}});
    it.member("c1", {.what = verb::open_vote, .number = 1});
    const act yes{.what = verb::cast_vote, .number = 1, .choice = ballot::yes};
    it.member("c1", yes);
    it.member("c2", yes);
    it.agent({.what = verb::close_vote});
    const auto told = it.heard("c5", "meeting.vote_result").at(0).arguments;
    EXPECT_EQ(told.back(), (argument{"needed", std::int64_t{3}}));
    EXPECT_EQ(it.member("c3", yes), refusal::vote_over);
    EXPECT_EQ(it.member("c3", {.what = verb::cast_vote, .number = 9}), refusal::no_such);
    it.goes_to(state::closing);
    EXPECT_EQ(it.member("c3", yes), refusal::vote_over);
}

TEST(meetings_money, a_fine_is_explained_and_may_be_forgiven_until_the_minutes_are_signed) {
    desk it;
    it.opens(4);
    it.at = ten_o_clock + 12min;
    it.member("c5", {.what = verb::check_in});
    it.goes_to(state::fines);
    EXPECT_EQ(it.agent({.what = verb::propose_fine, .about = "c5", .fine = fine_kind::late}),
              refusal::none);
    it.fires(timer_name::step_ends);
    ASSERT_EQ(it.room.now, state::closing);
    EXPECT_EQ(it.member("c5", {.what = verb::justify, .text = "el bus", .number = 1}), refusal::none);
    EXPECT_THAT(it.heard("o1", "meeting.fine_reason"), SizeIs(1));
    it.agent({.what = verb::close});
    EXPECT_EQ(it.agent({.what = verb::waive, .number = 1}), refusal::none);
    EXPECT_THAT(it.heard("c1", "meeting.fine_to_waive"), SizeIs(1));
    EXPECT_EQ(it.member("c1", {.what = verb::waive, .number = 1}), refusal::none);
    EXPECT_EQ(it.room.fines.at(0).stands, fine_state::waived);
    it.agent({.what = verb::sign});
    EXPECT_EQ(it.member("c1", {.what = verb::waive, .number = 1}), refusal::already);
    EXPECT_EQ(it.member("c5", {.what = verb::justify, .text = "otra vez", .number = 1}),
              refusal::being_signed);
}

TEST(meetings_money, who_excused_herself_in_time_is_not_fined_whatever_is_asked) {
    desk it;
    it.agent({.what = verb::schedule});
    it.agent({.what = verb::announce});
    it.member("c5", {.what = verb::excuse});
    it.at = ten_o_clock - 15min;
    it.fires(timer_name::lobby);
    for (const auto* id : {"c1", "c2", "c3", "c4"}) it.member(id, {.what = verb::check_in});
    it.at = ten_o_clock;
    it.agent({.what = verb::open});
    it.goes_to(state::fines);
    EXPECT_EQ(it.agent({.what = verb::propose_fine, .about = "c5", .fine = fine_kind::other}),
              refusal::excused);
    EXPECT_EQ(it.agent({.what = verb::propose_fine, .about = "c4", .fine = fine_kind::other}),
              refusal::no_fine_set);
}

TEST(meetings_money, an_amount_nobody_can_ask_for_is_explained) {
    desk it;
    it.goes_to(state::loan_requests);
    const auto asks = [&](std::int64_t minor) {
        return it.member("c4", {.what = verb::request_loan, .amount = {minor}});
    };
    EXPECT_EQ(asks(0), refusal::no_amount);
    EXPECT_EQ(asks(-30'000), refusal::no_amount);
    EXPECT_EQ(asks(minor_max + 1), refusal::too_much);
}

TEST(meetings_money, the_same_savings_once_more_are_asked_about_and_counted_at_the_tap) {
    desk it;
    it.goes_to(state::collection);
    const act saved{.what = verb::record_savings, .about = "c4", .amount = {2'000}};
    EXPECT_EQ(it.member("c2", saved), refusal::none);
    EXPECT_EQ(it.member("c2", saved), refusal::none);
    ASSERT_THAT(it.heard("c2", "meeting.savings_again"), SizeIs(1));
    EXPECT_THAT(it.heard("c4"), IsEmpty());
    EXPECT_EQ(find_record(it.room, "c4")->savings, money{2'000});
    const auto another = *act_of_choice(it.heard("c2").at(0).choices.at(0).id);
    EXPECT_EQ(it.member("c4", another), refusal::not_allowed);
    EXPECT_EQ(it.member("c2", another), refusal::none);
    EXPECT_EQ(find_record(it.room, "c4")->savings, money{4'000});
    EXPECT_EQ(it.member("c2", another), refusal::stale) << "tapped twice";
    auto more = saved;
    more.amount = {500};
    EXPECT_EQ(it.member("c2", more), refusal::none);
    EXPECT_EQ(find_record(it.room, "c4")->savings, money{4'500});
}

TEST(meetings_money, who_has_answered_is_not_asked_again_whether_she_has_paid) {
    desk it;
    it.goes_to(state::collection);
    it.member("c3", {.what = verb::report_payment});
    it.member("c4", {.what = verb::cannot_pay, .text = "se perdio la cosecha"});
    it.agent({.what = verb::advance});
    it.agent({.what = verb::back});
    EXPECT_THAT(it.heard("c3", "meeting.collect"), IsEmpty());
    EXPECT_THAT(it.heard("c4", "meeting.collect"), IsEmpty());
    EXPECT_THAT(it.heard("c5", "meeting.collect"), SizeIs(1));
}

TEST(meetings_money, what_she_asks_for_again_with_a_purpose_gets_it) {
    desk it;
    it.goes_to(state::internal_loans);
    it.member("c4", {.what = verb::request_internal, .amount = {20'000}});
    EXPECT_EQ(it.member("c4", {.what = verb::request_internal, .amount = {20'000}}), refusal::already);
    EXPECT_EQ(it.member("c4", {.what = verb::request_internal, .text = "maiz", .amount = {10'000}}),
              refusal::already);
    EXPECT_EQ(it.member("c4", {.what = verb::request_internal, .text = "maiz", .amount = {20'000}}),
              refusal::none);
    ASSERT_THAT(it.room.requests, SizeIs(1));
    EXPECT_EQ(it.room.requests.at(0).purpose, "maiz");
    EXPECT_THAT(it.heard("c5", "meeting.request"), SizeIs(1));
    EXPECT_EQ(it.member("c4", {.what = verb::request_internal, .text = "frijol", .amount = {20'000}}),
              refusal::already);
}

TEST(meetings_admissions, a_prospect_says_herself_whether_she_wants_to) {
    desk it;
    it.goes_to(state::admissions);
    it.member("c4", {.what = verb::propose_member, .about = "p1", .name = "Rosa"});
    const auto asked = it.heard("p1", "meeting.guest_asked").at(0).choices;
    ASSERT_THAT(asked, SizeIs(2));
    const auto yes = *act_of_choice(asked.at(0).id);
    const auto no = *act_of_choice(asked.at(1).id);
    EXPECT_EQ(it.does({role::guest, "p2", {}}, yes), refusal::not_of_group);
    EXPECT_EQ(it.member("c4", yes), refusal::not_allowed) << "nobody consents for her";
    EXPECT_EQ(it.agent(yes), refusal::not_officers);
    it.member("c5", {.what = verb::propose_member, .about = "p2", .name = "Lola"});
    EXPECT_EQ(it.does({role::guest, "p2", {}}, yes), refusal::not_allowed) << "nor another prospect";
    EXPECT_EQ(it.does({role::guest, "p1", {}}, yes), refusal::none);
    EXPECT_EQ(it.heard("p1", "meeting.guest_welcome").at(0).room, room_change::enters);
    EXPECT_EQ(it.does({role::guest, "p1", {}}, yes), refusal::already);
    EXPECT_EQ(it.does({role::guest, "p2", {}}, *act_of_choice(choice_id(
        {.what = verb::take_consent, .about = "p2", .choice = ballot::no}))), refusal::none);
    EXPECT_THAT(it.heard("p2", "meeting.guest_thanked"), SizeIs(1));
    EXPECT_THAT(it.heard("c5", "meeting.guest_declined"), SizeIs(1));
    EXPECT_THAT(it.heard("c4"), IsEmpty());
    EXPECT_EQ(it.member("c1", {.what = verb::open_vote, .number = 2}), refusal::already);
    // She had come in, and thinks again: who heard of her hears that, too.
    EXPECT_EQ(it.does({role::guest, "p1", {}}, no), refusal::none);
    EXPECT_EQ(it.heard("p1", "meeting.guest_thanked").at(0).room, room_change::leaves);
    EXPECT_THAT(it.heard("c5", "meeting.guest_declined"), SizeIs(1));
    EXPECT_THAT(make_minutes(it.room).not_voted, IsEmpty()) << "of her nothing is written";
    EXPECT_EQ(it.does({role::guest, "p1", {}}, yes), refusal::none);
    EXPECT_EQ(it.member("c1", {.what = verb::open_vote, .number = 1}), refusal::none);
    EXPECT_EQ(it.does({role::guest, "p1", {}}, no), refusal::already) << "it is being voted on";
}

}  // namespace
}  // namespace tertulia::dialogs::meetings
