#include "dialogs/clients/confirmation.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {

bool is_way_to_confirm(std::string_view how) noexcept {
    return how == seen_in_person || how == called_back;
}

bool is_confirmed(
    const std::vector<confirmation>& all, std::string_view what, std::string_view client_id, instant now
) noexcept {
    return !client_id.empty() && std::ranges::any_of(all, [&](const confirmation& one) {
        return one.what == what && one.client_id == client_id && now < one.at + confirmed_for;
    });
}

void confirm(std::vector<confirmation>& all, confirmation made) {
    std::erase_if(all, [&](const confirmation& one) {
        return one.what == made.what || made.at >= one.at + confirmed_for;
    });
    if (all.size() >= confirmations_max) all.erase(all.begin());
    all.push_back(std::move(made));
}

void forget_confirmation(std::vector<confirmation>& all, std::string_view what) {
    std::erase_if(all, [&](const confirmation& one) { return one.what == what; });
}

}  // namespace tertulia::dialogs
