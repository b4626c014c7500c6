// Our verdict on X-Hub-Signature-256, and the one our stand-in of Meta writes.
//   {"do": "verify", "body", "signature", "secrets": […]} -> yes | no
//   {"do": "sign", "body", "secret"} -> the signature

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "gateway/simulator/meta_json.hpp"

#include <nlohmann/json.hpp>

#include <iostream>
#include <string>
#include <vector>

namespace {

std::string answer(const nlohmann::json& line) {
    const auto body = line.value("body", std::string{});
    if (line.value("do", "") == "sign") {
        return tertulia::gateway::simulator::signature(line.value("secret", std::string{}), body);
    }
    const auto signature = line.value("signature", std::string{});
    const auto secrets = line.value("secrets", std::vector<std::string>{});
    const tertulia::adapters::inbound_request request{
        .method = "POST",
        .path = "/webhooks/whatsapp",
        .content_type = "application/json",
        .signature = signature,
        .body = body};
    return tertulia::adapters::whatsapp_cloud::verify(request, secrets) ? "yes" : "no";
}

}  // namespace

int main() {
    for (std::string text; std::getline(std::cin, text);) {
        std::cout << answer(nlohmann::json::parse(text)) << '\n';
    }
}
