#include "dialogs/wording/message_template.hpp"

#include <algorithm>

namespace tertulia::dialogs {

std::string template_language(const template_source& from, std::string_view tag) {
    if (!from.language.empty()) return from.language;
    std::string code{tag};
    std::replace(code.begin(), code.end(), '-', '_');
    return code;
}

template_form form_of(
    const template_source& from, std::string_view language, std::string_view text
) {
    template_form made{};
    made.name = from.name;
    made.language = template_language(from, language);
    made.category = from.category;
    for (const auto& one : from.buttons) made.picks.push_back(one.pick);
    if (!from.header.empty()) made.header = "{{1}}";
    // A brace within braces is a branch of a plural or select: its words depend on facts.
    std::size_t deepest = 0;
    std::size_t depth = 0;
    for (const char each : text) {
        if (each == '{') deepest = std::max(deepest, ++depth);
        if (each == '}' && depth > 0) --depth;
    }
    if (deepest < 2) made.body = text;
    for (std::size_t i = 0; i < from.body.size(); ++i) {
        const auto& gap = from.body[i];
        const auto mark = "{{" + (gap.name.empty() ? std::to_string(i + 1) : gap.name) + "}}";
        const auto at = made.body.find(gap.pattern);
        if (at != std::string::npos) {
            made.body.replace(at, gap.pattern.size(), mark);
        } else {
            made.body += (made.body.empty() ? "" : " ") + mark;
        }
    }
    return made;
}

}  // namespace tertulia::dialogs
