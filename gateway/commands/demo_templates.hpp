// What the simulator takes for approved: the templates of our own messages, in our own words. With
// a real provider only it knows what is.

#pragma once

#include "dialogs/script/script_set.hpp"
#include "gateway/simulator/known_template.hpp"

#include <optional>
#include <string_view>

namespace tertulia::gateway {

[[nodiscard]] std::optional<simulator::known_template> template_of_our_own(
    const dialogs::script_set& scripts, std::string_view name, std::string_view language
);

}  // namespace tertulia::gateway
