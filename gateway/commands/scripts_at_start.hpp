// Which scripts a start serves. The rule: the last published version if there is one, else the
// files. Where the files are not what is served, the start says so and how to publish them.

#pragma once

#include "gateway/config/config.hpp"
#include "gateway/store/store.hpp"
#include "gateway/turns/script_library.hpp"

namespace tertulia::gateway {

// Throws std::runtime_error, after explaining every mistake on standard error, if neither loads.
[[nodiscard]] live_scripts scripts_at_start(store& from, const config& settings);

}  // namespace tertulia::gateway
