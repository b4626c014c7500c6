#include "dialogs/script/dialog_reader.hpp"

#include "dialogs/script/dialog_shapes.hpp"

#include <algorithm>

namespace tertulia::dialogs {
std::optional<dialog_source> dialog_reader::dialog(const source_file& file, const yaml_node& root) {
    if (!root.map()) {
        into_.error(rule::wrong_shape, root.at, "a dialog begins with 'dialog: its_name'");
        return std::nullopt;
    }
    only(root, dialog_shape(), "a dialog");
    dialog_source made{};
    made.file = file.path;
    if (const auto name = wanted_text(root, "dialog", "a dialog")) {
        made.name = *name;
        check_name(*name, "a dialog");
        const auto stem = stem_of(file.path);
        if (name->text != stem) {
            into_.error(
                rule::file_name,
                name->at,
                "this file is called '" + stem + "', but its dialog '" + name->text + "'",
                "give both the same name"
            );
        }
    } else {
        made.name = {stem_of(file.path), root.at};
    }
    if (const auto about = wanted_text(root, "about", "a dialog")) made.about = about->text;
    made.plays = text(root, "plays");
    made.needs = text(root, "needs");
    made.tone = text(root, "tone");
    made.anywhere = truth(root, "anywhere");
    made.back = truth(root, "back");
    made.wins = truth(root, "wins");
    if (const auto* back = root.find("back")) made.back_at = back->at;
    if (const auto* wins = root.find("wins")) made.wins_at = wins->at;
    if (const auto* triggers = root.find("starts_on")) fill_triggers(made, *triggers);
    if (const auto* takes = root.find("takes")) fill_takes(made, *takes);
    if (root.find("form") != nullptr) {
        form(made, root);
        return made;
    }
    for (const auto& key : form_keys()) {
        if (const auto* extra = root.find(key)) {
            into_.error(
                rule::misplaced_key, extra->at, "'" + key + "' belongs to a dialog with 'form:'"
            );
        }
    }
    made.begin = wanted_text(root, "begin", "a dialog");
    if (const auto* states = root.find("states"); states != nullptr && states->map()) {
        for (const auto& entry : states->entries) made.states.push_back(state(entry));
    } else {
        into_.error(
            rule::missing_key, states == nullptr ? root.at : states->at, "a dialog needs 'states:'"
        );
    }
    return made;
}

bool is_name(std::string_view text) noexcept {
    const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
    return !text.empty() && text.size() <= 40 && small(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) {
               return small(c) || (c >= '0' && c <= '9') || c == '_';
           });
}

bool is_message_key(std::string_view text) noexcept {
    if (text.size() > 120) return false;
    for (;;) {
        const auto point = text.find('.');
        if (!is_name(text.substr(0, point))) return false;
        if (point == std::string_view::npos) return true;
        text.remove_prefix(point + 1);
    }
}

std::optional<dialog_source> read_dialog(const source_file& file, findings& into) {
    const auto root = read_yaml(file, into);
    if (!root) return std::nullopt;
    return dialog_reader(into).dialog(file, *root);
}

}  // namespace tertulia::dialogs
