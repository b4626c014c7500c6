// The names dialogs keep answers under, each of one type everywhere: found before anything else is
// compiled, since messages and conditions may speak of them.

#pragma once

#include "dialogs/facts/schema.hpp"
#include "dialogs/script/dialog_source.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace tertulia::dialogs {

[[nodiscard]] std::map<std::string, fact_type> answer_names(
    std::span<const dialog_source> dialogs, std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
