// What texts are shown with, held against the files there are and what WhatsApp takes.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/script/diagnostic.hpp"
#include "dialogs/wording/catalogue.hpp"

#include <span>
#include <vector>

namespace tertulia::dialogs {

// Gives each attachment its path, and takes those out that cannot be shown. `assistant` in place of
// a picture's name is the one of the institution's assistant.
void check_media(
    std::span<message_source> entries,
    std::span<const media_file> files,
    const institution& house,
    std::vector<diagnostic>& problems
);

// The same of recordings that go with no message, of one file. Those that cannot be played keep an
// empty path.
void check_recordings(
    const std::string& file,
    std::span<attachment_source> recordings,
    std::span<const media_file> files,
    const institution& house,
    std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
