#include "gateway/documents/personal_data.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/facts/names.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>

namespace tertulia::gateway {
namespace {

using json = nlohmann::ordered_json;

json day(civil_date on) {
    return on.ok() ? json(iso_date(on)) : json(nullptr);
}

json moment(instant at) {
    if (at == instant{}) return nullptr;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    const auto on = std::chrono::floor<std::chrono::days>(seconds);
    const std::chrono::hh_mm_ss time{seconds - on};
    std::array<char, 16> clock{};
    (void)std::snprintf(
        clock.data(), clock.size(), "T%02d:%02d:%02dZ", static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count())
    );
    return iso_date(civil_date{on}) + clock.data();
}

json amount(money of) {
    return {{"amount", decimal(of)}, {"currency", of.currency.view()}};
}

json loan_json(const loan& of) {
    json out{
        {"id", of.id},
        {"product", of.product},
        {"status", name_of(of.status)},
        {"cycle", of.cycle},
        {"principal", amount(of.principal)},
        {"disbursed_on", day(of.disbursed_on)},
        {"matures_on", day(of.matures_on)},
        {"schedule", json::array()},
        {"payments", json::array()}};
    if (of.payoff) {
        out["payoff"] = amount(of.payoff->total);
        out["payoff"]["on"] = day(of.payoff->on);
    }
    for (const auto& each : of.schedule) {
        out["schedule"].push_back(
            {{"number", each.number},
             {"due", day(each.due)},
             {"total", amount(each.total)},
             {"paid", amount(each.paid)}}
        );
    }
    for (const auto& each : of.payments) {
        out["payments"].push_back(
            {{"on", day(each.on)},
             {"amount", amount(each.amount)},
             {"place", each.place},
             {"reversed", each.reversed}}
        );
    }
    return out;
}

json client_json(const client_facts& of) {
    const auto& who = of.who;
    json out{
        {"id", who.id},
        {"first_name", who.first_name},
        {"last_name", who.last_name},
        {"courtesy", who.courtesy},
        {"phones", who.phones},
        {"language", who.language},
        {"digital_maturity", name_of(who.maturity)},
        {"status", name_of(who.status)},
        {"village", who.village},
        {"born", who.born ? json(day(*who.born)) : json{}},
        {"has_pin", of.has_pin},
        {"loans", json::array()},
        {"savings", json::array()}};
    if (of.home_branch) out["branch"] = of.home_branch->name;
    if (of.credit_agent) {
        out["credit_agent"] = of.credit_agent->first_name + " " + of.credit_agent->last_name;
    }
    if (of.village_bank) out["group"] = of.village_bank->name;
    for (const auto& each : of.loans) out["loans"].push_back(loan_json(each));
    for (const auto& each : of.savings) {
        out["savings"].push_back(
            {{"id", each.id},
             {"product", each.product},
             {"balance", amount(each.balance)},
             {"available", amount(each.available)}}
        );
    }
    return out;
}

// "kind=tips_offers\ngiven=yes" as an object; anything else as it stands.
json detail_json(const std::string& detail) {
    if (detail.find('\n') == std::string::npos) return detail;
    json out = json::object();
    std::string_view rest = detail;
    while (!rest.empty()) {
        const auto line = rest.substr(0, rest.find('\n'));
        const auto sign = line.find('=');
        if (sign != std::string_view::npos) {
            out[std::string{line.substr(0, sign)}] = line.substr(sign + 1);
        }
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
    return out;
}

}  // namespace

std::string json_of(const personal_data& what) {
    json out{
        {"as_of", moment(what.as_of)},
        {"clients", json::array()},
        {"records", json::array()}};
    for (const auto& each : what.clients) out["clients"].push_back(client_json(*each));
    for (const auto& each : what.records) {
        out["records"].push_back(
            {{"at", moment(each.at)}, {"kind", each.kind}, {"detail", detail_json(each.detail)}});
    }
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace tertulia::gateway
