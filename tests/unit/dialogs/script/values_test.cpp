// Values that are set, given and brought back: what may stand there loads, every slip is told.

#include "dialogs/script/program.hpp"
#include "dialogs/script/script_set.hpp"

#include "tests/talks/sources.hpp"
#include "tests/talks/with.hpp"
#include "tests/unit/dialogs/script/values_sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::HasSubstr;
using testing::Not;
using testing_talk::sources_with;
using testing_talk::told_of;

TEST(values, load_without_a_remark_and_have_the_type_of_what_they_are_made_of) {
    const auto made = load_scripts(with_values());
    EXPECT_EQ(all_problems(made), "");
    ASSERT_TRUE(made.scripts);
    const auto& known = *made.scripts->compiled().known;
    const auto type = [&](const char* path) { return known.fields()[*known.find(path)].type; };
    EXPECT_EQ(type("answer.most"), fact_type::money);
    EXPECT_EQ(type("answer.tries"), fact_type::number);
    EXPECT_EQ(type("answer.soon"), fact_type::date);
    EXPECT_EQ(type("answer.large"), fact_type::boolean);
    EXPECT_EQ(type("answer.purpose"), fact_type::text);
    EXPECT_EQ(type("answer.limit"), fact_type::money);   // by 'takes'
    EXPECT_EQ(type("answer.wanted"), fact_type::money);  // as what it brings back
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

class values_slip : public testing::TestWithParam<slip> {};

TEST_P(values_slip, is_told) {
    const auto& how = GetParam();
    auto from = with_values();
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
    set,
    values_slip,
    testing::Values(
        slip{"quote.yaml", "tries: 1", "lenguage: es", "did you mean 'language'?"},
        slip{"quote.yaml", "tries: 1", "opted_ouy: true", "did you mean 'opted_out'?"},
        slip{"quote.yaml", "tries: 1", "Tries: 1", "cannot be the name of a value"},
        slip{"quote.yaml", "tries: 1", "tries: [1]", "'tries' needs a text"},
        slip{"quote.yaml", "'visit'", "visit", "a text needs quotes: 'visit'"},
        slip{
            "quote.yaml", "answer.income / 2", "answer.incom / 2", "did you mean 'answer.income'?"},
        slip{"quote.yaml", "answer.income / 2", "answer.income / ", "[bad-condition]"},
        slip{"quote.yaml", "tries: 1", "tries: \"now\"", "a moment cannot be kept as 'tries'"},
        slip{"quote.yaml", "tries: 1", "tries: \"[1, 2]\"", "a list cannot be kept as 'tries'"},
        slip{
            "quote.yaml",
            "tries: 1",
            "tries: 100.50",
            "an amount without a currency cannot be kept as 'tries'"},
        slip{
            "quote.yaml",
            "tries: 1",
            "income: 1",
            "'income' keeps 'number' here, but 'amount' in the dialog 'quote'"},
        slip{
            "quote.yaml",
            "      tries: 1\n",
            "",
            "nothing says what 'tries' is at first: it is only ever made of itself"},
        slip{
            "quote.yaml",
            "tries: \"answer.tries + 1\"",
            "tries: \"answer.tries > 1\"",
            "'tries' keeps 'yes_no' here, but 'number' in the dialog 'quote'"},
        slip{
            "quote.yaml",
            "answer.income / 2",
            "loan.outstanding",
            "this value looks at 'loan.outstanding', which is hers alone"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    call,
    values_slip,
    testing::Values(
        slip{"quote.yaml", "{limit: answer.most", "{limt: answer.most", "did you mean 'limit'?"},
        slip{
            "quote.yaml",
            "{limit: answer.most, ",
            "{",
            "'ask_amount' takes 'limit', which this call does not give"},
        slip{
            "quote.yaml",
            "    with: {limit: answer.most, why: answer.purpose}\n",
            "",
            "add with: {why: …}"},
        slip{
            "ask_amount.yaml",
            "takes: {limit: amount, why: text}\n",
            "",
            "write there 'takes: {limit: …}', or take 'with' out"},
        slip{"quote.yaml", "limit: answer.most", "limit: 3", "this is a number, but money"},
        slip{"quote.yaml", "{limit: answer.most, why: answer.purpose}", "all", "'with' is a map"},
        slip{"quote.yaml", "{wanted: amount}", "{wanted: amuont}", "did you mean 'amount'?"},
        slip{
            "quote.yaml",
            "{wanted: amount}",
            "{wanted: income}",
            "'ask_amount' never keeps 'income'"},
        slip{"quote.yaml", "{wanted: amount}", "{}", "'bring_back' brings nothing"},
        slip{"quote.yaml", "{wanted: amount}", "[]", "'bring_back' is empty"},
        slip{"quote.yaml", "{wanted: amount}", "[amount, amount]", "is brought back twice"},
        slip{"quote.yaml", "{wanted: amount}", "{Wanted: amount}", "the name of an answer"},
        slip{
            "quote.yaml",
            "{wanted: amount}",
            "{purpose: amount}",
            "'purpose' keeps 'amount' here, but 'text' in the dialog 'quote'"},
        slip{"quote.yaml", "later: none}", "later: sure}", "'answer.wanted'", false},
        slip{
            "quote.yaml",
            "go: half}",
            "go: half}\n  x: {with: {a: 1}, end: true}",
            "has no 'with'"},
        slip{"ask_amount.yaml", "limit: amount", "limit: amuont", "did you mean 'amount'?"},
        slip{"ask_amount.yaml", "limit: amount", "limit: choice", "'choice' is no kind of value"},
        slip{"ask_amount.yaml", "limit: amount", "Limit: amount", "the name of a value"},
        slip{
            "ask_amount.yaml",
            "{limit: amount, why: text}",
            "limit",
            "write takes: {limit: amount}"},
        slip{
            "ask_amount.yaml",
            "why: text",
            "why: text, income: number",
            "'income' keeps 'number' here, but 'amount' in the dialog 'quote'"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    called_only,
    values_slip,
    testing::Values(
        slip{
            "ask_amount.yaml",
            "begin: amount",
            "starts_on: {words: [monto]}\nbegin: amount",
            "'ask_amount' takes 'limit', which a trigger cannot give it"},
        slip{
            "quote.yaml",
            "none: {say: quote.none, end",
            "none: {say: quote.none, go: ask_amount}\n  x: {end",
            "which a way on cannot give it"},
        slip{
            "quote.yaml",
            "none: {say: quote.none, end",
            "none: {schedule: {after: 2 h, begin: ask_amount}, end",
            "which a schedule cannot give it"},
        slip{
            "ask_amount.yaml",
            "begin: amount",
            "plays: fallback\nbegin: amount",
            "which its role cannot give it"}
    )
);

TEST(values, a_counter_needs_no_first_value_where_it_can_only_be_a_number) {
    const auto made = load_scripts(sources_with(
        {R"(dialog: count
about: How often.
starts_on: {words: [contar]}
begin: more
states:
  more: {set: {times: "has(answer.times) ? answer.times + 1 : 1"}, go: tell}
  tell: {say: count.tell, end: true}
)"},
        "count.tell: \"Van {answer.times}\"\n"
    ));
    EXPECT_EQ(all_problems(made), "");
    ASSERT_TRUE(made.scripts);
    const auto& known = *made.scripts->compiled().known;
    EXPECT_EQ(known.fields()[*known.find("answer.times")].type, fact_type::number);
}

TEST(values, made_of_each_other_alone_have_no_type) {
    EXPECT_THAT(
        told_of({"dialog: round\nabout: x\nstarts_on: {words: [x]}\nbegin: a\nstates:\n"
                 "  a: {set: {b: answer.c, c: answer.b}, end: true}\n"}),
        HasSubstr("nothing says what 'b' is at first")
    );
}

TEST(values, the_order_they_are_written_in_does_not_matter_for_their_types) {
    const auto made = load_scripts(
        sources_with({"dialog: chain\nabout: x\nstarts_on: {words: [x]}\nbegin: a\nstates:\n"
                      "  a: {branch: [{when: \"has(answer.n3) && answer.n3 > 1\", end: true}, "
                      "{otherwise: true, go: b}]}\n"
                      "  b: {set: {n1: 1, n2: answer.n1, n3: answer.n2 + 1}, end: true}\n"})
    );
    EXPECT_EQ(all_problems(made), "");
}

TEST(values, what_may_be_missing_is_told_where_it_is_set_and_only_there) {
    auto from = sources_with(
        {"dialog: due\nabout: x\nneeds: verified\nstarts_on: {words: [x]}\nbegin: a\nstates:\n"
         "  a: {set: {due: loan.next.date}, go: tell}\n"
         "  tell: {say: due.tell, end: true}\n"},
        "due.tell: \"{answer.due, date, short}\"\n"
    );
    const auto told = all_problems(load_scripts(from));
    EXPECT_THAT(told, HasSubstr("'loan.next.date' may be missing, and there is then no value"));
    EXPECT_THAT(told, HasSubstr("write has(loan.next.date) ? … : … to say so"));
    EXPECT_THAT(told, Not(HasSubstr("'answer.due'")));
}

// What is made of her balance is as much hers as the balance.
TEST(values, made_of_what_is_hers_alone_are_hers_alone) {
    const char* debt =
        "dialog: debt\nabout: x\nneeds: verified\nstarts_on: {words: [x]}\nbegin: a\nstates:\n"
        "  a: {set: {owed: loan.outstanding, twice: \"answer.owed * 2\"}, go: open}\n";
    const char* open =
        "dialog: open\nabout: x\nbegin: a\nstates:\n"
        "  a: {branch: [{when: \"has(answer.twice)\", go: tell}, {otherwise: true, end: true}]}\n"
        "  tell: {say: open.tell, end: true}\n";
    const auto told = told_of({debt, open}, "open.tell: \"{answer.twice, money}\"\n");
    EXPECT_THAT(told, HasSubstr("this condition looks at 'answer.twice', which is hers alone"));
    EXPECT_THAT(told, HasSubstr("'open.tell' tells 'answer.twice', which only she may read"));
}

TEST(values, given_and_brought_back_are_as_much_hers_as_what_they_come_of) {
    const char* debt =
        "dialog: debt\nabout: x\nneeds: verified\nstarts_on: {words: [x]}\nbegin: a\nstates:\n"
        "  a: {call: half, with: {whole: loan.outstanding}, bring_back: {owed: part}, end: true}\n";
    const char* half =
        "dialog: half\nabout: x\ntakes: {whole: amount}\nneeds: verified\nbegin: a\nstates:\n"
        "  a: {set: {part: \"answer.whole / 2\"}, return: ok}\n";
    const auto made = load_scripts(sources_with({debt, half}));
    ASSERT_TRUE(made.scripts) << all_problems(made);
    const auto& known = *made.scripts->compiled().known;
    for (const auto* path : {"answer.whole", "answer.part", "answer.owed"}) {
        EXPECT_TRUE(known.fields()[*known.find(path)].personal) << path;
    }
}

TEST(values, what_every_way_back_keeps_is_surely_there) {
    auto from = with_values();
    auto& quote = from.dialogs[from.dialogs.size() - 2].text;
    const std::string both = "    when: {ok: sure, later: none}\n";
    quote.replace(quote.find(both), both.size(), "    go: sure\n");
    const std::string rest = "  none: {say: quote.none, end: true}\n";
    quote.erase(quote.find(rest), rest.size());
    EXPECT_THAT(all_problems(load_scripts(from)), HasSubstr("'answer.wanted'"));
    auto& asks = from.dialogs.back().text;
    const std::string gives_up = "    if_unclear: {tries: 2, then: {return: later}}\n";
    asks.erase(asks.find(gives_up), gives_up.size());
    EXPECT_THAT(all_problems(load_scripts(from)), Not(HasSubstr("'answer.wanted'")));
}

TEST(values, a_called_dialog_is_given_its_values_and_no_others_are_taken_for_granted) {
    auto from = with_values();
    auto& text = from.messages[0].text;
    text += "ask_amount.extra: \"Hasta {answer.soon, date, short}\"\n";
    auto& asks = from.dialogs.back().text;
    const std::string back = "    return: ok\n";
    asks.replace(
        asks.find(back), back.size(), "    go: back\n  back: {say: ask_amount.extra, return: ok}\n"
    );
    // Kept by its only caller: there.
    EXPECT_EQ(all_problems(load_scripts(from)), "");
}

}  // namespace
}  // namespace tertulia::dialogs
