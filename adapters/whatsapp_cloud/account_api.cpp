#include "adapters/whatsapp_cloud/account_api.hpp"

#include "adapters/whatsapp_cloud/parts.hpp"

#include <algorithm>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

constexpr std::size_t definition_bytes_max = 8192;

// A cursor is the provider's text in our address.
std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char each : text) {
        const auto byte = static_cast<unsigned char>(each);
        const bool plain = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                           (each >= '0' && each <= '9') || each == '-' || each == '_' ||
                           each == '.' || each == '~';
        if (plain) {
            out += each;
        } else {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 0xfU];
        }
    }
    return out;
}

bool is_of_name(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
}

void read_component(json_object component, listed_template& into) {
    const auto type = text_at(component, "type");
    if (type == "HEADER") {
        const auto format = clean_at(component, "format", word_bytes_max);
        if (format.empty() || format == "TEXT") {
            into.header = template_gaps(clean_at(component, "text", definition_bytes_max));
        } else {
            into.header_media = format;
        }
    } else if (type == "BODY") {
        into.body = template_gaps(clean_at(component, "text", definition_bytes_max));
    } else if (type == "BUTTONS") {
        const auto buttons = array_at(component, "buttons");
        if (!buttons) return;
        for (const json_value element : *buttons) {
            const auto button = as_object(element);
            into.buttons.push_back(button ? clean_at(*button, "type", word_bytes_max) : "");
        }
    }
}

std::optional<listed_template> read_template(json_object from) {
    listed_template read{
        .name = clean_at(from, "name", name_bytes_max),
        .language = clean_at(from, "language", word_bytes_max),
        .word = clean_at(from, "status", word_bytes_max),
        .category = clean_at(from, "category", word_bytes_max),
        .reason = clean_at(from, "rejected_reason", word_bytes_max)};
    if (read.name.empty() || read.language.empty()) return std::nullopt;
    if (read.reason == "NONE") read.reason.clear();
    read.status = template_status_of(read.word);
    if (const auto quality = object_at(from, "quality_score")) {
        read.quality = clean_at(*quality, "score", word_bytes_max);
    }
    if (const auto components = array_at(from, "components")) {
        for (const json_value element : *components) {
            if (const auto one = as_object(element)) read_component(*one, read);
        }
    }
    return read;
}

}  // namespace

std::vector<std::string> template_gaps(std::string_view text) {
    std::vector<std::string> all;
    for (auto at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at + 1)) {
        const auto end = text.find("}}", at);
        if (end == std::string_view::npos) break;
        const std::string name{text.substr(at + 2, end - at - 2)};
        if (name.empty() || !std::ranges::all_of(name, is_of_name)) continue;
        if (std::ranges::find(all, name) == all.end()) all.push_back(name);
    }
    return all;
}

outbound_request graph_call(
    const channel_settings& of, std::string_view method, std::string_view path, std::string body
) {
    outbound_request made{
        .method = std::string{method},
        .url = of.api_base + '/' + of.api_version + '/' + std::string{path},
        .headers = {{"Authorization", "Bearer " + of.access_token}},
        .body = std::move(body)};
    if (!made.body.empty()) made.headers.emplace_back("Content-Type", "application/json");
    return made;
}

outbound_request render_template_list(const channel_settings& of, std::string_view after) {
    auto path = of.business_account_id +
                "/message_templates?fields=name,language,status,category,components,quality_score,"
                "parameter_format,rejected_reason&limit=100";
    if (!after.empty()) path += "&after=" + percent_encoded(after);
    return graph_call(of, "GET", path);
}

std::optional<template_page> read_template_list(std::string_view body) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(body);
    const auto root = document ? as_object(*document) : std::nullopt;
    const auto data = root ? array_at(*root, "data") : std::nullopt;
    if (!data) return std::nullopt;
    template_page page;
    for (const json_value element : *data) {
        const auto object = as_object(element);
        if (!object) continue;
        if (auto read = read_template(*object)) page.templates.push_back(std::move(*read));
    }
    const auto paging = object_at(*root, "paging");
    // The cursor is there on the last page too; `next` is not.
    if (paging && !text_at(*paging, "next").empty()) {
        if (const auto cursors = object_at(*paging, "cursors")) {
            page.next = clean_at(*cursors, "after", url_bytes_max);
        }
    }
    return page;
}

outbound_request render_number_query(const channel_settings& of) {
    return graph_call(
        of,
        "GET",
        of.phone_number_id + "?fields=quality_rating,whatsapp_business_manager_messaging_limit"
    );
}

std::optional<number_standing> read_number_standing(std::string_view body) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(body);
    const auto root = document ? as_object(*document) : std::nullopt;
    if (!root || value_at(*root, "error")) return std::nullopt;
    number_standing read{.quality = clean_at(*root, "quality_rating", word_bytes_max)};
    for (const auto* key : {"whatsapp_business_manager_messaging_limit", "messaging_limit_tier"}) {
        if (!read.limit) read.limit = people_limit(clean_at(*root, key, word_bytes_max));
    }
    if (read.quality == "UNKNOWN" || read.quality == "NA") read.quality.clear();
    return read;
}

}  // namespace tertulia::adapters::whatsapp_cloud
