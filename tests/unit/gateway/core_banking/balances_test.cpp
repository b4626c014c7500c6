// Issue of trust: what a client is told she owes is what she owes, to the cent, whichever core
// banking the institution has (domain.md §3.1 A, §5.8).

#include "dialogs/facts/arrears.hpp"
#include "gateway/portfolio/import.hpp"
#include "tests/unit/gateway/core_banking/sync_fixture.hpp"

namespace tertulia::gateway::testing_core {
namespace {

struct balances_test : sync_test {
    balances_test() { house = books{monday}; }  // all of them

    std::string ledger = (folder / "ledger.sqlite").string();

    void import_ledger() {
        const auto portfolio = open_portfolio(ledger);
        const auto report = import_files(*portfolio, house.ledger_files(), {.now = now});
        ASSERT_TRUE(report.stored()) << text_of(report);
    }

    // Of all her running loans, by what the portfolio says.
    owed told(const client_facts& her) const {
        owed out;
        for (const auto& each : her.loans) {
            out.outstanding += tertulia::outstanding(each).minor;
            out.overdue += tertulia::overdue(each, house.today).minor;
        }
        return out;
    }
    owed owed_by(const std::string& client_id) const {
        owed out;
        for (const auto& each : house.loans) {
            if (each.head.client_id != client_id || each.head.status != loan_status::active) continue;
            const auto one = house.owed_of(each);
            out.outstanding += one.outstanding;
            out.overdue += one.overdue;
        }
        return out;
    }

    struct saved {
        std::int64_t balance{};
        std::int64_t available{};
        bool operator==(const saved&) const = default;
    };
    static saved told_savings(const client_facts& her) {
        saved out;
        for (const auto& each : her.savings) {
            out.balance += each.balance.minor;
            out.available += each.available.minor;
        }
        return out;
    }
    saved saved_by(const std::string& client_id) const {
        saved out;
        for (const auto& each : house.savings) {
            if (each.head.client_id != client_id || !each.head.active) continue;
            out.balance += books::balance_of(each);
            out.available += books::available_of(each);
        }
        return out;
    }
    // Of all her running loans; every one has a figure, and it is today's.
    std::int64_t told_payoff(const client_facts& her) const {
        std::int64_t out = 0;
        for (const auto& each : her.loans) {
            EXPECT_TRUE(each.payoff) << each.id;
            if (!each.payoff) continue;
            EXPECT_EQ(each.payoff->on, house.today) << each.id;
            out += each.payoff->total.minor;
        }
        return out;
    }
    std::int64_t payoff_for(const std::string& client_id) const {
        std::int64_t out = 0;
        for (const auto& each : house.loans) {
            if (each.head.client_id != client_id || each.head.status != loan_status::active) continue;
            out += house.payoff_of(each);
        }
        return out;
    }

    // Everybody, on both; how many owe anything.
    int compare() {
        const auto by_files = open_portfolio(ledger);
        const auto by_rest = open_portfolio(database);
        portfolio_reader files{*by_files};
        portfolio_reader rest{*by_rest};
        int debtors = 0;
        for (const auto& each : house.clients) {
            const auto expected = owed_by(each.id);
            const auto first = files.client(each.id);
            const auto second = rest.client(std::to_string(house.number_of(each.id)));
            EXPECT_NE(first, nullptr) << each.id;
            EXPECT_NE(second, nullptr) << each.id;
            if (first == nullptr || second == nullptr) continue;
            EXPECT_EQ(told(*first), expected) << each.id << " by the ledger";
            EXPECT_EQ(told(*second), expected) << each.id << " by Fineract";
            EXPECT_EQ(first->loans.size(), second->loans.size()) << each.id;
            EXPECT_EQ(told_savings(*first), saved_by(each.id)) << each.id << " by the ledger";
            EXPECT_EQ(told_savings(*second), saved_by(each.id)) << each.id << " by Fineract";
            EXPECT_EQ(told_payoff(*first), payoff_for(each.id)) << each.id << " by the ledger";
            EXPECT_EQ(told_payoff(*second), payoff_for(each.id)) << each.id << " by Fineract";
            debtors += expected.outstanding > 0 ? 1 : 0;
        }
        return debtors;
    }
};

TEST_F(balances_test, soyfinca_balance_both_adapters_tell_every_client_of_the_demonstration_what_she_owes) {
    open();
    settle();
    import_ledger();
    EXPECT_GT(compare(), 300);
    EXPECT_THAT(troubles, testing::IsEmpty());
    EXPECT_THAT(notes, testing::IsEmpty());
}

TEST_F(balances_test, soyfinca_balance_and_so_they_do_after_payments_reversals_and_reschedules) {
    open();
    settle();
    import_ledger();
    std::mt19937_64 by{20261123};
    int paid = 0;
    int reversed = 0;
    int rescheduled = 0;
    int put_by = 0;
    for (int day = 0; day < 3; ++day) {
        for (int i = 0; i < 250; ++i) {
            auto& one = house.loans[std::uniform_int_distribution<std::size_t>{
                0, house.loans.size() - 1}(by)];
            switch (std::uniform_int_distribution{0, 3}(by)) {
                case 0:
                    reversed += house.reverse(one, by) ? 1 : 0;
                    break;
                case 1:
                    rescheduled += house.reschedule(one, by) ? 1 : 0;
                    break;
                default:
                    paid += house.pay(one, by) ? 1 : 0;
            }
        }
        for (int i = 0; i < 150; ++i) {
            auto& one = house.savings[std::uniform_int_distribution<std::size_t>{
                0, house.savings.size() - 1}(by)];
            put_by += house.save(one, by) ? 1 : 0;
        }
        next_round();
        import_ledger();
        EXPECT_GT(compare(), 300);
        house.today = civil_date{std::chrono::sys_days{house.today} + std::chrono::days{1}};
        next_round(24h);  // a sweep is among them
    }
    EXPECT_GT(paid, 100);
    EXPECT_GT(reversed, 40);
    EXPECT_GT(rescheduled, 40);
    EXPECT_GT(put_by, 200);
    EXPECT_THAT(troubles, testing::IsEmpty());
}

}  // namespace
}  // namespace tertulia::gateway::testing_core
