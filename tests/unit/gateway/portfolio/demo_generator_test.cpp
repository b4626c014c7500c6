// What the demo's portfolio must hold beside its size: histories that agree with the payments to
// the day, every degree of lateness, and days around the end of February.

#include "gateway/portfolio/demo_generator.hpp"

#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::gateway {
namespace {

using namespace std::chrono;
using adapters::ledger::contents;

constexpr civil_date today = 2026y / 11 / 23;

contents read_all(const std::vector<adapters::ledger::file>& files) {
    auto out = adapters::ledger::read(files, {});
    for (const auto& each : out.problems.first()) ADD_FAILURE() << text_of(each);
    return std::move(out.found);
}

std::map<std::string, loan> whole_loans(const contents& from) {
    std::map<std::string, loan> out;
    for (const auto& each : from.loans) out[each.id] = each;
    for (const auto& [loan_id, each] : from.schedule) out[loan_id].schedule.push_back(each);
    return out;
}

// The same file without its last two columns, `paid` and `met_on`; none of its fields is quoted.
std::string without_what_was_paid(const std::string& schedule) {
    std::string out;
    for (std::size_t at = 0; at < schedule.size();) {
        const auto end = schedule.find('\n', at);
        auto line = schedule.substr(at, end - at);
        line.erase(line.rfind(','));
        line.erase(line.rfind(','));
        out += line + "\n";
        at = end + 1;
    }
    return out;
}

TEST(demo_generator, what_the_instalments_say_was_paid_follows_from_the_payments_to_the_day) {
    auto files = generate_demo(demo_seed, today).files;
    const auto told = read_all(files);
    const auto at = std::find_if(files.begin(), files.end(), [](const auto& each) {
        return each.name == "schedule.csv";
    });
    ASSERT_NE(at, files.end());
    at->bytes = without_what_was_paid(at->bytes);
    const auto worked_out = read_all(files);

    ASSERT_EQ(told.schedule.size(), worked_out.schedule.size());
    for (std::size_t i = 0; i < told.schedule.size(); ++i) {
        const auto& [loan_id, expected] = told.schedule[i];
        const auto& found = worked_out.schedule[i].what;
        ASSERT_EQ(found.paid, expected.paid) << loan_id << " " << expected.number;
        ASSERT_EQ(found.met_on, expected.met_on) << loan_id << " " << expected.number;
    }
}

TEST(demo_generator, the_principal_of_the_instalments_is_that_of_the_loan) {
    for (const auto& [id, each] : whole_loans(read_all(generate_demo(demo_seed, today).files))) {
        ASSERT_FALSE(each.schedule.empty()) << id;
        money sum{0};
        for (const auto& part : each.schedule) {
            sum = sum + part.principal;
            EXPECT_GT(part.total, part.principal) << id << ": no interest";
        }
        EXPECT_EQ(sum, each.principal) << id;
        EXPECT_LE(each.disbursed_on, today) << id;
        EXPECT_LT(each.disbursed_on, each.schedule.front().due) << id;
        EXPECT_EQ(each.matures_on, each.schedule.back().due) << id;
    }
}

TEST(demo_generator, every_degree_of_lateness_is_there_and_most_are_not_late) {
    std::map<int, int> by_class;  // 0: not late, 1: up to 30 days, 2: to 60, 3: to 90, 4: more
    int new_ones = 0;
    for (const auto& [id, each] : whole_loans(read_all(generate_demo(demo_seed, today).files))) {
        const int days = days_past_due(each, today);
        ++by_class[days == 0 ? 0 : std::min(4, (days + 29) / 30)];
        if (each.schedule.front().due > today) ++new_ones;
    }
    EXPECT_GT(by_class[0], 350);
    for (int late = 1; late <= 4; ++late) EXPECT_GE(by_class[late], 3) << late;
    EXPECT_GT(new_ones, 10);
}

TEST(demo_generator, former_clients_and_those_still_waiting_owe_nothing) {
    const auto found = read_all(generate_demo(demo_seed, today).files);
    const auto loans = whole_loans(found);
    std::map<std::string, client_status> clients;
    std::map<client_status, int> count;
    for (const auto& each : found.clients) {
        clients[each.id] = each.status;
        ++count[each.status];
    }
    EXPECT_GT(count[client_status::closed], 5);
    EXPECT_GT(count[client_status::pending], 3);
    for (const auto& [id, each] : loans) {
        const bool owes = outstanding(each).minor > 0;
        EXPECT_EQ(owes, each.status == loan_status::active) << id;
        EXPECT_EQ(owes, clients[each.client_id] == client_status::active) << id;
    }
}

TEST(demo_generator, rosa_owes_the_same_around_the_end_of_february_and_of_the_year) {
    for (const civil_date day :
         {civil_date{2028y / 2 / 23},
          civil_date{2028y / 2 / 24},
          civil_date{2028y / 2 / 28},
          civil_date{2028y / 2 / 29},
          civil_date{2028y / 3 / 1},
          civil_date{2027y / 2 / 28},
          civil_date{2027y / 3 / 1},
          civil_date{2100y / 2 / 28},
          civil_date{2026y / 12 / 27},
          civil_date{2027y / 1 / 1}}) {
        const auto rosa = whole_loans(read_all(generate_demo(demo_seed, day).files)).at("L0001");
        EXPECT_EQ(outstanding(rosa), money{2'790'00}) << iso_date(day);
        EXPECT_EQ(instalments_left(rosa), 6) << iso_date(day);
        EXPECT_EQ(days_past_due(rosa, day), 0) << iso_date(day);
        EXPECT_EQ(next_instalment(rosa)->due, plus_days(day, 5)) << iso_date(day);
    }
}

TEST(demo_generator, agents_are_called_so_that_it_stands_after_with) {
    for (const auto& each : read_all(generate_demo(demo_seed, today).files).officers) {
        EXPECT_TRUE(
            each.courtesy == "la seño " + each.first_name ||
            each.courtesy == "don " + each.first_name
        ) << each.courtesy;
    }
}

}  // namespace
}  // namespace tertulia::gateway
