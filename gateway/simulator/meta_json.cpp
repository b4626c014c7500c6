#include "gateway/simulator/meta_json.hpp"

#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdint>
#include <utility>

namespace tertulia::gateway::simulator {

using nlohmann::json;

std::string escaped(const json& what) {
    const auto plain = what.dump(-1, ' ', true, json::error_handler_t::replace);
    std::string all;
    all.reserve(plain.size() + plain.size() / 32);
    // Meta's encoder escapes the slash too; it only ever occurs inside strings.
    for (const char each : plain) {
        if (each == '/') all += '\\';
        all += each;
    }
    return all;
}

std::string signature(std::string_view secret, std::string_view body) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length{};
    HMAC(
        EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
        reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest.data(), &length
    );
    std::string text{"sha256="};
    for (unsigned i = 0; i < length; ++i) {
        text += "0123456789abcdef"[digest[i] >> 4U];
        text += "0123456789abcdef"[digest[i] & 15U];
    }
    return text;
}

json contact_json(const contact& who) {
    json all = json::object();
    if (!who.name.empty()) all["profile"] = {{"name", who.name}};
    if (!who.wa_id.empty()) all["wa_id"] = who.wa_id;
    if (!who.user_id.empty()) all["user_id"] = who.user_id;
    return all;
}

namespace {

json value_of(const account& of) {
    return {
        {"messaging_product", "whatsapp"},
        {"metadata",
         {{"display_phone_number", of.display_phone_number},
          {"phone_number_id", of.phone_number_id}}}};
}

json body_of(const account& of, std::string_view field, json value, json entry = json::object()) {
    json change{{"field", field}, {"value", std::move(value)}};
    entry["id"] = of.business_account_id;
    entry["changes"] = json::array({std::move(change)});
    json body{{"object", "whatsapp_business_account"}};
    body["entry"] = json::array({std::move(entry)});
    return body;
}

}  // namespace

json callback(
    const account& of, const json& contacts, const json& messages, const json& statuses
) {
    auto value = value_of(of);
    if (!contacts.is_null()) value["contacts"] = contacts;
    if (!messages.is_null()) value["messages"] = messages;
    if (!statuses.is_null()) value["statuses"] = statuses;
    return body_of(of, "messages", std::move(value));
}

json group_callback(const account& of, std::string_view field, const json& event, instant at) {
    auto value = value_of(of);
    value["groups"] = json::array({event});
    return body_of(of, field, std::move(value), {{"time", to_millis(at) / 1'000}});
}

json inbound_json(const contact& from, std::string_view id, instant at, std::string_view type) {
    json message{
        {"id", id}, {"timestamp", std::to_string(to_millis(at) / 1'000)}, {"type", type}};
    if (!from.wa_id.empty()) message["from"] = from.wa_id;
    if (!from.user_id.empty()) message["from_user_id"] = from.user_id;
    return message;
}

json error_envelope(const graph_error& error, std::string_view trace_id) {
    json inner{
        {"message", "(#" + std::to_string(error.code) + ") " + error.message},
        {"type", "OAuthException"},
        {"code", error.code},
        {"fbtrace_id", trace_id}};
    if (!error.details.empty()) {
        inner["error_data"] = {{"messaging_product", "whatsapp"}, {"details", error.details}};
    }
    if (error.subcode != 0) inner["error_subcode"] = error.subcode;
    return {{"error", std::move(inner)}};
}

json status_error(const graph_error& error) {
    json all{{"code", error.code}, {"title", error.message}, {"message", error.message}};
    if (!error.details.empty()) all["error_data"] = {{"details", error.details}};
    all["href"] = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";
    return all;
}

graph_error error_of(int code) {
    struct known {
        int code;
        unsigned status;
        const char* words;
    };
    static constexpr std::array all{
        known{1, 400, "API Unknown"},
        known{2, 503, "API Service"},
        known{4, 429, "API Too Many Calls"},
        known{10, 403, "Permission Denied"},
        known{33, 400, "Parameter value is not valid"},
        known{100, 400, "Invalid parameter"},
        known{190, 401, "Access token has expired"},
        known{368, 403, "Temporarily blocked for policies violations"},
        known{500, 500, "Internal error"},
        known{80007, 400, "Rate limit issues"},
        known{130429, 429, "Rate limit hit"},
        known{130472, 400, "User's number is part of an experiment"},
        known{131000, 500, "Something went wrong"},
        known{131005, 403, "Access denied"},
        known{131008, 400, "Required parameter is missing"},
        known{131009, 400, "Parameter value is not valid"},
        known{131016, 500, "Service unavailable"},
        known{131020, 400, "Group is not valid"},
        known{131021, 400, "Recipient cannot be sender"},
        known{131026, 400, "Message undeliverable"},
        known{131030, 400, "Recipient phone number not in allowed list"},
        known{131031, 403, "Account has been locked"},
        known{131041, 400, "Group is unknown or you are not a member of it"},
        known{131042, 400, "Business eligibility payment issue"},
        known{131045, 500, "Incorrect certificate"},
        known{131047, 400, "Re-engagement message"},
        known{131048, 400, "Spam rate limit hit"},
        known{131049, 400, "Message not delivered to maintain healthy ecosystem engagement"},
        known{131050, 400, "User has stopped marketing messages"},
        known{131051, 400, "Unsupported message type"},
        known{131053, 400, "Media upload error"},
        known{131056, 400, "(Business Account, Consumer Account) pair rate limit hit"},
        known{131057, 400, "Account in maintenance mode"},
        known{131201, 206, "Partial success"},
        known{131202, 400, "Duplicate participant"},
        known{131203, 400, "User has not accepted the new terms"},
        known{131204, 400, "Too many participants"},
        known{131207, 403, "Group is suspended"},
        known{131208, 429, "Too many group operations"},
        known{131209, 400, "Profile picture is not square"},
        known{131210, 400, "Profile picture is too small or too large"},
        known{131211, 400, "Too many groups"},
        known{131212, 400, "Not a participant"},
        known{131213, 400, "Join request does not exist"},
        known{131214, 400, "Group creation is disabled for excessive marketing"},
        known{131215, 400, "Phone number is not eligible for groups"},
        known{132000, 400, "Number of parameters does not match the expected number of params"},
        known{132001, 404, "Template name does not exist in the translation"},
        known{132012, 400, "Parameter format does not match format in the created template"},
        known{132015, 400, "Template is paused"},
        known{132016, 400, "Template is disabled"},
        known{133010, 400, "Phone number not registered"},
        known{137000, 400, "Recipient identity key hash mismatch"},
    };
    for (const auto& each : all) {
        if (each.code == code) {
            return {.http_status = each.status, .code = code, .message = each.words,
                    .details = each.words};
        }
    }
    return {.http_status = 400, .code = code, .message = "An error occurred"};
}

std::size_t utf16_units(std::string_view utf8) {
    std::size_t units = 0;
    for (const char each : utf8) {
        const auto byte = static_cast<unsigned char>(each);
        if ((byte & 0xC0U) == 0x80U) continue;  // a continuation belongs to its lead
        units += byte >= 0xF0U ? 2 : 1;         // four bytes are a surrogate pair
    }
    return units;
}

std::string digits_of(std::string_view phone) {
    std::string digits;
    for (const char each : phone) {
        if (each >= '0' && each <= '9') digits += each;
    }
    return digits;
}

std::string user_id_of(std::string_view wa_id) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> countries{{
        {"502", "GT"}, {"503", "SV"}, {"504", "HN"}, {"505", "NI"}, {"52", "MX"},
        {"57", "CO"}, {"51", "PE"}, {"221", "SN"}, {"33", "FR"}, {"44", "GB"}}};
    std::string_view country{"US"};
    for (const auto& [prefix, code] : countries) {
        if (wa_id.starts_with(prefix)) country = code;
    }
    std::uint64_t mixed = 0xcbf29ce484222325U;  // FNV-1a
    for (const char each : wa_id) {
        mixed = (mixed ^ static_cast<unsigned char>(each)) * 0x100000001b3U;
    }
    return std::string{country} + '.' + std::to_string(mixed);
}

}  // namespace tertulia::gateway::simulator
