#include "dialogs/script/answer_names.hpp"

#include "dialogs/script/answer_values.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

struct first_use {
    std::string kind{};
    const dialog_source* dialog{};
};

// "text" of a question with choices: it keeps the pick.
std::string kind_word(const state_source& of) {
    return of.expects.empty() ? "choices" : of.expects.front().text;
}

std::optional<fact_type> type_kept(const state_source& of) {
    if (!of.keep_as || of.choose_from || of.expects_pin()) return std::nullopt;
    if (of.expects.empty()) return fact_type::text;
    const auto kind = parse_typed_kind(of.expects.front().text);
    return kind ? std::optional{type_of(*kind)} : std::nullopt;
}

}  // namespace

std::map<std::string, fact_type> answer_names(
    std::span<const dialog_source> dialogs, std::vector<diagnostic>& problems
) {
    std::map<std::string, fact_type> types;
    std::map<std::string, first_use> first;
    for (const auto& dialog : dialogs) {
        findings noted(dialog.file, problems);
        for (const auto& state : dialog.states) {
            const auto type = type_kept(state);
            if (!type) continue;
            const auto [at, is_new] = types.emplace(state.keep_as->text, *type);
            const auto& before =
                first.try_emplace(state.keep_as->text, first_use{kind_word(state), &dialog})
                    .first->second;
            if (is_new || at->second == *type) continue;
            noted.error(
                rule::answer_kind,
                state.keep_as->at,
                "'" + state.keep_as->text + "' keeps '" + kind_word(state) + "' here, but '" +
                    before.kind + "' in the dialog '" + before.dialog->name.text + "'",
                "give one of them another name"
            );
        }
    }
    return types;
}

}  // namespace tertulia::dialogs
