#include "dialogs/understanding/places.hpp"

#include "dialogs/understanding/entity_readers.hpp"
#include "dialogs/understanding/nearly.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr int no_fit = -1;

const std::string& as_compared(const token& of) {
    return of.kind == token_kind::word ? of.folded : of.plain;
}

// How many words are misspelt; no_fit where one is another word.
int slips(const std::vector<token>& tokens, std::size_t at, const std::vector<std::string>& words) {
    if (at + words.size() > tokens.size()) return no_fit;
    int count = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& one = tokens[at + i];
        if (one.used) return no_fit;
        const auto& said = as_compared(one);
        if (said == words[i]) continue;
        if (one.kind != token_kind::word || !nearly(said, words[i])) return no_fit;
        ++count;
    }
    return count;
}

}  // namespace

std::vector<std::string> place_key(const std::string& name) {
    std::vector<std::string> words;
    for (const auto& one : tokens_of(name)) {
        if (one.kind != token_kind::sign) words.push_back(as_compared(one));
    }
    return words;
}

place_names::place_names(std::vector<named_place> places) : places_(std::move(places)) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const auto add = [&](const std::string& name) {
            auto words = place_key(name);
            if (!words.empty()) forms_.push_back({std::move(words), i});
        };
        add(places_[i].name);
        for (const auto& other : places_[i].also) add(other);
    }
}

std::optional<place_names::match> place_names::at(
    const std::vector<token>& tokens, std::size_t at
) const {
    const form* best = nullptr;
    int best_slips = 0;
    bool torn = false;
    for (const auto& one : forms_) {
        if (best != nullptr && one.words.size() < best->words.size()) continue;
        const int count = slips(tokens, at, one.words);
        if (count == no_fit) continue;
        const bool longer = best == nullptr || one.words.size() > best->words.size();
        if (longer || count < best_slips) {
            best = &one;
            best_slips = count;
            torn = false;
        } else if (count == best_slips && one.place != best->place) {
            torn = true;
        }
    }
    if (best == nullptr || torn) return std::nullopt;
    return match{best->place, at + best->words.size()};
}

void read_places(scan& in) {
    if (in.rules.places == nullptr) return;
    for (std::size_t i = 0; i < in.tokens.size(); ++i) {
        const auto found = in.rules.places->at(in.tokens, i);
        if (!found) continue;
        in.take(
            entity_kind::place, i, found->end, in.rules.places->places()[found->place].name
        );
        i = found->end - 1;
    }
}

}  // namespace tertulia::dialogs
