#include "dialogs/understanding/entities.hpp"

#include "dialogs/understanding/answers.hpp"
#include "dialogs/understanding/entity_readers.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {

std::string_view name_of(entity_kind what) noexcept {
    switch (what) {
        case entity_kind::amount:
            return "amount";
        case entity_kind::date:
            return "date";
        case entity_kind::time:
            return "time";
        case entity_kind::number:
            return "number";
        case entity_kind::phone:
            return "phone";
        case entity_kind::yes_no:
            return "yes_no";
        case entity_kind::place:
            return "place";
    }
    return "number";
}

void scan::take(entity_kind kind, std::size_t first, std::size_t end, std::string value) {
    for (auto i = first; i < end; ++i) tokens[i].used = true;
    if (!value.empty()) found.push_back({kind, std::move(value), first, end});
}

std::vector<entity> entities_of(std::string_view text, const reading_rules& rules) {
    text = text.substr(0, entity_bytes_max);
    std::vector<entity> out;
    scan in{.rules = rules, .tokens = tokens_of(text), .text = text};
    if (in.tokens.empty()) return out;
    read_phones(in);
    read_places(in);  // "Zona 1" is no number
    read_dates(in);
    read_times(in);
    read_amounts_and_numbers(in);
    std::ranges::stable_sort(in.found, {}, &found_entity::first);
    for (auto& each : in.found) {
        const auto begin = in.tokens[each.first].begin;
        const auto end = in.tokens[each.end - 1].end;
        out.push_back(
            {each.kind, std::string{text.substr(begin, end - begin)}, std::move(each.value)}
        );
    }
    if (!out.empty()) return out;
    if (const auto answer = match_yes_no(text)) {
        const auto begin = in.tokens.front().begin;
        const auto end = in.tokens.back().end;
        out.push_back(
            {entity_kind::yes_no,
             std::string{text.substr(begin, end - begin)},
             *answer == yes_no::yes ? "yes" : "no"}
        );
    }
    return out;
}

}  // namespace tertulia::dialogs
