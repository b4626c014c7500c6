// The keys of the other files of words (see shape.hpp): what we say, what people say, and how our
// texts should not sound.

#pragma once

#include "dialogs/script/shape.hpp"

#include <string>
#include <vector>

namespace tertulia::dialogs {

[[nodiscard]] const map_shape& messages_shape();   // messages/LANGUAGE.yaml
[[nodiscard]] const map_shape& variant_shape();    // a variant with more than its text
[[nodiscard]] const map_shape& template_shape();   // what it is sent by after 24 hours
[[nodiscard]] const map_shape& phrases_shape();    // dialogs/phrases/LANGUAGE.yaml
[[nodiscard]] const map_shape& lint_shape();       // lint.yaml
[[nodiscard]] const map_shape& lint_list_shape();  // of one language
[[nodiscard]] const map_shape& words_max_shape();  // words in a sentence, by variant

[[nodiscard]] const std::vector<std::string>& template_category_words();

}  // namespace tertulia::dialogs
