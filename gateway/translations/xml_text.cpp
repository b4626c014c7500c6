#include "gateway/translations/xml_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace tertulia::gateway {
namespace {

using dialogs::rule;

bool is_unicode(std::uint32_t code) {
    return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

bool is_xml(std::uint32_t code) {
    if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
    return is_unicode(code) && code != 0xFFFE && code != 0xFFFF;
}

std::optional<std::uint32_t> number_in(std::string_view digits, int base) {
    std::uint32_t code = 0;
    const auto* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, code, base);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return code;
}

// How many bytes at the begin of `text` are a character XML forbids, and its code; 0: it is
// allowed.
std::size_t forbidden_at(std::string_view text, std::uint32_t& code) {
    const auto first = static_cast<unsigned char>(text.front());
    code = first;
    if (!is_xml(first)) return 1;
    for (const auto last : {0xBEU, 0xBFU}) {
        const std::array<char, 3> bytes{'\xEF', '\xBF', static_cast<char>(last)};
        code = 0xFFC0 + last - 0x80;
        if (text.starts_with(std::string_view{bytes.data(), bytes.size()})) return bytes.size();
    }
    return 0;
}

class scanner {
public:
    scanner(std::string_view text, const line_index& lines, dialogs::findings& noted)
        : text_(text), lines_(lines), noted_(noted) {}

    bool run() {
        if (!only_xml_characters()) return false;
        while (at_ < text_.size()) {
            const auto next = text_.find_first_of("<&", at_);
            if (next == std::string_view::npos) break;
            at_ = next;
            if (!(text_[at_] == '&' ? reference() : markup())) return false;
        }
        return true;
    }

private:
    bool only_xml_characters() {
        std::uint32_t code = 0;
        for (at_ = 0; at_ < text_.size(); ++at_) {
            if (forbidden_at(text_.substr(at_), code) > 0) {
                return wrong("a character that XML does not allow", "take it out");
            }
        }
        at_ = 0;
        return true;
    }

    bool markup() {
        const auto rest = text_.substr(at_);
        if (rest.starts_with("<!--")) return skip_to("-->", 4);
        if (rest.starts_with("<![CDATA[")) return skip_to("]]>", 9);
        if (rest.starts_with("<?")) return skip_to("?>", 2);
        if (rest.starts_with("<!")) {
            return wrong(
                "a document type (<!DOCTYPE …>), which XLIFF does not have", "take it out"
            );
        }
        return tag();
    }

    bool skip_to(std::string_view end, std::size_t begun) {
        const auto found = text_.find(end, at_ + begun);
        if (found == std::string_view::npos) return unended();
        at_ = found + end.size();
        return true;
    }

    bool tag() {
        const auto begin = at_;
        for (++at_; at_ < text_.size();) {
            const auto letter = text_[at_];
            if (letter == '>') {
                ++at_;
                return true;
            }
            if (letter == '<') break;
            if (letter != '"' && letter != '\'') {
                ++at_;
            } else if (!value(letter)) {
                return false;
            }
        }
        at_ = begin;
        return unended();
    }

    bool value(char quote) {
        const auto begin = at_++;
        while (at_ < text_.size() && text_[at_] != quote) {
            if (text_[at_] == '<') break;
            if (text_[at_] != '&') {
                ++at_;
            } else if (!reference()) {
                return false;
            }
        }
        if (at_ < text_.size() && text_[at_] == quote) {
            ++at_;
            return true;
        }
        at_ = begin;
        return unended();
    }

    bool reference() {
        constexpr std::size_t longest = 12;
        const auto rest = text_.substr(at_ + 1, longest);
        const auto end = rest.find(';');
        if (end == std::string_view::npos) {
            return wrong("an '&' that begins no character reference", "write &amp;");
        }
        const auto name = rest.substr(0, end);
        if (!is_defined(name)) {
            return wrong(
                "'&" + std::string{name} + ";', which is no character XML knows",
                "write the character itself, or &amp; for an '&'"
            );
        }
        at_ += end + 2;
        return true;
    }

    static bool is_defined(std::string_view name) {
        constexpr std::array<std::string_view, 5> own{"amp", "lt", "gt", "quot", "apos"};
        if (std::ranges::find(own, name) != own.end()) return true;
        const bool hex = name.starts_with("#x");
        if (!name.starts_with('#')) return false;
        const auto code = number_in(name.substr(hex ? 2 : 1), hex ? 16 : 10);
        return code && is_xml(*code);
    }

    bool unended() {
        return wrong("markup that begins here and does not end", "write &lt; for a '<' of a text");
    }

    bool wrong(const std::string& what, std::string mend) {
        noted_.error(
            rule::wrong_shape,
            {.line = lines_.line_at(static_cast<std::ptrdiff_t>(at_))},
            "this is no XLIFF file: " + what,
            std::move(mend)
        );
        return false;
    }

    std::string_view text_;
    const line_index& lines_;
    dialogs::findings& noted_;
    std::size_t at_{};
};

std::string hex_of(std::uint32_t code) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string made;
    for (int shift = 12; shift >= 0; shift -= 4) made += digits[(code >> shift) & 15U];
    return made;
}

template <class Forbidden>
std::string escaped(std::string_view text, Forbidden&& forbidden) {
    std::string made;
    std::uint32_t code = 0;
    while (!text.empty()) {
        const auto length = forbidden_at(text, code);
        const auto letter = text.front();
        if (length > 0)
            made += forbidden(code);
        else if (letter == '&')
            made += "&amp;";
        else if (letter == '<')
            made += "&lt;";
        else if (letter == '>')
            made += "&gt;";
        else if (letter == '"')
            made += "&quot;";
        else if (letter == '\r')
            made += "&#13;";
        else
            made += letter;
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return made;
}

void replace_all(std::string& text, std::string_view was, std::string_view now) {
    for (std::size_t at = 0; (at = text.find(was, at)) != std::string::npos; at += now.size()) {
        text.replace(at, was.size(), now);
    }
}

}  // namespace

line_index::line_index(std::string_view text) {
    for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
        breaks_.push_back(static_cast<std::ptrdiff_t>(at));
    }
}

int line_index::line_at(std::ptrdiff_t place) const {
    if (place < 0) return 0;
    const auto after = std::ranges::lower_bound(breaks_, place);
    return static_cast<int>(after - breaks_.begin()) + 1;
}

bool sound_xml(std::string_view text, const line_index& lines, dialogs::findings& noted) {
    return scanner{text, lines, noted}.run();
}

std::optional<std::string> character_of_hex(std::string_view digits) {
    const auto code = number_in(digits, 16);
    if (!code || *code == 0 || !is_unicode(*code)) return std::nullopt;
    const auto tail = [&](unsigned shift) {
        return static_cast<char>(0x80U | ((*code >> shift) & 0x3FU));
    };
    if (*code < 0x80) return std::string{static_cast<char>(*code)};
    if (*code < 0x800) return std::string{static_cast<char>(0xC0U | (*code >> 6U)), tail(0)};
    if (*code < 0x10000) {
        return std::string{static_cast<char>(0xE0U | (*code >> 12U)), tail(6), tail(0)};
    }
    return std::string{static_cast<char>(0xF0U | (*code >> 18U)), tail(12), tail(6), tail(0)};
}

std::string xml_content(std::string_view text) {
    return escaped(text, [](std::uint32_t code) { return "<cp hex=\"" + hex_of(code) + "\"/>"; });
}

std::string xml_plain(std::string_view text) {
    auto made = escaped(text, [](std::uint32_t) { return "\uFFFD"; });
    replace_all(made, "\n", "&#10;");
    replace_all(made, "\t", "&#9;");
    return made;
}

}  // namespace tertulia::gateway
