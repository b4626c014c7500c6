// A person who is waited for, and one who has come. Until somebody has taken her case the assistant
// goes on; what it does not understand is for that person.

#include "dialogs/engine/talk.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

constexpr milliseconds told_coming_every = std::chrono::minutes{30};

}  // namespace

client_case* talk::awaited_case() {
    auto* of = waits_for_person(next) ? in_hand() : nullptr;
    return of == nullptr || of->over() ? nullptr : of;
}

bool talk::has_brought_a_person(dialog_index dialog) {
    const auto* of = awaited_case();
    return of != nullptr && std::ranges::any_of(script.states, [&](const program_state& state) {
               return state.dialog == dialog && state.does == verb::hand_over &&
                      state.because == of->kind;
           });
}

void talk::put_aside() {
    const auto* asked = question();
    // Also where the question has lapsed since.
    if (asked != nullptr) next.pin_put_aside = asked->answers == answer_kind::pin;
    leave_unfinished({});
    next.frames.clear();
    next.misses = 0;
}

bool talk::answer_again() {
    const bool goes_on = !with_person(next) && at_a_question();
    next.queue.clear();
    stop_waiting_for_a_person();
    if (goes_on) return true;
    next.frames.clear();
    next.misses = 0;
    return false;
}

void talk::leave_to_person() {
    if (heard_now == nullptr) return;
    pass_on(heard_now->content, heard_words);
    left_to_person = true;
    const auto line = script.words->find("common.still_coming");
    const auto& told = next.told_coming_at;
    if (!line || (told != instant{} && next.now - told < told_coming_every)) return;
    next.told_coming_at = next.now;
    say(*line);
}

}  // namespace tertulia::dialogs
