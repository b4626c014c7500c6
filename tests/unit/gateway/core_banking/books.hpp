// The books of an institution as a test keeps them: the demonstration, and whatever is paid,
// reversed and rescheduled afterwards. Both adapters are given these books, each in its own form.
//
// What is owed is worked out here from contracts and payments alone, without any schedule: neither
// adapter's arithmetic, nor the house's own, has a part in it.

#pragma once

#include "adapters/ledger/ledger.hpp"
#include "dialogs/facts/portfolio.hpp"

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace tertulia::gateway::testing_core {

struct contract_part {
    int number{};
    civil_date due{};
    std::int64_t total{};
    std::int64_t principal{};
};

struct book_payment {
    std::int64_t id{};
    civil_date on{};
    std::int64_t minor{};
    std::string place{};
    bool reversed{};
};

struct book_loan {
    loan head{};  // without schedule and payments
    std::vector<contract_part> contract{};
    std::vector<book_payment> payments{};
};

struct book_savings {
    savings_account head{};  // its figures are worked out of these
    std::vector<std::int64_t> moves{};  // in, and out below nothing
    std::int64_t held{};
};

struct owed {
    std::int64_t outstanding{};
    std::int64_t overdue{};
    bool operator==(const owed&) const = default;
};

class books {
public:
    // The demonstration of that day.
    explicit books(civil_date today);
    // Only the first so many, for tests of something else than figures.
    void keep(std::size_t people, std::size_t credits);

    civil_date today;
    std::vector<branch> branches{};
    std::vector<officer> officers{};
    std::vector<group> groups{};
    std::vector<client> clients{};
    std::vector<book_loan> loans{};
    std::vector<book_savings> savings{};
    std::vector<adapters::ledger::group_leader> leaders{};

    // Fineract's number of one of our ids; the same every time.
    [[nodiscard]] std::int64_t number_of(const std::string& id);

    // What is owed of a loan: contract less what was paid and not reversed.
    [[nodiscard]] owed owed_of(const book_loan& of) const;
    // Paid parts in the order they fall due, and the day the last of each was paid.
    [[nodiscard]] std::vector<instalment> schedule_of(const book_loan& of) const;

    // Something happens to a running loan. False where it cannot: nothing is left to pay, or there
    // is nothing to reverse.
    bool pay(book_loan& of, std::mt19937_64& by);
    bool reverse(book_loan& of, std::mt19937_64& by);
    bool reschedule(book_loan& of, std::mt19937_64& by);

    // What closes a loan today: all that has fallen due and the next part as they stand, and of
    // later parts what pays back the loan.
    [[nodiscard]] std::int64_t payoff_of(const book_loan& of) const;
    [[nodiscard]] static std::int64_t balance_of(const book_savings& of);
    [[nodiscard]] static std::int64_t available_of(const book_savings& of);
    bool save(book_savings& of, std::mt19937_64& by);  // or take out, or hold

    // As files of a ledger, with our own ids.
    [[nodiscard]] std::vector<adapters::ledger::file> ledger_files() const;

private:
    std::map<std::string, std::int64_t> numbers_{};
    std::int64_t next_payment_{500'000};
};

}  // namespace tertulia::gateway::testing_core
