// A template as the provider approved it: what a send by it must fill, and what she then reads.
// Pure.

#pragma once

#include "gateway/simulator/meta_json.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace tertulia::gateway::simulator {

struct known_template {
    std::string name{};
    std::string language{};  // "es", "es_GT"; empty: any
    std::string header{};    // with its gaps as {{1}} or {{name}}; empty: none
    std::string body{};      // empty: what it says is not known, and anything fits
    std::vector<std::string> buttons{};  // titles of its quick replies
    std::string status{"APPROVED"};      // others are not taken
    std::string category{"UTILITY"};
};

// As GET message_templates lists it.
[[nodiscard]] nlohmann::json listed(const known_template& of);

// nullopt: `used`, the `template` of a send, fits. Else 132000 for another number of parameters,
// 132012 for names that differ, 132018 for buttons it does not have.
[[nodiscard]] std::optional<graph_error> misfit(
    const known_template& of, const nlohmann::json& used
);

// {"header", "body", "buttons"} with the gaps filled in.
[[nodiscard]] nlohmann::json filled(const known_template& of, const nlohmann::json& used);

// As a control gives it: "name", "name/language", or an object with the members above. nullopt:
// neither.
[[nodiscard]] std::optional<known_template> read_known_template(const nlohmann::json& from);
[[nodiscard]] nlohmann::json to_json(const known_template& from);

}  // namespace tertulia::gateway::simulator
