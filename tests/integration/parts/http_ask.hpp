// A small blocking HTTP client that can also misbehave: what it writes is what is on the wire.
// On purpose not the gateway's own client, whose mistakes it would share.

#pragma once

#include "tests/integration/parts/wait.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::integration {

struct http_answer {
    int status{};
    std::map<std::string, std::string> headers{};  // names in lower case
    std::string body{};
};

using headers = std::vector<std::pair<std::string, std::string>>;

// The bytes of a request; Host, Content-Length and Connection are added unless given.
[[nodiscard]] std::string request_text(
    std::string_view method, std::string_view target, const headers& fields = {},
    std::string_view body = {}
);

class http_connection {
public:
    explicit http_connection(std::uint16_t port);  // closed() at once if nobody listens
    ~http_connection();
    http_connection(http_connection&& other) noexcept;
    http_connection& operator=(http_connection&&) = delete;
    http_connection(const http_connection&) = delete;

    // False: the other side is gone.
    bool write(std::string_view bytes);
    // One answer; nothing if the connection ended or the time was over before it was whole.
    [[nodiscard]] std::optional<http_answer> read(milliseconds within = 15s);
    [[nodiscard]] bool open() const noexcept { return socket_ >= 0; }
    // The other side closes within that time; what it still says is read and forgotten.
    [[nodiscard]] bool closes(milliseconds within);
    void close() noexcept;

private:
    [[nodiscard]] bool fill(std::chrono::steady_clock::time_point until);

    int socket_{-1};
    std::string held_{};
};

// One request on a connection of its own; nothing if there was no whole answer.
[[nodiscard]] std::optional<http_answer> ask(
    std::uint16_t port, std::string_view method, std::string_view target,
    const headers& fields = {}, std::string_view body = {}, milliseconds within = 15s
);

}  // namespace tertulia::integration
