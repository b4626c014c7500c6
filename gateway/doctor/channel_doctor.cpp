#include "gateway/doctor/channel_doctor.hpp"

#include "adapters/wire/digest.hpp"
#include "adapters/wire/form.hpp"
#include "gateway/doctor/smpp_doctor.hpp"
#include "gateway/doctor/whatsapp_doctor.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <chrono>
#include <ctime>
#include <fstream>
#include <memory>
#include <sstream>
#include <type_traits>
#include <utility>

namespace tertulia::gateway {
namespace {

namespace ad = adapters;

constexpr int certificate_soon_days = 21;

// A call that shows our credentials and asks for nothing but the account.
struct account_call {
    http::call call{};
    const char* credentials{};  // what to look at when they are refused
};

account_call call_for(const ad::twilio::channel_settings& of) {
    const bool by_key = !of.api_key.empty();
    const auto user = by_key ? of.api_key : of.account_sid;
    const auto secret = by_key ? of.api_key_secret : of.auth_tokens.front();
    return {
        {.method = "GET",
         .url = of.api_base + "/2010-04-01/Accounts/" + of.account_sid + ".json",
         .headers = {{"Authorization", ad::basic_credentials(user, secret)}}},
        "account_sid and auth_token, or api_key and api_key_secret: Twilio's console, API keys & tokens"};
}
account_call call_for(const ad::infobip::channel_settings& of) {
    return {
        {.method = "GET",
         .url = of.api_base + "/account/1/balance",
         .headers = {{"Authorization", "App " + of.api_key}}},
        "api_key and api_base: the portal's Developer Tools, API keys"};
}
account_call call_for(const ad::vonage::channel_settings& of) {
    const auto base = of.api_base.empty() ? std::string{"https://rest.nexmo.com"} : of.api_base;
    return {
        {.method = "GET",
         .url = base + "/account/get-balance",
         .headers = {{"Authorization", ad::basic_credentials(of.api_key, of.api_secret)}}},
        "api_key and api_secret: the dashboard's API settings"};
}
account_call call_for(const ad::africas_talking::channel_settings& of) {
    return {
        {.method = "GET",
         .url = of.api_base + "/version1/user?username=" + ad::percent_encoded(of.username),
         .headers = {{"apiKey", of.api_key}, {"Accept", "application/json"}}},
        "username and api_key: the app's Settings, API Key"};
}
// Without a recipient it is refused as incomplete, or, first of all, for its password.
account_call call_for(const ad::kannel::channel_settings& of) {
    return {
        {.method = "GET",
         .url = of.sendsms_url + "?username=" + ad::percent_encoded(of.username) +
                "&password=" + ad::percent_encoded(of.password)},
        "username and password: the sendsms-user of kannel.conf"};
}

template <class Settings>
concept has_account_call = requires(const Settings& of) { call_for(of); };

finding judged(const std::string& channel, const account_call& asked, const http::answer& answer, bool kannel) {
    if (answer.result != http::call_result::answered) {
        return {
            finding_kind::broken, channel, "account",
            "the provider does not answer" + (answer.trouble.empty() ? "" : " (" + answer.trouble + ")"),
            "Look at its address in the config, at name resolution and at the firewall."};
    }
    if (answer.status == 401 || answer.status == 403) {
        return {
            finding_kind::broken, channel, "account",
            "the provider refuses our credentials (status " + std::to_string(answer.status) + ")",
            std::string{"Look at "} + asked.credentials + "."};
    }
    const bool good = kannel ? answer.status < 500 : answer.status == 200;
    if (!good) {
        return {
            finding_kind::broken, channel, "account",
            "the provider answers with status " + std::to_string(answer.status),
            "Look at its address in the config, and at its status page."};
    }
    // Twilio's account says whether it is suspended.
    if (answer.body.find("\"status\": \"suspended\"") != std::string::npos ||
        answer.body.find("\"status\":\"suspended\"") != std::string::npos) {
        return {
            finding_kind::broken, channel, "account", "the account is suspended",
            "The provider's console says why; most often it wants to be paid."};
    }
    return {finding_kind::fine, channel, "account", "the provider knows us"};
}

// What to paste where adapters/README.md says. The secret at its end is not shown: what is printed
// here may be passed on.
finding address_of(const doctor_parts& parts, const std::string& channel, bool is_below_secret) {
    const auto& server = parts.settings.server;
    const auto base = server.public_url.empty() ? "http://" + server.listen : server.public_url;
    return {
        finding_kind::fine, channel, "address",
        "its provider calls " + base + "/webhooks/" + channel +
            (is_below_secret ? "/ and behind it the channel's path_secret" : "")};
}

template <class Settings>
bool is_below_secret(const Settings& of) {
    if constexpr (requires { of.path_secret; }) {
        return !of.path_secret.empty();
    } else {
        return false;
    }
}

}  // namespace

findings examine_channel(const doctor_parts& parts, const channel_config& channel) {
    return std::visit(
        [&](const auto& of) -> findings {
            using settings = std::decay_t<decltype(of)>;
            if constexpr (std::is_same_v<settings, ad::whatsapp_cloud::channel_settings>) {
                return examine_whatsapp(parts, of);
            } else if constexpr (std::is_same_v<settings, ad::smpp::channel_settings>) {
                return examine_smpp(of);
            } else if constexpr (has_account_call<settings>) {
                const auto asked = call_for(of);
                constexpr bool kannel = std::is_same_v<settings, ad::kannel::channel_settings>;
                return {
                    judged(channel.name, asked, parts.ask(asked.call), kannel),
                    address_of(parts, channel.name, is_below_secret(of))};
            } else {
                static_assert(std::is_same_v<settings, ussd_settings>);
                return {
                    {finding_kind::advice, channel.name, "account",
                     "nobody can be asked about a service code", "Dial it on a telephone."},
                    address_of(parts, channel.name, is_below_secret(of))};
            }
        },
        channel.provider
    );
}

std::optional<int> certificate_days(const std::string& pem, instant now) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> source{
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free};
    if (!source) return std::nullopt;
    const std::unique_ptr<X509, decltype(&X509_free)> certificate{
        PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr), &X509_free};
    if (!certificate) return std::nullopt;
    std::tm end{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) != 1) return std::nullopt;
    const auto seconds = static_cast<std::int64_t>(timegm(&end)) - to_millis(now) / 1000;
    return static_cast<int>(seconds >= 0 ? seconds / 86'400 : -1);
}

findings examine_server(const doctor_parts& parts) {
    findings found;
    const auto& server = parts.settings.server;
    if (server.public_url.empty()) {
        found.push_back(
            {finding_kind::advice, {}, "public_url",
             "there is no public_url: only this machine's own address was tried",
             "Write server.public_url, as providers reach us: https://chat.example.org."}
        );
    } else if (!server.public_url.starts_with("https://")) {
        found.push_back(
            {finding_kind::broken, {}, "public_url", "providers call https addresses only",
             "Put a certificate before the gateway and write https:// in server.public_url."}
        );
    }
    if (server.tls_certificate.empty()) return found;
    std::ifstream file{server.tls_certificate};
    std::ostringstream text;
    text << file.rdbuf();
    const auto days = certificate_days(text.str(), parts.clock());
    if (!days) {
        found.push_back(
            {finding_kind::broken, {}, "certificate", "server.tls.certificate cannot be read",
             "It is a PEM file with the chain, readable for the gateway's user."}
        );
    } else if (*days < certificate_soon_days) {
        found.push_back(
            {*days < 0 ? finding_kind::broken : finding_kind::advice, {}, "certificate",
             *days < 0 ? std::string{"the certificate has ended: providers refuse it"}
                       : "the certificate ends in " + std::to_string(*days) + " days",
             "Renew it, then send the gateway a SIGHUP."}
        );
    } else {
        found.push_back(
            {finding_kind::fine, {}, "certificate",
             "the certificate is good for " + std::to_string(*days) + " days"}
        );
    }
    return found;
}

}  // namespace tertulia::gateway
