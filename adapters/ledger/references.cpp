#include "adapters/ledger/references.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace tertulia::adapters::ledger {
namespace {

using id_set = std::unordered_set<std::string_view>;  // into the contents, which do not move here

class reference_check {
public:
    reference_check(
        const contents& found, const places& at, const read_options& options, problem_list& problems
    )
        : found_{found}, at_{at}, options_{options}, problems_{problems} {}

    template <class Record>
    void ids(kind what, const std::vector<Record>& records, const std::vector<place>& at) {
        auto& known = known_[static_cast<std::size_t>(what)];
        known.reserve(records.size());
        for (std::size_t i = 0; i < records.size(); ++i) {
            if (!known.insert(records[i].id).second) twice(at[i], "id", records[i].id);
        }
    }

    void twice(const place& at, std::string_view column, std::string_view id) {
        problems_.add(at, column, shown(id) + " is there twice", "an id stands for one record");
    }

    // An empty id refers to nothing, which optional columns may.
    void refers(const place& at, std::string_view column, kind to, std::string_view id) {
        if (id.empty()) return;
        if (known_[static_cast<std::size_t>(to)].contains(id)) return;
        if (at_.broken[static_cast<std::size_t>(to)].contains(std::string{id})) return;
        if (options_.known && options_.known(to, id)) return;
        problems_.add(
            at,
            column,
            shown(id) + " is not among the " + std::string{name_of(to)},
            found_.has(to) ? "add it there or correct it here"
                           : "import " + std::string{name_of(to)} + " too or correct it here"
        );
    }

private:
    const contents& found_;
    const places& at_;
    const read_options& options_;
    problem_list& problems_;
    std::array<id_set, kinds> known_{};
};

// Numbers once each, and days that do not go back as the numbers rise.
void check_schedules(const contents& found, const places& at, problem_list& problems) {
    std::unordered_map<std::string_view, std::vector<std::size_t>> by_loan;
    for (std::size_t i = 0; i < found.schedule.size(); ++i) {
        by_loan[found.schedule[i].loan_id].push_back(i);
    }
    // In the order of the file, so that the same file gives the same list of problems.
    for (std::size_t first = 0; first < found.schedule.size(); ++first) {
        auto& rows = by_loan[found.schedule[first].loan_id];
        if (rows.empty() || rows.front() != first) continue;
        std::stable_sort(rows.begin(), rows.end(), [&](std::size_t left, std::size_t right) {
            return found.schedule[left].what.number < found.schedule[right].what.number;
        });
        for (std::size_t i = 1; i < rows.size(); ++i) {
            const auto& before = found.schedule[rows[i - 1]].what;
            const auto& here = found.schedule[rows[i]].what;
            if (here.number == before.number) {
                problems.add(
                    at.schedule[rows[i]],
                    "number",
                    "'" + std::to_string(here.number) + "' is there twice for this loan"
                );
            } else if (here.due < before.due) {
                problems.add(
                    at.schedule[rows[i]], "due", "is before the instalment with the number before"
                );
            }
        }
        rows.clear();
    }
}

// Members of that very group, as far as this set tells, and no office of one person twice.
void check_leaders(const contents& found, const places& at, problem_list& problems) {
    std::unordered_map<std::string_view, std::string_view> group_of;
    for (const auto& each : found.clients) group_of.emplace(each.id, each.group_id);
    std::set<std::pair<std::string_view, std::string_view>> people;
    std::set<std::pair<std::string_view, group_office>> offices;
    for (std::size_t i = 0; i < found.leaders.size(); ++i) {
        const auto& each = found.leaders[i];
        if (!people.emplace(each.group_id, each.client_id).second) {
            problems.add(
                at.leaders[i], "client_id", shown(each.client_id) + " is there twice for this group",
                "write her offices in one row: treasurer|handler"
            );
            continue;
        }
        const auto known = group_of.find(each.client_id);
        if (known != group_of.end() && known->second != each.group_id) {
            problems.add(
                at.leaders[i], "client_id", shown(each.client_id) + " is not a member of this group",
                "correct it here or in clients"
            );
        }
        for (const auto office : each.offices) {
            const bool one_only = office == group_office::president ||
                                  office == group_office::treasurer ||
                                  office == group_office::secretary;
            if (one_only && !offices.emplace(each.group_id, office).second) {
                problems.add(
                    at.leaders[i], "role",
                    "this group has a " + std::string{name_of(office)} + " already",
                    "keep the one who was elected; a deputy may stand in"
                );
            }
        }
    }
}

}  // namespace

void check_references(
    const contents& found, const places& at, const read_options& options, problem_list& problems
) {
    reference_check check{found, at, options, problems};
    check.ids(kind::branches, found.branches, at.branches);
    check.ids(kind::officers, found.officers, at.officers);
    check.ids(kind::groups, found.groups, at.groups);
    check.ids(kind::clients, found.clients, at.clients);
    check.ids(kind::loans, found.loans, at.loans);
    check.ids(kind::savings, found.savings, at.savings);
    check.ids(kind::payment_points, found.payment_points, at.payment_points);

    for (std::size_t i = 0; i < found.officers.size(); ++i) {
        check.refers(at.officers[i], "branch_id", kind::branches, found.officers[i].branch_id);
    }
    for (std::size_t i = 0; i < found.groups.size(); ++i) {
        check.refers(at.groups[i], "branch_id", kind::branches, found.groups[i].branch_id);
        check.refers(at.groups[i], "officer_id", kind::officers, found.groups[i].officer_id);
    }
    for (std::size_t i = 0; i < found.clients.size(); ++i) {
        check.refers(at.clients[i], "branch_id", kind::branches, found.clients[i].branch_id);
        check.refers(at.clients[i], "officer_id", kind::officers, found.clients[i].officer_id);
        check.refers(at.clients[i], "group_id", kind::groups, found.clients[i].group_id);
    }
    for (std::size_t i = 0; i < found.loans.size(); ++i) {
        check.refers(at.loans[i], "client_id", kind::clients, found.loans[i].client_id);
        check.refers(at.loans[i], "group_id", kind::groups, found.loans[i].group_id);
    }
    for (std::size_t i = 0; i < found.schedule.size(); ++i) {
        check.refers(at.schedule[i], "loan_id", kind::loans, found.schedule[i].loan_id);
    }
    id_set payment_ids;
    for (std::size_t i = 0; i < found.payments.size(); ++i) {
        check.refers(at.payments[i], "loan_id", kind::loans, found.payments[i].loan_id);
        if (!payment_ids.insert(found.payments[i].what.id).second) {
            check.twice(at.payments[i], "id", found.payments[i].what.id);
        }
    }
    for (std::size_t i = 0; i < found.savings.size(); ++i) {
        check.refers(at.savings[i], "client_id", kind::clients, found.savings[i].client_id);
    }
    for (std::size_t i = 0; i < found.payment_points.size(); ++i) {
        check.refers(
            at.payment_points[i], "branch_id", kind::branches, found.payment_points[i].branch_id
        );
    }
    for (std::size_t i = 0; i < found.leaders.size(); ++i) {
        check.refers(at.leaders[i], "group_id", kind::groups, found.leaders[i].group_id);
        check.refers(at.leaders[i], "client_id", kind::clients, found.leaders[i].client_id);
    }
    check_leaders(found, at, problems);
    std::set<std::pair<std::string_view, std::string_view>> pairs;
    for (std::size_t i = 0; i < found.relatives.size(); ++i) {
        const auto& each = found.relatives[i];
        check.refers(at.relatives[i], "client_id", kind::clients, each.client_id);
        check.refers(at.relatives[i], "relative_id", kind::clients, each.relative_id);
        if (!pairs.emplace(each.client_id, each.relative_id).second) {
            problems.add(
                at.relatives[i], "relative_id", "these two are there twice",
                "one row is enough, whichever way round"
            );
        }
    }
    id_set with_bylaws;
    for (std::size_t i = 0; i < found.bylaws.size(); ++i) {
        check.refers(at.bylaws[i], "group_id", kind::groups, found.bylaws[i].group_id);
        if (!with_bylaws.insert(found.bylaws[i].group_id).second) {
            check.twice(at.bylaws[i], "group_id", found.bylaws[i].group_id);
        }
    }
    id_set pin_owners;
    for (std::size_t i = 0; i < found.pins.size(); ++i) {
        check.refers(at.pins[i], "client_id", kind::clients, found.pins[i].client_id);
        if (!pin_owners.insert(found.pins[i].client_id).second) {
            check.twice(at.pins[i], "client_id", found.pins[i].client_id);
        }
    }
    check_schedules(found, at, problems);
}

void allocate_payments(contents& found) {
    std::unordered_map<std::string_view, std::vector<const payment*>> payments;
    for (const auto& each : found.payments) {
        if (!each.what.reversed) payments[each.loan_id].push_back(&each.what);
    }
    std::unordered_map<std::string_view, std::vector<instalment*>> schedules;
    for (auto& each : found.schedule) schedules[each.loan_id].push_back(&each.what);

    for (auto& [loan_id, schedule] : schedules) {
        auto& paid = payments[loan_id];
        std::stable_sort(paid.begin(), paid.end(), [](const auto* left, const auto* right) {
            return left->on < right->on;
        });
        std::sort(schedule.begin(), schedule.end(), [](const auto* left, const auto* right) {
            return left->number < right->number;
        });
        auto instalment_at = schedule.begin();
        for (const auto* each : paid) {
            auto rest = each->amount.minor;
            while (rest > 0 && instalment_at != schedule.end()) {
                auto& open = **instalment_at;
                const auto part = std::min(rest, open.total.minor - open.paid.minor);
                open.paid.minor += part;
                rest -= part;
                if (open.paid < open.total) break;
                open.met_on = each->on;
                ++instalment_at;
            }
        }
    }
}

}  // namespace tertulia::adapters::ledger
