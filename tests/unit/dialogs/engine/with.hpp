// The basic set with more dialogs and messages, for tests of one rule each.

#pragma once

#include "tests/unit/dialogs/script/sources.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::dialogs::testing_talk {

// A dialog of a name the basic set has takes its place.
inline script_sources sources_with(
    std::vector<std::string> dialogs, const std::string& messages = {}
) {
    auto from = testing_sources::basic();
    for (auto& text : dialogs) {
        const auto name = text.substr(8, text.find('\n') - 8);
        const auto path = "dialogs/" + name + ".yaml";
        std::erase_if(from.dialogs, [&](const source_file& file) { return file.path == path; });
        from.dialogs.push_back({path, std::move(text)});
    }
    from.messages[0].text += messages;
    return from;
}

inline std::shared_ptr<const script_set> with(
    std::vector<std::string> dialogs = {}, const std::string& messages = {}
) {
    const auto made = load_scripts(sources_with(std::move(dialogs), messages));
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    return made.scripts;
}

// What is told of a set that should not load.
inline std::string told_of(std::vector<std::string> dialogs, const std::string& messages = {}) {
    const auto made = load_scripts(sources_with(std::move(dialogs), messages));
    EXPECT_FALSE(made.scripts) << "it loads";
    return testing_sources::all_problems(made);
}

}  // namespace tertulia::dialogs::testing_talk
