// What every text costs as SMS, a line each: `tertulia check --sms`.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/wording/catalogue.hpp"

#include <ostream>

namespace tertulia::gateway {

// Those with an `sms` variant, or every text. `price` of one part; 0: nobody said.
enum class sms_shown : bool { variants, all };
void write_sms(
    std::ostream& to,
    const dialogs::catalogue& words,
    const institution& house,
    double price,
    sms_shown which
);

}  // namespace tertulia::gateway
