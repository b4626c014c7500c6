// What a message that we begin costs, by the prices of the config: of WhatsApp by its template's category,
// of an SMS that of one part. Where the config has no price, nothing is made up.
//
// Threads: any; what it looks at outlives it.

#pragma once

#include "dialogs/script/script_set.hpp"
#include "gateway/config/config.hpp"
#include "gateway/nudges/preview.hpp"

namespace tertulia::gateway {

[[nodiscard]] price_of_message nudge_prices(
    const config& settings, const dialogs::script_set& scripts
);

// "12.40 USD", "12.40 USD and 3.00 GTQ; 7 messages have no price in the config", "unknown: …".
[[nodiscard]] std::string cost_in_words(const preview& of);

}  // namespace tertulia::gateway
