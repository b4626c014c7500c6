#include "dialogs/script/dialog_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tertulia::dialogs {
namespace {

using names = std::vector<std::string>;

const names dialog_keys{
    "dialog",
    "about",
    "plays",
    "starts_on",
    "anywhere",
    "back",
    "wins",
    "needs",
    "tone",
    "begin",
    "states",
    "form",
    "keep_for",
    "resume",
    "kept",
    "opening",
    "review",
    "then",
    "if_silent"};
const names form_keys{"keep_for", "resume", "kept", "opening", "review", "then", "if_silent"};

}  // namespace

std::optional<dialog_source> dialog_reader::dialog(const source_file& file, const yaml_node& root) {
    if (!root.map()) {
        into_.error(rule::wrong_shape, root.at, "a dialog begins with 'dialog: its_name'");
        return std::nullopt;
    }
    only(root, dialog_keys, "a dialog");
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
    if (root.find("form") != nullptr) {
        form(made, root);
        return made;
    }
    for (const auto& key : form_keys) {
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

std::optional<milliseconds> parse_duration(std::string_view text) noexcept {
    std::int64_t count = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count <= 0 || count > 100'000) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    while (text.starts_with(' ')) text.remove_prefix(1);
    constexpr std::array<std::pair<std::string_view, std::int64_t>, 11> units{{
        {"s", 1},
        {"min", 60},
        {"minute", 60},
        {"minutes", 60},
        {"h", 3'600},
        {"hour", 3'600},
        {"hours", 3'600},
        {"day", 86'400},
        {"days", 86'400},
        {"week", 604'800},
        {"weeks", 604'800},
    }};
    for (const auto& [name, seconds] : units) {
        if (name == text) return milliseconds{count * seconds * 1'000};
    }
    return std::nullopt;
}

std::optional<dialog_source> read_dialog(const source_file& file, findings& into) {
    const auto root = read_yaml(file, into);
    if (!root) return std::nullopt;
    return dialog_reader(into).dialog(file, *root);
}

}  // namespace tertulia::dialogs
