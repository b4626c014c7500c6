// Who takes the planner's messages to a provider: HTTP calls, or a line that is kept open.

#pragma once

#include "gateway/store/store.hpp"

#include <cstddef>
#include <memory>

namespace tertulia::gateway {

class carrier {
public:
    carrier() = default;
    carrier(const carrier&) = delete;
    carrier& operator=(const carrier&) = delete;
    virtual ~carrier() = default;

    // From the writer thread; must only queue. What became of it is reported exactly once.
    virtual void send(std::shared_ptr<const outbox_entry> entry) = 0;
    [[nodiscard]] virtual std::size_t in_flight() const noexcept = 0;  // sent and not reported yet
};

}  // namespace tertulia::gateway
