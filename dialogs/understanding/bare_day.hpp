// Whether a message names a day and says nothing else: "el 20", "pasado mañana", "tal vez el lunes
// por la tarde". What is to be on that day only the talk before it knows, and no counter of words
// may guess it: "el 20" is no report of a payment. For intents.cpp and answers.cpp.

#pragma once

#include <string_view>

namespace tertulia::dialogs {

// Also of a day there is not ("el 31 de febrero"); not of one that has passed.
[[nodiscard]] bool names_only_a_day(std::string_view text, std::string_view language);

}  // namespace tertulia::dialogs
