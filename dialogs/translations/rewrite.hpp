// Puts texts into a file of messages and leaves all else as its operators wrote it: comments, order,
// blank lines, quotes. Only the scalars that change are touched; what is missing goes where the
// source file has it.

#pragma once

#include "dialogs/translations/units.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tertulia::dialogs {

// `texts` by context, each of a unit; `units` in the order of the source file. A file without any
// text is begun. Nothing, and the reason in `problems`, where the file is not YAML or a text stands
// in it in a way that cannot be rewritten: what comes out is read again and compared with what was
// wanted before it is returned.
[[nodiscard]] std::optional<std::string> rewrite_messages(
    const source_file& file,
    const std::map<std::string, std::string>& texts,
    std::span<const translation_unit> units,
    std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
