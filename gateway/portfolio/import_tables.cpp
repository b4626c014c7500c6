#include "gateway/portfolio/import_tables.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/facts/names.hpp"
#include "gateway/portfolio/schema.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <array>
#include <cmath>

namespace tertulia::gateway {
namespace {

namespace ledger = adapters::ledger;

struct table {
    std::string name{};
    std::string key{};     // columns of the primary key
    std::string values{};  // the other columns
    std::string filled{};  // "?, ?…": one for each of key and values
};

table make_table(std::string name, std::string key, std::string values) {
    table out{std::move(name), std::move(key), std::move(values), "?"};
    for (const char c : out.key + "," + out.values) {
        if (c == ',') out.filled += ", ?";
    }
    return out;
}

// By kind. The order of key and values is the order in which stage() binds.
const table& table_of(ledger::kind what) {
    static const std::array<table, ledger::kinds> tables{
        make_table("branches", "id", "name, street, phone, hours, latitude, longitude"),
        make_table("officers", "id", "first_name, last_name, courtesy, phone, branch_id, picture"),
        make_table(
            "village_banks",
            "id",
            "name, branch_id, officer_id, meeting_rhythm, next_meeting, meeting_time"
        ),
        make_table(
            "clients",
            "id",
            "first_name, last_name, courtesy, phones, language, maturity, status, branch_id, "
            "officer_id, group_id, village, met_officer, born"
        ),
        make_table(
            "loans",
            "id",
            "client_id, group_id, product, status, cycle, currency, principal, disbursed_on, "
            "matures_on, application, expected_on, refusal, payoff, payoff_on"
        ),
        make_table("instalments", "loan_id, number", "due, total, principal, paid, met_on"),
        make_table("payments", "id", "loan_id, paid_on, amount, place, reversed, receipt"),
        make_table("savings", "id", "client_id, product, currency, balance, available, active"),
        make_table(
            "payment_points",
            "id",
            "name, kind, street, hours, latitude, longitude, branch_id, takes_cash, takes_card"
        ),
        make_table("leaders", "group_id, client_id", "roles"),
        make_table("relatives", "client_id, relative_id", "told"),
        make_table(
            "bylaws",
            "group_id",
            "currency, quorum_numerator, quorum_denominator, internal_cash, internal_cash_on, "
            "savings, tells_totals, fine_late, fine_absent, fine_other"
        ),
        make_table("pins", "client_id", "hash, set_at")};
    return tables[static_cast<std::size_t>(what)];
}

// "a, b" -> "prefix.a, prefix.b"
std::string prefixed(const std::string& columns, const std::string& prefix) {
    std::string out = prefix + ".";
    for (const char c : columns) {
        if (c == ' ') continue;
        out += c;
        if (c == ',') out += " " + prefix + ".";
    }
    return out;
}

// "a, b" -> "a = excluded.a, b = excluded.b"
std::string assigned(const std::string& columns) {
    std::string out;
    std::size_t from = 0;
    while (from < columns.size()) {
        auto comma = columns.find(", ", from);
        if (comma == std::string::npos) comma = columns.size();
        const auto name = columns.substr(from, comma - from);
        out += (out.empty() ? "" : ", ") + name + " = excluded." + name;
        from = comma + 2;
    }
    return out;
}

std::size_t count(SQLite::Database& portfolio, const std::string& sql) {
    statement ask{portfolio, sql};
    rows found{ask};
    return found.next() ? static_cast<std::size_t>(found.number(0)) : 0;
}

std::size_t run(SQLite::Database& portfolio, const std::string& sql) {
    return static_cast<std::size_t>(portfolio.exec(sql));
}

// Fills one temporary table. Values are bound in order; what a bound view looks at must live until
// end(), so made-up text is kept here.
class staged_rows {
public:
    staged_rows(SQLite::Database& portfolio, const table& into)
        : insert_{portfolio, "INSERT INTO temp.in_" + into.name + " VALUES (" + into.filled + ")"} {
    }

    staged_rows& text(std::string_view value) {
        insert_.bind(++at_, value);
        return *this;
    }
    staged_rows& made(std::string value) { return text(made_.emplace_back(std::move(value))); }
    staged_rows& number(std::int64_t value) {
        insert_.bind(++at_, value);
        return *this;
    }
    staged_rows& degrees(double value) { return number(std::llround(value * degree_parts)); }
    void end() {
        insert_.run();
        at_ = 0;
        made_.clear();
    }

private:
    statement insert_;
    std::vector<std::string> made_ = [] {
        std::vector<std::string> room;
        room.reserve(8);  // more than any row makes: views into it must not move
        return room;
    }();
    int at_{};
};

std::string joined(const std::vector<std::string>& phones) {
    std::string out;
    for (const auto& each : phones) out += (out.empty() ? "" : "|") + each;
    return out;
}

std::string date_or_empty(const std::optional<civil_date>& day) {
    return day ? iso_date(*day) : std::string{};
}

void stage_people(
    SQLite::Database& portfolio, const ledger::contents& what, const std::function<void()>& row_done
) {
    staged_rows branches{portfolio, table_of(ledger::kind::branches)};
    for (const auto& b : what.branches) {
        branches.text(b.id).text(b.name).text(b.street).text(b.phone).text(b.hours);
        branches.degrees(b.latitude).degrees(b.longitude).end();
        row_done();
    }
    staged_rows officers{portfolio, table_of(ledger::kind::officers)};
    for (const auto& o : what.officers) {
        officers.text(o.id).text(o.first_name).text(o.last_name).text(o.courtesy);
        officers.text(o.phone).text(o.branch_id).text(o.picture).end();
        row_done();
    }
    staged_rows groups{portfolio, table_of(ledger::kind::groups)};
    for (const auto& g : what.groups) {
        groups.text(g.id).text(g.name).text(g.branch_id).text(g.officer_id).text(g.meeting_rhythm);
        groups.made(date_or_empty(g.next_meeting)).text(g.meeting_time).end();
        row_done();
    }
    staged_rows clients{portfolio, table_of(ledger::kind::clients)};
    statement phone{portfolio, "INSERT OR IGNORE INTO temp.in_client_phones VALUES (?, ?)"};
    for (const auto& c : what.clients) {
        clients.text(c.id).text(c.first_name).text(c.last_name).text(c.courtesy);
        clients.made(joined(c.phones)).text(c.language).text(name_of(c.maturity));
        clients.text(name_of(c.status)).text(c.branch_id).text(c.officer_id).text(c.group_id);
        clients.text(c.village).number(c.met_officer ? 1 : 0).made(date_or_empty(c.born)).end();
        for (const auto& each : c.phones) {
            phone.bind(1, std::string_view{each}).bind(2, std::string_view{c.id}).run();
        }
        row_done();
    }
    staged_rows points{portfolio, table_of(ledger::kind::payment_points)};
    for (const auto& p : what.payment_points) {
        points.text(p.id).text(p.name).text(p.kind).text(p.street).text(p.hours);
        points.degrees(p.latitude).degrees(p.longitude).text(p.branch_id);
        points.number(p.takes_cash ? 1 : 0).number(p.takes_card ? 1 : 0).end();
        row_done();
    }
}

void stage_offices(
    SQLite::Database& portfolio, const ledger::contents& what, const std::function<void()>& row_done
) {
    staged_rows leaders{portfolio, table_of(ledger::kind::leaders)};
    for (const auto& l : what.leaders) {
        std::string roles;
        for (const auto each : l.offices) {
            roles += (roles.empty() ? "" : "|") + std::string{name_of(each)};
        }
        leaders.text(l.group_id).text(l.client_id).made(std::move(roles)).end();
        row_done();
    }
    staged_rows relatives{portfolio, table_of(ledger::kind::relatives)};
    for (const auto& r : what.relatives) {
        relatives.text(r.client_id).text(r.relative_id).number(1).end();
        row_done();
    }
    const auto minor = [](const std::optional<money>& of) { return of ? of->minor : -1; };
    staged_rows bylaws{portfolio, table_of(ledger::kind::bylaws)};
    for (const auto& b : what.bylaws) {
        bylaws.text(b.group_id).text(b.currency.view()).number(b.quorum_numerator);
        bylaws.number(b.quorum_denominator).number(minor(b.internal_cash));
        bylaws.made(date_or_empty(b.internal_cash_on)).number(minor(b.savings));
        bylaws.number(b.tells_totals ? 1 : 0).number(minor(b.fine_late));
        bylaws.number(minor(b.fine_absent)).number(minor(b.fine_other)).end();
        row_done();
    }
}

void stage_accounts(
    SQLite::Database& portfolio, const ledger::contents& what, const std::function<void()>& row_done
) {
    staged_rows loans{portfolio, table_of(ledger::kind::loans)};
    for (const auto& l : what.loans) {
        loans.text(l.id).text(l.client_id).text(l.group_id).text(l.product);
        loans.text(name_of(l.status)).number(l.cycle).text(l.principal.currency.view());
        loans.number(l.principal.minor).made(iso_date(l.disbursed_on));
        loans.made(iso_date(l.matures_on)).text(l.application);
        loans.made(date_or_empty(l.expected_on)).text(l.refusal);
        loans.number(l.payoff ? l.payoff->total.minor : -1);
        loans.made(l.payoff ? iso_date(l.payoff->on) : std::string{}).end();
        row_done();
    }
    staged_rows schedule{portfolio, table_of(ledger::kind::schedule)};
    for (const auto& [loan_id, i] : what.schedule) {
        schedule.text(loan_id).number(i.number).made(iso_date(i.due)).number(i.total.minor);
        schedule.number(i.principal.minor).number(i.paid.minor).made(date_or_empty(i.met_on)).end();
        row_done();
    }
    staged_rows payments{portfolio, table_of(ledger::kind::payments)};
    for (const auto& [loan_id, p] : what.payments) {
        payments.text(p.id).text(loan_id).made(iso_date(p.on)).number(p.amount.minor);
        payments.text(p.place).number(p.reversed ? 1 : 0).text(p.receipt).end();
        row_done();
    }
    staged_rows savings{portfolio, table_of(ledger::kind::savings)};
    for (const auto& s : what.savings) {
        savings.text(s.id).text(s.client_id).text(s.product).text(s.balance.currency.view());
        savings.number(s.balance.minor).number(s.available.minor).number(s.active ? 1 : 0).end();
        row_done();
    }
}

}  // namespace

void stage(
    SQLite::Database& portfolio, const ledger::contents& what, const std::function<void()>& row_done
) {
    drop_staged(portfolio);
    // Of temporary tables only, so nobody waits for it; it spares a sync per row.
    SQLite::Transaction transaction{portfolio};
    for (std::size_t i = 0; i < ledger::kinds; ++i) {
        const auto& each = table_of(static_cast<ledger::kind>(i));
        portfolio.exec(
            "CREATE TEMP TABLE in_" + each.name + "(" + each.key + ", " + each.values +
            ", PRIMARY KEY (" + each.key + ")) WITHOUT ROWID"
        );
    }
    portfolio.exec(
        "CREATE TEMP TABLE in_client_phones(phone, client_id, PRIMARY KEY (client_id, phone)) "
        "WITHOUT ROWID"
    );
    stage_people(portfolio, what, row_done);
    stage_accounts(portfolio, what, row_done);
    stage_offices(portfolio, what, row_done);
    transaction.commit();
}

merge_counts merge(SQLite::Database& portfolio, ledger::kind what) {
    const auto& into = table_of(what);
    const auto columns = into.key + ", " + into.values;
    merge_counts out;
    if (what == ledger::kind::schedule) {
        // A schedule is one value: instalments it no longer has are not owed.
        out.removed =
            run(portfolio,
                "DELETE FROM main.instalments WHERE loan_id IN (SELECT loan_id FROM "
                "temp.in_instalments) "
                "AND (loan_id, number) NOT IN (SELECT loan_id, number FROM temp.in_instalments)");
    }
    out.added = count(
        portfolio,
        "SELECT count(*) FROM temp.in_" + into.name + " WHERE (" + into.key + ") NOT IN (SELECT " +
            into.key + " FROM main." + into.name + ")"
    );
    const auto touched =
        run(portfolio,
            "INSERT INTO main." + into.name + "(" + columns + ") SELECT " + columns +
                " FROM temp.in_" + into.name + " WHERE true ON CONFLICT(" + into.key +
                ") DO UPDATE SET " + assigned(into.values) + " WHERE (" +
                prefixed(into.values, into.name) + ") IS NOT (" +
                prefixed(into.values, "excluded") + ")");
    out.changed = touched - out.added;
    if (what == ledger::kind::clients) {
        run(portfolio,
            "DELETE FROM main.client_phones WHERE client_id IN (SELECT id FROM temp.in_clients) "
            "AND (client_id, phone) NOT IN (SELECT client_id, phone FROM temp.in_client_phones)");
        run(portfolio,
            "INSERT OR IGNORE INTO main.client_phones(phone, client_id) "
            "SELECT phone, client_id FROM temp.in_client_phones");
    }
    return out;
}

std::size_t remove_absent(SQLite::Database& portfolio, ledger::kind what) {
    const auto& from = table_of(what);
    return run(
        portfolio,
        "DELETE FROM main." + from.name + " WHERE (" + from.key + ") NOT IN (SELECT " + from.key +
            " FROM temp.in_" + from.name + ")"
    );
}

void remove_orphans(SQLite::Database& portfolio) {
    for (const auto* each : {"instalments", "payments"}) {
        run(portfolio,
            "DELETE FROM main." + std::string{each} +
                " WHERE loan_id NOT IN (SELECT id FROM main.loans)");
    }
    for (const auto* each : {"client_phones", "pins", "leaders", "core_leaders", "relatives"}) {
        run(portfolio,
            "DELETE FROM main." + std::string{each} +
                " WHERE client_id NOT IN (SELECT id FROM main.clients)");
    }
    run(portfolio,
        "DELETE FROM main.relatives WHERE relative_id NOT IN (SELECT id FROM main.clients)");
    for (const auto* each : {"leaders", "core_leaders", "bylaws"}) {
        run(portfolio,
            "DELETE FROM main." + std::string{each} +
                " WHERE group_id NOT IN (SELECT id FROM main.village_banks)");
    }
}

std::vector<std::string> broken_references(SQLite::Database& portfolio) {
    struct reference {
        ledger::kind from{};
        std::string column{};
        ledger::kind to{};
    };
    using ledger::kind;
    static const std::vector<reference> references{
        {kind::officers, "branch_id", kind::branches},
        {kind::groups, "branch_id", kind::branches},
        {kind::groups, "officer_id", kind::officers},
        {kind::clients, "branch_id", kind::branches},
        {kind::clients, "officer_id", kind::officers},
        {kind::clients, "group_id", kind::groups},
        {kind::loans, "client_id", kind::clients},
        {kind::loans, "group_id", kind::groups},
        {kind::savings, "client_id", kind::clients},
        {kind::payment_points, "branch_id", kind::branches}};
    std::vector<std::string> out;
    for (const auto& each : references) {
        statement ask{
            portfolio,
            "SELECT id, " + each.column + " FROM main." + table_of(each.from).name + " WHERE " +
                each.column + " <> '' AND " + each.column + " NOT IN (SELECT id FROM main." +
                table_of(each.to).name + ") LIMIT 1"};
        rows found{ask};
        if (!found.next()) continue;
        out.push_back(
            std::string{name_of(each.from)} + " " + ledger::shown(found.text(0)) + ": " +
            each.column + ": " + ledger::shown(found.text(1)) + " would be gone; give " +
            std::string{name_of(each.from)} + " too, or do not remove what the files do not hold"
        );
    }
    return out;
}

void drop_staged(SQLite::Database& portfolio) {
    for (std::size_t i = 0; i < ledger::kinds; ++i) {
        portfolio.exec(
            "DROP TABLE IF EXISTS temp.in_" + table_of(static_cast<ledger::kind>(i)).name
        );
    }
    portfolio.exec("DROP TABLE IF EXISTS temp.in_client_phones");
}

}  // namespace tertulia::gateway
