// What WhatsApp shows of a message, in every language and variant (Meta: Interactive messages).

#include "dialogs/script/compiler_parts.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace tertulia::dialogs {
namespace {

// In UTF-16 units, by message_part.
struct bound {
    std::size_t units;
    std::string_view what;
};
constexpr std::array<bound, 5> bounds{{
    {4096, "a message"},
    {1024, "a question with buttons"},
    {20, "a button"},
    {24, "a row of a list"},
    {72, "the second line of a row"},
}};

const bound& bound_of(message_part part) noexcept {
    return bounds[static_cast<std::size_t>(part)];
}

bool one_line(message_part part) noexcept {
    return part == message_part::button || part == message_part::row ||
           part == message_part::description;
}

}  // namespace

void compiler::check_length(const word& key, message_id found, message_part part) {
    const auto& limit = bound_of(part);
    for (const auto& form : from_.words->forms(found)) {
        const bool may_be_empty = !form.constant && form.utf16_units == 0 && !one_line(part);
        if (may_be_empty) {
            error(
                rule::empty_text,
                key.at,
                "'" + key.text + "' has no words of its own in " + language_name(form.language) +
                    ": where what it tells is missing there is nothing to read",
                "write a word or two around it"
            );
        }
        if (form.utf16_units <= limit.units) continue;
        error(
            rule::text_too_long,
            key.at,
            "'" + key.text + "' has " + std::to_string(form.utf16_units) + " characters in " +
                language_name(form.language) + ", but " + std::string(limit.what) +
                " can show only " + std::to_string(limit.units)
        );
    }
}

void compiler::check_one_line(const word& key, message_id found, message_part part) {
    if (!one_line(part)) return;
    for (const auto& form : from_.words->forms(found)) {
        if (form.source >= from_.texts.size()) continue;
        const auto& text = from_.texts[form.source];
        if (text.pattern.find('\n') == std::string::npos) continue;
        findings(text.file, problems_)
            .error(
                rule::line_break,
                {.line = text.line, .column = text.column},
                "'" + key.text + "' has more than one line, but " +
                    std::string(bound_of(part).what) + " has only one",
                "write it on one line"
            );
    }
}

// WhatsApp refuses a question whose titles are not all different, and she may type one of them.
// Choices that both have a condition may exclude each other.
void compiler::check_titles(const state_source& from, const program_state& into) {
    for (const auto& language : from_.house->languages) {
        std::map<std::string, std::size_t> seen;
        for (std::size_t i = 0; i < into.choices.size(); ++i) {
            const auto& row = into.choices[i];
            // A title that does not exist has been told, and has no id of its own.
            if (!from.ask || !from_.words->find(from.ask->text + "." + row.pick)) continue;
            const auto forms = from_.words->forms(row.title);
            // One that is missing in a language was filled with a blank, which stands nowhere.
            if (!std::all_of(forms.begin(), forms.end(), [&](const auto& form) {
                    return form.constant && form.source < from_.texts.size() &&
                           (from_.texts[form.source].line > 0 || form.language != language);
                })) {
                continue;
            }
            const auto title = from_.words->format(
                row.title,
                language,
                {.channel = channel_kind::whatsapp, .whom = archetype::enabled},
                {}
            );
            const auto [first, is_new] = seen.emplace(title, i);
            if (is_new || (row.when && into.choices[first->second].when)) continue;
            error(
                rule::repeated_title,
                from.choices[i].pick.at,
                "'" + row.pick + "' and '" + into.choices[first->second].pick + "' both read \"" +
                    title + "\" in " + language_name(language),
                "give them different texts"
            );
        }
    }
}

}  // namespace tertulia::dialogs
