// Warnings about a language the institution speaks but does not understand, or that nobody can choose.

#pragma once

#include "dialogs/script/program.hpp"
#include "dialogs/script/script_set.hpp"

#include <span>
#include <vector>

namespace tertulia::dialogs {

// `languages`: those whose messages could be read; of another that is told, and nothing more.

// Of a language without a file of phrases: what people write in it is not recognised.
void check_phrases_files(
    const script_sources& from,
    std::span<const language_tag> languages,
    std::vector<diagnostic>& problems
);

// Of every language but the first that no `set: {language: …}` leads to.
void check_language_choice(
    const program& of, std::span<const language_tag> languages, std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
