#include "dialogs/understanding/softmax.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace tertulia::dialogs {
namespace {

// Found on phrases held out for that (tests/corpus/understanding/tuned.*.tsv). Adagrad: steps grow
// shorter where much was learnt already; the pull towards nothing keeps rare features modest.
constexpr std::size_t rounds = 8;
constexpr std::size_t first_kept = 2;  // what is learnt is the mean of what stood after each round
constexpr float rate = 0.4F;
constexpr float pull = 0.003F;

// Examples come sorted by answer. A stride near the golden section of their number visits them
// evenly, wherever it stands; one that shares no divisor with it visits all.
std::size_t stride_for(std::size_t count) noexcept {
    constexpr double golden_section = 0.6180339887498949;
    auto stride = static_cast<std::size_t>(static_cast<double>(count) * golden_section) + 1;
    while (std::gcd(stride, count) != 1) ++stride;
    return stride;
}

void add_to(std::vector<float>& sum, const std::vector<float>& more) noexcept {
    std::transform(sum.begin(), sum.end(), more.begin(), sum.begin(), std::plus<>{});
}

}  // namespace

void to_shares(std::span<double> scores) noexcept {
    if (scores.empty()) return;
    const auto best = *std::max_element(scores.begin(), scores.end());
    double sum = 0.0;
    for (auto& each : scores) sum += each = std::exp(each - best);
    for (auto& each : scores) each /= sum;
}

std::vector<float> learn(const lesson& from) {
    const auto columns =
        std::accumulate(from.questions.begin(), from.questions.end(), std::size_t{});
    std::vector<float> weights(from.features * columns, 0.0F);
    if (from.examples.empty()) return weights;
    std::vector<float> walked(weights.size(), 1e-6F);  // squares of all steps so far
    std::vector<float> scores(columns);
    std::vector<double> shares(columns);
    const auto stride = stride_for(from.examples.size());
    std::vector<float> sum(weights.size(), 0.0F);
    const auto count = from.examples.size();
    for (std::size_t turn = 0; turn < count * rounds; ++turn) {
        const auto round = turn / count;
        const auto step = turn % count;
        if (step == 0 && round >= first_kept) add_to(sum, weights);
        // To and fro, so that no example always has the last word.
        const auto nth = round % 2 == 0 ? step : count - 1 - step;
        const auto& example = from.examples[nth * stride % count];
        std::fill(scores.begin(), scores.end(), 0.0F);
        for (const auto& [index, value] : example.features) {
            const float* row = &weights[index * columns];
            for (std::size_t c = 0; c < columns; ++c) scores[c] += value * row[c];
        }
        std::copy(scores.begin(), scores.end(), shares.begin());
        std::size_t first = 0;
        for (const auto answers : from.questions) {
            to_shares(std::span{shares}.subspan(first, answers));
            first += answers;
        }
        auto& errors = scores;  // by how much each answer is too likely
        std::copy(shares.begin(), shares.end(), errors.begin());
        for (const auto right : example.answers) errors[right] -= 1.0F;
        for (const auto& [index, value] : example.features) {
            float* row = &weights[index * columns];
            float* so_far = &walked[index * columns];
            for (std::size_t c = 0; c < columns; ++c) {
                const float slope = errors[c] * value + pull * row[c];
                so_far[c] += slope * slope;
                row[c] -= rate * slope / std::sqrt(so_far[c]);
            }
        }
    }
    add_to(sum, weights);
    for (auto& each : sum) each /= static_cast<float>(rounds + 1 - first_kept);
    return sum;
}

}  // namespace tertulia::dialogs
