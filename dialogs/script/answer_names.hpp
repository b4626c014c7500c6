// The names dialogs keep answers and values under, each of one type everywhere: found before
// anything else is compiled, since messages and conditions may speak of them. The type of a value
// that is set is that of its expression, which may itself speak of such names.

#pragma once

#include "dialogs/facts/schema.hpp"
#include "dialogs/script/dialog_source.hpp"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct kept_names {
    std::map<std::string, fact_type> types{};
    // Those that somewhere are made of what is hers alone, directly or through others: nobody reads
    // them who may not read that.
    std::set<std::string> personal{};
};

[[nodiscard]] kept_names answer_names(
    std::span<const dialog_source> dialogs, std::vector<diagnostic>& problems
);

// Whether `name: …` below `set:` is a value: neither a setting nor a slip of one.
[[nodiscard]] bool names_value(std::string_view name);

}  // namespace tertulia::dialogs
