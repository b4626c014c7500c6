// A sync of the demonstration against the stand-in, in one process and on a clock of the test.

#pragma once

#include "gateway/core_banking/fineract_sync.hpp"
#include "gateway/portfolio/portfolio_reader.hpp"
#include "gateway/portfolio/schema.hpp"
#include "tests/unit/gateway/core_banking/fineract_stand_in.hpp"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

namespace tertulia::gateway::testing_core {

using namespace std::chrono_literals;

constexpr civil_date monday = std::chrono::year{2026} / 11 / 23;
constexpr instant morning = std::chrono::sys_days{monday} + 16h;  // 10:00 in Guatemala

struct sync_test : testing::Test {
    std::filesystem::path folder = [] {
        std::string form =
            (std::filesystem::temp_directory_path() / "tertulia-core-XXXXXX").string();
        return std::filesystem::path{mkdtemp(form.data())};
    }();
    std::string database = (folder / "data.sqlite").string();
    books house{monday};
    fineract_stand_in core{house};
    core_writes_allowed writes{};
    std::unique_ptr<fineract_sync> sync{};
    instant now{morning};
    std::vector<std::string> notes{};
    std::vector<std::string> troubles{};

    // Three pages of people, and as many loans as a test can read often.
    sync_test() { house.keep(420, 40); }
    ~sync_test() override { std::filesystem::remove_all(folder); }

    void open() {
        sync.reset();
        sync = std::make_unique<fineract_sync>(
            database,
            sync_settings{
                .reading = {.access = core.access(), .country = "GT", .language = "es"},
                .writes = writes,
                .time_zone = "America/Guatemala"},
            core.caller()
        );
    }
    sync_step step() {
        auto done = sync->step(now);
        notes.insert(notes.end(), done.notes.begin(), done.notes.end());
        if (!done.trouble.empty()) troubles.push_back(done.trouble);
        return done;
    }
    // Until nothing more is to be done now; waits for nothing but back-offs.
    void settle(int steps_most = 200) {
        for (int i = 0; i < steps_most; ++i) {
            const auto done = step();
            if (done.worked) continue;
            if (done.trouble.empty() && sync->cursor().kind == round_kind::none) return;
            now = std::max(now, done.next);
        }
        FAIL() << "it does not come to rest";
    }
    // The next round, when it is due.
    void next_round(std::chrono::milliseconds after = 15min) {
        now += after;
        settle();
    }

    std::shared_ptr<const client_facts> known(const std::string& client_id) {
        const auto portfolio = open_portfolio(database);
        return portfolio_reader{*portfolio}.client(std::to_string(house.number_of(client_id)));
    }
    portfolio_stamp stamp() {
        const auto portfolio = open_portfolio(database);
        return portfolio_reader{*portfolio}.stamp();
    }
    // Somebody of the demonstration with one running loan that has payments.
    book_loan& some_loan() {
        for (auto& each : house.loans) {
            if (each.head.status == loan_status::active && each.payments.size() > 2 &&
                house.owed_of(each).outstanding > 50'000) {
                return each;
            }
        }
        throw std::runtime_error{"nobody owes anything"};
    }
};

}  // namespace tertulia::gateway::testing_core
