// Why something was not said, for a manager: a sentence without a technical word. What is recorded is the
// gate and its word (gates.hpp); this is how it reads.

#pragma once

#include <string>
#include <string_view>

namespace tertulia::dialogs {

// Of a verdict's reason and its numbers; a reason nobody has words for stays as it is.
//   ("cap_of_day", "1 of 1 today") -> "she has been written to already: 1 of 1 today"
[[nodiscard]] std::string plainly(std::string_view reason, std::string_view numbers = {});

}  // namespace tertulia::dialogs
