#include "tests/integration/parts/kinds.hpp"

#include <gtest/gtest.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <ctime>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using fields = std::vector<std::pair<std::string, std::string>>;

constexpr auto secret = "0123456789abcdef";
constexpr auto account = "AC00000000000000000000000000000001";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        const auto one = static_cast<unsigned char>(letter);
        if (std::isalnum(one) != 0 || one == '-' || one == '_' || one == '.') {
            out += static_cast<char>(one);
        } else {
            out += '%';
            out += "0123456789ABCDEF"[one >> 4U];
            out += "0123456789ABCDEF"[one & 15U];
        }
    }
    return out;
}

std::string form_of(const fields& all) {
    std::string out;
    for (const auto& [name, value] : all) {
        out += (out.empty() ? "" : "&") + escaped(name) + "=" + escaped(value);
    }
    return out;
}

int digit(char one) {
    return one <= '9' ? one - '0' : (one | 0x20) - 'a' + 10;
}

std::string plain(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%' && at + 2 < text.size()) {
            out += static_cast<char>(digit(text[at + 1]) * 16 + digit(text[at + 2]));
            at += 2;
        } else {
            out += text[at] == '+' ? ' ' : text[at];
        }
    }
    return out;
}

std::string value_in(std::string_view form, std::string_view name) {
    for (std::size_t at = 0; at <= form.size();) {
        const auto end = std::min(form.find('&', at), form.size());
        const auto one = form.substr(at, end - at);
        const auto mark = one.find('=');
        if (one.substr(0, mark) == name && mark != std::string_view::npos) {
            return plain(one.substr(mark + 1));
        }
        at = end + 1;
    }
    return {};
}

std::string digits_of(std::string_view from) {
    std::string out;
    for (const char one : from) {
        if (one >= '0' && one <= '9') out += one;
    }
    return out;
}

std::string hmac(const EVP_MD* how, std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    HMAC(
        how, key.data(), static_cast<int>(key.size()),
        reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length
    );
    return {reinterpret_cast<const char*>(digest.data()), length};
}

std::string base64(const std::string& bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int length = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(out.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size())
    );
    out.resize(static_cast<std::size_t>(length));
    return out;
}

std::string hex(const std::string& bytes) {
    std::string out;
    for (const char byte : bytes) {
        const auto one = static_cast<unsigned char>(byte);
        out += "0123456789abcdef"[one >> 4U];
        out += "0123456789abcdef"[one & 15U];
    }
    return out;
}

std::string stamp(const char* form, std::chrono::system_clock::time_point at) {
    const auto seconds = std::chrono::system_clock::to_time_t(at);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char out[64];
    std::strftime(out, sizeof out, form, &parts);
    return out;
}
std::string now_as(const char* form) { return stamp(form, std::chrono::system_clock::now()); }

// What all rows share: no limit of ours in the way, and a short wait for a lost answer.
constexpr auto common =
    ", rate: 1000/s, pair_rate: 1000/s, pair_burst: 100000, unknown_wait: 6";

// ---- WhatsApp

std::string whatsapp_row(const std::string& name, const std::string& api) {
    return "{name: " + name + ", type: whatsapp_cloud, phone_number_id: \"106540352242922\", "
           "access_token: t, app_secret: test_app_secret, verify_token: v, api_base: \"" + api +
           "\"" + common + "}";
}
std::optional<heard_send> whatsapp_read(const fake_request& heard) {
    if (heard.method != "POST") return std::nullopt;
    const auto body = json::parse(heard.body);
    if (!body.contains("to")) return std::nullopt;
    const auto text =
        body.value("type", "text") == "text" ? body["text"]["body"].get<std::string>() : "";
    return heard_send{
        digits_of(body["to"].get<std::string>()), text, body.value("biz_opaque_callback_data", "")};
}
fake_answer whatsapp_yes(const heard_send& what, int number) {
    const json id{{"id", "wamid.FAKE" + std::to_string(number)}};
    const json contact{{"input", what.to}, {"wa_id", what.to}};
    return {.body = json{{"messaging_product", "whatsapp"},
                         {"contacts", json::array({contact})},
                         {"messages", json::array({id})}}
                        .dump()};
}
incoming_call whatsapp_says(
    const std::string& name, const std::string&, const std::string& digits, const std::string& text,
    const std::string& id
) {
    auto body = webhook_body({text_message(digits, text, id)});
    auto signed_as = signature_of(body);
    return {
        .target = "/webhooks/" + name,
        .fields = {{"Content-Type", "application/json"}, {"X-Hub-Signature-256", signed_as}},
        .body = std::move(body)};
}

incoming_call whatsapp_delivered(
    const std::string& name, const std::string&, const heard_send& what, int number
) {
    const json status{
        {"id", "wamid.FAKE" + std::to_string(number)}, {"status", "delivered"},
        {"timestamp", std::to_string(std::time(nullptr))}, {"recipient_id", what.to},
        {"biz_opaque_callback_data", what.ours}};
    auto all = json::parse(webhook_body({}));
    all["entry"][0]["changes"][0]["value"].erase("messages");
    all["entry"][0]["changes"][0]["value"]["statuses"] = json::array({status});
    auto body = all.dump();
    auto signed_as = signature_of(body);
    return {
        .target = "/webhooks/" + name,
        .fields = {{"Content-Type", "application/json"}, {"X-Hub-Signature-256", signed_as}},
        .body = std::move(body)};
}

// ---- Twilio

std::string twilio_channel_row(const std::string& name, const std::string& api) {
    return "{name: " + name + ", type: twilio, account_sid: " + account +
           ", auth_token: token, from: \"+15005550006\", api_base: \"" + api + "\"" + common + "}";
}
std::optional<heard_send> twilio_read(const fake_request& heard) {
    if (heard.method != "POST") return std::nullopt;
    const auto callback = value_in(heard.body, "StatusCallback");
    const auto mid = callback.find("mid=");
    return heard_send{
        digits_of(value_in(heard.body, "To")), value_in(heard.body, "Body"),
        mid == std::string::npos ? "" : digits_of(callback.substr(mid + 4))};
}
fake_answer twilio_yes(const heard_send&, int number) {
    auto sid = std::to_string(number);
    sid.insert(0, 32 - sid.size(), '0');
    return {.status = 201, .body = json{{"sid", "SM" + sid}, {"status", "queued"}}.dump()};
}
incoming_call twilio_says(
    const std::string& name, const std::string& own_url, const std::string& digits,
    const std::string& text, const std::string& id
) {
    fields all{
        {"AccountSid", account}, {"Body", text}, {"From", "+" + digits}, {"MessageSid", id},
        {"NumMedia", "0"}, {"SmsStatus", "received"}, {"To", "+15005550006"}};
    auto signed_text = own_url + "/webhooks/" + name;
    for (const auto& [key, value] : all) signed_text += key + value;
    return {
        .target = "/webhooks/" + name,
        .fields =
            {{"Content-Type", "application/x-www-form-urlencoded"},
             {"X-Twilio-Signature", base64(hmac(EVP_sha1(), "token", signed_text))}},
        .body = form_of(all)};
}

incoming_call twilio_delivered(
    const std::string& name, const std::string& own_url, const heard_send& what, int number
) {
    auto sid = std::to_string(number);
    sid.insert(0, 32 - sid.size(), '0');
    const fields all{
        {"AccountSid", account}, {"From", "+15005550006"}, {"MessageSid", "SM" + sid},
        {"MessageStatus", "delivered"}, {"To", "+" + what.to}};
    const auto target = "/webhooks/" + name + "?mid=" + what.ours;
    auto signed_text = own_url + target;
    for (const auto& [key, value] : all) signed_text += key + value;
    return {
        .target = target,
        .fields =
            {{"Content-Type", "application/x-www-form-urlencoded"},
             {"X-Twilio-Signature", base64(hmac(EVP_sha1(), "token", signed_text))}},
        .body = form_of(all)};
}

// ---- Infobip

std::string infobip_row(const std::string& name, const std::string& api) {
    return "{name: " + name + ", type: infobip, api_key: k, from: \"4040\", path_secret: " + secret +
           ", api_base: \"" + api + "\"" + common + "}";
}
std::optional<heard_send> infobip_read(const fake_request& heard) {
    if (heard.method != "POST") return std::nullopt;
    const auto one = json::parse(heard.body)["messages"][0];
    const auto to = one["destinations"][0];
    return heard_send{
        digits_of(to["to"].get<std::string>()), one["content"]["text"], to.value("messageId", "")};
}
fake_answer infobip_yes(const heard_send& what, int number) {
    const auto id = what.ours.empty() ? "ib-" + std::to_string(number) : what.ours;
    const json message{
        {"messageId", id},
        {"status", {{"groupId", 1}, {"groupName", "PENDING"}, {"id", 26}, {"name", "PENDING_ACCEPTED"}}},
        {"destination", what.to}};
    return {.body = json{{"bulkId", "b"}, {"messages", json::array({message})}}.dump()};
}
incoming_call infobip_says(
    const std::string& name, const std::string&, const std::string& digits, const std::string& text,
    const std::string& id
) {
    const json one{
        {"messageId", id}, {"from", digits}, {"to", "4040"}, {"text", text}, {"cleanText", text},
        {"receivedAt", now_as("%Y-%m-%dT%H:%M:%S.000+0000")}};
    return {
        .target = "/webhooks/" + name + "/" + secret,
        .fields = {{"Content-Type", "application/json"}},
        .body = json{{"results", json::array({one})}, {"messageCount", 1}, {"pendingMessageCount", 0}}
                    .dump()};
}

// ---- Vonage

std::string vonage_row(const std::string& name, const std::string& api) {
    return "{name: " + name + ", type: vonage, api_key: key, api_secret: s, from: \"15005550006\", "
           "signature_secret: sign, api_base: \"" + api + "\"" + common + "}";
}
std::optional<heard_send> vonage_read(const fake_request& heard) {
    if (heard.method != "POST") return std::nullopt;
    const auto body = json::parse(heard.body);
    return heard_send{
        digits_of(body["to"].get<std::string>()), body.value("text", ""),
        body.value("client_ref", "")};
}
fake_answer vonage_yes(const heard_send&, int number) {
    return {.status = 202, .body = json{{"message_uuid", "uuid-" + std::to_string(number)}}.dump()};
}
// The fields by name.
incoming_call vonage_call(const std::string& name, fields all) {
    std::string signed_text;
    for (const auto& [key, value] : all) signed_text += "&" + key + "=" + value;
    all.emplace_back("sig", hex(hmac(EVP_sha256(), "sign", signed_text)));
    return {
        .target = "/webhooks/" + name,
        .fields = {{"Content-Type", "application/x-www-form-urlencoded"}},
        .body = form_of(all)};
}
incoming_call vonage_says(
    const std::string& name, const std::string&, const std::string& digits, const std::string& text,
    const std::string& id
) {
    fields all{
        {"api-key", "key"}, {"message-timestamp", now_as("%Y-%m-%d %H:%M:%S")}, {"messageId", id},
        {"msisdn", digits}, {"text", text}, {"timestamp", std::to_string(std::time(nullptr))},
        {"to", "15005550006"}, {"type", "text"}};
    return vonage_call(name, std::move(all));
}
incoming_call vonage_delivered(
    const std::string& name, const std::string&, const heard_send& what, int number
) {
    return vonage_call(
        name, {{"api-key", "key"}, {"client-ref", what.ours}, {"err-code", "0"},
               {"message-timestamp", now_as("%Y-%m-%d %H:%M:%S")},
               {"messageId", "uuid-" + std::to_string(number)}, {"msisdn", what.to},
               {"status", "delivered"}, {"timestamp", std::to_string(std::time(nullptr))},
               {"to", "15005550006"}}
    );
}

// ---- Africa's Talking

std::string africas_talking_row(const std::string& name, const std::string& api) {
    return "{name: " + name + ", type: africas_talking, username: live, api_key: k, from: \"40404\", "
           "path_secret: " + secret + ", api_base: \"" + api + "\"" + common + "}";
}
std::optional<heard_send> africas_talking_read(const fake_request& heard) {
    if (heard.method != "POST") return std::nullopt;
    const auto body = json::parse(heard.body);
    const auto to = body.contains("phoneNumbers") ? body["phoneNumbers"][0] : body["to"];
    return heard_send{digits_of(to.get<std::string>()), body.value("message", ""), ""};
}
fake_answer africas_talking_yes(const heard_send& what, int number) {
    const json one{
        {"statusCode", 101}, {"number", "+" + what.to}, {"status", "Success"}, {"cost", "KES 0.8"},
        {"messageId", "ATXid_" + std::to_string(number)}};
    return {
        .status = 201,
        .body = json{{"SMSMessageData",
                      {{"Message", "Sent to 1/1"}, {"Recipients", json::array({one})}}}}
                    .dump()};
}
incoming_call africas_talking_says(
    const std::string& name, const std::string&, const std::string& digits, const std::string& text,
    const std::string& id
) {
    return {
        .target = "/webhooks/" + name + "/" + secret,
        .fields = {{"Content-Type", "application/x-www-form-urlencoded"}},
        .body = form_of(
            {{"id", id}, {"from", "+" + digits}, {"to", "40404"}, {"text", text},
             {"date", now_as("%Y-%m-%d %H:%M:%S")}, {"linkId", ""}, {"networkCode", "1"}}
        )};
}

// ---- Kannel

std::string kannel_row(const std::string& name, const std::string& api) {
    return "{name: " + name + ", type: kannel, username: u, password: p, from: \"4040\", "
           "path_secret: " + secret + ", sendsms_url: \"" + api + "/cgi-bin/sendsms\"" + common + "}";
}
std::optional<heard_send> kannel_read(const fake_request& heard) {
    const auto mark = heard.target.find('?');
    if (mark == std::string::npos) return std::nullopt;
    const auto query = std::string_view{heard.target}.substr(mark + 1);
    const auto reports = value_in(query, "dlr-url");
    const auto ours = reports.find("?");
    return heard_send{
        digits_of(value_in(query, "to")), value_in(query, "text"),
        ours == std::string::npos ? "" : value_in(reports.substr(ours + 1), "mid")};
}
fake_answer kannel_yes(const heard_send&, int) {
    return {.status = 202, .body = "0: Accepted for delivery"};
}
incoming_call kannel_says(
    const std::string& name, const std::string&, const std::string& digits, const std::string& text,
    const std::string& id
) {
    const auto now = std::to_string(std::time(nullptr));
    return {
        .method = "GET",
        .target = "/webhooks/" + name + "/" + secret + "?" +
                  form_of(
                      {{"from", digits}, {"to", "4040"}, {"ts", now}, {"id", id}, {"smsc", "X"},
                       {"coding", "0"}, {"charset", "UTF-8"}, {"text", text}}
                  )};
}

incoming_call kannel_delivered(
    const std::string& name, const std::string&, const heard_send& what, int
) {
    return {
        .method = "GET",
        .target = "/webhooks/" + name + "/" + secret + "?mid=" + what.ours + "&type=1&fid=f&ts=" +
                  std::to_string(std::time(nullptr)) + "&smsc=X&reply="};
}

}  // namespace

const std::vector<provider_kind>& provider_kinds() {
    static const std::vector<provider_kind> all{
        {"whatsapp_cloud", tells::by_report, whatsapp_row, whatsapp_read, whatsapp_yes,
         whatsapp_says, whatsapp_delivered},
        {"twilio", tells::by_report, twilio_channel_row, twilio_read, twilio_yes, twilio_says,
         twilio_delivered},
        {"infobip", tells::by_refusal, infobip_row, infobip_read, infobip_yes, infobip_says},
        {"vonage", tells::by_report, vonage_row, vonage_read, vonage_yes, vonage_says,
         vonage_delivered},
        {"africas_talking", tells::nothing, africas_talking_row, africas_talking_read,
         africas_talking_yes, africas_talking_says},
        {"kannel", tells::by_report, kannel_row, kannel_read, kannel_yes, kannel_says,
         kannel_delivered}};
    return all;
}

const provider_kind& kind_of(std::string_view type) {
    return *std::ranges::find(provider_kinds(), type, &provider_kind::type);
}

int deliver(const gateway& to, const incoming_call& what) {
    const auto answer = ask(to.port(), what.method, what.target, what.fields, what.body);
    return answer ? answer->status : 0;
}

std::string twilio_row(
    const std::string& sid, const std::string& other, const std::string& text,
    const std::string& status, std::chrono::system_clock::time_point at
) {
    const bool came = status == "received";
    return json{
        {"sid", sid}, {"account_sid", account}, {"body", text}, {"status", status},
        {"direction", came ? "inbound" : "outbound-api"},
        {"from", came ? "+" + other : "+15005550006"}, {"to", came ? "+15005550006" : "+" + other},
        {"num_media", "0"}, {"error_code", nullptr}, {"error_message", nullptr},
        {"date_sent", stamp("%a, %d %b %Y %H:%M:%S +0000", at)}}
        .dump();
}

}  // namespace tertulia::integration
