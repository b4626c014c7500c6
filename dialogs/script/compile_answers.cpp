// Questions whose answer is typed or kept, and forms made of them.

#include "dialogs/script/compiler_parts.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

const std::vector<std::string> yes_no_outcomes{"yes", "no"};

}  // namespace

// Checked once every state is known: answer_checks.hpp.
void compiler::relies_on(const std::string& path, place at, std::string what, std::string mend) {
    if (!state_ || set_here_.contains(path.substr(answer_prefix.size()))) return;
    made_.answers.push_back(
        {.at = *state_,
         .own_is_there = answered_,
         .path = path,
         .file = source_->file,
         .where = at,
         .what = std::move(what),
         .mend = std::move(mend)}
    );
}

std::vector<typed_kind> compiler::kinds_of(const state_source& from) {
    std::vector<typed_kind> kinds;
    for (const auto& word : from.expects) {
        if (word.text == "pin" || word.text == "code") {
            error(
                rule::answer_kind,
                word.at,
                std::string{"a "} + (word.text == "pin" ? "PIN" : "code") + " is asked for alone",
                "make two questions of it"
            );
            continue;
        }
        const auto kind = parse_typed_kind(word.text);
        if (!kind || *kind == typed_kind::choice) {
            auto known = words_to_expect();
            known.emplace_back("pin");
            known.emplace_back("code");
            auto mend = mend_for(word.text, known);
            if (mend.empty()) {
                for (const auto& one : known)
                    mend += (mend.empty() ? "possible are: " : ", ") + one;
            }
            error(
                rule::unknown_word,
                word.at,
                "'" + word.text + "' cannot be expected",
                std::move(mend)
            );
            continue;
        }
        if (!kinds.empty() && type_of(*kind) != type_of(kinds.front())) {
            error(
                rule::answer_kind,
                word.at,
                "'" + word.text + "' and '" + std::string{name_of(kinds.front())} +
                    "' cannot be expected together: no condition could compare them",
                "make two questions of it"
            );
            continue;
        }
        kinds.push_back(*kind);
    }
    return kinds;
}

void compiler::compile_typed(const state_source& from, program_state& into) {
    into.answers = answer_kind::typed;
    into.answer.emplace().kinds = kinds_of(from);
    if (!from.keep_as && !from.has_outcomes) {
        error(
            rule::missing_key,
            from.expects.front().at,
            "nothing keeps what she answers",
            "add 'keep_as: a_name'"
        );
    }
    answered_ = from.keep_as.has_value();
    if (from.has_outcomes) {
        compile_outcomes(from, into, &yes_no_outcomes);
    } else {
        into.then = way_on(from.then);
    }
    answered_ = false;
    compile_answer(from, into);
    const bool yes_no = into.answer->kinds == std::vector{typed_kind::yes_no};
    if (yes_no && from.ask && from_.words->find(from.ask->text + ".yes")) {
        for (const auto& pick : yes_no_outcomes) {
            const auto* then = into.outcome(pick);
            add_button(from, pick, then == nullptr ? into.then : *then, into);
        }
    }
    if (into.answer->may_skip) add_button(from, skip_pick, into.then, into);
    if (!into.choices.empty() && from.ask) (void)message(*from.ask, message_part::body);
}

void compiler::add_button(
    const state_source& from, std::string_view pick, const move& then, program_state& into
) {
    if (!from.ask) return;
    choice_row made{};
    made.pick = pick;
    made.title = message({from.ask->text + "." + made.pick, from.ask->at}, message_part::button);
    made.then = then;
    into.choices.push_back(std::move(made));
}

// What stands beside the answer, of typed ones and of choices.
void compiler::compile_answer(const state_source& from, program_state& into) {
    const auto& beside = from.answer;
    if (!into.answer && !from.keep_as && !beside.help && !beside.why) return;
    if (!into.answer) into.answer.emplace();
    auto& made = *into.answer;
    if (from.keep_as) made.keep_as = from.keep_as->text;
    made.may_skip = beside.may_skip;
    const auto said = [&](const std::optional<word>& key, std::optional<message_id>& to) {
        if (key) to = message(*key, message_part::text);
    };
    answered_ = true;
    if (beside.allow) made.allow = condition(*beside.allow);
    said(beside.otherwise, made.otherwise);
    answered_ = false;
    said(beside.example, made.example);
    said(beside.help, made.help);
    said(beside.why, made.why);
}

void compiler::compile_form(const dialog_source& source, program_dialog& into) {
    auto& form = into.form.emplace();
    for (const auto& field : source.form->fields) {
        const auto state = program_->find_state(into.name, field.text);
        if (!state) continue;
        form.fields.push_back(*state);
        auto& answer = program_->states[state->value].answer;
        if (answer) {
            const auto key = into.name + "." + field.text + ".label";
            answer->label = optional_message(key, field.at, message_part::row);
            answer->label_more =
                optional_message(key + ".more", field.at, message_part::description);
        }
    }
    if (source.form->keep_for) form.keep_for = *source.form->keep_for;
    if (source.form->kept) form.kept = message(*source.form->kept, message_part::text);
}

}  // namespace tertulia::dialogs
