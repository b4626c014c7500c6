// Makes the calls the planner released: renders, posts, judges, reports. Holds no rule of its own.
//
// Threads: send() from the writer thread; the report comes on the HTTP client's thread, exactly once
// per entry, also when rendering fails or the client is full. It must only queue what it is told.

#pragma once

#include "adapters/wire/http.hpp"
#include "gateway/delivery/carrier.hpp"
#include "gateway/delivery/planner.hpp"
#include "gateway/http/client.hpp"

#include <boost/system/result.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace tertulia::gateway {

class sender final : public carrier {
public:
    // Both are called on the threads of send() and of the client, so they share nothing mutable.
    using render =
        std::function<boost::system::result<adapters::outbound_request>(const outbox_entry&)>;
    using judge = std::function<
        adapters::verdict(const outbox_entry&, const adapters::provider_response&)>;
    using report = std::function<void(std::int64_t outbox_id, call_outcome ended)>;

    // The client outlives the sender. A call that would be more than `in_flight_max` is reported as
    // not_sent without being made; the planner's own bound is meant to keep it from happening.
    sender(
        http::client& client, render rendered, judge judged, report reported,
        std::chrono::milliseconds deadline = std::chrono::milliseconds{15'000},
        std::size_t in_flight_max = 1'024
    );

    void send(std::shared_ptr<const outbox_entry> entry) override;
    [[nodiscard]] std::size_t in_flight() const noexcept override;

private:
    struct shared;
    std::shared_ptr<shared> self_;  // a call under way may end after the sender
};

}  // namespace tertulia::gateway
