// Approved templates of messages: alike wherever they are written, and their buttons are choices of
// the questions they put.

#pragma once

#include "dialogs/script/compiler.hpp"
#include "dialogs/script/diagnostic.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/wording/catalogue.hpp"

#include <span>
#include <vector>

namespace tertulia::dialogs {

// A template of a message is there in every language, with the same gaps and buttons in each; and
// two messages that use one agree on them too. `languages` are those to be checked.
void check_templates(
    std::span<const message_source> entries,
    std::span<const language_tag> languages,
    std::vector<diagnostic>& problems
);

// Once the dialogs are compiled. `entries` are those the program's words were built from. Of a message
// that is not among the `uses` nothing is told here: that nobody says it is told elsewhere.
void check_template_buttons(
    const program& of,
    std::span<const message_source> entries,
    std::span<const message_use> uses,
    std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
