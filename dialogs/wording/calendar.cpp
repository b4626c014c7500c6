#include "dialogs/wording/calendar.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/tztrans.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace tertulia::dialogs {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t day_ms = 24 * 60 * minute_ms;
constexpr std::int64_t last_ms = 7'258'118'400'000;  // 2200-01-01: nobody lends for longer

std::int64_t days_of(std::int64_t ms) noexcept {
    return ms >= 0 ? ms / day_ms : -((-ms + day_ms - 1) / day_ms);
}

}  // namespace

boost::system::result<local_calendar> local_calendar::make(std::string_view zone) {
    const auto unknown =
        boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
    const auto name = icu::UnicodeString::fromUTF8(
        icu::StringPiece(zone.data(), static_cast<int32_t>(zone.size()))
    );
    const std::unique_ptr<icu::TimeZone> found{icu::TimeZone::createTimeZone(name)};
    if (zone.empty() || *found == icu::TimeZone::getUnknown()) return unknown;
    // ICU also makes up zones like "GMT+5", whose sign people read the wrong way round.
    UErrorCode status = U_ZERO_ERROR;
    UBool is_system = false;
    icu::UnicodeString canonical;
    icu::TimeZone::getCanonicalID(name, canonical, is_system, status);
    if (U_FAILURE(status) || !is_system) return unknown;

    local_calendar made;
    made.zone_ = zone;
    int32_t raw = 0;
    int32_t saving = 0;
    found->getOffset(0.0, false, raw, saving, status);
    made.transitions_.push_back({.from_ms = 0, .offset_ms = raw + saving});
    if (const auto* ruled = dynamic_cast<const icu::BasicTimeZone*>(found.get())) {
        icu::TimeZoneTransition next;
        UDate from = 0;
        while (ruled->getNextTransition(from, false, next) &&
               next.getTime() < static_cast<double>(last_ms)) {
            from = next.getTime();
            found->getOffset(from, false, raw, saving, status);
            made.transitions_.push_back(
                {.from_ms = static_cast<std::int64_t>(from), .offset_ms = raw + saving}
            );
        }
    }
    if (U_FAILURE(status)) return unknown;
    return made;
}

std::int64_t local_calendar::offset_at(std::int64_t utc_ms) const noexcept {
    if (transitions_.empty()) return 0;  // a default one is UTC
    const auto after = std::upper_bound(
        transitions_.begin(),
        transitions_.end(),
        utc_ms,
        [](std::int64_t when, const transition& t) { return when < t.from_ms; }
    );
    return after == transitions_.begin() ? after->offset_ms : std::prev(after)->offset_ms;
}

local_time local_calendar::local(instant at) const noexcept {
    const auto wall = to_millis(at) + offset_at(to_millis(at));
    const auto day = days_of(wall);
    const auto minutes = static_cast<int>((wall - day * day_ms) / minute_ms);
    return {
        .date = civil_date{std::chrono::sys_days{std::chrono::days{day}}},
        .hour = minutes / 60,
        .minute = minutes % 60,
    };
}

instant local_calendar::at(civil_date date, int hour, int minute) const noexcept {
    const auto days = std::chrono::sys_days{date}.time_since_epoch().count();
    const auto wall = days * day_ms + (hour * 60 + minute) * minute_ms;
    // Of the offsets in force a day before and a day after, the earlier one is right outside gaps
    // and for the first of two equal hours; in a gap it lands behind the gap, as far in as asked.
    const auto before = offset_at(wall - day_ms);
    const auto after = offset_at(wall + day_ms);
    const auto early = wall - before;
    if (offset_at(early) == before || before == after) return from_millis(early);
    const auto late = wall - after;
    return from_millis(offset_at(late) == after ? late : early);
}

std::optional<instant> local_calendar::read(std::string_view iso_8601) const noexcept {
    auto rest = iso_8601;
    const auto day = parse_iso_date(rest.substr(0, 10));
    if (!day) return std::nullopt;
    rest.remove_prefix(10);
    if (rest.empty()) return at(*day, 12, 0);
    const auto two = [&](char mark, int max) -> std::optional<int> {
        if (rest.size() < 3 || (rest[0] != mark && !(mark == 'T' && rest[0] == ' '))) {
            return std::nullopt;
        }
        const auto digit = [&](std::size_t i) { return rest[i] >= '0' && rest[i] <= '9'; };
        if (!digit(1) || !digit(2)) return std::nullopt;
        const int value = (rest[1] - '0') * 10 + (rest[2] - '0');
        if (value > max) return std::nullopt;
        rest.remove_prefix(3);
        return value;
    };
    const auto hour = two('T', 23);
    const auto minute = hour ? two(':', 59) : std::nullopt;
    if (!minute) return std::nullopt;
    int second = 0;
    if (rest.starts_with(':')) {
        const auto said = two(':', 59);
        if (!said) return std::nullopt;
        second = *said;
    }
    using std::chrono::hours;
    using std::chrono::minutes;
    using std::chrono::seconds;
    if (rest.empty()) return at(*day, *hour, *minute) + seconds{second};
    const instant as_utc =
        std::chrono::sys_days{*day} + hours{*hour} + minutes{*minute} + seconds{second};
    if (rest == "Z") return as_utc;
    const int sign = rest[0] == '-' ? 1 : -1;
    if (rest[0] != '-' && rest[0] != '+') return std::nullopt;
    const auto off = two(rest[0], 14);
    const auto off_minute = off ? two(':', 59) : std::nullopt;
    if (!off_minute || !rest.empty()) return std::nullopt;
    return as_utc + sign * (hours{*off} + minutes{*off_minute});
}

}  // namespace tertulia::dialogs
