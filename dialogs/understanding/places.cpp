#include "dialogs/understanding/places.hpp"

#include "dialogs/understanding/entity_readers.hpp"
#include "dialogs/understanding/nearly.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>
#include <span>
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

// ---- likeness

constexpr std::size_t name_letters_max = 60;

// Said around a place.
std::vector<std::string> without_pointing(std::vector<std::string> words) {
    static const std::set<std::string, std::less<>> around = [] {
        std::set<std::string, std::less<>> all;
        for (const char* one :
             {"en", "por", "a", "al", "vivo", "estoy", "soy", "cerca", "aqui", "desde", "in", "at",
              "near", "i", "m", "am", "from", "live", "j", "je", "habite", "vis", "suis", "dans",
              "pres", "du", "ici", "here", "centro", "center", "centre"}) {
            for (const auto& word : place_key(one)) all.insert(word);
        }
        return all;
    }();
    // Only before the name: "La Esperanza" and "Santa Maria de Jesus" keep theirs.
    const auto begins = std::find_if(words.begin(), words.end(), [](const std::string& one) {
        return !around.contains(one) && one != "de" && one != "d";
    });
    if (begins == words.end()) return words;
    words.erase(words.begin(), begins);
    return words;
}

std::string joined_words(std::span<const std::string> words) {
    std::string all;
    for (const auto& one : words) all += one;
    return all;
}

// Letters wrong, missing, too many, or swapped with their neighbour (optimal string alignment).
std::size_t slips_between(std::string_view left, std::string_view right) {
    std::vector<std::size_t> two_ago(right.size() + 1);
    std::vector<std::size_t> before(right.size() + 1);
    std::vector<std::size_t> now(right.size() + 1);
    std::iota(before.begin(), before.end(), std::size_t{0});
    for (std::size_t i = 1; i <= left.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const bool same = left[i - 1] == right[j - 1];
            now[j] = std::min({before[j] + 1, now[j - 1] + 1, before[j - 1] + (same ? 0 : 1)});
            const bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] &&
                                 left[i - 2] == right[j - 1];
            if (swapped) now[j] = std::min(now[j], two_ago[j - 2] + 1);
        }
        std::swap(two_ago, before);
        std::swap(before, now);
    }
    return before[right.size()];
}

double likeness_of_letters(std::string_view left, std::string_view right) {
    const auto longer = std::max(left.size(), right.size());
    if (longer == 0) return 0;
    return 1 - static_cast<double>(slips_between(left, right)) / static_cast<double>(longer);
}

// Of the whole name, or a little less of a part of it that is a word of its own.
double likeness_of(
    const std::vector<std::string>& said, const std::vector<std::string>& name
) {
    constexpr double of_a_part = 0.9;
    constexpr std::size_t part_letters_min = 5;
    const auto text = joined_words(said);
    double best = likeness_of_letters(text, joined_words(name));
    for (std::size_t from = 0; from < name.size(); ++from) {
        for (std::size_t count = 1; from + count <= name.size(); ++count) {
            const auto part = joined_words(std::span{name}.subspan(from, count));
            if (count == name.size() || part.size() < part_letters_min) continue;
            best = std::max(best, of_a_part * likeness_of_letters(text, part));
        }
    }
    return best;
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

std::vector<place_names::guess> place_names::guesses(
    std::string_view text, std::size_t most
) const {
    const auto said = without_pointing(place_key(std::string(text)));
    std::vector<guess> all;
    if (said.empty() || joined_words(said).size() > name_letters_max) return all;
    for (const auto& one : forms_) {
        const double likeness = likeness_of(said, one.words);
        if (likeness < guess_least) continue;
        const auto same =
            std::find_if(all.begin(), all.end(), [&](const guess& other) {
                return other.place == one.place;
            });
        if (same == all.end()) {
            all.push_back({one.place, likeness});
        } else {
            same->likeness = std::max(same->likeness, likeness);
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const guess& left, const guess& right) {
        return left.likeness > right.likeness;
    });
    if (all.size() > most) all.resize(most);
    return all;
}

std::optional<std::size_t> place_names::meant(std::string_view text) const {
    constexpr double likely = 0.74;
    constexpr double ahead = 0.08;
    const auto best = guesses(text, 2);
    if (best.empty() || best[0].likeness < likely) return std::nullopt;
    if (best.size() > 1 && best[0].likeness - best[1].likeness < ahead) return std::nullopt;
    return best[0].place;
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
