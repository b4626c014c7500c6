#include "gateway/applications/application_export.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/script/answer_values.hpp"
#include "dialogs/services/record_fields.hpp"
#include "gateway/documents/csv_field.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>

namespace tertulia::gateway {
namespace {

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

std::string table_of(
    std::span<const kept_record> all, std::string_view header, std::size_t sum_at,
    std::size_t columns
) {
    std::string out{header};
    for (const auto& one : all) {
        auto fields = dialogs::fields_of_record(one.detail);
        fields.resize(columns);
        out += std::to_string(one.id) + ',' + utc(one.at) + ',' + std::to_string(one.party.value);
        for (std::size_t i = 0; i < columns; ++i) {
            if (i != sum_at) {
                out += ',' + csv_field(fields[i]);
                continue;
            }
            const auto sum = dialogs::parse_minor_units(fields[i]);
            out += ',' + (sum ? decimal(*sum) : std::string{}) + ',' +
                   (sum ? std::string{sum->currency.view()} : std::string{});
        }
        out += "\r\n";
    }
    return out;
}

}  // namespace

std::string csv_of_claims(std::span<const kept_record> all) {
    return table_of(
        all,
        "id,at,conversation,claim,state,loan_id,amount,currency,paid_on,receipt,case,payment_id\r\n",
        3, 8
    );
}

std::string csv_of_promises(std::span<const kept_record> all) {
    return table_of(all, "id,at,conversation,loan_id,on,amount,currency,state,case\r\n", 2, 5);
}

std::string csv_of(std::span<const application_entry> all) {
    std::string out{
        "id,application,state,sent_at,conversation,client_id,product,amount,currency,language,"
        "core_id,reason,answers\r\n"};
    for (const auto& one : all) {
        const auto& what = one.what;
        const bool sum = what.amount.minor != 0;
        nlohmann::ordered_json answers(nlohmann::ordered_json::object());
        for (const auto& [name, kept] : what.answers) answers[name] = kept;
        out += std::to_string(one.id) + ',' + csv_field(what.number) + ',' +
               std::string{name_of(one.state)} + ',' + utc(one.at) + ',' +
               std::to_string(one.party.value) + ',' + csv_field(what.client_id) + ',' +
               csv_field(what.product) + ',' + (sum ? decimal(what.amount) : std::string{}) + ',' +
               (sum ? std::string{what.amount.currency.view()} : std::string{}) + ',' +
               csv_field(what.language) + ',' + csv_field(one.core_id) + ',' + csv_field(one.reason) + ',' +
               csv_field(answers.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)) +
               "\r\n";
    }
    return out;
}

}  // namespace tertulia::gateway
