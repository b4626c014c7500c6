// What a dialog is given when it is called, and what it gives back.

#include "dialogs/script/dialog_reader.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {

void dialog_reader::fill_takes(dialog_source& made, const yaml_node& map) {
    made.takes_at = map.at;
    if (!map.map() || map.entries.empty()) {
        into_.error(
            rule::wrong_shape,
            map.at,
            "'takes' is what a call gives this dialog, each with its kind",
            "write takes: {limit: amount}"
        );
        return;
    }
    for (const auto& entry : map.entries) {
        word name{entry.key, entry.at};
        check_name(name, "a value");
        if (auto kind = as_text(entry.value, entry.key)) {
            made.takes.emplace_back(std::move(name), std::move(*kind));
        }
    }
}

void dialog_reader::fill_call(
    state_source& made, const yaml_node& value, const std::string& whose
) {
    made.call = text(value, "call");
    if (value.find("when") != nullptr) {
        fill_only_outcomes(made, value, whose);
    } else {
        lead_on(made.then, whose);
    }
    if (const auto* with = value.find("with")) {
        if (!with->map() || with->entries.empty()) {
            into_.error(
                rule::wrong_shape, with->at, "'with' is a map: {limit: \"loan.outstanding\"}"
            );
        }
        for (const auto& entry : with->entries) {
            if (auto made_of = as_text(entry.value, entry.key)) {
                made.gives.emplace_back(word{entry.key, entry.at}, std::move(*made_of));
            }
        }
    }
    if (const auto* brought = value.find("bring_back")) fill_brought(made, *brought);
}

// {its name here: its name there}, or a list of those that have one name in both.
void dialog_reader::fill_brought(state_source& made, const yaml_node& value) {
    if (value.map()) {
        if (value.entries.empty()) {
            into_.error(rule::wrong_shape, value.at, "'bring_back' brings nothing");
        }
        for (const auto& entry : value.entries) {
            if (auto there = as_text(entry.value, entry.key)) {
                made.brings.emplace_back(word{entry.key, entry.at}, std::move(*there));
            }
        }
    } else {
        const auto& items = value.list() ? value.items : std::vector<yaml_node>{value};
        if (items.empty()) into_.error(rule::wrong_value, value.at, "'bring_back' is empty");
        for (const auto& item : items) {
            if (auto name = as_text(item, "bring_back")) made.brings.emplace_back(*name, *name);
        }
    }
    for (std::size_t i = 0; i < made.brings.size(); ++i) {
        const auto& name = made.brings[i].first;
        check_name(name, "an answer");
        const bool again = std::any_of(
            made.brings.begin(),
            made.brings.begin() + static_cast<std::ptrdiff_t>(i),
            [&](const auto& other) { return other.first.text == name.text; }
        );
        if (again) {
            into_.error(rule::repeated_name, name.at, "'" + name.text + "' is brought back twice");
        }
    }
}

}  // namespace tertulia::dialogs
