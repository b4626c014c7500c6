// What an XML reader has to refuse and pugixml lets pass, and text as XML writes it.

#pragma once

#include "dialogs/script/yaml_tree.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

// Lines of a text by place, from 1.
class line_index {
public:
    explicit line_index(std::string_view text);
    [[nodiscard]] int line_at(std::ptrdiff_t place) const;  // negative: nobody knows, 0

private:
    std::vector<std::ptrdiff_t> breaks_{};
};

// False, and why in `noted`, for a document type (nothing here is ever expanded), an entity that
// XML itself does not define, a character XML forbids or refers to in vain, and markup that does
// not end. `text` is UTF-8; whether its elements fit together is the parser's to say.
[[nodiscard]] bool sound_xml(
    std::string_view text, const line_index& lines, dialogs::findings& noted
);

// Hex digits of a code point as UTF-8; nothing if Unicode has no such character.
[[nodiscard]] std::optional<std::string> character_of_hex(std::string_view digits);

// As content of an element: what XML forbids becomes XLIFF's <cp hex="…"/>.
[[nodiscard]] std::string xml_content(std::string_view text);
// As an attribute or a remark, which hold no element: what XML forbids becomes U+FFFD.
[[nodiscard]] std::string xml_plain(std::string_view text);

}  // namespace tertulia::gateway
