// The keys of tertulia.yaml (see dialogs/script/shape.hpp), for its reader and for editors.

#pragma once

#include "dialogs/script/shape.hpp"

namespace tertulia::gateway {

[[nodiscard]] const dialogs::map_shape& config_shape();
[[nodiscard]] const dialogs::map_shape& server_shape();
[[nodiscard]] const dialogs::map_shape& tls_shape();
[[nodiscard]] const dialogs::map_shape& store_shape();
[[nodiscard]] const dialogs::map_shape& price_table_shape();
[[nodiscard]] const dialogs::map_shape& received_shape();
[[nodiscard]] const dialogs::map_shape& whatsapp_channel_shape();
[[nodiscard]] const dialogs::map_shape& twilio_channel_shape();
[[nodiscard]] const dialogs::map_shape& reconcile_shape();
[[nodiscard]] const dialogs::map_shape& content_template_shape();
[[nodiscard]] const dialogs::map_shape& infobip_channel_shape();
[[nodiscard]] const dialogs::map_shape& vonage_channel_shape();
[[nodiscard]] const dialogs::map_shape& africas_talking_channel_shape();
[[nodiscard]] const dialogs::map_shape& kannel_channel_shape();
[[nodiscard]] const dialogs::map_shape& smpp_channel_shape();
[[nodiscard]] const dialogs::map_shape& ussd_channel_shape();
[[nodiscard]] const dialogs::map_shape& ledger_shape();
[[nodiscard]] const dialogs::map_shape& fineract_shape();
[[nodiscard]] const dialogs::map_shape& institution_shape();
[[nodiscard]] const dialogs::map_shape& colleague_shape();
[[nodiscard]] const dialogs::map_shape& assistant_shape();
[[nodiscard]] const dialogs::map_shape& account_shape();

}  // namespace tertulia::gateway
