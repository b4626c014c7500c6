// What every part of a dialog's file is made of: texts, truths, and where the talk goes.

#include "dialogs/script/dialog_reader.hpp"

#include "dialogs/script/dialog_shapes.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

std::string join(const std::vector<std::string>& all) {
    std::string text;
    for (const auto& one : all) {
        if (!text.empty()) text += ", ";
        text += one;
    }
    return text;
}

}  // namespace

void dialog_reader::check_name(const word& name, const std::string& whose) {
    if (is_name(name.text)) return;
    into_.error(
        rule::bad_name,
        name.at,
        "'" + name.text + "' cannot be the name of " + whose,
        "use small letters, digits and _, at most 40, a letter first"
    );
}

void dialog_reader::only(const yaml_node& map, const map_shape& of, const std::string& whose) {
    const auto keys = of.names();
    for (const auto& entry : map.entries) {
        if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
        auto mend = mend_for(entry.key, keys);
        if (mend.empty()) mend = "possible are: " + join(keys);
        into_.error(
            rule::unknown_key, entry.at, whose + " has no '" + entry.key + "'", std::move(mend)
        );
    }
}

std::optional<word> dialog_reader::as_text(const yaml_node& value, std::string_view key) {
    if (value.scalar() && !value.text.empty()) return word{value.text, value.at};
    into_.error(rule::wrong_value, value.at, "'" + std::string(key) + "' needs a text");
    return std::nullopt;
}

std::optional<word> dialog_reader::text(const yaml_node& map, std::string_view key) {
    const auto* value = map.find(key);
    return value == nullptr ? std::nullopt : as_text(*value, key);
}

std::optional<word> dialog_reader::wanted_text(
    const yaml_node& map, std::string_view key, const std::string& whose
) {
    if (map.find(key) == nullptr) {
        into_.error(rule::missing_key, map.at, whose + " needs '" + std::string(key) + ":'");
        return std::nullopt;
    }
    return text(map, key);
}

// One text or a list of texts.
std::vector<word> dialog_reader::texts(const yaml_node& map, std::string_view key) {
    const auto* value = map.find(key);
    std::vector<word> all;
    if (value == nullptr) return all;
    if (!value->list()) {
        if (auto one = as_text(*value, key)) all.push_back(std::move(*one));
        return all;
    }
    if (value->items.empty())
        into_.error(rule::wrong_value, value->at, "'" + std::string(key) + "' is empty");
    for (const auto& item : value->items) {
        if (auto one = as_text(item, key)) all.push_back(std::move(*one));
    }
    return all;
}

bool dialog_reader::truth(const yaml_node& map, std::string_view key) {
    const auto* value = map.find(key);
    if (value == nullptr) return false;
    if (value->scalar() && value->text == "true") return true;
    if (value->scalar() && value->text == "false") return false;
    into_.error(rule::wrong_value, value->at, "'" + std::string(key) + "' is true or false");
    return false;
}

move_source dialog_reader::move(const yaml_node& map) {
    move_source made{};
    made.at = map.at;
    read_says(map, made);
    made.go = text(map, "go");
    made.returns = text(map, "return");
    if (const auto* end = map.find("end")) {
        made.end = truth(map, "end");
        if (end->scalar() && end->text == "false") {
            into_.error(rule::wrong_value, end->at, "'end: false' says nothing", "leave it out");
        }
    }
    const int ways = (made.go ? 1 : 0) + (made.returns ? 1 : 0) + (made.end ? 1 : 0);
    if (ways > 1)
        into_.error(rule::two_ways_on, map.at, "only one of 'go', 'end' and 'return' can be done");
    return made;
}

// Where something leads: a bare name, or a map of say, go, end, return.
move_source dialog_reader::way(const yaml_node& value, const std::string& what) {
    if (value.scalar()) {
        move_source made{};
        made.at = value.at;
        made.go = word{value.text, value.at};
        return made;
    }
    if (!value.map()) {
        into_.error(rule::wrong_shape, value.at, what + " needs a state, or {say: …, go: …}");
        move_source nowhere{};
        nowhere.end = true;
        nowhere.at = value.at;
        return nowhere;
    }
    only(value, way_shape(), what);
    auto made = move(value);
    lead_on(made, what);
    return made;
}

void dialog_reader::lead_on(move_source& of, const std::string& what) {
    if (of.leads_on()) return;
    into_.error(
        rule::no_way_on, of.at, what + " leads nowhere", "add 'go: …', 'end: true' or 'return: …'"
    );
    of.end = true;
}

}  // namespace tertulia::dialogs
