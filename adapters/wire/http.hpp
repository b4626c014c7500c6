// Plain HTTP values: what every adapter verifies, parses and renders. No socket, no library type.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters {

// What a provider sent us. Views point into the server's buffer and live for the call only.
struct inbound_request {
    std::string_view method{};
    std::string_view path{};   // without the query
    std::string_view query{};  // raw, percent-encoded
    std::string_view content_type{};
    std::string_view signature{};  // the header this provider signs with; empty if absent
    std::string_view body{};       // the bytes as received after transfer decoding
};

// What we send a provider. `target` is absolute: scheme, host, port and path.
struct outbound_request {
    std::string method{"POST"};
    std::string url{};
    std::vector<std::pair<std::string, std::string>> headers{};  // may hold secrets: never log
    std::string body{};
};

struct provider_response {
    unsigned status{};
    std::string body{};
    std::string retry_after{};  // header value; empty if absent
};

}  // namespace tertulia::adapters
