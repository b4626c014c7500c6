#include "dialogs/script/message_gaps.hpp"

#include <map>
#include <string_view>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t told_max = 10;

using first_uses = std::map<std::string_view, const message_use*>;

std::string used_in(const message_gap& of, const first_uses& first) {
    const auto used = first.find(of.key);
    if (used == first.end() || used->second->line == 0) return {};
    const std::string_view file = used->second->file;
    return " (used in " + std::string(file.substr(file.find_last_of('/') + 1)) + ":" +
           std::to_string(used->second->line) + ")";
}

void tell_many(
    std::span<const message_gap* const> gaps, const first_uses& first, findings noted
) {
    const auto& one = *gaps.front();
    noted.error(
        rule::missing_text,
        {},
        std::to_string(gaps.size()) + " messages have no " + language_name(one.language) +
            " text, the first: '" + one.key + "'" + used_in(one, first),
        "`tertulia translations export --to " + one.language + "` writes them all"
    );
}

}  // namespace

void tell_gaps(
    std::span<const message_gap> gaps,
    std::span<const message_use> uses,
    std::vector<diagnostic>& problems
) {
    first_uses first;
    for (const auto& use : uses) first.try_emplace(use.key, &use);
    std::map<std::string_view, std::vector<const message_gap*>> by_file;
    for (const auto& one : gaps) by_file[one.file].push_back(&one);
    for (const auto& [file, missing] : by_file) {
        const findings noted{std::string(file), problems};
        if (missing.size() > told_max) {
            tell_many(missing, first, noted);
            continue;
        }
        for (const auto* one : missing) {
            findings(noted).error(
                rule::missing_text,
                {},
                "'" + one->key + "' has no " + language_name(one->language) + " text" +
                    used_in(*one, first) + "; " + one->has + " has one"
            );
        }
    }
}

}  // namespace tertulia::dialogs
