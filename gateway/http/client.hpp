// Outgoing HTTP: one pool of kept connections for all providers, TLS verified against the system's
// authorities, every call bounded in time and every host in connections.

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::gateway::http {

struct call {
    std::string method{"POST"};
    std::string url{};  // http or https
    // Host, Content-Length, Connection and their like are the client's own: a call with one of them
    // is not made.
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    std::chrono::milliseconds deadline{15'000};
    std::size_t answer_bytes_max{1024UL * 1024};
};

// How far a call got matters more than why it failed: only what certainly never left may be
// repeated.
enum class call_result : std::uint8_t {
    answered,  // there is a response, of any status
    not_sent,  // no byte of the request left: safe to repeat
    unknown,   // the request left, at least in part, and no answer came
};

struct answer {
    call_result result{call_result::not_sent};
    unsigned status{};
    std::string body{};
    std::string retry_after{};
    std::string location{};  // of a redirection, which is never followed here; a secret may be in it
    std::string trouble{};  // for logs: no URL query, no header, no body
};

struct client_settings {
    std::size_t connections_per_host_max{32};
    std::size_t waiting_per_host_max{10'000};
    std::chrono::milliseconds connect_deadline{5'000};
    std::chrono::milliseconds idle_keep{50'000};
    std::string certificate_authorities{};  // a PEM file; empty: the system's
};

struct client_counters {
    std::uint64_t connections_opened{}, tls_resumed{}, tls_full{}, calls{}, waiting{};
};

class client {
public:
    // Throws std::system_error when the certificate authorities cannot be read.
    explicit client(client_settings settings);
    ~client();
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    // From any thread. `done` runs on the client's own thread, exactly once; after finish() it runs
    // in the call itself. It must not block: every other call waits for it. An answer larger than
    // answer_bytes_max is `unknown`, with its status.
    void start(call what, std::function<void(answer)> done);
    [[nodiscard]] client_counters counters() const noexcept;
    // Waits for the calls under way, then ends; later calls answer not_sent. What is left at the
    // deadline is told not_sent or unknown. Not from `done`: that is the thread it waits for.
    void finish(std::chrono::milliseconds deadline);

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace tertulia::gateway::http
