#include "gateway/config/read_channel.hpp"

#include "dialogs/message/sms/sender.hpp"
#include "dialogs/script/duration.hpp"
#include "gateway/config/config_shapes.hpp"
#include "gateway/config/read_smpp_channel.hpp"
#include "gateway/http/addresses/address_ranges.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <utility>

namespace tertulia::gateway {
namespace {

// "80/s", "20/min", "600/h", or a bare number a second.
rate read_rate(const reading& shared, yaml_section& section, std::string_view key, rate fallback) {
    const auto value = section.text(key);
    if (value.empty()) return fallback;
    static const std::regex form{R"(([0-9]{1,9}(\.[0-9]{1,9})?)(/(s|min|h))?)"};
    std::smatch found;
    if (!std::regex_match(value, found, form)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place(key),
            "'" + std::string{key} + "' must be a rate",
            "for example 80/s, 20/min or 600/h"
        );
        return fallback;
    }
    const auto unit = found[4].str();
    const double seconds = unit == "min" ? 60 : unit == "h" ? 3600 : 1;
    const double per_second = std::stod(found[1].str()) / seconds;
    if (per_second > rate_per_second_max) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place(key),
            "'" + std::string{key} + "' is more than anything can send",
            "at most 10000/s; 0/s is no limit"
        );
        return fallback;
    }
    return rate{per_second};
}

std::string read_api_base(
    const reading& shared, yaml_section& section, std::string_view key, std::string fallback
) {
    auto value = section.text(key, std::move(fallback));
    if (!is_http_url(value)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place(key),
            "'" + std::string{key} + "' must be an http(s) address",
            section.about(key)
        );
    }
    return value;
}

// One, or two while it is being changed.
std::vector<std::string> read_secrets(
    const reading& shared, yaml_section& section, std::string_view key
) {
    auto secrets = section.texts(key);
    if (secrets.empty() || secrets.size() > 2 ||
        std::ranges::any_of(secrets, &std::string::empty)) {
        shared.problem(
            dialogs::rule::missing_key,
            section.place(key),
            "a channel needs its '" + std::string{key} + "', or two while it changes",
            "write " + std::string{key} + ": [new, old] during a rotation"
        );
    }
    return secrets;
}

}  // namespace

std::size_t one_of(
    const reading& shared,
    yaml_section& section,
    std::string_view key,
    const std::vector<std::string>& words
) {
    const auto value = section.text(key, words.front());
    const auto found = std::ranges::find(words, value);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    std::string all;
    for (const auto& one : words) all += (all.empty() ? "" : ", ") + one;
    const auto near = dialogs::did_you_mean(value, words);
    shared.problem(
        dialogs::rule::unknown_word,
        section.place(key),
        "'" + std::string{key} + "' is one of " + all,
        near.empty() ? "" : "did you mean '" + near + "'?"
    );
    return 0;
}

namespace {

// Who the messages are from, as a network takes it.
void check_sender(const reading& shared, yaml_section& section, std::string_view sender) {
    if (sender.empty()) return;  // told already, where it is needed
    const auto kind = sms_address_kind_of(sender);
    if (!kind) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("from"),
            "no network takes '" + std::string{sender} + "' for a sender",
            "a number with its country (+15005550006), a short code of 3 to 6 digits, or a name: 1 "
            "to 11 letters, digits, blanks, - _ . &, without accents"
        );
    }
}

sms_spelling read_spelling(const reading& shared, yaml_section& section) {
    return one_of(shared, section, "spelling", {"plain", "as_written"}) == 0
               ? sms_spelling::plain
               : sms_spelling::as_written;
}

// The last segment of a webhook's address, where the provider signs nothing.
std::string read_path_secret(const reading& shared, yaml_section& section) {
    auto secret = section.required("path_secret");
    static const std::regex form{"[A-Za-z0-9._~-]{16,128}"};
    if (!secret.empty() && !std::regex_match(secret, form)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("path_secret"),
            "'path_secret' is 16 to 128 letters, digits, or -._~",
            "make one with: openssl rand -hex 16"
        );
    }
    return secret;
}

adapters::whatsapp_cloud::reading_shown read_shown(const reading& shared, yaml_section& section) {
    using adapters::whatsapp_cloud::reading_shown;
    const auto word = section.text("read_marks", "typing");
    if (word == "typing") return reading_shown::typing;
    if (word == "read") return reading_shown::read;
    if (word != "none") {
        shared.problem(
            dialogs::rule::unknown_word,
            section.place("read_marks"),
            "there is no read mark '" + word + "'",
            "write none, read or typing"
        );
    }
    return reading_shown::nothing;
}

provider_settings
read_whatsapp(const reading& shared, yaml_section& section, const std::string& name, const std::string&) {
    adapters::whatsapp_cloud::channel_settings out;
    out.name = name;
    out.phone_number_id = section.required("phone_number_id");
    out.business_account_id = section.text("business_account_id");
    out.access_token = section.required("access_token");
    out.app_secrets = read_secrets(shared, section, "app_secret");
    out.verify_token = section.required("verify_token");
    out.api_base = read_api_base(shared, section, "api_base", out.api_base);
    out.api_version = section.text("api_version", out.api_version);
    out.shows = read_shown(shared, section);
    return out;
}

void read_templates(
    const reading& shared, yaml_section& section, adapters::twilio::channel_settings& into
) {
    const auto list = section.child("templates");
    if (!list || list.IsNull()) return;
    if (!list.IsSequence()) {
        shared.problem(
            dialogs::rule::wrong_shape,
            list,
            "'templates' is a list: - {name: visit, language: es, content_sid: HX…}"
        );
        return;
    }
    static const std::regex form{"HX[0-9a-f]{32}"};
    for (const auto& node : list) {
        yaml_section row{shared, node, "a template", content_template_shape()};
        adapters::twilio::content_template one{
            .name = row.required("name"),
            .language = row.required("language"),
            .content_sid = row.required("content_sid")};
        if (!one.content_sid.empty() && !std::regex_match(one.content_sid, form)) {
            shared.problem(
                dialogs::rule::wrong_value,
                row.place("content_sid"),
                "a content_sid is HX and 32 hexadecimal digits",
                "copy it from the Content Template Builder of Twilio's console"
            );
        }
        row.refuse_unknown_keys();
        into.templates.push_back(std::move(one));
    }
}

provider_settings read_twilio(
    const reading& shared,
    yaml_section& section,
    const std::string& name,
    const std::string& own_url
) {
    adapters::twilio::channel_settings out;
    out.name = name;
    out.account_sid = section.required("account_sid");
    static const std::regex account{"AC[0-9a-fA-F]{32}"};
    if (!out.account_sid.empty() && !std::regex_match(out.account_sid, account)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("account_sid"),
            "an account_sid is AC and 32 hexadecimal digits",
            "copy it from the first page of Twilio's console"
        );
    }
    out.auth_tokens = read_secrets(shared, section, "auth_token");
    out.api_key = section.text("api_key");
    out.api_key_secret = section.text("api_key_secret");
    if (out.api_key.empty() != out.api_key_secret.empty()) {
        shared.problem(
            dialogs::rule::missing_key,
            section.place("api_key"),
            "'api_key' and 'api_key_secret' belong together"
        );
    }
    auto from = section.text("from");
    constexpr std::string_view by_whatsapp{"whatsapp:"};
    if (from.starts_with(by_whatsapp)) {
        out.kind = channel_kind::whatsapp;
        from.erase(0, by_whatsapp.size());
    }
    out.from = std::move(from);
    if (out.kind == channel_kind::sms) check_sender(shared, section, out.from);
    out.messaging_service_sid = section.text("messaging_service_sid");
    if (out.from.empty() && out.messaging_service_sid.empty()) {
        shared.problem(
            dialogs::rule::missing_key,
            section.place("from"),
            "a Twilio channel needs 'from' or 'messaging_service_sid'",
            "from: \"+15005550006\", or \"whatsapp:+15005550006\""
        );
    }
    out.public_url = own_url;
    out.status_callback = own_url + "/webhooks/" + name;
    out.validity = std::chrono::seconds{section.number("validity", 0, 0, 36'000)};
    out.spelling = read_spelling(shared, section);
    out.smart_encoded = section.flag("smart_encoded", false);
    out.mms = section.flag("mms", false);
    out.answers_stop = section.flag("answers_stop", true);
    read_templates(shared, section, out);
    out.api_base = read_api_base(shared, section, "api_base", out.api_base);
    return out;
}

provider_settings read_kannel(
    const reading& shared,
    yaml_section& section,
    const std::string& name,
    const std::string& own_url
) {
    adapters::kannel::channel_settings out;
    out.name = name;
    out.sendsms_url = read_api_base(shared, section, "sendsms_url", out.sendsms_url);
    out.username = section.required("username");
    out.password = section.required("password");
    out.from = section.required("from");
    check_sender(shared, section, out.from);
    out.spelling = read_spelling(shared, section);
    out.smsc = section.text("smsc");
    out.path_secret = read_path_secret(shared, section);
    out.callback_url = section.text("callback_base", own_url) + "/webhooks/" + name;
    out.validity = std::chrono::minutes{section.number("validity", 0, 0, 10'080)};
    out.parts_max = static_cast<std::size_t>(section.number("parts_max", 6, 1, 20));
    return out;
}

// Infobip's own quiet hours stay off: the hours are our policies' to keep.
provider_settings read_infobip(
    const reading& shared,
    yaml_section& section,
    const std::string& name,
    const std::string& own_url
) {
    adapters::infobip::channel_settings out;
    out.name = name;
    out.api_key = section.required("api_key");
    out.sender = section.required("from");
    check_sender(shared, section, out.sender);
    out.webhook_user = section.text("webhook_user");
    out.webhook_password = section.text("webhook_password");
    if (section.text("path_secret").empty()) {
        if (out.webhook_user.empty() || out.webhook_password.empty()) {
            shared.problem(
                dialogs::rule::missing_key,
                section.place("path_secret"),
                "Infobip signs nothing: the channel needs 'path_secret', or 'webhook_user' and "
                "'webhook_password'",
                "path_secret: what openssl rand -hex 16 prints"
            );
        }
    } else {
        out.path_secret = read_path_secret(shared, section);
    }
    out.status_callback =
        own_url + "/webhooks/" + name + (out.path_secret.empty() ? "" : "/" + out.path_secret);
    out.spelling = read_spelling(shared, section);
    out.transliteration = section.text("transliteration");
    out.validity = std::chrono::minutes{section.number("validity", 0, 0, 2'880)};
    out.api_base = read_api_base(shared, section, "api_base", "");
    return out;
}

provider_settings read_vonage(
    const reading& shared,
    yaml_section& section,
    const std::string& name,
    const std::string& own_url
) {
    using namespace adapters::vonage;
    channel_settings out;
    out.name = name;
    out.api = one_of(shared, section, "api", {"messages", "sms"}) == 0 ? sending_api::messages
                                                                       : sending_api::sms;
    out.api_key = section.required("api_key");
    out.api_secret = section.required("api_secret");
    out.from = section.required("from");
    check_sender(shared, section, out.from);
    out.spelling = read_spelling(shared, section);
    out.signature_secrets = read_secrets(shared, section, "signature_secret");
    const auto method = one_of(
        shared,
        section,
        "signature_method",
        {"sha256_hmac", "md5_hash", "md5_hmac", "sha1_hmac", "sha512_hmac"}
    );
    constexpr std::array methods{
        signature_method::sha256_hmac,
        signature_method::md5_hash,
        signature_method::md5_hmac,
        signature_method::sha1_hmac,
        signature_method::sha512_hmac};
    out.method = methods.at(method);
    out.status_callback = own_url + "/webhooks/" + name;
    out.validity = std::chrono::seconds{section.number("validity", 0, 0, 604'800)};
    out.api_base = section.text("api_base");
    if (!out.api_base.empty()) out.api_base = read_api_base(shared, section, "api_base", "");
    return out;
}

provider_settings
read_africas_talking(const reading& shared, yaml_section& section, const std::string& name, const std::string&) {
    using namespace adapters::africas_talking;
    channel_settings out;
    out.name = name;
    out.username = section.required("username");
    out.api_key = section.required("api_key");
    out.from = section.text("from");
    check_sender(shared, section, out.from);
    out.spelling = read_spelling(shared, section);
    out.short_codes = section.texts("short_codes");
    out.path_secret = read_path_secret(shared, section);
    out.form = out.username == "sandbox" ? send_form::form : send_form::json;
    out.api_base = read_api_base(shared, section, "api_base", out.api_base);
    out.parts_max = static_cast<std::size_t>(section.number("parts_max", 6, 1, 20));
    return out;
}

provider_settings
read_ussd(const reading& shared, yaml_section& section, const std::string& name, const std::string&) {
    ussd_settings out;
    out.name = name;
    out.path_secret = read_path_secret(shared, section);
    out.otherwise = section.required("otherwise");
    out.service_codes = section.texts("service_codes");
    out.opening = section.text("opening", out.opening);
    out.more_key = section.text("more_key", out.more_key);
    out.more = section.text("more", out.more);
    if (out.more.find(out.more_key) == std::string::npos) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("more"),
            "'more' does not say what to type for the next page",
            "for example more: \"" + out.more_key + ". Más\""
        );
    }
    out.slow = section.text("slow", out.slow);
    out.taken = section.text("taken", out.taken);
    out.again = section.text("again", out.again);
    out.reply_within = std::chrono::seconds{section.number("reply_within", 8, 1, 12)};
    return out;
}

std::chrono::milliseconds read_length(
    const reading& shared,
    yaml_section& section,
    std::string_view key,
    std::chrono::milliseconds least,
    std::chrono::milliseconds most,
    std::chrono::milliseconds fallback
) {
    const auto text = section.text(key);
    if (text.empty()) return fallback;
    const auto length = dialogs::parse_duration(text);
    if (length && *length >= least && *length <= most) return *length;
    const auto minutes = [](auto of) { return std::to_string(of.count() / 60'000) + " min"; };
    shared.problem(
        dialogs::rule::wrong_value,
        section.place(key),
        "'" + std::string{key} + "' is a length of time from " + minutes(least) + " to " +
            minutes(most),
        "for example 30 min, 2 h, 3 days"
    );
    return fallback;
}

// `back_most`: how long the provider keeps its list, and we remember what we have heard.
reconcile_config read_reconcile(
    const reading& shared, yaml_section& channel, std::chrono::milliseconds back_most
) {
    using namespace std::chrono_literals;
    reconcile_config out{.every = 5min, .back = back_most};
    const auto node = channel.child("reconcile");
    if (!node || node.IsNull()) return out;
    yaml_section section{shared, node, "reconcile", reconcile_shape()};
    if (section.text("every") == "0") {
        out.every = 0ms;
    } else {
        out.every = read_length(shared, section, "every", 1min, 24h, out.every);
    }
    out.back = read_length(shared, section, "back", 1h, back_most, out.back);
    section.refuse_unknown_keys();
    return out;
}

struct channel_type {
    std::string name{};
    const dialogs::map_shape& (*shape)(){};
    provider_settings (*read
    )(const reading&, yaml_section&, const std::string&, const std::string&){};
    std::chrono::days listed_for{};  // 0: it has no list to ask
};

// To add one: a row here and its keys in config_shapes.cpp.
const std::array<channel_type, 8>& types() {
    static const std::array<channel_type, 8> all{{
        {"whatsapp_cloud", whatsapp_channel_shape, read_whatsapp},
        {"twilio", twilio_channel_shape, read_twilio, std::chrono::days{7}},
        {"infobip", infobip_channel_shape, read_infobip, std::chrono::days{2}},
        {"vonage", vonage_channel_shape, read_vonage},
        {"africas_talking", africas_talking_channel_shape, read_africas_talking, std::chrono::days{7}},
        {"kannel", kannel_channel_shape, read_kannel},
        {"smpp", smpp_channel_shape, read_smpp},
        {"africas_talking_ussd", ussd_channel_shape, read_ussd},
    }};
    return all;
}

// Which type it is; the first, and a problem, if it is none.
const channel_type& type_of(const reading& shared, const YAML::Node& node) {
    const auto written = node.IsMap() ? node["type"] : YAML::Node{};
    const auto type = written && written.IsScalar() ? written.Scalar() : std::string{};
    const auto found = std::ranges::find(types(), type, &channel_type::name);
    if (found != types().end()) return *found;
    std::vector<std::string> names;
    std::string all;
    for (const auto& one : types()) {
        names.push_back(one.name);
        all += (all.empty() ? "" : ", ") + one.name;
    }
    if (type.empty()) {
        shared.problem(
            dialogs::rule::missing_key, node, "a channel needs 'type'", "there are: " + all
        );
    } else {
        const auto near = dialogs::did_you_mean(type, names);
        shared.problem(
            dialogs::rule::unknown_word,
            written,
            "there is no channel type '" + type + "'",
            near.empty() ? "there are: " + all : "did you mean '" + near + "'?"
        );
    }
    return types().front();
}

}  // namespace

std::vector<std::string> read_ranges(
    const reading& shared, yaml_section& section, std::string_view key
) {
    auto ranges = section.texts(key);
    const auto place = section.place(key);
    if (ranges.empty() && place.IsSequence()) {
        shared.problem(
            dialogs::rule::wrong_value,
            place,
            "'" + std::string{key} + "' names nobody",
            "name who it is, or leave it out"
        );
    }
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const auto trouble = http::trouble_with_range(ranges[i]);
        if (trouble.empty()) continue;
        shared.problem(
            dialogs::rule::wrong_value,
            place.IsSequence() ? place[i] : place,
            "'" + ranges[i] + "' in '" + std::string{key} + "' is no range of addresses",
            trouble
        );
    }
    return ranges;
}

bool is_http_url(std::string_view value) noexcept {
    return value.starts_with("https://") || value.starts_with("http://");
}

namespace {

// Decimals become millionths without a detour by floating point.
std::int64_t micros_of(const std::string& price) {
    const auto point = price.find('.');
    auto digits = price.substr(0, point);
    auto parts = point == std::string::npos ? std::string{} : price.substr(point + 1);
    parts.resize(6, '0');
    return std::stoll(digits + parts);
}

price_table read_prices(const reading& shared, yaml_section& channel) {
    price_table out;
    const auto node = channel.child("prices");
    if (!node || node.IsNull()) return out;
    yaml_section section{shared, node, "prices", price_table_shape()};
    out.currency = section.required("currency");
    static const std::regex form{R"([0-9]{1,6}(\.[0-9]{1,6})?)"};
    for (const auto* category : {"service", "utility", "marketing", "authentication"}) {
        const auto price = section.text(category);
        if (price.empty()) continue;
        if (!std::regex_match(price, form)) {
            shared.problem(
                dialogs::rule::wrong_value,
                section.place(category),
                "'" + price + "' is not a price",
                "write what one message costs, for example \"0.0113\""
            );
            continue;
        }
        out.micros.emplace(category, micros_of(price));
    }
    section.refuse_unknown_keys();
    return out;
}

// What people write to: told in links and on cards, so a name of letters is none.
std::string read_number(
    const reading& shared, yaml_section& section, const dialogs::map_shape& shape
) {
    static const std::regex form{"[+]?[0-9]{3,15}"};
    const auto number = section.text("number");
    if (!number.empty()) {
        if (std::regex_match(number, form)) return number;
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("number"),
            "'" + number + "' is no number people can write to",
            "write + and digits between quotes, or a short code: \"+50255550100\""
        );
        return {};
    }
    const auto keys = shape.names();
    if (std::ranges::find(keys, "from") == keys.end()) return {};
    auto from = section.text("from");
    constexpr std::string_view whatsapp = "whatsapp:";
    if (from.starts_with(whatsapp)) from.erase(0, whatsapp.size());
    return std::regex_match(from, form) ? from : std::string{};
}

}  // namespace

channel_config read_channel(
    const reading& shared, const YAML::Node& node, const std::string& own_url
) {
    const auto& type = type_of(shared, node);
    yaml_section section{shared, node, "a channel", type.shape()};
    channel_config out;
    out.name = section.required("name");
    static const std::regex name_form{"[a-z][a-z0-9_-]{0,31}"};
    if (!out.name.empty() && !std::regex_match(out.name, name_form)) {
        shared.problem(
            dialogs::rule::bad_name,
            section.place("name"),
            "a channel's name is part of its webhook address",
            "use lower-case letters, digits, '-' and '_'"
        );
    }
    out.provider = type.read(shared, section, out.name, own_url);
    const bool sms = kind_of(out) == channel_kind::sms;
    out.limit = read_rate(shared, section, "rate", rate{sms ? 1.0 : 80.0});
    if (auto* smpp = std::get_if<adapters::smpp::channel_settings>(&out.provider)) {
        smpp->per_second = out.limit.per_second;  // of parts, too: that is what a contract counts
    }
    const auto pair = read_rate(shared, section, "pair_rate", rate{1.0 / 6});
    out.pair_interval = std::chrono::milliseconds{
        pair.per_second > 0 ? static_cast<std::int64_t>(1000.0 / pair.per_second) : 0};
    if (out.pair_interval > std::chrono::days{1}) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("pair_rate"),
            "'pair_rate' is less than one message a day",
            "for example 10/min; 0/s is no limit"
        );
    }
    out.pair_burst = static_cast<unsigned>(section.number("pair_burst", 20, 1, 1'000'000));
    out.unknown_wait =
        std::chrono::seconds{section.number("unknown_wait", 60, 1, 3600)};  // seconds
    if (type.listed_for.count() > 0) {
        out.reconcile = read_reconcile(shared, section, type.listed_for);
    }
    out.allow_from = read_ranges(shared, section, "allow_from");
    read_ladder(shared, section, out);
    out.number = read_number(shared, section, type.shape());
    if (sms && !std::holds_alternative<ussd_settings>(out.provider)) {
        read_recipients(shared, section, out);
    }
    if (std::holds_alternative<adapters::whatsapp_cloud::channel_settings>(out.provider)) {
        out.prices = read_prices(shared, section);
        out.checks_identity = section.flag("identity_check", false);
    }
    section.refuse_unknown_keys();
    return out;
}

channel_kind kind_of(const channel_config& of) noexcept {
    if (const auto* twilio = std::get_if<adapters::twilio::channel_settings>(&of.provider)) {
        return twilio->kind;
    }
    const bool whatsapp =
        std::holds_alternative<adapters::whatsapp_cloud::channel_settings>(of.provider);
    return whatsapp ? channel_kind::whatsapp : channel_kind::sms;
}

}  // namespace tertulia::gateway
