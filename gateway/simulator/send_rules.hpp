// Meta's rules for POST /{version}/{phone number id}/messages, as far as a gateway can break them:
// which fields, which lengths, how many buttons. A message this accepts Meta accepts in form; what
// depends on time and people (window, rates, who exists) is the stand-in's business.

#pragma once

#include "gateway/simulator/known_template.hpp"
#include "gateway/simulator/meta_json.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>
#include <string_view>

namespace tertulia::gateway::simulator {

// What the rules must ask about.
struct send_context {
    std::function<bool(std::string_view media_id)> has_media{};
    std::function<bool(std::string_view name, std::string_view language)> has_template{};
    // nullopt: what it says is not known.
    std::function<std::optional<known_template>(std::string_view name, std::string_view language)>
        find_template{};
};

// nullopt: well formed.
[[nodiscard]] std::optional<graph_error> broken_rule(
    const nlohmann::json& body, const send_context& context
);

}  // namespace tertulia::gateway::simulator
