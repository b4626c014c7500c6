// What the tests of http/ share: a client that sends literal bytes, a peer that answers with them,
// certificates made at run time, and waiting for a condition instead of sleeping.

#pragma once

#include "gateway/http/client.hpp"
#include "gateway/http/server.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tertulia::gateway::http::testing {

using namespace std::chrono_literals;

// A blocking TCP socket to 127.0.0.1; every wait ends after a few seconds.
class raw_socket {
public:
    explicit raw_socket(std::uint16_t port);
    explicit raw_socket(int accepted) : descriptor_{accepted} {}
    raw_socket(raw_socket&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}
    raw_socket& operator=(raw_socket&&) = delete;
    ~raw_socket() { close(); }

    bool send(std::string_view bytes);
    void end_sending();
    void close();
    // Until `wanted` occurs, the peer closes or the time is over; everything read so far.
    std::string read_until(std::string_view wanted, std::chrono::milliseconds most = 5s);
    std::string read_all(std::chrono::milliseconds most = 5s) { return read_until({}, most); }
    // Reads and drops up to `bytes`; fewer only at the end. How many it were.
    std::size_t skim(std::size_t bytes);
    [[nodiscard]] bool at_end() const { return ended_; }  // the last read met the end
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    int descriptor_{-1};
    bool ended_{false};
    std::string rest_{};
};

// A listening socket whose every connection is given to a script on a thread of its own.
class scripted_peer {
public:
    using script = std::function<void(raw_socket, int connection_number)>;
    explicit scripted_peer(script each);
    ~scripted_peer();
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string url(std::string_view path = "/") const {
        return "http://127.0.0.1:" + std::to_string(port_) + std::string{path};
    }

private:
    int listener_{-1};
    std::uint16_t port_{};
    std::vector<std::thread> threads_{};
    std::thread accepting_{};
};

// A port where connecting neither succeeds nor fails: its queue of connections is full.
class deaf_peer {
public:
    deaf_peer();
    ~deaf_peer();
    deaf_peer(const deaf_peer&) = delete;
    deaf_peer& operator=(const deaf_peer&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    int listener_{-1};
    std::uint16_t port_{};
    std::vector<int> fillers_{};
};

// A directory with a fresh authority and one certificate signed by it, removed at the end.
class certificates {
public:
    explicit certificates(const std::string& host = "localhost");
    ~certificates();
    certificates(const certificates&) = delete;
    certificates& operator=(const certificates&) = delete;
    [[nodiscard]] tls_files files() const;
    [[nodiscard]] std::string authority() const;
    // A new certificate in the same files. Its serial number is returned.
    long renew(const std::string& host);

private:
    struct keys;
    std::string directory_{};
    std::unique_ptr<keys> keys_;
};

// One call, waited for.
answer call_and_wait(client& through, call what);

template <class Condition>
bool eventually(Condition holds, std::chrono::milliseconds most = 5s) {
    const auto end = std::chrono::steady_clock::now() + most;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(1ms);
    }
    return true;
}

// A server that is started, and ended with its test.
std::unique_ptr<server> started(std::vector<route> routes, server_settings settings = {});
handler saying(std::string body);
std::size_t count_of(std::string_view text, std::string_view what);

}  // namespace tertulia::gateway::http::testing
