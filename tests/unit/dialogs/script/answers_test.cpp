// Typed questions and forms: what may stand there loads, and every slip is told.

#include "dialogs/script/program.hpp"
#include "dialogs/script/script_set.hpp"

#include "tests/unit/dialogs/script/answers_sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::HasSubstr;

TEST(answers, typed_questions_and_a_form_load_without_a_remark) {
    const auto made = load_scripts(with_answers());
    EXPECT_EQ(all_problems(made), "");
    ASSERT_TRUE(made.scripts);
    const auto& script = made.scripts->compiled();
    EXPECT_TRUE(script.known->find("answer.sum"));
    EXPECT_EQ(script.known->fields()[*script.known->find("answer.sum")].type, fact_type::money);
    EXPECT_FALSE(script.known->find("answer.nobody"));
    for (const auto* state :
         {"resume", "come_back", "go_on", "anew", "next_field", "rhythm", "review", "complete"}) {
        EXPECT_TRUE(script.find_state("join", state)) << state;
    }
}

TEST(answers, row_D_a_field_without_help_or_without_it_in_a_language_is_told) {
    const auto without = [](const std::string& what) {
        auto from = with_answers();
        auto& form = from.dialogs.back().text;
        const auto at = form.find(what);
        EXPECT_NE(at, std::string::npos);
        form.erase(at, what.size());
        return all_problems(load_scripts(from));
    };
    EXPECT_THAT(
        without("    why: join.why\n"), HasSubstr("says neither what is meant nor why it is asked")
    );
    auto from = with_answers();
    from.of.languages = {"es", "fr"};
    auto french = from.messages.front().text;
    const auto at = french.find("join.why:");
    ASSERT_NE(at, std::string::npos);
    french.erase(at, french.find('\n', at) + 1 - at);
    from.messages.push_back({"messages/fr.yaml", french});
    EXPECT_THAT(
        all_problems(load_scripts(from)), HasSubstr("'join.why' has no French text (used in join.yaml")
    );
}

struct slip {
    const char* file;
    const char* was;
    const char* now;
    const char* told;
    bool fatal{true};
};
void PrintTo(const slip& of, std::ostream* out) {
    *out << of.file << ": " << of.now;
}

class answers_slip : public testing::TestWithParam<slip> {};

TEST_P(answers_slip, is_told) {
    const auto& how = GetParam();
    auto from = with_answers();
    bool done = false;
    for (auto* kind : {&from.dialogs, &from.messages}) {
        for (auto& file : *kind) {
            const auto at = file.text.find(how.was);
            if (!file.path.ends_with(how.file) || at == std::string::npos || done) continue;
            file.text.replace(at, std::string(how.was).size(), how.now);
            done = true;
        }
    }
    ASSERT_TRUE(done) << "there is no such piece";
    const auto made = load_scripts(from);
    EXPECT_EQ(made.scripts == nullptr, how.fatal);
    EXPECT_THAT(all_problems(made), HasSubstr(how.told));
}

INSTANTIATE_TEST_SUITE_P(
    typed_questions,
    answers_slip,
    testing::Values(
        slip{"visit.yaml", "expect: amount", "expect: amuont", "did you mean 'amount'?"},
        slip{"visit.yaml", "expect: amount", "expect: choice", "'choice' cannot be expected"},
        slip{"visit.yaml", "expect: amount", "expect: []", "'expect' is empty"},
        slip{"visit.yaml", "expect: amount", "expect: [amount, pin]", "a PIN is asked for alone"},
        slip{
            "visit.yaml",
            "expect: amount",
            "expect: [amount, text]",
            "'text' and 'amount' cannot be expected together"},
        slip{"visit.yaml", "expect: amount", "expect: [amount, amount]", "expects 'amount' twice"},
        slip{"visit.yaml", "    keep_as: day\n", "", "nothing keeps what she answers"},
        slip{"visit.yaml", "keep_as: day", "keep_as: The Day", "cannot be the name of an answer"},
        slip{
            "visit.yaml",
            "expect: day\n    keep_as: day",
            "expect: day\n    keep_as: sum",
            "'sum' keeps 'day' here, but 'amount' in the dialog 'visit'"},
        slip{"visit.yaml", "answer.sum >= 500", "answer.sum", "money, but yes or no is expected"},
        slip{"visit.yaml", "answer.sum >= 500", "answer.sum >= 'x'", "cannot be compared"},
        slip{"visit.yaml", "answer.sum >= 500", "answer.sun >= 500", "did you mean 'answer.sum'?"},
        slip{
            "visit.yaml",
            "    allow: \"answer.sum >= 500\"\n",
            "",
            "'otherwise' is said when 'allow' does not hold"},
        slip{
            "visit.yaml",
            "    otherwise: visit.little\n",
            "",
            "does not say what she hears when this does not hold"},
        slip{
            "visit.yaml",
            "otherwise: visit.little",
            "otherwise: visit.litle",
            "did you mean 'visit.little'?"},
        slip{
            "visit.yaml", "help: visit.help", "help: visit.none", "no message called 'visit.none'"},
        slip{"visit.yaml", "example: visit.example", "example: {}", "'example' needs a text"},
        slip{"visit.yaml", "    go: day\n", "", "leads nowhere"},
        slip{
            "visit.yaml",
            "expect: day\n",
            "expect: day\n    when: {yes: sure, no: sum}\n",
            "'when' belongs to 'expect: pin' and 'expect: yes_no'"},
        slip{"visit.yaml", "no: sum}", "maybe: sum}", "there is no outcome 'maybe' here"},
        slip{"visit.yaml", ", no: sum}", "}", "'no'"},
        slip{
            "visit.yaml",
            "    when: {yes: {say: visit.done, end: true}, no: sum}",
            "    optional: true\n    end: true",
            "'optional' needs 'keep_as'"},
        slip{
            "visit.yaml",
            "expect: day\n",
            "expect: day\n    optional: true\n",
            "no message called 'visit.day.skip'"},
        slip{
            "menu.yaml",
            "    ask: menu.what\n",
            "    ask: menu.what\n    allow: \"true\"\n    otherwise: menu.what\n",
            "'allow' belongs to 'expect', where she types the answer"},
        slip{
            "menu.yaml",
            "    ask: menu.what\n",
            "    ask: menu.what\n    optional: true\n    keep_as: wish\n",
            "'optional' belongs to 'expect'"},
        slip{
            "menu.yaml",
            "    ask: menu.what\n",
            "    ask: menu.what\n    go: what\n",
            "'go' belongs"},
        slip{"es.yaml", "visit.help: \"El monto que necesita.\"\n", "", "'visit.help'"},
        slip{"es.yaml", "{answer.sum, money} es poco", "{answer.sun, money} es poco", "answer.sun"},
        slip{
            "es.yaml", "{answer.sum, money} es poco", "{answer.sum, date} es poco", "does not fit"},
        slip{
            "es.yaml",
            "visit.sum: \"¿Cuánto?\"",
            "visit.sum: \"¿Cuánto? {answer.day, date}\"",
            "'visit.sum' tells 'answer.day', which may not have been answered here",
            false},
        slip{
            "visit.yaml",
            "answer.sum >= 500",
            "answer.sum >= 500 && answer.day > today",
            "'answer.day' may be missing",
            false}
    )
);

INSTANTIATE_TEST_SUITE_P(
    forms,
    answers_slip,
    testing::Values(
        slip{"join.yaml", "form:\n", "begin: x\nform:\n", "a form has no 'begin'"},
        slip{"join.yaml", "- field: person_name", "- feild: person_name", "did you mean 'field'?"},
        slip{"join.yaml", "field: photo", "field: review", "a field cannot be called 'review'"},
        slip{"join.yaml", "field: photo", "field: rhythm", "two fields 'rhythm'"},
        slip{"join.yaml", "field: photo", "field: The Photo", "cannot be the name of a field"},
        slip{"join.yaml", "    expect: name\n", "", "needs either 'expect' or 'choices'"},
        slip{
            "join.yaml",
            "    expect: name\n",
            "    expect: pin\n",
            "a form does not ask for a PIN"},
        slip{"join.yaml", "    ask: join.name\n", "", "needs 'ask:'"},
        slip{"join.yaml", "choices: [weekly", "choices: [skip", "a choice cannot be called 'skip'"},
        slip{
            "join.yaml",
            "{pick: monthly, words: [mensual]}",
            "weekly",
            "'weekly' is offered twice"},
        slip{
            "join.yaml",
            "{pick: monthly, words: [mensual]}",
            "{pick: monthly, go: x}",
            "a choice of a field has no 'go'"},
        slip{
            "join.yaml",
            "choices: [weekly, {pick: monthly, words: [mensual]}]",
            "choices: weekly",
            "is a list of names"},
        slip{"join.yaml", "answer.rhythm == 'weekly'", "answer.rhythm == 3", "cannot be compared"},
        slip{"join.yaml", "answer.rhythm == 'weekly'", "answer.rhythm", "yes or no is expected"},
        slip{
            "join.yaml",
            "keep_for: 60 days",
            "keep_for: soon",
            "'keep_for' is from 1 h to 366 days"},
        slip{
            "join.yaml",
            "keep_for: 60 days",
            "keep_for: 1 min",
            "'keep_for' is from 1 h to 366 days"},
        slip{"join.yaml", "kept: join.kept\n", "", "needs 'keep_for', 'resume' and 'kept'"},
        slip{"join.yaml", "kept: join.kept", "kept: join.none", "no message called 'join.none'"},
        slip{
            "join.yaml",
            "after: 30 min",
            "after: 2 days",
            "may be said here when she has not written for 24 hours"},
        slip{"join.yaml", "then: {say: join.done, end: true}", "", "a form needs 'then:'"},
        slip{"join.yaml", "then: {say: join.done, end: true}", "then: nowhere", "'nowhere'"},
        slip{
            "join.yaml",
            "opening: join.opening",
            "opening: join.none",
            "no message called 'join.none'"},
        slip{
            "join.yaml",
            "review: join.review",
            "review: join.name",
            "no message called 'join.name.confirm'"},
        slip{
            "es.yaml",
            "join.members.label: \"Miembros\"\n",
            "",
            "no message called 'join.members.label'"},
        slip{
            "menu.yaml",
            "begin: what",
            "begin: what\nreview: menu.what",
            "'review' belongs to a dialog with 'form:'"}
    )
);

TEST(answers, one_mistake_of_a_whole_form_is_told_once) {
    auto from = with_answers();
    auto& text = from.dialogs.back().text;
    const std::string was = "if_silent: {after: 30 min, end: true}";
    text.replace(text.find(was), was.size(), "if_silent: {after: 30 min, go: nowhere}");
    const auto told = all_problems(load_scripts(from));
    const auto first = told.find("'nowhere'");
    EXPECT_NE(first, std::string::npos);
    EXPECT_EQ(told.find("'nowhere'", first + 1), std::string::npos) << told;
}

TEST(answers, what_a_select_says_of_a_missing_answer_is_no_gap) {
    auto from = with_answers();
    auto& text = from.messages[0].text;
    const std::string was = "join.opening: \"Son cuatro preguntas.\"";
    text.replace(
        text.find(was),
        was.size(),
        "join.opening: \"{answer.rhythm, select, missing {Hola} other {{answer.rhythm}}}\""
    );
    EXPECT_EQ(all_problems(load_scripts(from)), "");
}

}  // namespace
}  // namespace tertulia::dialogs
