#include "gateway/portfolio/portfolio_reader.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/facts/names.hpp"
#include "gateway/portfolio/schema.hpp"

#include <algorithm>

namespace tertulia::gateway {
namespace {

// The columns of one row, taken in the order the statement names them.
class row {
public:
    explicit row(const rows& of) : of_{of} {}

    [[nodiscard]] std::string text() { return std::string{of_.text(at_++)}; }
    [[nodiscard]] std::int64_t number() { return of_.number(at_++); }
    [[nodiscard]] int count() { return static_cast<int>(number()); }
    [[nodiscard]] bool yes() { return number() != 0; }
    [[nodiscard]] double degrees() { return static_cast<double>(number()) / degree_parts; }
    [[nodiscard]] std::optional<civil_date> date() { return parse_iso_date(of_.text(at_++)); }

    template <class Value>
    [[nodiscard]] Value word(std::optional<Value> (*parse)(std::string_view) noexcept) {
        const auto written = of_.text(at_++);
        const auto value = parse(written);
        if (!value) throw damaged_portfolio{"unknown word '" + std::string{written} + "'"};
        return *value;
    }

private:
    const rows& of_;
    int at_{};
};

}  // namespace

std::vector<std::string> split_phones(std::string_view joined) {
    std::vector<std::string> out;
    while (!joined.empty()) {
        const auto bar = joined.find('|');
        out.emplace_back(joined.substr(0, bar));
        joined.remove_prefix(bar == std::string_view::npos ? joined.size() : bar + 1);
    }
    return out;
}

portfolio_reader::portfolio_reader(SQLite::Database& database)
    : data_version_{database, "PRAGMA data_version"},
      stamp_{database, "SELECT version, as_of FROM portfolio"},
      by_phone_{database, "SELECT client_id FROM client_phones WHERE phone = ? ORDER BY client_id"},
      client_{
          database,
          "SELECT id, first_name, last_name, courtesy, phones, language, maturity, status, "
          "branch_id, officer_id, group_id, village, met_officer, born, "
          "EXISTS (SELECT 1 FROM pins WHERE client_id = clients.id) FROM clients WHERE id = ?"},
      officer_{
          database,
          "SELECT id, first_name, last_name, courtesy, phone, branch_id, picture FROM officers "
          "WHERE id = ?"},
      officers_{
          database,
          "SELECT id, first_name, last_name, courtesy, phone, branch_id, picture FROM officers "
          "ORDER BY id"},
      branch_{
          database,
          "SELECT id, name, street, phone, hours, latitude, longitude FROM branches WHERE id = ?"},
      group_{
          database,
          "SELECT id, name, branch_id, officer_id, meeting_rhythm, next_meeting, meeting_time "
          "FROM village_banks WHERE id = ?"},
      loans_{
          database,
          "SELECT id, client_id, group_id, product, status, cycle, currency, principal, "
          "disbursed_on, matures_on, payoff, payoff_on FROM loans WHERE client_id = ? AND status = 'active' "
          "ORDER BY disbursed_on, id LIMIT " +
              std::to_string(loans_max)},
      loans_ever_{
          database,
          "SELECT id, client_id, group_id, product, status, cycle, currency, principal, "
          "disbursed_on, matures_on, payoff, payoff_on FROM loans WHERE client_id = ? AND status "
          "IN ('active', 'closed', 'written_off') ORDER BY disbursed_on DESC, id LIMIT " +
              std::to_string(loans_max)},
      requests_{
          database,
          "SELECT application, id, product, status, currency, principal, expected_on, refusal, "
          "(SELECT count(*) FROM instalments WHERE loan_id = loans.id), "
          "(SELECT ifnull(max(total), 0) FROM instalments WHERE loan_id = loans.id), "
          "(SELECT ifnull(sum(total), 0) FROM instalments WHERE loan_id = loans.id), "
          "(SELECT ifnull(min(due), '') FROM instalments WHERE loan_id = loans.id) FROM "
          "loans WHERE client_id = ? AND application <> '' ORDER BY length(application) DESC, "
          "application DESC LIMIT " +
              std::to_string(requests_max)},
      schedule_{
          database,
          "SELECT number, due, total, principal, paid, met_on FROM instalments WHERE loan_id = ? "
          "ORDER BY number"},
      payments_{
          database,
          "SELECT id, paid_on, amount, place, reversed, receipt FROM payments WHERE loan_id = ? "
          "ORDER BY paid_on DESC, id DESC LIMIT " +
              std::to_string(payments_max)},
      closed_payments_{
          database,
          "SELECT loans.id, currency, payments.id, paid_on, amount, place, reversed, receipt FROM "
          "loans JOIN payments ON payments.loan_id = loans.id WHERE client_id = ? AND "
          "status = 'closed' ORDER BY paid_on DESC, payments.id DESC LIMIT " +
              std::to_string(closed_payments_max)},
      savings_{
          database,
          "SELECT id, product, currency, balance, available FROM savings WHERE client_id = ? AND "
          "active ORDER BY id LIMIT " +
              std::to_string(savings_max)},
      pin_{database, "SELECT hash FROM pins WHERE client_id = ?"},
      points_{
          database,
          "SELECT id, name, kind, street, hours, latitude, longitude, branch_id, takes_cash, "
          "takes_card FROM payment_points ORDER BY id"} {}

std::int64_t portfolio_reader::data_version() {
    rows found{data_version_};
    return found.next() ? found.number(0) : 0;
}

portfolio_stamp portfolio_reader::stamp() {
    rows found{stamp_};
    if (!found.next()) throw damaged_portfolio{"the table portfolio has no row"};
    return {found.number(0), from_millis(found.number(1))};
}

std::vector<std::string> portfolio_reader::clients_with(std::span<const std::string> phones) {
    std::vector<std::string> ids;
    for (const auto& phone : phones) {
        by_phone_.bind(1, std::string_view{phone});
        rows found{by_phone_};
        while (found.next()) ids.emplace_back(found.text(0));
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

std::shared_ptr<const client_facts> portfolio_reader::client(const std::string& id) {
    auto out = std::make_shared<client_facts>();
    {
        client_.bind(1, std::string_view{id});
        rows found{client_};
        if (!found.next()) return nullptr;
        row at{found};
        auto& who = out->who;
        who.id = at.text();
        who.first_name = at.text();
        who.last_name = at.text();
        who.courtesy = at.text();
        who.phones = split_phones(at.text());
        who.language = at.text();
        who.maturity = at.word(parse_archetype);
        who.status = at.word(parse_client_status);
        who.branch_id = at.text();
        who.officer_id = at.text();
        who.group_id = at.text();
        who.village = at.text();
        who.met_officer = at.yes();
        who.born = at.date();
        out->has_pin = at.yes();
    }
    out->credit_agent = find_officer(out->who.officer_id);
    out->home_branch = find_branch(out->who.branch_id);
    out->village_bank = find_group(out->who.group_id);
    out->loans = loans_of(id);
    out->requests = requests_of(id);
    out->savings = savings_of(id);
    out->closed_payments = closed_payments_of(id);
    return out;
}

namespace {

officer officer_in(const rows& found) {
    row at{found};
    officer out;
    out.id = at.text();
    out.first_name = at.text();
    out.last_name = at.text();
    out.courtesy = at.text();
    out.phone = at.text();
    out.branch_id = at.text();
    out.picture = at.text();
    return out;
}

}  // namespace

std::optional<officer> portfolio_reader::find_officer(const std::string& id) {
    officer_.bind(1, std::string_view{id});
    rows found{officer_};
    if (!found.next()) return std::nullopt;
    return officer_in(found);
}

std::vector<officer> portfolio_reader::officers() {
    std::vector<officer> out;
    rows found{officers_};
    while (found.next()) out.push_back(officer_in(found));
    return out;
}

std::optional<branch> portfolio_reader::find_branch(const std::string& id) {
    branch_.bind(1, std::string_view{id});
    rows found{branch_};
    if (!found.next()) return std::nullopt;
    row at{found};
    branch out;
    out.id = at.text();
    out.name = at.text();
    out.street = at.text();
    out.phone = at.text();
    out.hours = at.text();
    out.latitude = at.degrees();
    out.longitude = at.degrees();
    return out;
}

std::optional<group> portfolio_reader::find_group(const std::string& id) {
    group_.bind(1, std::string_view{id});
    rows found{group_};
    if (!found.next()) return std::nullopt;
    row at{found};
    group out;
    out.id = at.text();
    out.name = at.text();
    out.branch_id = at.text();
    out.officer_id = at.text();
    out.meeting_rhythm = at.text();
    out.next_meeting = at.date();
    out.meeting_time = at.text();
    return out;
}

std::vector<loan> portfolio_reader::loans_of(const std::string& client_id) {
    loans_.bind(1, std::string_view{client_id});
    auto out = read_loans(loans_);
    for (auto& each : out) read_payments(each);
    return out;
}

std::vector<loan> portfolio_reader::loans_ever(const std::string& client_id) {
    loans_ever_.bind(1, std::string_view{client_id});
    return read_loans(loans_ever_);
}

std::vector<loan> portfolio_reader::read_loans(statement& bound) {
    std::vector<loan> out;
    {
        rows found{bound};
        while (found.next()) {
            row at{found};
            auto& each = out.emplace_back();
            each.id = at.text();
            each.client_id = at.text();
            each.group_id = at.text();
            each.product = at.text();
            each.status = at.word(parse_loan_status);
            each.cycle = at.count();
            if (!parse_currency(at.text(), each.principal.currency)) {
                throw damaged_portfolio{"loan " + each.id + " has no currency"};
            }
            each.principal.minor = at.number();
            each.disbursed_on = at.date().value_or(civil_date{});
            each.matures_on = at.date().value_or(civil_date{});
            const auto payoff = at.number();
            const auto payoff_on = at.date();
            if (payoff >= 0 && payoff_on) {
                each.payoff = payoff_figure{{payoff, each.principal.currency}, *payoff_on};
            }
        }
    }
    for (auto& each : out) read_schedule(each);
    return out;
}

std::vector<loan_request> portfolio_reader::requests_of(const std::string& client_id) {
    std::vector<loan_request> out;
    requests_.bind(1, std::string_view{client_id});
    rows found{requests_};
    while (found.next()) {
        row at{found};
        auto& each = out.emplace_back();
        each.application = at.text();
        each.loan_id = at.text();
        each.product = at.text();
        each.status = at.word(parse_loan_status);
        if (!parse_currency(at.text(), each.principal.currency)) {
            throw damaged_portfolio{"loan " + each.loan_id + " has no currency"};
        }
        each.principal.minor = at.number();
        each.expected_on = at.date();
        each.reason = at.text();
        each.instalments = at.number();
        each.each = {at.number(), each.principal.currency};
        each.total = {at.number(), each.principal.currency};
        each.first_due = at.date().value_or(civil_date{});
    }
    return out;
}

std::vector<savings_account> portfolio_reader::savings_of(const std::string& client_id) {
    std::vector<savings_account> out;
    savings_.bind(1, std::string_view{client_id});
    rows found{savings_};
    while (found.next()) {
        row at{found};
        auto& each = out.emplace_back();
        each.id = at.text();
        each.client_id = client_id;
        each.product = at.text();
        currency_code currency;
        if (!parse_currency(at.text(), currency)) {
            throw damaged_portfolio{"savings " + each.id + " have no currency"};
        }
        each.balance = {at.number(), currency};
        each.available = {at.number(), currency};
    }
    return out;
}

void portfolio_reader::read_schedule(loan& of) {
    const auto currency = of.principal.currency;
    schedule_.bind(1, std::string_view{of.id});
    rows found{schedule_};
    while (found.next()) {
        row at{found};
        auto& each = of.schedule.emplace_back();
        each.number = at.count();
        each.due = at.date().value_or(civil_date{});
        each.total = {at.number(), currency};
        each.principal = {at.number(), currency};
        each.paid = {at.number(), currency};
        each.met_on = at.date();
    }
}

void portfolio_reader::read_payments(loan& of) {
    payments_.bind(1, std::string_view{of.id});
    rows found{payments_};
    while (found.next()) {
        row at{found};
        auto& each = of.payments.emplace_back();
        each.id = at.text();
        each.on = at.date().value_or(civil_date{});
        each.amount = {at.number(), of.principal.currency};
        each.place = at.text();
        each.reversed = at.yes();
        each.receipt = at.text();
    }
}

// The payment that paid a loan off is on a loan she has no more.
std::vector<payment_on_loan> portfolio_reader::closed_payments_of(const std::string& client_id) {
    std::vector<payment_on_loan> out;
    closed_payments_.bind(1, std::string_view{client_id});
    rows found{closed_payments_};
    while (found.next()) {
        row at{found};
        auto& each = out.emplace_back();
        each.loan_id = at.text();
        currency_code currency;
        if (!parse_currency(at.text(), currency)) {
            throw damaged_portfolio{"loan " + each.loan_id + " has no currency"};
        }
        each.what.id = at.text();
        each.what.on = at.date().value_or(civil_date{});
        each.what.amount = {at.number(), currency};
        each.what.place = at.text();
        each.what.reversed = at.yes();
        each.what.receipt = at.text();
    }
    return out;
}

std::string portfolio_reader::pin_hash(std::string_view client_id) {
    pin_.bind(1, client_id);
    rows found{pin_};
    return found.next() ? std::string{found.text(0)} : std::string{};
}

std::vector<payment_point> portfolio_reader::payment_points() {
    std::vector<payment_point> out;
    rows found{points_};
    while (found.next()) {
        row at{found};
        auto& each = out.emplace_back();
        each.id = at.text();
        each.name = at.text();
        each.kind = at.text();
        each.street = at.text();
        each.hours = at.text();
        each.latitude = at.degrees();
        each.longitude = at.degrees();
        each.branch_id = at.text();
        each.takes_cash = at.yes();
        each.takes_card = at.yes();
    }
    return out;
}

}  // namespace tertulia::gateway
