// The operators' list of words that do not belong in our texts, and where they stand all the same.

#pragma once

#include "dialogs/script/diagnostic.hpp"

#include <span>
#include <vector>

namespace tertulia::dialogs {

// Warnings only, except for mistakes in the list itself. Messages that cannot be read are passed
// over: who loads them tells of that.
void check_wording(
    const source_file& list,
    std::span<const source_file> messages,
    std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
