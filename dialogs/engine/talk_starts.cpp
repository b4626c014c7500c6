// Which dialog is started, and those that start without her asking.

#include "dialogs/engine/talk.hpp"

namespace tertulia::dialogs {

std::optional<dialog_index> talk::started(
    const text_map<started_dialogs>& by, std::string_view key
) {
    const auto found = by.find(key);
    if (found == by.end()) return std::nullopt;
    for (const auto dialog : found->second) {
        if (holds(script.at(dialog).starts_when)) return dialog;
    }
    return std::nullopt;
}

std::optional<dialog_index> talk::told_within_hours(std::string_view happening) {
    const auto wanted = started(script.by_event, happening);
    return wanted && script.at(*wanted).between ? wanted : std::nullopt;
}

bool talk::tell_of(std::string_view happening) {
    const auto wanted = started(script.by_event, happening);
    if (!wanted) return false;
    read_ |= read_client;
    if (!allowed(script.at(*wanted))) return false;
    unbidden = true;
    interrupt(*wanted);
    return true;
}

}  // namespace tertulia::dialogs
