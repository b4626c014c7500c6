// When a place where people pay is open, by the clock there: its own hours, and the institution's
// holidays, on which it is closed unless its hours end with what holds then: "Lun-Dom 7:00-20:00;
// feriados 9:00-12:00", "Mo-Su 07:00-20:00; PH 09:00-12:00" (as OpenStreetMap has it). What never
// closes, "24/7", does not on a holiday either.

#pragma once

#include "dialogs/message/time.hpp"
#include "dialogs/services/opening_hours.hpp"
#include "dialogs/wording/calendar.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace tertulia::dialogs {

// `holidays` and `calendar` outlive it.
class place_hours {
public:
    // Nothing for hours that opening_hours cannot read, of the week or of holidays: then they can
    // only be told as they stand.
    [[nodiscard]] static std::optional<place_hours> parse(
        std::string_view text, std::span<const civil_date> holidays, const local_calendar& calendar
    );

    [[nodiscard]] bool open_at(instant at) const noexcept;
    // Nothing while it is closed, or where it stays open for a week and more.
    [[nodiscard]] std::optional<instant> closes(instant now) const noexcept;
    // Nothing while it is open, or where it does not open within a month.
    [[nodiscard]] std::optional<instant> opens(instant now) const noexcept;
    // Those of an ordinary week.
    [[nodiscard]] const opening_hours& week() const noexcept { return week_; }

private:
    place_hours(
        opening_hours week,
        std::optional<opening_hours> then,
        std::span<const civil_date> holidays,
        const local_calendar& calendar
    );
    // Of that day; nullptr: it is closed.
    [[nodiscard]] const opening_hours* on(civil_date day) const noexcept;

    opening_hours week_;
    std::optional<opening_hours> on_holidays_;  // as a week of them
    std::span<const civil_date> holidays_;
    const local_calendar* calendar_;
};

}  // namespace tertulia::dialogs
