// One I/O thread of the server: its io_context, its acceptor, its connections and the one coarse
// timer that keeps all their deadlines. Internal to http/.
//
// Everything here belongs to the thread itself, except what says otherwise. A connection never
// moves to another thread, so there is no strand and no lock but the mailbox's.

#pragma once

#include "gateway/http/parking.hpp"
#include "gateway/http/request_reader.hpp"
#include "gateway/http/router.hpp"
#include "gateway/http/server.hpp"
#include "gateway/http/tls.hpp"
#include "gateway/http/wire.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace tertulia::gateway::http {

using tcp = boost::asio::ip::tcp;
using socket_type = boost::asio::basic_stream_socket<tcp, executor>;
using acceptor_type = boost::asio::basic_socket_acceptor<tcp, executor>;
using steady = std::chrono::steady_clock;
using timer_type =
    boost::asio::basic_waitable_timer<steady, boost::asio::wait_traits<steady>, executor>;

class connection;

// An answer on its way to the thread that owns the connection.
struct delivery {
    std::shared_ptr<connection> to{};
    std::uint64_t request_number{};
    std::shared_ptr<const wire> what{};
};

// Where other threads leave answers. Outlives the thread, because replies may: once closed it drops
// what it is given. From any thread.
class mailbox {
public:
    explicit mailbox(boost::asio::io_context& context) : context_{&context} {}
    // One wake-up, or none when one is already on its way.
    void put(std::vector<delivery>&& mail);
    void put(delivery mail);
    [[nodiscard]] std::vector<delivery> take();
    void close();

private:
    void wake(std::unique_lock<std::mutex>& held);

    std::mutex mutex_{};
    boost::asio::io_context* context_;  // null once closed
    std::vector<delivery> waiting_{};
    bool woken_{false};

    friend class io_thread;
    class io_thread* owner_{};
};

// What the threads of one server share. From any thread.
struct server_shared {
    server_shared(server_settings given, std::vector<route> routes)
        : settings{std::move(given)}, routing{std::move(routes)} {}

    const server_settings settings;
    const router routing;

    [[nodiscard]] tls_context tls();
    void set_tls(tls_context fresh);
    bool enter();  // false: the server is full
    void leave();

    std::atomic<std::uint64_t> open{};
    std::mutex mutex{};
    std::condition_variable emptied{};

private:
    tls_context tls_{};  // under mutex
};

struct thread_counters {
    std::atomic<std::uint64_t> connections_total{}, connections_refused{};
    std::atomic<std::uint64_t> requests{}, bad_requests{}, timed_out{};

    // Only the owning thread writes: no locked instruction needed.
    static void add(std::atomic<std::uint64_t>& to) {
        to.store(to.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
};

class io_thread {
public:
    io_thread(server_shared& shared, const tcp::endpoint& at);  // listens; throws
    io_thread(const io_thread&) = delete;
    io_thread& operator=(const io_thread&) = delete;
    ~io_thread();

    [[nodiscard]] tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
    void run();  // the body of the thread; returns after let_end() and the last connection
    void stop_accepting();  // from any thread
    void close_all();       // from any thread
    void let_end();         // from any thread

    // For connections.
    [[nodiscard]] server_shared& shared() noexcept { return shared_; }
    [[nodiscard]] const server_settings& settings() const noexcept { return shared_.settings; }
    [[nodiscard]] thread_counters& counters() noexcept { return counters_; }
    [[nodiscard]] const std::shared_ptr<mailbox>& mail() const noexcept { return mail_; }
    [[nodiscard]] steady::time_point now() const noexcept { return now_; }  // at the last tick
    [[nodiscard]] std::chrono::milliseconds tick() const noexcept { return tick_; }
    [[nodiscard]] bool stopping() const noexcept { return stopping_; }
    [[nodiscard]] std::unique_ptr<request_reader> lend_reader();
    void give_back(std::unique_ptr<request_reader> reader) noexcept;
    void joined(connection& who) noexcept;
    void left(connection& who) noexcept;
    void read_mail();

private:
    task<> accept();
    void welcome(socket_type socket);
    task<> keep_time();

    server_shared& shared_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<executor> alive_{context_.get_executor()};
    acceptor_type acceptor_{context_.get_executor()};
    timer_type pause_{context_.get_executor()};  // after a failed accept
    timer_type ticker_{context_.get_executor()};
    std::shared_ptr<mailbox> mail_;
    std::chrono::milliseconds tick_{};
    steady::time_point now_{};
    connection* first_{};  // intrusive list; connections own themselves through their coroutines
    std::size_t turned_away_{};
    body_budget budget_{};
    std::vector<std::unique_ptr<request_reader>> spare_readers_{};
    thread_counters counters_{};
    bool stopping_{false};
    bool ending_{false};
};

}  // namespace tertulia::gateway::http
