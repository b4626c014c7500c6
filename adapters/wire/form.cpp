#include "adapters/wire/form.hpp"

#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/query.hpp"

#include <algorithm>
#include <cstdint>

namespace tertulia::adapters {

std::optional<form_fields> read_form(std::string_view body) {
    form_fields fields;
    while (!body.empty()) {
        const auto pair = body.substr(0, body.find('&'));
        body.remove_prefix(pair.size() + (pair.size() < body.size() ? 1 : 0));
        if (pair.empty()) continue;
        if (fields.size() == form_fields_max) return std::nullopt;
        const auto equals = pair.find('=');
        auto name = percent_decoded(pair.substr(0, equals));
        auto value =
            percent_decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
        if (!name || !value) return std::nullopt;
        fields.push_back({.name = std::move(*name), .value = std::move(*value)});
    }
    return fields;
}

std::string_view value_in(const form_fields& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &form_field::name);
    return found == fields.end() ? std::string_view{} : std::string_view{found->value};
}

bool has_field(const form_fields& fields, std::string_view name) {
    return std::ranges::find(fields, name, &form_field::name) != fields.end();
}

std::string to_json(const form_fields& fields, std::size_t bytes_max) {
    std::string json = "{";
    for (const auto& one : fields) {
        json_writer member;
        member.member(one.name, one.value);
        const auto text = member.take();
        if (json.size() + text.size() + 2 > bytes_max) continue;
        if (json.size() > 1) json += ',';
        json += text;
    }
    return json + "}";
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char raw : text) {
        if (plain.find(raw) != std::string_view::npos) {
            encoded += raw;
            continue;
        }
        const auto byte = static_cast<std::uint8_t>(raw);
        encoded += '%';
        encoded += digits[byte >> 4U];
        encoded += digits[byte & 0xFU];
    }
    return encoded;
}

form_writer& form_writer::add(std::string_view name, std::string_view value) {
    if (!form_.empty()) form_ += '&';
    form_ += percent_encoded(name) + "=" + percent_encoded(value);
    return *this;
}

std::string with_query_value(std::string_view url, std::string_view name, std::string_view value) {
    const auto fragment = url.find('#');
    const auto address = url.substr(0, fragment);
    std::string whole{address};
    whole += address.find('?') == std::string_view::npos ? '?' : '&';
    whole += percent_encoded(name) + "=" + percent_encoded(value);
    if (fragment != std::string_view::npos) whole += url.substr(fragment);
    return whole;
}

}  // namespace tertulia::adapters
