#include "dialogs/message/numbered_text.hpp"

#include <cstddef>

namespace tertulia {

std::string numbered_text(const say_text& what) {
    std::string text = what.text;
    if (!text.empty() && !what.choices.empty()) text += '\n';
    std::size_t number = 0;
    for (const auto& one : what.choices) {
        if (!text.empty()) text += '\n';
        text += std::to_string(++number) + ". " + one.title;
        if (!one.description.empty()) text += " - " + one.description;
    }
    if (!what.footer.empty()) text += (text.empty() ? "" : "\n\n") + what.footer;
    return text;
}

}  // namespace tertulia
