// The lines to SMSCs, one a channel, on one thread of their own: exchange.hpp decides, connection.hpp
// moves the bytes, and this connects both to the inbox. It holds no rule.

#pragma once

#include "adapters/smpp/smpp.hpp"
#include "gateway/delivery/carrier.hpp"
#include "gateway/insight/metrics.hpp"
#include "gateway/turns/inbox.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace tertulia::gateway::smpp {

class lines final : public carrier {
public:
    // `to` and `counts` outlive it, and it must outlive whoever settles what it admits.
    // Throws std::system_error when certificate authorities cannot be read.
    lines(
        const std::vector<adapters::smpp::channel_settings>& channels,
        inbox& to,
        metrics& counts,
        std::function<instant()> clock,
        std::uint64_t seed
    );
    ~lines() override;

    [[nodiscard]] bool has(std::string_view channel) const noexcept;

    void start();  // connects from here on
    // From any thread, of a channel it has.
    void send(std::shared_ptr<const outbox_entry> entry) override;
    [[nodiscard]] std::size_t in_flight() const noexcept override;

    // What arrives from here on is answered "again later".
    void stop_accepting();
    // Says goodbye on every line and waits, at most so long, until the SMSCs have answered.
    void finish(std::chrono::milliseconds deadline);

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace tertulia::gateway::smpp
