// The plan in the database: each step of each loan once, whatever is asked for again; what is paid
// leaves it, what changes enters it, and everything can be told afterwards.

#include "gateway/nudges/plan_book.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "gateway/nudges/attention_book.hpp"
#include "gateway/nudges/contact_book.hpp"
#include "gateway/nudges/open_plan.hpp"
#include "gateway/nudges/preview.hpp"
#include "gateway/store/nudge_id.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <unistd.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using dialogs::nudge_anchor;
using dialogs::nudge_segment;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr civil_date tuesday = std::chrono::year{2026} / 11 / 24;
const auto noon = instant{std::chrono::sys_days{tuesday}} + 18h;  // there

enum class contacts { none, too };

dialogs::nudge_rules rules_of_test(contacts with = contacts::none) {
    dialogs::nudge_rules made{.limits = {.a_day = 1, .a_week = 3}};
    made.law = dialogs::opening_hours::parse("Mo-Fr 08:00-18:00; Sa 08:00-12:00");
    made.ours = made.law;
    dialogs::nudge_policy repayment{.name = "repayment", .counts_from = nudge_anchor::instalment};
    repayment.segments.push_back(
        {.name = "late_before",
         .holds = [](const repayment_history& of) { return of.late > 0; },
         .steps = {{.day = -3, .begins = "reminder_plan", .task = {}},
                   {.day = 3, .begins = {}, .task = "arrears_call"}}}
    );
    repayment.segments.push_back(
        {.name = "reliable",
         .holds = {},
         .steps = {{.day = -1, .begins = "reminder_thanks", .task = {}},
                   {.day = 3, .begins = "reminder_concern", .task = {}}}}
    );
    dialogs::nudge_policy ends{.name = "renewal", .counts_from = nudge_anchor::loan_end};
    ends.segments.push_back(
        {.name = "all", .holds = {}, .steps = {{.day = -14, .begins = "renew_soon", .task = {}}}}
    );
    dialogs::nudge_policy contact{.name = "contact", .counts_from = nudge_anchor::contact};
    contact.segments.push_back(
        {.name = "near_end", .holds = {}, .steps = {{.day = 0, .begins = "check_in", .task = {}}}}
    );
    made.policies = {std::move(repayment), std::move(ends)};
    if (with == contacts::too) made.policies.push_back(std::move(contact));
    return made;
}

class plan_book_test : public testing::Test {
protected:
    plan_book_test() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        books = open_plan((folder / "tertulia.db").string());
        books->exec("UPDATE portfolio SET as_of = 1");
        book = std::make_unique<plan_book>(*books);
    }
    ~plan_book_test() override {
        book.reset();
        books.reset();
        std::filesystem::remove_all(folder);
    }

    void client(const std::string& id, const std::string& phones) {
        books->exec(
            "INSERT INTO clients(id, first_name, last_name, courtesy, phones, language, maturity, "
            "status, branch_id, officer_id, group_id, village, met_officer) VALUES ('" +
            id + "', 'Ana', '', '', '" + phones + "', 'es', 'emerger', 'active', '', '', '', '', 1)"
        );
    }
    // One instalment a week around the one that is due next, whose number is 4; `late`: the third was
    // paid two days after its day.
    void loan(const std::string& id, const std::string& of, civil_date next, bool late = false) {
        books->exec(
            "INSERT INTO loans(id, client_id, group_id, product, status, cycle, currency, principal, "
            "disbursed_on, matures_on) VALUES ('" +
            id + "', '" + of + "', '', 'Micro', 'active', 2, 'GTQ', 100000, '" +
            iso_date(plus_days(next, -28)) + "', '" + iso_date(plus_days(next, 14)) + "')"
        );
        for (int i = 1; i <= 6; ++i) {
            const auto due = plus_days(next, 7 * (i - 4));
            const bool met = i < 4;
            const auto met_on = plus_days(due, i == 3 && late ? 2 : 0);
            books->exec(
                "INSERT INTO instalments VALUES ('" + id + "', " + std::to_string(i) + ", '" +
                iso_date(due) + "', 1000, 900, " + (met ? "1000" : "0") + ", '" +
                (met ? iso_date(met_on) : "") + "')"
            );
        }
    }
    void pay(const std::string& loan, int number) {
        books->exec(
            "UPDATE instalments SET paid = total, met_on = '" + iso_date(tuesday) +
            "' WHERE loan_id = '" + loan + "' AND number = " + std::to_string(number)
        );
    }
    [[nodiscard]] plan_rules by(civil_date day = tuesday) {
        steps = steps_of_day(rules, day, when);
        return {
            .rules = rules,
            .when = when,
            .version = "v1",
            .today = day,
            .now = instant{std::chrono::sys_days{day}} + 13h,
            .steps = steps};
    }
    void take_all(civil_date day = tuesday) {
        while (book->take_changes(by(day), 2) > 0) {
        }
    }
    [[nodiscard]] std::vector<std::string> planned(instant until = noon) {
        std::vector<std::string> all;
        for (const auto& one : book->due(rules, until, 100)) {
            all.push_back(
                one.what.loan_id + " " + one.what.policy + "/" + one.what.segment + " " +
                std::to_string(one.what.day)
            );
        }
        std::ranges::sort(all);
        return all;
    }

    const std::filesystem::path folder{
        std::filesystem::temp_directory_path() / ("plan_book_" + std::to_string(::getpid()))};
    std::unique_ptr<SQLite::Database> books;
    std::unique_ptr<plan_book> book;
    dialogs::nudge_rules rules{rules_of_test()};
    dialogs::local_calendar calendar{*dialogs::local_calendar::make("America/Guatemala")};
    std::vector<civil_date> holidays{};
    dialogs::contact_calendar when{*rules.law, *rules.ours, holidays, calendar};
    std::vector<todays_step> steps{};
};

TEST(nudge_id, holds_its_place_and_sorts_by_day_then_subject) {
    for (const int step : {-90, -1, 0, 7, 90}) {
        const nudge_place of{
            .day = day_number(tuesday), .subject = 12'345'678, .policy = nudge_anchor::contact, .step = step};
        EXPECT_EQ(nudge_at(nudge_id(of)), of) << step;
        EXPECT_GT(nudge_id(of), 0);
        EXPECT_GE(nudge_id(of), first_nudge_of(of.day, of.subject));
        EXPECT_LT(nudge_id(of), first_nudge_of(of.day, of.subject + 1));
        EXPECT_LT(nudge_id(of), first_nudge_of(of.day + 1));
    }
    const nudge_place most{.day = 100'000, .subject = nudge_subjects_max, .policy = nudge_anchor::contact, .step = 90};
    EXPECT_EQ(nudge_at(nudge_id(most)), most);
    EXPECT_EQ(day_of_number(day_number(tuesday)), tuesday);
}

TEST_F(plan_book_test, a_days_steps_come_once_by_segment_and_again_changes_nothing) {
    client("C1", "+50255550101");
    loan("L1", "C1", plus_days(tuesday, 1));
    client("C2", "+50255550102|+50255550103");
    loan("L2", "C2", plus_days(tuesday, 3), true);
    client("C3", "");
    loan("L3", "C3", plus_days(tuesday, 5));
    take_all();
    EXPECT_THAT(planned(), ElementsAre("L1 repayment/reliable -1", "L2 repayment/late_before -3"));
    EXPECT_FALSE(book->is_planned(tuesday, "v1"));
    EXPECT_EQ(book->plan_day(by(), [] {}), 0U) << "what came with the changes is there";
    EXPECT_TRUE(book->is_planned(tuesday, "v1"));
    EXPECT_FALSE(book->is_planned(tuesday, "v2")) << "other policies are planned anew";
    EXPECT_THAT(planned(), SizeIs(2));
    const auto phones = book->due(rules, noon, 100);
    EXPECT_THAT(phones, testing::Contains(testing::Field(&due_nudge::phones, SizeIs(2))));
}

TEST_F(plan_book_test, a_day_that_begins_is_planned_from_the_standings) {
    client("C1", "+50255550101");
    loan("L1", "C1", plus_days(tuesday, 2));
    take_all();
    EXPECT_THAT(planned(), SizeIs(0));
    const auto wednesday = plus_days(tuesday, 1);
    EXPECT_EQ(book->plan_day(by(wednesday), [] {}), 1U);
    EXPECT_THAT(planned(noon + 24h), ElementsAre("L1 repayment/reliable -1"));
    EXPECT_THAT(planned(instant{std::chrono::sys_days{wednesday}} + 15h), SizeIs(0))
        << "not before half past nine there";
}

TEST_F(plan_book_test, what_falls_on_a_day_without_messages_comes_before_or_after) {
    const std::vector<civil_date> feast{plus_days(tuesday, 1)};
    const dialogs::contact_calendar with_feast{*rules.law, *rules.ours, feast, calendar};
    client("C1", "+50255550101");
    loan("L1", "C1", plus_days(tuesday, 2));  // a day before is the feast
    steps = steps_of_day(rules, tuesday, with_feast);
    const plan_rules now{
        .rules = rules,
        .when = with_feast,
        .version = "v1",
        .today = tuesday,
        .now = instant{std::chrono::sys_days{tuesday}} + 13h,
        .steps = steps};
    while (book->take_changes(now, 10) > 0) {
    }
    EXPECT_THAT(planned(), ElementsAre("L1 repayment/reliable -1"));
}

TEST_F(plan_book_test, a_payment_takes_its_reminder_out_of_the_plan_and_says_why) {
    client("C1", "+50255550101");
    loan("L1", "C1", plus_days(tuesday, 1));
    take_all();
    ASSERT_THAT(planned(), SizeIs(1));
    pay("L1", 4);
    take_all();
    EXPECT_THAT(planned(), SizeIs(0));
    const auto told = plan_of(*books, rules, "C1", tuesday, 5);
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told.front().said, "not sent: balance, paid");
}

TEST_F(plan_book_test, a_payment_that_is_taken_back_brings_its_reminder_back) {
    client("C1", "+50255550101");
    loan("L1", "C1", plus_days(tuesday, 1));
    take_all();
    pay("L1", 4);
    take_all();
    ASSERT_THAT(planned(), SizeIs(0));
    books->exec("UPDATE instalments SET paid = 0, met_on = '' WHERE number = 4");
    take_all();
    EXPECT_THAT(planned(), ElementsAre("L1 repayment/reliable -1"));
}

TEST_F(plan_book_test, other_policies_make_every_standing_anew) {
    client("C1", "+50255550101");
    loan("L1", "C1", plus_days(tuesday, 3));
    take_all();
    (void)book->plan_day(by(), [] {});
    rules.policies.front().segments.front().holds = {};
    book->note_policies("v1");
    take_all();
    EXPECT_THAT(planned(), SizeIs(0)) << "the same policies: nothing is looked at";
    book->note_policies("v2");
    take_all();
    EXPECT_THAT(planned(), ElementsAre("L1 repayment/late_before -3"));
}

TEST_F(plan_book_test, of_who_has_two_telephones_it_knows_what_was_begun_on_either) {
    client("C1", "+50255550101|+50255550202");
    client("C2", "+50255550303");
    for (const auto* id : {"C1", "C2"}) {
        loan(std::string{"L1"} + id, id, plus_days(tuesday, 1));
        loan(std::string{"L2"} + id, id, plus_days(tuesday, 1));
    }
    take_all();
    const auto lately = std::to_string(to_millis(noon - 1h));
    for (const auto& one : book->due(rules, noon, 100)) {
        EXPECT_THAT(one.touches, SizeIs(0));
        if (!one.what.loan_id.starts_with("L1")) continue;
        books->exec(
            "UPDATE nudges SET state = 1, dialog = 'remind', numbers = 'sms', party = 5, decided = " + lately +
            " WHERE id = " + std::to_string(one.what.id)
        );
    }
    books->exec(
        "INSERT INTO client_phones VALUES ('+50255550202', 'C1'); "
        "INSERT INTO identities(kind, value, party) VALUES (1, '50255550202', 6); "
        "INSERT INTO records(seq, party, at, kind, detail) VALUES (1, 6, " + lately + ", 'touched', 'whatsapp C1'), "
        "(2, 6, " + lately + ", 'touched', 'whatsapp C7'), (3, 6, 0, 'touched', 'whatsapp C1')"
    );
    const auto all = book->due(rules, noon, 100);
    ASSERT_THAT(all, SizeIs(2));
    for (const auto& one : all) {
        if (one.what.client_id == "C2") {
            EXPECT_THAT(one.touches, SizeIs(0)) << "her one conversation knows it";
            continue;
        }
        ASSERT_THAT(one.touches, SizeIs(2));
        EXPECT_EQ(one.touches[0].party, party_id{5});
        EXPECT_EQ(one.touches[0].what.loan_id, "L1C1");
        EXPECT_EQ(one.touches[0].what.policy, "repayment");
        EXPECT_EQ(one.touches[0].what.channel, "sms");
        EXPECT_EQ(one.touches[0].what.at, noon - 1h);
        EXPECT_EQ(one.touches[1].party, party_id{6});
        EXPECT_EQ(one.touches[1].what.channel, "whatsapp");
    }
    EXPECT_THAT(book->due(rules, noon + 9 * 24h, 100).front().touches, SizeIs(0)) << "long ago";
}

TEST_F(plan_book_test, what_no_verdict_came_of_is_not_handed_on_for_ever) {
    client("C1", "+50255550101");
    loan("L1", "C1", plus_days(tuesday, 1));
    take_all();
    const auto all = book->due(rules, noon, 10);
    ASSERT_THAT(all, SizeIs(1));
    const handed_nudge put_off{all.front().what.id, all.front().what.due - 5min};
    book->settle({&put_off, 1}, noon);
    EXPECT_THAT(planned(), SizeIs(1)) << "it was put off, and waits for its new moment";
    const handed_nudge broke{all.front().what.id, all.front().what.due};
    book->settle({&broke, 1}, noon);
    EXPECT_THAT(planned(), SizeIs(0));
    EXPECT_EQ(plan_of(*books, rules, "C1", tuesday, 1).front().said, "not sent: row, step_broke");
}

TEST_F(plan_book_test, a_loan_that_is_closed_or_moved_to_somebody_else_stands_for_nothing) {
    client("C1", "+50255550101");
    loan("L1", "C1", plus_days(tuesday, 1));
    take_all();
    books->exec("UPDATE loans SET status = 'closed' WHERE id = 'L1'");
    take_all();
    EXPECT_THAT(planned(), SizeIs(0));
}

TEST_F(plan_book_test, promises_that_were_broken_lately_count_for_the_segment) {
    rules.policies.front().segments.front().holds = [](const repayment_history& of) {
        return of.broken_promises >= 2;
    };
    client("C1", "+50255550101");
    loan("L1", "C1", plus_days(tuesday, 3));
    for (const int ago : {10, 20, 200}) {
        books->exec(
            "INSERT INTO promises VALUES ('L1', '" + iso_date(plus_days(tuesday, -ago)) +
            "', 'C1', 1, 0, 2, 0)"
        );
    }
    take_all();
    EXPECT_THAT(planned(), ElementsAre("L1 repayment/late_before -3"));
    books->exec("DELETE FROM promises WHERE promised_for > '2026-11-10'");
    books->exec("INSERT INTO nudge_changes VALUES ('C1')");
    take_all();
    const auto rows = plan_of(*books, rules, "C1", tuesday, 1);
    EXPECT_THAT(rows, SizeIs(1));
}

TEST_F(plan_book_test, the_next_loan_is_spoken_of_before_this_one_ends) {
    client("C1", "+50255550101");
    loan("L1", "C1", tuesday);  // ends in 14 days
    take_all();
    (void)book->plan_day(by(), [] {});
    EXPECT_THAT(planned(), testing::Contains("L1 renewal/all -14"));
}

TEST_F(plan_book_test, the_talk_of_the_stage_is_planned_and_the_coverage_says_how_it_stands) {
    rules = rules_of_test(contacts::too);
    client("C1", "+50255550101");
    loan("L1", "C1", plus_days(tuesday, 2));  // ends in 16 days
    const contact_note call{
        .client_id = "C1",
        .about = "any",
        .outcome = "reached",
        .who = "Brenda",
        .at = instant{std::chrono::sys_days{plus_days(tuesday, -25)}} + 18h};
    ASSERT_TRUE(note_contact_by_staff(*books, call));
    EXPECT_FALSE(note_contact_by_staff(*books, {.client_id = "C9", .outcome = "reached"}));
    take_all();
    EXPECT_THAT(planned(), testing::Contains(" contact/near_end 0"));
    auto now = coverage_of(*books, rules, calendar, noon, 20);
    EXPECT_EQ(now.active, 1);
    EXPECT_EQ(now.reached, 0);
    ASSERT_THAT(now.each, SizeIs(1));
    EXPECT_THAT(now.each.front().why, HasSubstr("try of day 0: waits"));
    now = coverage_of(*books, rules, calendar, noon, 30);
    EXPECT_EQ(now.reached, 1);
    EXPECT_THAT(now.each.front().why, HasSubstr("noted by Brenda"));
    // Talked with today: what waited is over.
    auto again = call;
    again.at = noon;
    ASSERT_TRUE(note_contact_by_staff(*books, again));
    take_all();
    EXPECT_THAT(planned(), SizeIs(0));
}

TEST_F(plan_book_test, where_nobody_was_talked_with_yet_the_first_talks_are_spread) {
    rules = rules_of_test(contacts::too);
    rules.policies.back().segments.front().name = "any";
    for (int i = 0; i < 50; ++i) {
        const auto id = "C" + std::to_string(i);
        client(id, "");
        loan("L" + std::to_string(i), id, plus_days(tuesday, 2));
        books->exec("DELETE FROM instalments WHERE number > 2");  // no stage of its own
        books->exec("UPDATE loans SET matures_on = '2028-01-01'");
    }
    take_all();
    const auto on = [&](int days) {
        SQLite::Statement count{
            *books, "SELECT count(*) FROM nudge_subjects WHERE loan_id = '' AND anchor = ?"};
        count.bind(1, day_number(plus_days(tuesday, days)));
        return count.executeStep() ? count.getColumn(0).getInt() : 0;
    };
    int all = 0;
    for (int day = 0; day < 25; ++day) {
        EXPECT_LT(on(day), 10) << day;
        all += on(day);
    }
    EXPECT_EQ(all, 50);
    // What changes meanwhile moves nobody.
    const auto tomorrow = on(1);
    books->exec("INSERT OR IGNORE INTO nudge_changes SELECT id FROM clients");
    take_all();
    EXPECT_EQ(on(1), tomorrow);
}

// ---- what an officer has asked for

class attention_test : public plan_book_test {
protected:
    attention_test() {
        auto& steps_of = rules.policies.front().segments;
        steps_of.back().more = "late_before";
        steps_of.front().steps.insert(
            steps_of.front().steps.begin() + 1, {.day = -1, .begins = "reminder_day", .task = {}}
        );
        client("C1", "+50255550101");
        loan("L1", "C1", plus_days(tuesday, 1));
    }
    std::string ask(dialogs::attention wanted, int days = 30, const std::string& why = "she travels") {
        attention_book asked{*books};
        return asked.set(
            {.client_id = "C1", .wanted = wanted, .until = plus_days(tuesday, days), .who = "Brenda",
             .why = why, .at = instant{std::chrono::sys_days{tuesday}} + 13h},
            rules, calendar
        );
    }
    // Reason and numbers of what is due and kept back.
    [[nodiscard]] std::vector<std::string> kept() {
        std::vector<std::string> all;
        for (const auto& one : book->due(rules, noon, 100)) {
            if (one.kept_by.empty()) continue;
            all.push_back(one.kept_by + " " + one.kept_until);
            book->keep_back(one, noon);
        }
        return all;
    }
};

TEST_F(attention_test, no_reminders_are_kept_back_until_the_day_and_the_plan_says_so) {
    take_all();
    ASSERT_THAT(planned(), SizeIs(1));
    EXPECT_THAT(kept(), SizeIs(0));
    ASSERT_EQ(ask(dialogs::attention::none), "");
    take_all();
    EXPECT_THAT(kept(), ElementsAre("officer_none until 2026-12-24"));
    EXPECT_THAT(planned(), SizeIs(0));
    const auto told = plan_of(*books, rules, "C1", tuesday, 1);
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told.front().said, "not sent: opt_out, officer_none (until 2026-12-24)");
    EXPECT_EQ(told.front().why, "her officer asked for no reminders: until 2026-12-24");
    const auto all = attention_book{*books}.all_of("C1", calendar);
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(
        in_words(all.front(), calendar),
        "no reminders until 2026-12-24, by Brenda on 2026-11-24: she travels"
    );
}

TEST_F(attention_test, why_is_erased_with_her_data_and_what_was_asked_for_holds) {
    client("C2", "+50255550202");
    books->exec(
        "INSERT INTO client_phones VALUES ('+50255550101', 'C1'); "
        "INSERT INTO client_phones VALUES ('+50255550202', 'C2'); "
        "INSERT INTO identities(kind, value, party) VALUES (1, '50255550101', 1), (1, '50255550202', 2)"
    );
    ASSERT_EQ(ask(dialogs::attention::none), "");
    books->exec(
        "INSERT INTO attentions(client_id, wants, until, who, why, at) "
        "SELECT 'C2', wants, until, who, why, at FROM attentions"
    );
    attention_book kept{*books};

    kept.erase_words({1});

    const auto hers = kept.all_of("C1", calendar);
    ASSERT_THAT(hers, SizeIs(1));
    EXPECT_EQ(
        in_words(hers.front(), calendar),
        "no reminders until 2026-12-24, by Brenda on 2026-11-24; why is erased"
    );
    EXPECT_EQ(kept.of("C1", noon).wanted, dialogs::attention::none);
    EXPECT_EQ(kept.all_of("C2", calendar).front().why, "she travels") << "somebody else's";
    kept.erase_words({7});
    EXPECT_EQ(kept.all_of("C2", calendar).front().why, "she travels") << "nobody";
}

TEST_F(attention_test, fewer_leave_the_last_and_usual_takes_it_back) {
    take_all();
    ASSERT_EQ(ask(dialogs::attention::less), "");
    take_all();
    EXPECT_THAT(kept(), SizeIs(0)) << "the day before is the last there is";
    ASSERT_EQ(ask(dialogs::attention::none), "");
    ASSERT_EQ(ask(dialogs::attention::usual), "");
    take_all();
    EXPECT_THAT(kept(), SizeIs(0));
    EXPECT_THAT(planned(), SizeIs(1));
}

TEST_F(attention_test, more_is_the_other_segment_until_the_day_and_no_longer) {
    take_all();
    EXPECT_THAT(planned(), ElementsAre("L1 repayment/reliable -1"));
    ASSERT_EQ(ask(dialogs::attention::more, 2), "");
    take_all();
    const auto segment = [&] {
        SQLite::Statement hers{*books, "SELECT segment FROM nudge_subjects WHERE loan_id = 'L1'"};
        return hers.executeStep() ? hers.getColumn(0).getString() : std::string{};
    };
    EXPECT_EQ(segment(), "late_before");
    EXPECT_THAT(planned(), SizeIs(1)) << "what was planned for today stays, and is not said twice";
    book->expire(plus_days(tuesday, 2));
    take_all(plus_days(tuesday, 2));
    EXPECT_EQ(segment(), "late_before") << "its last day";
    book->expire(plus_days(tuesday, 3));
    take_all(plus_days(tuesday, 3));
    EXPECT_EQ(segment(), "reliable") << "once it is over she stands where she stood";
}

TEST_F(attention_test, it_has_an_end_a_reason_and_somebody_who_asks_for_it) {
    EXPECT_THAT(ask(dialogs::attention::more), HasSubstr("not reminded of anything yet"));
    take_all();
    EXPECT_THAT(ask(dialogs::attention::less, 181), HasSubstr("180 days from now"));
    EXPECT_THAT(ask(dialogs::attention::less, -1), HasSubstr("from today"));
    EXPECT_THAT(ask(dialogs::attention::less, 3, ""), HasSubstr("say why"));
    EXPECT_THAT(ask(dialogs::attention::less, 3, std::string(201, 'x')), HasSubstr("200 bytes"));
    rules.policies.front().segments.back().more.clear();
    EXPECT_THAT(ask(dialogs::attention::more), HasSubstr("there is no more than what is sent to 'reliable'"));
    attention_book asked{*books};
    EXPECT_THAT(
        asked.set(
            {.client_id = "C9", .wanted = dialogs::attention::less, .until = tuesday, .who = "B", .why = "x"},
            rules, calendar
        ),
        HasSubstr("no client 'C9'")
    );
    EXPECT_THAT(asked.all_of("C1", calendar), SizeIs(0)) << "nothing of it was kept";
}

TEST_F(attention_test, the_forecast_knows_of_it) {
    rules.policies.resize(1);
    take_all();
    ASSERT_EQ(ask(dialogs::attention::none, 0), "");
    books->exec("INSERT INTO client_phones VALUES ('+50255550101', 'C1')");
    books->exec("INSERT INTO identities(kind, value, party) VALUES (1, '50255550101', 1)");
    const auto made = preview_of(*books, by(), 9, "");
    EXPECT_EQ(made.kept_by.at("officer_none"), 1);
    EXPECT_EQ(made.by_segment.at("reliable").messages, 1) << "the next instalment's, when it is over";
    EXPECT_EQ(made.unpriced, 1);
    const auto priced = preview_of(
        *books, by(), 9, "", reached_as::it_is, {},
        [](std::string_view dialog, std::string_view channel) -> std::optional<message_price> {
            EXPECT_EQ(dialog, "reminder_thanks");
            EXPECT_EQ(channel, "whatsapp");
            return message_price{"USD", 11'300};
        }
    );
    EXPECT_EQ(priced.cost_micros.at("USD"), 11'300);
    EXPECT_EQ(priced.unpriced, 0);
}

TEST_F(plan_book_test, talks_before_a_hard_season_are_spread_over_their_days) {
    rules = rules_of_test(contacts::too);
    rules.policies.back().segments.front().name = "pre_hard_season";
    rules.policies.back().segments.front().spread_days = 14;
    rules.hard_seasons = {std::chrono::month{12} / std::chrono::day{15}};  // 21 days from that Tuesday
    for (int i = 0; i < 60; ++i) {
        const auto id = "C" + std::to_string(i);
        client(id, "");
        loan("L" + std::to_string(i), id, plus_days(tuesday, 2));
        books->exec("DELETE FROM instalments WHERE number > 2");
        books->exec("UPDATE loans SET matures_on = '2028-01-01'");
        ASSERT_TRUE(note_contact_by_staff(
            *books, {.client_id = id, .outcome = "reached", .who = "Brenda", .at = noon - 24h * 22}
        ));
    }
    take_all();
    const auto days = [&] {
        std::map<std::int64_t, int> on;
        SQLite::Statement all{
            *books, "SELECT anchor FROM nudge_subjects WHERE segment = 'pre_hard_season'"};
        while (all.executeStep()) ++on[all.getColumn(0).getInt64()];
        return on;
    };
    const auto first = days();
    EXPECT_GT(first.size(), 10U);
    for (const auto& [day, count] : first) {
        EXPECT_GE(day, day_number(tuesday));
        EXPECT_LT(day, day_number(tuesday) + 14);
        EXPECT_LT(count, 15);
    }
    // A day later, whatever changes, nobody whose day is still to come has another.
    books->exec("INSERT OR IGNORE INTO nudge_changes SELECT id FROM clients");
    take_all(plus_days(tuesday, 1));
    EXPECT_EQ(days(), first);
}

TEST_F(plan_book_test, a_forecast_counts_messages_tasks_and_what_the_caps_keep_back) {
    client("C1", "+50255550101");
    loan("L1", "C1", plus_days(tuesday, 1));
    loan("L2", "C1", plus_days(tuesday, 1));
    rules.policies.resize(1);
    const auto made = preview_of(*books, by(), 7, "");
    EXPECT_EQ(made.clients, 1);
    EXPECT_EQ(made.by_segment.at("reliable").messages, 0);
    EXPECT_EQ(made.kept_by.at("never_wrote"), made.by_segment.at("reliable").kept);
    books->exec("INSERT INTO client_phones VALUES ('+50255550101', 'C1')");
    books->exec("INSERT INTO identities(kind, value, party) VALUES (1, '50255550101', 1)");
    const auto wrote = preview_of(*books, by(), 7, "");
    EXPECT_EQ(wrote.by_channel.at("whatsapp").messages, 1) << "one touch a day over both loans";
    EXPECT_EQ(wrote.kept_by.at("cap_of_day"), 1);
}

}  // namespace
}  // namespace tertulia::gateway
