// How private a line of a meeting is, learnt from lines that operators have sorted: those that tell
// what somebody owes, pays or has saved, and those that are for all. Sums, other figures and names
// are each one word to it, so that it learns how people say such things, not who and how much.
//
// Deterministic; immutable after learn(), free to use from any thread.

#pragma once

#include "dialogs/message/language.hpp"
#include "dialogs/moderation/line.hpp"
#include "dialogs/understanding/intents.hpp"

#include <optional>
#include <span>
#include <string>

namespace tertulia::dialogs {

struct sorted_line {
    bool is_private{};
    language_tag language{};
    std::string text{};
};

class private_line_model {
public:
    // `words` and `reading`: as the lines will be judged with; the language is each line's own.
    private_line_model(
        std::span<const sorted_line> lines, const meeting_lexicon& words, const reading_rules& reading
    );

    // From 0, for all, to 1, hers alone. Nothing: too few of its words were ever sorted.
    [[nodiscard]] std::optional<double> share_private(const meeting_line& line) const;

private:
    intent_model model_;
};

}  // namespace tertulia::dialogs
