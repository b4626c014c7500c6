#include "gateway/doctor/whatsapp_doctor.hpp"

#include "adapters/whatsapp_cloud/account_api.hpp"
#include "adapters/wire/digest.hpp"
#include "gateway/accounts/account_sync.hpp"
#include "gateway/doctor/whatsapp_readings.hpp"

#include <openssl/rand.h>

#include <array>
#include <iterator>
#include <utility>

namespace tertulia::gateway {
namespace {

namespace meta = adapters::whatsapp_cloud;

constexpr std::string_view empty_callback =
    R"({"object":"whatsapp_business_account","entry":[]})";
constexpr std::size_t pages_max = 100;

std::string signature_of(std::string_view body, const std::string& secret) {
    return "sha256=" + adapters::hex_of(adapters::hmac_of(adapters::hash_kind::sha256, secret, body));
}

std::string random_challenge() {
    std::array<unsigned char, 8> bytes{};
    RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
    return adapters::hex_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// A secret in a query must not end it.
std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char each : text) {
        const bool plain = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                           (each >= '0' && each <= '9') || each == '-' || each == '_';
        if (plain) {
            out += each;
        } else {
            out += '%' + adapters::hex_of({&each, 1});
        }
    }
    return out;
}

class examination {
public:
    examination(const doctor_parts& parts, const meta::channel_settings& of)
        : parts_{parts}, of_{of} {
        const auto& server = parts.settings.server;
        const bool is_public = !server.public_url.empty();
        door_ = (is_public ? server.public_url : "http://" + server.listen) + "/webhooks/" + of.name;
    }

    findings run() {
        const auto app = examine_token();
        number();
        account(app);
        handshake();
        signed_post();
        return std::move(found_);
    }

private:
    http::answer get(const std::string& path) {
        return parts_.ask(call_of(meta::graph_call(of_, "GET", path)));
    }
    static graph_reply reply(http::answer from) {
        const bool there = from.result == http::call_result::answered;
        return {.status = there ? from.status : 0, .body = std::move(from.body)};
    }
    void add(finding_kind kind, const char* check, std::string what, std::string mend = {}) {
        found_.push_back({kind, of_.name, check, std::move(what), std::move(mend)});
    }

    // The app's id.
    std::string examine_token() {
        auto answer = get("debug_token?input_token=" + percent_encoded(of_.access_token));
        read_clock(answer.date, of_.name, parts_.clock(), found_);
        return read_token(reply(std::move(answer)), of_.name, parts_.clock(), found_);
    }

    void number() {
        const auto& id = of_.phone_number_id;
        read_number(
            reply(get(id + "?fields=status,name_status,quality_rating,"
                           "whatsapp_business_manager_messaging_limit")),
            of_.name, found_
        );
        read_health(reply(get(id + "?fields=health_status")), of_.name, "the number", found_);
        read_settings(reply(get(id + "/settings")), of_.name, found_);
    }

    void account(const std::string& app) {
        if (of_.business_account_id.empty()) {
            add(finding_kind::advice, "account", "the account and its templates were not looked at",
                "Write business_account_id into the channel: it stands beside phone_number_id in "
                "the App Dashboard.");
        } else {
            const auto& id = of_.business_account_id;
            read_health(reply(get(id + "?fields=health_status")), of_.name, "the account", found_);
            read_app_subscription(reply(get(id + "/subscribed_apps")), of_.name, app, found_);
            templates();
        }
        if (app.empty()) return;
        // The app's own subscriptions are told to the app alone: its id and secret are its token.
        auto as_app = of_;
        as_app.access_token = app + '|' + of_.app_secrets.front();
        const auto answer = parts_.ask(call_of(meta::graph_call(as_app, "GET", app + "/subscriptions")));
        read_subscribed_fields(
            reply(answer), of_.name, parts_.settings.server.public_url.empty() ? "" : door_, found_
        );
    }

    void templates() {
        std::vector<meta::listed_template> all;
        std::string after;
        for (std::size_t pages = 0; pages < pages_max; ++pages) {
            auto call = call_of(meta::render_template_list(of_, after));
            call.answer_bytes_max = 8UL * 1024 * 1024;
            const auto answer = parts_.ask(std::move(call));
            auto page = answer.status == 200 ? meta::read_template_list(answer.body) : std::nullopt;
            if (!page) {
                const bool is_answered = answer.result == http::call_result::answered;
                add(finding_kind::broken, "templates", "the templates could not be read",
                    is_answered ? "The token needs whatsapp_business_management on this account."
                                : "Meta did not answer: look at api_base, at name resolution and at "
                                  "the firewall.");
                return;
            }
            std::ranges::move(page->templates, std::back_inserter(all));
            after = page->next;
            if (after.empty()) break;
        }
        const auto differences = template_differences(parts_.templates, all);
        read_templates(parts_.templates, all, of_.name, found_);
        for (const auto& one : differences) {
            if (one.of_status) continue;  // said with its mend just now
            add(one.fails ? finding_kind::broken : finding_kind::advice, "templates", one.sentence,
                one.fails ? "Until then this message cannot be sent after 24 hours of silence." : "");
        }
        if (differences.empty()) {
            add(finding_kind::fine, "templates",
                std::to_string(parts_.templates.size()) + " of ours are approved as we use them");
        }
    }

    // As Meta does when the address is saved.
    void handshake() {
        const auto challenge = random_challenge();
        const auto answer = parts_.ask(
            {.method = "GET",
             .url = door_ + "?hub.mode=subscribe&hub.challenge=" + challenge +
                    "&hub.verify_token=" + percent_encoded(of_.verify_token)}
        );
        if (answer.result != http::call_result::answered) {
            add(finding_kind::broken, "handshake",
                "nobody answers at " + door_ +
                    (answer.trouble.empty() ? "" : " (" + answer.trouble + ")"),
                "Is `tertulia serve` running, does the name lead here, does the proxy pass /webhooks/ "
                "on, and is its certificate valid and signed by an authority?");
        } else if (answer.status == 200 && answer.body == challenge) {
            add(finding_kind::fine, "handshake", "Meta can save our address");
        } else if (answer.status == 403) {
            add(finding_kind::broken, "handshake", "the running gateway has another verify_token",
                "Restart it with this config.");
        } else {
            add(finding_kind::broken, "handshake",
                "the answer is not the challenge (status " + std::to_string(answer.status) + ")",
                "Something between the street and us answers instead: look at the proxy's routes.");
        }
    }

    unsigned post(const std::string& signature) {
        const auto answer = parts_.ask(
            {.method = "POST",
             .url = door_,
             .headers = {{"Content-Type", "application/json"}, {"X-Hub-Signature-256", signature}},
             .body = std::string{empty_callback}}
        );
        return answer.result == http::call_result::answered ? answer.status : 0;
    }

    // As Meta does with every message; this one holds none.
    void signed_post() {
        const auto good = post(signature_of(empty_callback, of_.app_secrets.front()));
        if (good == 0) return;  // the handshake has told it
        if (good == 401) {
            add(finding_kind::broken, "signature",
                "what we signed with app_secret is refused as badly signed",
                "Restart the gateway with this config; if it stays, the proxy changes bodies: switch "
                "its rewriting and decompression off for /webhooks/.");
            return;
        }
        if (good != 200) {
            add(finding_kind::broken, "signature",
                "a signed POST is answered with status " + std::to_string(good),
                "It must be 200: look at the gateway's log and at what the proxy limits.");
            return;
        }
        const auto bad = post(signature_of(empty_callback, of_.app_secrets.front() + "x"));
        if (bad != 401) {
            add(finding_kind::broken, "signature",
                "a POST with a wrong signature is not refused (status " + std::to_string(bad) + ")",
                "Something before the gateway answers in its place: pass /webhooks/ through.");
            return;
        }
        add(finding_kind::fine, "signature", "good signatures are taken and others refused");
    }

    const doctor_parts& parts_;
    const meta::channel_settings& of_;
    std::string door_;
    findings found_{};
};

}  // namespace

findings examine_whatsapp(const doctor_parts& parts, const meta::channel_settings& of) {
    return examination{parts, of}.run();
}

}  // namespace tertulia::gateway
