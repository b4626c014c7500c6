// Files on Meta's side: fetching what a person sent, and handing over what we send. An address Meta
// gives for a file lives five minutes, an id she sent seven days, one of ours thirty.
//
// Our token goes to Meta's hosts and to the host of api_base, and follows no redirection.

#pragma once

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "adapters/wire/media.hpp"

#include <chrono>
#include <string_view>

namespace tertulia::adapters::whatsapp_cloud {

// A fresh address is asked for each time: the one of the webhook may be old.
[[nodiscard]] media_step begin_media(
    const received_media& what, const channel_settings& channel
);
[[nodiscard]] media_step go_on_with_media(
    const media_step& before, const media_answer& answer, const channel_settings& channel
);

// A file we send, handed over before a message names it: POST /<phone number id>/media, multipart.
[[nodiscard]] outbound_request render_upload(
    std::string_view bytes,
    std::string_view mime_type,
    std::string_view name,
    const channel_settings& channel
);
// Accepted: provider_id is the file's. What the API refuses has the reactions of a message's.
[[nodiscard]] verdict judge_upload(const provider_response& answer);
// Whether a message that named a file by its id may have been refused because of the file: it has
// expired, it was deleted, or Meta could not read it.
[[nodiscard]] bool blames_file(int code) noexcept;
inline constexpr std::chrono::hours upload_lives{30 * 24};

}  // namespace tertulia::adapters::whatsapp_cloud
