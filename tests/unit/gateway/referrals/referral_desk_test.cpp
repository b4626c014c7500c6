// Whoever changes the portfolio, a referral moves by it once, and its referrer's conversation has it
// once, however often the gateway starts.

#include "gateway/referrals/referral_desk.hpp"

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

constexpr instant monday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 16h;

struct referral_desk_test : testing::Test {
    referral_desk_test() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        kept = std::make_unique<sqlite_store>(sqlite_settings{.path = path()});
        books = open_portfolio(path());
        rosa = hears("+50255550101", dialogs::note_referrer{.code = "HR4CCQ"});
        (void)hears(
            "+50255550102",
            dialogs::note_referral{
                .number = "R2",
                .what = "consented",
                .code = "HR4CCQ",
                .by = rosa,
                .terms = {.version = 1, .amount = {10'000, {}}, .steps = {{0, 50}, {1, 50}}}}
        );
    }
    ~referral_desk_test() override {
        kept.reset();
        books.reset();
        std::filesystem::remove_all(folder);
    }
    [[nodiscard]] std::string path() const { return (folder / "tertulia.db").string(); }
    party_id hears(const std::string& phone, dialogs::effect what) {
        incoming one{
            .id = identify({phone}),
            .stamped = monday,
            .from = {{identity_kind::phone, phone}},
            .what = dialogs::heard{}};
        const auto party = kept->open(std::span{&one, 1}).front().party;
        batch made;
        made.turns.push_back(
            {.id = one.id, .stamped = monday, .party = party, .now = monday, .what = one.what}
        );
        made.turns.back().effects.push_back(std::move(what));
        kept->commit(made);
        return party;
    }
    void changes(const std::string& sql) {
        books->exec(sql + "; UPDATE portfolio SET version = version + 1");
    }
    void pays_out() {
        changes(
            "INSERT OR IGNORE INTO client_phones VALUES ('+50255550102', 'C2'); "
            "INSERT INTO loans(id, client_id, group_id, product, status, cycle, currency, principal, "
            "disbursed_on, matures_on) VALUES ('L2', 'C2', '', 'Micro', 'active', 1, 'GTQ', 100, "
            "'2026-11-25', ''); INSERT INTO instalments VALUES ('L2', 1, '2026-12-01', 10, 10, 0, '')"
        );
    }
    // Until the ledger says so, or a while is over; what conversations are told is kept.
    bool comes_to(inbox& box, const std::function<bool()>& there) {
        const auto until = std::chrono::steady_clock::now() + 5s;
        while (std::chrono::steady_clock::now() < until) {
            serve(box);
            if (there()) return true;
        }
        return false;
    }
    void serve(inbox& box) {
        auto taken = box.take(std::chrono::steady_clock::now() + 10ms, 100);
        for (auto& errand : taken.errands) errand(*kept);
        for (auto& one : taken.occurrences) told.push_back(std::move(one));
    }
    [[nodiscard]] referral_state state() { return kept->referrals().find("R2")->state; }
    std::unique_ptr<referral_desk> desk(inbox& box) {
        auto made = std::make_unique<referral_desk>(
            path(), kept->referrals(), box, 5ms,
            std::move(*dialogs::local_calendar::make("America/Guatemala")), [] { return monday + 48h; }
        );
        made->start();
        return made;
    }

    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("tertulia-referrals-" + std::to_string(getpid()));
    std::unique_ptr<sqlite_store> kept;
    std::unique_ptr<SQLite::Database> books;
    party_id rosa{};
    std::vector<occurrence> told;
};

TEST_F(referral_desk_test, a_loan_earns_and_so_does_the_instalment_each_once) {
    inbox box{100};
    const auto at_work = desk(box);
    pays_out();
    ASSERT_TRUE(comes_to(box, [&] { return state() == referral_state::earned; }));
    ASSERT_TRUE(comes_to(box, [&] { return !told.empty(); }));
    EXPECT_EQ(told[0].party, rosa);
    EXPECT_EQ(std::get<dialogs::happened>(told[0].what).what, "referral_news");
    changes("UPDATE instalments SET paid = 10, met_on = '2026-12-01'");
    ASSERT_TRUE(comes_to(box, [&] { return kept->referrals().commissions("R2").size() == 2; }));
    changes("UPDATE instalments SET paid = 10");
    for (int i = 0; i < 20; ++i) serve(box);
    EXPECT_EQ(kept->referrals().commissions("R2").size(), 2U);
    at_work->stop();
}

TEST_F(referral_desk_test, what_was_not_committed_is_told_again_as_the_same) {
    pays_out();
    {
        inbox box{100};
        const auto at_work = desk(box);
        ASSERT_TRUE(comes_to(box, [&] { return !told.empty(); }));
        at_work->stop();
        for (int i = 0; i < 5; ++i) serve(box);
    }
    const auto first = told.front();
    told.clear();
    kept.reset();
    kept = std::make_unique<sqlite_store>(sqlite_settings{.path = path()});
    inbox box{100};
    const auto at_work = desk(box);
    ASSERT_TRUE(comes_to(box, [&] { return !told.empty(); }));
    EXPECT_EQ(told.front().id, first.id);
    EXPECT_EQ(told.front().stamped, first.stamped);
    told.front().done();
    EXPECT_TRUE(kept->referrals().untold(10).empty());
    at_work->stop();
}

TEST_F(referral_desk_test, what_is_paid_is_told_when_somebody_pokes) {
    inbox box{100};
    const auto at_work = desk(box);
    pays_out();
    ASSERT_TRUE(comes_to(box, [&] { return !told.empty(); }));
    for (auto& one : told) one.done();
    const auto before = told.size();
    (void)kept->referrals().pay({.number = "R2", .reference = "recibo 1", .by = "Ana", .at = monday});
    at_work->poke();
    ASSERT_TRUE(comes_to(box, [&] { return told.size() > before; }));
    EXPECT_NE(told.back().id, told.front().id);
    at_work->stop();
}

}  // namespace
}  // namespace tertulia::gateway
