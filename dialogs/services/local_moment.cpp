#include "dialogs/services/local_moment.hpp"

#include <chrono>

namespace tertulia::dialogs {

opening_hours::moment moment_of(const local_time& at) noexcept {
    const auto weekday = std::chrono::weekday{std::chrono::sys_days{at.date}};
    return {
        .day = static_cast<int>(weekday.iso_encoding()) - 1, .minute = at.hour * 60 + at.minute};
}

civil_date next_day(civil_date day) noexcept {
    return civil_date{std::chrono::sys_days{day} + std::chrono::days{1}};
}

}  // namespace tertulia::dialogs
