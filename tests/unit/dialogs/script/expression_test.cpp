// Conditions of the operators: what they mean, what happens when a fact is missing, and that no
// text at all makes the parser or the evaluation throw.

#include "dialogs/script/expression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <ostream>

namespace tertulia::dialogs {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using testing::HasSubstr;

// One loan of Q300 with Q100 to pay by 20 November and the rest later; today is the 23rd.
struct somebody {
    client_facts rosa{};
    facts known{};
    institution house{};
    fact_view view{};

    somebody() {
        rosa.who.first_name = "Rosa";
        loan of{};
        of.product = "Crédito Mujer";
        of.principal = {30000, {}};
        for (int n = 1; n <= 3; ++n) {
            instalment part{};
            part.number = n;
            part.due = year{2026} / 10 / 20;
            if (n == 2) part.due = year{2026} / 11 / 20;
            if (n == 3) part.due = year{2026} / 12 / 20;
            part.total = {10000, {}};
            if (n == 1) part.paid = part.total;
            of.schedule.push_back(part);
        }
        rosa.loans.push_back(of);
        house.name = "Semilla";
        view.known = &known;
        view.who = &rosa;
        view.house = &house;
        view.today = year{2026} / 11 / 23;
        view.language = "es";
        view.pin_tries_left = 5;
    }
};

struct guard_case {
    const char* text;
    bool holds;
};
void PrintTo(const guard_case& of, std::ostream* out) {
    *out << of.text;
}

class guard_test : public testing::TestWithParam<guard_case> {};

TEST_P(guard_test, holds_as_written) {
    const somebody person;
    const auto made = expression::parse(GetParam().text, fact_type::boolean);
    ASSERT_TRUE(made.parsed) << (made.problems.empty() ? "" : made.problems[0].what);
    EXPECT_EQ(made.parsed->holds(person.view), GetParam().holds);
}

INSTANTIATE_TEST_SUITE_P(
    expression,
    guard_test,
    testing::Values(
        guard_case{"true", true},
        guard_case{"!true", false},
        guard_case{"!!true", true},
        guard_case{"1 + 2 * 3 == 7", true},
        guard_case{"(1 + 2) * 3 == 9", true},
        guard_case{"10 - 3 - 2 == 5", true},
        guard_case{"7 / 2 == 3 && 7 % 2 == 1", true},
        guard_case{"-3 < 2", true},
        guard_case{"2 >= 2 && 2 <= 2 && !(2 < 2)", true},
        guard_case{"true || false && false", true},
        guard_case{"(true || false) && false", false},
        guard_case{"1 < 2 ? 3 == 3 : false", true},
        guard_case{"false ? true : true ? false : true", false},
        guard_case{"client.first_name == 'Rosa'", true},
        guard_case{"client.first_name == \"Rosa\"", true},
        guard_case{"'O\\'Hara' != client.first_name", true},
        guard_case{"client.first_name in ['Ana', 'Rosa']", true},
        guard_case{"client.first_name in []", false},
        guard_case{"2 in [1, 2]", true},
        guard_case{"size('añil') == 4", true},
        guard_case{"size([1, 2, 3]) == 3", true},
        guard_case{"loan.outstanding == 200", true},
        guard_case{"loan.outstanding > 199.99", true},
        guard_case{"loan.outstanding < 200.01", true},
        guard_case{"100.5 < loan.outstanding", true},
        guard_case{"loan.outstanding > -1.5", true},
        guard_case{"loan.overdue + loan.overdue == loan.outstanding", true},
        guard_case{"loan.overdue * 2 == loan.outstanding", true},
        guard_case{"2 * loan.overdue == loan.outstanding", true},
        guard_case{"loan.outstanding / 2 == loan.overdue", true},
        guard_case{"-loan.overdue < 0", true},
        guard_case{"loan.days_past_due == 3", true},
        guard_case{"loan.next.date < today", true},
        guard_case{"loan.next.date + 3 == today", true},
        guard_case{"today - loan.next.date == 3", true},
        guard_case{"loan.next.overdue == true", true},
        guard_case{"has(loan.next.date)", true},
        guard_case{"has(officer.phone)", false},
        // missing facts
        guard_case{"officer.phone == '+502'", false},
        guard_case{"officer.phone != '+502'", false},
        guard_case{"!(officer.phone == '+502')", false},
        guard_case{"officer.phone == '+502' || true", true},
        guard_case{"true || officer.phone == '+502'", true},
        guard_case{"!(officer.phone == '+502' && false)", true},
        guard_case{"(officer.phone == '+502' ? true : true)", false},
        guard_case{"officer.phone in ['a']", false},
        guard_case{"client.first_name in [officer.phone, 'Rosa']", true},
        guard_case{"size(officer.phone) >= 0", false},
        // arithmetic that has no answer
        guard_case{"1 / 0 == 1", false},
        guard_case{"1 % 0 == 0", false},
        guard_case{"9223372036854775807 + 1 > 0", false},
        guard_case{"(-9223372036854775807 - 1) / -1 > 0", false},
        guard_case{"(-9223372036854775807 - 1) % -1 == 0", true},
        guard_case{"loan.outstanding * 9223372036854775807 > 0", false},
        guard_case{"today + 999999999 > today", false},
        guard_case{"loan.outstanding < 9223372036854775807", false}
    )
);

struct mistake_case {
    const char* text;
    std::size_t offset;
    const char* what;
};
void PrintTo(const mistake_case& of, std::ostream* out) {
    *out << of.text;
}

class mistake_test : public testing::TestWithParam<mistake_case> {};

TEST_P(mistake_test, is_told_with_its_place) {
    const auto made = expression::parse(GetParam().text, fact_type::boolean);
    ASSERT_FALSE(made.parsed);
    ASSERT_FALSE(made.problems.empty());
    EXPECT_THAT(made.problems[0].what, HasSubstr(GetParam().what));
    EXPECT_EQ(made.problems[0].offset, GetParam().offset);
}

INSTANTIATE_TEST_SUITE_P(
    expression,
    mistake_test,
    testing::Values(
        mistake_case{"", 0, "a value is expected"},
        mistake_case{"1 +", 3, "a value is expected"},
        mistake_case{"1 == ", 5, "a value is expected"},
        mistake_case{"loan.overdu > 0", 0, "no fact called 'loan.overdu'"},
        mistake_case{"loan.overdue > 'a'", 0, "cannot be compared"},
        mistake_case{"loan.overdue", 0, "this is money, but yes or no"},
        mistake_case{"1 = 1", 2, "an operator or the end"},
        mistake_case{"true and true", 5, "an operator or the end"},
        mistake_case{"true)", 4, "closes nothing"},
        mistake_case{"(true", 5, "')'"},
        mistake_case{"( )", 2, "a value is expected"},
        mistake_case{"'abc == 1", 9, "not closed by a quote"},
        mistake_case{"len('a') == 1", 0, "no function called 'len'"},
        mistake_case{"has(1)", 4, "has(…) takes a path"},
        mistake_case{"size(1) == 1", 5, "a list or a text"},
        mistake_case{"size() == 1", 0, "takes one value"},
        mistake_case{"1 && true", 0, "this is a number"},
        mistake_case{"true ? 1 : 'a'", 11, "a text"},
        mistake_case{"true ? 1", 8, "':'"},
        mistake_case{"1 in [1, 'a']", 9, "a text"},
        mistake_case{"1 in 2", 5, "a list"},
        mistake_case{"[1] == [1]", 0, "lists"},
        mistake_case{"true < false", 0, "no order"},
        mistake_case{"today * 2 == today", 0, "cannot be computed"},
        mistake_case{"loan.overdue + 5 == loan.overdue", 0, "cannot be computed"},
        mistake_case{"99999999999999999999 > 1", 0, "too long"},
        mistake_case{"loan.overdue > 1.23456", 15, "too long"}
    )
);

TEST(expression, a_path_that_may_be_missing_is_warned_about_unless_has_stands_before) {
    const auto warnings = [](const char* text) {
        return expression::parse(text, fact_type::boolean).problems.size();
    };
    EXPECT_EQ(warnings("loan.overdue > 0"), 1U);
    EXPECT_EQ(warnings("has(loan.overdue) && loan.overdue > 0"), 0U);
    EXPECT_EQ(warnings("has(loan.overdue) ? loan.overdue > 0 : false"), 0U);
    EXPECT_EQ(warnings("has(loan.overdue) || loan.overdue > 0"), 1U);
    EXPECT_EQ(warnings("person.verified && core.state == 'up'"), 0U);
}

TEST(expression, a_slip_of_a_name_is_mended) {
    const auto made = expression::parse("loan.overdu > 0", fact_type::boolean);
    EXPECT_EQ(made.problems.at(0).mend, "did you mean 'loan.overdue'?");
}

TEST(expression, names_the_paths_it_reads) {
    const auto made = expression::parse("has(today) && loan.overdue > 0", fact_type::boolean);
    EXPECT_THAT(
        made.parsed->paths(),
        testing::UnorderedElementsAre(*find_fact("loan.overdue"), *find_fact("today"))
    );
}

TEST(expression, nesting_is_bounded) {
    const std::string deep(10'000, '(');
    EXPECT_FALSE(expression::parse(deep, fact_type::boolean).parsed);
    EXPECT_FALSE(expression::parse(std::string(900, '!') + "true", fact_type::boolean).parsed);
}

TEST(expression, the_deepest_one_allowed_is_still_quick) {
    const auto made = expression::parse("0 == " + std::string(47, '-') + "1", fact_type::boolean);
    ASSERT_TRUE(made.parsed);
    EXPECT_FALSE(made.parsed->holds(somebody().view));  // at two evaluations a sign: years
}

RC_GTEST_PROP(expression, no_text_makes_it_throw, ()) {
    static const std::vector<std::string> pieces{
        "loan.overdue",
        "today",
        "1",
        "2.5",
        "'a'",
        "true",
        "(",
        ")",
        "[",
        "]",
        ",",
        "==",
        "<",
        "in",
        "&&",
        "||",
        "!",
        "-",
        "+",
        "*",
        "/",
        "%",
        "?",
        ":",
        " ",
        "has",
        "size",
        "\"",
        "\\",
        "client.first_name"};
    const auto picks = *rc::gen::container<std::vector<std::size_t>>(
        rc::gen::inRange<std::size_t>(0, pieces.size())
    );
    std::string text;
    for (const auto pick : picks) text += pieces[pick];
    const somebody person;
    const auto made = expression::parse(text, fact_type::nothing);
    RC_ASSERT(made.parsed.has_value() || !made.problems.empty());
    if (made.parsed) (void)made.parsed->evaluate(person.view);
}

}  // namespace
}  // namespace tertulia::dialogs
