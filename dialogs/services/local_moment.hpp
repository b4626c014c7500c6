// A local time as opening hours count it.

#pragma once

#include "dialogs/services/opening_hours.hpp"
#include "dialogs/wording/calendar.hpp"

namespace tertulia::dialogs {

[[nodiscard]] opening_hours::moment moment_of(const local_time& at) noexcept;
[[nodiscard]] civil_date next_day(civil_date day) noexcept;

}  // namespace tertulia::dialogs
