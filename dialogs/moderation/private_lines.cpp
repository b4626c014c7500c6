#include "dialogs/moderation/private_lines.hpp"

#include "dialogs/understanding/entities.hpp"

#include <string_view>
#include <vector>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view hers_alone = "private";
constexpr std::string_view for_all = "open";

// The best guess is wanted, however near the other is.
intent_limits always() {
    return {
        .act_at = 0.0,
        .act_by = 0.0,
        .careful_act_at = 0.0,
        .alone_at = 0.0,
        .alone_by = 0.0,
        .known_share = 0.3,
        .careful = {}};
}

// Words no line has, for what differs from one group to the next.
enum class stand_in : std::uint8_t { itself, sum, figure, name };
constexpr std::string_view written(stand_in what) noexcept {
    switch (what) {
        case stand_in::sum:
            return "xsumax";
        case stand_in::figure:
            return "xnumx";
        case stand_in::name:
            return "xnamex";
        case stand_in::itself:
            break;
    }
    return {};
}

std::string without_whom_and_how_much(const meeting_line& line) {
    const auto& words = line.words();
    std::vector<stand_in> stands(words.size(), stand_in::itself);
    for (const auto& one : line.figures()) {
        for (auto i = one.first; i < one.end; ++i) {
            stands[i] = one.money ? stand_in::sum : stand_in::figure;
        }
    }
    for (const auto& one : line.names()) {
        for (auto i = one.first; i < one.end; ++i) stands[i] = stand_in::name;
    }
    std::string made;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool goes_on = i > 0 && stands[i] != stand_in::itself && stands[i] == stands[i - 1];
        if (goes_on) continue;
        if (!made.empty()) made += ' ';
        made += stands[i] == stand_in::itself ? std::string_view{words[i].plain} : written(stands[i]);
    }
    return made;
}

}  // namespace

private_line_model::private_line_model(
    std::span<const sorted_line> lines, const meeting_lexicon& words, const reading_rules& reading
) {
    const meeting_roster nobody;
    auto rules = reading;
    std::vector<phrase> examples;
    examples.reserve(lines.size());
    for (const auto& one : lines) {
        rules.language = one.language;
        examples.push_back(
            {.intent = std::string{one.is_private ? hers_alone : for_all},
             .language = one.language,
             .text = without_whom_and_how_much({one.text, words, nobody, rules})}
        );
    }
    model_ = intent_model::train(examples, always());
}

std::optional<double> private_line_model::share_private(const meeting_line& line) const {
    const auto guess = model_.understand(without_whom_and_how_much(line));
    if (guess.intent.empty()) return std::nullopt;
    return guess.intent == hers_alone ? guess.confidence : 1.0 - guess.confidence;
}

}  // namespace tertulia::dialogs
