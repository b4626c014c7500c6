// Which kind of identity a WhatsApp value is, told by its shape: user ids have been put where
// numbers stood, by Meta and by those who resell it.

#pragma once

#include "dialogs/message/identity.hpp"

#include <optional>
#include <string_view>

namespace tertulia::adapters {

// ^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$ gives bsuid or parent_bsuid; digits, with or without a
// plus sign, give wa_id. Nothing else is an identity.
[[nodiscard]] std::optional<identity_kind> whatsapp_identity_kind(std::string_view value);

}  // namespace tertulia::adapters
