// Files on Meta's side: fetching what a person sent, and handing over what we send. An address Meta
// gives for a file lives five minutes, an id she sent seven days, one of ours thirty.
//
// Our token goes to Meta's hosts and to the host of api_base, and follows no redirection.

#pragma once

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "adapters/wire/media.hpp"

namespace tertulia::adapters::whatsapp_cloud {

// A fresh address is asked for each time: the one of the webhook may be old.
[[nodiscard]] media_step begin_media(
    const received_media& what, const channel_settings& channel
);
[[nodiscard]] media_step go_on_with_media(
    const media_step& before, const media_answer& answer, const channel_settings& channel
);

}  // namespace tertulia::adapters::whatsapp_cloud
