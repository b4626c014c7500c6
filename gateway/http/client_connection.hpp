// The client's side of one connection, and the hosts they belong to. Internal to http/. Everything
// here belongs to the client's thread.

#pragma once

#include "gateway/http/client.hpp"
#include "gateway/http/parking.hpp"
#include "gateway/http/query.hpp"
#include "gateway/http/response_reader.hpp"
#include "gateway/http/stream.hpp"
#include "gateway/http/tls.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace tertulia::gateway::http {

using tcp = boost::asio::ip::tcp;
using steady = std::chrono::steady_clock;

struct job {
    call what{};
    url_parts to{};
    const char* refused{};  // why it cannot be made at all
    std::function<void(answer)> done{};
    steady::time_point deadline{};
};

class client_connection;

// One scheme, host and port: its queue, its connections, and what they learnt.
struct host_pool {
    url_parts at{};  // target unused
    std::deque<job> waiting{};
    std::vector<client_connection*> idle{};  // the last one used is used first: the others age
    std::unordered_set<client_connection*> connections{};
    session_shelf sessions{};
};

// What connections need of the client. From any thread: the counters.
struct client_shared {
    client_settings settings{};
    boost::asio::io_context context{1};
    tls_context tls{};
    std::atomic<std::uint64_t> opened{}, resumed{}, full{}, calls{}, waiting{};
    std::atomic<std::uint64_t> outstanding{};  // started and not yet told
    std::mutex mutex{};
    std::condition_variable emptied{};  // outstanding became 0
    bool ending{false};                 // the client's thread only

    void finish_job(job& ended, answer with);  // calls `done`, once
};

class client_connection : public std::enable_shared_from_this<client_connection> {
public:
    client_connection(client_shared& shared, host_pool& host) : shared_{shared}, host_{host} {}
    client_connection(const client_connection&) = delete;
    client_connection& operator=(const client_connection&) = delete;

    // Serves the host's queue until there is nothing to do for idle_keep, then leaves the pool.
    [[nodiscard]] static task<> live(std::shared_ptr<client_connection> self);

    void wake() { parked_.wake(); }
    void keep_time(steady::time_point now);
    void break_off();  // the call under way ends as it stands; an idle connection closes

private:
    using socket_type = boost::asio::basic_stream_socket<tcp, executor>;
    using endpoints = std::vector<tcp::endpoint>;

    [[nodiscard]] task<> serve();
    [[nodiscard]] task<answer> perform(job& what);
    [[nodiscard]] task<bool> connect(const job& what);  // false: see trouble_
    [[nodiscard]] task<endpoints> look_up();
    [[nodiscard]] task<bool> shake_hands();
    [[nodiscard]] task<bool> write(std::string_view what);
    [[nodiscard]] task<answer_reading> read_answer();
    [[nodiscard]] task<bool> wait_for(io_status want);
    [[nodiscard]] bool still_usable();
    void drop();

    client_shared& shared_;
    host_pool& host_;
    std::optional<socket_type> socket_{};
    std::optional<byte_stream> stream_{};
    response_reader reader_{};
    std::string request_{};
    parking_place parked_{};
    std::uint64_t lookup_{};  // answers to earlier ones are ignored
    std::optional<endpoints> looked_up_{};
    std::string trouble_{};
    bool idle_{false};
    bool rested_{false};  // idle since the last answer
    bool cancelled_{false};
    steady::time_point limit_{steady::time_point::max()};  // of what it waits for now
};

}  // namespace tertulia::gateway::http
