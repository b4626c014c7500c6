// States that let time pass. What she writes meanwhile is handled above them, and they go on.

#include "dialogs/engine/talk.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {

std::optional<state_index> talk::wait_at(const frame& at) const {
    const auto state = script.find_state(at.dialog, at.state);  // none: marked, or of another set
    return state && script.at(*state).does == verb::wait ? state : std::nullopt;
}

const program_state* talk::pausing() const {
    if (next.frames.empty()) return nullptr;
    const auto state = wait_at(next.frames.back());
    return state ? &script.at(*state) : nullptr;
}

talk::todo talk::pause(const program_state& state) {
    const auto due = due_of(state.due);
    if (!due || *due <= next.now) return {.follow = &state.then};
    const auto place = script.at(state.dialog).name + "." + state.name;
    arrange({.timer = wait_timer + place, .what = place, .due = *due});
    return {};
}

void talk::keep_waits() {
    const auto from_the_top = std::find_if(
        next.frames.rbegin(), next.frames.rend(), [&](const frame& at) { return wait_at(at); }
    );
    next.frames.erase(from_the_top.base(), next.frames.end());
}

talk::todo talk::go_on_waiting() {
    const auto* state = pausing();
    if (state == nullptr) return {};
    const auto place = script.at(state->dialog).name + "." + state->name;
    const bool not_yet = std::any_of(next.later.begin(), next.later.end(), [&](const auto& one) {
        return one.timer.starts_with(wait_timer) && one.what == place;
    });
    return not_yet ? todo{} : todo{.follow = &state->then};
}

bool talk::wait_is_over(std::string_view state) {
    for (auto i = next.frames.size(); i-- > 0;) {
        const auto& at = next.frames[i];
        const auto waiting = wait_at(at);
        if (!waiting || at.dialog + "." + at.state != state) continue;
        const auto above = next.frames.size() - i - 1;
        const bool only_the_menu = above == 1 && script.menu && under_way(*script.menu);
        if (above > 0 && !only_the_menu) return false;
        next.frames.resize(i + 1);
        next.misses = 0;
        go_on(script.at(*waiting).then);
        return true;
    }
    return false;
}

void talk::forget_waits() {
    std::vector<std::string> gone;
    for (const auto& one : next.later) {
        if (!one.timer.starts_with(wait_timer)) continue;
        const bool stands =
            std::any_of(next.frames.begin(), next.frames.end(), [&](const frame& at) {
                return at.dialog + "." + at.state == one.what;
            });
        if (!stands) gone.push_back(one.what);
    }
    for (const auto& what : gone) call_off(wait_timer, what);
}

}  // namespace tertulia::dialogs
