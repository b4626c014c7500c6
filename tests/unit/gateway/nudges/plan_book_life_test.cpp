// Six weeks of a small portfolio through the plan in a real database: payments at any hour, also taken
// back, restarts between any two looks, feasts. Beside it a naive calendar that knows nothing of standings
// or rows: nothing due is lost, nothing comes twice, and nothing is said of what is paid.

#include "gateway/nudges/plan_book.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "gateway/nudges/open_plan.hpp"
#include "gateway/store/nudge_id.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <vector>
#include <unistd.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

constexpr civil_date first_day = std::chrono::year{2026} / 11 / 2;
constexpr int life_days = 42;
constexpr int life_loans = 12;
constexpr int instalments_each = 7;
constexpr std::array ladder{-3, -1, 1, 3};

struct said_step {
    int loan{};
    int instalment{};
    int step{};
    auto operator<=>(const said_step&) const = default;
};

class plan_life {
public:
    explicit plan_life(unsigned seed)
        : random_{seed},
          folder_{
              std::filesystem::temp_directory_path() /
              ("plan_life_" + std::to_string(::getpid()) + "_" + std::to_string(seed))} {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        rules_.law = rules_.ours = hours_;
        dialogs::nudge_policy policy{.name = "repayment", .counts_from = dialogs::nudge_anchor::instalment};
        policy.segments.push_back({.name = "all", .holds = {}, .steps = {}});
        for (const int day : ladder) {
            policy.segments.front().steps.push_back(
                {.day = day, .begins = day == 3 ? "" : "reminder", .task = day == 3 ? "call" : ""}
            );
        }
        rules_.policies.push_back(std::move(policy));
        restart();
        for (int loan = 0; loan < life_loans; ++loan) lend(loan);
    }
    ~plan_life() {
        book_.reset();
        books_.reset();
        std::filesystem::remove_all(folder_);
    }

    void live() {
        for (int i = 0; i < life_days; ++i) {
            const auto day = plus_days(first_day, i);
            look(day, 7);
            nothing_is_lost(day);
            for (const int hour : {9, 11, 14, 17}) {
                pay_some(day);
                look(day, hour);
                hand_on(day, hour);
                nothing_is_lost(day);
            }
            // All of the day has had its turn by then.
            for (const auto& one : due_today(day)) EXPECT_TRUE(seen_.contains(one)) << iso_date(day);
        }
        EXPECT_GT(seen_.size(), 60U);
    }

private:
    [[nodiscard]] bool chance(int of_hundred) {
        return std::uniform_int_distribution{0, 99}(random_) < of_hundred;
    }
    void restart() {
        book_.reset();
        books_ = open_plan((folder_ / "tertulia.db").string());
        books_->exec("PRAGMA synchronous = OFF");
        book_ = std::make_unique<plan_book>(*books_);
    }
    void lend(int loan) {
        const auto id = std::to_string(loan);
        books_->exec(
            "INSERT INTO clients(id, first_name, last_name, courtesy, phones, language, maturity, status, "
            "branch_id, officer_id, group_id, village, met_officer) VALUES ('C" + id +
            "', 'Ana', '', '', '+5025555010" + id + "', 'es', 'emerger', 'active', '', '', '', '', 1)"
        );
        books_->exec(
            "INSERT INTO loans(id, client_id, group_id, product, status, cycle, currency, principal, "
            "disbursed_on, matures_on) VALUES ('L" + id + "', 'C" + id +
            "', '', 'Micro', 'active', 2, 'GTQ', 100000, '2026-10-01', '2027-06-01')"
        );
        for (int number = 1; number <= instalments_each; ++number) {
            const auto due = plus_days(first_day, 2 + loan % 5 + 9 * (number - 1));
            due_[{loan, number}] = due;
            books_->exec(
                "INSERT INTO instalments VALUES ('L" + id + "', " + std::to_string(number) + ", '" +
                iso_date(due) + "', 1000, 900, 0, '')"
            );
        }
    }
    // In order, some early, most near their day; now and then one is taken back.
    void pay_some(civil_date day) {
        for (int loan = 0; loan < life_loans; ++loan) {
            const int open = oldest_open(loan);
            if (open > 1 && chance(1)) {
                set_paid(loan, open - 1, day, false);
            } else if (open != 0) {
                const auto left = days_between(day, due_[{loan, open}]);
                const int likely = left > 4 ? 1 : left > 0 ? 6 : left > -6 ? 15 : 60;
                if (chance(likely)) set_paid(loan, open, day, true);
            }
        }
    }
    void set_paid(int loan, int number, civil_date day, bool paid) {
        if (paid) {
            paid_.insert({loan, number});
        } else {
            paid_.erase({loan, number});
        }
        books_->exec(
            "UPDATE instalments SET paid = " + std::string{paid ? "total" : "0"} + ", met_on = '" +
            (paid ? iso_date(day) : "") + "' WHERE loan_id = 'L" + std::to_string(loan) +
            "' AND number = " + std::to_string(number)
        );
        if (chance(20)) restart();
    }
    [[nodiscard]] int oldest_open(int loan) const {
        for (int number = 1; number <= instalments_each; ++number) {
            if (!paid_.contains({loan, number})) return number;
        }
        return 0;
    }

    void look(civil_date day, int hour) {
        const auto steps = steps_of_day(rules_, day, when_);
        const plan_rules by{
            .rules = rules_,
            .when = when_,
            .version = "v1",
            .today = day,
            .now = calendar_.at(day, hour, 0),
            .steps = steps};
        while (book_->take_changes(by, 5) > 0) {
            if (chance(10)) restart();
        }
        if (book_->is_planned(day, "v1")) return;
        book_->expire(day);
        while (book_->take_changes(by, 5) > 0) {
        }
        (void)book_->plan_day(by, [] {});
        if (chance(20)) (void)book_->plan_day(by, [] {});  // killed before the day was noted as planned
    }
    void hand_on(civil_date day, int hour) {
        const auto now = calendar_.at(day, hour, 0);
        for (const auto& one : book_->due(rules_, now, 1000)) {
            const said_step what{
                std::stoi(one.what.loan_id.substr(1)), one.what.instalment, one.what.day};
            EXPECT_FALSE(paid_.contains({what.loan, what.instalment})) << "of what is paid";
            EXPECT_TRUE(contact_day(day)) << iso_date(day);
            EXPECT_TRUE(seen_.insert(what).second) << what.loan << " " << what.instalment << " " << what.step;
            books_->exec("UPDATE nudges SET state = 1 WHERE id = " + std::to_string(one.what.id));
        }
    }

    // ---- the naive calendar
    [[nodiscard]] bool contact_day(civil_date day) const {
        const bool feast = std::ranges::find(holidays_, day) != holidays_.end();
        return !feast && std::chrono::weekday{std::chrono::sys_days{day}} != std::chrono::Sunday;
    }
    [[nodiscard]] std::vector<said_step> due_today(civil_date day) const {
        std::vector<said_step> all;
        for (int loan = 0; loan < life_loans; ++loan) {
            const int open = oldest_open(loan);
            if (open == 0) continue;
            for (const int step : ladder) {
                auto lands = plus_days(due_.at({loan, open}), step);
                while (!contact_day(lands)) lands = plus_days(lands, step < 0 ? -1 : 1);
                if (lands == day) all.push_back({loan, open, step});
            }
        }
        return all;
    }
    void nothing_is_lost(civil_date day) {
        SQLite::Statement row{
            *books_,
            "SELECT count(*) FROM nudges JOIN nudge_subjects ON nudge_subjects.id = "
            "((nudges.id >> 12) & 17179869183) WHERE loan_id = ? AND nudges.instalment = ? AND "
            "state <> 2 AND nudges.id >= ? AND nudges.id < ? AND (nudges.id & 255) = ?"};
        for (const auto& one : due_today(day)) {
            // What was said of it before it was taken back is not said again.
            if (seen_.contains(one)) continue;
            row.bind(1, "L" + std::to_string(one.loan));
            row.bind(2, one.instalment);
            row.bind(3, first_nudge_of(day_number(day)));
            row.bind(4, first_nudge_of(day_number(day) + 1));
            row.bind(5, one.step + nudge_step_zero);
            ASSERT_TRUE(row.executeStep());
            EXPECT_EQ(row.getColumn(0).getInt(), 1)
                << iso_date(day) << " loan " << one.loan << " instalment " << one.instalment << " step "
                << one.step;
            row.reset();
        }
    }

    std::mt19937 random_;
    std::filesystem::path folder_;
    dialogs::nudge_rules rules_{};
    dialogs::local_calendar calendar_{*dialogs::local_calendar::make("America/Guatemala")};
    std::vector<civil_date> holidays_{plus_days(first_day, 10), plus_days(first_day, 24)};
    dialogs::opening_hours hours_{*dialogs::opening_hours::parse("Mo-Fr 08:00-18:00; Sa 08:00-12:00")};
    dialogs::contact_calendar when_{hours_, hours_, holidays_, calendar_};
    std::unique_ptr<SQLite::Database> books_{};
    std::unique_ptr<plan_book> book_{};
    std::map<std::pair<int, int>, civil_date> due_{};
    std::set<std::pair<int, int>> paid_{};
    std::set<said_step> seen_{};
};

class plan_book_life : public testing::TestWithParam<unsigned> {};

TEST_P(plan_book_life, nothing_is_lost_nor_comes_twice_nor_is_said_of_what_is_paid) {
    plan_life{GetParam()}.live();
}

INSTANTIATE_TEST_SUITE_P(seeds, plan_book_life, testing::Range(1U, 7U));

}  // namespace
}  // namespace tertulia::gateway
