// Golden tests (`golden: true`) are written by the dialogs themselves and read by people: when what
// is said changes, their expecting steps are written anew and the change is looked at as text.

#pragma once

#include "dialogs/rehearsal/rehearse.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::dialogs {

// The file with the expecting steps of those golden tests that fail written anew; everything else,
// comments between steps included, stays byte for byte. The whole texts are written where a test is
// played in one language for one kind of person, else the keys alone. Nothing where a test cannot
// be brought up to date (it says why in `problems`) or none fails.
[[nodiscard]] std::optional<std::string> golden_anew(
    const source_file& file,
    const std::vector<dialog_test>& tests,
    const std::shared_ptr<const script_set>& scripts,
    const rehearsal_cast& cast,
    std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
