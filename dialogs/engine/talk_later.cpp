// What comes at its time, whatever is said meanwhile.

#include "dialogs/engine/talk.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr const char* person_timer = "unanswered";

}  // namespace

void talk::arrange(appointment what) {
    call_off(what.timer);
    next.later.push_back(std::move(what));
}

void talk::call_off(std::string_view timer) {
    const auto gone =
        std::erase_if(next.later, [&](const appointment& one) { return one.timer == timer; });
    if (gone > 0) effects.emplace_back(cancel_timer{std::string{timer}});
}

std::optional<appointment> talk::keep_appointment(std::string_view timer) {
    const auto found = std::find_if(next.later.begin(), next.later.end(), [&](const auto& one) {
        return one.timer == timer;
    });
    if (found == next.later.end()) return std::nullopt;
    auto kept = std::move(*found);
    next.later.erase(found);
    return kept;
}

// ---- a person who does not come

void talk::wait_for_a_person(const program_state& state) {
    if (!state.if_silent) return;
    arrange(
        {.timer = person_timer,
         .what = script.at(state.dialog).name + "." + state.name,
         .due = next.now + state.if_silent->after}
    );
}

void talk::stop_waiting_for_a_person() {
    call_off(person_timer);
}

bool talk::nobody_answered(std::string_view state) {
    const auto point = state.find('.');
    const auto found = script.find_state(state.substr(0, point), state.substr(point + 1));
    if (!found || !script.at(*found).if_silent) return false;
    next.queue.clear();
    next.frames.clear();
    next.misses = 0;
    push(script.at(*found).dialog, *found);
    go_on(script.at(*found).if_silent->then);
    return true;
}

}  // namespace tertulia::dialogs
