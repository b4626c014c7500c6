// Tells her that what she wrote has been read and is being answered: two blue ticks and "typing…".
// A courtesy: it is tried once, what does not fit is dropped, and nothing waits for it.
//
// Threads: read() from any thread; the client outlives this.

#pragma once

#include "adapters/wire/http.hpp"
#include "gateway/http/client.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace tertulia::gateway {

class read_marks {
public:
    // What says it on that channel; nothing: the channel has no such thing, or it is not wanted.
    using request = std::function<std::optional<adapters::outbound_request>(
        const std::string& channel, const std::string& message_id
    )>;

    read_marks(
        http::client& client, request of,
        std::chrono::milliseconds deadline = std::chrono::milliseconds{5'000},
        std::size_t in_flight_max = 8  // of the client's 32 connections: sends need the rest
    );

    void read(const std::string& channel, const std::string& message_id);

private:
    http::client& client_;
    request of_;
    std::chrono::milliseconds deadline_;
    std::size_t in_flight_max_;
    std::shared_ptr<std::atomic<std::size_t>> in_flight_;  // a call may end after this
};

}  // namespace tertulia::gateway
