#include "gateway/simulator/webhook_counters.hpp"

#include <nlohmann/json.hpp>

namespace tertulia::gateway::simulator {

nlohmann::json to_json(const webhook_counters& from) {
    return {
        {"webhooks_posted", from.posted},
        {"webhooks_acknowledged", from.acknowledged},
        {"webhooks_repeated", from.repeated},
        {"webhooks_given_up", from.given_up},
        {"webhooks_waiting", from.waiting}};
}

}  // namespace tertulia::gateway::simulator
