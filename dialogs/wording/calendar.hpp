// The institution's civil time: which day and hour an instant is there, and back. All transitions
// of the zone are read once, at load; afterwards this is a plain value, free to use from any
// thread.

#pragma once

#include "dialogs/message/time.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct local_time {
    civil_date date{};
    int hour{};    // 0 to 23
    int minute{};  // 0 to 59
    bool operator==(const local_time&) const = default;
};

class local_calendar {
public:
    // `zone` is an IANA name. Fails with errc::invalid_argument when nobody knows it.
    [[nodiscard]] static boost::system::result<local_calendar> make(std::string_view zone);

    [[nodiscard]] civil_date date_of(instant at) const noexcept { return local(at).date; }
    [[nodiscard]] local_time local(instant at) const noexcept;

    // When clocks there show this. An hour that is skipped in spring gives the moment after the
    // gap, as far into it as asked; one that comes twice in autumn gives the first.
    [[nodiscard]] instant at(civil_date date, int hour, int minute) const noexcept;

    // "2026-11-26T10:40:00-06:00", "…Z", without either the clocks there, "2026-11-26" at noon
    // there; seconds may be left out and a blank may stand for the T. Nothing for anything else.
    [[nodiscard]] std::optional<instant> read(std::string_view iso_8601) const noexcept;

    [[nodiscard]] const std::string& zone() const noexcept { return zone_; }

private:
    struct transition {
        std::int64_t from_ms{};    // UTC
        std::int64_t offset_ms{};  // local - UTC from then on
    };
    [[nodiscard]] std::int64_t offset_at(std::int64_t utc_ms) const noexcept;

    std::string zone_{};
    std::vector<transition> transitions_{};  // 1970 to 2200; the first reaches back for ever
};

}  // namespace tertulia::dialogs
