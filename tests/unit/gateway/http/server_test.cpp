// The server over real loopback sockets: order, limits, deadlines, shutdown.

#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/socket.h>

#include <atomic>
#include <fstream>
#include <stdexcept>

namespace tertulia::gateway::http {
namespace {

using namespace testing;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

server_settings quick() {
    server_settings made;
    made.header_deadline = made.body_deadline = made.idle_deadline = made.write_deadline = 200ms;
    return made;
}

// Replies kept by a handler, to be answered by another thread.
class kept_replies {
public:
    handler keep() {
        return [this](const request&, reply to) {
            const std::lock_guard held{mutex_};
            kept_.push_back(std::move(to));
            arrived_.notify_all();
        };
    }
    std::vector<reply> take(std::size_t count) {
        std::unique_lock held{mutex_};
        EXPECT_TRUE(arrived_.wait_for(held, 5s, [&] { return kept_.size() >= count; }));
        return std::exchange(kept_, {});
    }

private:
    std::mutex mutex_{};
    std::condition_variable arrived_{};
    std::vector<reply> kept_{};
};

TEST(server, a_connection_is_kept_for_the_next_request) {
    const auto served = started({{.method = "GET", .path = "/", .handle = saying("hello")}});
    raw_socket client{served->port()};
    for (int number = 0; number < 3; ++number) {
        client.send(get);
        EXPECT_THAT(client.read_until("hello"), StartsWith("HTTP/1.1 200 OK\r\n"));
    }
    EXPECT_EQ(served->counters().connections_total, 1U);
    EXPECT_EQ(served->counters().requests, 3U);
}

TEST(server, the_handler_sees_the_whole_request) {
    std::promise<std::string> seen;
    const auto served =
        started({{.method = "POST", .path = "/w/*", .handle = [&](const request& asked, reply to) {
                      seen.set_value(
                          std::string{asked.method} + ' ' + std::string{asked.path} + '?' +
                          std::string{asked.query} + ' ' + std::string{asked.content_type} + ' ' +
                          std::string{asked.body} + ' ' + std::string{asked.header("x-sig")} + ' ' +
                          std::string{asked.remote_address}
                      );
                      std::move(to).send({});
                  }}});
    raw_socket client{served->port()};
    client.send(
        "POST /w/a?b=%20 HTTP/1.1\r\nHost: x\r\nContent-Type: t\r\nX-Sig: s\r\nContent-Length: "
        "2\r\n\r\nhi"
    );
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(seen.get_future().get(), "POST /w/a?b=%20 t hi s 127.0.0.1");
}

TEST(server, pipelined_requests_are_answered_in_order_though_replies_come_from_elsewhere) {
    // Another thread collects what it gets and answers; each request waits for the one before it.
    kept_replies kept;
    std::atomic<int> number{0};
    const auto served = started({{.method = "GET", .path = "/*", .handle = kept.keep()}});
    std::thread answering{[&] {
        while (number < 50) {
            auto replies = kept.take(1);
            for (auto& each : replies) {
                std::move(each).send({.status = 200, .body = "<" + std::to_string(number++) + ">"});
            }
        }
    }};
    std::string all;
    for (int sent = 0; sent < 50; ++sent) all += get;
    raw_socket client{served->port()};
    client.send(all);
    const auto got = client.read_until("<49>");
    answering.join();
    std::size_t at = 0;
    for (int each = 0; each < 50; ++each) {
        const auto found = got.find("<" + std::to_string(each) + ">");
        ASSERT_NE(found, std::string::npos) << each;
        EXPECT_GE(found, at);
        at = found;
    }
}

TEST(server, replies_of_many_connections_may_come_in_any_order_and_all_at_once) {
    kept_replies kept;
    for (const unsigned io_threads : {1U, 2U}) {
        server_settings settings;
        settings.io_threads = io_threads;
        const auto served =
            started({{.method = "GET", .path = "/", .handle = kept.keep()}}, settings);
        std::vector<raw_socket> clients;
        for (int number = 0; number < 50; ++number) {
            clients.emplace_back(served->port());
            clients.back().send(get);
        }
        std::vector<reply> replies;
        while (replies.size() < 50) {
            for (auto& each : kept.take(1)) replies.insert(replies.begin(), std::move(each));
        }
        reply::send_all(std::move(replies), {.status = 200, .body = "shared"});
        for (auto& each : clients)
            EXPECT_THAT(each.read_until("shared"), StartsWith("HTTP/1.1 200"));
    }
}

TEST(server, a_reply_of_another_connection_may_be_sent_inside_a_handler) {
    kept_replies kept;
    const auto served = started(
        {{.method = "GET", .path = "/wait", .handle = kept.keep()},
         {.method = "GET",
          .path = "/",
          .handle =
              [&](const request&, reply to) {
                  auto all = kept.take(1);
                  all.push_back(std::move(to));
                  reply::send_all(std::move(all), {.body = "both"});
              }}}
    );
    raw_socket first{served->port()};
    raw_socket second{served->port()};
    first.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return served->counters().requests == 1; }));
    second.send(get);
    EXPECT_THAT(first.read_until("both"), EndsWith("both"));
    EXPECT_THAT(second.read_until("both"), EndsWith("both"));
}

TEST(server, a_reply_destroyed_unused_answers_500) {
    const auto served = started(
        {{.method = "GET", .path = "/", .handle = [](const request&, reply) {}},
         {.method = "GET",
          .path = "/throw",
          .handle = [](const request&, reply) { throw std::runtime_error("x"); }}}
    );
    raw_socket client{served->port()};
    client.send(get);
    EXPECT_THAT(client.read_until("}"), HasSubstr("500 Internal Server Error"));
    client.send("GET /throw HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.read_until("}"), HasSubstr("application/problem+json"));
}

TEST(server, a_reply_outlives_its_connection_and_its_server) {
    kept_replies kept;
    reply for_the_gone;
    reply for_the_ended;
    {
        const auto served = started({{.method = "GET", .path = "/", .handle = kept.keep()}});
        raw_socket gone{served->port()};
        gone.send(get);
        for_the_gone = std::move(kept.take(1).front());
        gone.close();
        raw_socket other{served->port()};
        other.send(get);
        for_the_ended = std::move(kept.take(1).front());
        served->finish(0ms);
    }
    std::move(for_the_gone).send({});
    std::vector<reply> all;
    all.push_back(std::move(for_the_ended));
    all.emplace_back();
    reply::send_all(std::move(all), {});
}

TEST(server, a_handler_that_never_answers_is_answered_for) {
    kept_replies kept;
    server_settings settings;
    settings.answer_deadline = 50ms;
    const auto served = started(
        {{.method = "GET", .path = "/", .handle = kept.keep()},
         {.method = "GET", .path = "/now", .handle = saying("next")}},
        settings
    );
    raw_socket client{served->port()};
    client.send(get);
    EXPECT_THAT(client.read_until("}"), HasSubstr("504 Gateway Timeout"));
    // The reply that comes too late is not taken for the answer to the next request.
    std::move(kept.take(1).front()).send({.body = "late"});
    client.send("GET /now HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.read_until("next"), Not(HasSubstr("late")));
}

TEST(server, unknown_paths_methods_and_oversized_bodies_are_problems) {
    const auto served = started(
        {{.method = "GET", .path = "/", .handle = saying("hello")},
         {.method = "POST", .path = "/w", .body_bytes_max = 10, .handle = saying("posted")}}
    );
    const auto answer_to = [&](const std::string& bytes) {
        raw_socket client{served->port()};
        client.send(bytes);
        client.end_sending();
        return client.read_all();
    };
    EXPECT_THAT(answer_to("GET /nope HTTP/1.1\r\nHost: x\r\n\r\n"), HasSubstr("404 Not Found"));
    EXPECT_THAT(answer_to("PUT / HTTP/1.1\r\nHost: x\r\n\r\n"), HasSubstr("Allow: GET, HEAD\r\n"));
    EXPECT_THAT(
        answer_to("POST /w HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello world"),
        HasSubstr("413 Content Too Large")
    );
    EXPECT_THAT(
        answer_to("POST /w HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello "
                  "world\r\n0\r\n\r\n"),
        HasSubstr("413 Content Too Large")
    );
    EXPECT_THAT(
        answer_to("POST /w HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhello "
                  "worl\r\n0\r\n\r\n"),
        EndsWith("posted")
    );
    EXPECT_THAT(
        answer_to("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(40'000, 'a')), HasSubstr("431 ")
    );
    EXPECT_THAT(
        answer_to("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        EndsWith("Content-Length: 5\r\nConnection: close\r\n\r\n")
    );
    EXPECT_THAT(
        answer_to("HEAD /nope HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        EndsWith("\r\n\r\n")
    );
    EXPECT_THAT(answer_to("GET / HTTP/1.0\r\n\r\n"), HasSubstr("Connection: close\r\n"));
    EXPECT_EQ(served->counters().bad_requests, 3U);
}

TEST(server, the_whole_answer_arrives_though_the_client_still_sends) {
    const auto served =
        started({{.method = "POST", .path = "/w", .body_bytes_max = 10, .handle = saying("")}});
    for (int round = 0; round < 20; ++round) {
        raw_socket client{served->port()};
        client.send(
            "POST /w HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n" +
            std::string(500'000, 'x')
        );
        EXPECT_THAT(client.read_until("}"), HasSubstr("413 Content Too Large"));
    }
}

TEST(server, one_who_asks_first_is_told_to_go_on_or_not) {
    const auto served =
        started({{.method = "POST", .path = "/w", .body_bytes_max = 10, .handle = saying("posted")}}
        );
    raw_socket client{served->port()};
    client.send("POST /w HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hi");
    EXPECT_THAT(client.read_until("posted"), StartsWith("HTTP/1.1 200 OK"));
    client.send("POST /w HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 20\r\n\r\n"
    );
    EXPECT_THAT(client.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
}

TEST(server, a_large_answer_goes_to_a_slow_reader_whole_but_not_to_one_who_does_not_read) {
    const std::string large(8 * 1024 * 1024, 'L');
    auto settings = quick();
    const auto served =
        started({{.method = "GET", .path = "/", .handle = saying(large)}}, settings);
    raw_socket reads{served->port()};
    reads.send(get);
    EXPECT_THAT(reads.read_until("\r\n\r\n"), HasSubstr("Content-Length: 8388608"));
    std::size_t got = 0;
    while (const auto more = reads.skim(512 * 1024)) {
        got += more;
        if (got >= large.size()) break;
        std::this_thread::sleep_for(40ms);  // longer in all than the deadline for one write
    }
    EXPECT_EQ(got, large.size());
    raw_socket sits{served->port()};
    sits.send(get);
    EXPECT_TRUE(eventually([&] { return served->counters().timed_out == 1; }));
}

TEST(server, one_who_sends_a_byte_at_a_time_is_dropped) {
    const auto served =
        started({{.method = "POST", .path = "/", .handle = saying("hello")}}, quick());
    raw_socket slow{served->port()};
    const auto begun = std::chrono::steady_clock::now();
    for (const char byte : std::string{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\nA: "} +
                               std::string(400, 'a')) {
        if (served->counters().timed_out > 0 || !slow.send({&byte, 1})) break;
        std::this_thread::sleep_for(5ms);
    }
    EXPECT_THAT(slow.read_all(), HasSubstr("408 Request Timeout"));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s);

    raw_socket slow_body{served->port()};
    slow_body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n");
    EXPECT_THAT(slow_body.read_all(), HasSubstr("408 Request Timeout"));
    raw_socket silent{served->port()};
    EXPECT_EQ(silent.read_all(), "");
    EXPECT_TRUE(silent.at_end());
    EXPECT_EQ(served->counters().timed_out, 2U);
    EXPECT_TRUE(eventually([&] { return served->counters().connections_open == 0; }));
}

TEST(server, a_busy_connection_is_not_idle) {
    auto settings = quick();
    const auto served =
        started({{.method = "GET", .path = "/", .handle = saying("hello")}}, settings);
    raw_socket client{served->port()};
    const auto end = std::chrono::steady_clock::now() + 600ms;
    while (std::chrono::steady_clock::now() < end) {
        ASSERT_TRUE(client.send(get));
        ASSERT_THAT(client.read_until("hello"), EndsWith("hello"));
        std::this_thread::sleep_for(60ms);  // long enough for its buffer to be taken back
    }
}

TEST(server, more_connections_than_allowed_are_turned_away) {
    server_settings settings;
    settings.connections_max = 3;
    const auto served =
        started({{.method = "GET", .path = "/", .handle = saying("hello")}}, settings);
    std::vector<raw_socket> clients;
    for (int number = 0; number < 3; ++number) {
        clients.emplace_back(served->port());
        clients.back().send(get);
        clients.back().read_until("hello");
    }
    raw_socket one_too_many{served->port()};
    one_too_many.send(get);
    EXPECT_THAT(one_too_many.read_all(), HasSubstr("503 Service Unavailable"));
    EXPECT_EQ(served->counters().connections_refused, 1U);
    clients.pop_back();
    ASSERT_TRUE(eventually([&] { return served->counters().connections_open == 2; }));
    raw_socket welcome{served->port()};
    welcome.send(get);
    EXPECT_THAT(welcome.read_until("hello"), EndsWith("hello"));
}

TEST(server, what_was_accepted_is_finished_before_the_end) {
    kept_replies kept;
    const auto served = started({{.method = "GET", .path = "/", .handle = kept.keep()}});
    raw_socket idle{served->port()};
    raw_socket busy{served->port()};
    busy.send(get);
    auto pending = kept.take(1);
    ASSERT_TRUE(eventually([&] { return served->counters().connections_open == 2; }));
    served->stop_accepting();
    EXPECT_EQ(idle.read_all(), "");
    EXPECT_TRUE(idle.at_end());
    EXPECT_TRUE(eventually([&] {
        try {
            raw_socket late{served->port()};
            return false;
        } catch (const std::runtime_error&) {
            return true;
        }
    }));
    std::thread finishing{[&] { served->finish(5s); }};
    std::move(pending.front()).send({.body = "the last word"});
    const auto got = busy.read_all();
    EXPECT_THAT(got, HasSubstr("Connection: close"));
    EXPECT_THAT(got, EndsWith("the last word"));
    busy.close();
    finishing.join();
    EXPECT_EQ(served->counters().connections_open, 0U);
}

TEST(server, what_does_not_finish_is_closed_at_the_deadline) {
    kept_replies kept;
    const auto served = started({{.method = "GET", .path = "/", .handle = kept.keep()}});
    raw_socket busy{served->port()};
    busy.send(get);
    auto pending = kept.take(1);
    const auto begun = std::chrono::steady_clock::now();
    served->finish(50ms);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s);
    EXPECT_EQ(busy.read_all(), "");
    served->finish(50ms);  // again: nothing to do
}

TEST(server, it_does_not_start_where_it_cannot_listen) {
    const auto first = started({{.method = "GET", .path = "/", .handle = saying("")}});
    server_settings taken;
    taken.listen = "127.0.0.1:" + std::to_string(first->port());
    EXPECT_THROW(server(taken, {}), std::system_error);
    for (const auto* wrong :
         {"", "here", "127.0.0.1:", "127.0.0.1:99999", ":80", "127.0.0.1:80x"}) {
        server_settings settings;
        settings.listen = wrong;
        EXPECT_THROW(server(settings, {}), std::system_error) << wrong;
    }
    server_settings named;
    named.listen = "localhost:0";
    EXPECT_GT(server(named, {}).port(), 0);
}

std::size_t resident_bytes() {
    std::ifstream from{"/proc/self/statm"};
    std::size_t total = 0;
    std::size_t resident = 0;
    from >> total >> resident;
    return resident * 4096;
}

TEST(server, an_idle_connection_costs_little) {
    constexpr int connections = 2'000;
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < 2 * connections + 100) GTEST_SKIP() << "too few file descriptors";
    server_settings settings;
    settings.header_deadline = 400ms;  // the tick is an eighth of it
    const auto served =
        started({{.method = "GET", .path = "/", .handle = saying("hello")}}, settings);
    std::vector<raw_socket> clients;
    clients.reserve(connections);
    const auto before = resident_bytes();
    for (int number = 0; number < connections; ++number) {
        clients.emplace_back(served->port());
        clients.back().send(get);
        ASSERT_THAT(clients.back().read_until("hello"), EndsWith("hello"));
    }
    std::this_thread::sleep_for(250ms);  // three ticks: the buffers go back
    const auto each = (resident_bytes() - before) / connections;
    RecordProperty("resident_bytes_per_idle_connection", static_cast<int>(each));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    EXPECT_LT(each, 6'000U);
#endif
    for (auto& client : clients) client.send(get);
    for (auto& client : clients) ASSERT_THAT(client.read_until("hello"), EndsWith("hello"));
}

}  // namespace
}  // namespace tertulia::gateway::http
