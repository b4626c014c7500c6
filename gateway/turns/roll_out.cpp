#include "gateway/turns/roll_out.hpp"

#include "gateway/store/store.hpp"

#include <algorithm>

namespace tertulia::gateway {

bool is_among_the_first(
    const roll_out& how,
    std::string_view version,
    party_id who,
    const std::vector<std::string>& phones,
    const std::vector<std::string>& staff
) {
    if (how.to == audience::everybody) return true;
    const bool ours = std::ranges::any_of(phones, [&staff](const std::string& phone) {
        return std::ranges::find(staff, phone) != staff.end();
    });
    if (ours || how.to == audience::staff) return ours;
    const auto drawn = identify({"roll-out", version, std::to_string(who.value)});
    return drawn.low % 100 < static_cast<std::uint64_t>(how.percent);
}

}  // namespace tertulia::gateway
