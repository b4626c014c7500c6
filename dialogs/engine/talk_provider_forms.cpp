// Forms the provider asks by itself (a WhatsApp Flow), where it can; everywhere else, and whenever
// anything is wrong with them, the same questions are put one by one.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/hearing_answers.hpp"
#include "dialogs/engine/kept_answers.hpp"
#include "dialogs/engine/script_broken.hpp"
#include "dialogs/engine/talk.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view next_field = "next_field";
constexpr int digits_of_seed = 16;

}  // namespace

bool talk::provider_may_ask() const {
    return kind_of_channel(script.house, next.reply_to.channel) == channel_kind::whatsapp &&
           !silent && !out_of_window && !next.frames.back().kept.contains(form_refused_key);
}

// One token for as long as she is in this form: put again, it is still the same form.
say_form talk::provider_form_of(const program_state& state) {
    const auto& form = *state.provider_fills;
    auto& token = next.frames.back().kept[form_token_key];
    if (token.empty()) {
        append_hex(token, seed, digits_of_seed);
        token += "-" + std::to_string(next.steps);
    }
    return {
        .text = words(state.question),
        .button = words(form.button),
        .form = form.id,
        .screen = form.screen,
        .token = token};
}

void talk::ask_in_words(const program_state& asked) {
    next.misses = 0;
    drive({.follow = &asked.choices.front().then});
}

void talk::fill_field(const program_state& field, std::string_view text) {
    const auto& rules = *field.answer;
    if (text.empty()) {
        if (rules.may_skip) {
            next.frames.back().kept[answer_key(rules.keep_as)] = std::string{left_out};
        }
        return;
    }
    if (const auto given = read_form_answer(*this, field, text)) (void)try_keep(field, *given);
}

// What cannot be read, or is not allowed, is not kept: it is the next question.
bool talk::fill(const form_reply& filled) {
    const auto* asked = question();
    if (asked == nullptr || filled.token.empty()) return false;
    const auto& dialog = script.at(asked->dialog);
    auto& kept = next.frames.back().kept;
    const auto token = kept.find(form_token_key);
    if (!dialog.form || token == kept.end() || token->second != filled.token) return false;
    if (!allowed(dialog)) return false;
    kept.erase(token);  // once
    for (const auto index : dialog.form->fields) {
        const auto& field = script.at(index);
        const auto answer = std::ranges::find(
            filled.answers, field.answer->keep_as, [](const form_answer& one) { return one.name; }
        );
        if (answer != filled.answers.end()) fill_field(field, answer->text);
    }
    save_draft();
    next.misses = 0;
    const auto next_state = script.find_state(dialog.name, next_field);
    expect(next_state.has_value(), "a form without its next field");
    drive({.enter = *next_state});
    return true;
}

bool talk::form_failed(message_id opened_by) {
    const auto* asked = question();
    if (asked == nullptr || !asked->provider_fills || asked->question != opened_by) return false;
    next.frames.back().kept[form_refused_key] = "1";
    ask_in_words(*asked);
    return true;
}

}  // namespace tertulia::dialogs
