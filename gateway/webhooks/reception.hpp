// What every provider's endpoint does alike: counts its answers, refuses what is not theirs or
// cannot be read, and admits what a callback held, whole or not at all. 200 only when its last
// element is committed.
//
// Threads: any number of I/O threads.

#pragma once

#include "adapters/wire/http.hpp"
#include "adapters/wire/parsed.hpp"
#include "gateway/http/http.hpp"
#include "gateway/insight/metrics.hpp"
#include "gateway/turns/inbox.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tertulia::gateway {

// The request as adapters read it; `signature_header`: the one this provider signs with, if any.
// Views into the request.
[[nodiscard]] adapters::inbound_request as_adapters_see(
    const http::request& request, std::string_view signature_header
);

class reception {
public:
    // Both outlive it.
    reception(std::string channel, inbox& to, metrics& counts);

    // `on_commit`: what the provider wants to hear then; lives for ever.
    void admit(adapters::parsed parsed, http::reply answer, const http::response& on_commit);
    // For who does not come by HTTP, see admission::settled. False: nothing of it was taken, and
    // nothing will be told.
    [[nodiscard]] bool admit(adapters::parsed parsed, std::function<void(bool kept)> settled);

    // A wrong signature leaves no trace but a metric and, rarer the more there are, a line that says
    // what to compare: nothing of it can be believed.
    void refuse_unsigned(http::reply answer, std::string_view detail);
    void refuse_unreadable(http::reply answer, std::string_view detail);
    // The address does not end in the channel's secret: to a stranger there is nothing here.
    void refuse_unknown_path(http::reply answer);
    void refuse_handshake(http::reply answer);

private:
    void fill(admission& post, adapters::parsed parsed);
    [[nodiscard]] prometheus::Counter& answered(const char* code) const;

    std::string channel_;
    inbox& inbox_;
    metrics& counts_;
    prometheus::Counter& accepted_;
    prometheus::Counter& malformed_;
    std::atomic<std::uint64_t> unsigned_{};
    std::atomic<std::uint64_t> unreadable_{};
    std::atomic<std::uint64_t> elsewhere_{};
    std::atomic<std::uint64_t> handshakes_{};
};

}  // namespace tertulia::gateway
