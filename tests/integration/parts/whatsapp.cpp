#include "tests/integration/parts/whatsapp.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <atomic>
#include <chrono>
#include <set>

#include <unistd.h>

namespace tertulia::integration {

using nlohmann::json;

std::string signature_of(std::string_view body, std::string_view secret) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    HMAC(
        EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
        reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest.data(), &length
    );
    std::string out{"sha256="};
    for (unsigned i = 0; i < length; ++i) {
        out += "0123456789abcdef"[digest[i] >> 4U];
        out += "0123456789abcdef"[digest[i] & 15U];
    }
    return out;
}

std::string new_id() {
    static std::atomic<unsigned> count{};
    return "wamid.TEST" + std::to_string(::getpid()) + "N" + std::to_string(++count);
}

std::string id_of(const json& message) { return message.at("id").get<std::string>(); }

namespace {

json message_of(std::string_view from, std::string_view type, std::string id) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    return {
        {"from", from}, {"id", std::move(id)}, {"timestamp", std::to_string(seconds)},
        {"type", type}};
}

}  // namespace

json text_message(std::string_view from, std::string_view text, std::string id) {
    auto out = message_of(from, "text", std::move(id));
    out["text"] = {{"body", text}};
    return out;
}

json tap_message(std::string_view from, std::string_view choice_id, std::string_view title) {
    auto out = message_of(from, "interactive", new_id());
    out["interactive"] = {
        {"type", "button_reply"}, {"button_reply", {{"id", choice_id}, {"title", title}}}};
    return out;
}

std::string webhook_body(
    const std::vector<json>& messages, std::string_view to, std::string_view field
) {
    json contacts = json::array();
    std::set<std::string> named;
    for (const auto& one : messages) {
        if (!one.is_object() || !one.contains("from") || !one["from"].is_string()) continue;
        const auto from = one["from"].get<std::string>();
        if (!named.insert(from).second) continue;
        contacts.push_back({{"profile", {{"name", "Ana"}}}, {"wa_id", from}});
    }
    json value{{"messaging_product", "whatsapp"}};
    value["metadata"] = {{"display_phone_number", "15550783881"}, {"phone_number_id", to}};
    value["contacts"] = std::move(contacts);
    value["messages"] = messages;
    json change{{"field", field}, {"value", std::move(value)}};
    json entry{{"id", "102290129340398"}, {"changes", json::array({std::move(change)})}};
    json all{{"object", "whatsapp_business_account"}, {"entry", json::array({std::move(entry)})}};
    return all.dump(-1, ' ', true);
}

}  // namespace tertulia::integration
