// Who owns the money: what `core_banking:` says.

#pragma once

#include "adapters/fineract/fineract.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace tertulia::gateway {

// What we may write there. Money itself is nobody's but core banking's.
struct core_writes_allowed {
    bool notes{};
    bool applications{};
    bool attendance{};
};

struct fineract_config {
    adapters::fineract::access access{};
    std::chrono::minutes poll{15};   // between the ends of two rounds of what changed
    std::chrono::minutes sweep{150};  // of the institution's day: when all is read again
    std::string hook_secret{};       // the end of the hooks' address; empty: no hooks
    core_writes_allowed writes{};
};

struct core_banking_config {
    std::optional<fineract_config> fineract{};  // nothing: the ledger, which `import` fills
    // Facts older than the first are told with their hour; older than the second, not at all. 0:
    // never, as for a ledger, whose last import is the truth until the next one.
    std::chrono::minutes stale_after{0};
    std::chrono::minutes down_after{0};
};

}  // namespace tertulia::gateway
