#include "dialogs/engine/choice_id.hpp"

#include <charconv>

namespace tertulia::dialogs {

void append_hex(std::string& text, std::uint64_t value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
        text += "0123456789abcdef"[(value >> static_cast<unsigned>(shift)) & 15U];
    }
}

std::string to_text(const choice_id& id) {
    std::string text;
    text.reserve(14 + id.dialog.size() + id.state.size() + id.pick.size());
    text += "v1|";
    append_hex(text, id.set, 8);
    text += '|';
    text += id.dialog;
    text += '.';
    text += id.state;
    text += '|';
    text += id.pick;
    return text;
}

std::optional<choice_id> read_choice_id(std::string_view text) noexcept {
    constexpr std::size_t head = 12;  // "v1|01234567|"
    if (text.size() > choice_id_bytes_max || text.size() < head || !text.starts_with("v1|") ||
        text[head - 1] != '|') {
        return std::nullopt;
    }
    choice_id id{};
    const auto [end, error] = std::from_chars(text.data() + 3, text.data() + 11, id.set, 16);
    if (error != std::errc{} || end != text.data() + 11) return std::nullopt;
    text.remove_prefix(head);
    const auto point = text.find('.');
    const auto bar = text.find('|');
    if (point == std::string_view::npos || bar == std::string_view::npos || point > bar) {
        return std::nullopt;
    }
    id.dialog = text.substr(0, point);
    id.state = text.substr(point + 1, bar - point - 1);
    id.pick = text.substr(bar + 1);
    if (id.dialog.empty() || id.state.empty() || id.pick.empty()) return std::nullopt;
    return id;
}

std::string pick_of_record(std::string_view record_id) {
    // FNV-1a: it only has to tell her few records apart.
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char byte : record_id) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 0x100000001b3U;
    }
    std::string text;
    append_hex(text, hash, 16);
    return text;
}

}  // namespace tertulia::dialogs
