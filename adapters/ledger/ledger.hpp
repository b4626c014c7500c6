// Core banking by files: CSV, JSON or (places) GeoJSON, as any system exports them, into values of
// dialogs/facts. Pure: bytes in, values and problems out. Storing them, and removing what is no
// longer there, is the gateway's; so is finding the files.
//
// A set of files may be partial (only today's payments): what it refers to and does not hold must
// then be known to the caller. A set with any problem must not be stored.

#pragma once

#include "adapters/ledger/columns.hpp"
#include "adapters/ledger/problem.hpp"
#include "dialogs/facts/portfolio.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::ledger {

inline constexpr std::size_t instalments_max = 1000;  // of one loan
inline constexpr std::size_t phones_max = 8;          // of one client

struct file {
    std::string name{};  // as people are told it; its last part says what it holds: "clients.csv"
    std::string bytes{};
};

struct loan_instalment {
    std::string loan_id{};
    instalment what{};
};

struct loan_payment {
    std::string loan_id{};
    payment what{};
};

// A demo's plain PIN. It is hashed and forgotten as soon as it is stored.
struct client_pin {
    std::string client_id{};
    std::string pin{};
};

// `loans` come without schedule and payments; those are the lists beside them, in file order.
struct contents {
    std::vector<branch> branches{};
    std::vector<officer> officers{};
    std::vector<group> groups{};
    std::vector<client> clients{};
    std::vector<loan> loans{};
    std::vector<loan_instalment> schedule{};
    std::vector<loan_payment> payments{};
    std::vector<savings_account> savings{};
    std::vector<payment_point> payment_points{};
    std::vector<client_pin> pins{};
    std::array<bool, kinds> present{};  // a file of that kind was given, if only with a header

    [[nodiscard]] bool has(kind what) const noexcept {
        return present[static_cast<std::size_t>(what)];
    }
    [[nodiscard]] std::size_t rows() const noexcept;
};

struct read_options {
    currency_code currency{};         // of loans that name none
    std::string country_code{"502"};  // for the mend of a national telephone number; empty: no mend
    language_tag language{"es"};      // of clients that name none
    // What earlier imports hold. Called for references this set does not hold itself; empty:
    // nothing.
    std::function<bool(kind, std::string_view id)> known{};
    std::function<std::optional<currency_code>(std::string_view loan_id)> currency_of_loan{};
};

struct reading {
    contents found{};
    problem_list problems{};  // empty: `found` is whole and consistent
};

[[nodiscard]] reading read(std::span<const file> files, const read_options& options);

}  // namespace tertulia::adapters::ledger
