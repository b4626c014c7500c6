#include "gateway/simulator/known_template.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace tertulia::gateway::simulator {

namespace {

using nlohmann::json;

bool is_of_name(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
}

// What stands between {{ and }} at `at`; empty: no gap is there.
std::string_view gap_at(std::string_view text, std::size_t at) {
    if (text.substr(at, 2) != "{{") return {};
    const auto end = text.find("}}", at);
    if (end == std::string_view::npos) return {};
    const auto name = text.substr(at + 2, end - at - 2);
    return std::all_of(name.begin(), name.end(), is_of_name) ? name : std::string_view{};
}

// Each once, in the order they stand.
std::vector<std::string> gaps_of(std::string_view text) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string gap{gap_at(text, at)};
        const bool is_new = std::find(all.begin(), all.end(), gap) == all.end();
        if (!gap.empty() && is_new) all.push_back(gap);
    }
    return all;
}

json components_of(const json& used, std::string_view type) {
    json all = json::array();
    const auto found = used.find("components");
    if (found == used.end() || !found->is_array()) return all;
    for (const auto& one : *found) {
        if (one.is_object() && one.value("type", json{}) == type) all.push_back(one);
    }
    return all;
}

json parameters_of(const json& used, std::string_view type) {
    const auto components = components_of(used, type);
    if (components.empty()) return json::array();
    auto parameters = components[0].value("parameters", json::array());
    return parameters.is_array() ? parameters : json::array();
}

std::string text_of(const json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

graph_error wrong(int code, std::string details) {
    auto error = error_of(code);
    error.details = std::move(details);
    return error;
}

std::optional<graph_error> misfit_of_part(
    std::string_view part, std::string_view text, const json& parameters
) {
    const auto gaps = gaps_of(text);
    if (gaps.size() != parameters.size()) {
        return wrong(
            132000, std::string{part} + ": number of localizable_params (" +
                        std::to_string(parameters.size()) +
                        ") does not match the expected number of params (" +
                        std::to_string(gaps.size()) + ")"
        );
    }
    const bool named = !gaps.empty() && (gaps[0][0] < '0' || gaps[0][0] > '9');
    for (const auto& one : parameters) {
        const auto name = text_of(one, "parameter_name");
        const bool fits = named ? std::find(gaps.begin(), gaps.end(), name) != gaps.end()
                                : name.empty();
        if (!fits) return wrong(132012, std::string{part} + ": no parameter is named " + name);
    }
    return std::nullopt;
}

std::string filled_part(const std::string& text, const json& parameters) {
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        const std::string gap{gap_at(text, at)};
        if (gap.empty()) {
            made += text[at++];
            continue;
        }
        at += gap.size() + 4;
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const auto name = text_of(parameters[i], "parameter_name");
            if (name == gap || (name.empty() && gap == std::to_string(i + 1))) {
                made += text_of(parameters[i], "text");
            }
        }
    }
    return made;
}

}  // namespace

std::optional<graph_error> misfit(const known_template& of, const json& used) {
    if (of.body.empty()) return std::nullopt;
    if (auto error = misfit_of_part("header", of.header, parameters_of(used, "header"))) {
        return error;
    }
    if (auto error = misfit_of_part("body", of.body, parameters_of(used, "body"))) return error;
    for (const auto& one : components_of(used, "button")) {
        const auto index = one.value("index", json{});
        const auto number = index.is_string() ? index.get<std::string>() : index.dump();
        const bool there = number.size() == 1 && number[0] >= '0' && number[0] <= '9' &&
                           static_cast<std::size_t>(number[0] - '0') < of.buttons.size();
        if (!there) return wrong(132018, "the template has no button " + number);
    }
    return std::nullopt;
}

json filled(const known_template& of, const json& used) {
    json made = json::object();
    made["header"] = filled_part(of.header, parameters_of(used, "header"));
    made["body"] = filled_part(of.body, parameters_of(used, "body"));
    made["buttons"] = of.buttons;
    return made;
}

std::optional<known_template> read_known_template(const json& from) {
    known_template made;
    if (from.is_string()) {
        const auto text = from.get<std::string>();
        const auto slash = std::min(text.find('/'), text.size());
        made.name = text.substr(0, slash);
        if (slash < text.size()) made.language = text.substr(slash + 1);
        return made;
    }
    if (!from.is_object()) return std::nullopt;
    for (const auto& [key, value] : from.items()) {
        if (key == "buttons") {
            if (!value.is_array()) return std::nullopt;
            for (const auto& one : value) {
                if (!one.is_string()) return std::nullopt;
                made.buttons.push_back(one.get<std::string>());
            }
            continue;
        }
        auto* text = key == "name"       ? &made.name
                     : key == "language" ? &made.language
                     : key == "header"   ? &made.header
                     : key == "body"     ? &made.body
                     : key == "status"   ? &made.status
                     : key == "category" ? &made.category
                                         : nullptr;
        if (text == nullptr || !value.is_string()) return std::nullopt;
        *text = value.get<std::string>();
    }
    if (made.name.empty()) return std::nullopt;
    return made;
}

json to_json(const known_template& from) {
    const bool plain = from.status == "APPROVED" && from.category == "UTILITY";
    if (plain && from.header.empty() && from.body.empty() && from.buttons.empty()) {
        return from.language.empty() ? from.name : from.name + '/' + from.language;
    }
    return {
        {"name", from.name},
        {"language", from.language},
        {"header", from.header},
        {"body", from.body},
        {"buttons", from.buttons},
        {"status", from.status},
        {"category", from.category}};
}

json listed(const known_template& of) {
    json components = json::array();
    if (!of.header.empty()) {
        components.push_back({{"type", "HEADER"}, {"format", "TEXT"}, {"text", of.header}});
    }
    components.push_back({{"type", "BODY"}, {"text", of.body}});
    if (!of.buttons.empty()) {
        json buttons = json::array();
        for (const auto& title : of.buttons) {
            buttons.push_back({{"type", "QUICK_REPLY"}, {"text", title}});
        }
        components.push_back({{"type", "BUTTONS"}, {"buttons", std::move(buttons)}});
    }
    json one{{"name", of.name}, {"status", of.status}, {"category", of.category}};
    one["language"] = of.language.empty() ? "es" : of.language;
    one["components"] = std::move(components);
    one["quality_score"] = {{"score", "UNKNOWN"}};
    return one;
}

}  // namespace tertulia::gateway::simulator
