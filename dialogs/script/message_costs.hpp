// Texts that cost too much as SMS.

#pragma once

#include "dialogs/script/diagnostic.hpp"
#include "dialogs/wording/catalogue.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace tertulia::dialogs {

inline constexpr std::size_t sms_segments_max = 3;

// Warns of `sms` variants longer than that. `texts` is what the catalogue was built from.
void check_sms(
    const catalogue& words,
    std::span<const message_source> texts,
    const institution& house,
    std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
