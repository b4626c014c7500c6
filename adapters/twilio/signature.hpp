// The signature itself, for verify() and for those who must sign as Twilio does.
//
// Internal to this folder and to tests/peers.

#pragma once

#include "adapters/wire/form.hpp"

#include <string>
#include <string_view>

namespace tertulia::adapters::twilio {

// What X-Twilio-Signature holds for a request to that whole address with those form fields.
[[nodiscard]] std::string signature_of(
    std::string_view url, form_fields fields, std::string_view auth_token
);

}  // namespace tertulia::adapters::twilio
