// The examination of one WhatsApp number, from Meta's side and from the street's.

#pragma once

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "gateway/doctor/channel_doctor.hpp"

namespace tertulia::gateway {

[[nodiscard]] findings examine_whatsapp(
    const doctor_parts& parts, const adapters::whatsapp_cloud::channel_settings& of
);

}  // namespace tertulia::gateway
