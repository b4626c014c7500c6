// What the forecast reads of the database: what was said, decided, promised and told before.

#include "gateway/nudges/preview.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "gateway/nudges/open_plan.hpp"
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

constexpr civil_date a_tuesday = std::chrono::year{2026} / 11 / 24;

// A client who wrote by WhatsApp, with a loan due every week from tomorrow on.
class preview_test : public testing::Test {
protected:
    preview_test() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        books = open_plan((folder / "tertulia.db").string());
        books->exec("UPDATE portfolio SET as_of = 1");
        rules.law = rules.ours = dialogs::opening_hours::parse("Mo-Fr 08:00-18:00; Sa 08:00-12:00");
        rules.policies.push_back({.name = "repayment", .counts_from = nudge_anchor::instalment});
        rules.policies.back().segments.push_back(
            {.name = "all",
             .holds = {},
             .steps = {{.day = -1, .begins = "thanks", .task = {}}, {.day = 3, .begins = {}, .task = "call"}}}
        );
        books->exec(
            "INSERT INTO clients(id, first_name, last_name, courtesy, phones, language, maturity, status, "
            "branch_id, officer_id, group_id, village, met_officer) VALUES ('C1', 'Ana', '', '', "
            "'+50255550101', 'es', 'emerger', 'active', '', '', '', '', 1);"
            "INSERT INTO client_phones VALUES ('+50255550101', 'C1');"
            "INSERT INTO identities(kind, value, party) VALUES (1, '50255550101', 1);"
            "INSERT INTO loans(id, client_id, group_id, product, status, cycle, currency, principal, "
            "disbursed_on, matures_on) VALUES ('L1', 'C1', '', 'Micro', 'active', 2, 'GTQ', 100000, "
            "'2026-11-01', '2027-01-01');"
            "INSERT INTO nudge_subjects(id, loan_id, client_id) VALUES (7, 'L1', 'C1')"
        );
        for (int i = 0; i < 4; ++i) {
            books->exec(
                "INSERT INTO instalments VALUES ('L1', " + std::to_string(i + 1) + ", '" +
                iso_date(plus_days(a_tuesday, 1 + 7 * i)) + "', 1000, 900, 0, '')"
            );
        }
    }
    ~preview_test() override {
        books.reset();
        std::filesystem::remove_all(folder);
    }

    void tells(const char* kind, const std::string& detail, int id = 1) {
        books->exec(
            "INSERT INTO records(id, seq, party, at, kind, detail) VALUES (" + std::to_string(id) +
            ", 1, 1, " + std::to_string(to_millis(now)) + ", '" + kind + "', '" + detail + "')"
        );
    }
    // The row of the step of the day before the first instalment.
    void decides(int state, const char* reason = "", int party = 1) {
        const auto id = nudge_id(
            {.day = day_number(a_tuesday), .subject = 7, .policy = nudge_anchor::instalment, .step = -1}
        );
        books->exec(
            "INSERT OR REPLACE INTO nudges(id, segment, anchor, instalment, due, state, reason, numbers, "
            "dialog, decided, party) VALUES (" + std::to_string(id) + ", 'all', " +
            std::to_string(day_number(plus_days(a_tuesday, 1))) + ", 1, 0, " + std::to_string(state) + ", '" +
            reason + "', 'whatsapp', '" + (state == 1 ? "thanks" : "") + "', " +
            std::to_string(to_millis(now)) + ", " + std::to_string(party) + ")"
        );
    }
    // "2026-11-24 thanks", "… (hardship)", of so many days.
    std::vector<std::string> in(int days, const std::string& client = "") {
        std::vector<std::string> all;
        const plan_rules by{
            .rules = rules, .when = when, .version = "v1", .today = a_tuesday, .now = now, .steps = {}};
        whole = preview_of(*books, by, days, client, reached_as::it_is, [&](const preview_line& one) {
            auto line = iso_date(one.on) + " " + (one.dialog.empty() ? "task" : one.dialog);
            all.push_back(line + (one.kept_by.empty() ? "" : " (" + one.kept_by + ")"));
        });
        return all;
    }

    std::filesystem::path folder{
        std::filesystem::temp_directory_path() / ("tertulia_preview_" + std::to_string(::getpid()))};
    dialogs::nudge_rules rules{.limits = {.a_day = 1, .a_week = 3}};
    dialogs::local_calendar calendar{*dialogs::local_calendar::make("America/Guatemala")};
    dialogs::contact_calendar when{
        rules.law.emplace(*dialogs::opening_hours::parse("Mo-Su 08:00-18:00")),
        rules.ours.emplace(*dialogs::opening_hours::parse("Mo-Su 08:00-18:00")), {}, calendar};
    instant now{instant{std::chrono::sys_days{a_tuesday}} + 16h};
    std::unique_ptr<SQLite::Database> books;
    preview whole{};
};

TEST_F(preview_test, what_was_sent_or_refused_today_is_not_to_come) {
    EXPECT_THAT(in(8), ElementsAre("2026-11-24 thanks", "2026-12-01 thanks"));
    EXPECT_EQ(whole.whole().messages, 2);
    decides(0);
    EXPECT_THAT(in(8), ElementsAre("2026-11-24 thanks", "2026-12-01 thanks")) << "it waits";
    for (const int state : {1, 2}) {
        decides(state, state == 2 ? "promised" : "");
        EXPECT_THAT(in(8), ElementsAre("2026-12-01 thanks"));
        EXPECT_THAT(in(8, "C1"), ElementsAre("2026-12-01 thanks"));
        EXPECT_THAT(in(8, "C2"), ElementsAre());
    }
    decides(2, "paid", 0);
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks")) << "the payment was taken back";
}

TEST_F(preview_test, what_was_said_counts_for_the_limits) {
    rules.limits.a_week = 1;
    EXPECT_THAT(in(8), ElementsAre("2026-11-24 thanks", "2026-12-01 thanks"));
    tells("touched", "whatsapp C1");
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks (cap_of_day)"));
    books->exec("UPDATE records SET detail = 'whatsapp C9'");
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks"));
}

TEST_F(preview_test, a_promise_holds_to_its_day_whatever_else_is_recorded) {
    tells("quiet", "promise");
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks")) << "it is over, and she has not written since";
    books->exec("INSERT INTO promises VALUES ('L1', '2026-11-28', 'C1', 1, 0, 0, 0)");
    EXPECT_THAT(in(8), ElementsAre("2026-11-24 thanks (promised)", "2026-12-01 thanks"));
    books->exec("UPDATE promises SET state = 3");
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks"));
}

TEST_F(preview_test, a_claim_holds_for_the_days_in_which_a_payment_shows) {
    tells("payment_claim", "P1-1|open|L1|100 GTQ|2026-11-23|||");
    EXPECT_THAT(in(8), ElementsAre("2026-11-24 thanks (says_she_paid)", "2026-12-01 thanks"));
    tells("payment_claim", "P1-1|seen|L1|100 GTQ|2026-11-23|||", 2);
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks"));
    tells("payment_claim", "P1-2", 3);
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks")) << "half a record is none";
}

TEST_F(preview_test, hardship_holds_to_its_day_or_as_long_as_somebody_works_on_it) {
    tells("hardship", "later|2026-12-01|17-2");
    EXPECT_THAT(
        in(15),
        ElementsAre("2026-11-24 thanks (hardship)", "2026-12-01 thanks (hardship)", "2026-12-08 thanks")
    );
    tells("hardship", "later|2026-11-20|17-2", 2);
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks"));
    books->exec(
        "INSERT INTO cases VALUES ('17-2', 1, 1, 'hardship', 1, 'support', '', 0, 0, 0, x'')"
    );
    EXPECT_THAT(in(15), ElementsAre("2026-11-24 thanks (hardship)", "2026-12-01 thanks (hardship)", "2026-12-08 thanks"));
    books->exec("UPDATE cases SET state = 4");
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks"));
}

TEST_F(preview_test, an_open_complaint_holds_for_a_week_and_no_messages_for_ever) {
    tells("quiet", "dispute");
    EXPECT_THAT(
        in(15),
        ElementsAre("2026-11-24 thanks (dispute)", "2026-12-01 thanks (dispute)", "2026-12-08 thanks")
    );
    tells("quiet", "", 2);
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks"));
    tells("opt_out", "", 3);
    EXPECT_THAT(in(8), ElementsAre("2026-11-24 thanks (opted_out)", "2026-12-01 thanks (opted_out)"));
    EXPECT_EQ(whole.whole(), (preview_counts{.messages = 0, .kept = 2, .tasks = 0}));
    tells("opt_in", "", 4);
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks"));
}

TEST_F(preview_test, what_she_prefers_holds_a_pause_to_its_day) {
    tells("preference", "pause=2026-12-02 asked", 1);
    EXPECT_THAT(
        in(15),
        ElementsAre("2026-11-24 thanks (paused)", "2026-12-01 thanks (paused)", "2026-12-08 thanks")
    );
    tells("preference", "pause=any asked", 2);
    tells("preference", "reminders=less asked", 3);
    tells("preference", "reminders", 4);  // not as it is written
    EXPECT_THAT(in(15), testing::Each(testing::HasSubstr("(wants_no_reminder)")));
}

TEST_F(preview_test, what_is_late_has_its_task_also_where_nothing_may_be_said) {
    books->exec("UPDATE instalments SET due = '2026-11-22' WHERE number = 1; DELETE FROM identities");
    EXPECT_THAT(in(2), ElementsAre("2026-11-25 task"));
    EXPECT_EQ(whole.whole().tasks, 1);
    books->exec("INSERT INTO promises VALUES ('L1', '2026-11-28', 'C1', 1, 0, 0, 0)");
    EXPECT_THAT(in(2), ElementsAre("2026-11-25 task (promised)"));
    EXPECT_EQ(whole.whole().tasks, 0);
}

}  // namespace
}  // namespace tertulia::gateway
