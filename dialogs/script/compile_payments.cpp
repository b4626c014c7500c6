// Claims, promises and hardship as dialogs note them, and what hardship.yaml says of them.

#include "dialogs/script/compiler_parts.hpp"
#include "dialogs/script/dialog_shapes.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {

void compiler::case_opened(const state_source& from, program_state& into) {
    if (!from.case_kind) return;
    into.opens = from.case_kind->text;
    if (!program_->cases.empty()) (void)find_kind(*from.case_kind);
}

void compiler::compile_report_payment(const state_source& from, program_state& into) {
    if (from.amount) into.amount = condition(*from.amount, fact_type::money, meant_as::value);
    if (from.day) into.day = condition(*from.day, fact_type::date, meant_as::value);
    if (from.proof) into.proof = answer_of_text(*from.proof);
    case_opened(from, into);
    compile_outcomes(from, into, &claim_outcomes());
}

void compiler::compile_promise_payment(const state_source& from, program_state& into) {
    if (from.amount) into.amount = condition(*from.amount, fact_type::money, meant_as::value);
    if (from.day) into.day = condition(*from.day, fact_type::date, meant_as::value);
    compile_outcomes(from, into, &promise_outcomes());
}

void compiler::compile_note_hardship(const state_source& from, program_state& into) {
    if (from.cause) into.cause = condition(*from.cause, fact_type::text, meant_as::value);
    case_opened(from, into);
    compile_keeps(from, into);
    into.then = way_on(from.then);
}

void compiler::relief_found() {
    dialog_source ours{};
    ours.file = from_.relief->file;
    const auto* before = std::exchange(source_, &ours);
    needs_ = requirement::anyone;
    program_->relief = from_.relief->rules;
    const auto& options = program_->relief.options;
    for (std::size_t i = 0; i < options.size(); ++i) {
        program_->relief_labels.push_back(
            message({options[i].label, from_.relief->labels[i]}, message_part::row)
        );
    }
    const auto& kind = program_->relief.broken_case;
    if (!kind.empty() && !program_->cases.empty()) {
        (void)find_kind({kind, from_.relief->case_at});
    }
    source_ = before;
}

}  // namespace tertulia::dialogs
