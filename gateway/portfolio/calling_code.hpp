// Telephone numbers as other systems keep them, made E.164 by the country they are kept in.

#pragma once

#include <string>
#include <string_view>

namespace tertulia::gateway {

// "502" of "GT". Empty for a country that is not in our table: no mend is better than a wrong one.
[[nodiscard]] std::string_view calling_code_of(std::string_view country) noexcept;

// "5555 1234", "50255551234", "+502 5555-1234", "00502…" -> "+50255551234". Empty where it is not
// certain which number is meant: a message to the wrong person is worse than none.
[[nodiscard]] std::string e164_of(std::string_view written, std::string_view country);

}  // namespace tertulia::gateway
