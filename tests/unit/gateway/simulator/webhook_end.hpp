// What the tests of the stand-in share: the gateway's end of its webhook, and its settings.

#pragma once

#include "gateway/simulator/plain_listener.hpp"
#include "gateway/simulator/stand_in_front.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

namespace tertulia::gateway::simulator {

using nlohmann::json;
using namespace std::chrono_literals;

inline constexpr auto number_id = "1065";
inline const std::string messages_path = std::string{"/v25.0/"} + number_id + "/messages";

// The gateway's end of the webhook: keeps every body, answers what it is told to.
struct webhook_end {
    std::mutex mutex{};
    std::condition_variable changed{};
    std::vector<std::string> bodies{};
    std::vector<unsigned> answers{};  // for the next ones; then 200
    plain_listener listener{"127.0.0.1", 0, [this](const graph_request& request) {
        const std::scoped_lock lock{mutex};
        bodies.emplace_back(request.body);
        changed.notify_all();
        graph_answer answer;
        if (!answers.empty()) {
            answer.status = answers.front();
            answers.erase(answers.begin());
        }
        return answer;
    }};

    std::string url() const {
        return "http://127.0.0.1:" + std::to_string(listener.port()) + "/webhooks/whatsapp";
    }
    // Every element of `key` ("messages" or "statuses") of every body, once at least `count` came.
    std::vector<json> wait_for(const char* key, std::size_t count) {
        std::unique_lock lock{mutex};
        std::vector<json> all;
        const auto enough = [&] {
            all.clear();
            for (const auto& body : bodies) {
                const auto value = json::parse(body)["entry"][0]["changes"][0]["value"];
                if (!value.contains(key)) continue;
                for (const auto& each : value[key]) all.push_back(each);
            }
            return all.size() >= count;
        };
        EXPECT_TRUE(changed.wait_for(lock, 10s, enough)) << "only " << all.size();
        return all;
    }
};

inline stand_in_settings settings_with(const std::string& webhook_url, std::string log = {}) {
    stand_in_settings settings;
    settings.number = {
        .phone_number_id = number_id, .access_token = "token", .app_secret = "test_app_secret"};
    settings.webhook = {.url = webhook_url, .pause_first = 5ms, .pause_most = 20ms, .tries_max = 5};
    settings.media_base = "http://127.0.0.1:1/simulator/graph";
    settings.log_file = std::move(log);
    settings.controls = R"({"sent_ms": 1, "delivered_ms": 1})";
    return settings;
}

}  // namespace tertulia::gateway::simulator
