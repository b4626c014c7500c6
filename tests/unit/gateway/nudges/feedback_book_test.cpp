// The board of ideas: each has an owner and a decision, what is adopted is told to whom it came from, once,
// on a day on which nothing of her own is due, and goes with her data.

#include "gateway/nudges/feedback_book.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/gates.hpp"
#include "gateway/nudges/known_staff.hpp"
#include "gateway/nudges/open_plan.hpp"
#include "gateway/nudges/plan_book.hpp"
#include "gateway/store/nudge_id.hpp"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <unistd.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using dialogs::nudge_anchor;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr civil_date tuesday = std::chrono::year{2026} / 11 / 24;
const auto noon = instant{std::chrono::sys_days{tuesday}} + 18h;  // there

class feedback_book_test : public testing::Test {
protected:
    feedback_book_test() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        rules.law = hours;
        rules.ours = hours;
        dialogs::nudge_policy told{.name = "feedback", .counts_from = nudge_anchor::feedback, .at_minute = 600};
        told.segments.push_back(
            {.name = "changed", .holds = {}, .steps = {{.day = 0, .begins = "changed", .task = {}}}}
        );
        rules.policies.push_back(std::move(told));
        books = open_plan((folder / "tertulia.db").string());
        plan = std::make_unique<plan_book>(*books);
        board = std::make_unique<feedback_book>(*books);
        books->exec("INSERT INTO officers VALUES ('7', 'Brenda', 'López', 'doña Brenda', '', 'B1', '')");
        for (const auto* id : {"C1", "C2"}) {
            books->exec(
                std::string{"INSERT INTO clients(id, first_name, last_name, courtesy, phones, language, "
                            "maturity, status, branch_id, officer_id, group_id, village, met_officer) "
                            "VALUES ('"} +
                id + "', 'Ana', '', '', '+50255550101', 'es', 'emerger', 'active', 'B1', '7', '', '', 1)"
            );
        }
    }
    ~feedback_book_test() override {
        board.reset();
        plan.reset();
        books.reset();
        std::filesystem::remove_all(folder);
    }

    void idea(int id, const std::string& client = "C1", int party = 1) {
        books->exec(
            "INSERT INTO feedback(id, contact, party, client_id, at, about, question) VALUES (" +
            std::to_string(id) + ", " + std::to_string(100 + id) + ", " + std::to_string(party) + ", '" +
            client + "', " + std::to_string(to_millis(noon - 24h)) + ", 'mid', 'told')"
        );
    }
    feedback_result decide(
        std::vector<std::int64_t> ideas, feedback_decision what = feedback_decision::adopted,
        const std::string& owner = "Marta", const std::string& words = "Ya abrimos los sábados."
    ) {
        return board->decide(
            ideas, {.decision = what, .owner = owner, .words = words, .at = noon - 1h},
            staff_in(*books, colleagues), rules
        );
    }
    std::size_t go_on(instant now = noon) { return board->go_on(rules, when, now); }
    [[nodiscard]] std::vector<due_nudge> due(instant now = noon) { return plan->due(rules, now, 100); }
    void verdict(std::int64_t id, const std::string& set) {
        books->exec("UPDATE nudges SET " + set + " WHERE id = " + std::to_string(id));
    }
    [[nodiscard]] feedback_idea now_is(std::int64_t id) {
        for (const auto& one : all()) {
            if (one.id == id) return one;
        }
        return {};
    }
    [[nodiscard]] std::vector<feedback_idea> all(bool open_only = false) {
        return board->list(open_only, 100, [](std::int64_t contact, std::string_view question) {
            return contact == 0 ? std::nullopt
                                : std::optional{std::to_string(contact) + std::string{question}};
        });
    }

    const std::filesystem::path folder{
        std::filesystem::temp_directory_path() / ("feedback_book_" + std::to_string(::getpid()))};
    dialogs::nudge_rules rules{};
    const std::vector<staff_person> colleagues{
        {.id = "staff:Marta", .name = "Marta", .phone = {}, .branch_id = {}, .desks = {}}};
    dialogs::local_calendar calendar{*dialogs::local_calendar::make("America/Guatemala")};
    std::vector<civil_date> holidays{};
    const dialogs::opening_hours hours{*dialogs::opening_hours::parse("Mo-Fr 08:00-18:00; Sa 08:00-12:00")};
    dialogs::contact_calendar when{hours, hours, holidays, calendar};
    std::unique_ptr<SQLite::Database> books;
    std::unique_ptr<plan_book> plan;
    std::unique_ptr<feedback_book> board;
};

TEST_F(feedback_book_test, an_idea_is_open_until_somebody_decides_and_has_her_words_and_no_name) {
    idea(1);
    idea(2);
    ASSERT_THAT(all(), SizeIs(2));
    EXPECT_EQ(all().front().id, 2) << "the newest first";
    EXPECT_EQ(all().front().words, "102told");
    EXPECT_THAT(decide({1}, feedback_decision::declined, "7", "No alcanza.").words, HasSubstr("1: declined, with officer:7"));
    ASSERT_THAT(all(true), SizeIs(1));
    EXPECT_EQ(all(true).front().id, 2);
    EXPECT_EQ(now_is(1).owner, "officer:7");
    EXPECT_EQ(now_is(1).answer, "No alcanza.");
    EXPECT_EQ(go_on(), 0U) << "only what is adopted is told";
    EXPECT_EQ(decide({1}, feedback_decision::later, "doña Brenda").answer, feedback_answer::done);
    EXPECT_EQ(now_is(1).owner, "officer:7");
}

TEST_F(feedback_book_test, what_is_adopted_is_told_once_to_whom_it_came_from) {
    idea(1);
    EXPECT_THAT(decide({1}).words, HasSubstr("1 client hears of it"));
    EXPECT_EQ(now_is(1).told, "waits");
    EXPECT_EQ(go_on(), 1U);
    EXPECT_EQ(go_on(), 0U);
    const auto told = due();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told.front().what.policy, "feedback");
    EXPECT_EQ(told.front().what.segment, "changed");
    EXPECT_EQ(told.front().what.day, 0);
    EXPECT_EQ(told.front().what.instalment, 1);
    EXPECT_EQ(told.front().what.anchor, plus_days(tuesday, feedback_told_within_days));
    EXPECT_EQ(told.front().answered_by, "staff:Marta");
    EXPECT_EQ(told.front().answer, "Ya abrimos los sábados.");
    verdict(told.front().what.id, "state = 1, dialog = 'changed'");
    EXPECT_EQ(go_on(noon + 24h), 0U);
    EXPECT_EQ(now_is(1).told, "told");
    EXPECT_EQ(decide({1}, feedback_decision::declined).answer, feedback_answer::refused) << "she has heard it";
}

TEST_F(feedback_book_test, ideas_that_are_one_are_decided_together_and_each_client_hears_it_once) {
    idea(1);
    idea(2);
    idea(3, "C2", 2);
    idea(4, "", 3);
    EXPECT_THAT(decide({1, 2, 3, 4}).words, HasSubstr("2 clients hear of it"));
    EXPECT_EQ(go_on(), 2U);
    EXPECT_THAT(due(), SizeIs(2));
    EXPECT_EQ(now_is(2).told, "nobody to tell");
    EXPECT_EQ(now_is(4).told, "nobody to tell") << "on no file";
}

TEST_F(feedback_book_test, whoever_has_something_of_her_own_to_hear_waits_for_another_day) {
    idea(1);
    (void)decide({1});
    books->exec("INSERT INTO nudge_subjects(id, loan_id, client_id) VALUES (50, 'L1', 'C1')");
    const auto own = nudge_id({.day = day_number(tuesday), .subject = 50, .policy = nudge_anchor::instalment, .step = -1});
    books->exec("INSERT INTO nudges(id, segment, anchor, instalment, due) VALUES (" + std::to_string(own) + ", 'x', 0, 1, 0)");
    EXPECT_EQ(go_on(), 0U);
    EXPECT_EQ(go_on(noon + 24h), 1U);
}

TEST_F(feedback_book_test, nothing_goes_before_its_hour_or_when_nobody_may_be_written_to) {
    idea(1);
    (void)decide({1});
    EXPECT_EQ(go_on(noon - 3h), 0U) << "nine: the policy says ten";
    EXPECT_EQ(go_on(noon + 8h), 0U) << "in the evening";
    EXPECT_EQ(go_on(noon + 5 * 24h), 0U) << "on a Sunday";
    EXPECT_EQ(go_on(noon + 6 * 24h), 1U);
}

TEST_F(feedback_book_test, a_cap_puts_it_off_and_any_other_refusal_is_the_end_of_it) {
    idea(1);
    idea(2, "C2", 2);
    (void)decide({1});
    (void)decide({2});
    ASSERT_EQ(go_on(), 2U);
    for (const auto& one : due()) {
        verdict(
            one.what.id, one.what.client_id == "C1" ? "state = 2, gate = 8, reason = 'cap_of_week'"
                                                    : "state = 2, gate = 1, reason = 'opted_out'"
        );
    }
    EXPECT_EQ(go_on(), 0U) << "not on the same day";
    EXPECT_EQ(now_is(2).told, "not told: opt_out, opted_out");
    EXPECT_EQ(now_is(1).told, "waits");
    EXPECT_EQ(go_on(noon + 24h), 1U);
    ASSERT_THAT(due(noon + 24h), SizeIs(1));
    EXPECT_EQ(due(noon + 24h).front().what.client_id, "C1");
    verdict(due(noon + 24h).front().what.id, "state = 2, gate = 8, reason = 'cap_of_week'");
    EXPECT_EQ(go_on(noon + 15 * 24h), 0U) << "two weeks are over";
    EXPECT_EQ(now_is(1).told, "not told: caps, cap_of_week");
}

TEST_F(feedback_book_test, one_idea_a_day) {
    idea(1);
    idea(2);
    (void)decide({1});
    (void)decide({2});
    EXPECT_EQ(go_on(), 1U);
    EXPECT_EQ(go_on(), 0U);
    verdict(due().front().what.id, "state = 1, dialog = 'changed'");
    EXPECT_EQ(go_on(), 0U);
    EXPECT_EQ(go_on(noon + 24h), 1U);
}

TEST_F(feedback_book_test, what_is_asked_for_badly_is_refused_and_nothing_is_done) {
    idea(1);
    const auto why = [&](const feedback_result& of, feedback_answer as = feedback_answer::bad) {
        EXPECT_EQ(of.answer, as) << of.words;
        EXPECT_EQ(now_is(1).decision, feedback_decision::open);
        return of.words;
    };
    using enum feedback_decision;
    EXPECT_THAT(why(decide({})), HasSubstr("from 1 to 100 ideas"));
    EXPECT_THAT(why(decide(std::vector<std::int64_t>(101, 1))), HasSubstr("from 1 to 100 ideas"));
    EXPECT_THAT(why(decide({1}, open)), HasSubstr("adopted, declined or later"));
    EXPECT_THAT(why(decide({1}, adopted, "Pedro")), HasSubstr("'Pedro' is nobody of the staff, and an idea has an owner: officer:7, staff:Marta"));
    EXPECT_THAT(why(decide({1}, adopted, "")), HasSubstr("nobody of the staff"));
    EXPECT_THAT(why(decide({1}, adopted, "Marta", "  ")), HasSubstr("say in words"));
    EXPECT_THAT(why(decide({1}, adopted, "Marta", std::string(401, 'a'))), HasSubstr("401 bytes: at most 400"));
    EXPECT_THAT(why(decide({1}, adopted, "Marta", "a\nb")), HasSubstr("in one line"));
    EXPECT_THAT(why(decide({1, 9}), feedback_answer::unknown), HasSubstr("there is no idea 9"));
    rules.policies.clear();
    EXPECT_THAT(decide({1}).words, HasSubstr("Nobody is told: no policy"));
    EXPECT_EQ(go_on(), 0U);
}

TEST_F(feedback_book_test, with_her_data_her_ideas_go_and_nothing_is_told_any_more) {
    idea(1);
    idea(2);
    idea(3, "C2", 2);
    idea(4, "C1", 9);  // said in a conversation that became one with the first
    books->exec("INSERT INTO parties(id, created_at, forwarded_to) VALUES (9, 0, 1)");
    (void)decide({1});
    ASSERT_EQ(go_on(), 1U);
    board->erase({1});
    EXPECT_THAT(all(true), SizeIs(1)) << "what was open is gone, but for somebody else's";
    EXPECT_EQ(now_is(1).words, "") << "what was decided stays, and is nobody's";
    EXPECT_EQ(now_is(1).answer, "Ya abrimos los sábados.");
    ASSERT_THAT(due(), SizeIs(1));
    EXPECT_EQ(due().front().answer, "") << "what is still in the plan has nothing to say";
    EXPECT_EQ(go_on(noon + 24h), 0U);
}

TEST(feedback_decisions, have_names_and_no_others) {
    for (const auto* name : {"open", "adopted", "declined", "later"}) {
        EXPECT_EQ(name_of(*parse_feedback_decision(name)), name);
    }
    EXPECT_EQ(parse_feedback_decision("maybe"), std::nullopt);
}

}  // namespace
}  // namespace tertulia::gateway
