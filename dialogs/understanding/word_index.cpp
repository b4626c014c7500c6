#include "dialogs/understanding/word_index.hpp"

#include "dialogs/understanding/nearly.hpp"
#include "dialogs/understanding/places.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <set>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t letters_min = 5;  // of a word that may have a slip, as nearly() has it
constexpr std::size_t words_max = 24;   // of a text: more is no place

// Said around a place, in all languages; folded as the words they are compared with.
bool points_only(const std::string& word) {
    static const std::set<std::string, std::less<>> all = [] {
        std::set<std::string, std::less<>> made;
        for (const char* one :
             {"a a la el los las de del d al en por y o que es",
              "vivo estoy soy ando trabajo quedo cerca aqui aca ahi alla desde hasta donde",
              "frente enfrente atras detras delante junto lado costado contiguo esquina abajo "
              "arriba",
              "cuadra cuadras media metros favor hola buenas gracias mi su yo le me",
              "in at near by i m am from live work the of to on is it here there please hello my",
              "next behind opposite front across beside corner side block blocks",
              "j je habite vis suis dans pres du des le les l au aux chez ici la bas et ou sur",
              "face derriere devant cote coin bonjour merci mon ma"}) {
            for (auto& each : place_key(one)) made.insert(std::move(each));
        }
        return made;
    }();
    return all.contains(word);
}

template <class Use>
void each_shortened(const std::string& word, const Use& use) {
    use(word);
    std::string left;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (i > 0 && word[i] == word[i - 1]) continue;
        left.assign(word, 0, i).append(word, i + 1);
        use(left);
    }
}

}  // namespace

word_index::word_index(const std::vector<std::string>& descriptions) : count_{descriptions.size()} {
    for (std::size_t i = 0; i < descriptions.size(); ++i) {
        for (auto& word : place_key(descriptions[i])) {
            if (points_only(word)) continue;
            auto& all = holds_[std::move(word)];
            const auto number = static_cast<std::uint32_t>(i);
            if (all.empty() || all.back() != number) all.push_back(number);
        }
    }
    for (const auto& [word, all] : holds_) {
        if (word.size() + 1 < letters_min) continue;
        each_shortened(word, [this, &heard_word = word](const std::string& left) {
            shortened_[left].push_back(heard_word);
        });
    }
}

double word_index::weight_of(std::size_t count) const noexcept {
    return std::log(
        1 + static_cast<double>(count_) / static_cast<double>(std::max<std::size_t>(count, 1))
    );
}

word_index::heard word_index::hear(const std::string& word) const {
    heard made;
    if (const auto found = holds_.find(word); found != holds_.end()) {
        made.in.push_back(&found->second);
    } else if (word.size() + 1 >= letters_min) {
        std::vector<std::string_view> likely;
        each_shortened(word, [&](const std::string& left) {
            const auto same = shortened_.find(left);
            if (same == shortened_.end()) return;
            for (const auto& other : same->second) {
                if (nearly(word, other)) likely.push_back(other);
            }
        });
        std::sort(likely.begin(), likely.end());
        likely.erase(std::unique(likely.begin(), likely.end()), likely.end());
        for (const auto other : likely) made.in.push_back(&holds_.find(std::string{other})->second);
    }
    for (const auto* all : made.in) made.count += all->size();
    made.weight = weight_of(made.count);
    return made;
}

std::vector<word_index::heard> word_index::words_in(std::string_view text) const {
    auto words = place_key(std::string{text});
    std::erase_if(words, points_only);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::vector<heard> all;
    if (words.size() > words_max) return all;
    for (const auto& word : words) all.push_back(hear(word));
    return all;
}

std::vector<std::uint32_t> word_index::meant(std::string_view text) const {
    const auto words = words_in(text);
    const heard* rarest = nullptr;
    double whole = 0;
    for (const auto& one : words) {
        whole += one.weight;
        if (one.count > 0 && (rarest == nullptr || one.count < rarest->count)) rarest = &one;
    }
    std::vector<std::uint32_t> best;
    if (rarest == nullptr || rarest->count > told_most) return best;
    // Whatever holds most of the weight holds the rarest word, or as good as.
    list candidates;
    for (const auto* all : rarest->in)
        candidates.insert(candidates.end(), all->begin(), all->end());
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    double most = share_least * whole;
    for (const auto candidate : candidates) {
        double held = 0;
        for (const auto& one : words) {
            const bool there = std::any_of(one.in.begin(), one.in.end(), [&](const list* all) {
                return std::binary_search(all->begin(), all->end(), candidate);
            });
            if (there) held += one.weight;
        }
        constexpr double as_much = 1e-9;
        if (held + as_much < most) continue;
        if (held > most + as_much) best.clear();
        most = std::max(most, held);
        best.push_back(candidate);
    }
    return best;
}

}  // namespace tertulia::dialogs
