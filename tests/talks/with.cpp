#include "tests/talks/with.hpp"

#include "tests/talks/sources.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace tertulia::dialogs::testing_talk {

script_sources sources_with(
    std::vector<std::string> dialogs, const std::string& messages
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

std::shared_ptr<const script_set> with(
    std::vector<std::string> dialogs, const std::string& messages
) {
    const auto made = load_scripts(sources_with(std::move(dialogs), messages));
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    return made.scripts;
}

std::string told_of(std::vector<std::string> dialogs, const std::string& messages) {
    const auto made = load_scripts(sources_with(std::move(dialogs), messages));
    EXPECT_FALSE(made.scripts) << "it loads";
    return testing_sources::all_problems(made);
}

}  // namespace tertulia::dialogs::testing_talk
