#include "gateway/commands/admin_call.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <future>
#include <iostream>

namespace tertulia::gateway {

using namespace std::chrono_literals;

http::answer ask_admin(
    const config& settings, const std::string& method, const std::string& path, std::string body
) {
    http::client client{{}};
    std::promise<http::answer> promised;
    auto answer = promised.get_future();
    http::call call{
        .method = method,
        .url = "http://" + settings.server.admin + path,
        .body = std::move(body),
        .deadline = 120s,  // checking a large set of files, and a writer with work before it
        .answer_bytes_max = 64UL * 1024 * 1024,
    };
    if (!call.body.empty()) call.headers.emplace_back("Content-Type", "application/json");
    if (const auto& token = settings.server.admin_token; !token.empty()) {
        call.headers.emplace_back("Authorization", "Bearer " + token);
    }
    client.start(std::move(call), [&promised](http::answer got) {
        promised.set_value(std::move(got));
    });
    auto got = answer.get();
    client.finish(100ms);
    return got;
}

int explain_failure(const config& settings, const http::answer& got) {
    if (got.result != http::call_result::answered) {
        std::cerr << "tertulia: nobody answers on " << settings.server.admin
                  << "; is `tertulia serve` running with this config?\n";
        return 1;
    }
    const auto body = nlohmann::json::parse(got.body, nullptr, false);
    if (!body.is_object()) {
        std::cerr << "tertulia: status " << got.status << '\n';
        return 1;
    }
    for (const auto& one : body.value("problems", nlohmann::json::array())) {
        std::cerr << one.get<std::string>() << '\n';
    }
    std::cerr << "tertulia: " << body.value("title", "status " + std::to_string(got.status))
              << '\n';
    if (const auto mend = body.value("detail", ""); !mend.empty())
        std::cerr << "  " << mend << '\n';
    return 1;
}

}  // namespace tertulia::gateway
