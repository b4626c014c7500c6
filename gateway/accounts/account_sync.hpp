// Asks Meta how an account stands: every page of its templates, and its number. Holds no rule.
//
// Threads: start() from any one; `told` is called on the HTTP client's thread and must only queue.

#pragma once

#include "adapters/whatsapp_cloud/account_api.hpp"
#include "gateway/http/client.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct account_reading {
    std::string channel{};
    std::vector<adapters::whatsapp_cloud::listed_template> templates{};
    bool with_templates{};  // false: nobody knows the account's id to ask for them
    adapters::whatsapp_cloud::number_standing number{};
    std::string trouble{};  // why it could not be read, ours and safe to log; empty: it could
};

// The client outlives what is under way. Without a business account id only the number is asked for.
void read_account(
    http::client& client,
    const adapters::whatsapp_cloud::channel_settings& of,
    std::function<void(account_reading)> told
);

// One call of an adapter's making; the deadline is for calls nobody waits for at the other end.
[[nodiscard]] http::call call_of(adapters::outbound_request request);

}  // namespace tertulia::gateway
