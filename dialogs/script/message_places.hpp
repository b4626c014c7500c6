// Where a piece of a message stands in its file. YAML has unfolded the text meanwhile, so the piece
// is looked up by its words, from the entry's line on.

#pragma once

#include "dialogs/script/yaml_tree.hpp"
#include "dialogs/wording/catalogue.hpp"

#include <cstddef>
#include <string_view>

namespace tertulia::dialogs {

// Of `length` bytes from `offset` of the entry's pattern; the entry's own place when the piece is
// not found as it is written. `file_text` is what `lines` was made of.
[[nodiscard]] place place_of_piece(
    const message_source& entry,
    std::size_t offset,
    std::size_t length,
    std::string_view file_text,
    const line_index& lines
);

}  // namespace tertulia::dialogs
