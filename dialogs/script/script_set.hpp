// One immutable, fully checked version of everything operators wrote: dialogs and messages. Shared
// between threads; compiled once, never touched by YAML again.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/script/diagnostic.hpp"
#include "dialogs/wording/attachments.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::dialogs {

class program;  // dialogs/script/program.hpp: what the engine reads

struct script_sources {
    std::vector<source_file> dialogs{};   // dialogs/*.yaml
    std::vector<source_file> messages{};  // messages/*.yaml: what we say
    std::vector<source_file> phrases{};   // dialogs/phrases/*.yaml: what people say, by intent
    std::vector<source_file> nudges{};    // nudges/*.yaml: when we speak first
    std::vector<source_file> meetings{};  // meetings/*.yaml: what is heard in meetings
    std::vector<media_file> media{};      // media/*: what texts may be shown with
    institution of{};
};

class script_set {
public:
    explicit script_set(std::shared_ptr<const program> compiled, std::string version);

    // SHA-256 over all sources, lower-case hex; what "a version" means everywhere.
    [[nodiscard]] const std::string& version() const noexcept { return version_; }
    // Its first 64 bits, as sessions and buttons carry it.
    [[nodiscard]] std::uint64_t short_version() const noexcept { return short_version_; }
    [[nodiscard]] const program& compiled() const noexcept { return *program_; }

private:
    std::shared_ptr<const program> program_;
    std::string version_;
    std::uint64_t short_version_;
};

struct load_result {
    std::shared_ptr<const script_set> scripts{};  // null if there is any error
    std::vector<diagnostic> problems{};           // errors and warnings, by file and line
};

// Loads, checks everything (states reached, targets, messages in every language, expressions,
// limits of the channels) and compiles. Never throws for what an operator wrote.
[[nodiscard]] load_result load_scripts(const script_sources& from);

}  // namespace tertulia::dialogs
