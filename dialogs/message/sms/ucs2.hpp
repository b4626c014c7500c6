// The sixteen-bit alphabet of SMS: UCS-2 by name, UTF-16 big-endian in practice, emoji included.

#pragma once

#include <string>
#include <string_view>

namespace tertulia {

// Two octets a unit, high one first; no byte order mark.
[[nodiscard]] std::string ucs2_encoded(std::string_view text);

// UTF-8 of any octets: half a surrogate pair is U+FFFD, an odd octet at the end is dropped, and so
// is a byte order mark at the start.
[[nodiscard]] std::string ucs2_decoded(std::string_view octets);

// UTF-8 of ISO 8859-1, the third coding SMSCs hand over.
[[nodiscard]] std::string latin1_decoded(std::string_view octets);

}  // namespace tertulia
