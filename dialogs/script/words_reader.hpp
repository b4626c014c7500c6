// The operators' other two kinds of file: messages (what we say) and phrases (what people say).

#pragma once

#include "dialogs/script/yaml_tree.hpp"
#include "dialogs/understanding/intents.hpp"
#include "dialogs/wording/catalogue.hpp"

#include <string>
#include <vector>

namespace tertulia::dialogs {

// An example phrase with its place.
struct phrase_source {
    phrase example{};
    std::string file{};
    place at{};         // of the phrase
    place intent_at{};  // of the intent's name
};

// "fr" -> "French"; the tag itself where we have no word for it.
[[nodiscard]] std::string language_name(const std::string& tag);

// False if the file as a whole cannot be read: then nothing is known of its language.
bool read_messages(
    const source_file& file, std::vector<message_source>& into, std::vector<diagnostic>& problems
);
bool read_phrases(
    const source_file& file, std::vector<phrase_source>& into, std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
