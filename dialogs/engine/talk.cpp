#include "dialogs/engine/talk.hpp"

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/script_broken.hpp"
#include "dialogs/wording/text.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view channel_kind = "whatsapp";  // the wording variant; SMS has none yet
constexpr const char* silence_timer = "silent";
constexpr std::size_t buttons_max = 3;
constexpr std::size_t rows_max = 10;
constexpr std::size_t button_units_max = 20;
constexpr std::size_t row_units_max = 24;
constexpr std::size_t description_units_max = 72;

constexpr char after_this = '+';  // marks of a frame that waits: see session.hpp
constexpr char after_proof = '?';

bool waits(const frame& at) noexcept {
    return at.state.starts_with(after_this) || at.state.starts_with(after_proof);
}

}  // namespace

talk::talk(const script_set& scripts, const session& from, const facts& known, instant now)
    : script(scripts.compiled()), next(from), known_(known), set_(scripts.short_version()) {
    next.now = now;
    if (known.clients.size() == 1) who_ = known.clients.front().get();
    view_.known = &known;
    view_.who = who_;
    view_.house = &script.house;
    view_.now = now;
    view_.today = script.calendar->date_of(now);
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

state_index talk::state_of(const frame& at) const {
    std::string_view name = at.state;
    if (waits(at)) name.remove_prefix(1);
    const auto found = script.find_state(at.dialog, name);
    expect(found.has_value(), "the session stands at a state its script set does not have");
    return *found;
}

const loan* talk::kept_loan() const noexcept {
    if (who_ == nullptr) return nullptr;
    for (auto at = next.frames.rbegin(); at != next.frames.rend(); ++at) {
        const auto kept = at->kept.find("loan");
        if (kept == at->kept.end()) continue;
        const auto found =
            std::find_if(who_->loans.begin(), who_->loans.end(), [&](const loan& one) {
                return one.id == kept->second;
            });
        if (found != who_->loans.end()) return &*found;
    }
    return nullptr;
}

// ---- facts and words

const fact_view& talk::view() {
    view_.selected = kept_loan();
    view_.verified = verified();
    view_.opted_out = next.wishes.opted_out;
    view_.welcomed = next.welcomed;
    view_.language = next.language;
    view_.channel = next.reply_to.channel;
    view_.pin_tries_left = tries_left(next.proof);
    view_.pin_locked_until = shut_until(next.proof, next.now);
    view_.pin_branch_only = next.proof.branch_only;
    return view_;
}

void talk::note_paths(std::span<const std::size_t> paths) {
    if (trace != nullptr) trace->facts.insert(paths.begin(), paths.end());
    for (const auto path : paths) {
        const auto name = fact_schema()[path].path;
        if (name.starts_with("loan")) {
            read_ |= read_loans | read_client;
        } else if (name.starts_with("officer.") || name.starts_with("branch.")) {
            read_ |= read_officer | read_client;
        } else {
            read_ |= read_client;
        }
    }
}

std::string talk::words(message_id what) {
    note_paths(script.words->paths_used(what));
    read_ |= read_client;  // the variant is chosen by who she is
    const auto whom = who_ == nullptr ? archetype::emerger : who_->who.maturity;
    return script.words->format(what, next.language, channel_kind, whom, view());
}

bool talk::holds(const std::optional<expression>& when) {
    if (!when) return true;
    note_paths(when->paths());
    return when->holds(view());
}

void talk::send_text(message_id what, say_text content) {
    if (silent) return;
    send made{};
    made.message.to = next.reply_to;
    made.message.content = std::move(content);
    made.urgency = priority::reply;
    made.purpose = script.words->key(what);
    effects.emplace_back(std::move(made));
}

void talk::say(message_id what) {
    if (silent) return;
    say_text content{};
    content.text = words(what);
    send_text(what, std::move(content));
}

// ---- questions

std::vector<talk::offered> talk::offers(const program_state& of) {
    std::vector<offered> all;
    const auto& dialog = script.at(of.dialog);
    const choice_id base{.set = set_of(set_), .dialog = dialog.name, .state = of.name};
    if (of.answers == answer_kind::loans && who() != nullptr) {
        read_ |= read_loans;
        const auto count = std::min(who_->loans.size(), rows_max);
        const auto units = count > buttons_max ? row_units_max : button_units_max;
        (void)view();
        for (std::size_t i = 0; i < count; ++i) {
            const auto& one = who_->loans[i];
            view_.selected = &one;
            const auto& label = *script.words;
            const auto whom = who_->who.maturity;
            offered row{};
            row.record = &one;
            auto id = base;
            const auto pick = pick_of_record(one.id);
            id.pick = pick;
            row.shown.id = to_text(id);
            row.shown.title = truncate_utf16(
                label.format(of.label, next.language, channel_kind, whom, view_), units
            );
            if (of.label_more) {
                row.shown.description = truncate_utf16(
                    label.format(*of.label_more, next.language, channel_kind, whom, view_),
                    description_units_max
                );
            }
            all.push_back(std::move(row));
        }
        return all;
    }
    for (const auto& row : of.choices) {
        if (!holds(row.when)) continue;
        offered made{};
        made.row = &row;
        auto id = base;
        id.pick = row.pick;
        made.shown.id = to_text(id);
        made.shown.title = words(row.title);
        if (row.description) made.shown.description = words(*row.description);
        all.push_back(std::move(made));
    }
    const auto units = all.size() > buttons_max ? row_units_max : button_units_max;
    for (auto& one : all) {
        one.shown.title = truncate_utf16(one.shown.title, units);
        one.shown.description = truncate_utf16(one.shown.description, description_units_max);
    }
    return all;
}

void talk::put(const program_state& state) {
    if (!silent) {
        say_text content{};
        content.text = words(state.question);
        if (state.answers != answer_kind::pin) {
            for (auto& one : offers(state)) content.choices.push_back(std::move(one.shown));
            if (content.choices.size() > buttons_max)
                content.list_button = words(script.common.choose);
        }
        send_text(state.question, std::move(content));
    }
    if (state.if_silent) {
        effects.emplace_back(set_timer{silence_timer, next.now + state.if_silent->after});
        timer_set_ = true;
    }
}

void talk::put_again() {
    if (question() != nullptr) {
        drive({.enter = state_of(next.frames.back())});
    } else {
        menu();
    }
}

// ---- the ways of a program

void talk::drive(todo next_thing) {
    while (next_thing.enter || next_thing.follow != nullptr) {
        expect(++transitions_ <= transitions_max, "the script goes round without ever asking");
        if (trace != nullptr) {
            if (next_thing.enter) {
                trace->entered.push_back(*next_thing.enter);
            } else {
                trace->followed.push_back(next_thing.follow);
            }
        }
        next_thing = next_thing.enter ? enter(*next_thing.enter) : follow(*next_thing.follow);
    }
}

talk::todo talk::follow(const move& way_on) {
    for (const auto what : way_on.says) say(what);
    switch (way_on.on) {
        case way::to_state:
            return {.enter = way_on.state};
        case way::to_dialog:
            return begin_in_place(way_on.dialog);
        case way::to_caller:
            return give_back(way_on.word);
        case way::to_end:
            break;
    }
    return end_dialog(false);
}

bool talk::allowed(const program_dialog& dialog) const {
    switch (dialog.needs) {
        case requirement::anyone:
            return true;
        case requirement::known:
            return who_ != nullptr;
        case requirement::verified:
            return verified();
    }
    return false;
}

talk::todo talk::enter(state_index index) {
    const auto& state = script.at(index);
    const auto& dialog = script.at(state.dialog);
    expect(!next.frames.empty(), "a state is entered without a conversation");
    auto& here = next.frames.back();
    here.dialog = dialog.name;
    here.state = state.name;
    if (dialog.needs != requirement::anyone) {
        read_ |= read_client;
        if (!allowed(dialog)) {
            if (nobody_there || !script.verify) {
                next.frames.clear();
                return {};
            }
            here.state.insert(here.state.begin(), after_proof);
            const auto begin = script.at(*script.verify).begin;
            push(*script.verify, begin);
            return {.enter = begin};
        }
    }
    switch (state.does) {
        case verb::say:
        case verb::end:
            return {.follow = &state.then};
        case verb::set:
            for (const auto& row : state.settings) apply(row);
            return {.follow = &state.then};
        case verb::branch:
            for (const auto& row : state.branches) {
                if (holds(row.when)) return {.follow = &row.then};
            }
            expect(false, "a branch without an otherwise");
            break;
        case verb::look_up: {
            read_ |= read_loans | read_client;
            const auto count = who_ == nullptr ? 0 : who_->loans.size();
            const std::string_view word = known_.core == core_state::down    ? "down"
                                          : known_.core == core_state::stale ? "stale"
                                          : count == 0                       ? "none"
                                          : count == 1                       ? "one"
                                                                             : "several";
            const auto* then = state.outcome(word);
            expect(then != nullptr, "a look-up without a way on");
            return {.follow = then};
        }
        case verb::call: {
            const auto begin = script.at(state.called).begin;
            push(state.called, begin);
            return {.enter = begin};
        }
        case verb::hand_over:
            hand_over_at(state);
            return {};
        case verb::ask:
            return ask(state);
    }
    return {};
}

talk::todo talk::ask(const program_state& state) {
    if (state.answers == answer_kind::pin) {
        const bool has_pin = who() != nullptr && who_->has_pin;
        const auto gate = gate_of(next.proof, has_pin, next.now);
        if (gate != pin_gate::open) {
            const auto* then = state.outcome(
                gate == pin_gate::locked        ? "locked"
                : gate == pin_gate::branch_only ? "branch_only"
                                                : "none_set"
            );
            expect(then != nullptr, "a PIN question without a way on");
            return {.follow = then};
        }
    } else if (state.answers == answer_kind::loans && (who() == nullptr || who_->loans.empty())) {
        return end_dialog(true);  // nothing to choose from any more: the menu
    }
    put(state);
    return {};
}

void talk::push(dialog_index dialog, state_index state, char mark) {
    frame made{};
    made.dialog = script.at(dialog).name;
    if (mark != 0) made.state += mark;
    made.state += script.at(state).name;
    if (next.frames.size() >= frames_max) next.frames.erase(next.frames.begin());
    next.frames.push_back(std::move(made));
}

// `go: dialog`. What she has chosen before (which loan) still holds there.
talk::todo talk::begin_in_place(dialog_index dialog) {
    const auto begin = script.at(dialog).begin;
    if (next.frames.empty()) {
        push(dialog, begin);
        return {.enter = begin};
    }
    // The welcome gives way to what she came for, even when it would lead to the menu.
    const auto count = next.frames.size();
    if (count > 1 && script.welcome && script.menu == dialog && under_way(*script.welcome) &&
        next.frames[count - 2].state.starts_with(after_this)) {
        return end_dialog(false);
    }
    return {.enter = begin};
}

talk::todo talk::resume_frame(const std::string& state) {
    const auto found = script.find_state(next.frames.back().dialog, state);
    expect(found.has_value(), "a waiting frame stands at a state nobody has");
    return {.enter = *found};
}

// The innermost dialog is over: whatever waited for that goes on, else the talk is.
talk::todo talk::end_dialog(bool refused) {
    if (nobody_there) {
        next.frames.clear();
        return {};
    }
    if (!next.frames.empty()) next.frames.pop_back();
    while (!next.frames.empty()) {
        auto& below = next.frames.back();
        if (below.state.starts_with(after_this)) return resume_frame(below.state.substr(1));
        if (below.state.starts_with(after_proof)) {
            refused = true;  // it needed a proof that was not given
        } else if (script.at(state_of(below)).does == verb::ask) {
            return {.enter = state_of(below)};  // the question that was interrupted
        }
        next.frames.pop_back();  // a caller: `end` ends the whole talk
    }
    if (!refused || !script.menu) return {};
    push(*script.menu, script.at(*script.menu).begin);
    return {.enter = script.at(*script.menu).begin};
}

talk::todo talk::give_back(const std::string& word) {
    const auto count = next.frames.size();
    if (count < 2) return end_dialog(false);
    auto& below = next.frames[count - 2];
    if (below.state.starts_with(after_proof)) {
        if (word != "ok") return end_dialog(true);
        next.frames.pop_back();
        return resume_frame(next.frames.back().state.substr(1));
    }
    if (below.state.starts_with(after_this)) return end_dialog(false);
    const auto& caller = script.at(state_of(below));
    if (caller.does != verb::call) return end_dialog(false);
    next.frames.pop_back();
    if (caller.outcomes.empty()) return {.follow = &caller.then};
    const auto* then = caller.outcome(word);
    expect(then != nullptr, "a called dialog returned what its caller does not handle");
    return {.follow = then};
}

void talk::apply(const setting_row& row) {
    switch (row.what) {
        case setting::language:
            next.language = row.language;
            next.language_chosen = true;
            effects.emplace_back(keep_record{"language", row.language});
            break;
        case setting::opted_out:
            next.wishes.opted_out = row.on;
            next.wishes.changed_at = next.now;
            effects.emplace_back(keep_record{row.on ? "opt_out" : "opt_in", {}});
            break;
        case setting::welcomed:
            next.welcomed = row.on;
            break;
    }
}

void talk::hand_over_at(const program_state& state) {
    for (const auto what : state.then.says) say(what);
    std::string queue = "support";
    const auto* client = who();
    read_ |= read_officer;
    const bool to_agent = state.to == agent_queue::credit_agent;
    if (to_agent && client != nullptr && client->credit_agent) {
        queue = "credit_agent:" + client->credit_agent->id;
    } else if (state.to != agent_queue::support && client != nullptr && client->home_branch) {
        queue = "branch:" + client->home_branch->id;
    }
    pass_to(std::move(queue), state.because);
}

void talk::pass_to(std::string queue, std::string reason) {
    next.queue = queue;
    next.handed_over_at = next.now;
    next.frames.clear();
    next.misses = 0;
    effects.emplace_back(hand_over{
        .queue = std::move(queue),
        .reason = std::move(reason),
        .client_id = who_ == nullptr ? std::string{} : who_->who.id});
}

// ---- what happens

void talk::go_on(const move& way_on) {
    drive({.follow = &way_on});
}

void talk::answer(const program_state& asked, const offered& picked) {
    next.misses = 0;
    if (!allowed(script.at(asked.dialog))) {
        drive({.enter = state_of(next.frames.back())});  // proof first, then the question again
        return;
    }
    if (picked.record != nullptr) {
        next.frames.back().kept["loan"] = picked.record->id;
        drive({.follow = &asked.then});
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
    next.frames.clear();
    push(dialog, script.at(dialog).begin);
    drive({.enter = script.at(dialog).begin});
}

void talk::interrupt(dialog_index dialog) {
    const auto& wanted = script.at(dialog);
    if (!wanted.anywhere || !wanted.back || question() == nullptr || under_way(dialog)) {
        begin(dialog);
        return;
    }
    // A digression within a digression takes its place: only the first question is come back to.
    for (std::size_t i = 0; i + 1 < next.frames.size(); ++i) {
        const auto& at = next.frames[i];
        if (!waits(at) && script.at(state_of(at)).does == verb::ask) {
            next.frames.resize(i + 1);
            break;
        }
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
    next.frames.clear();
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
        say(asked != nullptr && asked->unclear_say ? *asked->unclear_say
                                                   : script.common.not_understood);
        put_again();
        return;
    }
    next.misses = 0;
    if (asked != nullptr && asked->unclear_then) {
        drive({.follow = &*asked->unclear_then});
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
    }
    outcome made{};
    made.next = std::move(next);
    made.effects = std::move(effects);
    made.facts_read = read_;
    return made;
}

}  // namespace tertulia::dialogs
