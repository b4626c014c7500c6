// Who plays the client in a rehearsal: what is on file for her number, and the PIN she would type.
// Where such people come from (the demonstration, a database) is the caller's business.

#pragma once

#include "dialogs/facts/facts.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct stand_in {
    std::vector<std::shared_ptr<const client_facts>> clients{};  // as in `facts`; none: a stranger
    std::string phone{};                                         // E.164
    std::string pin{};                                           // six digits; empty: none is set
};

// The well-known people a test may name.
struct rehearsal_cast {
    std::vector<std::string> names{};  // "rosa", small letters
    // As she is on that day. Called only with one of `names`.
    std::function<stand_in(std::string_view name, civil_date today)> find{};
};

}  // namespace tertulia::dialogs
