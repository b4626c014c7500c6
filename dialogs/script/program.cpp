#include "dialogs/script/program.hpp"

#include <algorithm>

namespace tertulia::dialogs {

const move* program_state::outcome(std::string_view word) const noexcept {
    const auto found = std::find_if(outcomes.begin(), outcomes.end(), [&](const auto& one) {
        return one.first == word;
    });
    return found == outcomes.end() ? nullptr : &found->second;
}

std::optional<dialog_index> program::find_dialog(std::string_view name) const noexcept {
    const auto found = by_name.find(name);
    return found == by_name.end() ? std::nullopt : std::optional{found->second};
}

std::optional<state_index> program::find_state(std::string_view dialog, std::string_view name)
    const noexcept {
    const auto owner = find_dialog(dialog);
    if (!owner) return std::nullopt;
    const auto& all = at(*owner).states;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](state_index one) { return at(one).name == name; });
    return found == all.end() ? std::nullopt : std::optional{*found};
}

}  // namespace tertulia::dialogs
