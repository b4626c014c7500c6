// What the desk's doors have in common: answers for the page, and who may change anything.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/simulator/graph_stand_in.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::gateway::simulator {

[[nodiscard]] http::response plain(const graph_answer& from);
[[nodiscard]] http::response page_file(std::string_view type, std::string_view content);

// The answer to a change that does not come from our own page: another site's form cannot send JSON,
// and its script says where it comes from.
[[nodiscard]] std::optional<http::response> foreign(const http::request& request);

// A door for changes, JSON of at most so many bytes, from our page only.
using change_handler = std::function<void(const http::request&, http::reply)>;
[[nodiscard]] http::route change_route(
    std::string path, std::size_t bytes_max, change_handler handle
);

// As a stand-in takes it; views into the request. `path` is below the stand-in's own.
[[nodiscard]] graph_request as_stand_in_sees(const http::request& request, std::string_view path);
// Answers when the stand-in would. One that is "dropped" stays away until the caller has given up:
// the gateway's server closes no connection without a word.
void answer_in_time(const graph_answer& answer, http::reply to, alarm& later);

[[nodiscard]] bool is_short_text(const nlohmann::json& object, const char* key, std::size_t most);

}  // namespace tertulia::gateway::simulator
