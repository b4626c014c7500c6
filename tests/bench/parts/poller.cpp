#include "tests/bench/parts/poller.hpp"

#include "tests/bench/parts/measure.hpp"

#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace tertulia::bench {
namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error{errno, std::generic_category(), what};
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return out;
}

std::size_t length_in(std::string_view head) {
    constexpr std::string_view name = "content-length:";
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;
         at = head.find("\r\n", at)) {
        at += 2;
        if (head.size() - at < name.size()) break;
        bool same = true;
        for (std::size_t i = 0; same && i < name.size(); ++i) {
            same = std::tolower(static_cast<unsigned char>(head[at + i])) == name[i];
        }
        if (!same) continue;
        at += name.size();
        while (at < head.size() && head[at] == ' ') ++at;
        std::size_t value = 0;
        std::from_chars(head.data() + at, head.data() + head.size(), value);
        return value;
    }
    if (head.find("chunked") != std::string_view::npos) {
        throw std::runtime_error{"the other side sends chunks, which these tools do not read"};
    }
    return 0;
}

}  // namespace

poller::poller()
    : epoll_{epoll_create1(EPOLL_CLOEXEC)},
      timer_{timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)} {
    if (epoll_ < 0 || timer_ < 0) fail("epoll");
    epoll_event event{};
    event.events = EPOLLIN;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, timer_, &event);
}

poller::~poller() {
    close(timer_);
    close(epoll_);
}

void poller::add(int socket, watcher& who, bool writable_too) {
    epoll_event event{};
    event.events = EPOLLIN | (writable_too ? EPOLLOUT : 0U);
    event.data.ptr = &who;
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) != 0) fail("epoll_ctl");
}

void poller::change(int socket, watcher& who, bool writable_too) {
    epoll_event event{};
    event.events = EPOLLIN | (writable_too ? EPOLLOUT : 0U);
    event.data.ptr = &who;
    epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event);
}

void poller::remove(int socket) noexcept { epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr); }

void poller::wait(std::int64_t until_us) {
    int timeout_ms = 0;
    const auto left = until_us - now_us();
    if (left > 0) {
        // epoll counts in milliseconds; what is shorter needs the timer.
        itimerspec at{};
        at.it_value.tv_sec = until_us / 1'000'000;
        at.it_value.tv_nsec = until_us % 1'000'000 * 1'000;
        timerfd_settime(timer_, TFD_TIMER_ABSTIME, &at, nullptr);
        timeout_ms = -1;
    }
    std::array<epoll_event, 256> events;
    const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), timeout_ms);
    for (int i = 0; i < count; ++i) {
        const auto& event = events[static_cast<std::size_t>(i)];
        if (event.data.ptr == nullptr) {
            std::uint64_t fired = 0;
            [[maybe_unused]] const auto got = read(timer_, &fired, sizeof fired);
        } else {
            static_cast<watcher*>(event.data.ptr)->ready(event.events);
        }
    }
}

http_message next_message(std::string_view bytes) {
    http_message out;
    const auto head_end = bytes.find("\r\n\r\n");
    if (head_end == std::string_view::npos) return out;
    const auto head = bytes.substr(0, head_end);
    const auto length = length_in(head);
    if (bytes.size() < head_end + 4 + length) return out;
    out.first_line = head.substr(0, head.find("\r\n"));
    out.body = bytes.substr(head_end + 4, length);
    out.size = head_end + 4 + length;
    return out;
}

buffered_socket::buffered_socket(poller& loop, int socket) : loop_{loop}, socket_{socket} {
    loop_.add(socket_, *this);
}

buffered_socket::~buffered_socket() {
    loop_.remove(socket_);
    close(socket_);
}

void buffered_socket::send(std::string_view bytes) {
    if (out_.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent == static_cast<ssize_t>(bytes.size())) return;
        if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
        // An error is heard again when the loop next looks at this socket.
        loop_.change(socket_, *this, true);
    }
    out_ += bytes;
}

void buffered_socket::ready(std::uint32_t events) {
    if ((events & EPOLLOUT) != 0 && !out_.empty()) {
        const auto sent = ::send(socket_, out_.data(), out_.size(), MSG_NOSIGNAL);
        if (sent > 0) out_.erase(0, static_cast<std::size_t>(sent));
        if (out_.empty()) loop_.change(socket_, *this, false);
    }
    if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) == 0) return;
    std::array<char, 64 * 1024> bytes;
    const auto got = recv(socket_, bytes.data(), bytes.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
        gone();
        return;
    }
    const std::string_view fresh{bytes.data(), static_cast<std::size_t>(got)};
    if (in_.empty()) {
        in_ += fresh.substr(came(fresh));
    } else {
        in_ += fresh;
        in_.erase(0, came(in_));
    }
}

int connect_to(std::uint16_t port) {
    const int out = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (out < 0) fail("socket");
    const auto where = loopback(port);
    if (connect(out, reinterpret_cast<const sockaddr*>(&where), sizeof where) != 0) {
        const int error = errno;
        close(out);
        errno = error;
        fail("connect");
    }
    const int on = 1;
    setsockopt(out, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(out, F_SETFL, fcntl(out, F_GETFL) | O_NONBLOCK);
    return out;
}

int listen_on(std::uint16_t port) {
    const int out = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (out < 0) fail("socket");
    const int on = 1;
    setsockopt(out, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const auto where = loopback(port);
    if (bind(out, reinterpret_cast<const sockaddr*>(&where), sizeof where) != 0) fail("bind");
    if (listen(out, 1024) != 0) fail("listen");
    return out;
}

std::uint16_t port_of(int socket) {
    sockaddr_in where{};
    socklen_t size = sizeof where;
    if (getsockname(socket, reinterpret_cast<sockaddr*>(&where), &size) != 0) fail("getsockname");
    return ntohs(where.sin_port);
}

}  // namespace tertulia::bench
