// Two dialogs she may mean: asked about, and remembered until her next message.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr const char* between_key = "asked_between";  // of frame::kept: names of dialogs

}  // namespace

bool talk::may_ask_between(dialog_index dialog) const {
    return script.common.which_one && script.at(dialog).called;
}

std::string talk::name_of(dialog_index dialog) {
    return words(*script.at(dialog).called);
}

void talk::ask_between(std::span<const dialog_index> wanted) {
    ++next.misses;
    if ((next.frames.empty() || pausing() != nullptr) && script.menu) {
        const auto begin = script.at(*script.menu).begin;
        if (script.at(begin).does == verb::ask) push(*script.menu, begin);
    }
    say_text content{};
    content.text = words(*script.common.which_one);
    std::string names;
    for (const auto each : wanted) {
        const auto& dialog = script.at(each);
        const choice_id id{
            .set = set_of(set_), .dialog = dialog.name, .state = any_state, .pick = "start"};
        content.choices.push_back({.id = to_text(id), .title = name_of(each)});
        names += (names.empty() ? "" : " ") + dialog.name;
    }
    send_text(*script.common.which_one, std::move(content));
    const auto* behind = question();
    if (behind == nullptr) return;
    next.frames.back().kept[between_key] = std::move(names);
    if (behind->if_silent) {
        effects.emplace_back(set_timer{silence_timer, next.now + behind->if_silent->after});
        timer_set_ = true;
    }
}

std::vector<std::pair<dialog_index, std::string>> talk::asked_between() {
    std::vector<std::pair<dialog_index, std::string>> all;
    if (next.frames.empty()) return all;
    const auto kept = next.frames.back().kept.extract(between_key);
    if (kept.empty()) return all;
    for (const auto name : words_of(kept.mapped())) {
        const auto dialog = script.find_dialog(name);
        if (dialog && may_ask_between(*dialog)) {
            all.emplace_back(*dialog, name_of(*dialog));
        }
    }
    return all;
}

}  // namespace tertulia::dialogs
