// A loan that changes is news for one conversation, once, whoever changed it and however often the
// gateway starts.

#include "gateway/applications/portfolio_news.hpp"

#include "gateway/portfolio/schema.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <unistd.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

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
    portfolio_news news{path(), box, 10ms};
    news.start();
    auto all = brought(box, 2);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].party, rosa);
    EXPECT_EQ(std::get<dialogs::happened>(all[0].what).what, "loan_status_changed");
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
        portfolio_news news{path(), box, 10ms};
        news.start();
        const auto all = brought(box, 1);
        ASSERT_EQ(all.size(), 1U);
        first = all[0].id;
        news.stop();
    }
    inbox box{100};
    portfolio_news news{path(), box, 10ms};
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
    portfolio_news news{path(), box, 10ms};
    news.start();
    EXPECT_TRUE(brought(box, 0).empty());
    EXPECT_EQ(waiting(), 0);
    news.stop();
}

TEST_F(portfolio_news_test, a_payment_is_news_once_and_the_first_books_are_none) {
    add("L1", "C1", "");
    const auto pay = [&](const std::string& id, int reversed = 0) {
        books->exec(
            "INSERT INTO payments(id, loan_id, paid_on, amount, place, reversed) VALUES ('" + id +
            "', 'L1', '2026-11-23', 100, '', " + std::to_string(reversed) + ")"
        );
    };
    pay("old");
    EXPECT_EQ(waiting(), 0) << "it was there before anybody wrote";
    books->exec("UPDATE portfolio SET as_of = 1");
    pay("taken back", 1);
    EXPECT_EQ(waiting(), 0);
    pay("new");
    books->exec("UPDATE payments SET place = 'Banco' WHERE id = 'new'");
    inbox box{100};
    portfolio_news news{path(), box, 10ms};
    news.start();
    const auto all = brought(box, 1);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].party, rosa);
    EXPECT_EQ(std::get<dialogs::happened>(all[0].what).what, "payment_received");
    news.stop();
}

}  // namespace
}  // namespace tertulia::gateway
