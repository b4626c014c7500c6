// Lines of a test file, written: what happened and what came of it. For conversations that are
// recorded and for golden tests that are brought up to date.

#pragma once

#include "dialogs/rehearsal/stage.hpp"
#include "dialogs/rehearsal/test_source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// A text as a YAML value on one line, always between quotes.
[[nodiscard]] std::string quoted(std::string_view text);

// "- she: [cannot]", without indentation; of a step that happens.
[[nodiscard]] std::string line_of(const test_step& step, const language_tag& language);

enum class with_texts : std::uint8_t { no, yes };

// What the last call on the stage gave, as the steps that would expect exactly it, without
// indentation. `was_under_way`: before that call; an end is only worth a line after a beginning.
[[nodiscard]] std::vector<std::string> lines_expecting(
    const stage& after, bool was_under_way, with_texts texts
);

}  // namespace tertulia::dialogs
