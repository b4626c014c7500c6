// The operators' example phrases of config/, for tests of what the assistant learns from them.

#pragma once

#include "dialogs/understanding/intents.hpp"
#include "tests/source_folder.hpp"

#include <fstream>
#include <string>
#include <vector>

namespace tertulia::dialogs {

inline std::string source_path(const std::string& below) {
    return testing_files::source_folder().string() + "/" + below;
}

// The plain shape the phrase files have: "intent:" lines, then quoted phrases, one a line.
inline std::vector<phrase> shipped_examples() {
    std::vector<phrase> examples;
    for (const char* language : {"es", "en", "fr"}) {
        std::ifstream file{
            source_path(std::string{"config/dialogs/phrases/"} + language + ".yaml")};
        std::string intent;
        for (std::string line; std::getline(file, line);) {
            if (!line.empty() && line[0] >= 'a' && line[0] <= 'z')
                intent = line.substr(0, line.find(':'));
            const auto from = line.find('"');
            const auto to = line.rfind('"');
            if (line.empty() || line[0] == '#' || from == std::string::npos || to == from) continue;
            examples.push_back({intent, language, line.substr(from + 1, to - from - 1)});
        }
    }
    return examples;
}

}  // namespace tertulia::dialogs
