#include "dialogs/understanding/intents.hpp"

#include "dialogs/understanding/guards.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace tertulia::dialogs {
namespace {

// Found by trying on held-out phrases: see the accuracy test.
constexpr double smoothing = 0.07;
constexpr double sharpness = 1.4;
constexpr double language_bonus = 1.0;
constexpr std::size_t text_bytes_used =
    400;  // a longer message is about more than one thing anyway

std::uint64_t mix(std::uint64_t value) noexcept {
    value ^= value >> 32U;
    value *= 0xd6e8feb86659fd93ULL;
    value ^= value >> 29U;
    return value;
}

std::uint64_t hash(std::string_view piece, std::uint64_t kind) noexcept {
    std::uint64_t value = kind;
    for (const char c : piece) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return mix(value);
}

// Every piece of a folded text: 2 to 4 characters with the blanks between words, words, word pairs.
// Whole pieces (4 characters, words) are marked: what share of them is known tells a strange text.
template <class Take>
void pieces_of(std::string_view folded, const Take& take) {
    std::string padded;
    padded.reserve(folded.size() + 2);
    padded += ' ';
    padded += folded;
    padded += ' ';
    const std::string_view all = padded;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t length = 2; length <= 4 && i + length <= all.size(); ++length) {
            take(hash(all.substr(i, length), length), length == 4);
        }
    }
    std::string_view before;
    std::size_t at = 0;
    while (at < folded.size()) {
        const auto end = std::min(folded.find(' ', at), folded.size());
        const auto word = folded.substr(at, end - at);
        take(hash(word, 11), true);
        if (!before.empty()) {
            const auto start = static_cast<std::size_t>(before.data() - folded.data());
            take(hash(folded.substr(start, end - start), 13), false);
        }
        before = word;
        at = end + 1;
    }
}

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

// Each piece weighs how much likelier it makes an intent than all others together; that suits few
// and uneven examples better than likelihood alone. All languages of an intent are counted together
// (names, numbers and many words are shared), and beside them each language over all intents.
struct intent_model::counts {
    intent_limits limits{};
    std::vector<std::string> intents{};     // sorted
    std::vector<language_tag> languages{};  // sorted
    struct meaning {
        std::size_t intent{};
        std::vector<std::size_t> languages{};  // "menu" is a word of several
    };
    std::unordered_map<std::string, meaning> exact{};  // folded examples that stand for one intent
    // A row of weights for each piece: first the intents, then the languages.
    std::vector<std::pair<std::uint64_t, std::uint32_t>> table{};  // open addressing; row 0: free
    std::vector<float> rows{};

    [[nodiscard]] std::size_t columns() const noexcept { return intents.size() + languages.size(); }

    [[nodiscard]] const float* row(std::uint64_t piece) const noexcept {
        const auto mask = table.size() - 1;
        for (auto at = piece & mask; table[at].second != 0; at = (at + 1) & mask) {
            if (table[at].first == piece) return &rows[table[at].second * columns()];
        }
        return nullptr;
    }

    struct reading {
        std::vector<double> confidences{};  // by intent
        double known_share{};
        std::size_t language{};
    };
    [[nodiscard]] reading read(std::string_view folded, std::string_view language) const;
    void weigh(const std::map<std::uint64_t, std::vector<float>>& seen);
    void decide(understood& about, const text_signs& signs) const;
};

intent_model::intent_model() : counts_{std::make_unique<counts>()} {}
intent_model::~intent_model() = default;
intent_model::intent_model(intent_model&&) noexcept = default;
intent_model& intent_model::operator=(intent_model&&) noexcept = default;

std::span<const std::string> intent_model::intents() const noexcept {
    return counts_->intents;
}

intent_model intent_model::train(std::span<const phrase> examples, const intent_limits& limits) {
    auto made = std::make_unique<counts>();
    made->limits = limits;
    for (const auto& each : examples) {
        made->intents.push_back(each.intent);
        made->languages.push_back(each.language);
    }
    sort_out(made->intents);
    sort_out(made->languages);

    std::map<std::uint64_t, std::vector<float>> seen;
    std::set<std::string> shared;  // the same words under two intents decide nothing
    for (const auto& each : examples) {
        const auto folded = prepared(each.text);
        const auto intent = index_in(made->intents, each.intent);
        const auto language = index_in(made->languages, each.language);
        auto& same = made->exact.try_emplace(folded, counts::meaning{.intent = intent}).first->second;
        same.languages.push_back(language);
        if (same.intent != intent) shared.insert(folded);
        // A long example says more, yet not in proportion.
        std::size_t pieces = 0;
        pieces_of(folded, [&](std::uint64_t, bool) { ++pieces; });
        const auto weight = 10.0F / std::sqrt(static_cast<float>(pieces));
        pieces_of(folded, [&](std::uint64_t piece, bool) {
            auto& row = seen[piece];
            row.resize(made->columns());
            row[intent] += weight;
            row[made->intents.size() + language] += weight;
        });
    }
    for (const auto& each : shared) made->exact.erase(each);
    made->exact.erase("");
    made->weigh(seen);
    intent_model model;
    model.counts_ = std::move(made);
    return model;
}

// From counts to weights.
void intent_model::counts::weigh(const std::map<std::uint64_t, std::vector<float>>& seen) {
    const auto vocabulary = static_cast<double>(seen.size());
    std::vector<double> totals(columns(), 0.0);
    double total = 0.0;  // once over the intents; over the languages it is the same
    for (const auto& [piece, row] : seen) {
        for (std::size_t c = 0; c < row.size(); ++c) totals[c] += static_cast<double>(row[c]);
    }
    for (std::size_t c = 0; c < intents.size(); ++c) total += totals[c];

    std::size_t slots = 16;
    while (slots < seen.size() * 2) slots *= 2;
    table.assign(slots, {0, 0});
    rows.assign(columns(), 0.0F);
    rows.reserve((seen.size() + 1) * columns());
    std::uint32_t next = 1;
    for (const auto& [piece, row] : seen) {
        auto at = piece & (slots - 1);
        while (table[at].second != 0) at = (at + 1) & (slots - 1);
        table[at] = {piece, next++};
        double all = 0.0;
        for (std::size_t c = 0; c < intents.size(); ++c) all += static_cast<double>(row[c]);
        for (std::size_t c = 0; c < row.size(); ++c) {
            const auto mine = static_cast<double>(row[c]);
            const auto inside = (mine + smoothing) / (totals[c] + smoothing * vocabulary);
            const auto outside =
                (all - mine + smoothing) / (total - totals[c] + smoothing * vocabulary);
            rows.push_back(static_cast<float>(std::log(inside / outside)));
        }
    }
}

intent_model::counts::reading intent_model::counts::read(
    std::string_view folded, std::string_view language
) const {
    std::vector<float> scores(columns(), 0.0F);
    std::size_t whole = 0;
    std::size_t known = 0;
    std::size_t pieces = 0;
    pieces_of(folded, [&](std::uint64_t piece, bool is_whole) {
        const auto* found = row(piece);
        ++pieces;
        whole += is_whole ? 1 : 0;
        if (found == nullptr) return;
        known += is_whole ? 1 : 0;
        for (std::size_t c = 0; c < scores.size(); ++c) scores[c] += found[c];
    });
    reading out;
    out.known_share = whole == 0 ? 0.0 : static_cast<double>(known) / static_cast<double>(whole);
    const auto spoken = [&](std::size_t l) {
        const bool is_hers = !language.empty() && base_of(languages[l]) == base_of(language);
        return static_cast<double>(scores[intents.size() + l]) + (is_hers ? language_bonus : 0.0);
    };
    for (std::size_t l = 1; l < languages.size(); ++l) {
        if (spoken(l) > spoken(out.language)) out.language = l;
    }
    // Pieces overlap, and the more there are the more of them say the same.
    const auto dull = sharpness * std::sqrt(static_cast<double>(pieces));
    out.confidences.assign(scores.begin(), scores.begin() + std::ssize(intents));
    const auto best = *std::max_element(out.confidences.begin(), out.confidences.end());
    double sum = 0.0;
    for (auto& each : out.confidences) sum += each = std::exp((each - best) / dull);
    for (auto& each : out.confidences) each /= sum;
    return out;
}

understood intent_model::understand(std::string_view text, std::string_view language) const {
    const auto& model = *counts_;
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
    if (read.known_share < model.limits.known_share) return about;
    about.language = model.languages[read.language];
    const auto signs = signs_of(folded);
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
void intent_model::counts::decide(understood& about, const text_signs& signs) const {
    const auto is_careful = [&](const std::string& intent) {
        return std::find(limits.careful.begin(), limits.careful.end(), intent) !=
               limits.careful.end();
    };
    auto& guesses = about.alternatives;
    about.confidence = guesses[0].confidence;
    const bool alone = guesses.size() < 2 ||
                       about.confidence >= limits.alone_by * guesses[1].confidence;
    const bool clear = is_careful(guesses[0].intent)
                           ? about.confidence >= limits.careful_act_at
                           : about.confidence >= (alone ? limits.alone_at : limits.act_at);
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
