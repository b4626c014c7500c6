// What may still be said when she has not written for a day: an approved template, filled in.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/purpose.hpp"
#include "dialogs/engine/talk.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
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

// Known of her whatever the talk is about: the same tomorrow as when it was said.
bool is_of_file(std::string_view path) {
    static constexpr std::array<std::string_view, 4> files{
        "client.", "officer.", "branch.", "institution."};
    return std::ranges::any_of(files, [&](auto file) { return path.starts_with(file); });
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
            return id && id->pick.substr(0, id->pick.find(act_after)) == made->picks[i];
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

// Read anew and not translated: dates and amounts are written as the language has them. So only where
// what it speaks of still is what it was: the question she is being asked, or what her file has.
bool talk::said_in_house_language(const delivery_outcome& what) {
    const auto* lost =
        what.what ? std::get_if<say_template>(&what.what->message.content) : nullptr;
    const auto key = read_purpose(what.purpose).key;
    const auto message = script.words->find(key);
    if (lost == nullptr || !message || with_person(next) || next.wishes.opted_out) return false;
    if (next.now >= what.what->expires_at) return false;
    const auto* asked = question();
    const bool is_asked = asked != nullptr && asked->question == *message;
    if (!is_asked && !lost->buttons.empty()) return false;  // a question that is not open any more
    for (const auto path : script.words->paths_used(*message)) {
        const auto& field = script.known->fields()[path];
        if (!is_asked && !is_of_file(field.path)) return false;
        if (field.personal && !verified()) return false;
    }
    note_paths(script.words->paths_used(*message));
    read_ |= read_client;

    const auto hers = std::exchange(next.language, script.words->languages().front());
    auto made = template_for(*message);
    const bool is_other = made && made->content.language != lost->language;
    if (is_other) {
        auto& form = made->content;
        form.text = addressed(
            to_several() ? script.words->format(*message, next.language, around(), seen_by_several())
                         : script.words->format(*message, next.language, around(), view())
        );
        form.buttons = lost->buttons;  // the same in every language but for their words
        for (auto& one : form.buttons) {
            const auto id = read_choice_id(one.payload);
            if (!id) continue;
            const auto title = std::string{key} + '.' + std::string{id->pick};
            one.title = script.words->format(title, next.language, around(), view());
        }
    }
    next.language = hers;
    if (!is_other) return false;

    send again{};
    again.message = what.what->message;
    again.urgency = what.what->urgency;
    again.keep_for = what.what->expires_at - next.now;
    again.purpose = what.purpose;
    again.touch = what.touch;
    const auto way = lost->name + ": " + made->content.language + " instead of " + lost->language;
    again.message.content = std::move(made->content);
    effects.emplace_back(std::move(again));
    effects.emplace_back(keep_record{"other_language", way});
    return true;
}

}  // namespace tertulia::dialogs
