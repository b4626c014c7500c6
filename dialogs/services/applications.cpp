#include "dialogs/services/applications.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view core_prefix = "gw-";

}  // namespace

std::string application_number(std::int64_t conversation, std::uint32_t count) {
    return "A" + std::to_string(conversation) + "-" + std::to_string(count);
}

std::string core_name_of(std::string_view number) {
    return std::string{core_prefix} += number;
}

std::string_view application_of_core_name(std::string_view name) noexcept {
    if (!name.starts_with(core_prefix)) return {};
    name.remove_prefix(core_prefix.size());
    return name.starts_with('A') ? name : std::string_view{};
}

const loan_request* request_of(const sent_application& what, const client_facts& who) noexcept {
    const auto found = std::ranges::find_if(who.requests, [&](const loan_request& one) {
        return one.application.size() == core_prefix.size() + what.number.size() &&
               one.application.starts_with(core_prefix) && one.application.ends_with(what.number);
    });
    return found == who.requests.end() ? nullptr : &*found;
}

std::string_view state_of(const loan_request* request) noexcept {
    if (request == nullptr) return "received";
    switch (request->status) {
        case loan_status::submitted:
            return "in_review";
        case loan_status::approved:
            return "approved";
        case loan_status::rejected:
            return "refused";
        case loan_status::active:
        case loan_status::closed:
        case loan_status::written_off:
            return "paid_out";
    }
    return "received";
}

}  // namespace tertulia::dialogs
