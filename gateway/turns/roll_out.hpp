// Who gets a version that is not yet everybody's. Pure, and the same answer every time: a stable
// hash of the person and the version, so that who tried one version need not be who tries the next.

#pragma once

#include "dialogs/message/identity.hpp"
#include "gateway/store/publication.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

struct roll_out {
    audience to{};
    int percent{};
};

// `staff` and `phones` are E.164. A larger share of the same version holds all of a smaller one.
[[nodiscard]] bool is_among_the_first(
    const roll_out& how,
    std::string_view version,
    party_id who,
    const std::vector<std::string>& phones,
    const std::vector<std::string>& staff
);

}  // namespace tertulia::gateway
