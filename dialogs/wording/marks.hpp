// The marks WhatsApp prints bold, italic or struck through: *so*, _so_, ~so~. Elsewhere they would
// be read as signs, so where nothing is printed otherwise they are taken out.

#pragma once

#include <string>
#include <string_view>

namespace tertulia::dialogs {

// The text, or the pattern of one, without its pairs of marks, by WhatsApp's own rule: a pair
// embraces something on one line, no blank beside it within, and outside stand blanks, brackets or
// punctuation. So "2*3", "* * *", web addresses and names with an underscore stay. In a pattern
// both marks of a pair stand in the same branch.
[[nodiscard]] std::string without_marks(std::string_view text);

}  // namespace tertulia::dialogs
