// Statuses that came before we knew the id they name: a provider may report a message before it has
// answered our call with its id. Kept until that answer comes, for a while.
//
// Not for two threads at a time.

#pragma once

#include "dialogs/message/status.hpp"
#include "dialogs/message/time.hpp"

#include <cstddef>
#include <deque>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

class early_statuses {
public:
    static constexpr std::size_t kept_max = 10'000;  // then the oldest goes
    static constexpr milliseconds kept_for{600'000};

    void keep(status_update status, instant now);
    // Those of this message, in the order they came; they are forgotten here.
    [[nodiscard]] std::vector<status_update> take(
        std::string_view channel, std::string_view message_id, instant now
    );
    [[nodiscard]] std::size_t size() const noexcept { return kept_.size(); }

private:
    struct one {
        status_update status{};
        instant until{};
    };
    void forget(instant now);

    std::deque<one> kept_{};  // oldest first
};

}  // namespace tertulia::gateway
