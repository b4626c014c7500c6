// What a translator sends back, checked before anything is written: whether each text may take the
// place of what is there.

#pragma once

#include "dialogs/translations/units.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace tertulia::dialogs {

struct incoming_text {
    std::string context{};
    std::string source{};  // the text it was translated from
    std::string text{};    // empty: not translated
    bool initial{};        // marked as still to be translated: it is left alone
    int line{};            // of `text`, in the file it came in
};

struct accepted_texts {
    std::map<std::string, std::string> changed{};  // by context: what differs from what is there
    translation_records made_from{};               // of every text that was taken
    std::size_t initial{};                         // left alone
    std::size_t empty{};
};

// Every mistake goes to `problems`, at its line of `file`; then nothing may be written. A text that
// is as it was is not looked at.
[[nodiscard]] accepted_texts accept(
    std::span<const incoming_text> texts,
    const std::string& file,
    std::span<const translation_unit> units,
    const program& of,
    std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
