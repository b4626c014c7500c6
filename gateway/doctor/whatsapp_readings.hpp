// What Meta's answers about a number, its token and its app mean for an operator. Pure: each takes
// one answer (status and body) and adds what it found.

#pragma once

#include "dialogs/message/time.hpp"
#include "gateway/accounts/declared.hpp"
#include "gateway/doctor/finding.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tertulia::gateway {

struct graph_reply {
    unsigned status{};  // 0: nobody answered
    std::string body{};
};

// GET /debug_token. The app's id, by which its subscriptions are asked for; empty: not known.
std::string read_token(
    const graph_reply& answer, const std::string& channel, instant now, findings& out
);
// GET /<WABA>/subscribed_apps. `app_id` empty: any app will do.
void read_app_subscription(
    const graph_reply& answer, const std::string& channel, const std::string& app_id, findings& out
);
// GET /<APP>/subscriptions. `address`: where Meta should call us.
void read_subscribed_fields(
    const graph_reply& answer, const std::string& channel, const std::string& address, findings& out
);
// GET ?fields=health_status of a number, an account or a template: `of` says which.
void read_health(
    const graph_reply& answer, const std::string& channel, const std::string& of, findings& out
);
// GET /<PNID>?fields=status,quality_rating,…
void read_number(const graph_reply& answer, const std::string& channel, findings& out);
// GET /<PNID>/settings.
void read_settings(const graph_reply& answer, const std::string& channel, findings& out);

// How each template our messages name stands with Meta: status, quality, category. What Meta has not
// or has otherwise is template_differences()'.
void read_templates(
    std::span<const declared_template> declared,
    std::span<const adapters::whatsapp_cloud::listed_template> there,
    const std::string& channel,
    findings& out
);

// The Date header of an answer; empty: nothing is found out.
void read_clock(
    std::string_view date, const std::string& channel, instant now, findings& out
);

}  // namespace tertulia::gateway
