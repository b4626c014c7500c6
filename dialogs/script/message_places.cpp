#include "dialogs/script/message_places.hpp"

#include <algorithm>

namespace tertulia::dialogs {

place place_of_piece(
    const message_source& entry,
    std::size_t offset,
    std::size_t length,
    std::string_view file_text,
    const line_index& lines
) {
    const place whole{.line = entry.line, .column = entry.column};
    if (length == 0 || offset >= entry.pattern.size()) return whole;
    const auto piece = std::string_view(entry.pattern).substr(offset, length);
    if (piece.find('\n') != std::string_view::npos) return whole;
    // The same words may stand earlier in the pattern: skip as many as do.
    std::size_t earlier = 0;
    for (auto at = entry.pattern.find(piece); at < offset; ++earlier) {
        at = entry.pattern.find(piece, at + 1);
    }
    auto at = file_text.find(piece, lines.byte_of(whole));
    for (; earlier > 0 && at != std::string_view::npos; --earlier) {
        at = file_text.find(piece, at + 1);
    }
    if (at == std::string_view::npos) return whole;
    auto found = lines.at_byte(at);
    found.length = std::max(1, lines.at_byte(at + piece.size()).column - found.column);
    return found;
}

}  // namespace tertulia::dialogs
