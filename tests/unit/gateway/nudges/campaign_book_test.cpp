// What is told many at once: two people stand behind it, each person hears it once whatever happens, no
// more a minute than was said, and whoever has something of her own to hear waits for another day.

#include "gateway/nudges/campaign_book.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "gateway/nudges/open_plan.hpp"
#include "gateway/nudges/plan_book.hpp"
#include "gateway/store/nudge_id.hpp"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <unistd.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using dialogs::nudge_anchor;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr civil_date tuesday = std::chrono::year{2026} / 11 / 24;
const auto ten = instant{std::chrono::sys_days{tuesday}} + 16h;  // in the morning, there

class campaign_book_test : public testing::Test {
protected:
    campaign_book_test() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        rules.law = dialogs::opening_hours::parse("Mo-Fr 08:00-18:00; Sa 08:00-12:00");
        rules.ours = rules.law;
        dialogs::nudge_policy news{.name = "campaign", .counts_from = nudge_anchor::campaign};
        news.segments.push_back(
            {.name = "holidays", .holds = {}, .steps = {{.day = 0, .begins = "notice", .task = {}}}}
        );
        rules.policies.push_back(std::move(news));
        open();
        for (int i = 0; i < 7; ++i) client("C" + std::to_string(i), i < 5 ? "NORTE" : "SUR");
    }
    ~campaign_book_test() override {
        shut();
        std::filesystem::remove_all(folder);
    }

    void open() {
        books = open_plan((folder / "tertulia.db").string());
        plan = std::make_unique<plan_book>(*books);
        book = std::make_unique<campaign_book>(*books);
    }
    void shut() {
        book.reset();
        plan.reset();
        books.reset();
    }
    void client(const std::string& id, const std::string& branch) {
        books->exec(
            "INSERT INTO clients(id, first_name, last_name, courtesy, phones, language, maturity, "
            "status, branch_id, officer_id, group_id, village, met_officer) VALUES ('" +
            id + "', 'Ana', '', '', '+50255550101', 'es', 'emerger', 'active', '" + branch +
            "', 'O1', 'G1', '', 1)"
        );
        books->exec(
            "INSERT INTO loans(id, client_id, group_id, product, status, cycle, currency, principal, "
            "disbursed_on, matures_on) VALUES ('L" +
            id + "', '" + id + "', '', 'Micro', 'active', 2, 'GTQ', 100000, '2026-06-01', '2027-06-01')"
        );
    }
    [[nodiscard]] campaign_act by(const std::string& who, instant at = ten) const {
        return {.by = who, .at = at, .today = tuesday, .staff = staff};
    }
    [[nodiscard]] static campaign_draft draft() {
        return {
            .name = "cierre",
            .says = "holidays",
            .to = {.branch = "NORTE"},
            .a_minute = 2,
            .until = plus_days(tuesday, 3)};
    }
    std::string prepare(const campaign_draft& of) { return book->prepare(of, by("Ana"), rules).words; }
    void start() {
        ASSERT_EQ(book->prepare(draft(), by("Ana"), rules).answer, campaign_answer::done);
        ASSERT_EQ(book->approve("cierre", by("Brenda")).answer, campaign_answer::done);
    }
    std::size_t go_on(instant now) { return book->go_on(rules, when, now); }
    [[nodiscard]] campaign_view now_is() { return *book->find("cierre"); }
    // The gates' verdict on everything that is due by then.
    void judge(instant now, bool sent = true) {
        for (const auto& one : plan->due(rules, now, 100)) {
            ++heard[one.what.client_id];
            books->exec(
                "UPDATE nudges SET state = " + std::string{sent ? "1, dialog = 'notice'" : "2, reason = 'opted_out'"} +
                " WHERE id = " + std::to_string(one.what.id)
            );
        }
    }

    const std::filesystem::path folder{
        std::filesystem::temp_directory_path() / ("campaign_book_" + std::to_string(::getpid()))};
    const std::vector<staff_person> staff{
        {.id = "officer:7", .name = "Ana", .phone = "+50255500191"},
        {.id = "staff:Brenda", .name = "Brenda", .phone = "+50255500192"},
        {.id = "staff:Ana López", .name = "Ana López", .phone = "+50255500191"}};
    dialogs::nudge_rules rules{};
    dialogs::local_calendar calendar{*dialogs::local_calendar::make("America/Guatemala")};
    std::vector<civil_date> holidays{};
    const dialogs::opening_hours hours{*dialogs::opening_hours::parse("Mo-Fr 08:00-18:00; Sa 08:00-12:00")};
    dialogs::contact_calendar when{hours, hours, holidays, calendar};
    std::unique_ptr<SQLite::Database> books;
    std::unique_ptr<plan_book> plan;
    std::unique_ptr<campaign_book> book;
    std::map<std::string, int> heard{};
};

TEST_F(campaign_book_test, nothing_leaves_before_somebody_else_has_approved_it) {
    EXPECT_THAT(prepare(draft()), HasSubstr("prepared for 5 people (branch NORTE)"));
    EXPECT_EQ(go_on(ten), 0U);
    auto said = book->approve("cierre", by("Ana"));
    EXPECT_EQ(said.answer, campaign_answer::refused);
    EXPECT_THAT(said.words, HasSubstr("somebody else has to approve it"));
    EXPECT_EQ(book->approve("cierre", by("  ANÁ ")).answer, campaign_answer::refused) << "the same name";
    EXPECT_EQ(book->approve("cierre", by("officer:7")).answer, campaign_answer::refused);
    EXPECT_EQ(book->approve("cierre", by("Ana López")).answer, campaign_answer::refused)
        << "by her telephone she is the same person";
    EXPECT_EQ(book->approve("cierre", by("")).answer, campaign_answer::bad);
    said = book->approve("cierre", by("Ana Lopes"));
    EXPECT_EQ(said.answer, campaign_answer::bad);
    EXPECT_THAT(said.words, HasSubstr("'Ana Lopes' is nobody of the staff"));
    EXPECT_THAT(said.words, HasSubstr("officer:7, staff:Brenda"));
    EXPECT_EQ(go_on(ten), 0U);
    EXPECT_EQ(book->approve("cierre", by("Brenda")).answer, campaign_answer::done);
    EXPECT_EQ(book->approve("cierre", by("Brenda")).answer, campaign_answer::refused) << "once is enough";
    EXPECT_EQ(go_on(ten), 2U);
    const auto history = now_is().history;
    ASSERT_THAT(history, SizeIs(2));
    EXPECT_EQ(history[0].who, "officer:7");
    EXPECT_EQ(history[1].what, "approved");
}

TEST_F(campaign_book_test, what_is_prepared_badly_says_what_and_how_to_mend_it) {
    auto of = draft();
    of.name = "Cierre 1";
    EXPECT_THAT(prepare(of), HasSubstr("cannot be a name"));
    of = draft();
    of.says = "holiday";
    EXPECT_THAT(prepare(of), HasSubstr("has no 'holiday': it has holidays"));
    of = draft();
    of.a_minute = 0;
    EXPECT_THAT(prepare(of), HasSubstr("from 1 to 1000"));
    of = draft();
    of.until = plus_days(tuesday, -1);
    EXPECT_THAT(prepare(of), HasSubstr("the last day is from today"));
    of.until = plus_days(tuesday, 61);
    EXPECT_THAT(prepare(of), HasSubstr("60 days from now"));
    of = draft();
    of.to = {};
    EXPECT_THAT(prepare(of), HasSubstr("say whom"));
    books->exec("INSERT INTO branches VALUES ('NORTE', 'Norte', '', '', '', 0, 0)");
    of.to = {.branch = "NORD"};
    EXPECT_THAT(prepare(of), HasSubstr("nobody with a running loan is in: branch NORD; branches: NORTE"));
    EXPECT_THAT(book->prepare(draft(), by(""), rules).words, HasSubstr("say who prepares it"));
    EXPECT_THAT(book->prepare(draft(), by("Pedro"), rules).words, HasSubstr("'Pedro' is nobody of the staff"));
    EXPECT_THAT(book->all(), IsEmpty()) << "nothing of it was kept";
    EXPECT_THAT(prepare(draft()), HasSubstr("is prepared"));
    EXPECT_THAT(prepare(draft()), HasSubstr("names are used once"));
    EXPECT_EQ(book->approve("other", by("Brenda")).answer, campaign_answer::unknown);
    const dialogs::nudge_rules none{};
    of = draft();
    of.name = "otra";
    EXPECT_THAT(book->prepare(of, by("Ana"), none).words, HasSubstr("no policy of nudges/ counts from campaigns"));
}

TEST_F(campaign_book_test, audiences_are_of_those_with_a_running_loan_and_of_all_that_is_said) {
    books->exec("UPDATE loans SET status = 'closed' WHERE id = 'LC0'");
    books->exec("UPDATE loans SET product = 'Agro' WHERE id = 'LC1'");
    books->exec(
        "INSERT INTO nudge_subjects(loan_id, client_id, segment) VALUES ('LC2', 'C2', 'reliable')"
    );
    const auto count = [&](campaign_audience to) {
        auto of = draft();
        of.name = "c" + std::to_string(book->all().size());
        of.to = std::move(to);
        return prepare(of);
    };
    EXPECT_THAT(count({.branch = "NORTE"}), HasSubstr("4 people"));
    EXPECT_THAT(count({.branch = "NORTE", .product = "Agro"}), HasSubstr("1 person "));
    EXPECT_THAT(count({.segment = "reliable"}), HasSubstr("1 person "));
    EXPECT_THAT(count({.officer = "O1"}), HasSubstr("6 people"));
    EXPECT_THAT(count({.group = "G1"}), HasSubstr("6 people"));
    EXPECT_THAT(count({.everybody = true}), HasSubstr("6 people (everybody with a running loan)"));
    EXPECT_THAT(count({.segment = "frequent"}), HasSubstr("segments: reliable"));
}

TEST_F(campaign_book_test, no_more_leave_in_a_minute_than_was_said_also_after_a_restart) {
    start();
    EXPECT_EQ(go_on(ten), 2U);
    EXPECT_EQ(go_on(ten + 1s), 0U);
    shut();
    open();
    EXPECT_EQ(go_on(ten + 59s), 0U) << "whoever starts anew knows what has left";
    EXPECT_EQ(go_on(ten + 60s), 2U);
    EXPECT_EQ(go_on(ten + 120s), 1U);
    EXPECT_EQ(go_on(ten + 180s), 0U);
    EXPECT_THAT(plan->due(rules, ten, 100), SizeIs(1)) << "evenly within the minute";
    EXPECT_THAT(plan->due(rules, ten + 30s, 100), SizeIs(2));
    EXPECT_THAT(plan->due(rules, ten + 200s, 100), SizeIs(5));
    const auto first = plan->due(rules, ten, 1).front().what;
    EXPECT_EQ(first.policy, "campaign");
    EXPECT_EQ(first.segment, "holidays");
    EXPECT_EQ(first.day, 0);
    EXPECT_EQ(first.anchor, plus_days(tuesday, 3)) << "no later than its last day";
    EXPECT_TRUE(first.loan_id.empty());
}

TEST_F(campaign_book_test, each_person_once_whatever_is_restarted_and_the_counts_say_how_it_stands) {
    start();
    auto now = ten;
    for (int i = 0; i < 10; ++i, now += 20s) {
        (void)go_on(now);
        judge(now, i != 0);
        if (i % 3 == 0) {
            shut();
            open();
        }
    }
    (void)go_on(now + 60s);
    EXPECT_THAT(heard, SizeIs(5));
    for (const auto& [client, times] : heard) EXPECT_EQ(times, 1) << client;
    const auto all = now_is();
    EXPECT_EQ(all.people, 5);
    EXPECT_EQ(all.sent, 4);
    EXPECT_EQ(all.kept.at("opted_out"), 1);
    EXPECT_EQ(all.to_come + all.waiting, 0);
    EXPECT_EQ(all.state, campaign_state::done);
    EXPECT_EQ(all.history.back().what, "everybody has had her turn");
}

TEST_F(campaign_book_test, a_pause_holds_what_has_not_left_and_it_goes_on_where_it_was) {
    start();
    ASSERT_EQ(go_on(ten), 2U);
    judge(ten);  // one has left
    ASSERT_EQ(book->pause("cierre", by("Carla")).answer, campaign_answer::done);
    EXPECT_EQ(book->pause("cierre", by("Carla")).answer, campaign_answer::refused);
    EXPECT_EQ(go_on(ten + 5min), 0U);
    EXPECT_THAT(plan->due(rules, ten + 24h, 100), IsEmpty());
    // What was put off by its gates meanwhile is held again.
    books->exec("UPDATE nudges SET due = " + std::to_string(to_millis(ten + 6min)) + " WHERE state = 0");
    (void)go_on(ten + 7min);
    EXPECT_THAT(plan->due(rules, ten + 24h, 100), IsEmpty());
    ASSERT_EQ(book->resume("cierre", by("Carla", ten + 8min)).answer, campaign_answer::done);
    EXPECT_EQ(book->resume("cierre", by("Carla")).answer, campaign_answer::refused);
    EXPECT_THAT(plan->due(rules, ten + 8min, 100), SizeIs(1));
    EXPECT_EQ(go_on(ten + 8min), 2U);
    EXPECT_THAT(now_is().history, SizeIs(4));
}

TEST_F(campaign_book_test, ended_is_the_end_and_says_of_how_many) {
    start();
    ASSERT_EQ(go_on(ten), 2U);
    judge(ten);
    ASSERT_EQ(book->end("cierre", by("Carla")).answer, campaign_answer::done);
    EXPECT_EQ(go_on(ten + 5min), 0U);
    EXPECT_THAT(plan->due(rules, ten + 24h, 100), IsEmpty());
    const auto all = now_is();
    EXPECT_EQ(all.sent, 1);
    EXPECT_EQ(all.kept.at("campaign_ended"), 4);
    EXPECT_EQ(book->end("cierre", by("Carla")).answer, campaign_answer::refused);
    EXPECT_EQ(book->resume("cierre", by("Carla")).answer, campaign_answer::refused);
}

TEST_F(campaign_book_test, only_in_hours_in_which_people_may_be_written_to) {
    start();
    EXPECT_EQ(go_on(ten - 3h), 0U) << "seven in the morning";
    EXPECT_EQ(go_on(ten + 9h), 0U) << "seven in the evening";
    holidays.push_back(tuesday);
    EXPECT_EQ(book->go_on(rules, dialogs::contact_calendar{hours, hours, holidays, calendar}, ten), 0U);
}

TEST_F(campaign_book_test, who_is_to_be_reminded_today_waits_for_another_day) {
    start();
    subject_rows subjects{*books};
    const auto put = [&](const std::string& client, int state, const std::string& dialog) {
        const nudge_place of{
            .day = day_number(tuesday),
            .subject = subjects.of("L" + client, client),
            .policy = nudge_anchor::instalment,
            .step = -1};
        books->exec(
            "INSERT INTO nudges(id, segment, anchor, instalment, due, state, dialog) VALUES (" +
            std::to_string(nudge_id(of)) + ", 'reliable', 0, 1, 0, " + std::to_string(state) + ", '" +
            dialog + "')"
        );
    };
    put("C0", 0, "");          // still to come
    put("C1", 1, "reminder");  // said already
    put("C2", 1, "");          // a person was asked to do something: no words
    put("C3", 2, "");          // kept back
    EXPECT_EQ(go_on(ten), 0U) << "the first two wait";
    EXPECT_EQ(go_on(ten + 1s), 2U);
    EXPECT_EQ(go_on(ten + 62s), 1U);
    EXPECT_EQ(now_is().to_come, 2);
    const auto tomorrow = ten + 24h;
    EXPECT_EQ(go_on(tomorrow), 2U);
}

TEST_F(campaign_book_test, after_its_last_day_whoever_is_left_is_told_of_with_the_reason) {
    start();
    ASSERT_EQ(go_on(ten), 2U);
    EXPECT_EQ(go_on(ten + 4 * 24h), 0U);
    EXPECT_EQ(now_is().state, campaign_state::done);
    EXPECT_EQ(now_is().kept.at("no_day_left"), 3);
    auto of = draft();
    of.name = "tarde";
    ASSERT_EQ(book->prepare(of, by("Ana"), rules).answer, campaign_answer::done);
    auto late = by("Brenda");
    late.today = plus_days(tuesday, 4);
    EXPECT_THAT(book->approve("tarde", late).words, HasSubstr("prepare it anew"));
}

TEST_F(campaign_book_test, what_is_no_longer_declared_waits_until_it_is_again) {
    start();
    auto& declared = rules.policies.front().segments.front().name;
    declared = "others";
    EXPECT_EQ(go_on(ten), 0U);
    EXPECT_EQ(now_is().to_come, 5);
    declared = "holidays";
    EXPECT_EQ(go_on(ten), 2U);
}

TEST_F(campaign_book_test, two_of_them_speak_to_somebody_on_different_days) {
    start();
    auto of = draft();
    of.name = "feria";
    ASSERT_EQ(book->prepare(of, by("Ana"), rules).answer, campaign_answer::done);
    ASSERT_EQ(book->approve("feria", by("Brenda")).answer, campaign_answer::done);
    for (auto now = ten; now < ten + 10min; now += 10s) {
        (void)go_on(now);
        judge(now);
    }
    for (const auto& [client, times] : heard) EXPECT_EQ(times, 1) << client;
    for (auto now = ten + 24h; now < ten + 24h + 10min; now += 10s) {
        (void)go_on(now);
        judge(now);
    }
    for (const auto& [client, times] : heard) EXPECT_EQ(times, 2) << client;
}

}  // namespace
}  // namespace tertulia::gateway
