// Fetching what a person sent by MMS or WhatsApp. Twilio asks for our credentials and answers with a
// redirection to a signed address, which gets none.

#pragma once

#include "adapters/twilio/twilio.hpp"
#include "adapters/wire/media.hpp"

namespace tertulia::adapters::twilio {

[[nodiscard]] media_step begin_media(
    const received_media& what, const channel_settings& channel
);
[[nodiscard]] media_step go_on_with_media(
    const media_step& before, const media_answer& answer, const channel_settings& channel
);

}  // namespace tertulia::adapters::twilio
