// A conversation under way moves to a new version where that says how, and else stays.

#include "dialogs/engine/migrate.hpp"

#include "dialogs/engine/choice_id.hpp"

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"
#include "tests/talks/with.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* visit = R"(dialog: visit
about: A visit.
starts_on: {words: [visita]}
begin: sum
states:
  sum: {ask: visit.sum, expect: amount, keep_as: sum, go: day}
  day: {ask: visit.day, expect: day, keep_as: day, go: sure}
  sure:
    ask: visit.sure
    choices:
      - {pick: right, say: visit.done, end: true}
      - {pick: again, go: sum}
  rest: {wait: {for: 2 h}, say: visit.done, end: true}
)";
constexpr const char* visit_messages = R"(visit.sum: "¿Cuánto?"
visit.day: "¿Qué día?"
visit.sure: "¿{answer.sum, money} el {answer.day, date, short}?"
visit.sure.right: "Sí"
visit.sure.again: "No"
visit.done: "Listo."
)";

std::string changed(std::string text, std::initializer_list<std::pair<const char*, const char*>> all) {
    for (const auto& [was, is] : all) {
        for (auto at = text.find(was); at != std::string::npos; at = text.find(was, at)) {
            text.replace(at, std::string_view(was).size(), is);
            at += std::string_view(is).size();
        }
    }
    return text;
}

const std::string renamed_visit = changed(
    visit,
    {{"dialog: visit", "dialog: stay"},
     {"  day: ", "  when_day: "},
     {"go: day", "go: when_day"},
     {"keep_as: sum", "keep_as: how_much"},
     {"  rest: ", "  pause: "}}
);
const std::string renamed_messages = changed(visit_messages, {{"answer.sum", "answer.how_much"}});
constexpr const char* all_renamed = R"(from: all
dialogs: {visit: stay}
states: {visit.day: stay.when_day, visit.rest: stay.pause}
answers: {sum: how_much}
)";

std::shared_ptr<const script_set> moving(
    std::string dialog, const std::string& messages, const std::string& migration
) {
    auto from = sources_with({std::move(dialog)}, messages);
    from.dialogs.push_back({"dialogs/migration.yaml", migration});
    const auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    return made.scripts;
}

struct moved : testing::Test {
    std::shared_ptr<const script_set> before = with({visit}, visit_messages);
    std::shared_ptr<const script_set> after = moving(renamed_visit, renamed_messages, all_renamed);
    conversation talk{before};
    moved() { talk.session.welcomed = true; }
};

TEST_F(moved, she_goes_on_at_the_same_question_with_what_she_answered) {
    (void)talk.say("visita");
    (void)talk.say("3000");
    talk.use(after);
    EXPECT_THAT(talk.say("el viernes"), ElementsAre("visit.sure"));
    EXPECT_EQ(talk.texts.back(), "¿Q3,000.00 el 27/11/2026?");
    EXPECT_EQ(talk.session.script_set, after->short_version());
    EXPECT_EQ(talk.session.frames.back().dialog, "stay");
    EXPECT_EQ(talk.session.frames.back().kept.at("answer.how_much"), "amount:300000 GTQ");
}

TEST_F(moved, a_button_of_the_earlier_version_answers_the_question_it_was_put_with) {
    (void)talk.say("visita");
    (void)talk.say("3000");
    (void)talk.say("el viernes");
    talk.use(after);
    EXPECT_THAT(talk.tap("Sí"), ElementsAre("visit.done"));
}

TEST_F(moved, a_wait_goes_on_to_its_second) {
    talk.session.script_set = before->short_version();
    talk.session.frames = {{.dialog = "visit", .state = "rest"}};
    talk.session.later = {
        {.timer = "wait:visit.rest", .what = "visit.rest", .due = talk.now + 2h}};
    talk.timers["wait:visit.rest"] = {.due = talk.now + 2h, .steps = talk.session.steps};
    talk.use(after);
    EXPECT_THAT(talk.say("menu"), ElementsAre("menu.what"));
    EXPECT_THAT(talk.wait(2h - 1s), IsEmpty());
    EXPECT_THAT(talk.wait(1s), ElementsAre("visit.done"));
    EXPECT_THAT(talk.session.later, IsEmpty());
}

TEST_F(moved, silence_finds_her_where_she_moved) {
    (void)talk.say("menu");
    const auto timers = talk.timers;
    talk.use(after);
    (void)talk.wait(31min);
    EXPECT_THAT(talk.session.frames, IsEmpty());
    EXPECT_FALSE(timers.empty());
}

TEST_F(moved, what_is_not_declared_stays_where_it_is) {
    (void)talk.say("visita");
    const auto elsewhere = moving(renamed_visit, renamed_messages, "from: all\n");
    EXPECT_FALSE(moved_to(*elsewhere, talk.session));
    const auto others = moving(renamed_visit, renamed_messages, "from: [0123456789abcdef]\n");
    EXPECT_FALSE(moved_to(*others, talk.session));
    EXPECT_FALSE(moved_to(*before, talk.session));
    EXPECT_FALSE(moved_to(*after, {}));
    EXPECT_TRUE(moved_to(*after, talk.session));
}

TEST_F(moved, only_from_the_versions_it_names) {
    (void)talk.say("visita");
    const auto named = changed(
        all_renamed, {{"from: all", ("from: [" + before->version().substr(0, 8) + "]").c_str()}}
    );
    EXPECT_TRUE(moved_to(*moving(renamed_visit, renamed_messages, named), talk.session));
}

TEST_F(moved, an_answer_of_another_type_is_asked_anew_by_whoever_needs_it) {
    (void)talk.say("visita");
    (void)talk.say("3000");
    const auto other = moving(
        changed(visit, {{"expect: amount", "expect: number"}}),
        changed(visit_messages, {{"answer.sum, money", "answer.sum"}}),
        "from: all\n"
    );
    const auto there = moved_to(*other, talk.session);
    ASSERT_TRUE(there);
    EXPECT_FALSE(there->frames.back().kept.contains("answer.sum"));
}

TEST_F(moved, a_question_that_became_something_else_keeps_her_where_she_is) {
    (void)talk.say("visita");
    const auto other = moving(
        changed(visit, {{"begin: sum", "begin: begin_here"},
                        {"  sum: ", "  begin_here: {say: visit.done, go: sum2}\n  sum2: "},
                        {"go: sum}", "go: sum2}"}}),
        visit_messages,
        "from: all\nstates: {visit.sum: visit.begin_here}\n"
    );
    EXPECT_FALSE(moved_to(*other, talk.session));
}

TEST_F(moved, drafts_and_appointments_follow_their_dialogs) {
    talk.session.last_inbound_at = talk.now;
    talk.session.reply_to = {"whatsapp", {identity_kind::wa_id, "50255551234"}};
    talk.session.drafts = {
        {.dialog = "visit",
         .answers = {{"answer.sum", "amount:300000 GTQ"}},
         .until = talk.now + 24h}};
    talk.session.later = {{.timer = "begin:visit", .what = "visit", .due = talk.now + 1h}};
    talk.timers["begin:visit"] = {.due = talk.now + 1h, .steps = 0};
    talk.use(after);
    EXPECT_THAT(talk.wait(1h), ElementsAre("visit.sum"));
    ASSERT_EQ(talk.session.drafts.size(), 1U);
    EXPECT_EQ(talk.session.drafts[0].dialog, "stay");
    EXPECT_EQ(talk.session.drafts[0].answers.at("answer.how_much"), "amount:300000 GTQ");
}

TEST(migration_mistakes, are_all_told) {
    const auto told = [](const char* migration) {
        auto from = sources_with({visit}, visit_messages);
        from.dialogs.push_back({"dialogs/migration.yaml", migration});
        const auto made = load_scripts(from);
        EXPECT_FALSE(made.scripts) << migration;
        return testing_sources::all_problems(made);
    };
    EXPECT_THAT(told("[a]"), HasSubstr("a migration begins with  from: all"));
    EXPECT_THAT(told("states: {a.b: visit.sum}"), HasSubstr("needs 'from:'"));
    EXPECT_THAT(told("from: yesterday"), HasSubstr("this is no version"));
    EXPECT_THAT(told("from: [3F2A91C0]"), HasSubstr("this is no version"));
    EXPECT_THAT(told("from: all\nstate: {a.b: visit.sum}"), HasSubstr("did you mean 'states'?"));
    EXPECT_THAT(told("from: all\nstates: [a]"), HasSubstr("{old_name: new_name}"));
    EXPECT_THAT(told("from: all\nstates: {sum: visit.sum}"), HasSubstr("states are named dialog.state"));
    EXPECT_THAT(told("from: all\nstates: {a.b: visit.sun}"), HasSubstr("did you mean 'visit.sum'?"));
    EXPECT_THAT(told("from: all\ndialogs: {a: visitt}"), HasSubstr("did you mean 'visit'?"));
    EXPECT_THAT(told("from: all\nanswers: {a: sun}"), HasSubstr("did you mean 'sum'?"));
    EXPECT_THAT(told("from: all\nanswers: {a: }"), HasSubstr("'a' needs its new name"));
}

}  // namespace
}  // namespace tertulia::dialogs
