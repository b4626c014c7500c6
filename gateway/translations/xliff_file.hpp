// XLIFF 2.0, the translators' format, to values and back. No DTD, entity or other file is ever
// followed. What comes back may have been cut into segments and marked by a translator's program:
// it is put together again.

#pragma once

#include "dialogs/script/diagnostic.hpp"
#include "dialogs/translations/incoming.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::gateway {

// Of a file, and of all texts in it together.
inline constexpr std::size_t xliff_bytes_max = std::size_t{8} * 1024 * 1024;

struct xliff_catalogue {
    std::string language{};                       // trgLang
    std::string source_language{};                // srcLang
    int line{};                                   // where they stand
    std::vector<dialogs::incoming_text> texts{};  // one a unit; `line` is of its target
};

// Nothing if the file cannot be read as a whole; every mistake goes to `problems`.
[[nodiscard]] std::optional<xliff_catalogue> read_xliff(
    const dialogs::source_file& file, std::vector<dialogs::diagnostic>& problems
);

struct xliff_text {
    std::string context{};
    std::string source{};
    std::string text{};                // empty: not translated yet
    bool stale{};                      // `text` was translated from another source
    std::vector<std::string> notes{};  // for the translator
};

[[nodiscard]] std::string to_xliff(
    const std::vector<xliff_text>& texts,
    const std::string& language,
    const std::string& source_language
);

}  // namespace tertulia::gateway
