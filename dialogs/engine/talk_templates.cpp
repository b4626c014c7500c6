// What may still be said when she has not written for a day: an approved template, filled in.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/talk.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace tertulia::dialogs {
namespace {

// What stands in its gaps says whose it is.
bool names_her(const said_by_template& what, std::span<const fact_field> schema) {
    return std::ranges::any_of(what.paths, [&](std::size_t path) {
        const auto name = schema[path].path;
        return name == "client.first_name" || name == "client.courtesy";
    });
}

}  // namespace

// Where several have the number, a template takes no "Para doña María:" before it. So it goes with
// how she is called in a gap of its own, or it tells nothing of any of them.
std::optional<said_by_template> talk::template_for(message_id what) {
    const bool several = to_several();
    auto made = script.words->by_template(what, next.language, several ? seen_by_several() : view());
    const auto& key = script.words->key(what);
    if (!made) {
        effects.emplace_back(keep_record{"outside_window", key});
        return std::nullopt;
    }
    const bool tells = std::ranges::any_of(made->paths, [&](std::size_t path) {
        return script.known->is_answer(path);
    });
    if (several && tells && !names_her(*made, script.known->fields())) {
        effects.emplace_back(keep_record{"template_not_addressed", key});
        return std::nullopt;
    }
    if (!made->missing.empty()) {
        effects.emplace_back(keep_record{"template_incomplete", key + ": " + made->missing});
        return std::nullopt;
    }
    return made;
}

void talk::send_by_template(message_id what, outbound_content content) {
    auto made = template_for(what);
    if (!made) return;
    auto& form = made->content;
    std::vector<choice> choices;
    if (auto* text = std::get_if<say_text>(&content)) {
        form.text = std::move(text->text);
        choices = std::move(text->choices);
    } else if (auto* where = std::get_if<ask_location>(&content)) {
        form.text = std::move(where->text);
    } else if (auto* number = std::get_if<ask_contact>(&content)) {
        form.text = std::move(number->text);
    }
    if (to_several()) {
        form.text = script.words->format(what, next.language, around(), seen_by_several());
    }
    // A tap on a quick reply comes back as a tap on that choice.
    for (std::size_t i = 0; i < made->picks.size(); ++i) {
        const auto found = std::find_if(choices.begin(), choices.end(), [&](const choice& one) {
            const auto id = read_choice_id(one.id);
            return id && id->pick == made->picks[i];
        });
        if (found == choices.end()) continue;
        form.buttons.push_back(
            {.index = static_cast<int>(i), .payload = found->id, .title = found->title}
        );
    }
    send sent{};
    sent.message.content = std::move(form);
    // Nobody waits for it: it never goes before an answer.
    sent.urgency = made->category == template_category::marketing ? priority::bulk
                                                                  : priority::nudge;
    sent.purpose = script.words->key(what);
    emit(std::move(sent));
}

}  // namespace tertulia::dialogs
