// How a program's states follow one another, until one waits.

#include "dialogs/engine/script_broken.hpp"
#include "dialogs/engine/talk.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {

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
    for (std::size_t i = 0; i < way_on.says.size(); ++i) say(chosen(way_on, i));
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
            return who_ != nullptr && !in_doubt();
        case requirement::verified:
            return verified();
        case requirement::confirmed:
            return who_ != nullptr &&
                   is_confirmed(next.confirmations, dialog.name, who_->who.id, next.now);
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
            if (unbidden) return end_dialog(false);
            if (dialog.needs == requirement::confirmed && !nobody_there) {
                return want_confirmation(dialog);
            }
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
            if (state.sends != document_kind::none) send_document(state);
            if (state.sends_pin_link && !link_below(state)) return end_dialog(false);
            if (state.maps) show_on_map(state);  // before: what she may tap stays last
            return {.follow = &state.then};
        case verb::end:
            return {.follow = &state.then};
        case verb::set:
            for (const auto& row : state.settings) apply(row);
            set_values(state);
            if (state.acts) act(*state.acts);
            return {.follow = &state.then};
        case verb::branch:
            for (const auto& row : state.branches) {
                if (takes(row)) return {.follow = &row.then};
            }
            expect(false, "a branch without an otherwise");
            break;
        case verb::look_up: {
            if (state.looks_up == record_kind::points) return look_up_points(state);
            const bool of_savings = state.looks_up == record_kind::savings;
            read_ |= (of_savings ? read_savings : read_loans) | read_client;
            const auto count = who_ == nullptr ? 0
                               : of_savings    ? who_->savings.size()
                                               : who_->loans.size();
            const std::string_view word = known_.core == core_state::down    ? "down"
                                          : known_.core == core_state::stale ? "stale"
                                          : count == 0                       ? "none"
                                          : count == 1                       ? "one"
                                                                             : "several";
            const auto* then = state.outcome(word);
            expect(then != nullptr, "a look-up without a way on");
            return {.follow = then};
        }
        case verb::call:
            call(state);
            return {.enter = script.at(state.called).begin};
        case verb::hand_over:
            hand_over_at(state);
            return {};
        case verb::ask:
            return ask(state);
        case verb::wait:
            return pause(state);
        case verb::schedule:
            schedule(state);
            return {.follow = &state.then};
        case verb::submit:
            submit(state);
            return {.follow = &state.then};
        case verb::report_payment:
        case verb::promise_payment: {
            const bool claim = state.does == verb::report_payment;
            const auto* then = state.outcome(claim ? report_payment(state) : promise_payment(state));
            expect(then != nullptr, "a payment without a way on");
            return {.follow = then};
        }
        case verb::note_contact:
            note_contact(state);
            return {.follow = &state.then};
        case verb::note_hardship:
            note_hardship(state);
            return {.follow = &state.then};
        case verb::cancel_scheduled:
            call_off(begin_timer, script.at(state.called).name);
            return {.follow = &state.then};
        case verb::open_case:
            open_case_at(state);
            return {.follow = &state.then};
        case verb::settle_case:
            settle_case(state);
            return {.follow = &state.then};
    }
    return {};
}

talk::todo talk::ask(const program_state& state) {
    // Nobody would know that it was asked.
    if (unbidden && silent) return end_dialog(false);
    const bool unasked = (unbidden || nobody_there) && !silent;
    if (unasked && out_of_window && !template_for(state.question)) return end_dialog(false);
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
    } else if (state.answers == answer_kind::code) {
        if (const auto word = begin_proof(state); !word.empty()) {
            const auto* then = state.outcome(word);
            expect(then != nullptr, "a code is asked for without a way on");
            return {.follow = then};
        }
    } else if (state.answers == answer_kind::loans && (who() == nullptr || who_->loans.empty())) {
        return end_dialog(true);  // nothing to choose from any more: the menu
    } else if (state.answers == answer_kind::savings &&
               (who() == nullptr || who_->savings.empty())) {
        return end_dialog(true);
    } else if (state.answers == answer_kind::points && kept_points().all.empty()) {
        return end_dialog(true);
    } else if (state.answers == answer_kind::options && relief_offered().empty()) {
        return end_dialog(true);
    }
    if (state.provider_fills && !provider_may_ask()) {
        return {.follow = &state.choices.front().then};
    }
    put(state);
    return {};
}

void talk::push(dialog_index dialog, state_index state, char mark) {
    frame made{};
    made.dialog = script.at(dialog).name;
    made.kept = std::exchange(begins_with_, {});
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
    leave_unfinished(dialog);
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
        if (!next.frames.empty()) next.frames.pop_back();
        keep_waits();
        return go_on_waiting();
    }
    if (!next.frames.empty()) next.frames.pop_back();
    while (!next.frames.empty()) {
        auto& below = next.frames.back();
        if (below.state.starts_with(after_this)) return resume_frame(below.state.substr(1));
        if (below.state.starts_with(after_proof)) {
            refused = true;  // it needed a proof that was not given
        } else if (wait_at(below)) {
            return go_on_waiting();
        } else if (script.at(state_of(below)).does == verb::ask) {
            announce(script.at(state_of(below)));  // the question that was interrupted
            return {.enter = state_of(below)};
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
    const auto ended = std::move(next.frames.back());
    next.frames.pop_back();
    bring_back(caller, ended);
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
            prefer(next.preferences, "language", row.language, asked_her, next.now);
            break;
        case setting::opted_out:
            next.wishes.opted_out = row.on;
            next.wishes.changed_at = next.now;
            effects.emplace_back(keep_record{row.on ? "opt_out" : "opt_in", {}});
            break;
        case setting::welcomed:
            next.welcomed = row.on;
            break;
        case setting::prefers:
            next.prefers = parse_channel_kind(row.language) ? row.language : std::string{};
            effects.emplace_back(keep_record{"channel_preference", row.language});
            prefer(next.preferences, "channel", next.prefers, asked_her, next.now);
            break;
        case setting::prefers_address:
        case setting::prefers_form:
        case setting::prefers_hour:
        case setting::prefers_reminders:
        case setting::prefers_pause:
            apply_preference(row);
            break;
        case setting::application_told:
            note_told();
            break;
        case setting::trusts_number:
            if (row.on && who_ != nullptr) {
                end_doubt(next.proof, who_->who.id);
                effects.emplace_back(keep_record{"number_trusted", {}});
            }
            break;
        case setting::claim_told:
            claim_told();
            break;
        case setting::promise_told:
            promises_told();
            break;
        case setting::referral_code:
            give_referral_code();
            break;
        case setting::referral_name:
            name_referrer(row.language);
            break;
        case setting::referral:
            settle_referral(row.referral);
            break;
        case setting::referrals_told:
            note_referrals_told();
            break;
        case setting::referral_asked:
            next.referrals.asked_at = next.now;
            break;
        case setting::writes_as:
            read_answers();
            if (const auto said = answers_.find(row.language); said != answers_.end()) {
                const auto* name = std::get_if<std::string>(&said->second);
                write_as(name == nullptr ? std::string_view{} : *name);
            }
            break;
    }
}

void talk::hand_over_at(const program_state& state) {
    std::string queue = "support";
    const auto* client = who();
    read_ |= read_officer;
    const bool to_agent = state.to == agent_queue::credit_agent;
    if (to_agent && client != nullptr && client->credit_agent) {
        queue = "credit_agent:" + client->credit_agent->id;
    } else if (state.to != agent_queue::support && client != nullptr && client->home_branch) {
        queue = "branch:" + client->home_branch->id;
    }
    // Before anything is said of it: what is said may tell its number.
    auto& at = join_or_open(state.because, queue);
    next.case_in_hand = at.number;
    queue = at.queue;
    for (std::size_t i = 0; i < state.then.says.size(); ++i) say(chosen(state.then, i));
    pass_to(std::move(queue), state.because);
    wait_for_a_person(state);
}

void talk::pass_to(std::string queue, std::string reason) {
    if (kept_below_ == 0) leave_unfinished({});
    next.queue = queue;
    next.handed_over_at = next.now;
    next.told_coming_at = {};
    left_to_person = true;
    next.frames.resize(std::min(kept_below_, next.frames.size()));
    next.misses = 0;
    stop_waiting_for_a_person();
    effects.emplace_back(hand_over{
        .queue = std::move(queue),
        .reason = std::move(reason),
        .client_id = who_ == nullptr ? std::string{} : who_->who.id});
}

}  // namespace tertulia::dialogs
