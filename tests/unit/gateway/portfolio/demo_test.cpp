// The demonstration must hold on any day: files without a mistake, the well-known people exactly as
// config/demo/README.md describes them, and enough of everybody else to look like an institution.

#include "gateway/portfolio/demo_generator.hpp"

#include "adapters/ledger/ledger.hpp"
#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "gateway/portfolio/demo_loans.hpp"
#include "gateway/portfolio/pins.hpp"
#include "tests/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace tertulia::gateway {
namespace {

using namespace std::chrono;
using adapters::ledger::contents;
using testing::IsEmpty;

constexpr civil_date today = 2026y / 11 / 23;

contents read_demo(civil_date day, std::uint64_t seed = demo_seed) {
    const auto made = generate_demo(seed, day);
    auto out = adapters::ledger::read(made.files, {});
    for (const auto& each : out.problems.first()) ADD_FAILURE() << text_of(each);
    return std::move(out.found);
}

// The loan as the mirror would give it.
loan whole_loan(const contents& from, std::string_view id) {
    loan out;
    for (const auto& each : from.loans) {
        if (each.id == id) out = each;
    }
    for (const auto& [loan_id, each] : from.schedule) {
        if (loan_id == id) out.schedule.push_back(each);
    }
    for (const auto& [loan_id, each] : from.payments) {
        if (loan_id == id) out.payments.push_back(each);
    }
    EXPECT_EQ(out.id, id);
    return out;
}

TEST(demo, the_same_seed_and_day_give_the_same_bytes_and_another_seed_others) {
    const auto once = generate_demo(7, today);
    const auto again = generate_demo(7, today);
    const auto other = generate_demo(8, today);
    ASSERT_EQ(once.files.size(), adapters::ledger::kinds);
    bool differs = false;
    for (std::size_t i = 0; i < once.files.size(); ++i) {
        EXPECT_EQ(once.files[i].name, again.files[i].name);
        EXPECT_EQ(once.files[i].bytes, again.files[i].bytes) << once.files[i].name;
        differs = differs || once.files[i].bytes != other.files[i].bytes;
    }
    EXPECT_TRUE(differs);
}

TEST(demo, it_is_an_institution_of_a_size_one_can_believe) {
    const auto found = read_demo(today);
    EXPECT_EQ(found.branches.size(), 6U);
    EXPECT_EQ(found.officers.size(), 12U);
    EXPECT_EQ(found.groups.size(), 40U);
    EXPECT_EQ(found.clients.size(), 600U);
    EXPECT_GT(found.loans.size(), 500U);
    EXPECT_GT(found.payment_points.size(), 3'000U);

    std::set<std::string> group_names;
    for (const auto& each : found.groups) group_names.insert(each.name);
    EXPECT_EQ(group_names.size(), 40U);
    std::map<std::string, int> kinds;
    for (const auto& each : found.payment_points) ++kinds[each.kind];
    EXPECT_EQ(kinds["agency"], 6);
    EXPECT_GT(kinds["bank"], 300);
    EXPECT_GT(kinds["shop"], 2'000);
}

TEST(demo, the_clients_are_of_every_sort) {
    const auto found = read_demo(today);
    std::map<archetype, int> maturities;
    std::map<std::string, int> languages;
    std::map<std::string, int> phones;
    int without_phone = 0;
    for (const auto& each : found.clients) {
        ++maturities[each.maturity];
        ++languages[each.language];
        if (each.phones.empty()) ++without_phone;
        for (const auto& phone : each.phones) {
            ++phones[phone];
            EXPECT_TRUE(phone.starts_with("+5025550")) << phone;
        }
    }
    EXPECT_EQ(maturities.size(), 4U);
    EXPECT_GT(languages["es"], 500);
    EXPECT_GT(languages["en"], 3);
    EXPECT_GT(languages["fr"], 3);
    EXPECT_GT(without_phone, 5);
    EXPECT_EQ(phones["+50255500107"], 2);
    EXPECT_EQ(phones.count("+50255500199"), 0U) << "the stranger is a client";

    int late = 0;
    int at_risk = 0;
    for (const auto& each : found.loans) {
        const auto days = days_past_due(whole_loan(found, each.id), today);
        if (days > 0) ++late;
        if (days > 30) ++at_risk;
    }
    EXPECT_GT(late, 30);
    EXPECT_LT(late, 200);
    EXPECT_GT(at_risk, 5);
}

TEST(demo, the_paid_amounts_are_what_the_payments_add_up_to) {
    const auto found = read_demo(today);
    std::map<std::string, std::int64_t> by_loan;
    for (const auto& [loan_id, each] : found.schedule) by_loan[loan_id] += each.paid.minor;
    for (const auto& [loan_id, each] : found.payments) {
        by_loan[loan_id] -= each.amount.minor;
        EXPECT_LE(each.on, today);
    }
    for (const auto& [loan_id, difference] : by_loan) EXPECT_EQ(difference, 0) << loan_id;
}

TEST(demo, rosa_owes_what_the_readme_says) {
    const auto rosa = whole_loan(read_demo(today), "L0001");
    EXPECT_EQ(outstanding(rosa), money{2'790'00});
    EXPECT_EQ(days_past_due(rosa, today), 0);
    EXPECT_EQ(overdue(rosa, today), money{0});
    EXPECT_EQ(instalments_left(rosa), 6);
    EXPECT_EQ(instalments_paid(rosa), 4);
    ASSERT_NE(next_instalment(rosa), nullptr);
    EXPECT_EQ(next_instalment(rosa)->due, plus_days(today, 5));
    EXPECT_EQ(left_to_pay(*next_instalment(rosa)), money{465'00});
    EXPECT_EQ(rosa.payments.size(), 5U) << "one of the four was paid in two parts";
}

TEST(demo, the_known_people_owe_the_same_on_every_day) {
    struct owed {
        const char* loan{};
        std::int64_t minor{};
        int days_late{};
        int next_in_days{};
    };
    const owed all[] = {
        {"L0001", 2'790'00, 0, 5},
        {"L0002", 2'480'00, 0, 9},
        {"L0003", 615'00, 0, 16},
        {"L0004", 2'251'00, 0, 12},
        {"L0005", 2'477'25, 0, 2},
        {"L0006", 2'180'00, 12, -12},
        {"L0007", 1'320'00, 0, 3},
        {"L0008", 990'00, 0, 3},
        {"L0009", 4'480'00, 0, 20}};
    // The days on which arithmetic with months and leap years goes wrong first, and other seeds.
    std::uint64_t seed = demo_seed;
    for (const civil_date day : {2028y / 2 / 29, 2027y / 1 / 31, 2027y / 3 / 1, 2026y / 12 / 31}) {
        const auto found = read_demo(day, seed++);
        for (const auto& each : all) {
            const auto of = whole_loan(found, each.loan);
            EXPECT_EQ(outstanding(of), money{each.minor}) << each.loan;
            EXPECT_EQ(days_past_due(of, day), each.days_late) << each.loan;
            ASSERT_NE(next_instalment(of), nullptr) << each.loan;
            EXPECT_EQ(next_instalment(of)->due, plus_days(day, each.next_in_days)) << each.loan;
        }
        EXPECT_EQ(overdue(whole_loan(found, "L0006"), day), money{280'00});
    }
}

TEST(demo, the_known_people_are_clients_and_their_pins_are_good) {
    const auto found = read_demo(today);
    std::set<std::string> pins;
    for (const auto& person : demo_people()) {
        if (person.client_id.empty()) continue;
        const auto at =
            std::find_if(found.clients.begin(), found.clients.end(), [&](const auto& each) {
                return each.id == person.client_id;
            });
        ASSERT_NE(at, found.clients.end()) << person.name;
        EXPECT_EQ(at->first_name, person.name);
        EXPECT_EQ(at->language, person.language);
        EXPECT_THAT(at->phones, testing::ElementsAre(person.phone));
        if (person.pin.empty()) continue;
        EXPECT_EQ(judge_pin(person.pin), pin_quality::good) << person.name;
        EXPECT_TRUE(pins.insert(person.pin).second) << person.name;
    }
    EXPECT_EQ(found.pins.size(), pins.size()) << "nobody else has a PIN: hashing takes its time";
}

TEST(demo, the_readme_tells_every_known_person_s_number_and_pin) {
    std::ifstream in{testing_files::source_folder() / "config/demo/README.md"};
    const std::string readme{std::istreambuf_iterator<char>{in}, {}};
    for (const auto& person : demo_people()) {
        EXPECT_THAT(readme, testing::HasSubstr(person.phone));
        EXPECT_THAT(readme, testing::HasSubstr(person.pin)) << person.name;
    }
}

TEST(demo_loans, a_month_later_is_the_same_day_or_the_last) {
    using demo::plus_months;
    EXPECT_EQ(plus_months(2026y / 1 / 31, 1), civil_date(2026y / 2 / 28));
    EXPECT_EQ(plus_months(2026y / 11 / 23, 3), civil_date(2027y / 2 / 23));
    EXPECT_EQ(plus_months(2026y / 1 / 31, -2), civil_date(2025y / 11 / 30));
}

TEST(demo_loans, a_payment_never_falls_after_today) {
    const auto made = demo::make_loan(
        {.id = "L1",
         .instalments = 2,
         .fallen_due = 1,
         .next_in_days = 26,
         .principal_each = 100'00,
         .interest_each = 1'01,
         .history = {{.days_late = 9, .in_two_parts = true}}},
        today
    );
    EXPECT_EQ(made.schedule[0].due, plus_days(today, -2));
    EXPECT_EQ(made.schedule[0].met_on, today);
    ASSERT_EQ(made.payments.size(), 2U);
    EXPECT_EQ(made.payments[0].amount + made.payments[1].amount, money{101'01});
    EXPECT_EQ(made.principal, money{200'00});
}

}  // namespace
}  // namespace tertulia::gateway
