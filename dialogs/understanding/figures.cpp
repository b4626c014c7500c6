#include "dialogs/understanding/figures.hpp"

#include "dialogs/understanding/entity_readers.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

constexpr std::int64_t parts_of_hundredth = parts_of_one / 100;

std::size_t after_share(const scan& in, std::size_t at) {
    if (in.any(at, "%", "percent")) return at + 1;
    if (in.any(at, "por", "per", "pour") && in.any(at + 1, "ciento", "cent")) return at + 2;
    return at;
}

figure_kind kind_of_taken(entity_kind kind) {
    if (kind == entity_kind::phone) return figure_kind::phone;
    return kind == entity_kind::time ? figure_kind::time : figure_kind::date;
}

}  // namespace

std::vector<figure> figures_of(std::string_view text, const reading_rules& rules) {
    scan in{.rules = rules, .tokens = tokens_of(text), .text = text};
    std::vector<figure> out;
    if (in.tokens.empty()) return out;
    read_phones(in);
    read_dates(in);
    read_times(in);
    for (const auto& one : in.found) {
        out.push_back(
            {.kind = kind_of_taken(one.kind),
             .begin = in.tokens[one.first].begin,
             .end = in.tokens[one.end - 1].end}
        );
    }
    for (std::size_t at = 0; at < in.tokens.size();) {
        const auto said = number_at(in, at);
        if (!said) {
            ++at;
            continue;
        }
        const auto end = std::max(said->end, at + 1);
        const auto share = after_share(in, end);
        figure one{
            .hundredths = said->unclear ? 0 : said->value / parts_of_hundredth,
            .begin = in.tokens[at].begin,
            .end = in.tokens[end - 1].end};
        if (said->unclear) {
            one.kind = figure_kind::unclear;
        } else if (share != end) {
            one.kind = figure_kind::share;
        } else if (is_counted_thing(in, end)) {
            one.kind = figure_kind::counted;
        } else if (said->shaped) {
            one.kind = figure_kind::shaped;
        }
        if (!said->article || one.kind == figure_kind::counted) out.push_back(one);
        at = share;
    }
    std::ranges::sort(out, {}, &figure::begin);
    return out;
}

}  // namespace tertulia::dialogs
