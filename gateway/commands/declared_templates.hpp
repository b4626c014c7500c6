// The templates the operators' messages name, for who compares them with the provider's.

#pragma once

#include "dialogs/script/script_set.hpp"
#include "gateway/accounts/declared.hpp"

#include <vector>

namespace tertulia::gateway {

[[nodiscard]] std::vector<declared_template> declared_templates(const dialogs::script_set& scripts);

}  // namespace tertulia::gateway
