// X-Twilio-Signature. What Twilio signed is the address it called, and proxies, ports and escapes
// make that ambiguous: every spelling Twilio's own library tries is tried here, over the configured
// public address and never over what a Host header claims.

#include "adapters/twilio/signature.hpp"

#include "adapters/twilio/fields.hpp"
#include "adapters/twilio/twilio.hpp"
#include "adapters/wire/digest.hpp"
#include "adapters/wire/form.hpp"
#include "adapters/wire/query.hpp"

#include <algorithm>
#include <tuple>

namespace tertulia::adapters::twilio {
namespace {

constexpr std::string_view hash_parameter = "bodySHA256";

struct address {
    std::string scheme{};  // "https://"
    std::string host{};    // "user:secret@" and the name
    std::string port{};    // ":8443" or empty
    std::string rest{};    // path and query
};

address address_of(const inbound_request& request, const channel_settings& channel) {
    std::string_view base = channel.public_url;
    base = base.substr(0, base.find_first_of("?#"));
    while (base.ends_with('/')) base.remove_suffix(1);
    address parts;
    if (const auto end = base.find("://"); end != std::string_view::npos) {
        parts.scheme = base.substr(0, end + 3);
        base.remove_prefix(end + 3);
    }
    const auto path = base.find('/');
    auto authority = base.substr(0, path);
    if (path != std::string_view::npos) parts.rest = base.substr(path);
    // A colon is the port's only after the user part and the bracket of an IPv6 address.
    const auto name = authority.find_last_of("@]");
    const auto colon = authority.find(':', name == std::string_view::npos ? 0 : name);
    parts.host = authority.substr(0, colon);
    if (colon != std::string_view::npos) parts.port = authority.substr(colon);
    parts.rest += request.path;
    if (!request.query.empty()) parts.rest += "?" + std::string{request.query};
    return parts;
}

std::string escaped(std::string_view text, std::string_view also) {
    std::string out;
    for (const char byte : text) {
        const bool odd = static_cast<unsigned char>(byte) <= 0x20 ||
                         static_cast<unsigned char>(byte) >= 0x7F ||
                         also.find(byte) != std::string_view::npos;
        if (odd) {
            out += "%" + hex_of({&byte, 1});
            std::transform(out.end() - 2, out.end(), out.end() - 2, [](char digit) {
                return digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
            });
        } else {
            out += byte;
        }
    }
    return out;
}

// As browsers write an address (WHATWG URL), which is how some of Twilio's senders sign it.
std::string as_browsers_write(std::string_view rest) {
    const auto mark = rest.find('?');
    auto out = escaped(rest.substr(0, mark), "\"#<>?^`{}");
    if (mark != std::string_view::npos) out += "?" + escaped(rest.substr(mark + 1), "\"#<>'");
    return out;
}

// As Node's old querystring module writes the query: equal names together, few signs left alone.
std::string as_old_node_writes(std::string_view rest) {
    const auto mark = rest.find('?');
    if (mark == std::string_view::npos || mark + 1 == rest.size()) return std::string{rest};
    auto fields = read_form(rest.substr(mark + 1));
    if (!fields) return std::string{rest};
    std::string query;
    while (!fields->empty()) {
        const auto name = fields->front().name;
        for (const auto& one : *fields) {
            if (one.name != name) continue;
            if (!query.empty()) query += '&';
            constexpr std::string_view signs = "#$%&+,/:;<=>?@[\\]^`{|}\"";
            query += escaped(one.name, signs) + "=" + escaped(one.value, signs);
        }
        std::erase_if(*fields, [&](const form_field& one) { return one.name == name; });
    }
    return std::string{rest.substr(0, mark + 1)} + query;
}

std::vector<std::string> candidates_of(const address& called) {
    const auto default_port = called.scheme == "http://" ? ":80" : ":443";
    const auto with_port = called.port.empty() ? std::string{default_port} : called.port;
    const auto browser = as_browsers_write(called.rest);
    std::vector<std::string> all;
    for (const auto& rest : {called.rest, browser, as_old_node_writes(browser)}) {
        for (const auto& port : {std::string{}, with_port}) {
            auto url = called.scheme + called.host + port + rest;
            if (std::ranges::find(all, url) == all.end()) all.push_back(std::move(url));
        }
    }
    return all;
}

// Names by byte value, and of a repeated name each different value once, by value.
std::string signed_text(form_fields fields) {
    const auto key = [](const form_field& one) { return std::tie(one.name, one.value); };
    std::ranges::sort(fields, {}, key);
    const auto is_same = [&](const form_field& one, const form_field& other) {
        return key(one) == key(other);
    };
    fields.erase(std::unique(fields.begin(), fields.end(), is_same), fields.end());
    std::string text;
    for (const auto& one : fields) text += one.name + one.value;
    return text;
}

// What the address does not say: nothing for a GET or a hashed body, whose hash must be right.
std::optional<std::string> signed_rest(const inbound_request& request) {
    if (const auto hash = query_value(request.query, hash_parameter)) {
        const auto actual = hex_of(digest_of(hash_kind::sha256, request.body));
        if (!same_secret(*hash, actual)) return std::nullopt;
        return std::string{};
    }
    if (request.method == "GET") return std::string{};
    auto fields = read_form(request.body);
    if (!fields) return std::nullopt;
    return signed_text(std::move(*fields));
}

std::string signature_over(std::string_view text, std::string_view token) {
    return base64_of(hmac_of(hash_kind::sha1, token, text));
}

bool is_of_account(const inbound_request& request, const channel_settings& channel) {
    const auto fields = callback_fields(request);
    if (!fields) return false;
    const auto account = value_in(*fields, "AccountSid");
    return account.empty() || account == channel.account_sid;
}

}  // namespace

std::string signature_of(std::string_view url, form_fields fields, std::string_view auth_token) {
    return signature_over(std::string{url} + signed_text(std::move(fields)), auth_token);
}

bool verify(const inbound_request& request, const channel_settings& channel) {
    if (request.signature.empty() || channel.public_url.empty()) return false;
    const auto rest = signed_rest(request);
    if (!rest) return false;
    bool matches = false;
    for (const auto& url : candidates_of(address_of(request, channel))) {
        for (const auto& token : channel.auth_tokens) {
            if (token.empty()) continue;
            const auto expected = signature_over(url + *rest, token);
            if (same_secret(request.signature, expected)) matches = true;
        }
    }
    return matches && is_of_account(request, channel);
}

}  // namespace tertulia::adapters::twilio
