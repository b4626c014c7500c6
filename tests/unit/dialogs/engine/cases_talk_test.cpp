// What a client's conversation makes of a case, and what it tells whom.

#include "tests/talks/conversation.hpp"
#include "tests/talks/with.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;

constexpr party_id ana{8};
constexpr party_id eva{9};

struct cases_talk : testing::Test {
    conversation talk{with(
        {},
        "case.from_officer: \"{case.officer, select, missing {X} other {{case.officer}}}: "
        "{case.words, select, missing {…} other {{case.words}}}\"\n"
    )};

    cases_talk() {
        talk.know(rosa());
        talk.known.conversation = 17;
        talk.session.welcomed = true;
    }
    void acts(case_deed what, party_id by, std::string text = {}, std::string number = "17-1") {
        talk.happen(told{
            .by = by,
            .what = case_act{
                .number = std::move(number),
                .what = what,
                .by = {.id = by == ana ? "officer:ana" : "officer:eva", .name = by == ana ? "Ana" : "Eva"},
                .text = std::move(text),
                .rest = 1h}});
    }
    // What was told to that conversation, or to a queue (0), in the last step.
    [[nodiscard]] std::vector<case_report> told_to(party_id whom) const {
        std::vector<case_report> all;
        for (const auto& each : talk.last) {
            const auto* one = std::get_if<tell>(&each);
            if (one == nullptr || one->to.party != whom) continue;
            all.push_back(std::get<case_news>(one->what).what);
        }
        return all;
    }
    [[nodiscard]] std::vector<std::string> noted() const {
        std::vector<std::string> all;
        for (const auto& each : talk.last) {
            if (const auto* one = std::get_if<note_case>(&each)) all.push_back(one->what);
        }
        return all;
    }
    using reports = std::vector<case_report>;
    using words = std::vector<std::string>;
};

TEST_F(cases_talk, a_hand_over_opens_a_case_and_tells_the_queue) {
    talk.say("persona");
    ASSERT_EQ(talk.session.cases.size(), 1U);
    const auto& one = talk.session.cases[0];
    EXPECT_EQ(one.number, "17-1");
    EXPECT_EQ(one.kind, "asked");
    EXPECT_EQ(one.queue, "credit_agent:brenda");
    EXPECT_EQ(one.client_name, "doña Rosa");
    EXPECT_EQ(one.words, words{"persona"});
    EXPECT_EQ(talk.session.case_in_hand, "17-1");
    EXPECT_EQ(noted(), words{"opened"});
    EXPECT_EQ(told_to({}), reports{case_report::offered});
    EXPECT_EQ(talk.found<tell>()->to.queue, "credit_agent:brenda");
}

TEST_F(cases_talk, what_she_writes_waits_for_who_takes_it_and_then_goes_there) {
    talk.say("persona");
    talk.say("¿sigue ahí?");
    EXPECT_EQ(noted(), words{"wrote"});
    EXPECT_EQ(talk.found<tell>(), nullptr);
    acts(case_deed::take, ana);
    EXPECT_EQ(talk.session.queue, "agent:officer:ana");
    EXPECT_EQ(told_to(ana), reports{case_report::taken});
    EXPECT_EQ(std::get<case_news>(talk.found<tell>()->what).words, (words{"persona", "¿sigue ahí?"}));
    EXPECT_EQ(told_to({}), reports{case_report::gone});
    talk.say("necesito ayuda");
    EXPECT_EQ(told_to(ana), reports{case_report::wrote});
    acts(case_deed::say, ana, "Con gusto");
    EXPECT_EQ(talk.texts.back(), "Ana: Con gusto");
    EXPECT_EQ(talk.session.cases[0].state, case_state::waiting);
    EXPECT_EQ(told_to(ana), reports{});
    talk.say("gracias");
    EXPECT_EQ(talk.session.cases[0].state, case_state::taken);
}

TEST_F(cases_talk, the_second_is_told_who_has_it_and_changes_nothing) {
    talk.say("persona");
    acts(case_deed::take, ana);
    const auto before = talk.session;
    acts(case_deed::take, eva);
    EXPECT_EQ(told_to(eva), reports{case_report::has_another});
    EXPECT_EQ(std::get<case_news>(talk.found<tell>()->what).holder_name, "Ana");
    EXPECT_EQ(talk.session.cases, before.cases);
    EXPECT_EQ(talk.session.queue, before.queue);
    acts(case_deed::take, eva, {}, "17-9");
    EXPECT_EQ(told_to(eva), reports{case_report::over});
}

TEST_F(cases_talk, what_is_given_back_is_the_assistants_again) {
    talk.say("persona");
    acts(case_deed::take, ana);
    acts(case_deed::give_back, ana);
    EXPECT_EQ(talk.session.queue, "");
    EXPECT_EQ(talk.session.cases[0].state, case_state::closed);
    EXPECT_EQ(told_to(ana), reports{case_report::given_back});
    EXPECT_EQ(talk.session.case_in_hand, "");
    // The next time is a case of its own.
    talk.say("persona");
    EXPECT_EQ(talk.session.cases.back().number, "17-2");
}

TEST_F(cases_talk, row_D_notes_go_to_colleagues_alone) {
    talk.say("persona");
    const auto said = talk.texts.size();
    acts(case_deed::note, eva, "está enferma");
    const auto* kept = talk.found<note_case>();
    ASSERT_NE(kept, nullptr);
    EXPECT_EQ(kept->text, "está enferma");
    EXPECT_TRUE(kept->internal);
    EXPECT_EQ(talk.texts.size(), said);
    EXPECT_TRUE(talk.session.cases[0].acknowledged);
}

TEST_F(cases_talk, what_is_put_aside_comes_back_to_who_put_it_aside) {
    talk.say("persona");
    acts(case_deed::snooze, eva);
    EXPECT_EQ(told_to(eva), reports{case_report::rests});
    talk.wait(59min);
    EXPECT_EQ(talk.session.cases[0].snoozed_by, eva);
    talk.wait(1min);
    EXPECT_EQ(told_to(eva), reports{case_report::again});
    EXPECT_EQ(talk.session.cases[0].snoozed_until, instant{});
}

TEST_F(cases_talk, who_cannot_be_reached_is_not_said_to_have_been) {
    talk.say("persona");
    acts(case_deed::take, ana);
    talk.now += 25h;
    acts(case_deed::say, ana, "¿Sigue ahí?");
    EXPECT_EQ(told_to(ana), reports{case_report::unreachable});
    EXPECT_EQ(talk.found<send>(), nullptr);
}

TEST_F(cases_talk, an_answer_without_a_dialog_is_said_and_closes_by_itself_after_a_week) {
    talk.say("persona");
    acts(case_deed::resolve, ana, "Pase el lunes");
    EXPECT_EQ(talk.texts.back(), "Ana: Pase el lunes");
    EXPECT_EQ(talk.session.cases[0].state, case_state::resolved);
    EXPECT_EQ(talk.session.queue, "");
    EXPECT_EQ(told_to(ana), reports{case_report::resolved});
    talk.wait(resolved_for);
    EXPECT_EQ(talk.session.cases[0].state, case_state::closed);
}

TEST_F(cases_talk, an_agent_at_the_old_desk_takes_and_releases_the_case_too) {
    talk.say("persona");
    talk.happen(agent_acted{.agent = "operator", .action = "take"});
    EXPECT_EQ(talk.session.cases[0].state, case_state::taken);
    EXPECT_EQ(noted(), words{"taken"});
    talk.happen(agent_acted{.agent = "operator", .action = "release"});
    EXPECT_EQ(talk.session.cases[0].state, case_state::closed);
}

TEST_F(cases_talk, a_conversation_remembers_so_many_and_no_number_comes_twice) {
    for (int i = 0; i < 20; ++i) {
        talk.say("persona");
        talk.happen(agent_acted{.agent = "operator", .action = "take"});
        talk.happen(agent_acted{.agent = "operator", .action = "release"});
    }
    EXPECT_EQ(talk.session.cases.size(), cases_max);
    EXPECT_EQ(talk.session.cases.back().number, "17-20");
}

}  // namespace
}  // namespace tertulia::dialogs
