// What is different between two script sets, as the person who publishes reads it. Pure.

#pragma once

#include "dialogs/script/script_set.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

struct changed_names {
    std::vector<std::string> added{};
    std::vector<std::string> changed{};
    std::vector<std::string> removed{};
    [[nodiscard]] bool empty() const noexcept {
        return added.empty() && changed.empty() && removed.empty();
    }
};

struct difference {
    changed_names dialogs{};   // by their names
    changed_names messages{};  // "es: menu.what", with the variant where it is one
    changed_names phrases{};   // files, by language
    changed_names nudges{};    // policies, by name
    changed_names meetings{};  // files, by name
    bool institution{};        // its name, zone, currency, languages, country or telephone
    [[nodiscard]] bool empty() const noexcept {
        return dialogs.empty() && messages.empty() && phrases.empty() && nudges.empty() &&
               meetings.empty() && !institution;
    }
};

[[nodiscard]] difference compare(
    const dialogs::script_sources& before, const dialogs::script_sources& after
);

// "dialogs +1 ~2, messages ~4 -1"; "nothing" when nothing is different.
[[nodiscard]] std::string in_one_line(const difference& of);
// A line each: "+ dialog savings".
[[nodiscard]] std::vector<std::string> in_lines(const difference& of);

// Every file that is different, as `diff -u` shows it.
[[nodiscard]] std::string unified(
    const dialogs::script_sources& before, const dialogs::script_sources& after
);
// One text. Where two long texts have hardly a line in common, all of the one is replaced by all of
// the other instead of searching for what stayed.
[[nodiscard]] std::string unified(
    std::string_view name, std::string_view before, std::string_view after
);

}  // namespace tertulia::gateway
