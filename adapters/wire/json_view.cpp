#include "adapters/wire/json_view.hpp"

#include <algorithm>
#include <charconv>

namespace tertulia::adapters {
namespace {

// Larger bodies are rare; what they made us allocate (about nine times their size) is not kept.
constexpr std::size_t kept_capacity_max = 262'144;
constexpr std::size_t first_capacity = 16'384;

constexpr std::size_t escape_bytes = 6;        // \uXXXX
constexpr std::size_t safe_number_bytes = 18;  // any such integer fits in 64 bits

// The code unit of the \uXXXX at `index`, if there is one.
std::optional<std::uint16_t> escape_at(std::string_view text, std::size_t index) {
    if (text.size() < index + escape_bytes || text[index] != '\\' || text[index + 1] != 'u') {
        return std::nullopt;
    }
    std::uint16_t unit = 0;
    const char* const from = text.data() + index + 2;
    const auto [end, error] = std::from_chars(from, from + 4, unit, 16);
    if (error != std::errc{} || end != from + 4) return std::nullopt;
    return unit;
}

bool is_high(std::uint16_t unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low(std::uint16_t unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

// Copies the escape at `index` and says how many bytes of `text` it took.
std::size_t copy_escape(std::string_view text, std::size_t index, std::string& to) {
    const auto unit = escape_at(text, index);
    std::size_t bytes = unit ? escape_bytes : 2;
    if (unit && is_high(*unit)) {
        const auto next = escape_at(text, index + escape_bytes);
        if (next && is_low(*next)) bytes = 2 * escape_bytes;
    }
    const bool lone = unit && bytes == escape_bytes && (is_high(*unit) || is_low(*unit));
    to += lone ? std::string_view{"\\ufffd"} : text.substr(index, bytes);
    return bytes;
}

std::size_t copy_number(std::string_view text, std::size_t index, std::string& to) {
    const auto end = std::min(text.find_first_not_of("-+.0123456789eE", index), text.size());
    const auto number = text.substr(index, end - index);
    const bool doubtful =
        number.size() > safe_number_bytes || number.find_first_of("eE") != std::string_view::npos;
    if (doubtful) to += '"';
    to += number;
    if (doubtful) to += '"';
    return number.size();
}

template <class Number>
std::optional<Number> number_of(const std::optional<json_value>& value) {
    Number number{};
    if (!value) return std::nullopt;
    if (value->get(number) == simdjson::SUCCESS) return number;
    std::string_view text;
    if (value->get(text) != simdjson::SUCCESS) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

json_reader::json_reader() {
    make_parser();
}
json_reader::~json_reader() = default;

void json_reader::make_parser() {
    parser_ = std::make_unique<simdjson::dom::parser>();
    // A failure shows again, as an error, in the parse that follows.
    [[maybe_unused]] const auto error = parser_->allocate(first_capacity, depth_max);
}

std::optional<json_value> json_reader::read(std::string_view text) {
    if (text.empty()) return std::nullopt;
    if (parser_->capacity() > kept_capacity_max && text.size() <= kept_capacity_max) make_parser();
    json_value root;
    auto error = parser_->parse(text.data(), text.size()).get(root);
    if (error == simdjson::STRING_ERROR || error == simdjson::NUMBER_ERROR) {
        error = parser_->parse(repaired_json(text)).get(root);
    }
    if (error != simdjson::SUCCESS) return std::nullopt;
    return root;
}

std::string repaired_json(std::string_view text) {
    std::string repaired;
    repaired.reserve(text.size() + 64);
    bool in_string = false;
    for (std::size_t index = 0; index < text.size();) {
        const char byte = text[index];
        if (in_string && byte == '\\') {
            index += copy_escape(text, index, repaired);
        } else if (!in_string && (byte == '-' || (byte >= '0' && byte <= '9'))) {
            index += copy_number(text, index, repaired);
        } else {
            if (byte == '"') in_string = !in_string;
            repaired += byte;
            ++index;
        }
    }
    return repaired;
}

// Keys come from the document too (a type names its payload): an empty one, which simdjson must not
// be given without a buffer, is the key of nothing.
std::optional<json_value> value_at(json_object in, std::string_view key) {
    json_value value;
    if (key.empty() || in.at_key(key).get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}

std::optional<json_object> object_at(json_object in, std::string_view key) {
    const auto value = value_at(in, key);
    return value ? as_object(*value) : std::nullopt;
}

std::optional<json_array> array_at(json_object in, std::string_view key) {
    const auto value = value_at(in, key);
    json_array array;
    if (!value || value->get(array) != simdjson::SUCCESS) return std::nullopt;
    return array;
}

std::string_view text_at(json_object in, std::string_view key) {
    const auto value = value_at(in, key);
    std::string_view text;
    if (!value || value->get(text) != simdjson::SUCCESS) return {};
    return text;
}

bool flag_at(json_object in, std::string_view key) {
    const auto value = value_at(in, key);
    bool flag = false;
    return value && value->get(flag) == simdjson::SUCCESS && flag;
}

std::optional<std::int64_t> integer_at(json_object in, std::string_view key) {
    return number_of<std::int64_t>(value_at(in, key));
}

std::optional<double> number_at(json_object in, std::string_view key) {
    return number_of<double>(value_at(in, key));
}

std::optional<json_object> as_object(json_value value) {
    json_object object;
    if (value.get(object) != simdjson::SUCCESS) return std::nullopt;
    return object;
}

std::string to_json(json_value value) {
    return simdjson::minify(value);
}
std::string to_json(json_object value) {
    return simdjson::minify(value);
}

}  // namespace tertulia::adapters
