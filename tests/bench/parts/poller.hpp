// One epoll loop on one thread, and the little of HTTP/1.1 the tools need: messages with a
// Content-Length over kept connections. Not for service.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tertulia::bench {

class watcher {
public:
    watcher() = default;
    watcher(const watcher&) = delete;
    watcher& operator=(const watcher&) = delete;
    virtual ~watcher() = default;
    virtual void ready(std::uint32_t events) = 0;
};

class poller {
public:
    poller();
    ~poller();
    poller(const poller&) = delete;
    poller& operator=(const poller&) = delete;

    void add(int socket, watcher& who, bool writable_too = false);
    void change(int socket, watcher& who, bool writable_too);
    void remove(int socket) noexcept;
    // Wakes who is ready; at most until that moment of now_us().
    void wait(std::int64_t until_us);

private:
    int epoll_;
    int timer_;
};

// Where the next message in `bytes` ends: its head and body, as long as both are complete.
struct http_message {
    std::string_view first_line{};
    std::string_view body{};
    std::size_t size{};  // 0: not complete yet
};
// Throws std::runtime_error for what it does not speak (chunks).
[[nodiscard]] http_message next_message(std::string_view bytes);

// A connection's two buffers. send() tries at once; what does not fit waits for writability.
class buffered_socket : public watcher {
public:
    buffered_socket(poller& loop, int socket);
    ~buffered_socket() override;

    void send(std::string_view bytes);
    void ready(std::uint32_t events) override;

protected:
    // Looks at what has come and returns how much of it is done with.
    virtual std::size_t came(std::string_view bytes) = 0;
    // The other side is gone. May destroy this object.
    virtual void gone() = 0;

    poller& loop_;
    int socket_;

private:
    std::string in_{};
    std::string out_{};
};

// Both throw std::system_error. Addresses are of this machine.
[[nodiscard]] int connect_to(std::uint16_t port);
[[nodiscard]] int listen_on(std::uint16_t port);
[[nodiscard]] std::uint16_t port_of(int socket);

}  // namespace tertulia::bench
