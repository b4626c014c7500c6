// HTTP as the rest of the gateway sees it: plain values, no Beast. Only this folder's sources
// include Beast, because its templates are what building time is spent on.

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::gateway::http {

// Views live until the handler returns; a handler that answers later copies what it needs.
struct request {
    std::string_view method{};
    std::string_view path{};
    std::string_view query{};  // raw
    std::string_view body{};   // after transfer decoding
    std::string_view content_type{};
    std::string_view remote_address{};
    // Case-insensitive; empty if absent.
    std::function<std::string_view(std::string_view name)> header{};
    // Every line of that name, in their order: for headers each proxy adds a line of.
    std::function<std::vector<std::string_view>(std::string_view name)> header_lines{};
};

struct response {
    unsigned status{200};
    std::string content_type{"text/plain; charset=utf-8"};
    std::string body{};
    std::vector<std::pair<std::string, std::string>> headers{};
};

// RFC 9457. `detail` is for a person and holds no secret; `type` is a short slug of ours.
[[nodiscard]] response problem(
    unsigned status, std::string_view type, std::string_view title, std::string_view detail
);

// What a path nobody serves is answered: byte for byte the same wherever we hide something.
[[nodiscard]] response nothing_here();

class connection;  // http/connection.cpp

// The right to answer one request, once, from any thread. Destroyed unused it answers 500.
class reply {
public:
    reply() noexcept;
    explicit reply(std::shared_ptr<connection> to, std::uint64_t request_number);
    reply(reply&&) noexcept;
    reply& operator=(reply&&) noexcept;
    ~reply();

    void send(response what) &&;

    // The same answer to many, with one wake-up of each I/O thread: what a group commit needs.
    static void send_all(std::vector<reply>&& to, const response& what);

private:
    std::shared_ptr<connection> to_;
    std::uint64_t number_{};
};

using handler = std::function<void(const request&, reply)>;

struct route {
    std::string method{};  // "GET", "POST"…; HEAD is answered by GET's
    std::string path{};    // exact, or a prefix when it ends in "/*"
    std::size_t body_bytes_max{64UL * 1024};
    handler handle{};
};

}  // namespace tertulia::gateway::http
