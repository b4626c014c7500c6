// Posts webhooks as Meta does: signed, at least once, again after anything but 200, with a growing
// pause, to one address.
//
// Threads: any. Bodies wait in memory, at most `waiting_max`; more are counted and dropped.

#pragma once

#include "gateway/http/client.hpp"
#include "gateway/simulator/alarm.hpp"
#include "gateway/simulator/webhook_counters.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

namespace tertulia::gateway::simulator {

struct webhook_settings {
    std::string url{};  // empty: webhooks are dropped
    std::string app_secret{};
    std::chrono::milliseconds pause_first{500};  // after a failure; doubles
    std::chrono::milliseconds pause_most{30'000};
    int tries_max{60};
    std::size_t in_flight_max{16};
    std::size_t waiting_max{200'000};
};

class webhook_post {
public:
    // Both outlive this; finish() the client before this ends, so that no answer meets its end.
    webhook_post(webhook_settings settings, http::client& client, alarm& later);
    ~webhook_post();
    webhook_post(const webhook_post&) = delete;
    webhook_post& operator=(const webhook_post&) = delete;

    void post(std::string body, std::chrono::milliseconds delay, int copies);
    void set_url(std::string url);
    [[nodiscard]] webhook_counters counters() const;

private:
    struct state;
    std::shared_ptr<state> self_;  // answers may come after the end
};

}  // namespace tertulia::gateway::simulator
