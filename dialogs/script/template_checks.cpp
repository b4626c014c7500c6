#include "dialogs/script/template_checks.hpp"

#include "dialogs/meetings/words.hpp"
#include "dialogs/script/yaml_tree.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace tertulia::dialogs {
namespace {

// How a template looks from outside, as told where two do not agree.
std::string shape_of(const template_source& of) {
    std::string told = of.header.empty() ? "no gap in its header" : "a gap in its header";
    told += ", " + std::to_string(of.body.size()) + " in its body";
    for (const auto& one : of.body) {
        if (!one.name.empty()) told += " " + one.name;
    }
    told += " and ";
    if (of.buttons.empty()) return told + "no buttons";
    told += "the buttons";
    for (const auto& one : of.buttons) told += " " + one.pick;
    return told;
}

struct comparison {
    std::span<const message_source> entries;
    std::vector<diagnostic>& problems;

    void tell(const message_source& at, std::string what, std::string mend) const {
        const auto& its = *at.approved;
        findings(at.file, problems)
            .error(
                rule::bad_template,
                {.line = its.line, .column = its.column},
                std::move(what),
                std::move(mend)
            );
    }

    // Against the first that has one, told where it differs.
    void compare(const message_source& one, const message_source& other) const {
        const auto mine = shape_of(*one.approved);
        const auto theirs = shape_of(*other.approved);
        if (mine == theirs) return;
        const bool same_message = one.key == other.key;
        tell(
            one,
            "the template of '" + one.key + "' has " + mine + ", but " +
                (same_message ? "in " + other.language : "'" + other.key + "', which uses it too,") +
                " it has " + theirs,
            "give both the same gaps and buttons"
        );
    }
};

// A template's buttons are always there: each needs a choice that always is.
void check_button(
    const program& of,
    std::span<const program_state* const> asked_by,
    const std::string& key,
    const template_button_source& button,
    findings& noted
) {
    const place at{.line = button.line, .column = button.column};
    if (asked_by.empty()) {
        noted.error(
            rule::bad_template,
            at,
            "no question asks '" + key + "', so nobody hears what its buttons say",
            "take 'buttons' out, or ask it"
        );
    }
    for (const auto* state : asked_by) {
        const auto name = of.at(state->dialog).name + "." + state->name;
        std::vector<std::string> picks;
        for (const auto& row : state->choices) picks.push_back(row.pick);
        const auto row = std::find(picks.begin(), picks.end(), button.pick);
        if (row == picks.end()) {
            noted.error(
                rule::unknown_choice,
                at,
                "question '" + name + "' has no choice '" + button.pick + "'",
                mend_for(button.pick, picks)
            );
        } else if (state->choices[static_cast<std::size_t>(row - picks.begin())].when) {
            noted.error(
                rule::bad_template,
                at,
                "the template always has the button '" + button.pick + "', but '" + name +
                    "' offers it only sometimes",
                "leave out its 'when', or the button"
            );
        }
    }
}

// A card on a colleague's desk is no question of a dialog: its buttons are the desk's own.
bool is_desk_button(const program& of, std::string_view key, std::string_view pick) {
    static constexpr std::array<std::string_view, 3> cards{"desk.card", "desk.late", "desk.again"};
    static constexpr std::array<std::string_view, 3> buttons{"take", "note", "snooze"};
    return !of.cases.empty() && std::ranges::find(cards, key) != cards.end() &&
           std::ranges::find(buttons, pick) != buttons.end();
}

// Nor is what a meeting says: its choices are the machine's. Null: no meeting says it.
const meetings::message_shape* said_in_meetings(const program& of, std::string_view key) {
    if (of.meetings.all.empty()) return nullptr;
    const auto& all = meetings::messages_said();
    const auto found = std::ranges::find(all, key, &meetings::message_shape::key);
    return found == all.end() ? nullptr : &*found;
}

void check_meeting_button(
    const meetings::message_shape& of, const template_button_source& button, findings& noted
) {
    const auto choices = meetings::parts_of(of.choices);
    if (std::ranges::find(choices, button.pick) != choices.end()) return;
    std::string known;
    for (const auto one : choices) known += (known.empty() ? "" : ", ") + std::string{one};
    noted.error(
        rule::unknown_choice,
        {.line = button.line, .column = button.column},
        "a meeting offers no '" + button.pick + "' with '" + std::string{of.key} + "'",
        known.empty() ? "it offers nothing: take 'buttons' out" : "possible are: " + known
    );
}

}  // namespace

void check_templates(
    std::span<const message_source> entries,
    std::span<const language_tag> languages,
    std::vector<diagnostic>& problems
) {
    const comparison all{entries, problems};
    std::map<std::string_view, std::vector<const message_source*>> by_key;
    std::map<std::string, const message_source*> by_name;
    for (const auto& one : entries) {
        if (!one.approved) continue;
        by_key[one.key].push_back(&one);
        const auto [first, is_new] =
            by_name.try_emplace(one.approved->name + "/" + template_language(*one.approved, one.language), &one);
        if (!is_new && first->second->key != one.key) all.compare(one, *first->second);
    }
    for (const auto& [key, ones] : by_key) {
        for (const auto* one : ones) all.compare(*one, *ones.front());
        for (const auto& wanted : languages) {
            const std::string_view base = std::string_view(wanted).substr(0, wanted.find('-'));
            const bool there = std::any_of(ones.begin(), ones.end(), [&](const auto* one) {
                return one->language == wanted || one->language == base;
            });
            if (there) continue;
            all.tell(
                *ones.front(),
                "'" + ones.front()->key + "' has a template in " + ones.front()->language +
                    ", but none in " + wanted,
                "register it in that language too, and write it there"
            );
        }
    }
}

void check_template_buttons(
    const program& of,
    std::span<const message_source> entries,
    std::span<const message_use> uses,
    std::vector<diagnostic>& problems
) {
    std::set<std::string_view> used;
    for (const auto& use : uses) used.insert(use.key);
    std::map<message_id, std::vector<const program_state*>> asked_by;
    for (const auto& state : of.states) {
        if (state.does == verb::ask) asked_by[state.question].push_back(&state);
    }
    for (std::uint32_t i = 0; i < of.words->size(); ++i) {
        const message_id what{i};
        for (const auto& form : of.words->forms(what)) {
            if (!form.approved) continue;
            const auto& entry = entries[form.source];
            findings noted(entry.file, problems);
            for (const auto& button : entry.approved->buttons) {
                if (is_desk_button(of, entry.key, button.pick)) continue;
                // Of a house without meetings, their messages are there and nothing sends them.
                if (!used.contains(entry.key)) continue;
                if (const auto* said = said_in_meetings(of, entry.key)) {
                    check_meeting_button(*said, button, noted);
                    continue;
                }
                check_button(of, asked_by[what], entry.key, button, noted);
            }
        }
    }
}

}  // namespace tertulia::dialogs
