// From the draft to the end: who is here, steps, pauses, closing, minutes.

#include "tests/unit/dialogs/meetings/room.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs::meetings {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(meetings_course, a_draft_nobody_schedules_is_cancelled_after_a_week) {
    desk it;
    EXPECT_EQ(it.fires(timer_name::draft_ends), refusal::none);
    EXPECT_EQ(it.room.now, state::cancelled);
    EXPECT_EQ(it.agent({.what = verb::schedule}), refusal::over);
}

TEST(meetings_course, who_wants_no_messages_is_not_invited) {
    auto what = five_women();
    what.members[4].opted_out = true;
    desk it{what};
    it.agent({.what = verb::schedule});
    EXPECT_THAT(it.wanted<roster_wanted>(), SizeIs(1));
    it.agent({.what = verb::announce});
    EXPECT_THAT(it.heard("c1", "meeting.invite"), SizeIs(1));
    EXPECT_THAT(it.heard("c5"), IsEmpty());
}

TEST(meetings_course, late_is_after_ten_minutes_and_a_late_moderator_makes_nobody_late) {
    desk it;
    it.opens(3);
    it.at = ten_o_clock + 10min;
    it.member("c4", {.what = verb::check_in});
    EXPECT_EQ(find_record(it.room, "c4")->attends, attendance::present);
    it.at += 1ms;
    it.member("c5", {.what = verb::check_in});
    EXPECT_EQ(find_record(it.room, "c5")->attends, attendance::late);
    desk other;
    other.agent({.what = verb::schedule});
    other.agent({.what = verb::announce});
    other.at = ten_o_clock + 9min;
    other.fires(timer_name::lobby);
    other.at = ten_o_clock + 25min;
    other.member("c1", {.what = verb::check_in});
    EXPECT_EQ(find_record(other.room, "c1")->attends, attendance::present);
}

TEST(meetings_course, an_excuse_counts_until_two_hours_before) {
    desk it;
    it.agent({.what = verb::schedule});
    it.agent({.what = verb::announce});
    it.at = ten_o_clock - 120min;
    it.member("c4", {.what = verb::excuse, .text = "se enfermo mi nena"});
    EXPECT_THAT(it.heard("c4", "meeting.excused"), SizeIs(1));
    it.at += 1min;
    it.member("c5", {.what = verb::excuse});
    EXPECT_THAT(it.heard("c5", "meeting.excused_late"), SizeIs(1));
    EXPECT_EQ(find_record(it.room, "c5")->attends, attendance::unknown);
}

TEST(meetings_course, without_quorum_roll_call_waits_once_more_and_then_breaks_off) {
    desk it;
    it.opens(3);
    EXPECT_EQ(quorum_needed(it.room), 4);
    EXPECT_EQ(it.agent({.what = verb::advance}), refusal::no_quorum);
    it.fires(timer_name::step_ends);
    EXPECT_EQ(it.room.now, state::roll_call);
    EXPECT_EQ(it.fires(timer_name::quorum_ends), refusal::none);
    EXPECT_EQ(it.room.now, state::adjourned);
    EXPECT_THAT(it.heard("c4", "meeting.no_quorum"), SizeIs(1));
    EXPECT_THAT(it.wanted<finished>(), SizeIs(1));
}

TEST(meetings_course, who_makes_the_quorum_while_it_waits_moves_the_meeting_on) {
    desk it;
    it.opens(3);
    it.fires(timer_name::step_ends);
    it.member("c4", {.what = verb::check_in});
    EXPECT_EQ(it.room.now, state::minutes_reading);
}

TEST(meetings_course, nobody_moderates_so_it_pauses_and_the_backup_takes_over) {
    desk it;
    it.agent({.what = verb::schedule});
    it.agent({.what = verb::announce});
    it.at = ten_o_clock - 15min;
    it.fires(timer_name::lobby);
    it.member("c1", {.what = verb::check_in});
    EXPECT_EQ(it.fires(timer_name::no_moderator), refusal::none);
    EXPECT_EQ(it.room.now, state::paused);
    EXPECT_THAT(it.heard("o2", "meeting.backup_wanted"), SizeIs(1));
    EXPECT_THAT(it.heard("c1", "meeting.pause"), SizeIs(1));
    EXPECT_EQ(it.does({role::backup, "o2", {}}, {.what = verb::take_over}), refusal::none);
    EXPECT_EQ(it.does({role::agent, "o2", {}}, {.what = verb::resume}), refusal::none);
    EXPECT_EQ(it.room.now, state::lobby);
    EXPECT_EQ(it.agent({.what = verb::open}), refusal::not_officers);
}

TEST(meetings_course, a_moderator_silent_for_a_quarter_of_an_hour_pauses_it) {
    desk it;
    it.goes_to(state::collection);
    it.fires(timer_name::moderator);
    EXPECT_EQ(it.room.now, state::collection);  // she was heard since
    it.fires(timer_name::moderator);
    EXPECT_EQ(it.room.now, state::paused);
    EXPECT_EQ(it.member("c1", says("hola")), refusal::paused);
    it.fires(timer_name::pause_ends);
    EXPECT_EQ(it.room.now, state::adjourned);
}

TEST(meetings_course, a_timer_counts_once_when_its_time_has_come) {
    desk it;
    it.opens();
    const auto due = *it.room.timers[static_cast<std::size_t>(timer_name::step_ends)];
    const act step_over{.what = verb::timer, .when = due, .which = timer_name::step_ends};
    EXPECT_EQ(it.desk_says(step_over), refusal::stale_timer);  // early
    it.at = due;
    EXPECT_EQ(it.desk_says(step_over), refusal::none);
    EXPECT_EQ(it.desk_says(step_over), refusal::stale_timer);
    auto odd = step_over;
    odd.which = static_cast<timer_name>(99);
    EXPECT_EQ(it.desk_says(odd), refusal::stale_timer);
}

TEST(meetings_course, a_meeting_of_a_day_waits_24_times_as_long_and_not_at_night) {
    auto what = five_women();
    what.lasts = window::day;
    desk it{what};
    it.opens();
    EXPECT_EQ(*it.room.timers[static_cast<std::size_t>(timer_name::step_ends)],
              ten_o_clock + 6h);
    it.at = ten_o_clock + 9h;  // 19:00
    it.agent({.what = verb::advance});
    // 21:00 is night: 07:00
    EXPECT_EQ(*it.room.timers[static_cast<std::size_t>(timer_name::step_ends)],
              ten_o_clock + 21h);
    it.at = ten_o_clock + 10h + 5min;
    it.member("c4", says("buenas noches"));
    EXPECT_THAT(it.heard("c4", "meeting.quiet"), SizeIs(1));
    EXPECT_EQ(*it.room.timers[static_cast<std::size_t>(timer_name::digest)], ten_o_clock + 21h);
}

TEST(meetings_course, an_empty_step_is_skipped_with_its_reason) {
    desk it;
    auto what = five_women();
    what.internal_cash = {};
    desk other{what};
    other.goes_to(state::admissions);
    EXPECT_THAT(other.room.skipped,
                testing::ElementsAre(skipped_step{state::internal_loans, "nothing_to_do"}));
    it.goes_to(state::collection);
    it.agent({.what = verb::advance, .text = "no hay tiempo"});
    EXPECT_EQ(it.room.now, state::admissions);
    EXPECT_EQ(it.room.skipped.at(0).reason, "no hay tiempo");
    EXPECT_EQ(it.agent({.what = verb::back, .to = state::roll_call}), refusal::no_such);
    EXPECT_EQ(it.agent({.what = verb::back, .to = state::internal_loans}), refusal::none);
    EXPECT_THAT(it.room.skipped, IsEmpty());
}

TEST(meetings_course, training_has_its_least_time) {
    desk it;
    it.goes_to(state::training);
    EXPECT_EQ(it.agent({.what = verb::advance}), refusal::too_early);
    it.at += 10min;
    EXPECT_EQ(it.agent({.what = verb::advance}), refusal::none);
}

TEST(meetings_course, what_she_tells_the_group_answers_the_question_too_and_counts_once) {
    auto what = five_women();
    auto& training = *std::ranges::find(what.agenda, state::training, &step::at);
    training.answers.clear();
    training.why.clear();
    desk it{what};
    it.goes_to(state::training);
    it.member("c4", {.what = verb::said, .text = "en una alcancia"});
    it.member("c4", {.what = verb::said, .text = "y en el banco"});
    EXPECT_EQ(it.member("c4", {.what = verb::quiz_answer, .text = "otra"}), refusal::already);
    it.member("c5", {.what = verb::quiz_answer, .text = "no ahorro"});
    EXPECT_EQ(it.room.quiz_answers, 2);
    EXPECT_THAT(it.heard("c4", "meeting.media"), IsEmpty());
    it.goes_to(state::fines);
    it.member("c3", {.what = verb::said, .text = "gracias"});
    EXPECT_EQ(it.room.quiz_answers, 2);
}

TEST(meetings_course, back_without_a_step_is_the_one_before) {
    desk it;
    it.goes_to(state::internal_loans);
    EXPECT_EQ(it.agent({.what = verb::back}), refusal::none);
    EXPECT_EQ(it.room.now, state::collection);
    EXPECT_EQ(it.agent({.what = verb::back}), refusal::none);
    EXPECT_EQ(it.room.now, state::minutes_reading);
    EXPECT_EQ(it.agent({.what = verb::back}), refusal::not_now);
}

TEST(meetings_quiz, each_who_is_here_is_asked_once_and_hears_whether_and_why) {
    desk it;
    it.goes_to(state::training, 4);
    const auto asked = it.heard("c4", "meeting.quiz").at(0);
    ASSERT_EQ(asked.choices.size(), 2U);
    EXPECT_EQ(asked.choices[1].title, "A ahorrar");
    EXPECT_THAT(it.heard("c5", "meeting.quiz"), IsEmpty());
    const auto tapped = act_of_choice(asked.choices[1].id);
    ASSERT_TRUE(tapped);
    EXPECT_EQ(it.member("c4", *tapped), refusal::none);
    EXPECT_EQ(it.heard("c4", "meeting.quiz_right").size(), 1U);
    EXPECT_EQ(it.member("c4", {.what = verb::quiz_answer, .number = 1}), refusal::already);
    EXPECT_EQ(it.member("c3", {.what = verb::quiz_answer, .number = 1}), refusal::none);
    EXPECT_EQ(it.heard("c3", "meeting.quiz_other").at(0).arguments.at(0).value,
              argument_value{std::string{"A ahorrar"}});
    for (const int none : {0, 3, -1}) {
        EXPECT_EQ(it.member("c2", {.what = verb::quiz_answer, .number = none}), refusal::no_such);
    }
    it.member("c5", {.what = verb::check_in});  // late, and asked all the same
    EXPECT_EQ(it.heard("c5", "meeting.quiz").size(), 1U);
    const auto seen = look_at(it.room, it.at);
    EXPECT_EQ(seen.quiz_asked, 5);
    EXPECT_EQ(seen.quiz_answers, 2);
    EXPECT_EQ(seen.quiz_right, 1);
    it.at += 11min;
    it.agent({.what = verb::advance});
    EXPECT_EQ(it.heard("o1", "meeting.quiz_result").size(), 1U);
    EXPECT_EQ(it.member("c2", {.what = verb::quiz_answer, .number = 1}), refusal::passed);
    const auto written = make_minutes(it.room);
    EXPECT_EQ(written.quiz_asked, 5);
    EXPECT_EQ(written.quiz_answers, 2);
    EXPECT_EQ(written.quiz_right, 1);
    it.agent({.what = verb::back, .to = state::training});
    EXPECT_THAT(it.heard("c4", "meeting.quiz"), IsEmpty());  // she has answered
    EXPECT_EQ(it.heard("c2", "meeting.quiz").size(), 1U);
}

TEST(meetings_quiz, a_question_without_answers_is_talked_over_and_counted_once_each) {
    auto what = five_women();
    std::ranges::find(what.agenda, state::training, &step::at)->answers.clear();
    std::ranges::find(what.agenda, state::training, &step::at)->why.clear();
    desk it{what};
    it.goes_to(state::training);
    EXPECT_EQ(it.member("c4", {.what = verb::quiz_answer, .number = 1}), refusal::no_such);
    it.member("c4", says("en la caja"));
    it.member("c4", says("y en el banco"));
    EXPECT_EQ(make_minutes(it.room).quiz_answers, 1);
    EXPECT_EQ(make_minutes(it.room).quiz_asked, 0);
}

TEST(meetings_quiz, answers_are_two_or_three_and_one_is_right) {
    const auto wrong = [](auto change) {
        auto what = five_women();
        change(*std::ranges::find(what.agenda, state::training, &step::at));
        return !wrong_with(what).empty();
    };
    EXPECT_FALSE(wrong([](step&) {}));
    EXPECT_TRUE(wrong([](step& one) { one.question.clear(); }));
    EXPECT_TRUE(wrong([](step& one) { one.answers.pop_back(); }));
    EXPECT_TRUE(wrong([](step& one) { one.answers.resize(4); }));
    EXPECT_TRUE(wrong([](step& one) { one.answers[0].right = true; }));
    EXPECT_TRUE(wrong([](step& one) { one.answers[1].right = false; }));
    EXPECT_TRUE(wrong([](step& one) { one.answers[0].text.clear(); }));
    EXPECT_TRUE(wrong([](step& one) { one.answers.clear(); }));  // `why` of nothing
}

TEST(meetings_course, who_was_absent_hears_what_was_agreed_and_nothing_of_money) {
    desk it;
    it.goes_to(state::closing, 4);
    it.agent({.what = verb::note_agreement, .text = "comprar el toldo"});
    it.agent({.what = verb::close});
    const auto told = it.heard("c5");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].key, "meeting.close_absent");
    for (const auto& one : told[0].arguments) {
        EXPECT_FALSE(std::holds_alternative<money>(one.value)) << one.name;
        if (one.name != "agreed") continue;
        EXPECT_EQ(one.value, argument_value{std::vector<std::string>{"comprar el toldo"}});
    }
    EXPECT_THAT(it.heard("c4", "meeting.close"), testing::SizeIs(1));
}

TEST(meetings_course, it_is_closed_when_all_have_signed_and_then_nothing_changes_it) {
    desk it;
    it.goes_to(state::closing);
    EXPECT_EQ(it.member("c2", {.what = verb::set_banker, .about = "c2", .second = "c2"}),
              refusal::same_person);
    it.member("c2", {.what = verb::set_banker, .about = "c2", .second = "c4"});
    it.member("c1", {.what = verb::agree_next});
    it.agent({.what = verb::close});
    EXPECT_EQ(it.heard("c1", "meeting.close").at(0).room, room_change::leaves);
    EXPECT_EQ(it.member("c4", {.what = verb::sign}), refusal::not_allowed);
    for (const auto* id : {"c1", "c2", "c3"}) {
        EXPECT_EQ(it.does({role::member, id, {}}, {.what = verb::sign}, std::string{"w"} + id),
                  refusal::none);
    }
    EXPECT_EQ(it.room.now, state::minutes_review);
    it.agent({.what = verb::sign});
    EXPECT_EQ(it.room.now, state::closed);
    EXPECT_THAT(it.wanted<finished>(), SizeIs(1));
    const auto made = make_minutes(it.room);
    EXPECT_THAT(made.signatures, SizeIs(4));
    EXPECT_EQ(made.signatures.at(0).message_id, "wc1");
    EXPECT_EQ(made.banker_second, "Dora Lopez");
    EXPECT_EQ(made.next, ten_o_clock + 28 * 24h);
    EXPECT_THAT(made.chain, SizeIs(64));
    EXPECT_EQ(it.member("c1", {.what = verb::sign}), refusal::over);
}

TEST(meetings_course, who_was_there_is_asked_how_it_was_once_and_her_words_have_no_name) {
    auto what = five_women();
    what.agenda_name = "default";
    what.feedback = "meeting.feedback";
    desk it{what};
    it.goes_to(state::closing, 4);
    it.agent({.what = verb::close});
    EXPECT_THAT(it.heard("c4", "meeting.feedback"), SizeIs(1));
    EXPECT_THAT(it.heard("c1", "meeting.feedback"), IsEmpty()) << "she signs first";
    EXPECT_THAT(it.heard("c5", "meeting.feedback"), IsEmpty()) << "she was not there";
    EXPECT_EQ(it.member("c4", {.what = verb::rate, .number = 4}), refusal::no_such);
    EXPECT_EQ(it.member("c4", {.what = verb::rate, .text = "antes de decir"}), refusal::no_such);
    EXPECT_EQ(it.member("c4", {.what = verb::rate, .number = 3}), refusal::none);
    EXPECT_EQ(it.member("c4", {.what = verb::rate, .number = 1}), refusal::already);
    EXPECT_EQ(it.member("c5", {.what = verb::rate, .number = 1}), refusal::not_in_room);
    EXPECT_EQ(it.member("c4", {.what = verb::rate, .text = "mas corta"}), refusal::none);
    for (const auto* id : {"c1", "c2", "c3"}) it.member(id, {.what = verb::sign});
    EXPECT_THAT(it.heard("c3", "meeting.feedback"), SizeIs(1));
    it.agent({.what = verb::sign});
    ASSERT_EQ(it.room.now, state::closed);
    EXPECT_EQ(it.member("c3", {.what = verb::rate, .number = 2}), refusal::none) << "also later";
    EXPECT_EQ(find_record(it.room, "c4")->rated, 3);
    EXPECT_THAT(it.room.comments, testing::ElementsAre("mas corta"));
}

TEST(meetings_course, an_objection_keeps_the_minutes_open_until_it_is_answered) {
    desk it;
    it.goes_to(state::closing);
    it.agent({.what = verb::close});
    it.member("c4", {.what = verb::object, .text = "yo si llegue"});
    EXPECT_EQ(it.member("c1", {.what = verb::sign}), refusal::not_answered);
    it.fires(timer_name::review_ends);
    EXPECT_EQ(it.room.now, state::minutes_review);
    EXPECT_THAT(it.wanted<case_wanted>(), SizeIs(1));
    it.member("c3", {.what = verb::edit_minutes, .text = "Dora llego"});
    it.fires(timer_name::review_ends);
    EXPECT_EQ(it.room.now, state::closed);
    EXPECT_THAT(make_minutes(it.room).corrections, testing::ElementsAre("Dora llego"));
}

TEST(meetings_course, the_lines_rebuild_it_and_one_that_is_missing_is_seen) {
    desk it;
    it.goes_to(state::closing);
    const auto again = replay(five_women(), it.lines);
    EXPECT_EQ(again.broken_at, 0U);
    EXPECT_EQ(again.now, it.room);
    auto fewer = it.lines;
    fewer.erase(fewer.begin() + 5);
    EXPECT_EQ(replay(five_women(), fewer).broken_at, 7U);
    auto changed = it.lines.back();
    changed.what.what.text += " ";
    EXPECT_NE(chained("", changed), chained("", it.lines.back()));
}

TEST(meetings_course, a_message_that_comes_again_is_one_message) {
    desk it;
    it.opens(4);
    EXPECT_EQ(it.does({role::member, "c4", {}}, says("hola"), "w1"), refusal::none);
    EXPECT_EQ(it.does({role::member, "c4", {}}, says("hola"), "w1"), refusal::duplicate);
    EXPECT_EQ(key_of(refusal::duplicate), "");
    EXPECT_EQ(key_of(refusal::muted), "meeting.refused.muted");
}

TEST(meetings_course, a_plan_that_cannot_be_held_says_why) {
    auto what = five_women();
    what.members[1].id = "c1";
    EXPECT_EQ(wrong_with(what), "member c1 twice");
    what = five_women();
    what.rules.cash_handlers = 1;
    EXPECT_NE(wrong_with(what), "");
    what = five_women();
    what.agenda.erase(what.agenda.begin());
    EXPECT_EQ(wrong_with(what), "agenda: it begins with roll_call and ends with closing");
    EXPECT_EQ(wrong_with(five_women()), "");
}

TEST(meetings_course, every_name_is_read_back) {
    for (unsigned i = 0; i < states; ++i) {
        EXPECT_EQ(parse_state(name_of(static_cast<state>(i))), static_cast<state>(i));
    }
    for (unsigned i = 0; i < verbs; ++i) {
        EXPECT_EQ(parse_verb(name_of(static_cast<verb>(i))), static_cast<verb>(i));
    }
    EXPECT_EQ(parse_state("open"), std::nullopt);
    EXPECT_EQ(name_of(static_cast<verb>(200)), "");
    EXPECT_EQ(act_of_choice("m:28:0:0:"), std::nullopt);  // nobody is offered `said`
    EXPECT_EQ(act_of_choice("m:41:10:0:")->lasts, 10min);
    EXPECT_EQ(act_of_choice("m:26:x:1:"), std::nullopt);
    EXPECT_EQ(act_of_choice("m:26:3:1:")->choice, ballot::yes);
}

TEST(meetings_course, the_moderators_view_tells_who_is_here_and_who_has_not_answered) {
    desk it;
    it.goes_to(state::collection, 4);
    it.desk_says({.what = verb::see_payment, .about = "c1", .transaction = "t1",
                  .amount = {10'100}});
    const auto seen = look_at(it.room, it.at);
    EXPECT_EQ(seen.present, 4);
    EXPECT_EQ(seen.payments, (payments_count{1, 5}));
    EXPECT_EQ(seen.next, state::internal_loans);
    EXPECT_FALSE(seen.members.at(0).has_not_answered);
    EXPECT_TRUE(seen.members.at(1).has_not_answered);
    EXPECT_EQ(seen.members.at(4).is, seat::away);
}

TEST(meetings_course, buttons_of_the_draft_do_nothing_once_it_has_a_date) {
    desk it;
    const auto first = begin(five_women());
    std::vector<offered_choice> card;
    for (const auto& one : first.outs) {
        if (const auto* said = std::get_if<say>(&one)) card = said->choices;
    }
    ASSERT_THAT(card, SizeIs(3));
    it.agent({.what = verb::schedule});
    it.agent({.what = verb::announce});
    for (const auto& one : card) {
        EXPECT_EQ(it.agent(*act_of_choice(one.id)), refusal::announced) << one.title_key;
    }
    EXPECT_EQ(it.room.now, state::announced);
}

TEST(meetings_course, an_announced_meeting_is_cancelled_after_asking_back) {
    desk it;
    it.agent({.what = verb::schedule});
    it.agent({.what = verb::cancel});
    ASSERT_THAT(it.heard("o1", "meeting.sure_cancel"), SizeIs(1));
    const auto sure = *act_of_choice(it.heard("o1", "meeting.sure_cancel").at(0).choices.at(0).id);
    EXPECT_EQ(it.room.now, state::scheduled);
    it.agent({.what = verb::announce});
    EXPECT_EQ(it.agent(sure), refusal::stale);  // asked when nobody had been told
    it.agent({.what = verb::cancel});
    EXPECT_THAT(it.heard("c1"), IsEmpty());
    const auto yes = *act_of_choice(it.heard("o1", "meeting.sure_cancel").at(0).choices.at(0).id);
    EXPECT_EQ(it.agent(yes), refusal::none);
    EXPECT_EQ(it.room.now, state::cancelled);
    EXPECT_THAT(it.heard("c1", "meeting.cancelled"), SizeIs(1));
    EXPECT_THAT(it.heard("o1", "meeting.cancel_done"), SizeIs(1));
}

TEST(meetings_course, it_is_adjourned_after_asking_back_and_the_date_is_told_once) {
    desk it;
    it.goes_to(state::collection);
    it.agent({.what = verb::adjourn});
    ASSERT_THAT(it.heard("o1", "meeting.sure_adjourn"), SizeIs(1));
    EXPECT_EQ(it.room.now, state::collection);
    it.agent(*act_of_choice(it.heard("o1").at(0).choices.at(0).id));
    EXPECT_EQ(it.room.now, state::adjourned);
    EXPECT_THAT(it.heard("o1", "meeting.adjourned_for_moderator").at(0).arguments, SizeIs(2));
    auto undated = five_women();
    undated.next.reset();
    desk other{undated};
    other.goes_to(state::collection);
    other.agent({.what = verb::adjourn, .agrees = true});
    EXPECT_THAT(other.heard("o1", "meeting.adjourned_for_moderator_undated"), SizeIs(1));
}

TEST(meetings_course, who_leads_sees_what_fits_and_can_tap_it) {
    desk it;
    const auto lead = only(role::agent);
    const auto names = [](const say& said, std::string_view list) {
        const auto found = std::ranges::find(said.arguments, list, &argument::name);
        return found == said.arguments.end() ? std::vector<std::string>{}
                                             : std::get<std::vector<std::string>>(found->value);
    };
    const auto titles = [](const say& said) {
        std::string all;
        for (const auto& one : said.choices) all += one.title_key.substr(15) + " ";
        return all;
    };
    EXPECT_EQ(titles(who_is_here(it.room, lead, it.at)), "announce try_out put_away ");
    EXPECT_THAT(names(who_is_here(it.room, lead, it.at), "unanswered"), IsEmpty());
    it.agent({.what = verb::try_out});
    it.member("c4", {.what = verb::confirm});
    auto seen = who_is_here(it.room, lead, it.at);
    EXPECT_THAT(names(seen, "answered"), testing::ElementsAre("4. Dora Lopez"));
    EXPECT_THAT(names(seen, "unanswered"), SizeIs(4));
    EXPECT_EQ(titles(seen), "announce put_away ");
    it.agent({.what = verb::schedule});
    EXPECT_EQ(titles(who_is_here(it.room, lead, it.at)), "announce_now cancel ");
    it.agent({.what = verb::announce});
    it.member("c1", {.what = verb::confirm});
    it.member("c2", {.what = verb::excuse});
    it.at = ten_o_clock - 1h;
    it.member("c3", {.what = verb::excuse});  // too late for the bylaws
    seen = who_is_here(it.room, lead, it.at);
    EXPECT_THAT(names(seen, "coming"), testing::ElementsAre("1. Ana Lopez"));
    EXPECT_THAT(names(seen, "cannot"), SizeIs(2));
    EXPECT_THAT(names(seen, "unanswered"), SizeIs(2));
    EXPECT_EQ(titles(seen), "open cancel ");
    it.at = ten_o_clock - 15min;
    it.fires(timer_name::lobby);
    EXPECT_EQ(titles(who_is_here(it.room, lead, it.at)), "open ");
    for (const auto* id : {"c1", "c4", "c5", "c3"}) it.member(id, {.what = verb::check_in});
    it.agent({.what = verb::open});
    seen = who_is_here(it.room, lead, it.at);
    EXPECT_EQ(titles(seen), "next_step pause ");
    const auto next = *act_of_choice(seen.choices.at(0).id);
    EXPECT_EQ(it.agent(next), refusal::none);
    EXPECT_EQ(it.agent(next), refusal::stale);  // tapped twice
    EXPECT_EQ(it.room.now, state::minutes_reading);
    EXPECT_EQ(it.agent(*act_of_choice(seen.choices.at(1).id)), refusal::none);
    EXPECT_EQ(it.room.now, state::paused);
    EXPECT_EQ(titles(who_is_here(it.room, lead, it.at)), "resume adjourn ");
    // A secretary looks, and is offered what is hers.
    EXPECT_EQ(titles(who_is_here(it.room, only(role::secretary), it.at)), "");
}

TEST(meetings_course, who_leads_reads_each_step_begin) {
    desk it;
    it.opens();
    EXPECT_THAT(it.heard("o1", "meeting.opened"), SizeIs(1));
    for (const auto to : {state::minutes_reading, state::collection, state::training}) {
        it.goes_to(to);
        EXPECT_EQ(it.room.now, to);
        EXPECT_THAT(it.heard("o1", "meeting.step"), SizeIs(1)) << name_of(to);
    }
}

TEST(meetings_course, an_answer_to_the_invitation_counts_when_the_room_is_open) {
    desk it;
    it.agent({.what = verb::schedule});
    it.agent({.what = verb::announce});
    it.at = ten_o_clock - 15min;
    it.fires(timer_name::lobby);
    EXPECT_EQ(it.member("c4", {.what = verb::excuse}), refusal::none);
    EXPECT_THAT(it.heard("c4", "meeting.excused_late"), SizeIs(1));
    EXPECT_EQ(it.member("c5", {.what = verb::confirm}), refusal::none);
    ASSERT_THAT(it.heard("c5", "meeting.come_in"), SizeIs(1));
    EXPECT_EQ(it.member("c5", *act_of_choice(it.heard("c5").at(0).choices.at(0).id)), refusal::none);
    for (const auto* id : {"c1", "c2", "c3"}) it.member(id, {.what = verb::check_in});
    it.goes_to(state::collection);
    EXPECT_EQ(it.member("c4", {.what = verb::confirm}), refusal::none);
    EXPECT_THAT(it.heard("c4", "meeting.come_in"), SizeIs(1));
    EXPECT_EQ(it.member("c5", {.what = verb::excuse}), refusal::already);
}

TEST(meetings_course, thanks_and_please_are_no_reason_to_leave_a_step_out) {
    for (const auto* words : {"por favor", "gracias", "please", "s'il vous plaît", "ya, porfa"}) {
        desk it;
        it.goes_to(state::collection);
        it.agent({.what = verb::advance, .text = words});
        EXPECT_THAT(it.room.skipped, IsEmpty()) << words;
    }
    desk it;
    it.goes_to(state::collection);
    it.agent({.what = verb::advance, .text = "no hay tiempo, gracias"});
    ASSERT_THAT(it.room.skipped, SizeIs(1));
    EXPECT_EQ(it.room.skipped.at(0).reason, "no hay tiempo, gracias");
}

TEST(meetings_course, an_older_proposal_does_not_take_back_the_day_that_was_named) {
    desk it;
    it.goes_to(state::closing);
    const auto proposed = *act_of_choice(it.heard("c1", "meeting.next_proposed").at(0).choices.at(0).id);
    EXPECT_EQ(it.agent({.what = verb::agree_next, .when = ten_o_clock + 240h}), refusal::none);
    EXPECT_EQ(it.member("c1", proposed), refusal::stale);
    EXPECT_EQ(it.room.next, ten_o_clock + 240h);
}

TEST(meetings_course, an_objection_is_settled_by_its_number_and_who_made_it_hears) {
    desk it;
    it.goes_to(state::closing);
    it.agent({.what = verb::close});
    it.member("c2", {.what = verb::sign});
    it.member("c4", {.what = verb::object, .text = "falta mi ahorro"});
    ASSERT_THAT(it.heard("c3", "meeting.objection_to_settle"), SizeIs(1));
    EXPECT_EQ(it.heard("c3").at(0).arguments, (std::vector<argument>{{"number", std::int64_t{1}}}));
    it.member("c5", {.what = verb::object, .text = "la hora"});
    EXPECT_EQ(it.member("c3", {.what = verb::edit_minutes, .text = "revisado con Dora"}),
              refusal::which_objection);
    EXPECT_EQ(it.member("c3", {.what = verb::edit_minutes, .text = "2 empezamos a las diez"}),
              refusal::none);
    EXPECT_THAT(it.heard("c5", "meeting.objection_settled"), SizeIs(1));
    EXPECT_THAT(it.heard("c4"), IsEmpty());
    EXPECT_THAT(it.heard("c2", "meeting.sign_again"), SizeIs(1));  // she had signed
    EXPECT_EQ(it.room.remarks.back().text, "empezamos a las diez");
    EXPECT_EQ(it.agent({.what = verb::sign}), refusal::not_answered);
    // One is left: no number is needed, but one that is given is an objection's.
    EXPECT_EQ(it.agent({.what = verb::edit_minutes, .text = "9 personas ahorraron"}),
              refusal::which_objection);
    EXPECT_EQ(it.last.why, (std::vector<argument>{{"objections", std::string{"1"}}}));
    EXPECT_EQ(it.agent({.what = verb::edit_minutes, .text = "1 3 personas ahorraron"}), refusal::none);
    EXPECT_THAT(it.heard("c4", "meeting.objection_settled"), SizeIs(1));
    EXPECT_EQ(it.room.remarks.back().text, "3 personas ahorraron");
    EXPECT_EQ(it.agent({.what = verb::edit_minutes, .text = "2 personas llegaron tarde"}), refusal::none)
        << "with none open it is no number of an objection";
    EXPECT_EQ(it.room.remarks.back().text, "2 personas llegaron tarde");
    EXPECT_EQ(it.agent({.what = verb::sign}), refusal::none);
    it.member("c4", {.what = verb::object});
    it.member("c5", {.what = verb::object});
    EXPECT_EQ(it.member("c3", {.what = verb::edit_minutes, .text = "todas: revisado"}), refusal::none);
    EXPECT_THAT(it.heard("c4", "meeting.objection_settled"), SizeIs(1));
    EXPECT_THAT(it.heard("c5", "meeting.objection_settled"), SizeIs(1));
    EXPECT_EQ(it.member("c3", {.what = verb::edit_minutes, .text = "x",
                               .judged = {decision::hold, "privacy_balance", incident_kind::privacy}}),
              refusal::not_in_minutes);
}

TEST(meetings_course, requests_without_a_vote_stand_in_the_minutes) {
    desk it;
    it.goes_to(state::loan_requests);
    it.member("c4", {.what = verb::request_loan, .text = "maiz", .amount = {30'000}, .agrees = true});
    it.member("c5", {.what = verb::request_loan, .text = "telar", .amount = {20'000}});
    const auto made = make_minutes(it.room);
    ASSERT_THAT(made.not_voted, SizeIs(2));
    EXPECT_EQ(made.not_voted.at(0).name, "Dora Lopez");
    EXPECT_EQ(made.not_voted.at(0).amount, money{30'000});
    EXPECT_EQ(made.not_voted.at(1).name, "");  // she did not agree to be named
    EXPECT_THAT(made.agreed, IsEmpty());
}

TEST(meetings_course, what_is_not_of_our_officers_is_told_them_so) {
    desk it;
    it.goes_to(state::collection);
    EXPECT_EQ(it.agent({.what = verb::record_savings, .about = "c4", .amount = {5}}),
              refusal::treasurers);
    EXPECT_EQ(it.agent({.what = verb::check_in}), refusal::not_officers);
    EXPECT_EQ(it.member("c4", {.what = verb::advance}), refusal::not_allowed);
}

TEST(meetings_course, everybody_who_came_reads_the_minutes_before_she_is_asked_about_them) {
    desk it;
    it.goes_to(state::internal_loans, 4);
    it.member("c4", {.what = verb::request_internal, .text = "maiz", .amount = {20'000}, .agrees = true});
    it.member("c1", {.what = verb::open_vote, .number = 1});
    for (const auto* id : {"c1", "c2", "c3"}) {
        it.member(id, {.what = verb::cast_vote, .number = 1, .choice = ballot::yes});
    }
    it.member("c1", {.what = verb::close_vote, .number = 1});
    it.goes_to(state::closing);
    it.agent({.what = verb::note_agreement, .about = "c3", .text = "Comprar un candado"});
    it.agent({.what = verb::close});
    const auto heard = it.heard("c4");
    ASSERT_GE(heard.size(), 2U);
    EXPECT_EQ(heard.at(0).key, "meeting.minutes_text");
    EXPECT_EQ(heard.at(1).key, "meeting.close");
    EXPECT_THAT(it.heard("c1", "meeting.minutes_text"), SizeIs(1)) << "she signs";
    EXPECT_THAT(it.heard("o1", "meeting.minutes_text"), SizeIs(1));
    EXPECT_THAT(it.heard("c5", "meeting.minutes_text"), IsEmpty()) << "she was not there";
    const auto told = [&](std::string_view name) {
        return std::ranges::find(heard.at(0).arguments, name, &argument::name)->value;
    };
    using texts = std::vector<std::string>;
    EXPECT_EQ(told("present"), (argument_value{std::int64_t{4}}));
    EXPECT_EQ(told("agreed"), (argument_value{texts{"Comprar un candado (Carla)"}}));
    EXPECT_EQ(told("lines"), (argument_value{texts{"Dora: 3 · 0 · 0"}}));
    EXPECT_EQ(told("names"), (argument_value{texts{"Dora Lopez"}}));
    EXPECT_EQ(people_here(it.room).key, "meeting.look.came");
}

TEST(meetings_course, long_agreements_leave_the_minutes_short_enough_for_one_message) {
    desk it;
    it.goes_to(state::closing);
    for (int i = 0; i < 5; ++i) {
        it.agent({.what = verb::note_agreement, .text = std::string(900, 'a')});
    }
    const auto made = minutes_in_short(it.room);
    const auto& agreed = std::get<std::vector<std::string>>(
        std::ranges::find(made.arguments, "agreed", &argument::name)->value
    );
    EXPECT_THAT(agreed, SizeIs(3));
    EXPECT_EQ(agreed.back(), "…");
    const auto& shortly = std::get<std::string>(
        std::ranges::find(made.arguments, "text", &argument::name)->value
    );
    EXPECT_EQ(shortly.size(), 103U);
}

TEST(meetings_course, any_member_may_see_who_is_here_and_nothing_else_of_them) {
    desk it;
    it.goes_to(state::collection, 4);
    const auto seen = people_here(it.room);
    EXPECT_EQ(seen.key, "meeting.look.here");
    EXPECT_EQ(seen.arguments.at(0).value,
              (argument_value{std::vector<std::string>{"Ana", "Bety", "Carla", "Dora"}}));
    EXPECT_THAT(seen.arguments, SizeIs(3));
}

TEST(meetings_course, who_moderates_is_heard_of_without_anything_being_done) {
    desk it;
    it.goes_to(state::collection);
    it.at += 9min;
    const auto before = it.room.moderator_heard;
    EXPECT_EQ(it.agent({.what = verb::confirm}), refusal::none);
    EXPECT_THAT(it.outs, IsEmpty());
    EXPECT_EQ(it.room.moderator_heard, before + 9min);
    EXPECT_NE(it.does({role::backup, "o2", {}}, {.what = verb::confirm}), refusal::none);
}

TEST(meetings_course, a_turn_is_promised_only_of_what_has_one_to_come) {
    desk it;
    it.goes_to(state::collection);
    EXPECT_EQ(it.member("c4", {.what = verb::request_loan, .amount = {5}}), refusal::not_now);
    it.goes_to(state::fines);
    EXPECT_EQ(it.member("c4", {.what = verb::request_loan, .amount = {5}}), refusal::passed);
    EXPECT_EQ(it.agent({.what = verb::confirm_cash, .about = "c4", .amount = {5}}), refusal::passed);
    desk invited;
    invited.agent({.what = verb::schedule});
    EXPECT_EQ(invited.agent({.what = verb::reschedule, .when = ten_o_clock + 24h}), refusal::none);
    invited.agent({.what = verb::announce});
    EXPECT_EQ(invited.agent({.what = verb::reschedule, .when = ten_o_clock + 48h}), refusal::announced);
}

TEST(meetings_course, a_start_in_the_hours_of_rest_is_noted_and_a_long_meeting_names_its_last_day) {
    auto night = five_women();
    night.start = ten_o_clock - 6h;  // four in the morning
    night.end = night.start + 24h;
    night.lasts = window::day;
    desk it{night};
    it.agent({.what = verb::schedule});
    EXPECT_THAT(it.heard("o1", "meeting.start_quiet"), SizeIs(1));
    it.agent({.what = verb::announce});
    it.at = night.start;
    it.fires(timer_name::lobby);
    it.member("c4", {.what = verb::check_in});
    EXPECT_THAT(it.heard("c4", "meeting.welcome_day"), SizeIs(1));
    desk by_day;
    by_day.agent({.what = verb::schedule});
    EXPECT_THAT(by_day.heard("o1", "meeting.start_quiet"), IsEmpty());
}

TEST(meetings_course, each_step_says_what_can_be_written_in_it) {
    desk it;
    it.goes_to(state::internal_loans);
    const auto told = it.heard("c4", "meeting.step");
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told.at(0).arguments.at(1),
              (argument{"hint", message_key{"meeting.hint.internal_loans"}}));
}

}  // namespace
}  // namespace tertulia::dialogs::meetings
