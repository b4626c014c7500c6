// A listening HTTP/1.1 server: keep-alive, pipelining, optional TLS, every wait bounded.

#pragma once

#include "gateway/http/http.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::gateway::http {

struct tls_files {
    std::string certificate{};  // PEM, the whole chain; empty: no TLS
    std::string key{};
};

struct server_settings {
    std::string listen{"127.0.0.1:8080"};  // port 0: any, see port()
    tls_files tls{};
    unsigned io_threads{1};
    std::size_t header_bytes_max{16UL * 1024};
    std::size_t connections_max{12'000};
    std::chrono::milliseconds header_deadline{10'000};  // first byte to last header byte
    std::chrono::milliseconds body_deadline{20'000};
    std::chrono::milliseconds write_deadline{20'000};
    std::chrono::milliseconds idle_deadline{75'000};
    std::chrono::milliseconds answer_deadline{60'000};  // a handler that keeps its reply: 504
    // Of all large bodies together, beyond the connections' own buffers; 503 above it.
    std::size_t bodies_bytes_max{256UL * 1024 * 1024};
};

struct server_counters {
    std::uint64_t connections_open{}, connections_total{}, connections_refused{};
    std::uint64_t requests{}, bad_requests{}, timed_out{};
};

class server {
public:
    // Throws std::system_error if it cannot listen or the TLS files are unusable.
    server(server_settings settings, std::vector<route> routes);
    ~server();
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    void start();  // returns at once; the I/O threads are the server's own
    [[nodiscard]] std::uint16_t port() const noexcept;
    // Reads the certificate files again; on failure keeps the old ones and returns why.
    [[nodiscard]] std::string reload_tls();
    // Stage one: no new connection, keep-alive ends after the answer under way.
    void stop_accepting();
    // Stage two: waits for answers under way until the deadline, then closes what is left.
    void finish(std::chrono::milliseconds deadline);
    [[nodiscard]] server_counters counters() const noexcept;

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace tertulia::gateway::http
