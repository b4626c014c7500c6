#include "tests/unit/gateway/core_banking/books.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/facts/names.hpp"
#include "gateway/portfolio/demo_generator.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace tertulia::gateway::testing_core {
namespace {

// Made once for all tests of a day: it takes longer than most of them.
const adapters::ledger::contents& demo_of(civil_date day) {
    static std::map<civil_date, adapters::ledger::contents> made;
    const auto known = made.find(day);
    if (known != made.end()) return known->second;
    const auto files = generate_demo(demo_seed, day).files;
    auto read = adapters::ledger::read(files, {});
    if (read.problems.count() != 0) throw std::runtime_error{"the demonstration does not read"};
    return made.emplace(day, std::move(read.found)).first->second;
}

std::int64_t paid_of(const book_loan& of) {
    std::int64_t sum = 0;
    for (const auto& each : of.payments) sum += each.reversed ? 0 : each.minor;
    return sum;
}

std::int64_t contract_of(const book_loan& of) {
    std::int64_t sum = 0;
    for (const auto& each : of.contract) sum += each.total;
    return sum;
}

template <class Number>
Number between(std::mt19937_64& by, Number least, Number most) {
    return std::uniform_int_distribution<Number>{least, most}(by);
}

}  // namespace

books::books(civil_date on) : today{on} {
    const auto& found = demo_of(on);
    branches = found.branches;
    officers = found.officers;
    groups = found.groups;
    clients = found.clients;
    leaders = found.leaders;
    std::map<std::string, std::size_t> at;
    for (const auto& each : found.loans) {
        at[each.id] = loans.size();
        loans.push_back({.head = each});
    }
    for (const auto& [id, each] : found.schedule) {
        loans[at.at(id)].contract.push_back(
            {each.number, each.due, each.total.minor, each.principal.minor});
    }
    for (const auto& [id, each] : found.payments) {
        loans[at.at(id)].payments.push_back(
            {next_payment_++, each.on, each.amount.minor, each.place, each.reversed});
    }
    for (const auto& each : found.savings) {
        savings.push_back(
            {.head = each,
             .moves = {each.balance.minor},
             .held = each.balance.minor - each.available.minor}
        );
    }
    for (auto& each : loans) std::ranges::sort(each.contract, {}, &contract_part::number);
}

void books::keep(std::size_t people, std::size_t credits) {
    clients.resize(people);
    std::erase_if(loans, [this](const book_loan& each) {
        return std::ranges::find(clients, each.head.client_id, &client::id) == clients.end();
    });
    loans.resize(std::min(credits, loans.size()));
    std::erase_if(savings, [this](const book_savings& each) {
        return std::ranges::find(clients, each.head.client_id, &client::id) == clients.end();
    });
}

std::int64_t books::number_of(const std::string& id) {
    const auto [found, added] = numbers_.try_emplace(id, 0);
    if (added) found->second = static_cast<std::int64_t>(numbers_.size()) + 100;
    return found->second;
}

owed books::owed_of(const book_loan& of) const {
    std::int64_t fallen_due = 0;
    for (const auto& each : of.contract) fallen_due += each.due <= today ? each.total : 0;
    const auto paid = paid_of(of);
    return {contract_of(of) - paid, std::max<std::int64_t>(0, fallen_due - paid)};
}

std::int64_t books::payoff_of(const book_loan& of) const {
    auto paid = paid_of(of);
    std::int64_t out = 0;
    bool later = false;
    for (const auto& each : of.contract) {
        const auto covered = std::min(paid, each.total);
        paid -= covered;
        const auto left = each.total - covered;
        if (left == 0) continue;
        out += later ? std::min(left, each.principal) : left;
        later = later || each.due >= today;
    }
    return out;
}

std::int64_t books::balance_of(const book_savings& of) {
    return std::accumulate(of.moves.begin(), of.moves.end(), std::int64_t{});
}

std::int64_t books::available_of(const book_savings& of) {
    return balance_of(of) - of.held;
}

bool books::save(book_savings& of, std::mt19937_64& by) {
    switch (between(by, 0, 2)) {
        case 0:
            of.moves.push_back(between<std::int64_t>(by, 1, 99'999));
            return true;
        case 1:
            if (available_of(of) < 1) return false;
            of.moves.push_back(-between<std::int64_t>(by, 1, available_of(of)));
            return true;
        default:
            of.held = between<std::int64_t>(by, 0, balance_of(of));
            return true;
    }
}

std::vector<instalment> books::schedule_of(const book_loan& of) const {
    auto payments = of.payments;
    std::erase_if(payments, [](const auto& each) { return each.reversed; });
    std::ranges::stable_sort(payments, {}, &book_payment::on);
    std::vector<instalment> out;
    const auto currency = of.head.principal.currency;
    std::size_t at = 0;
    for (const auto& part : of.contract) {
        instalment each{
            .number = part.number,
            .due = part.due,
            .total = {part.total, currency},
            .principal = {part.principal, currency},
            .paid = {0, currency}};
        while (each.paid.minor < part.total && at < payments.size()) {
            const auto takes = std::min(part.total - each.paid.minor, payments[at].minor);
            each.paid.minor += takes;
            payments[at].minor -= takes;
            if (each.paid.minor == part.total) each.met_on = payments[at].on;
            if (payments[at].minor == 0) ++at;
        }
        out.push_back(each);
    }
    return out;
}

bool books::pay(book_loan& of, std::mt19937_64& by) {
    const auto left = owed_of(of).outstanding;
    if (of.head.status != loan_status::active || left <= 1) return false;
    const auto minor = between<std::int64_t>(by, 1, std::min<std::int64_t>(left - 1, 150'000));
    of.payments.push_back({next_payment_++, today, minor, "Agencia", false});
    return true;
}

bool books::reverse(book_loan& of, std::mt19937_64& by) {
    if (of.head.status != loan_status::active || of.payments.empty()) return false;
    auto& each = of.payments[between<std::size_t>(by, 0, of.payments.size() - 1)];
    if (each.reversed) return false;
    each.reversed = true;
    return true;
}

// What has not fallen due moves, and becomes dearer; sometimes there is one part more.
bool books::reschedule(book_loan& of, std::mt19937_64& by) {
    if (of.head.status != loan_status::active) return false;
    const auto days = between(by, 1, 30);
    bool any = false;
    for (auto& each : of.contract) {
        if (each.due <= today) continue;
        each.due = plus_days(each.due, days);
        each.total += between<std::int64_t>(by, 0, 999);
        any = true;
    }
    if (any && between(by, 0, 2) == 0) {
        auto more = of.contract.back();
        ++more.number;
        more.due = plus_days(more.due, 14);
        more.total = between<std::int64_t>(by, 1, 20'000);
        more.principal = 0;
        of.contract.push_back(more);
    }
    return any;
}

std::vector<adapters::ledger::file> books::ledger_files() const {
    std::string people = "id,first_name,last_name,phone,branch_id,officer_id,group_id\n";
    std::string heads = "id,client_id,group_id,product,status,cycle,principal,disbursed_on,matures_on,payoff,"
                        "payoff_on\n";
    std::string parts = "loan_id,number,due,total,principal,paid,met_on\n";
    std::string paid = "id,loan_id,on,amount,place,reversed\n";
    for (const auto& each : clients) {
        std::string phones;
        for (const auto& phone : each.phones) phones += (phones.empty() ? "" : "|") + phone;
        people += each.id + "," + each.first_name + "," + each.last_name + "," + phones + ",,,\n";
    }
    for (const auto& each : loans) {
        const auto& head = each.head;
        heads += head.id + "," + head.client_id + ",," + head.product + "," +
                 std::string{name_of(head.status)} + "," + std::to_string(head.cycle) + "," +
                 decimal(head.principal) + "," + iso_date(head.disbursed_on) + "," +
                 iso_date(head.matures_on) + "," +
                 decimal({payoff_of(each), head.principal.currency}) + "," + iso_date(today) + "\n";
        for (const auto& part : schedule_of(each)) {
            parts += head.id + "," + std::to_string(part.number) + "," + iso_date(part.due) + "," +
                     decimal(part.total) + "," + decimal(part.principal) + "," + decimal(part.paid) +
                     "," + (part.met_on ? iso_date(*part.met_on) : "") + "\n";
        }
        for (const auto& payment : each.payments) {
            paid += std::to_string(payment.id) + "," + head.id + "," + iso_date(payment.on) + "," +
                    decimal({payment.minor, head.principal.currency}) + "," + payment.place + "," +
                    (payment.reversed ? "yes" : "no") + "\n";
        }
    }
    std::string saved = "id,client_id,product,balance,available,active\n";
    for (const auto& each : savings) {
        const auto currency = each.head.balance.currency;
        saved += each.head.id + "," + each.head.client_id + "," + each.head.product + "," +
                 decimal({balance_of(each), currency}) + "," +
                 decimal({available_of(each), currency}) + "," +
                 (each.head.active ? "yes" : "no") + "\n";
    }
    return {
        {"savings.csv", saved},
        {"clients.csv", people}, {"loans.csv", heads}, {"schedule.csv", parts}, {"payments.csv", paid}};
}

}  // namespace tertulia::gateway::testing_core
