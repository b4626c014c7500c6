// Our verdict on a callback of Vonage, for its own library to compare with.
//   {"content_type", "authorization", "body", "secret", "api_key", "method", "now"} -> yes | no
// `method`: md5hash, md5, sha1, sha256 or sha512, as the library calls them; `now`: seconds.

#include "adapters/vonage/vonage.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <chrono>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace tertulia;
using adapters::vonage::signature_method;

signature_method method_of(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, signature_method>, 5> all{{
        {"md5hash", signature_method::md5_hash},
        {"md5", signature_method::md5_hmac},
        {"sha1", signature_method::sha1_hmac},
        {"sha256", signature_method::sha256_hmac},
        {"sha512", signature_method::sha512_hmac},
    }};
    for (const auto& [known, method] : all) {
        if (known == name) return method;
    }
    return {};
}

bool is_accepted(const nlohmann::json& line) {
    const auto text = [&](const char* key) { return line.value(key, std::string{}); };
    const auto type = text("content_type");
    const auto token = text("authorization");
    const auto body = text("body");
    return adapters::vonage::verify(
        {.method = "POST",
         .path = "/webhooks/sms",
         .content_type = type,
         .signature = token,
         .body = body},
        {.name = "sms",
         .api_key = text("api_key"),
         .signature_secrets = {text("secret")},
         .method = method_of(text("method"))},
        instant{std::chrono::seconds{line.value("now", std::int64_t{})}}
    );
}

}  // namespace

int main() {
    for (std::string text; std::getline(std::cin, text);) {
        std::cout << (is_accepted(nlohmann::json::parse(text)) ? "yes" : "no") << '\n';
    }
}
