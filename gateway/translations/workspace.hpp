// The texts of one language beside those it is translated from: what goes to the translator and what
// comes back. Reads the operators' files; whoever calls it writes what it returns.

#pragma once

#include "dialogs/script/script_set.hpp"
#include "dialogs/translations/incoming.hpp"
#include "dialogs/translations/units.hpp"
#include "gateway/config/config.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::gateway {

// messages/translated/LANGUAGE.yaml: which source texts its translations were made from.
[[nodiscard]] std::filesystem::path records_file(const config& of, const std::string& language);

// What a command changes; the paths of the two files are the workspace's.
struct translation_changes {
    std::string messages{};  // the whole file
    std::string records{};
    std::size_t changed{};   // texts
    std::size_t as_before{};
    std::size_t initial{};   // marked as still to be done: left alone
    std::size_t empty{};     // not translated yet
};

class translation_workspace {
public:
    // Nothing, and the reasons in `problems`, if there is no such language or the files have
    // mistakes that translating cannot mend. A language without a file yet is a new one.
    [[nodiscard]] static std::optional<translation_workspace> open(
        const config& settings, const std::string& to, std::vector<dialogs::diagnostic>& problems
    );

    [[nodiscard]] std::string exported() const;  // the XLIFF file
    // All of it or, with a mistake anywhere, nothing.
    [[nodiscard]] std::optional<translation_changes> imported(
        const dialogs::source_file& xliff, std::vector<dialogs::diagnostic>& problems
    ) const;
    // The translations of these keys or contexts, none: of all, still say what the source says.
    [[nodiscard]] std::optional<translation_changes> confirmed(
        const std::vector<std::string>& keys, std::vector<dialogs::diagnostic>& problems
    ) const;

    [[nodiscard]] const dialogs::source_file& source() const noexcept { return source_; }
    [[nodiscard]] const dialogs::source_file& target() const noexcept { return target_; }
    [[nodiscard]] const std::filesystem::path& records() const noexcept { return records_file_; }

private:
    translation_workspace() = default;
    [[nodiscard]] bool load(std::vector<dialogs::diagnostic>& problems);
    // The sources with `text` as the target's file, gaps filled from the source language.
    [[nodiscard]] std::optional<dialogs::script_sources> with(
        const std::string& text, std::vector<dialogs::diagnostic>& problems
    ) const;
    [[nodiscard]] bool still_sound(
        const std::string& text,
        const dialogs::source_file& xliff,
        const std::vector<dialogs::incoming_text>& texts,
        std::vector<dialogs::diagnostic>& problems
    ) const;

    std::string from_{};
    std::string to_{};
    dialogs::script_sources sources_{};
    dialogs::source_file source_{};
    dialogs::source_file target_{};  // its text is empty if it is not there
    std::filesystem::path records_file_{};
    dialogs::translation_records made_from_{};
    std::vector<dialogs::translation_unit> units_{};
    std::shared_ptr<const dialogs::script_set> scripts_{};
};

}  // namespace tertulia::gateway
