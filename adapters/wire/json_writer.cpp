#include "adapters/wire/json_writer.hpp"

#include "adapters/wire/text.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace tertulia::adapters {
namespace {

constexpr std::size_t body_bytes_usual = 512;  // a message with buttons; longer ones grow

}  // namespace

json_writer& json_writer::begin_object() {
    if (json_.capacity() < body_bytes_usual) json_.reserve(body_bytes_usual);
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
    if (is_plain_ascii(value)) {
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
    std::size_t copied = 0;
    for (std::size_t index = 0; index < value.size(); ++index) {
        const char byte = value[index];
        const auto code = static_cast<std::uint8_t>(byte);
        if (code >= 0x20 && byte != '"' && byte != '\\') continue;
        json_.append(value, copied, index - copied);
        copied = index + 1;
        switch (byte) {
            case '"':
                json_ += "\\\"";
                break;
            case '\\':
                json_ += "\\\\";
                break;
            case '\n':
                json_ += "\\n";
                break;
            case '\r':
                json_ += "\\r";
                break;
            case '\t':
                json_ += "\\t";
                break;
            default:
                json_ += "\\u00";
                json_ += hex[code >> 4U];
                json_ += hex[code & 0xFU];
        }
    }
    json_.append(value, copied);
    json_ += '"';
}

}  // namespace tertulia::adapters
