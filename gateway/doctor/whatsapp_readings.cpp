#include "gateway/doctor/whatsapp_readings.hpp"

#include "adapters/whatsapp_cloud/account_api.hpp"
#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "adapters/wire/timestamp.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

namespace tertulia::gateway {
namespace {

namespace meta = adapters::whatsapp_cloud;
using nlohmann::json;
using namespace std::chrono_literals;

constexpr auto token_soon = std::chrono::days{14};

void add(
    findings& out, finding_kind kind, const std::string& channel, const char* check,
    std::string what, std::string mend = {}
) {
    out.push_back({kind, channel, check, std::move(what), std::move(mend)});
}

std::string text_in(const json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

json list_in(const json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found != object.end() && found->is_array() ? *found : json::array();
}

json object_in(const json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found != object.end() && found->is_object() ? *found : json::object();
}

// The answer's object; nothing, and a finding, where there is none.
std::optional<json> readable(
    const graph_reply& answer, const std::string& channel, const char* check, findings& out
) {
    if (answer.status == 0) {
        add(out, finding_kind::broken, channel, check, "Meta did not answer",
            "Look at api_base, at name resolution and at the firewall: we call out by HTTPS.");
        return std::nullopt;
    }
    auto body = json::parse(answer.body, nullptr, false);
    if (answer.status == 200 && body.is_object() && !body.contains("error")) return body;
    const auto judged = meta::judge({.status = answer.status, .body = answer.body});
    auto what = "Meta refused to say: " +
                (judged.reason.empty() ? "status " + std::to_string(answer.status) : judged.reason);
    if (judged.code != 0) what += " (" + std::to_string(judged.code) + ")";
    const bool by_token = judged.code == 190 || judged.code == 0;
    add(out, finding_kind::broken, channel, check, std::move(what),
        by_token ? "Make a new system user's token in Business Settings and put it into access_token."
                 : "Give the system user the number and the account (Business Settings, System users, "
                   "Assign assets), and look at the ids in the config.");
    return std::nullopt;
}

}  // namespace

std::string read_token(
    const graph_reply& answer, const std::string& channel, instant now, findings& out
) {
    const auto body = readable(answer, channel, "token", out);
    if (!body) return {};
    const auto data = object_in(*body, "data");
    if (!data.value("is_valid", json(false)).is_boolean() || !data.value("is_valid", json(false))) {
        add(out, finding_kind::broken, channel, "token", "the access token is not valid any more",
            "Make a new system user's token in Business Settings and put it into access_token.");
        return {};
    }
    bool complete = true;
    std::set<std::string> scopes;
    for (const auto& one : list_in(data, "scopes")) {
        if (one.is_string()) scopes.insert(one.get<std::string>());
    }
    for (const auto* needed : {"whatsapp_business_messaging", "whatsapp_business_management"}) {
        if (scopes.contains(needed)) continue;
        complete = false;
        add(out, finding_kind::broken, channel, "token",
            std::string{"the token lacks the permission "} + needed,
            "Generate it again for the system user with both whatsapp permissions ticked.");
    }
    const auto expires = data.value("expires_at", json(0));
    const auto at = expires.is_number_integer() ? expires.get<std::int64_t>() : 0;
    if (at != 0 && from_millis(at * 1000) < now + token_soon) {
        complete = false;
        add(out, finding_kind::advice, channel, "token", "the token expires within two weeks",
            "Use a system user's token that never expires: dashboard tokens last a day.");
    }
    if (complete) add(out, finding_kind::fine, channel, "token", "valid, with both permissions");
    return text_in(data, "app_id");
}

void read_app_subscription(
    const graph_reply& answer, const std::string& channel, const std::string& app_id, findings& out
) {
    const auto body = readable(answer, channel, "subscription", out);
    if (!body) return;
    for (const auto& one : list_in(*body, "data")) {
        const auto app = object_in(one, "whatsapp_business_api_data");
        if (!app_id.empty() && text_in(app, "id") != app_id) continue;
        add(out, finding_kind::fine, channel, "subscription", "the app is subscribed to the account");
        return;
    }
    add(out, finding_kind::broken, channel, "subscription",
        "the app is not subscribed to the account: nothing that people write arrives",
        "POST /<business_account_id>/subscribed_apps with the access token, once.");
}

void read_subscribed_fields(
    const graph_reply& answer, const std::string& channel, const std::string& address, findings& out
) {
    const auto body = readable(answer, channel, "fields", out);
    if (!body) return;
    std::set<std::string> fields;
    std::string called;
    for (const auto& one : list_in(*body, "data")) {
        if (text_in(one, "object") != "whatsapp_business_account") continue;
        called = text_in(one, "callback_url");
        for (const auto& field : list_in(one, "fields")) fields.insert(text_in(field, "name"));
    }
    const auto before = out.size();
    if (!fields.contains("messages")) {
        add(out, finding_kind::broken, channel, "fields", "the webhook field messages is not ticked",
            "App Dashboard, WhatsApp, Configuration, Webhook fields: subscribe to messages.");
    }
    if (!called.empty() && !address.empty() && called != address) {
        add(out, finding_kind::broken, channel, "fields",
            "Meta calls " + called + ", and this channel is at " + address,
            "App Dashboard, WhatsApp, Configuration: put this channel's address there.");
    }
    constexpr std::array wanted{
        "message_template_status_update", "message_template_quality_update",
        "template_category_update",       "phone_number_quality_update",
        "account_update",                 "account_alerts",
        "business_capability_update",     "user_preferences"};
    std::string missing;
    for (const auto* one : wanted) {
        if (!fields.contains(one)) missing += (missing.empty() ? "" : ", ") + std::string{one};
    }
    if (!missing.empty()) {
        add(out, finding_kind::advice, channel, "fields", "these webhook fields are not ticked: " + missing,
            "Tick them in the App Dashboard: without them we hear late of templates, limits and stops.");
    }
    if (out.size() == before) {
        add(out, finding_kind::fine, channel, "fields", "all that is needed is subscribed");
    }
}

void read_health(
    const graph_reply& answer, const std::string& channel, const std::string& of, findings& out
) {
    const auto body = readable(answer, channel, "health", out);
    if (!body) return;
    const auto health = object_in(*body, "health_status");
    const auto whole = text_in(health, "can_send_message");
    if (whole == "AVAILABLE") {
        add(out, finding_kind::fine, channel, "health", of + " can send");
        return;
    }
    const auto kind = whole == "LIMITED" || whole.empty() ? finding_kind::advice : finding_kind::broken;
    const auto before = out.size();
    for (const auto& entity : list_in(health, "entities")) {
        const auto state = text_in(entity, "can_send_message");
        if (state.empty() || state == "AVAILABLE") continue;
        auto errors = list_in(entity, "errors");
        if (errors.empty()) errors.push_back(json::object());
        for (const auto& error : errors) {
            auto what = of + ": " + text_in(entity, "entity_type") + " is " + state;
            if (const auto why = text_in(error, "error_description"); !why.empty()) what += ": " + why;
            auto mend = text_in(error, "possible_solution");
            if (mend.empty()) mend = "Open WhatsApp Manager: it says what is missing.";
            add(out, kind, channel, "health", std::move(what), std::move(mend));
        }
    }
    if (out.size() == before) {
        add(out, kind, channel, "health", of + " is " + (whole.empty() ? "of unknown health" : whole),
            "Open WhatsApp Manager: it says what is missing.");
    }
}

void read_number(const graph_reply& answer, const std::string& channel, findings& out) {
    const auto body = readable(answer, channel, "number", out);
    if (!body) return;
    const auto before = out.size();
    const auto status = text_in(*body, "status");
    if (!status.empty() && status != "CONNECTED") {
        add(out, finding_kind::broken, channel, "number", "the number is " + status,
            "Register it: POST /<phone_number_id>/register with its PIN.");
    }
    const auto name = text_in(*body, "name_status");
    if (name == "DECLINED" || name == "EXPIRED") {
        add(out, finding_kind::broken, channel, "number", "the display name is " + name,
            "Submit another display name in WhatsApp Manager.");
    }
    const auto quality = text_in(*body, "quality_rating");
    if (quality == "RED" || quality == "YELLOW") {
        add(out, finding_kind::advice, channel, "number", "people's feedback is bad: quality " + quality,
            "Send less, and only what people asked for.");
    }
    if (out.size() > before) return;
    const auto limit = text_in(*body, "whatsapp_business_manager_messaging_limit");
    add(out, finding_kind::fine, channel, "number",
        "registered, quality " + (quality.empty() ? "not rated" : quality) +
            (limit.empty() ? "" : ", limit " + limit));
}

void read_settings(const graph_reply& answer, const std::string& channel, findings& out) {
    const auto body = readable(answer, channel, "identity_check", out);
    if (!body) return;
    const auto change = object_in(*body, "user_identity_change");
    const auto on = change.value("enable_identity_key_check", json(false));
    if (on.is_boolean() && on.get<bool>()) {
        add(out, finding_kind::fine, channel, "identity_check", "a new phone in a chat is noticed");
        return;
    }
    add(out, finding_kind::advice, channel, "identity_check",
        "nobody notices when somebody else's phone takes over a chat",
        "POST /<phone_number_id>/settings "
        "{\"user_identity_change\":{\"enable_identity_key_check\":true}}");
}

namespace {

using adapters::whatsapp_cloud::listed_template;
using adapters::whatsapp_cloud::template_status;

struct template_reading {
    finding_kind kind{finding_kind::fine};
    const char* mend{""};
};

template_reading reading_of(const listed_template& one) {
    switch (one.status) {
        case template_status::pending:
        case template_status::in_appeal:
            return {finding_kind::broken, "Meta takes up to a day. Nothing is sent with it until then."};
        case template_status::rejected:
            return {finding_kind::broken, "Reword it in WhatsApp Manager as the reason asks, or appeal there."};
        case template_status::paused:
            return {
                finding_kind::broken,
                "People blocked or reported it. It is free again after 3 hours, the second time after "
                "6, and the third time it is gone: write it less often, or reword it and unpause it in "
                "WhatsApp Manager."};
        case template_status::disabled:
        case template_status::archived:
        case template_status::deleted:
            return {finding_kind::broken, "Register another one under another name, and name it in the message."};
        case template_status::limit_exceeded:
            return {finding_kind::broken, "It has reached its limit of the day, and goes again tomorrow."};
        case template_status::flagged:
            return {finding_kind::broken, "Meta is about to stop it: reword it now."};
        case template_status::unknown:
        case template_status::approved:
        case template_status::locked: break;
    }
    if (one.quality == "RED") {
        return {
            finding_kind::broken,
            "People block or report it, and Meta is about to pause it: write it less often, or reword it."};
    }
    if (one.quality == "YELLOW") {
        return {finding_kind::advice, "Some people block or report it: write it less often, or reword it."};
    }
    return {};
}

}  // namespace

void read_templates(
    std::span<const declared_template> declared,
    std::span<const listed_template> there,
    const std::string& channel,
    findings& out
) {
    for (const auto& ours : declared) {
        for (const auto& one : there) {
            if (one.name != ours.name || one.language != ours.language) continue;
            const auto read = reading_of(one);
            auto what = ours.name + " (" + ours.language + ") is " + one.word;
            if (!one.reason.empty() && one.reason != "NONE") what += " (" + one.reason + ")";
            if (!one.quality.empty() && one.quality != "UNKNOWN") what += ", quality " + one.quality;
            if (!one.category.empty()) what += ", " + one.category;
            out.push_back({read.kind, channel, "template", std::move(what), read.mend});
        }
    }
}

void read_clock(
    std::string_view date, const std::string& channel, instant now, findings& out
) {
    std::string text{date};
    if (text.ends_with(" GMT")) text.replace(text.size() - 3, 3, "+0000");
    const auto theirs = adapters::read_mail_time(text);
    if (!theirs) return;
    const auto off = std::chrono::abs(now - *theirs);
    const auto seconds = std::to_string(std::chrono::duration_cast<std::chrono::seconds>(off).count());
    if (off <= 10s) {
        add(out, finding_kind::fine, channel, "clock", "this machine's clock is right");
        return;
    }
    add(out, off > 60s ? finding_kind::broken : finding_kind::advice, channel, "clock",
        "this machine's clock is " + seconds + " seconds " + (now > *theirs ? "fast" : "slow"),
        "Turn on time synchronisation: apt install systemd-timesyncd; timedatectl set-ntp true");
}

}  // namespace tertulia::gateway
