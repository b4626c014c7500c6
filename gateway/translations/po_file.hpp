// Gettext PO, the translators' format, to values and back, by gettext's own library. That library
// has process-wide state and takes file names only: one thread at a time, and the bytes go through a
// file in memory.

#pragma once

#include "dialogs/script/diagnostic.hpp"
#include "dialogs/translations/incoming.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::gateway {

inline constexpr std::size_t po_bytes_max = std::size_t{8} * 1024 * 1024;

struct po_catalogue {
    std::string language{};         // of the header's `Language`, "pt-BR"; empty: not said
    std::string source_language{};  // of `X-Source-Language`
    std::vector<dialogs::incoming_text> texts{};  // without obsolete ones; `line` is of the msgstr
};

// Nothing if the file cannot be read as a whole; every mistake goes to `problems`.
[[nodiscard]] std::optional<po_catalogue> read_po(
    const dialogs::source_file& file, std::vector<dialogs::diagnostic>& problems
);

struct po_text {
    std::string context{};
    std::string source{};
    std::string text{};
    bool fuzzy{};
    std::string comments{};  // for the translator; lines, each with its line break
};

// Throws std::system_error if there is no room for a file in memory.
[[nodiscard]] std::string to_po(
    const std::vector<po_text>& texts, const std::string& language, const std::string& source_language
);

}  // namespace tertulia::gateway
