// Core banking as the gateway runs it, one interface for whoever owns the money. What turns read is
// the portfolio, always; this keeps it true.
//
// The ledger has nothing to run: `tertulia import` writes the portfolio, whole or in parts. Fineract
// is polled by a thread of its own, and told by hooks what to read again.

#pragma once

#include "gateway/config/core_banking_config.hpp"
#include "gateway/core_banking/write_queue.hpp"
#include "gateway/http/http.hpp"
#include "dialogs/message/time.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::gateway {

namespace http {
class client;
}

struct core_health {
    std::string type{};     // "ledger", "fineract"
    bool well{true};        // the last call was answered as it should
    std::string trouble{};  // why not; safe to show
    int thousandths{1'000}; // of the round under way
    instant as_of{};        // of the last round that ended; the epoch: none, or a ledger
    std::int64_t broken{};  // records that could not be read
};

class core_banking {
public:
    core_banking() = default;
    core_banking(const core_banking&) = delete;
    core_banking& operator=(const core_banking&) = delete;
    virtual ~core_banking() = default;

    virtual void start() = 0;
    virtual void stop_soon() = 0;  // begins no further call; returns at once
    virtual void stop() = 0;       // waits for the calls under way: at most their deadline, and no
                                   // longer than the client's own end
    // What core banking calls us by: POST and GET /webhooks/core/SECRET/.
    [[nodiscard]] virtual std::vector<http::route> routes() = 0;
    [[nodiscard]] virtual core_health health() const = 0;  // from any thread

    // Whether applications are written there at all.
    [[nodiscard]] virtual bool takes_applications() const noexcept = 0;
    // From any thread; returns at once. Whoever proposes keeps it, and proposes it again after a
    // restart unless core_banking_parts::settled has told the end of it: it is written once.
    virtual void propose(core_proposal what) = 0;
};

struct core_banking_parts {
    std::string database{};
    std::string time_zone{};
    std::string country{};
    std::string language{};  // of clients met for the first time
    http::client& client;
    std::function<instant()> clock{};
    std::function<void(core_settled)> settled{};  // on a thread of ours; must only queue
};

// The one the configuration names. Throws as fineract_sync does.
[[nodiscard]] std::unique_ptr<core_banking> make_core_banking(
    const core_banking_config& config, const core_banking_parts& parts
);

}  // namespace tertulia::gateway
