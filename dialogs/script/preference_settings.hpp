// The settings that are preferences of hers: what they are called where they are kept, and the words
// each takes.

#pragma once

#include "dialogs/script/program.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct preference_setting {
    setting what{};
    std::string_view name{};           // as dialogs/clients/preferences.hpp keeps it
    std::vector<std::string> words{};  // of "hour" and "pause" also the answer that is it
};

// nullptr: a setting of another kind.
[[nodiscard]] const preference_setting* preference_of(setting what);

}  // namespace tertulia::dialogs
