#include "dialogs/wording/regions.hpp"

#include "dialogs/wording/calendar.hpp"

#include <unicode/locid.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <string>

namespace tertulia::dialogs {

bool is_country(std::string_view code) noexcept {
    for (const char* const* known = uloc_getISOCountries(); *known != nullptr; ++known) {
        if (code == *known) return true;
    }
    return false;
}

bool is_language(std::string_view tag) {
    const auto base = tag.substr(0, tag.find('-'));
    const bool letters =
        std::all_of(base.begin(), base.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!letters || base.size() < 2 || base.size() > 3) return false;
    UErrorCode status = U_ZERO_ERROR;
    const auto locale =
        icu::Locale::forLanguageTag({tag.data(), static_cast<int32_t>(tag.size())}, status);
    if (U_FAILURE(status) || locale.isBogus()) return false;
    return base.size() == 3 || !std::string_view{uloc_getISO3Language(locale.getName())}.empty();
}

bool is_time_zone(std::string_view name) {
    return local_calendar::make(name).has_value();
}

}  // namespace tertulia::dialogs
