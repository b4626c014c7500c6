// Values: what `set` keeps, what a call gives, and what it brings back.

#include "dialogs/script/compiler_parts.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {

void compiler::name_parameters(const dialog_source& source, program_dialog& into) {
    for (const auto& [name, kind] : source.takes) {
        const auto known = parse_typed_kind(kind.text);  // nothing: told in check_parameters()
        into.takes.push_back(
            {.name = name.text, .type = known ? type_of(*known) : fact_type::nothing}
        );
    }
}

void compiler::check_parameters(const dialog_source& source) {
    for (const auto& [name, kind] : source.takes) {
        const auto known = parse_typed_kind(kind.text);
        if (known && *known != typed_kind::choice) continue;
        auto mend = mend_for(kind.text, words_to_expect());
        if (mend.empty()) {
            for (const auto& one : words_to_expect()) {
                mend += (mend.empty() ? "possible are: " : ", ") + one;
            }
        }
        error(
            rule::unknown_word, kind.at, "'" + kind.text + "' is no kind of value", std::move(mend)
        );
    }
    if (source.takes.empty()) return;
    const bool starts = !source.intents.empty() || !source.words.empty() ||
                        !source.entry_codes.empty() || !source.referrals.empty() ||
                        source.referral_codes.has_value() ||
                        !source.events.empty();
    if (starts) only_called(dialog_, source.takes_at, "a trigger");
    if (source.plays) only_called(dialog_, source.plays->at, "its role");
}

// What takes values would stand there without them.
void compiler::only_called(dialog_index begun, place at, const std::string& how) {
    const auto& dialog = program_->at(begun);
    if (dialog.takes.empty()) return;
    error(
        rule::called_only,
        at,
        "'" + dialog.name + "' takes '" + dialog.takes.front().name + "', which " + how +
            " cannot give it",
        "begin it by 'call: " + dialog.name + "' and 'with:', or take 'takes' out"
    );
}

// That the type suits the name has been seen to already: answer_names.hpp.
void compiler::compile_value(const word& name, const word& made_of, program_state& into) {
    auto made = condition(made_of, fact_type::nothing, meant_as::value);
    set_here_.insert(name.text);
    if (made) into.values.push_back({.name = name.text, .made_of = std::move(*made)});
}

void compiler::compile_given(
    const state_source& from, const program_dialog& to, program_state& into
) {
    std::vector<std::string> taken;
    for (const auto& one : to.takes) taken.push_back(one.name);
    for (const auto& given : from.gives) {
        const auto& name = given.first;  // clang 14 lets no lambda have a part of a binding
        const auto wanted = std::find_if(to.takes.begin(), to.takes.end(), [&](const auto& one) {
            return one.name == name.text;
        });
        if (to.takes.empty()) {
            error(
                rule::wrong_parameter,
                name.at,
                "'" + to.name + "' takes nothing",
                "write there 'takes: {" + name.text + ": …}', or take 'with' out"
            );
            return;
        }
        if (wanted == to.takes.end()) {
            not_found(
                rule::wrong_parameter, name, "'" + to.name + "' takes no '" + name.text + "'", taken
            );
            continue;
        }
        auto made = condition(given.second, wanted->type, meant_as::value);
        if (made) into.values.push_back({.name = name.text, .made_of = std::move(*made)});
    }
    for (const auto& name : taken) {
        const bool given = std::any_of(from.gives.begin(), from.gives.end(), [&](const auto& one) {
            return one.first.text == name;
        });
        if (given) continue;
        error(
            rule::wrong_parameter,
            from.call->at,
            "'" + to.name + "' takes '" + name + "', which this call does not give",
            "add with: {" + name + ": …}"
        );
    }
    for (const auto& [as, name] : from.brings) {
        into.brings.push_back({.as = as.text, .name = name.text});
        made_.brought.push_back(
            {.at = *state_, .name = name.text, .file = source_->file, .where = name.at}
        );
    }
}

}  // namespace tertulia::dialogs
