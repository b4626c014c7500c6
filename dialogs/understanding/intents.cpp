#include "dialogs/understanding/intents.hpp"

#include "dialogs/understanding/bare_day.hpp"
#include "dialogs/understanding/guards.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/pieces.hpp"
#include "dialogs/understanding/rests.hpp"
#include "dialogs/understanding/softmax.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <unordered_map>
#include <utility>

namespace tertulia::dialogs {
namespace {

// Found on phrases held out for that (tests/corpus/understanding/tuned.*.tsv).
constexpr double sharpness = 1.5;  // how much the model's own doubt is believed
constexpr double language_bonus = 1.0;
// Of a day and nothing else the one guess is that she pays then: worth asking, never acted upon.
constexpr std::string_view what_a_day_is_for = "promise";
constexpr double bare_day_confidence = 0.3;
constexpr std::size_t text_bytes_used =
    400;  // a longer message is about more than one thing anyway

std::string_view base_of(std::string_view language) noexcept {
    return language.substr(0, language.find('-'));
}

void sort_out(std::vector<std::string>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

// Of a name that is there.
std::size_t index_in(const std::vector<std::string>& names, const std::string& name) {
    return static_cast<std::size_t>(
        std::lower_bound(names.begin(), names.end(), name) - names.begin()
    );
}

std::string prepared(std::string_view text) {
    return fold(text.substr(0, text_bytes_used));
}

}  // namespace

// All languages of an intent are learnt together (names, numbers and many words are shared), and
// beside the intents the languages. A rare piece tells more than a common one.
struct intent_model::learnt {
    intent_limits limits{};
    std::vector<std::string> intents{};     // sorted
    std::vector<language_tag> languages{};  // sorted
    struct meaning {
        std::size_t intent{};
        std::vector<std::size_t> languages{};  // "menu" is a word of several
    };
    struct example {
        std::size_t intent{};
        std::size_t language{};
        std::string folded{};
        auto operator<=>(const example&) const = default;
    };
    std::unordered_map<std::string, meaning> exact{};  // folded examples that stand for one intent
    std::unordered_map<std::uint64_t, std::uint32_t> pieces{};  // to their place in what follows
    std::vector<float> rarity{};
    std::vector<float> weights{};  // first the intents, then the languages, times rarity

    [[nodiscard]] std::size_t columns() const noexcept { return intents.size() + languages.size(); }

    struct reading {
        std::vector<double> confidences{};  // by intent
        double known_share{};
        std::size_t language{};
    };
    [[nodiscard]] reading read(std::string_view folded, std::string_view language) const;
    void learn_from(std::span<const example> examples);
    void decide(understood& about, const text_signs& signs) const;
};

intent_model::intent_model() : learnt_{std::make_unique<learnt>()} {}
intent_model::~intent_model() = default;
intent_model::intent_model(intent_model&&) noexcept = default;
intent_model& intent_model::operator=(intent_model&&) noexcept = default;

std::span<const std::string> intent_model::intents() const noexcept {
    return learnt_->intents;
}

intent_model intent_model::train(std::span<const phrase> examples, const intent_limits& limits) {
    auto made = std::make_unique<learnt>();
    made->limits = limits;
    for (const auto& each : examples) {
        made->intents.push_back(each.intent);
        made->languages.push_back(each.language);
    }
    sort_out(made->intents);
    sort_out(made->languages);

    std::vector<learnt::example> folded;
    folded.reserve(examples.size());
    for (const auto& each : examples) {
        folded.push_back(
            {index_in(made->intents, each.intent),
             index_in(made->languages, each.language),
             prepared(each.text)}
        );
    }
    // The order of lessons leaves a trace, and files may be read in any: sorted, it is always one.
    std::ranges::sort(folded);

    std::set<std::string> shared;  // the same words under two intents decide nothing
    for (const auto& each : folded) {
        const learnt::meaning meant{.intent = each.intent};
        auto& same = made->exact.try_emplace(each.folded, meant).first->second;
        same.languages.push_back(each.language);
        if (same.intent != each.intent) shared.insert(each.folded);
    }
    for (const auto& each : shared) made->exact.erase(each);
    made->exact.erase("");
    made->learn_from(folded);
    intent_model model;
    model.learnt_ = std::move(made);
    return model;
}

void intent_model::learnt::learn_from(std::span<const example> examples) {
    std::vector<example_row> rows;
    std::vector<std::uint32_t> last_in;  // by piece: the last example it was seen in
    std::vector<float> seen_in;          // by piece: in how many
    for (const auto& each : examples) {
        example_row row;
        pieces_of(each.folded, [&](std::uint64_t piece, bool) {
            const auto next = static_cast<std::uint32_t>(pieces.size());
            const auto index = pieces.try_emplace(piece, next).first->second;
            if (index == next) {
                last_in.push_back(0);
                seen_in.push_back(0.0F);
            }
            const auto number = static_cast<std::uint32_t>(rows.size() + 1);
            if (std::exchange(last_in[index], number) != number) seen_in[index] += 1.0F;
            row.features.push_back({index, 0.0F});
        });
        row.answers = {
            static_cast<std::uint32_t>(each.intent),
            static_cast<std::uint32_t>(intents.size() + each.language)};
        rows.push_back(std::move(row));
    }
    const auto all = static_cast<float>(rows.size());
    rarity.reserve(seen_in.size());
    for (const auto in : seen_in) rarity.push_back(std::log((1.0F + all) / (1.0F + in)) + 1.0F);
    for (auto& row : rows) {
        float square = 0.0F;
        for (const auto& each : row.features) square += rarity[each.index] * rarity[each.index];
        for (auto& each : row.features) each.value = rarity[each.index] / std::sqrt(square);
    }
    weights = learn(
        {.features = pieces.size(),
         .questions =
             {static_cast<std::uint32_t>(intents.size()),
              static_cast<std::uint32_t>(languages.size())},
         .examples = rows}
    );
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] *= rarity[i / columns()];
}

intent_model::learnt::reading intent_model::learnt::read(
    std::string_view folded, std::string_view language
) const {
    std::vector<double> scores(columns(), 0.0);
    std::size_t whole = 0;
    std::size_t known = 0;
    double square = 0.0;
    pieces_of(folded, [&](std::uint64_t piece, bool is_whole) {
        whole += is_whole ? 1 : 0;
        const auto found = pieces.find(piece);
        if (found == pieces.end()) return;
        known += is_whole ? 1 : 0;
        const auto rare = static_cast<double>(rarity[found->second]);
        square += rare * rare;
        const float* row = &weights[found->second * columns()];
        for (std::size_t c = 0; c < scores.size(); ++c) scores[c] += static_cast<double>(row[c]);
    });
    reading out;
    out.known_share = whole == 0 ? 0.0 : static_cast<double>(known) / static_cast<double>(whole);
    const auto scale = square > 0.0 ? sharpness / std::sqrt(square) : 0.0;
    for (auto& each : scores) each *= scale;
    const auto spoken = [&](std::size_t l) {
        const bool is_hers = !language.empty() && base_of(languages[l]) == base_of(language);
        return scores[intents.size() + l] + (is_hers ? language_bonus : 0.0);
    };
    for (std::size_t l = 1; l < languages.size(); ++l) {
        if (spoken(l) > spoken(out.language)) out.language = l;
    }
    scores.resize(intents.size());
    to_shares(scores);
    out.confidences = std::move(scores);
    return out;
}

understood intent_model::understand(std::string_view text, std::string_view language) const {
    const auto& model = *learnt_;
    understood about;
    const auto folded = prepared(text);
    if (folded.empty() || model.intents.empty()) return about;

    if (const auto same = model.exact.find(folded); same != model.exact.end()) {
        about.intent = model.intents[same->second.intent];
        about.confidence = 1.0;
        const auto& spoken = same->second.languages;
        const auto hers = std::ranges::find_if(spoken, [&](std::size_t one) {
            return base_of(model.languages[one]) == base_of(language);
        });
        about.language = model.languages[hers == spoken.end() ? std::ranges::min(spoken) : *hers];
        return about;
    }
    auto read = model.read(folded, language);
    auto& confidences = read.confidences;
    const bool known = read.known_share >= model.limits.known_share;
    if (known) about.language = model.languages[read.language];
    if (names_only_a_day(text, language)) {
        if (std::ranges::binary_search(model.intents, what_a_day_is_for)) {
            about.confidence = bare_day_confidence;
            about.alternatives.push_back({std::string{what_a_day_is_for}, bare_day_confidence});
        }
        return about;
    }
    if (!known) return about;
    auto signs = signs_of(folded);
    signs.rests = signs.refuses && signs.of_messages && names_a_rest(text, language);
    for (std::size_t i = 0; i < confidences.size(); ++i) {
        confidences[i] *= leaning(signs, model.intents[i]);
    }
    std::vector<std::size_t> order(confidences.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto shown = std::min<std::size_t>(3, order.size());
    std::partial_sort(
        order.begin(),
        order.begin() + static_cast<std::ptrdiff_t>(shown),
        order.end(),
        [&](std::size_t a, std::size_t b) {
            return confidences[a] != confidences[b] ? confidences[a] > confidences[b] : a < b;
        }
    );
    double sum = 0.0;
    for (const auto each : confidences) sum += each;
    if (sum <= 0.0) return about;
    for (std::size_t i = 0; i < shown; ++i) {
        about.alternatives.push_back({model.intents[order[i]], confidences[order[i]] / sum});
    }
    model.decide(about, signs);
    return about;
}

// `about.alternatives` holds up to three guesses, best first: act on the first, or ask.
void intent_model::learnt::decide(understood& about, const text_signs& signs) const {
    const auto is_careful = [&](const std::string& intent) {
        return std::find(limits.careful.begin(), limits.careful.end(), intent) !=
               limits.careful.end();
    };
    auto& guesses = about.alternatives;
    about.confidence = guesses[0].confidence;
    const auto stands_out = [&](double at, double by) {
        return about.confidence >= at &&
               (guesses.size() < 2 || about.confidence >= by * guesses[1].confidence);
    };
    const bool clear = is_careful(guesses[0].intent)
                           ? about.confidence >= limits.careful_act_at
                           : stands_out(limits.act_at, limits.act_by) ||
                                 stands_out(limits.alone_at, limits.alone_by);
    const bool safe = guesses.size() < 2 || !is_careful(guesses[1].intent) ||
                      guesses[1].confidence <= 1.0 - limits.careful_act_at;
    if (clear && safe && may_act(signs, guesses[0].intent)) {
        about.intent = guesses[0].intent;
        guesses.erase(guesses.begin());
    }
    if (guesses.size() > 2) guesses.resize(2);
    std::erase_if(guesses, [](const guess& each) { return each.confidence < 0.02; });
}

}  // namespace tertulia::dialogs
