#include "adapters/wire/json_writer.hpp"

#include "adapters/wire/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace tertulia::adapters {

json_writer& json_writer::begin_object() {
    separate();
    json_ += '{';
    comma_ = false;
    return *this;
}

json_writer& json_writer::end_object() {
    json_ += '}';
    comma_ = true;
    return *this;
}

json_writer& json_writer::begin_array() {
    separate();
    json_ += '[';
    comma_ = false;
    return *this;
}

json_writer& json_writer::end_array() {
    json_ += ']';
    comma_ = true;
    return *this;
}

json_writer& json_writer::key(std::string_view name) {
    separate();
    quote(name);
    json_ += ':';
    comma_ = false;
    return *this;
}

json_writer& json_writer::text(std::string_view value) {
    separate();
    const bool plain = std::all_of(value.begin(), value.end(), [](char byte) {
        return byte != '\0' && static_cast<std::uint8_t>(byte) < 0x80;
    });
    if (plain) {
        quote(value);
    } else {
        quote(clean_text(value, value.size() * 3));  // every bad byte may become three
    }
    comma_ = true;
    return *this;
}

json_writer& json_writer::number(double value) {
    separate();
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    json_.append(digits.data(), end);
    comma_ = true;
    return *this;
}

json_writer& json_writer::boolean(bool value) {
    separate();
    json_ += value ? "true" : "false";
    comma_ = true;
    return *this;
}

void json_writer::separate() {
    if (comma_) json_ += ',';
}

void json_writer::quote(std::string_view value) {
    constexpr std::string_view hex = "0123456789abcdef";
    json_ += '"';
    for (const char byte : value) {
        switch (byte) {
            case '"': json_ += "\\\""; break;
            case '\\': json_ += "\\\\"; break;
            case '\n': json_ += "\\n"; break;
            case '\r': json_ += "\\r"; break;
            case '\t': json_ += "\\t"; break;
            default:
                if (const auto code = static_cast<std::uint8_t>(byte); code < 0x20) {
                    json_ += "\\u00";
                    json_ += hex[code >> 4U];
                    json_ += hex[code & 0xFU];
                } else {
                    json_ += byte;
                }
        }
    }
    json_ += '"';
}

}  // namespace tertulia::adapters
