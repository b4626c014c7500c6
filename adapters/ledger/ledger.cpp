#include "adapters/ledger/ledger.hpp"

#include "adapters/ledger/records.hpp"
#include "adapters/ledger/references.hpp"
#include "adapters/ledger/sources.hpp"

#include <algorithm>
#include <unordered_map>

namespace tertulia::adapters::ledger {
namespace {

std::size_t index_of(kind what) noexcept {
    return static_cast<std::size_t>(what);
}

// The files in reading order, at most one of each kind; what is wrong with the set is reported.
std::array<const file*, kinds> sort_out(
    std::span<const file> files, contents& found, problem_list& problems
) {
    std::vector<std::string_view> stems;
    for (std::size_t i = 0; i < kinds; ++i) stems.push_back(name_of(static_cast<kind>(i)));
    std::array<const file*, kinds> by_kind{};
    for (const auto& each : files) {
        const auto what = kind_of_file(each.name);
        if (!what) {
            const auto last = std::string_view{each.name}.substr(each.name.find_last_of('/') + 1);
            const auto near = nearest(last.substr(0, last.find('.')), stems);
            problems.add(
                {each.name},
                "",
                "is not a file of a ledger",
                near.empty()
                    ? "the files are branches, officers, groups, clients, loans, schedule, "
                      "payments, savings, payment_points, leaders, relatives and bylaws, each "
                      ".csv or .json (places also .geojson)"
                    : "did you mean " + std::string{near} + ".csv or .json?"
            );
            continue;
        }
        auto& slot = by_kind[index_of(what->what)];
        if (slot != nullptr) {
            problems.add({each.name}, "", "holds the same as " + slot->name, "give only one");
            continue;
        }
        slot = &each;
        found.present[index_of(what->what)] = true;
    }
    return by_kind;
}

// Reads the files of one set in order, each into its list of contents.
class set_reader {
public:
    set_reader(const read_options& options, reading& out) : options_{options}, out_{out} {}

    void read_file(const file& from, file_kind what) {
        std::vector<bool> has_column;
        read_records(
            from.bytes,
            from.name,
            what,
            out_.problems,
            has_column,
            [&](const record& each) { read_record(what.what, each); }
        );
        if (what.what == kind::schedule) {
            const auto columns = columns_of(kind::schedule);
            for (std::size_t i = 0; i < columns.size(); ++i) {
                if (columns[i].name == "paid") schedule_says_paid_ = has_column[i];
            }
        }
    }

    void finish(const std::array<const file*, kinds>& files) {
        check_references(out_.found, at_, options_, out_.problems);
        const auto* schedule = files[index_of(kind::schedule)];
        if (schedule == nullptr || schedule_says_paid_ || out_.found.schedule.empty()) return;
        if (!out_.found.has(kind::payments)) {
            // Taking everything as unpaid would call people late who are not.
            out_.problems.add(
                {schedule->name},
                "paid",
                "the column is missing and there is no payments file",
                "add either"
            );
            return;
        }
        allocate_payments(out_.found);
    }

private:
    void read_record(kind what, const record& each) {
        fields from{what, each, options_.country_code, out_.problems};
        auto& found = out_.found;
        switch (what) {
            case kind::branches:
                return keep(from, read_branch(from), found.branches, at_.branches);
            case kind::officers:
                return keep(from, read_officer(from), found.officers, at_.officers);
            case kind::groups:
                return keep(from, read_group(from), found.groups, at_.groups);
            case kind::clients:
                return keep(from, read_client(from, options_.language), found.clients, at_.clients);
            case kind::loans: {
                auto value = read_loan(from, options_.currency);
                currencies_.emplace(value.id, value.principal.currency);
                return keep(from, std::move(value), found.loans, at_.loans);
            }
            case kind::schedule: {
                auto loan_id = from.id("loan_id");
                auto value = read_instalment(from, currency_of(loan_id));
                return keep(
                    from,
                    loan_instalment{std::move(loan_id), std::move(value)},
                    found.schedule,
                    at_.schedule
                );
            }
            case kind::payments: {
                auto loan_id = from.id("loan_id");
                auto value = read_payment(from, currency_of(loan_id));
                return keep(
                    from,
                    loan_payment{std::move(loan_id), std::move(value)},
                    found.payments,
                    at_.payments
                );
            }
            case kind::savings:
                return keep(
                    from, read_savings(from, options_.currency), found.savings, at_.savings
                );
            case kind::payment_points:
                return keep(
                    from, read_payment_point(from), found.payment_points, at_.payment_points
                );
            case kind::leaders:
                return keep(from, read_leader(from), found.leaders, at_.leaders);
            case kind::relatives:
                return keep(from, read_relatives(from), found.relatives, at_.relatives);
            case kind::bylaws:
                return keep(from, read_bylaws(from, options_.currency), found.bylaws, at_.bylaws);
            case kind::pins:
                return keep(from, read_pin(from), found.pins, at_.pins);
        }
    }

    template <class Value>
    void keep(const fields& from, Value value, std::vector<Value>& into, std::vector<place>& at) {
        if (!from.good()) {
            if constexpr (requires { value.id; }) {
                at_.broken[index_of(from.what())].insert(std::move(value.id));
            }
            return;
        }
        into.push_back(std::move(value));
        at.push_back(from.at());
    }

    currency_code currency_of(std::string_view loan_id) const {
        const auto at = currencies_.find(std::string{loan_id});
        if (at != currencies_.end()) return at->second;
        if (options_.currency_of_loan) {
            if (const auto stored = options_.currency_of_loan(loan_id)) return *stored;
        }
        return options_.currency;
    }

    const read_options& options_;
    reading& out_;
    places at_{};
    std::unordered_map<std::string, currency_code> currencies_{};
    bool schedule_says_paid_{};
};

}  // namespace

std::size_t contents::rows() const noexcept {
    return branches.size() + officers.size() + groups.size() + clients.size() + loans.size() +
           schedule.size() + payments.size() + savings.size() + payment_points.size() + leaders.size() +
           relatives.size() + bylaws.size() + pins.size();
}

reading read(std::span<const file> files, const read_options& options) {
    reading out;
    const auto by_kind = sort_out(files, out.found, out.problems);
    set_reader reader{options, out};
    for (const auto* each : by_kind) {
        if (each != nullptr) reader.read_file(*each, *kind_of_file(each->name));
    }
    reader.finish(by_kind);
    return out;
}

}  // namespace tertulia::adapters::ledger
