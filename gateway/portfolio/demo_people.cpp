#include "gateway/portfolio/demo_people.hpp"

#include "adapters/ledger/ledger.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace tertulia::gateway {
namespace {

template <class Record>
std::optional<Record> with_id(const std::vector<Record>& all, const std::string& id) {
    const auto found = std::ranges::find(all, id, &Record::id);
    return found == all.end() ? std::nullopt : std::optional{*found};
}

std::shared_ptr<const client_facts> facts_of(
    const client& who, const adapters::ledger::contents& found
) {
    auto out = std::make_shared<client_facts>();
    out->who = who;
    out->credit_agent = with_id(found.officers, who.officer_id);
    out->home_branch = with_id(found.branches, who.branch_id);
    out->village_bank = with_id(found.groups, who.group_id);
    out->has_pin =
        std::ranges::find(found.pins, who.id, &adapters::ledger::client_pin::client_id) !=
        found.pins.end();
    for (const auto& owed : found.loans) {
        if (owed.client_id != who.id || owed.status != loan_status::active) continue;
        auto& each = out->loans.emplace_back(owed);
        for (const auto& part : found.schedule) {
            if (part.loan_id == owed.id) each.schedule.push_back(part.what);
        }
        for (const auto& paid : found.payments) {
            if (paid.loan_id == owed.id) each.payments.push_back(paid.what);
        }
        std::ranges::sort(each.schedule, {}, &instalment::number);
        std::ranges::sort(each.payments, [](const payment& left, const payment& right) {
            return std::tie(left.on, left.id) > std::tie(right.on, right.id);
        });
    }
    for (const auto& saved : found.savings) {
        if (saved.client_id == who.id && saved.active) out->savings.push_back(saved);
    }
    std::ranges::sort(out->loans, [](const loan& left, const loan& right) {
        return std::tie(left.disbursed_on, left.id) < std::tie(right.disbursed_on, right.id);
    });
    return out;
}

}  // namespace

std::string short_name(const demo_person& of) {
    if (of.client_id.empty()) return "stranger";
    std::string made;
    for (std::size_t i = 0; i < of.name.size(); ++i) {
        const auto byte = static_cast<unsigned char>(of.name[i]);
        if (byte == 0xC3 && i + 1 < of.name.size()) {  // of the names there are: Lucía
            made += static_cast<unsigned char>(of.name[++i]) == 0xAD ? 'i' : '_';
        } else {
            made += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : of.name[i];
        }
    }
    return made;
}

std::vector<demo_on_file> demo_people_on(civil_date today) {
    auto files = generate_demo(demo_seed, today).files;
    std::erase_if(files, [](const auto& file) { return file.name.starts_with("payment_points"); });
    const auto read = adapters::ledger::read(files, {});
    if (read.problems.count() > 0) throw std::logic_error{"the demonstration does not read"};
    std::vector<demo_on_file> out;
    for (auto& each : demo_people()) {
        demo_on_file made{.who = std::move(each)};
        for (const auto& one : read.found.clients) {
            if (std::ranges::find(one.phones, made.who.phone) != one.phones.end()) {
                made.clients.push_back(facts_of(one, read.found));
            }
        }
        out.push_back(std::move(made));
    }
    return out;
}

}  // namespace tertulia::gateway
