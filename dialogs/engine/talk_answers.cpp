// Answers that are kept: put in their place, corrected, gone back to; and the drafts of forms.

#include "dialogs/engine/kept_answers.hpp"
#include "dialogs/engine/script_broken.hpp"
#include "dialogs/engine/talk.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
// The innermost dialog's answers go before those of the dialogs that called it.
void talk::read_answers() {
    answers_.clear();
    for (const auto& at : next.frames) {
        for (const auto& [key, text] : at.kept) {
            if (!is_answer_key(key)) continue;
            const auto name = std::string_view{key}.substr(answer_prefix.size());
            const auto answer = parse_typed_answer(text);
            auto value = answer ? value_of(*answer) : fact_value{};
            answers_.insert_or_assign(std::string{name}, std::move(value));
        }
    }
}

// ---- an answer

bool talk::try_keep(const program_state& asked, const typed_answer& given) {
    auto& kept = next.frames.back().kept;
    const auto key = answer_key(asked.answer->keep_as);
    const auto before = kept.find(key);
    const auto old = before == kept.end() ? std::nullopt : std::optional{before->second};
    kept[key] = to_text(given);
    if (!holds(asked.answer->allow)) {
        if (asked.answer->otherwise) say(*asked.answer->otherwise);  // may tell what she wrote
        if (old) {
            kept[key] = *old;
        } else {
            kept.erase(key);
        }
        return false;
    }
    forget_last_answer(kept);
    kept.erase(explained_key);
    kept[last_answer_key] = asked.name;
    save_draft();
    return true;
}

void talk::answer_typed(const program_state& asked, const typed_answer& given) {
    if (!allowed(script.at(asked.dialog))) {
        next.misses = 0;
        drive({.enter = state_of(next.frames.back())});  // proof first, then the question again
        return;
    }
    if (!asked.answer->keep_as.empty() && !try_keep(asked, given)) {
        ++next.misses;
        if (next.misses < static_cast<std::uint32_t>(asked.tries)) {
            put_again();
        } else {
            give_up();
        }
        return;
    }
    next.misses = 0;
    if (asked.consents) note_consent(asked, given.value == "yes");
    const auto* way_on = asked.outcome(given.value);
    for (const auto& row : asked.choices) {
        if (given.kind == typed_kind::yes_no && row.pick == given.value) way_on = &row.then;
    }
    drive({.follow = way_on == nullptr ? &asked.then : way_on});
}

void talk::answer_picked(const program_state& asked, const choice_row& row) {
    const auto& rules = *asked.answer;
    if (rules.may_skip && row.pick == skip_pick) {
        next.frames.back().kept[answer_key(rules.keep_as)] = std::string{left_out};
        save_draft();
    } else if (!rules.kinds.empty()) {
        answer_typed(asked, {.kind = typed_kind::yes_no, .value = row.pick});
        return;
    } else if (!rules.keep_as.empty() && !try_keep(asked, {.kind = typed_kind::choice, .value = row.pick})) {
        return;  // a choice has no `allow`
    }
    next.misses = 0;
    drive({.follow = &row.then});
}

// Who asks twice what is meant has not been helped: it goes on as with an answer not understood.
void talk::explain(message_id what) {
    auto& kept = next.frames.back().kept;
    const auto here = next.frames.back().state;
    const auto before = kept.find(explained_key);
    if (before != kept.end() && before->second == here) {
        kept.erase(before);
        give_up();
        return;
    }
    kept.insert_or_assign(explained_key, here);
    say(what);
    put_again();
}

bool talk::ask_again_for_picture(message_id why) {
    if (question() == nullptr) return false;
    auto& here = next.frames.back();
    const auto dialog = script.find_dialog(here.dialog);
    if (!dialog || !script.at(*dialog).form) return false;
    const auto& fields = script.at(*dialog).form->fields;
    const auto given = std::find_if(fields.rbegin(), fields.rend(), [&](state_index one) {
        const auto kept = here.kept.find(answer_key(script.at(one).answer->keep_as));
        const auto answer = kept == here.kept.end() ? std::nullopt : parse_typed_answer(kept->second);
        return answer && answer->kind == typed_kind::photo;
    });
    if (given == fields.rend()) return false;
    here.kept.erase(answer_key(script.at(*given).answer->keep_as));
    forget_last_answer(here.kept);
    save_draft();
    next.misses = 0;
    say(why);
    drive({.enter = *given});
    return true;
}

// ---- what she answered before

std::vector<const program_state*> talk::answered_before() const {
    std::vector<const program_state*> all;
    const auto* asked = question();
    if (asked == nullptr) return all;
    const auto& here = next.frames.back();
    const auto add = [&](state_index index) {
        const auto& state = script.at(index);
        const auto& rules = state.answer;
        const bool is_new = std::find(all.begin(), all.end(), &state) == all.end();
        if (is_new && &state != asked && rules && is_answered(here.kept, rules->keep_as)) {
            all.push_back(&state);
        }
    };
    if (const auto last = here.kept.find(last_answer_key); last != here.kept.end()) {
        if (const auto state = script.find_state(here.dialog, last->second)) add(*state);
    }
    const auto& form = script.at(asked->dialog).form;
    if (form && asked->lists_choices) std::for_each(form->fields.begin(), form->fields.end(), add);
    return all;
}

void talk::correct(const program_state& earlier, const typed_answer& given) {
    next.misses = 0;
    auto as_it_was = next.frames.back().kept;
    const auto sets = undo_values();
    if (try_keep(earlier, given)) {
        for (const auto state : sets) set_values(script.at(state));
        say_text content{};
        content.text = words(*script.common.corrected);
        if (const auto& rules = *earlier.answer; rules.label && rules.label_more) {
            content.text += "\n" + words(*rules.label) + ": " + words(*rules.label_more);
        }
        send_text(*script.common.corrected, std::move(content));
    } else {
        next.frames.back().kept = std::move(as_it_was);
    }
    put_again();
}

bool talk::may_go_back() const {
    const auto* asked = question();
    return asked != nullptr && script.at(asked->dialog).form.has_value();
}

void talk::go_back() {
    next.misses = 0;
    const auto* asked = question();
    const auto& fields = script.at(asked->dialog).form->fields;
    auto at = std::find_if(fields.begin(), fields.end(), [&](state_index one) {
        return &script.at(one) == asked;
    });
    const auto& kept = next.frames.back().kept;
    while (at != fields.begin()) {
        --at;
        if (!is_answered(kept, script.at(*at).answer->keep_as)) continue;
        drive({.enter = *at});
        return;
    }
    put_again();
}

// ---- forms

bool talk::takes(const branch_row& row) {
    if (row.draft_waits) return draft_of(next.frames.back().dialog) != nullptr;
    if (row.unanswered.empty()) return holds(row.when);
    if (is_answered(next.frames.back().kept, row.unanswered)) return false;
    return !row.unless || !holds(row.unless);
}

draft* talk::draft_of(std::string_view dialog) {
    const auto found = std::find_if(next.drafts.begin(), next.drafts.end(), [&](const draft& one) {
        return one.dialog == dialog;
    });
    return found == next.drafts.end() ? nullptr : &*found;
}

void talk::drop_draft(std::string_view dialog) {
    std::erase_if(next.drafts, [&](const draft& one) { return one.dialog == dialog; });
}

// Written at every answer, so that it is there however she leaves.
void talk::save_draft() {
    const auto& here = next.frames.back();
    const auto dialog = script.find_dialog(here.dialog);
    if (!dialog || !script.at(*dialog).form) return;
    const auto& form = *script.at(*dialog).form;
    if (form.keep_for <= milliseconds{}) return;
    draft made{.dialog = here.dialog, .until = next.now + form.keep_for};
    for (const auto& [key, text] : here.kept) {
        if (is_answer_key(key)) made.answers.emplace(key, text);
    }
    keep_draft(std::move(made));
}

void talk::keep_draft(draft made) {
    drop_draft(made.dialog);
    if (next.drafts.size() >= drafts_max) {
        next.drafts.erase(std::min_element(
            next.drafts.begin(),
            next.drafts.end(),
            [](auto& left, auto& right) { return left.until < right.until; }
        ));
    }
    next.drafts.push_back(std::move(made));
}

void talk::drop_old_drafts() {
    std::erase_if(next.drafts, [&](const draft& one) { return one.until <= next.now; });
}

void talk::leave_unfinished(std::optional<dialog_index> for_the_sake_of) {
    if (for_the_sake_of && script.at(*for_the_sake_of).wins) return;
    for (const auto& at : next.frames) {
        const auto dialog = script.find_dialog(at.dialog);
        if (!dialog || dialog == for_the_sake_of || !script.at(*dialog).form) continue;
        auto* kept = draft_of(at.dialog);
        if (kept == nullptr || kept->told || !script.at(*dialog).form->kept) continue;
        kept->told = true;
        say(*script.at(*dialog).form->kept);
    }
}

void talk::act(form_act what) {
    auto& here = next.frames.back();
    const auto dialog = script.find_dialog(here.dialog);
    expect(dialog && script.at(*dialog).form, "what only a form does, done in another dialog");
    const auto& form = *script.at(*dialog).form;
    switch (what) {
        case form_act::begin_anew:
            drop_draft(here.dialog);
            forget_last_answer(here.kept);
            for (const auto field : form.fields) {
                here.kept.erase(answer_key(script.at(field).answer->keep_as));
            }
            break;
        case form_act::take_draft:
            if (auto* kept = draft_of(here.dialog)) {
                // The form may have changed meanwhile: what does not fit any more is asked again.
                for (const auto field : form.fields) {
                    const auto key = answer_key(script.at(field).answer->keep_as);
                    const auto text = kept->answers.find(key);
                    if (text != kept->answers.end() && fits(script.at(field), text->second)) {
                        here.kept[key] = text->second;
                    }
                }
                kept->told = false;
            }
            break;
        case form_act::complete:
            drop_draft(here.dialog);
            forget_last_answer(here.kept);
            effects.emplace_back(keep_record{"form_completed", here.dialog});
            break;
    }
}

bool talk::fits(const program_state& field, const std::string& text) {
    const auto& rules = *field.answer;
    if (text == left_out) return rules.may_skip;
    const auto answer = parse_typed_answer(text);
    if (!answer || value_of(*answer) == fact_value{}) return false;
    if (!rules.kinds.empty()) {
        return std::find(rules.kinds.begin(), rules.kinds.end(), answer->kind) != rules.kinds.end();
    }
    return answer->kind == typed_kind::choice &&
           std::any_of(field.choices.begin(), field.choices.end(), [&](const choice_row& row) {
               return row.pick == answer->value;
           });
}

}  // namespace tertulia::dialogs
