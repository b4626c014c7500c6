// What the desk answers, as JSON and as RFC 9457 problems, with the mend in each.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/publishing/history.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace tertulia::gateway::answers {

[[nodiscard]] http::response json_answer(unsigned status, const nlohmann::json& body);
[[nodiscard]] nlohmann::json to_json(const publication& of);
// A short version as the full one begins: 16 hexadecimal digits.
[[nodiscard]] std::string short_text(std::uint64_t short_version);

[[nodiscard]] http::response published_meanwhile(const publications& all);
[[nodiscard]] http::response no_staff();
[[nodiscard]] http::response nothing_to_stay_on();
[[nodiscard]] http::response unchanged(const std::string& version);
[[nodiscard]] http::response nothing_before();
[[nodiscard]] http::response no_such_version();
[[nodiscard]] http::response no_longer_loads(const std::string& version);

}  // namespace tertulia::gateway::answers
