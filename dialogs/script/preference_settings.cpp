#include "dialogs/script/preference_settings.hpp"

#include "dialogs/script/dialog_shapes.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs {

const preference_setting* preference_of(setting what) {
    static const std::array<preference_setting, 5> all{{
        {setting::prefers_address, "address", {"courtesy", "first_name"}},
        {setting::prefers_form, "form", {"voice", "text", "any"}},
        {setting::prefers_hour, "hour", hour_words()},
        {setting::prefers_reminders, "reminders", {"more", "usual", "less"}},
        {setting::prefers_pause, "pause", {"any"}},
    }};
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const preference_setting& one) { return one.what == what; }
    );
    return found == all.end() ? nullptr : &*found;
}

}  // namespace tertulia::dialogs
