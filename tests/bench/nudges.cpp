// What it costs to plan a day of nudges for many loans, beside the bare INSERT … SELECT of as many rows,
// to plan anew for one payment, and what whoever writes meanwhile notices of it.
//   nudges [--loans 1000000] [--rounds 3] [--file /tmp/nudges_bench.db]
// One object of JSON. Each round is on a file made anew, the sides in turn.

#include "dialogs/facts/iso_date.hpp"
#include "gateway/nudges/open_plan.hpp"
#include "gateway/nudges/plan_book.hpp"
#include "gateway/store/nudge_id.hpp"

#include <CLI/CLI.hpp>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace tertulia;
using namespace tertulia::gateway;
using clock_type = std::chrono::steady_clock;

constexpr civil_date today = std::chrono::year{2026} / 11 / 24;
constexpr int days_of_dues = 30;  // the next due days lie within so many

double ms_since(clock_type::time_point from) {
    return std::chrono::duration<double, std::milli>(clock_type::now() - from).count();
}
double median(std::vector<double> of) {
    std::ranges::sort(of);
    return of[of.size() / 2];
}

dialogs::nudge_rules rules_of_bench() {
    dialogs::nudge_rules made;
    made.law = dialogs::opening_hours::parse("Mo-Fr 08:00-18:00; Sa 08:00-12:00");
    made.ours = made.law;
    dialogs::nudge_policy policy{.name = "repayment"};
    const auto segment = [&](const char* name, std::vector<int> days) {
        dialogs::nudge_segment one{.name = name};
        for (const int day : days) one.steps.push_back({.day = day, .begins = "reminder", .task = {}});
        policy.segments.push_back(std::move(one));
    };
    segment("at_risk", {-7, 1, 7, 15, 30});
    segment("frequent", {-7, -1, 1, 3, 7, 15, 30});
    segment("occasional", {-3, 0, 1, 3, 7, 15, 30});
    segment("new", {-7, -1, 1, 3, 7, 15, 30});
    segment("reliable", {-1, 3, 7, 15});
    made.policies.push_back(std::move(policy));
    return made;
}

// So many loans as they stand: most are never late, and most of what is due lies ahead.
void fill(SQLite::Database& books, std::size_t loans) {
    std::mt19937_64 chance{42};
    SQLite::Transaction transaction{books};
    SQLite::Statement add{
        books,
        "INSERT INTO nudge_subjects(loan_id, client_id, segment, anchor, instalment, until) "
        "VALUES (?, ?, ?, ?, ?, ?)"};
    constexpr std::array names{"reliable", "reliable", "reliable",   "reliable",   "reliable",
                               "new",      "new",      "occasional", "occasional", "frequent"};
    const auto zero = day_number(today);
    for (std::size_t i = 0; i < loans; ++i) {
        const bool late = chance() % 10 == 0;
        const int away = static_cast<int>(chance() % days_of_dues);
        const int anchor = zero + (late ? -away - 1 : away);
        const auto* name = late && chance() % 4 == 0 ? "at_risk" : names[chance() % names.size()];
        const auto id = std::to_string(i);
        add.bind(1, "L" + id);
        add.bind(2, "C" + id);
        add.bind(3, name);
        add.bind(4, anchor);
        add.bind(5, 1 + static_cast<int>(chance() % 12));
        add.bind(6, anchor + 30);
        add.exec();
        add.reset();
    }
    transaction.commit();
    books.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

// As many rows as the plan of the day has, by one statement over the same index: what the disk and
// SQLite cost by themselves.
double bare(SQLite::Database& books, std::size_t& made) {
    books.exec("DROP TABLE IF EXISTS bare");
    books.exec("CREATE TABLE bare(subject INTEGER, anchor INTEGER, step INTEGER, PRIMARY KEY "
               "(subject, anchor, step)) WITHOUT ROWID");
    const auto zero = std::to_string(day_number(today));
    const auto from = clock_type::now();
    SQLite::Transaction transaction{books, SQLite::TransactionBehavior::IMMEDIATE};
    made = static_cast<std::size_t>(books.exec(
        "INSERT OR IGNORE INTO bare SELECT id, anchor, " + zero +
        " - anchor FROM nudge_subjects WHERE loan_id <> '' AND ("
        "(segment = 'reliable' AND anchor IN (" + zero + " + 1, " + zero + " - 3, " + zero + " - 7, " + zero + " - 15)) OR "
        "(segment IN ('new', 'frequent') AND anchor IN (" + zero + " + 7, " + zero + " + 1, " + zero + " - 1, " + zero +
        " - 3, " + zero + " - 7, " + zero + " - 15, " + zero + " - 30)) OR "
        "(segment IN ('occasional', 'at_risk') AND anchor IN (" + zero + " + 7, " + zero + " + 3, " + zero + ", " + zero +
        " - 1, " + zero + " - 3, " + zero + " - 7, " + zero + " - 15, " + zero + " - 30)))"
    ));
    transaction.commit();
    return ms_since(from);
}

// One client with a loan of 24 instalments who pays one of them.
double one_payment(SQLite::Database& books, plan_book& book, const plan_rules& by, int rounds) {
    books.exec(
        "INSERT INTO loans(id, client_id, group_id, product, status, cycle, currency, principal, "
        "disbursed_on, matures_on) VALUES ('P1', 'CP1', '', 'Micro', 'active', 1, 'GTQ', 1, "
        "'2026-01-01', '2028-01-01')"
    );
    for (int i = 1; i <= 24; ++i) {
        books.exec(
            "INSERT INTO instalments VALUES ('P1', " + std::to_string(i) + ", '" +
            iso_date(plus_days(today, 28 * (i - 10) + 1)) + "', 1000, 900, " +
            (i < 10 ? "1000" : "0") + ", '')"
        );
    }
    while (book.take_changes(by, 100) > 0) {
    }
    std::vector<double> all;
    for (int i = 0; i < rounds; ++i) {
        books.exec("UPDATE instalments SET paid = 1000 - paid WHERE loan_id = 'P1' AND number = 10");
        const auto from = clock_type::now();
        (void)book.take_changes(by, 100);
        all.push_back(ms_since(from));
    }
    return median(all);
}

// Turns of people who write: rows of that size, one commit each, so many a second, from a connection of
// its own, as the executor has. How long each took from when it was wanted.
class live_turns {
public:
    explicit live_turns(const std::string& file) : books_{open_plan(file)} {
        books_->exec("PRAGMA wal_autocheckpoint = 0");  // as the executor's store
        books_->exec("CREATE TABLE IF NOT EXISTS live(id INTEGER PRIMARY KEY, body BLOB)");
        thread_ = std::thread{[this] { run(); }};
    }
    ~live_turns() { (void)stop(); }
    live_turns(const live_turns&) = delete;
    live_turns& operator=(const live_turns&) = delete;

    // The 99th percentile, in milliseconds.
    double stop() {
        stopping_ = true;
        if (thread_.joinable()) thread_.join();
        std::ranges::sort(took_);
        return took_.empty() ? 0 : took_[took_.size() * 99 / 100];
    }

private:
    static constexpr auto apart = std::chrono::milliseconds{4};

    void run() {
        SQLite::Statement add{*books_, "INSERT INTO live(body) VALUES (zeroblob(4096))"};
        for (auto wanted = clock_type::now(); !stopping_; wanted += apart) {
            std::this_thread::sleep_until(wanted);
            SQLite::Transaction one{*books_, SQLite::TransactionBehavior::IMMEDIATE};
            add.exec();
            add.reset();
            one.commit();
            took_.push_back(ms_since(wanted));
        }
    }

    std::unique_ptr<SQLite::Database> books_;
    std::vector<double> took_{};
    std::atomic<bool> stopping_{};
    std::thread thread_{};
};

// As the desk plans: other people's turns come in between slices.
struct disturbance {
    double before{};
    double meanwhile{};
    double plan{};
};
disturbance plan_beside_live_turns(
    const std::string& file, plan_book& book, const plan_rules& by
) {
    disturbance seen;
    {
        live_turns alone{file};
        std::this_thread::sleep_for(std::chrono::seconds{1});
        seen.before = alone.stop();
    }
    live_turns beside{file};
    const auto from = clock_type::now();
    (void)book.plan_day(by, [] { std::this_thread::sleep_for(plan_breath); });
    seen.plan = ms_since(from);
    seen.meanwhile = beside.stop();
    return seen;
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t loans = 1'000'000;
    int rounds = 3;
    std::string file = "/tmp/nudges_bench.db";
    CLI::App line{"plan a day of nudges"};
    line.add_option("--loans", loans);
    line.add_option("--rounds", rounds);
    line.add_option("--file", file);
    CLI11_PARSE(line, argc, argv);

    const auto rules = rules_of_bench();
    const auto calendar = *dialogs::local_calendar::make("America/Guatemala");
    const std::vector<civil_date> holidays;
    const dialogs::contact_calendar when{*rules.law, *rules.ours, holidays, calendar};
    const auto steps = steps_of_day(rules, today, when);
    const plan_rules by{
        .rules = rules,
        .when = when,
        .version = "bench",
        .today = today,
        .now = instant{std::chrono::sys_days{today}} + std::chrono::hours{12},
        .steps = steps};
    std::vector<double> bares;
    std::vector<double> plans;
    std::vector<double> again;
    std::vector<double> payments;
    std::vector<double> live_before;
    std::vector<double> live_meanwhile;
    std::vector<double> plans_beside;
    std::size_t rows = 0;
    std::size_t bare_rows = 0;
    for (int i = 0; i < rounds; ++i) {
        for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
        auto books = open_plan(file);
        books->exec("PRAGMA cache_size = -262144");
        fill(*books, loans);
        plan_book book{*books};
        bares.push_back(bare(*books, bare_rows));
        books->exec("PRAGMA wal_checkpoint(TRUNCATE)");
        auto from = clock_type::now();
        rows = book.plan_day(by, [] {});
        plans.push_back(ms_since(from));
        from = clock_type::now();
        (void)book.plan_day(by, [] {});
        again.push_back(ms_since(from));
        payments.push_back(one_payment(*books, book, by, 200));
        books->exec("DELETE FROM nudges");
        books->exec("PRAGMA wal_checkpoint(TRUNCATE)");
        const auto live = plan_beside_live_turns(file, book, by);
        live_before.push_back(live.before);
        live_meanwhile.push_back(live.meanwhile);
        plans_beside.push_back(live.plan);
    }
    for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
    const auto each = [&](double ms, std::size_t of) { return ms / static_cast<double>(of) * 1000; };
    std::cout << "{\"loans\": " << loans << ", \"nudges\": " << rows << ", \"plan_ms\": " << median(plans)
              << ", \"bare_rows\": " << bare_rows << ", \"bare_ms\": " << median(bares)
              << ", \"each_us\": " << each(median(plans), rows)
              << ", \"bare_each_us\": " << each(median(bares), bare_rows)
              << ", \"ratio\": " << median(plans) / median(bares)
              << ", \"ratio_each\": " << each(median(plans), rows) / each(median(bares), bare_rows)
              << ", \"live_p99_ms\": " << median(live_before)
              << ", \"live_p99_while_planning_ms\": " << median(live_meanwhile)
              << ", \"live_ratio\": " << median(live_meanwhile) / median(live_before)
              << ", \"plan_beside_ms\": " << median(plans_beside)
              << ", \"again_ms\": " << median(again) << ", \"payment_ms\": " << median(payments) << "}\n";
}
