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

// The offices she holds in her village bank.
enum class group_office : std::uint8_t { president, treasurer, secretary, deputy, handler };
inline constexpr std::size_t group_offices = 5;
[[nodiscard]] std::string_view name_of(group_office what) noexcept;
[[nodiscard]] std::optional<group_office> parse_group_office(std::string_view word) noexcept;

struct group_leader {
    std::string group_id{};
    std::string client_id{};
    std::vector<group_office> offices{};  // each once, in the enum's order; never empty
};

struct relative_pair {
    std::string client_id{};    // the lesser of the two ids
    std::string relative_id{};  // the greater
};

// What a village bank has decided for itself and core banking has no place for.
struct group_bylaws {
    std::string group_id{};
    currency_code currency{};
    int quorum_numerator{};    // of the active members; 0: it has not decided
    int quorum_denominator{};
    std::optional<money> internal_cash{};          // of its pot
    std::optional<civil_date> internal_cash_on{};  // counted then, after that day's meeting
    std::optional<money> savings{};                // that each puts by at a meeting
    bool tells_totals{};  // every member agrees that the group hears what it paid together
    std::optional<money> fine_late{};
    std::optional<money> fine_absent{};
    std::optional<money> fine_other{};
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
    std::vector<group_leader> leaders{};
    std::vector<relative_pair> relatives{};
    std::vector<group_bylaws> bylaws{};
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
