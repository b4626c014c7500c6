// Time as the whole house speaks it: an instant is UTC milliseconds, a date is a civil date in the
// institution's zone. Nothing here reads a clock.

#pragma once

#include <chrono>
#include <cstdint>

namespace tertulia {

using instant = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC
using civil_date = std::chrono::year_month_day;                    // no zone: the institution's
using std::chrono::milliseconds;

[[nodiscard]] constexpr std::int64_t to_millis(instant at) noexcept {
    return at.time_since_epoch().count();
}
[[nodiscard]] constexpr instant from_millis(std::int64_t millis) noexcept {
    return instant{milliseconds{millis}};
}

}  // namespace tertulia
