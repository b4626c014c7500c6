// Blocking a person at Meta: what she writes then does not come any more, and nothing of ours
// reaches her. Only who wrote within a day can be blocked.

#pragma once

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "adapters/wire/http.hpp"

#include <string>
#include <string_view>

namespace tertulia::adapters::whatsapp_cloud {

// `user`: "+50255551234", or a business-scoped user id.
[[nodiscard]] outbound_request render_block(const channel_settings& of, std::string_view user);
[[nodiscard]] outbound_request render_unblock(const channel_settings& of, std::string_view user);

struct block_answer {
    bool done{};
    int code{};            // the provider's; 0: none
    std::string reason{};  // why not, and what to do; ours, safe to show
};
[[nodiscard]] block_answer judge_block(const provider_response& answer);

}  // namespace tertulia::adapters::whatsapp_cloud
