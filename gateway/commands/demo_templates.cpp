#include "gateway/commands/demo_templates.hpp"

#include "dialogs/meetings/words.hpp"
#include "dialogs/script/program.hpp"

#include <string>

namespace tertulia::gateway {
namespace {

// What the question calls the choice, where nothing is known of her.
std::string title_of(
    const dialogs::program& script,
    dialogs::message_id question,
    const std::string& pick,
    const std::string& language
) {
    const fact_view nobody{.house = &script.house};
    for (const auto& state : script.states) {
        if (state.does != dialogs::verb::ask || state.question != question) continue;
        for (const auto& row : state.choices) {
            if (row.pick == pick) return script.words->format(row.title, language, {}, nobody);
        }
    }
    // What a meeting offers has one title wherever it is offered.
    const auto title = dialogs::meetings::title_of(pick);
    const bool of_meeting = script.words->key(question).starts_with("meeting.");
    if (of_meeting && script.words->find(title)) {
        return script.words->format(title, language, {}, nobody);
    }
    return pick;
}

}  // namespace

std::optional<simulator::known_template> template_of_our_own(
    const dialogs::script_set& scripts, std::string_view name, std::string_view language
) {
    const auto& script = scripts.compiled();
    for (std::uint32_t i = 0; i < script.words->size(); ++i) {
        const dialogs::message_id what{i};
        for (const auto& form : script.words->forms(what)) {
            const auto& its = form.approved;
            if (!its || its->name != name || its->language != language) continue;
            simulator::known_template made{
                .name = its->name,
                .language = its->language,
                .header = its->header,
                .body = its->body};
            for (const auto& pick : its->picks) {
                made.buttons.push_back(title_of(script, what, pick, form.language));
            }
            return made;
        }
    }
    return std::nullopt;
}

}  // namespace tertulia::gateway
