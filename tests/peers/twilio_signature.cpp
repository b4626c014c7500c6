// Our verdict on a signed request, and our own signature, for Twilio's library to compare with.
//   {"do": "verify", "public_url", "path", "query", "content_type", "body", "signature", "token"}
//       -> yes | no
//   {"do": "sign", "url", "body", "token"} -> the signature

#include "adapters/twilio/signature.hpp"
#include "adapters/twilio/twilio.hpp"

#include <nlohmann/json.hpp>

#include <iostream>
#include <string>

namespace {

using namespace tertulia::adapters;

std::string text_at(const nlohmann::json& line, const char* key) {
    return line.value(key, std::string{});
}

bool is_accepted(const nlohmann::json& line) {
    const auto path = text_at(line, "path");
    const auto query = text_at(line, "query");
    const auto type = text_at(line, "content_type");
    const auto body = text_at(line, "body");
    const auto signature = text_at(line, "signature");
    return twilio::verify(
        {.method = "POST",
         .path = path,
         .query = query,
         .content_type = type,
         .signature = signature,
         .body = body},
        {.account_sid = "AC1",
         .auth_tokens = {text_at(line, "token")},
         .public_url = text_at(line, "public_url")}
    );
}

}  // namespace

int main() {
    for (std::string text; std::getline(std::cin, text);) {
        const auto line = nlohmann::json::parse(text);
        if (text_at(line, "do") == "sign") {
            const auto fields = read_form(text_at(line, "body")).value();
            std::cout << twilio::signature_of(text_at(line, "url"), fields, text_at(line, "token"));
        } else {
            std::cout << (is_accepted(line) ? "yes" : "no");
        }
        std::cout << '\n';
    }
}
