// One client of the server. A coroutine reads a request, hands it to its route, waits for the
// reply, writes it, and begins again: one request at a time, so pipelined ones are answered in
// order. Internal to http/.
//
// Threads: all of it belongs to its I/O thread, except mail() and number comparisons inside
// reply, which only read what never changes.
//
// Memory: an idle connection keeps no buffer. It waits for its socket to become readable, borrows a
// reader from its thread, and returns it when it has been quiet for a tick.

#pragma once

#include "gateway/http/io_thread.hpp"
#include "gateway/http/parking.hpp"
#include "gateway/http/stream.hpp"
#include "gateway/http/wire.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace tertulia::gateway::http {

class connection : public std::enable_shared_from_this<connection> {
public:
    enum class purpose : std::uint8_t {
        serve,
        turn_away,  // the server is full: 503 and close
    };
    connection(io_thread& thread, socket_type socket, ssl_owner tls, purpose why);
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    // The whole life. `self` keeps it while it lasts; replies may keep the empty shell longer.
    [[nodiscard]] static task<> live(std::shared_ptr<connection> self);

    void keep_time();    // once per tick: deadlines, and buffers of the quiet
    void finish_soon();  // idle: closes now; else after the answer under way
    void close_now();    // whatever it does

    // From any thread: the answer to request `number`. Late, repeated and orphaned ones are
    // dropped.
    void answer(std::uint64_t number, response&& what);
    void deliver(std::uint64_t number, std::shared_ptr<const wire> what);  // own thread only
    [[nodiscard]] const std::shared_ptr<mailbox>& mail() const noexcept { return mail_; }
    [[nodiscard]] bool answering_here(std::uint64_t number) const noexcept;

    connection* previous{};  // of the thread's list
    connection* next{};

private:
    enum class phase : std::uint8_t {
        idle,
        handshake,
        header,
        body,
        answering,
        writing,
        lingering
    };
    enum class signal : std::uint8_t { none, release_buffer, expired, close };

    [[nodiscard]] task<> serve();
    [[nodiscard]] task<bool> shake_hands();
    [[nodiscard]] task<bool> wait_for(io_status want);
    [[nodiscard]] task<std::size_t> read_secure(char* to, std::size_t bytes_max);
    [[nodiscard]] task<bool> write(std::string_view what);
    [[nodiscard]] task<> linger();

    void enter(phase now);
    [[nodiscard]] std::chrono::milliseconds deadline() const;
    void interrupt(signal why);
    bool admit();     // after a header: finds the route, or has an answer ready
    void dispatch();  // runs the handler
    void refuse(
        unsigned status, std::string_view type, std::string_view title, std::string_view detail
    );
    void answer_fault();
    [[nodiscard]] std::string_view outgoing(bool keep);
    void release_answers() noexcept;
    void end() noexcept;

    io_thread* thread_;  // valid until end()
    std::shared_ptr<mailbox> mail_;
    std::optional<socket_type> socket_;
    std::optional<byte_stream> stream_{};
    std::unique_ptr<request_reader> reader_{};
    parking_place parked_{};

    steady::time_point since_{};
    phase phase_{phase::idle};
    signal signal_{signal::none};
    purpose purpose_;
    bool open_{true};
    bool in_handler_{false};
    bool answered_{false};
    bool broken_off_{false};  // the request was not read to its end: no other may follow
    routed routed_{};
    std::uint64_t number_{0};
    wire own_{};                            // the answer, when given on this thread
    std::shared_ptr<const wire> shared_{};  // or when it came from another
    wire adapted_{};
    std::string remote_{};
};

}  // namespace tertulia::gateway::http
