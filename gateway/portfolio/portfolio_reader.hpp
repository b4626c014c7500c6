// One client and everything about her, out of the portfolio's tables. Knows the columns; keeps
// nothing in memory but its prepared statements.
//
// Threads: the connection's. Errors: SQLite::Exception; damaged_portfolio where a row holds what no
// import writes.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

struct damaged_portfolio : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct portfolio_stamp {
    std::int64_t version{};
    instant as_of{};  // the epoch: nothing was ever imported
    bool operator==(const portfolio_stamp&) const = default;
};

// The newest payments of a loan that a turn sees; what was paid of it all is in the schedule.
inline constexpr std::size_t payments_max = 24;

// Telephones as the column clients.phones has them, separated by |.
[[nodiscard]] std::vector<std::string> split_phones(std::string_view joined);

class portfolio_reader {
public:
    explicit portfolio_reader(SQLite::Database& database);

    // Rises whenever another connection has committed anything; cheap, for it reads one page at
    // most.
    [[nodiscard]] std::int64_t data_version();
    [[nodiscard]] portfolio_stamp stamp();

    // Ids of the clients with any of these numbers, each once, in order.
    [[nodiscard]] std::vector<std::string> clients_with(std::span<const std::string> phones);
    // Null where there is no such client.
    [[nodiscard]] std::shared_ptr<const client_facts> client(const std::string& id);
    // Her loans with their schedules, those that are over too, without their payments.
    [[nodiscard]] std::vector<loan> loans_ever(const std::string& client_id);
    [[nodiscard]] std::string pin_hash(std::string_view client_id);
    [[nodiscard]] std::vector<payment_point> payment_points();
    [[nodiscard]] std::vector<officer> officers();  // by id

private:
    [[nodiscard]] std::optional<officer> find_officer(const std::string& id);
    [[nodiscard]] std::optional<branch> find_branch(const std::string& id);
    [[nodiscard]] std::optional<group> find_group(const std::string& id);
    [[nodiscard]] std::vector<loan> loans_of(const std::string& client_id);
    [[nodiscard]] std::vector<loan> read_loans(statement& bound);
    [[nodiscard]] std::vector<loan_request> requests_of(const std::string& client_id);
    [[nodiscard]] std::vector<savings_account> savings_of(const std::string& client_id);
    void read_schedule(loan& of);
    void read_payments(loan& of);
    [[nodiscard]] std::vector<payment_on_loan> closed_payments_of(const std::string& client_id);

    statement data_version_;
    statement stamp_;
    statement by_phone_;
    statement client_;
    statement officer_;
    statement officers_;
    statement branch_;
    statement group_;
    statement loans_;
    statement loans_ever_;
    statement requests_;
    statement schedule_;
    statement payments_;
    statement closed_payments_;
    statement savings_;
    statement pin_;
    statement points_;
};

}  // namespace tertulia::gateway
