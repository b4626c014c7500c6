// The query of a URL as names and values, percent-decoded. Knows no header and no body.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::gateway::http {

// In order, repeated names kept; '+' is a space, as forms write it. Values are bytes: whoever needs
// UTF-8 checks it. Empty optional: a '%' without two digits behind it, or a byte no query may hold.
using query_parameters = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::optional<query_parameters> parse_query(std::string_view raw);

// The first value of `name`; none if the query is malformed or does not hold it.
[[nodiscard]] std::optional<std::string> query_value(std::string_view raw, std::string_view name);

// A segment of a path, where '+' is itself; nothing if a '%' is without two digits behind it.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

// For the path and the values of a URL we build: everything but unreserved characters is encoded.
[[nodiscard]] std::string percent_encode(std::string_view text);

// A call's URL, taken apart. Internal to the client, here because Boost.URL is included once.
struct url_parts {
    bool secure{};
    std::string host{};       // lower case, an IPv6 address without brackets
    std::string authority{};  // as the Host header has it
    std::uint16_t port{};
    std::string target{};  // path and query, encoded as given
};
// None: not http or https, no host, or with a user name in it.
[[nodiscard]] std::optional<url_parts> parse_url(std::string_view url);

}  // namespace tertulia::gateway::http
