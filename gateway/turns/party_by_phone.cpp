#include "gateway/turns/party_by_phone.hpp"

namespace tertulia::gateway {

std::optional<party_id> party_by_phone(store& from, std::span<const std::string> phones) {
    for (const auto& phone : phones) {
        if (auto who = from.find_party({identity_kind::phone, phone})) return who;
        if (auto who = from.find_party({identity_kind::wa_id, phone.substr(1)})) return who;
    }
    return std::nullopt;
}

}  // namespace tertulia::gateway
