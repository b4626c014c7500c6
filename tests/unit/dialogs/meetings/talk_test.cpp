// Words: digests, pieces, floods, the floor, what the filter holds, what the moderator does.

#include "tests/unit/dialogs/meetings/room.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs::meetings {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

std::vector<digest_line> lines_of(const say& said) {
    return std::get<std::vector<digest_line>>(said.arguments.at(0).value);
}

TEST(meetings_talk, one_digest_each_few_seconds_to_all_but_who_said_it) {
    desk it;
    it.opens();
    it.member("c4", says("buenos dias"));
    it.member("c5", says("buenas"));
    EXPECT_THAT(it.heard("c1"), IsEmpty());
    EXPECT_EQ(it.fires(timer_name::digest), refusal::none);
    EXPECT_THAT(it.heard("c1"), SizeIs(1));
    EXPECT_THAT(lines_of(it.heard("c1").at(0)),
                testing::ElementsAre(digest_line{1, "Dora", "buenos dias"},
                                     digest_line{2, "Elsa", "buenas"}));
    EXPECT_THAT(lines_of(it.heard("c4").at(0)), SizeIs(1));
    EXPECT_EQ(it.fires(timer_name::digest), refusal::stale_timer);
}

TEST(meetings_talk, who_comes_late_hears_what_was_said_and_never_twice) {
    desk it;
    it.opens(4);
    it.member("c4", says("hola"));
    it.fires(timer_name::digest);
    it.member("c4", says("seguimos"));
    it.member("c5", {.what = verb::check_in});
    EXPECT_THAT(lines_of(it.heard("c5", "meeting.missed").at(0)), SizeIs(1));
    it.fires(timer_name::digest);
    EXPECT_EQ(lines_of(it.heard("c5", "meeting.digest").at(0)).at(0).text, "seguimos");
    it.member("c5", {.what = verb::leave});
    it.member("c5", {.what = verb::check_in});
    EXPECT_THAT(it.heard("c5", "meeting.missed"), IsEmpty());
}

TEST(meetings_talk, pieces_are_one_line_and_are_judged_and_held_together) {
    desk it;
    it.opens();
    it.member("c4", says("dona Elsa"));
    EXPECT_EQ(text_to_judge(it.room, "c4", "no ha pagado", it.at + 3s), "dona Elsa no ha pagado");
    EXPECT_EQ(text_to_judge(it.room, "c4", "no ha pagado", it.at + 21s), "no ha pagado");
    it.at += 3s;
    it.member("c4", says("no ha pagado", {decision::hold, "naming", incident_kind::naming_debt}));
    EXPECT_THAT(it.room.pending, IsEmpty());
    EXPECT_EQ(it.room.held.at(0).text, "dona Elsa no ha pagado");
    EXPECT_EQ(it.wanted<case_wanted>().at(0).kind, "meeting_privacy");
    EXPECT_THAT(it.heard("o1", "meeting.not_for_group"), SizeIs(1));
    it.member("c4", says("uno"));
    it.member("c4", says("dos"));
    EXPECT_EQ(it.room.pending.at(0).text, "uno dos");
}

TEST(meetings_talk, who_decides_on_a_picture_sees_it_first) {
    desk it;
    it.opens();
    auto sends = says("miren", {decision::hold, "picture", incident_kind::off_topic});
    sends.media = {media_kind::image, "received:4/image/90"};
    it.member("c4", sends);
    ASSERT_THAT(it.heard("o1", "meeting.media"), SizeIs(1));
    EXPECT_EQ(it.heard("o1", "meeting.media").at(0).media, sends.media);
    EXPECT_THAT(it.heard("o1", "meeting.to_decide"), SizeIs(1));
    EXPECT_THAT(it.heard("c5", "meeting.media"), IsEmpty());
}

TEST(meetings_talk, a_digest_fits_in_a_message) {
    desk it;
    it.opens();
    const std::string much(1'400, 'a');
    for (const auto* id : {"c1", "c2", "c3", "c4"}) {
        it.member(id, says(much));
        for (const auto& one : it.heard("c5", "meeting.digest")) {
            std::size_t size = 0;
            for (const auto& line : lines_of(one)) size += line.name.size() + line.text.size() + 3;
            EXPECT_LE(size, 4'096U);
        }
    }
    EXPECT_EQ(it.member("c5", says(std::string(1'501, 'b'))), refusal::too_long);
}

TEST(meetings_talk, six_in_a_minute_are_held_and_then_she_is_muted) {
    desk it;
    it.opens();
    for (int i = 0; i < 5; ++i) it.member("c4", says("hola"));
    it.member("c4", says("seis"));
    EXPECT_THAT(it.heard("c4", "meeting.too_many"), SizeIs(1));
    it.member("c4", says("siete"));
    EXPECT_EQ(it.member("c4", says("ocho")), refusal::muted);
    it.at += 5min;
    EXPECT_EQ(it.member("c4", says("nueve")), refusal::none);
}

TEST(meetings_talk, who_has_the_floor_speaks_and_the_others_wait_in_the_queue) {
    desk it;
    it.opens();
    it.member("c4", {.what = verb::hand_up});
    it.member("c1", {.what = verb::grant_floor, .about = "c4"});
    it.member("c5", says("yo tambien"));
    EXPECT_THAT(it.heard("c5", "meeting.in_queue"), SizeIs(1));
    EXPECT_THAT(it.room.pending, IsEmpty());
    it.member("c1", {.what = verb::grant_floor, .about = "c5"});
    EXPECT_EQ(it.room.pending.at(0).text, "yo tambien");
    EXPECT_THAT(it.room.queue, IsEmpty());
}

TEST(meetings_talk, off_the_topic_is_told_twice_and_then_kept_for_the_end) {
    desk it;
    it.goes_to(state::collection);
    const judgement off{.kind = incident_kind::off_topic};
    for (int i = 0; i < 2; ++i) {
        it.at += 30s;
        it.member("c4", says("el futbol", off));
        EXPECT_THAT(it.heard("c4", "meeting.off_topic"), SizeIs(1));
    }
    it.at += 30s;
    it.member("c4", says("el clima", off));
    EXPECT_EQ(it.room.held.at(0).why, held_for::end);
    it.goes_to(state::closing);
    EXPECT_THAT(it.room.held, IsEmpty());
    EXPECT_EQ(it.room.pending.at(0).text, "el clima");
}

TEST(meetings_talk, a_long_voice_note_is_asked_shorter_once) {
    desk it;
    it.opens();
    const act note{
        .what = verb::said, .seconds = 75, .media = {media_kind::voice_note, "m1"}};
    it.member("c4", note);
    EXPECT_THAT(it.heard("c4", "meeting.voice_shorter"), SizeIs(1));
    it.member("c4", note);
    EXPECT_THAT(it.room.pending, SizeIs(1));
}

TEST(meetings_talk, a_scam_is_nobodys_and_all_are_warned) {
    desk it;
    it.opens();
    it.member("c4", says("mande su codigo", {decision::block, "codes", incident_kind::scam}));
    EXPECT_THAT(it.heard("c5", "meeting.scam_warning"), SizeIs(1));
    EXPECT_EQ(it.wanted<case_wanted>().at(0).kind, "meeting_security");
    EXPECT_THAT(it.room.held, IsEmpty());
}

TEST(meetings_talk, an_emergency_pauses_and_calls_the_officer_also_from_who_is_muted) {
    desk it;
    it.goes_to(state::collection);
    it.agent({.what = verb::mute, .about = "c4"});
    it.member("c4", says("asalto", {decision::to_agent, "danger", incident_kind::emergency}));
    EXPECT_EQ(it.room.now, state::paused);
    EXPECT_TRUE(it.wanted<case_wanted>().at(0).urgent);
    EXPECT_EQ(it.heard("o1", "meeting.urgent").at(0).how, urgency::alert);
}

TEST(meetings_talk, an_officer_is_under_the_same_rules_and_the_supervisor_hears_of_it) {
    desk it;
    it.opens();
    it.agent(says("Elsa debe", {decision::hold, "naming", incident_kind::naming_debt}));
    EXPECT_THAT(it.room.pending, IsEmpty());
    EXPECT_THAT(it.room.held, IsEmpty());
    EXPECT_THAT(it.heard("o3", "meeting.officer_conduct"), SizeIs(1));
    EXPECT_EQ(count_moderation(it.room).about_officer, 1);
    EXPECT_EQ(it.agent({.what = verb::cast_vote}), refusal::not_now);
}

TEST(meetings_talk, what_the_moderator_did_can_be_appealed_and_another_answers) {
    desk it;
    it.opens();
    it.agent({.what = verb::remove, .about = "c4", .text = "insultos"});
    EXPECT_EQ(it.member("c4", says("hola")), refusal::removed);
    EXPECT_EQ(it.member("c5", {.what = verb::appeal, .number = 1}), refusal::no_such);
    EXPECT_EQ(it.member("c4", {.what = verb::appeal, .text = "no fui yo", .number = 1}),
              refusal::none);
    ASSERT_THAT(it.heard("o3", "meeting.appeal"), SizeIs(1));
    const auto choices = it.heard("o3", "meeting.appeal").at(0).choices;
    ASSERT_THAT(choices, SizeIs(2));
    EXPECT_TRUE(act_of_choice(choices.at(0).id)->agrees);
    EXPECT_FALSE(act_of_choice(choices.at(1).id)->agrees);
    EXPECT_EQ(it.agent({.what = verb::answer_appeal, .number = 1, .agrees = true}),
              refusal::same_person);
    EXPECT_EQ(it.does({role::supervisor, "o3", {}},
                      {.what = verb::answer_appeal, .number = 1, .agrees = true}),
              refusal::none);
    EXPECT_EQ(it.member("c4", {.what = verb::check_in}), refusal::none);
    EXPECT_EQ(it.room.incident_counts.at(static_cast<std::size_t>(incident_kind::by_hand)), 1);
}

TEST(meetings_talk, who_says_nothing_is_asked_once_whether_she_is_there) {
    desk it;
    it.opens();
    it.fires(timer_name::silence);
    EXPECT_THAT(it.heard("c4", "meeting.still_there"), SizeIs(1));
    EXPECT_TRUE(look_at(it.room, it.at).members.at(3).silent);
    it.member("c4", {.what = verb::confirm});
    EXPECT_FALSE(look_at(it.room, it.at).members.at(3).silent);
    it.fires(timer_name::silence);
    EXPECT_THAT(it.heard("c5", "meeting.still_there"), IsEmpty());
}

TEST(meetings_talk, in_companion_mode_the_group_hears_it_from_the_agents_telephone) {
    auto what = five_women();
    what.how = mode::companion;
    desk it{what};
    it.goes_to(state::collection);
    it.desk_says({.what = verb::see_payment, .about = "c4", .transaction = "t1",
                  .amount = {10'400}});
    it.fires(timer_name::digest);
    EXPECT_THAT(it.heard("c5", "meeting.progress"), IsEmpty());
    EXPECT_TRUE(it.heard("o1", "meeting.progress").at(0).to_paste);
}

TEST(meetings_talk, the_room_holds_thirty_lines_and_no_more) {
    desk it;
    it.opens();
    for (std::size_t i = 0; i < held_max; ++i) {
        it.member("c4", says("x", {decision::hold, "sales", incident_kind::sales}));
    }
    EXPECT_EQ(it.member("c4", says("x", {decision::hold, "sales", incident_kind::sales})),
              refusal::full);
    EXPECT_EQ(it.agent({.what = verb::release, .number = 1}), refusal::none);
    EXPECT_EQ(it.agent({.what = verb::release, .number = 1}), refusal::no_such);
}

TEST(meetings_talk, a_ballot_in_words_is_counted_and_nobody_hears_it) {
    desk it;
    it.goes_to(state::loan_requests);
    it.member("c4", {.what = verb::request_loan, .text = "maiz", .amount = {30'000}});
    it.member("c1", {.what = verb::open_vote, .number = 1});
    for (const auto* word : {"sii", "Sí", "a favor", "YES!", "oui"}) {
        EXPECT_EQ(it.member("c5", says(word)), refusal::none) << word;
        EXPECT_EQ(it.lines.back().what.what.what, verb::cast_vote) << word;
        EXPECT_THAT(it.heard("c5", "meeting.vote_heard"), SizeIs(1)) << word;
        EXPECT_THAT(it.outs, SizeIs(1)) << word;
    }
    EXPECT_EQ(it.member("c3", says("nooo")), refusal::none);
    EXPECT_EQ(it.member("c2", says("je m'abstiens")), refusal::none);
    EXPECT_THAT(it.room.box->casts, SizeIs(3));
    EXPECT_THAT(it.room.held, IsEmpty());
    EXPECT_THAT(it.room.pending, IsEmpty());
    // A doubt is asked back, and is not the group's either.
    for (const auto* word : {"no gracias", "si pero poco", "👍", "claro"}) {
        it.member("c1", says(word));
        ASSERT_THAT(it.heard("c1", "meeting.vote_by_button"), SizeIs(1)) << word;
        EXPECT_THAT(it.heard("c1").at(0).choices, SizeIs(3));
        EXPECT_THAT(it.outs, SizeIs(1)) << word;
    }
    EXPECT_THAT(it.room.box->casts, SizeIs(3));
    // She asks and has no ballot: hers are words like any other.
    it.member("c4", says("no"));
    EXPECT_EQ(it.lines.back().what.what.what, verb::said);
    it.agent({.what = verb::close_vote});
    EXPECT_EQ(it.room.results.at(0).yes, 1);
    EXPECT_EQ(it.room.results.at(0).no, 1);
    EXPECT_EQ(it.room.results.at(0).abstain, 1);
}

TEST(meetings_talk, longer_words_about_a_vote_are_talk) {
    desk it;
    it.goes_to(state::loan_requests);
    it.member("c4", {.what = verb::request_loan, .text = "maiz", .amount = {30'000}});
    it.member("c1", {.what = verb::open_vote, .number = 1});
    it.member("c1", says("Dora siempre cumple con todo lo que dice"));
    EXPECT_THAT(it.room.pending, SizeIs(1));
    EXPECT_THAT(it.room.box->casts, IsEmpty());
}

TEST(meetings_talk, what_waited_for_the_floor_is_not_read_out_in_another_step) {
    desk it;
    it.goes_to(state::loan_requests);
    it.member("c1", {.what = verb::grant_floor, .about = "c4"});
    it.member("c5", says("primero"));
    it.at += 30s;
    it.member("c5", says("segundo"));
    ASSERT_THAT(it.room.held, SizeIs(2));
    it.at += 1min;
    it.agent({.what = verb::advance});
    EXPECT_THAT(it.heard("c5", "meeting.turn_over"), SizeIs(1));  // told once
    EXPECT_THAT(it.room.held, IsEmpty());
    EXPECT_THAT(it.room.queue, IsEmpty());
    EXPECT_THAT(it.room.pending, IsEmpty());
    it.goes_to(state::closing);
    EXPECT_THAT(it.room.pending, IsEmpty());
}

TEST(meetings_talk, what_is_private_nobody_passes_on_and_the_rest_the_moderator_may) {
    desk it;
    it.opens();
    const auto held = [&](const char* rule, incident_kind kind) {
        it.at += 1min;
        it.member("c4", says("algo", {decision::hold, rule, kind}));
        return it.room.last_held;
    };
    for (const auto& [rule, kind] :
         {std::pair{"privacy_balance", incident_kind::privacy},
          std::pair{"names_debtor", incident_kind::naming_debt}}) {
        const int number = held(rule, kind);
        const auto card = it.heard("o1", "meeting.not_for_group");
        ASSERT_THAT(card, SizeIs(1));
        ASSERT_THAT(card.at(0).choices, SizeIs(1));
        EXPECT_EQ(act_of_choice(card.at(0).choices.at(0).id)->what, verb::reject);
        EXPECT_EQ(it.agent({.what = verb::release, .number = number}), refusal::not_passable);
        EXPECT_THAT(it.room.pending, IsEmpty());
    }
    for (const auto& [rule, kind] :
         {std::pair{"phone_number", incident_kind::privacy},
          std::pair{"sales", incident_kind::sales}}) {
        const int number = held(rule, kind);
        ASSERT_THAT(it.heard("o1", "meeting.to_decide"), SizeIs(1));
        EXPECT_THAT(it.heard("o1", "meeting.to_decide").at(0).choices, SizeIs(2));
        EXPECT_EQ(it.agent({.what = verb::release, .number = number}), refusal::none);
        EXPECT_THAT(it.heard("o1", "meeting.release_noted"), SizeIs(1));
    }
    EXPECT_EQ(it.agent({.what = verb::reject, .number = 1}), refusal::none);
    EXPECT_THAT(it.heard("o1", "meeting.reject_noted"), SizeIs(1));
}

TEST(meetings_talk, only_danger_and_suffering_are_an_alarm) {
    desk it;
    it.opens();
    it.member("c4", says("ella nunca paga", {decision::hold, "names_debtor", incident_kind::naming_debt, {}, true}));
    EXPECT_THAT(it.heard("o1", "meeting.urgent"), IsEmpty());
    it.member("c5", says("tonta", {decision::block, "insult", incident_kind::insult, 60min, true}));
    EXPECT_THAT(it.heard("o1", "meeting.urgent"), IsEmpty());
    EXPECT_THAT(it.heard("o1", "meeting.kept_back"), SizeIs(1));
    EXPECT_FALSE(it.wanted<case_wanted>().at(0).urgent);
    it.member("c3", says("te va a pesar", {decision::block, "threat", incident_kind::insult, 60min, true}));
    EXPECT_THAT(it.heard("o1", "meeting.urgent"), SizeIs(1));
    EXPECT_TRUE(it.wanted<case_wanted>().at(0).urgent);
    it.member("c2", says("me pega", {decision::to_agent, "sensitive", incident_kind::sensitive, {}, true}));
    EXPECT_THAT(it.heard("o1", "meeting.urgent"), SizeIs(1));
}

TEST(meetings_talk, who_leads_reads_what_she_did_with_the_name) {
    desk it;
    it.goes_to(state::collection);
    const auto reads = [&](act what, std::string_view key) {
        EXPECT_EQ(it.agent(std::move(what)), refusal::none) << key;
        EXPECT_THAT(it.heard("o1", key), SizeIs(1)) << key;
    };
    reads({.what = verb::mute, .about = "c4", .lasts = 3min}, "meeting.mute_noted");
    reads({.what = verb::unmute, .about = "c4"}, "meeting.unmute_noted");
    reads({.what = verb::warn, .about = "c4"}, "meeting.warn_noted");
    reads({.what = verb::grant_floor, .about = "c4"}, "meeting.floor_given");
    reads({.what = verb::grant_floor}, "meeting.floor_free");
    reads({.what = verb::remove, .about = "c5"}, "meeting.remove_noted");
}

TEST(meetings_talk, who_flags_without_a_number_is_told_which_there_are_and_the_group_hears_nothing) {
    desk it;
    it.goes_to(state::collection);
    EXPECT_EQ(it.member("c4", {.what = verb::flag, .about = "c1"}), refusal::no_such);
    it.member("c1", says("hola a todas"));
    it.fires(timer_name::digest);
    it.member("c5", says("buenos dias"));
    it.fires(timer_name::digest);
    EXPECT_EQ(it.member("c4", {.what = verb::flag, .about = "c1", .text = "revisar Ana"}), refusal::none);
    const auto told = it.heard("c4", "meeting.which_line");
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told.at(0).arguments.at(0).value,
              (argument_value{std::vector<std::string>{"1. Ana: hola a todas"}}));
    EXPECT_THAT(it.room.pending, IsEmpty());
    EXPECT_THAT(it.room.incidents, IsEmpty());
    it.member("c4", {.what = verb::flag});
    EXPECT_THAT(std::get<std::vector<std::string>>(
                    it.heard("c4", "meeting.which_line").at(0).arguments.at(0).value), SizeIs(2));
    EXPECT_EQ(it.member("c4", {.what = verb::flag, .number = 1}), refusal::none);
    EXPECT_THAT(it.heard("c4", "meeting.flag_taken"), SizeIs(1));
}

TEST(meetings_talk, an_appeal_is_a_case_of_hers_whoever_can_be_reached) {
    desk it;
    it.goes_to(state::collection);
    it.agent({.what = verb::warn, .about = "c4", .text = "por favor"});
    it.member("c4", {.what = verb::appeal, .text = "no fui yo", .number = 1});
    const auto cases = it.wanted<case_wanted>();
    ASSERT_THAT(cases, SizeIs(1));
    EXPECT_EQ(cases.at(0), (case_wanted{"meeting_conduct", "c4", "no fui yo", false}));
    EXPECT_THAT(it.heard("o3", "meeting.appeal"), SizeIs(1));
}

}  // namespace
}  // namespace tertulia::dialogs::meetings
