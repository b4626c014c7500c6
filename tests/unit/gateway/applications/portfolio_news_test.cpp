// A loan that changes is news for one conversation, once, whoever changed it and however often the
// gateway starts.

#include "gateway/applications/portfolio_news.hpp"

#include "gateway/applications/renewals.hpp"
#include "gateway/portfolio/schema.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <unistd.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

constexpr instant monday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 16h;

dialogs::local_calendar guatemala() {
    return std::move(*dialogs::local_calendar::make("America/Guatemala"));
}

struct portfolio_news_test : testing::Test {
    portfolio_news_test() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        kept = std::make_unique<sqlite_store>(sqlite_settings{.path = path()});
        books = open_portfolio(path());
        books->exec("INSERT INTO client_phones VALUES ('+50255550101', 'C1'), ('+50255550102', 'C2')");
        // Rosa has written to us; C2 never has.
        incoming hello{
            .id = identify({"hello"}),
            .stamped = instant{} + 24h,
            .from = {{identity_kind::phone, "+50255550101"}},
            .what = dialogs::heard{}};
        rosa = kept->open(std::span{&hello, 1}).front().party;
        batch first;
        first.turns.push_back(
            {.id = hello.id, .stamped = hello.stamped, .party = rosa, .now = hello.stamped, .what = hello.what}
        );
        kept->commit(first);
    }
    ~portfolio_news_test() override {
        kept.reset();
        books.reset();
        std::filesystem::remove_all(folder);
    }
    [[nodiscard]] std::string path() const { return (folder / "tertulia.db").string(); }
    void add(const std::string& id, const std::string& client, const std::string& application) {
        books->exec(
            "INSERT INTO loans(id, client_id, group_id, product, status, cycle, currency, principal, "
            "disbursed_on, matures_on, application) VALUES ('" + id + "', '" + client +
            "', '', 'Micro', 'submitted', 1, 'GTQ', 100, '', '', '" + application + "')"
        );
    }
    void becomes(const std::string& id, const std::string& status) {
        books->exec("UPDATE loans SET status = '" + status + "' WHERE id = '" + id + "'");
    }
    [[nodiscard]] int waiting() {
        return books->execAndGet("SELECT count(*) FROM portfolio_news").getInt();
    }
    // What comes to the writer within a while; errands are done.
    std::vector<occurrence> brought(inbox& box, std::size_t count) {
        std::vector<occurrence> all;
        const auto until = std::chrono::steady_clock::now() + (count == 0 ? 300ms : 5s);
        while (std::chrono::steady_clock::now() < until && (count == 0 || all.size() < count)) {
            auto taken = box.take(std::chrono::steady_clock::now() + 20ms, 100);
            for (auto& errand : taken.errands) errand(*kept);
            for (auto& one : taken.occurrences) all.push_back(std::move(one));
        }
        return all;
    }

    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("tertulia-news-" + std::to_string(getpid()));
    std::unique_ptr<sqlite_store> kept;
    std::unique_ptr<SQLite::Database> books;
    party_id rosa{};
};

TEST_F(portfolio_news_test, a_change_of_status_is_brought_once) {
    add("L1", "C1", "gw-A1-1");
    becomes("L1", "submitted");  // no change
    becomes("L1", "approved");
    inbox box{100};
    portfolio_news news{path(), box, 10ms, guatemala(), [] { return monday; }};
    news.start();
    auto all = brought(box, 2);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].party, rosa);
    EXPECT_EQ(all[0].what.what, "loan_status_changed");
    EXPECT_NE(all[0].id, all[1].id);
    EXPECT_EQ(waiting(), 2) << "until her conversation has it";
    for (auto& one : all) one.done();
    EXPECT_TRUE(brought(box, 0).empty());
    EXPECT_EQ(waiting(), 0);
    news.stop();
}

TEST_F(portfolio_news_test, what_was_not_committed_comes_again_as_the_same) {
    add("L1", "C1", "gw-A1-1");
    event_identity first{};
    {
        inbox box{100};
        portfolio_news news{path(), box, 10ms, guatemala(), [] { return monday; }};
        news.start();
        const auto all = brought(box, 1);
        ASSERT_EQ(all.size(), 1U);
        first = all[0].id;
        news.stop();
    }
    inbox box{100};
    portfolio_news news{path(), box, 10ms, guatemala(), [] { return monday; }};
    news.start();
    const auto again = brought(box, 1);
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].id, first);
    news.stop();
}

TEST_F(portfolio_news_test, who_never_wrote_is_told_nothing_and_others_loans_are_no_news) {
    add("L2", "C2", "gw-A9-1");
    add("L3", "C1", "");  // asked for elsewhere: not news until it changes
    inbox box{100};
    portfolio_news news{path(), box, 10ms, guatemala(), [] { return monday; }};
    news.start();
    EXPECT_TRUE(brought(box, 0).empty());
    EXPECT_EQ(waiting(), 0);
    news.stop();
}

// ---- renewals

struct renewals_test : portfolio_news_test {
    renewals ends{*books};
    civil_date today{std::chrono::year{2026} / 11 / 23};

    void ends_on(const std::string& id, const std::string& client, const std::string& day) {
        add(id, client, "");
        books->exec(
            "UPDATE loans SET status = 'active', matures_on = '" + day + "' WHERE id = '" + id + "'"
        );
        books->exec("DELETE FROM portfolio_news");
    }
    std::string reason(const std::string& id, int days) {
        const auto found = books->execAndGet(
            "SELECT ifnull((SELECT reason || '.' FROM renewals WHERE loan_id = '" + id +
            "' AND days = " + std::to_string(days) + "), 'no row')"
        );
        return found.getString();
    }
};

TEST_F(renewals_test, row_O_every_loan_that_comes_to_a_step_has_its_row_once) {
    ends_on("L1", "C1", "2026-12-23");  // thirty days
    ends_on("L2", "C1", "2026-12-24");
    EXPECT_EQ(ends.note(today, monday), 1U);
    EXPECT_EQ(reason("L1", 30), ".");
    EXPECT_EQ(reason("L2", 30), "no row");
    EXPECT_EQ(waiting(), 1);
    EXPECT_EQ(ends.note(today, monday), 0U) << "the same day again";
    EXPECT_EQ(ends.note(plus_days(today, 15), monday), 1U) << "L2, whose step was missed";
    EXPECT_EQ(ends.note(plus_days(today, 16), monday), 1U) << "L1 at fourteen days";
    EXPECT_EQ(ends.note(plus_days(today, 27), monday), 2U) << "L2 at fourteen, late, too";
    EXPECT_EQ(reason("L1", 3), ".");
    EXPECT_EQ(ends.note(plus_days(today, 30), monday), 1U) << "L2 at three";
    EXPECT_EQ(ends.note(plus_days(today, 40), monday), 0U) << "both have ended";
}

TEST_F(renewals_test, row_O_steps_that_were_missed_are_one) {
    ends_on("L1", "C1", "2026-11-25");
    EXPECT_EQ(ends.note(today, monday), 1U);
    EXPECT_EQ(reason("L1", 3), ".");
    EXPECT_EQ(reason("L1", 30), "no row");
    EXPECT_EQ(waiting(), 1);
}

TEST_F(renewals_test, row_O_who_is_late_or_wants_silence_is_told_nothing_and_it_is_noted_why) {
    ends_on("L1", "C1", "2026-12-01");
    books->exec("INSERT INTO instalments VALUES ('L1', 1, '2026-11-22', 100, 100, 50, '')");
    EXPECT_EQ(ends.note(today, monday), 1U);
    EXPECT_EQ(reason("L1", 14), "late.");
    books->exec("UPDATE instalments SET paid = 100");
    books->exec(
        "INSERT INTO records(seq, party, at, kind, detail) VALUES (1, " + std::to_string(rosa.value) +
        ", 0, 'opt_out', '')"
    );
    EXPECT_EQ(ends.note(plus_days(today, 5), monday), 1U);
    EXPECT_EQ(reason("L1", 3), "opted_out.");
    EXPECT_EQ(waiting(), 0);
}

}  // namespace
}  // namespace tertulia::gateway
