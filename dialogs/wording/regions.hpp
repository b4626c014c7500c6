// Which codes of countries and languages exist, asked when a config is read.

#pragma once

#include <string_view>

namespace tertulia::dialogs {

// ISO 3166 alpha-2, in capitals.
[[nodiscard]] bool is_country(std::string_view code) noexcept;

// A BCP 47 tag whose language exists: "es", "es-GT". Three letters are believed, because ISO 639-3
// has more languages than anybody's table.
[[nodiscard]] bool is_language(std::string_view tag);

// An IANA name.
[[nodiscard]] bool is_time_zone(std::string_view name);

}  // namespace tertulia::dialogs
