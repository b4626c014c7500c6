// What records say about one another: no id twice, no reference into nothing, schedules in order,
// and instalments paid by the payments where the file does not say how much.

#pragma once

#include "adapters/ledger/ledger.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

namespace tertulia::adapters::ledger {

// Where each record of a list was read, by its index in the list.
struct places {
    std::vector<place> branches{};
    std::vector<place> officers{};
    std::vector<place> groups{};
    std::vector<place> clients{};
    std::vector<place> loans{};
    std::vector<place> schedule{};
    std::vector<place> payments{};
    std::vector<place> savings{};
    std::vector<place> payment_points{};
    std::vector<place> leaders{};
    std::vector<place> relatives{};
    std::vector<place> bylaws{};
    std::vector<place> pins{};
    // Ids of records that were refused for something else: a reference to one is not a second
    // mistake, and a thousand of them would hide the first.
    std::array<std::unordered_set<std::string>, kinds> broken{};
};

void check_references(
    const contents& found, const places& at, const read_options& options, problem_list& problems
);

// Pays the instalments of each loan, earliest first, with its payments in order of their days;
// reversed ones do not count. For a schedule without the column `paid`.
void allocate_payments(contents& found);

}  // namespace tertulia::adapters::ledger
