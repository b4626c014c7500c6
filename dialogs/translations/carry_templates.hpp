// The approved templates of the source file beside the messages of another language. What stands in
// a template's gaps and on its buttons is the same in every language, so it is no text to translate.

#pragma once

#include "dialogs/script/diagnostic.hpp"
#include "dialogs/script/yaml_tree.hpp"

#include <string>

namespace tertulia::dialogs {

// The text of `target` with the `template:` of `source` added to each message that has none yet; all
// else stays as it is. A file that is not YAML comes back unchanged: whoever loads it tells.
[[nodiscard]] std::string carry_templates(const source_file& source, const source_file& target);

}  // namespace tertulia::dialogs
