#include "dialogs/engine/talk.hpp"

#include "dialogs/engine/migrate.hpp"
#include "dialogs/engine/script_broken.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {


// The one she chose, the innermost dialog's first; nullptr where it is hers no more.
template <class Record>
const Record* kept_record_of(
    const std::vector<frame>& frames, const char* key, const std::vector<Record>& hers
) noexcept {
    for (auto at = frames.rbegin(); at != frames.rend(); ++at) {
        const auto kept = at->kept.find(key);
        if (kept == at->kept.end()) continue;
        const auto found = std::ranges::find(hers, kept->second, &Record::id);
        if (found != hers.end()) return &*found;
    }
    return nullptr;
}

}  // namespace

talk::talk(const script_set& scripts, const session& from, const facts& known, instant now)
    : script(scripts.compiled()), next(from), known_(known), set_(scripts.short_version()) {
    next.now = now;
    who_ = who_writes(next, known, now);
    view_.known = &known;
    view_.who = who_;
    view_.house = &script.house;
    view_.now = now;
    view_.today = script.calendar->date_of(now);
    view_.answers = &answers_;
    rename_what_waits(scripts, next);
    drop_old_drafts();
}

// ---- where she is

const client_facts* talk::who() noexcept {
    read_ |= read_client;
    return who_;
}

bool talk::verified() const noexcept {
    return who_ != nullptr &&
           level_of(next.proof, who_->who.id, next.now) == assurance_level::verified;
}

const program_state* talk::question() const {
    if (next.frames.empty() || waits(next.frames.back())) return nullptr;
    const auto& state = script.at(state_of(next.frames.back()));
    return state.does == verb::ask ? &state : nullptr;
}

bool talk::under_way(dialog_index dialog) const {
    return !next.frames.empty() && next.frames.back().dialog == script.at(dialog).name;
}

bool talk::interrupted() const {
    for (std::size_t i = 0; i + 1 < next.frames.size(); ++i) {
        const auto& at = next.frames[i];
        const auto state = script.find_state(at.dialog, at.state);  // none: it waits, marked
        if (state && script.at(*state).does == verb::ask) return true;
    }
    return false;
}

state_index talk::state_of(const frame& at) const {
    std::string_view name = at.state;
    if (waits(at)) name.remove_prefix(1);
    const auto found = script.find_state(at.dialog, name);
    expect(found.has_value(), "the session stands at a state its script set does not have");
    return *found;
}

const loan* talk::kept_loan() const noexcept {
    return who_ == nullptr ? nullptr : kept_record_of(next.frames, "loan", who_->loans);
}

const savings_account* talk::kept_saving() const noexcept {
    return who_ == nullptr ? nullptr : kept_record_of(next.frames, "saving", who_->savings);
}

// ---- what happens

void talk::go_on(const move& way_on) {
    drive({.follow = &way_on});
}

void talk::answer(const program_state& asked, const offered& picked) {
    const auto misses = std::exchange(next.misses, 0);
    if (!allowed(script.at(asked.dialog))) {
        drive({.enter = state_of(next.frames.back())});  // proof first, then the question again
        return;
    }
    if (picked.point != 0) {
        choose_point(picked.point);
        drive({.follow = &asked.then});
        return;
    }
    if (picked.record != nullptr) {
        next.frames.back().kept["loan"] = picked.record->id;
        drive({.follow = &asked.then});
        return;
    }
    if (!picked.option.empty()) {
        keep("option", to_text({typed_kind::choice, picked.option}));
        drive({.follow = &asked.then});
        return;
    }
    if (picked.saving != nullptr) {
        next.frames.back().kept["saving"] = picked.saving->id;
        drive({.follow = &asked.then});
        return;
    }
    if (asked.answer) {
        next.misses = misses;  // the answer may not be allowed
        answer_picked(asked, *picked.row);
        return;
    }
    drive({.follow = &picked.row->then});
}

void talk::outcome_of(const program_state& asked, std::string_view word) {
    const auto* then = asked.outcome(word);
    expect(then != nullptr, "an outcome without a way on");
    drive({.follow = then});
}

void talk::begin(dialog_index dialog) {
    leave_unfinished(dialog);
    keep_waits();
    push(dialog, script.at(dialog).begin);
    drive({.enter = script.at(dialog).begin});
}

void talk::interrupt(dialog_index dialog) {
    const auto& wanted = script.at(dialog);
    if (!wanted.anywhere || !wanted.back || question() == nullptr) {
        begin(dialog);
        return;
    }
    // The same digression once more takes its own place.
    for (std::size_t i = 0; i < next.frames.size(); ++i) {
        if (waits(next.frames[i]) || next.frames[i].dialog != wanted.name) continue;
        next.frames.resize(i);
        break;
    }
    push(dialog, wanted.begin);
    drive({.enter = wanted.begin});
}

void talk::begin_after(dialog_index first, dialog_index then) {
    next.frames.clear();
    push(then, script.at(then).begin, after_this);
    push(first, script.at(first).begin);
    drive({.enter = script.at(first).begin});
}

void talk::menu() {
    expect(script.menu.has_value(), "no dialog plays menu");
    begin(*script.menu);
}

void talk::choose_afresh(state_index index, std::string_view pick) {
    const auto& state = script.at(index);
    leave_unfinished(state.dialog);
    keep_waits();
    push(state.dialog, index);
    for (const auto& one : offers(state)) {
        if (one.row != nullptr && one.row->pick == pick) {
            answer(state, one);
            return;
        }
    }
    say(script.common.stale_tap);
    menu();
}

void talk::unclear() {
    ++next.misses;
    const auto* asked = question();
    const auto tries = static_cast<std::uint32_t>(asked == nullptr ? 2 : asked->tries);
    if (next.misses < tries) {
        const bool shows = asked != nullptr && asked->answer && asked->answer->example;
        if (asked != nullptr && asked->unclear_say) {
            say(*asked->unclear_say);
        } else if (!shows) {
            say(script.common.not_understood);
        }
        if (shows) say(*asked->answer->example);
        put_again();
        return;
    }
    give_up();
}

void talk::give_up() {
    next.misses = 0;
    const auto* asked = question();
    if (asked != nullptr && asked->unclear_then) {
        drive({.follow = &*asked->unclear_then});
    } else if (awaited_case() != nullptr) {
        leave_to_person();
        put_again();
    } else if (script.fallback && !under_way(*script.fallback)) {
        begin(*script.fallback);
    } else {
        say(script.common.not_understood);
        put_again();
    }
}

outcome talk::finish(const session& from, bool moved) && {
    if (moved) {
        next.steps = from.steps + 1;
        forget_waits();
        if (next.frames.empty()) {
            next.script_set = 0;
        } else if (next.frames != from.frames) {
            next.script_set = set_;
        }
        // A timer that still stands would find the talk moved on; taking it back spares the
        // wake-up. A frame of another set is not looked up: its timer dies of its steps.
        if (!timer_set_ && from.script_set == set_ && !from.frames.empty() &&
            !waits(from.frames.back())) {
            const auto before =
                script.find_state(from.frames.back().dialog, from.frames.back().state);
            if (before && script.at(*before).if_silent)
                effects.emplace_back(cancel_timer{silence_timer});
        }
        for (const auto& one : next.later) effects.emplace_back(set_timer{one.timer, one.due});
        wake_for_undelivered();
    }
    if (moved || next.cases != from.cases) wake_for_cases(from);
    note_quiet(from);
    outcome made{};
    made.next = std::move(next);
    made.effects = std::move(effects);
    made.facts_read = read_;
    made.found = std::move(found_);
    return made;
}

}  // namespace tertulia::dialogs
