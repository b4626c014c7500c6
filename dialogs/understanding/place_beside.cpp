#include "dialogs/understanding/place_beside.hpp"

#include "dialogs/understanding/tokens.hpp"

#include <utility>

namespace tertulia::dialogs {

std::optional<place_beside> find_place_beside(const place_names& known, std::string_view text) {
    const auto tokens = tokens_of(text);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto found = known.at(tokens, i);
        if (!found) continue;
        std::string rest{text.substr(0, tokens[i].begin)};
        rest += " ";
        rest += text.substr(tokens[found->end - 1].end);
        return place_beside{found->place, std::move(rest)};
    }
    return std::nullopt;
}

}  // namespace tertulia::dialogs
