#include "adapters/wire/callback_fields.hpp"

#include "adapters/wire/json_view.hpp"

namespace tertulia::adapters {
namespace {

bool is_json(const inbound_request& request) {
    return request.content_type.starts_with("application/json");
}

std::optional<form_fields> fields_of_json(std::string_view body) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(body);
    const auto root = document ? as_object(*document) : std::nullopt;
    if (!root || root->size() > form_fields_max) return std::nullopt;
    form_fields fields;
    for (const auto& [key, value] : *root) {
        if (value.is_null()) continue;
        std::string_view text;
        const bool is_text = value.get(text) == simdjson::SUCCESS;
        fields.push_back(
            {.name = std::string{key}, .value = is_text ? std::string{text} : to_json(value)}
        );
    }
    return fields;
}

}  // namespace

std::optional<form_fields> callback_fields(const inbound_request& request) {
    if (request.method == "GET") return read_form(request.query);
    return is_json(request) ? fields_of_json(request.body) : read_form(request.body);
}

}  // namespace tertulia::adapters
