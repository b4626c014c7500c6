// Multinomial logistic regression over few, sparse examples: learns for every feature how much it
// speaks for each answer of one or more questions asked of the same text ("which intent?", "which
// language?"). Deterministic: a fixed order, no chance. Chosen by measurement: see the table in
// dialogs/README.md.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tertulia::dialogs {

struct feature {
    std::uint32_t index{};
    float value{};
};

struct example_row {
    std::vector<feature> features{};       // of unit length together
    std::vector<std::uint32_t> answers{};  // of each question: the right column, counted over all
};

// `questions`: how many answers each has; their columns follow one another.
struct lesson {
    std::size_t features{};
    std::vector<std::uint32_t> questions{};
    std::span<const example_row> examples{};
};

// Weights, feature by feature, a column for each answer.
[[nodiscard]] std::vector<float> learn(const lesson& from);

// From scores to shares of one, in place.
void to_shares(std::span<double> scores) noexcept;

}  // namespace tertulia::dialogs
