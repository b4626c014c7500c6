#include "dialogs/translations/yaml_text.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

std::size_t line_end(std::string_view text, std::size_t at) {
    return std::min(text.find('\n', at), text.size());
}

std::size_t indent_at(std::string_view text, std::size_t line) {
    const auto end = line_end(text, line);
    std::size_t at = line;
    while (at < end && text[at] == ' ') ++at;
    return at - line;
}

bool blank_at(std::string_view text, std::size_t line) {
    return text.substr(line, line_end(text, line) - line).find_first_not_of(" \r\t") ==
           std::string_view::npos;
}

// The end of the last line behind the one `at` stands in that is further in than the key.
std::size_t last_inner_line(std::string_view text, std::size_t at, std::size_t key_indent) {
    auto end = line_end(text, at);
    for (auto line = end + 1; line < text.size(); line = line_end(text, line) + 1) {
        if (blank_at(text, line)) continue;
        if (indent_at(text, line) <= key_indent) break;
        end = line_end(text, line);
    }
    return end;
}

std::size_t quoted_end(std::string_view text, std::size_t at) {
    const char quote = text[at];
    for (auto i = at + 1; i < text.size(); ++i) {
        if (quote == '"' && text[i] == '\\') {
            ++i;
        } else if (text[i] == quote) {
            if (quote == '"' || i + 1 == text.size() || text[i + 1] != '\'') return i + 1;
            ++i;
        }
    }
    return text.size();
}

std::size_t plain_end(std::string_view text, std::size_t at, std::size_t key_indent, bool in_flow) {
    auto end = in_flow ? std::min(text.find_first_of(",}\n", at), text.size()) : line_end(text, at);
    if (const auto note = text.substr(0, end).find(" #", at); note != std::string_view::npos) {
        end = note;
    } else if (!in_flow) {
        end = last_inner_line(text, at, key_indent);  // it may go on below
    }
    while (end > at + 1 && (text[end - 1] == ' ' || text[end - 1] == '\r')) --end;
    return end;
}

// Whether a block gives back just this.
bool fits_block(std::string_view text) {
    if (text.empty() || text.front() == ' ' || text.front() == '\n' || text.back() == '\n') {
        return false;
    }
    return text.find_first_of("\t\r") == std::string_view::npos;
}

std::string block_of(std::string_view header, std::string_view text, std::size_t indent) {
    std::string made{header};
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = line_end(text, at);
        made += '\n';
        if (end > at) made += std::string(indent, ' ') + std::string(text.substr(at, end - at));
        at = end + 1;
    }
    return made;
}

}  // namespace

std::string yaml_quoted(std::string_view text) {
    std::string made = "\"";
    for (const char letter : text) {
        const auto code = static_cast<unsigned char>(letter);
        if (letter == '"' || letter == '\\') {
            made += {'\\', letter};
        } else if (letter == '\n') {
            made += "\\n";
        } else if (code < 0x20 || code == 0x7F) {
            made += "\\x";
            made += "0123456789abcdef"[code >> 4U];
            made += "0123456789abcdef"[code & 15U];
        } else {
            made += letter;
        }
    }
    return made + '"';
}

std::string yaml_text_of(std::string_view text, std::size_t indent) {
    if (text.find('\n') == std::string_view::npos || !fits_block(text)) return yaml_quoted(text);
    return block_of("|-", text, indent);
}

std::string yaml_text_like(
    std::string_view was, std::string_view text, std::size_t indent, bool in_flow
) {
    if (in_flow) return yaml_quoted(text);
    if (!was.starts_with("|-") || !fits_block(text)) return yaml_text_of(text, indent);
    // Its first line with a remark, perhaps, and the indentation it has.
    const auto header_end = line_end(was, 0);
    auto line = header_end + 1;
    while (line < was.size() && blank_at(was, line)) line = line_end(was, line) + 1;
    const auto own = line < was.size() ? indent_at(was, line) : indent;
    return block_of(was.substr(0, header_end), text, own);
}

std::size_t yaml_scalar_end(
    std::string_view text, std::size_t at, std::size_t key_indent, bool in_flow
) {
    switch (text[at]) {
        case '"':
        case '\'':
            return quoted_end(text, at);
        case '|':
        case '>':
            return last_inner_line(text, at, key_indent);
        default:
            return plain_end(text, at, key_indent, in_flow);
    }
}

std::size_t yaml_entry_end(std::string_view text, std::size_t at, std::size_t key_indent) {
    return std::min(last_inner_line(text, at, key_indent) + 1, text.size());
}

}  // namespace tertulia::dialogs
