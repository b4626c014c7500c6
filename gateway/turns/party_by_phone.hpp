// Whose conversation it is, by the telephones a client is known by.

#pragma once

#include "gateway/store/store.hpp"

#include <optional>
#include <span>
#include <string>

namespace tertulia::gateway {

// The first that has written from one of them, E.164, in their order. On the writer thread.
[[nodiscard]] std::optional<party_id> party_by_phone(
    store& from, std::span<const std::string> phones
);

}  // namespace tertulia::gateway
