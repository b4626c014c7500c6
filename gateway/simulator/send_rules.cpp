#include "gateway/simulator/send_rules.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <set>
#include <string>

namespace tertulia::gateway::simulator {

namespace {

using nlohmann::json;
using broken = std::optional<graph_error>;

graph_error invalid(int code, std::string details) {
    auto error = error_of(code);
    error.details = std::move(details);
    return error;
}

const json& at(const json& object, const char* name) {
    static const json nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(name);
    return found == object.end() ? nothing : *found;
}

std::string text_at(const json& object, const char* name) {
    const auto& value = at(object, name);
    return value.is_string() ? value.get<std::string>() : std::string{};
}

// A string of 1 to `most` units; `required` false lets it be absent.
broken check_text(
    const json& object, const char* name, std::size_t most, bool required, const std::string& path
) {
    const auto& value = at(object, name);
    if (value.is_null()) {
        if (!required) return std::nullopt;
        return invalid(131008, "The parameter " + path + "['" + name + "'] is required.");
    }
    if (!value.is_string()) {
        return invalid(100, "Param " + path + "['" + name + "'] must be a string.");
    }
    const auto units = utf16_units(value.get_ref<const std::string&>());
    if (units == 0 || units > most) {
        return invalid(
            100, "Param " + path + "['" + name + "'] must be between 1 and " +
                     std::to_string(most) + " characters long."
        );
    }
    return std::nullopt;
}

bool is_web_address(const std::string& text) {
    return text.starts_with("https://") || text.starts_with("http://");
}

broken check_media(const json& object, std::string_view type, const send_context& context) {
    const std::string path{type};
    if (!object.is_object()) return invalid(131008, "The parameter " + path + " is required.");
    const auto id = text_at(object, "id");
    const auto link = text_at(object, "link");
    if (id.empty() == link.empty()) {
        return invalid(100, "Exactly one of " + path + "['id'] and " + path + "['link'] is needed.");
    }
    if (!link.empty() && !is_web_address(link)) {
        return invalid(131053, "Param " + path + "['link'] is not a valid URI.");
    }
    if (!id.empty() && context.has_media && !context.has_media(id)) {
        return invalid(100, "Param " + path + "['id'] is not a valid whatsapp media id.");
    }
    if (!at(object, "caption").is_null() && (type == "audio" || type == "sticker")) {
        return invalid(100, "Unexpected key \"caption\" on param \"" + path + "\".");
    }
    return check_text(object, "caption", 1024, false, path);
}

broken check_header(const json& interactive, bool text_only, const send_context& context) {
    const auto& header = at(interactive, "header");
    if (header.is_null()) return std::nullopt;
    const auto type = text_at(header, "type");
    if (type == "text") return check_text(header, "text", 60, true, "interactive['header']");
    if (text_only || (type != "image" && type != "video" && type != "document")) {
        return invalid(131009, "Header type is not allowed here: " + type);
    }
    return check_media(at(header, type.c_str()), type, context);
}

broken check_buttons(const json& action) {
    const auto& buttons = at(action, "buttons");
    if (!buttons.is_array() || buttons.empty() || buttons.size() > 3) {
        return invalid(131009, "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3");
    }
    std::set<std::string> titles;
    std::set<std::string> ids;
    for (const auto& each : buttons) {
        const auto& reply = at(each, "reply");
        if (text_at(each, "type") != "reply" || !reply.is_object()) {
            return invalid(131009, "Button type must be reply");
        }
        if (auto error = check_text(reply, "id", 256, true, "button['reply']")) return error;
        if (auto error = check_text(reply, "title", 20, true, "button['reply']")) return error;
        if (!titles.insert(text_at(reply, "title")).second) {
            return invalid(131009, "Button title is not unique");
        }
        if (!ids.insert(text_at(reply, "id")).second) {
            return invalid(131009, "Button id is not unique");
        }
    }
    return std::nullopt;
}

broken check_list(const json& action) {
    if (auto error = check_text(action, "button", 20, true, "interactive['action']")) return error;
    const auto& sections = at(action, "sections");
    if (!sections.is_array() || sections.empty() || sections.size() > 10) {
        return invalid(131009, "Invalid sections count. Min allowed: 1, Max allowed: 10");
    }
    std::size_t rows = 0;
    std::set<std::string> ids;
    for (const auto& section : sections) {
        const auto needs_title = sections.size() > 1;
        if (auto error = check_text(section, "title", 24, needs_title, "section")) return error;
        const auto& of_section = at(section, "rows");
        if (!of_section.is_array() || of_section.empty()) {
            return invalid(131009, "A section needs at least one row");
        }
        for (const auto& row : of_section) {
            if (auto error = check_text(row, "id", 200, true, "row")) return error;
            if (auto error = check_text(row, "title", 24, true, "row")) return error;
            if (auto error = check_text(row, "description", 72, false, "row")) return error;
            if (!ids.insert(text_at(row, "id")).second) {
                return invalid(131009, "Row id is not unique");
            }
            ++rows;
        }
    }
    if (rows > 10) return invalid(131009, "Total row count exceed max allowed count: 10");
    return std::nullopt;
}

broken check_interactive(const json& interactive, const send_context& context) {
    if (!interactive.is_object()) {
        return invalid(131008, "The parameter interactive is required.");
    }
    const auto type = text_at(interactive, "type");
    const auto& action = at(interactive, "action");
    const auto list = type == "list";
    const auto& body = at(interactive, "body");
    if (auto error = check_text(body, "text", list ? 4096 : 1024, true, "interactive['body']")) {
        return error;
    }
    const auto& footer = at(interactive, "footer");
    if (!footer.is_null()) {
        if (auto error = check_text(footer, "text", 60, true, "interactive['footer']")) return error;
    }
    if (auto error = check_header(interactive, list, context)) return error;
    if (type == "button") return check_buttons(action);
    if (list) return check_list(action);
    if (type == "cta_url") {
        const auto& parameters = at(action, "parameters");
        if (text_at(action, "name") != "cta_url") return invalid(131009, "action['name']");
        if (auto error = check_text(parameters, "display_text", 20, true, "parameters")) return error;
        if (auto error = check_text(parameters, "url", 2000, true, "parameters")) return error;
        if (!is_web_address(text_at(parameters, "url"))) {
            return invalid(131009, "parameters['url'] is not a valid URI");
        }
        return std::nullopt;
    }
    if (type == "location_request_message") {
        if (text_at(action, "name") != "send_location") return invalid(131009, "action['name']");
        return std::nullopt;
    }
    if (type == "flow") {
        const auto& parameters = at(action, "parameters");
        if (text_at(action, "name") != type) return invalid(131009, "action['name']");
        if (auto error = check_text(parameters, "flow_cta", 20, true, "parameters")) return error;
        if (auto error = check_text(parameters, "flow_token", 512, true, "parameters")) return error;
        if (text_at(parameters, "flow_message_version") != "3") {
            return invalid(131009, "parameters['flow_message_version'] must be 3");
        }
        if (text_at(parameters, "flow_id").empty() == text_at(parameters, "flow_name").empty()) {
            return invalid(131009, "either flow_id or flow_name is needed");
        }
        return std::nullopt;
    }
    if (type == "request_contact_info") {
        if (text_at(action, "name") != type) return invalid(131009, "action['name']");
        return std::nullopt;
    }
    return invalid(131009, "Param interactive['type'] is not known to this stand-in: " + type);
}

broken check_template_parameter(const json& parameter) {
    const auto type = text_at(parameter, "type");
    if (type == "text") {
        if (auto error = check_text(parameter, "text", 1024, true, "parameter")) return error;
        const auto text = text_at(parameter, "text");
        if (text.find('\n') != std::string::npos || text.find('\t') != std::string::npos ||
            text.find("     ") != std::string::npos) {
            return invalid(
                132012,
                "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
            );
        }
        return std::nullopt;
    }
    static const std::set<std::string> others{
        "currency", "date_time", "image", "video", "document", "location", "payload",
        "coupon_code", "action"};
    if (!others.contains(type)) return invalid(132012, "Unknown parameter type: " + type);
    return std::nullopt;
}

broken check_template(const json& used, const send_context& context) {
    if (!used.is_object()) return invalid(131008, "The parameter template is required.");
    if (auto error = check_text(used, "name", 512, true, "template")) return error;
    const auto& language = at(used, "language");
    if (auto error = check_text(language, "code", 16, true, "template['language']")) return error;
    if (context.has_template &&
        !context.has_template(text_at(used, "name"), text_at(language, "code"))) {
        return invalid(
            132001, "template name (" + text_at(used, "name") + ") does not exist in " +
                        text_at(language, "code")
        );
    }
    const auto& components = at(used, "components");
    if (components.is_null()) return std::nullopt;
    if (!components.is_array()) return invalid(100, "template['components'] must be an array");
    for (const auto& component : components) {
        const auto type = text_at(component, "type");
        if (type != "header" && type != "body" && type != "button") {
            return invalid(100, "Unknown component type: " + type);
        }
        if (type == "button" &&
            (text_at(component, "sub_type").empty() || at(component, "index").is_null())) {
            return invalid(131008, "A button component needs sub_type and index");
        }
        const auto& parameters = at(component, "parameters");
        if (parameters.is_null()) continue;
        if (!parameters.is_array()) return invalid(100, "parameters must be an array");
        std::size_t named = 0;
        for (const auto& each : parameters) {
            if (auto error = check_template_parameter(each)) return error;
            if (!text_at(each, "parameter_name").empty()) ++named;
        }
        if (named != 0 && named != parameters.size()) {
            return invalid(100, "Named and positional parameters cannot be mixed");
        }
    }
    return std::nullopt;
}

broken check_filling(const json& used, const send_context& context) {
    if (!context.find_template) return std::nullopt;
    const auto known =
        context.find_template(text_at(used, "name"), text_at(at(used, "language"), "code"));
    return known ? misfit(*known, used) : std::nullopt;
}

broken check_pin(const json& content) {
    const auto what = text_at(content, "type");
    if (what != "pin" && what != "unpin") return invalid(131009, "pin['type'] is pin or unpin");
    if (auto error = check_text(content, "message_id", 512, true, "pin")) return error;
    if (what == "unpin") return std::nullopt;
    const auto& days = at(content, "expiration_days");
    const bool fits = days.is_number_integer() && days.get<int>() >= 1 && days.get<int>() <= 30;
    return fits ? std::nullopt : broken{invalid(131009, "pin['expiration_days'] is 1 to 30")};
}

broken check_location(const json& location) {
    const auto& latitude = at(location, "latitude");
    const auto& longitude = at(location, "longitude");
    const auto within = [](const json& value, double most) {
        return value.is_number() && value.get<double>() >= -most && value.get<double>() <= most;
    };
    if (!within(latitude, 90) || !within(longitude, 180)) {
        return invalid(131009, "location needs latitude and longitude in range");
    }
    return std::nullopt;
}

}  // namespace

broken broken_rule(const json& body, const send_context& context) {
    if (!body.is_object()) return invalid(100, "The body must be a JSON object.");
    if (text_at(body, "messaging_product") != "whatsapp") {
        return invalid(100, "The parameter messaging_product is required.");
    }
    if (text_at(body, "status") == "read") {
        return check_text(body, "message_id", 512, true, "body");
    }
    if (text_at(body, "to").empty() && text_at(body, "recipient").empty()) {
        return invalid(131008, "The parameter to is required.");
    }
    const auto kind = text_at(body, "recipient_type");
    const bool to_group = kind == "group";
    if (!kind.empty() && kind != "individual" && !to_group) {
        return invalid(131009, "Param recipient_type must be one of {INDIVIDUAL, GROUP}.");
    }
    if (to_group && text_at(body, "to").empty()) {
        return invalid(131008, "The parameter to is required.");
    }
    if (auto error = check_text(body, "biz_opaque_callback_data", 512, false, "body")) return error;
    const auto& quoted = at(body, "context");
    if (!quoted.is_null()) {
        if (auto error = check_text(quoted, "message_id", 512, true, "context")) return error;
    }
    if (!at(body, "type").is_null() && !at(body, "type").is_string()) {
        return invalid(100, "Param type must be a string.");
    }
    const auto named = text_at(body, "type");
    const auto type = named.empty() ? std::string{"text"} : named;
    const auto& content = at(body, type.c_str());
    if (to_group) {
        if (type == "pin") return check_pin(content);
        static const std::set<std::string> possible{
            "text", "image", "video", "audio", "document", "sticker", "template"};
        if (!possible.contains(type)) {
            return invalid(131051, "Message type is not supported in groups: " + type);
        }
    }
    if (type == "text") return check_text(content, "body", 4096, true, "text");
    if (type == "image" || type == "video" || type == "audio" || type == "document" ||
        type == "sticker") {
        return check_media(content, type, context);
    }
    if (type == "location") return check_location(content);
    if (type == "interactive") return check_interactive(content, context);
    if (type == "template") {
        if (auto error = check_template(content, context)) return error;
        return check_filling(content, context);
    }
    if (type == "reaction") {
        if (!at(content, "emoji").is_string()) {
            return invalid(131008, "The parameter reaction['emoji'] is required.");
        }
        return check_text(content, "message_id", 512, true, "reaction");
    }
    if (type == "contacts") {
        if (!content.is_array() || content.empty() || content.size() > 257) {
            return invalid(131009, "contacts must hold 1 to 257 entries");
        }
        return std::nullopt;
    }
    return invalid(100, "Param type is not one of the message types: " + type);
}

}  // namespace tertulia::gateway::simulator
