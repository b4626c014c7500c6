#include "gateway/applications/application_export.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>

namespace tertulia::gateway {
namespace {

// Quoted wherever that could matter. What a spreadsheet would take for a formula is told as text.
std::string field(std::string_view text) {
    constexpr std::string_view formulas = "=+-@\t\r";
    const bool formula = !text.empty() && formulas.find(text.front()) != std::string_view::npos;
    std::string out{"\""};
    if (formula) out += '\'';
    for (const char one : text) {
        if (one == '"') out += '"';
        out += one;
    }
    return out + '"';
}

// "2026-11-23T16:40:00Z"
std::string utc(instant at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    const auto day = std::chrono::floor<std::chrono::days>(seconds);
    const std::chrono::hh_mm_ss time{seconds - day};
    char text[16];
    std::snprintf(
        text, sizeof text, "T%02d:%02d:%02dZ", static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count())
    );
    return iso_date(civil_date{day}) + text;
}

}  // namespace

std::string csv_of(std::span<const application_entry> all) {
    std::string out{
        "id,application,state,sent_at,conversation,client_id,product,amount,currency,language,"
        "core_id,reason,answers\r\n"};
    for (const auto& one : all) {
        const auto& what = one.what;
        const bool sum = what.amount.minor != 0;
        nlohmann::ordered_json answers(nlohmann::ordered_json::object());
        for (const auto& [name, kept] : what.answers) answers[name] = kept;
        out += std::to_string(one.id) + ',' + field(what.number) + ',' +
               std::string{name_of(one.state)} + ',' + utc(one.at) + ',' +
               std::to_string(one.party.value) + ',' + field(what.client_id) + ',' +
               field(what.product) + ',' + (sum ? decimal(what.amount) : std::string{}) + ',' +
               (sum ? std::string{what.amount.currency.view()} : std::string{}) + ',' +
               field(what.language) + ',' + field(one.core_id) + ',' + field(one.reason) + ',' +
               field(answers.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)) +
               "\r\n";
    }
    return out;
}

}  // namespace tertulia::gateway
