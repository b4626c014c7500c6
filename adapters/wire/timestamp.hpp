// The ways providers write a moment. None of them reads a clock.

#pragma once

#include "dialogs/message/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::adapters {

// "2026-11-23T09:15:04Z", "…04.445Z", "…04.220+0000", "…04-06:00", "2026-11-23 09:15:04": ISO 8601
// with or without a fraction and a zone, UTC if none is named. Nothing for anything else.
[[nodiscard]] std::optional<instant> read_iso_time(std::string_view text);

// "Mon, 23 Nov 2026 22:00:00 +0000", as in mail (RFC 2822).
[[nodiscard]] std::optional<instant> read_mail_time(std::string_view text);

// "2026-11-23T22:00:00Z"; the milliseconds are dropped.
[[nodiscard]] std::string write_iso_time(instant at);

}  // namespace tertulia::adapters
