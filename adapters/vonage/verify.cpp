// Vonage signs twice over: the Messages API a token about the body, the SMS API a field about the
// others.

#include "adapters/vonage/vonage.hpp"
#include "adapters/wire/callback_fields.hpp"
#include "adapters/wire/digest.hpp"
#include "adapters/wire/json_view.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace tertulia::adapters::vonage {
namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr std::size_t token_bytes_max = 4096;

bool is_fresh(std::int64_t seconds, const channel_settings& channel, instant now) {
    const auto at = to_millis(now) / 1000;
    const auto most = channel.freshness.count();
    return seconds >= at - most && seconds <= at + most;
}

struct token_parts {
    std::string_view signed_text{};  // "header.claims"
    std::string header{};
    std::string claims{};
    std::string signature{};
};

std::optional<token_parts> parts_of(std::string_view token) {
    const auto first = token.find('.');
    if (token.size() > token_bytes_max || first == std::string_view::npos) return std::nullopt;
    const auto second = token.find('.', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    auto header = from_base64_url(token.substr(0, first));
    auto claims = from_base64_url(token.substr(first + 1, second - first - 1));
    auto signature = from_base64_url(token.substr(second + 1));
    if (!header || !claims || !signature) return std::nullopt;
    return token_parts{
        .signed_text = token.substr(0, second),
        .header = std::move(*header),
        .claims = std::move(*claims),
        .signature = std::move(*signature)};
}

// The algorithm is ours to choose, never the token's: "none" and public keys are other people's.
bool is_hs256(std::string_view header) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(header);
    const auto root = document ? as_object(*document) : std::nullopt;
    return root && text_at(*root, "alg") == "HS256";
}

bool claims_hold(
    std::string_view claims, std::string_view body, const channel_settings& channel, instant now
) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(claims);
    const auto root = document ? as_object(*document) : std::nullopt;
    if (!root) return false;
    const auto issued = integer_at(*root, "iat");
    const auto hash = hex_of(digest_of(hash_kind::sha256, body));
    return issued && is_fresh(*issued, channel, now) && text_at(*root, "iss") == "Vonage" &&
           same_secret(text_at(*root, "payload_hash"), hash) &&
           text_at(*root, "api_key") == channel.api_key;
}

bool token_holds(
    std::string_view token, std::string_view body, const channel_settings& channel, instant now
) {
    const auto parts = parts_of(token);
    if (!parts || !is_hs256(parts->header)) return false;
    bool matches = false;
    for (const auto& secret : channel.signature_secrets) {
        if (secret.empty()) continue;
        const auto expected = hmac_of(hash_kind::sha256, secret, parts->signed_text);
        if (same_secret(parts->signature, expected)) matches = true;
    }
    return matches && claims_hold(parts->claims, body, channel, now);
}

// "&name=value" of each but the signature, by name; what would make two fields of one becomes "_".
std::string signed_text(form_fields fields) {
    std::erase_if(fields, [](const form_field& one) { return one.name == "sig"; });
    std::ranges::stable_sort(fields, {}, &form_field::name);
    std::string text;
    for (auto& one : fields) {
        std::ranges::replace(one.value, '&', '_');
        std::ranges::replace(one.value, '=', '_');
        text += "&" + one.name + "=" + one.value;
    }
    return text;
}

std::string signature_of(std::string_view text, std::string_view secret, signature_method method) {
    switch (method) {
        case signature_method::md5_hash:
            return hex_of(digest_of(hash_kind::md5, std::string{text} + std::string{secret}));
        case signature_method::md5_hmac:
            return hex_of(hmac_of(hash_kind::md5, secret, text));
        case signature_method::sha1_hmac:
            return hex_of(hmac_of(hash_kind::sha1, secret, text));
        case signature_method::sha256_hmac:
            return hex_of(hmac_of(hash_kind::sha256, secret, text));
        case signature_method::sha512_hmac:
            return hex_of(hmac_of(hash_kind::sha512, secret, text));
    }
    return {};
}

bool fields_hold(const inbound_request& request, const channel_settings& channel, instant now) {
    const auto fields = callback_fields(request);
    if (!fields) return false;
    std::string given{value_in(*fields, "sig")};
    std::ranges::transform(given, given.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'F' ? static_cast<char>(byte - 'A' + 'a') : byte;
    });
    const auto stamp = value_in(*fields, "timestamp");
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(stamp.data(), stamp.data() + stamp.size(), seconds);
    const bool is_stamp = error == std::errc{} && end == stamp.data() + stamp.size();
    if (given.empty() || !is_stamp || !is_fresh(seconds, channel, now)) return false;
    const auto text = signed_text(*fields);
    bool matches = false;
    for (const auto& secret : channel.signature_secrets) {
        if (secret.empty()) continue;
        if (same_secret(given, signature_of(text, secret, channel.method))) matches = true;
    }
    const auto key = value_in(*fields, "api-key");
    return matches && (key.empty() || key == channel.api_key);
}

}  // namespace

bool verify(const inbound_request& request, const channel_settings& channel, instant now) {
    if (request.signature.starts_with(bearer)) {
        return token_holds(request.signature.substr(bearer.size()), request.body, channel, now);
    }
    return fields_hold(request, channel, now);
}

}  // namespace tertulia::adapters::vonage
