#include "gateway/core_banking/core_merge.hpp"

#include "gateway/portfolio/import_tables.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <SQLiteCpp/Database.h>

#include <array>

namespace tertulia::gateway {
namespace {

namespace ledger = adapters::ledger;

struct mirrored {
    std::string_view kind{};   // of core_rows
    std::string_view table{};  // of the portfolio
};
constexpr std::array<mirrored, 6> all_mirrored{{
    {"savings", "savings"},
    {"loan", "loans"},
    {"client", "clients"},
    {"group", "village_banks"},
    {"staff", "officers"},
    {"office", "branches"},
}};

// The columns core banking has no place for, by table.
constexpr std::array<mirrored, 3> ours{{
    {"courtesy, language, maturity, village, met_officer", "clients"},
    {"courtesy, picture", "officers"},
    {"street, phone, hours, latitude, longitude", "branches"},
}};

void run(SQLite::Database& portfolio, std::string_view sql) {
    portfolio.exec(std::string{sql});
}

// A loan's schedule and payments are values of the loan: what it no longer has is no more.
int replace_parts(SQLite::Database& portfolio) {
    return portfolio.exec(
               "DELETE FROM main.instalments WHERE loan_id IN (SELECT id FROM temp.in_loans) AND "
               "(loan_id, number) NOT IN (SELECT loan_id, number FROM temp.in_instalments)") +
           portfolio.exec(
               "DELETE FROM main.payments WHERE loan_id IN (SELECT id FROM temp.in_loans) AND "
               "id NOT IN (SELECT id FROM temp.in_payments)");
}

void raise_version(SQLite::Database& portfolio) {
    run(portfolio, "UPDATE portfolio SET version = version + 1");
}

}  // namespace

void add_loan(const loan& from, ledger::contents& into) {
    for (const auto& each : from.schedule) into.schedule.push_back({from.id, each});
    for (const auto& each : from.payments) into.payments.push_back({from.id, each});
    auto bare = from;
    bare.schedule.clear();
    bare.payments.clear();
    into.loans.push_back(std::move(bare));
    for (const auto what : {ledger::kind::loans, ledger::kind::schedule, ledger::kind::payments}) {
        into.present[static_cast<std::size_t>(what)] = true;
    }
}

void stage_core(SQLite::Database& portfolio, const ledger::contents& what) {
    stage(portfolio, what, [] {});
}

bool merge_core(SQLite::Database& portfolio, const ledger::contents& what) {
    for (const auto& [columns, table] : ours) {
        const auto name = std::string{table};
        portfolio.exec(
            "UPDATE temp.in_" + name + " SET (" + std::string{columns} + ") = (SELECT " +
            std::string{columns} + " FROM main." + name + " AS known WHERE known.id = in_" + name +
            ".id) WHERE id IN (SELECT id FROM main." + name + ")"
        );
    }
    bool changed = false;
    for (std::size_t i = 0; i < ledger::kinds; ++i) {
        const auto kind = static_cast<ledger::kind>(i);
        if (!what.has(kind)) continue;
        const auto counts = merge(portfolio, kind);
        changed = changed || counts.added + counts.changed + counts.removed > 0;
    }
    if (what.has(ledger::kind::loans)) changed = replace_parts(portfolio) > 0 || changed;
    if (changed) raise_version(portfolio);
    return changed;
}

bool remove_unseen(SQLite::Database& portfolio, std::int64_t pass) {
    int removed = 0;
    for (const auto& [kind, table] : all_mirrored) {
        const auto seen = "SELECT id FROM core_rows WHERE kind = '" + std::string{kind} +
                          "' AND pass = " + std::to_string(pass);
        removed += portfolio.exec(
            "DELETE FROM main." + std::string{table} + " WHERE id NOT IN (" + seen + ")");
        portfolio.exec(
            "DELETE FROM core_rows WHERE kind = '" + std::string{kind} + "' AND pass <> " +
            std::to_string(pass)
        );
    }
    if (removed == 0) return false;
    remove_orphans(portfolio);
    raise_version(portfolio);
    return true;
}

bool remove_record(SQLite::Database& portfolio, std::string_view kind, std::string_view id) {
    for (const auto& [name, table] : all_mirrored) {
        if (name != kind) continue;
        statement remove{portfolio, "DELETE FROM main." + std::string{table} + " WHERE id = ?"};
        remove.bind(1, id).run();
        statement forget{portfolio, "DELETE FROM core_rows WHERE kind = ? AND id = ?"};
        forget.bind(1, kind).bind(2, id).run();
        remove_orphans(portfolio);
        raise_version(portfolio);
        return true;
    }
    return false;
}

void set_as_of(SQLite::Database& portfolio, std::int64_t millis) {
    statement stamp{portfolio, "UPDATE portfolio SET as_of = max(as_of, ?)"};
    stamp.bind(1, millis).run();
}

}  // namespace tertulia::gateway
