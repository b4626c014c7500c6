// Time as people of the institution work it: what is promised "within two hours" on a Friday evening
// falls due on Monday. Opening hours and holidays are the institution's, by the clocks there.

#pragma once

#include "dialogs/message/time.hpp"
#include "dialogs/services/opening_hours.hpp"
#include "dialogs/wording/calendar.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace tertulia::dialogs {

// Cheap to make; `holidays` and `calendar` outlive it.
class working_time {
public:
    // Hours that cannot be read, or none: always at work, but on holidays.
    working_time(
        std::string_view hours, std::span<const civil_date> holidays, const local_calendar& calendar
    );

    [[nodiscard]] bool open_at(instant at) const noexcept;
    // `from` itself while open; the far end of the search (a year) where it never opens.
    [[nodiscard]] instant opens(instant from) const noexcept;
    // When so much has been worked. Whole days are working days: three of them from Tuesday 10:00
    // end on Friday 10:00. Anything else counts the minutes of open hours.
    [[nodiscard]] instant after(instant from, milliseconds worked) const noexcept;

private:
    [[nodiscard]] bool holiday(civil_date day) const noexcept;
    [[nodiscard]] bool works_on(civil_date day) const noexcept;

    std::optional<opening_hours> hours_;
    std::span<const civil_date> holidays_;
    const local_calendar& calendar_;
};

}  // namespace tertulia::dialogs
