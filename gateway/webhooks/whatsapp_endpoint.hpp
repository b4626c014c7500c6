// GET and POST /webhooks/{channel} of a WhatsApp Cloud channel: the signature first, over the raw
// bytes; then the body is parsed and admitted whole. 200 only when its last element is committed.
//
// A wrong signature leaves no trace but a metric: the provider redelivers for days, so nothing is
// lost while an operator mends a wrong secret.

#pragma once

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "gateway/http/http.hpp"
#include "gateway/insight/metrics.hpp"
#include "gateway/turns/inbox.hpp"

#include <vector>

namespace tertulia::gateway {

inline constexpr std::size_t webhook_body_bytes_max = 4 * 1024 * 1024;  // Meta posts up to 3 MB

// The handlers keep references to `to` and `counts`, which must outlive the server. Safe on any
// number of I/O threads.
[[nodiscard]] std::vector<http::route> whatsapp_routes(
    adapters::whatsapp_cloud::channel_settings channel, inbox& to, metrics& counts
);

}  // namespace tertulia::gateway
