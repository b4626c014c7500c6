// The client: how far each call got, on how many connections, and what it never sends.

#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

namespace tertulia::gateway::http {
namespace {

using namespace testing;
using ::testing::HasSubstr;

call to(const std::string& url, std::string body = "{}") {
    call made;
    made.url = url;
    made.body = std::move(body);
    made.deadline = 5s;
    return made;
}

std::string url_of(const server& served, const std::string& path = "/") {
    return "http://127.0.0.1:" + std::to_string(served.port()) + path;
}

const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

TEST(client, an_answer_brings_its_status_its_body_and_when_to_try_again) {
    scripted_peer peer{[](raw_socket with, int) {
        const auto got = with.read_until("{}");
        EXPECT_EQ(got.substr(0, got.find("\r\n")), "POST /v1?a=b HTTP/1.1");
        EXPECT_THAT(got, HasSubstr("Authorization: Bearer t\r\n"));
        EXPECT_THAT(got, HasSubstr("Content-Length: 2\r\n"));
        EXPECT_THAT(got, HasSubstr("Host: 127.0.0.1:"));
        with.send("HTTP/1.1 429 Too Many\r\nRetry-After: 9\r\nContent-Length: 4\r\n\r\nslow");
    }};
    client through{{}};
    auto asked = to(peer.url("/v1?a=b"));
    asked.headers = {{"Authorization", "Bearer t"}};
    const auto got = call_and_wait(through, asked);
    EXPECT_EQ(got.result, call_result::answered);
    EXPECT_EQ(got.status, 429U);
    EXPECT_EQ(got.body, "slow");
    EXPECT_EQ(got.retry_after, "9");
}

TEST(client, ten_thousand_calls_need_few_connections) {
    const auto served = started(
        {{.method = "POST",
          .path = "/",
          .handle = [](const request& asked, reply answer_it
                    ) { std::move(answer_it).send({.body = std::string{asked.body}}); }}}
    );
    client_settings settings;
    settings.connections_per_host_max = 8;
    settings.waiting_per_host_max = 20'000;
    client through{settings};
    std::atomic<int> right{0};
    for (int number = 0; number < 10'000; ++number) {
        auto asked = to(url_of(*served), std::to_string(number));
        asked.deadline = 30s;
        through.start(std::move(asked), [&right, number](answer got) {
            if (got.result == call_result::answered && got.body == std::to_string(number)) ++right;
        });
    }
    ASSERT_TRUE(eventually([&] { return through.counters().calls == 10'000; }, 30s));
    through.finish(5s);
    EXPECT_EQ(right, 10'000);
    EXPECT_LE(through.counters().connections_opened, 8U);
    EXPECT_EQ(through.counters().waiting, 0U);
}

TEST(client, one_call_at_a_time_uses_one_connection) {
    const auto served = started({{.method = "POST", .path = "/", .handle = saying("ok")}});
    client through{{}};
    for (int number = 0; number < 50; ++number) {
        ASSERT_EQ(call_and_wait(through, to(url_of(*served))).status, 200U);
    }
    EXPECT_EQ(through.counters().connections_opened, 1U);
}

TEST(client, what_never_left_is_not_sent) {
    std::uint16_t nobody = 0;
    {
        const auto served = started({});
        nobody = served->port();
    }
    client through{{}};
    const auto refused =
        call_and_wait(through, to("http://127.0.0.1:" + std::to_string(nobody) + "/secret"));
    EXPECT_EQ(refused.result, call_result::not_sent);
    EXPECT_THAT(refused.trouble, HasSubstr("cannot connect"));
    EXPECT_THAT(refused.trouble, ::testing::Not(HasSubstr("secret")));
    EXPECT_EQ(call_and_wait(through, to("http://name.invalid/")).result, call_result::not_sent);
    for (const auto* wrong : {"", "gopher://a/", "http://u:p@a/", "nonsense"}) {
        EXPECT_EQ(call_and_wait(through, to(wrong)).result, call_result::not_sent);
    }
}

TEST(client, a_call_cannot_carry_a_second_request) {
    const auto served = started({{.method = "POST", .path = "/*", .handle = saying("ok")}});
    client through{{}};
    const auto refused = [&](call asked) {
        return call_and_wait(through, std::move(asked)).result == call_result::not_sent;
    };
    auto asked = to(url_of(*served));
    asked.headers = {{"A", "b\r\nC: d"}};
    EXPECT_TRUE(refused(asked));
    asked.headers = {{"A b", "c"}};
    EXPECT_TRUE(refused(asked));
    asked.headers = {{"content-length", "0"}};
    EXPECT_TRUE(refused(asked));
    asked.headers = {};
    asked.method = "GET / HTTP/1.1\r\nX:";
    EXPECT_TRUE(refused(asked));
    EXPECT_TRUE(refused(to(url_of(*served, "/a b"))));
    EXPECT_EQ(served->counters().requests, 0U);
}

TEST(client, a_server_that_dies_before_or_within_its_answer_leaves_it_unknown) {
    for (const std::string& last_words :
         {std::string{},
          std::string{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal"},
          std::string{"HTTP/1.1 2"},
          std::string{"nonsense\r\n\r\n"}}) {
        scripted_peer peer{[&](raw_socket with, int) {
            with.read_until("{}");
            with.send(last_words);
        }};
        client through{{}};
        const auto got = call_and_wait(through, to(peer.url()));
        EXPECT_EQ(got.result, call_result::unknown) << last_words;
        EXPECT_FALSE(got.trouble.empty());
    }
}

TEST(client, a_kept_connection_closed_by_the_server_is_noticed_before_it_is_used) {
    std::promise<void> closed;
    scripted_peer peer{[&](raw_socket with, int number) {
        with.read_until("{}");
        with.send(ok);
        if (number > 0) return;
        with.close();
        closed.set_value();
    }};
    client through{{}};
    EXPECT_EQ(call_and_wait(through, to(peer.url())).status, 200U);
    closed.get_future().wait();
    EXPECT_EQ(call_and_wait(through, to(peer.url())).status, 200U);
    EXPECT_EQ(through.counters().connections_opened, 2U);
}

TEST(client, a_kept_connection_that_ends_under_a_request_leaves_it_unknown) {
    scripted_peer peer{[&](raw_socket with, int) {
        with.read_until("{}");
        with.send(ok);
        with.read_until("{}");  // the second request is read, and then nothing
    }};
    client through{{}};
    EXPECT_EQ(call_and_wait(through, to(peer.url())).status, 200U);
    const auto got = call_and_wait(through, to(peer.url()));
    EXPECT_EQ(got.result, call_result::unknown);
    EXPECT_EQ(got.trouble, "the connection closed without an answer");
}

TEST(client, an_early_answer_to_a_large_request_is_still_an_answer) {
    scripted_peer peer{[](raw_socket with, int) {
        with.read_until("\r\n\r\n");
        with.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        with.read_all(200ms);
    }};
    client through{{}};
    const auto got = call_and_wait(through, to(peer.url(), std::string(20'000'000, 'x')));
    EXPECT_EQ(got.result, call_result::answered);
    EXPECT_EQ(got.status, 413U);
}

TEST(client, an_answer_too_large_is_unknown_and_its_connection_is_gone) {
    const auto served =
        started({{.method = "POST", .path = "/", .handle = saying(std::string(5'000, 'L'))}});
    client through{{}};
    auto asked = to(url_of(*served));
    asked.answer_bytes_max = 4'999;
    const auto got = call_and_wait(through, asked);
    EXPECT_EQ(got.result, call_result::unknown);
    EXPECT_EQ(got.status, 200U);
    asked.answer_bytes_max = 5'000;
    EXPECT_EQ(call_and_wait(through, asked).body.size(), 5'000U);
}

TEST(client, a_redirect_is_an_answer_like_any_other) {
    std::atomic<int> asked_for{0};
    const auto served =
        started({{.method = "POST", .path = "/*", .handle = [&](const request&, reply answer_it) {
                      ++asked_for;
                      std::move(answer_it).send(
                          {.status = 307, .headers = {{"Location", "/elsewhere"}}}
                      );
                  }}});
    client through{{}};
    EXPECT_EQ(call_and_wait(through, to(url_of(*served))).status, 307U);
    EXPECT_EQ(asked_for, 1);
}

TEST(client, deadlines_end_what_waits_for_an_answer_and_what_waits_for_its_turn) {
    scripted_peer peer{[](raw_socket with, int) { with.read_all(1s); }};
    client_settings settings;
    settings.connections_per_host_max = 1;
    client through{settings};
    auto asked = to(peer.url());
    asked.deadline = 100ms;
    std::promise<answer> second;
    through.start(asked, [](answer got) {
        EXPECT_EQ(got.result, call_result::unknown);
        EXPECT_EQ(got.trouble, "no answer in time");
    });
    through.start(asked, [&](answer got) { second.set_value(std::move(got)); });
    const auto got = second.get_future().get();
    EXPECT_EQ(got.result, call_result::not_sent);
    EXPECT_EQ(got.trouble, "not sent in time");
}

TEST(client, a_host_that_does_not_answer_its_phone_is_not_sent) {
    const deaf_peer nobody;
    client_settings settings;
    settings.connect_deadline = 100ms;
    client through{settings};
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(
        call_and_wait(through, to("http://127.0.0.1:" + std::to_string(nobody.port()))).trouble,
        "connecting took too long"
    );
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s);
}

TEST(client, more_than_may_wait_are_told_at_once) {
    scripted_peer peer{[](raw_socket with, int) {
        with.read_until("{}");
        with.read_all(300ms);
        with.send(ok);
    }};
    client_settings settings;
    settings.connections_per_host_max = 1;
    settings.waiting_per_host_max = 2;
    client through{settings};
    std::atomic<int> told{0};
    std::atomic<int> full{0};
    for (int number = 0; number < 5; ++number) {
        through.start(to(peer.url()), [&](answer got) {
            if (got.trouble == "too many calls wait for this host") ++full;
            ++told;
        });
    }
    ASSERT_TRUE(eventually([&] { return full == 2; }));
    through.finish(0ms);
    EXPECT_EQ(told, 5);
}

TEST(client, an_idle_connection_is_closed_after_a_while) {
    const auto served = started({{.method = "POST", .path = "/", .handle = saying("ok")}});
    client_settings settings;
    settings.idle_keep = 50ms;
    client through{settings};
    EXPECT_EQ(call_and_wait(through, to(url_of(*served))).status, 200U);
    EXPECT_TRUE(eventually([&] { return served->counters().connections_open == 0; }));
}

TEST(client, the_end_waits_for_calls_under_way_and_tells_everybody_once) {
    scripted_peer peer{[](raw_socket with, int) {
        with.read_until("{}");
        with.read_all(100ms);
        with.send(ok);
        with.read_all(1s);
    }};
    client through{{}};
    std::atomic<int> answered{0};
    through.start(to(peer.url()), [&](answer got) {
        answered += got.result == call_result::answered;
    });
    through.finish(5s);
    EXPECT_EQ(answered, 1);
    answer late;
    through.start(to(peer.url()), [&](answer got) { late = std::move(got); });
    EXPECT_EQ(late.trouble, "the client has ended");

    std::atomic<int> unknown{0};
    std::atomic<int> not_sent{0};
    {
        client_settings settings;
        settings.connections_per_host_max = 2;
        client impatient{settings};
        scripted_peer silent{[](raw_socket with, int) { with.read_all(2s); }};
        for (int number = 0; number < 5; ++number) {
            impatient.start(to(silent.url()), [&](answer got) {
                (got.result == call_result::unknown ? unknown : not_sent) += 1;
            });
        }
        EXPECT_TRUE(eventually([&] { return impatient.counters().waiting == 3; }));
        std::this_thread::sleep_for(50ms);  // let the two requests leave
        impatient.finish(10ms);
    }
    EXPECT_EQ(unknown, 2);
    EXPECT_EQ(not_sent, 3);
}

TEST(client, done_may_start_the_next_call_and_may_throw) {
    const auto served = started({{.method = "POST", .path = "/", .handle = saying("ok")}});
    client through{{}};
    std::promise<void> second;
    through.start(to(url_of(*served)), [&](answer) {
        through.start(to(url_of(*served)), [&](answer) { second.set_value(); });
        throw std::runtime_error("from a receiver");
    });
    EXPECT_EQ(second.get_future().wait_for(5s), std::future_status::ready);
}

TEST(client, head_and_get_have_no_body_to_wait_for) {
    const auto served = started({{.method = "GET", .path = "/", .handle = saying("hello")}});
    client through{{}};
    auto asked = to(url_of(*served), "");
    asked.method = "HEAD";
    EXPECT_EQ(call_and_wait(through, asked).body, "");
    asked.method = "GET";
    EXPECT_EQ(call_and_wait(through, asked).body, "hello");
    EXPECT_EQ(through.counters().connections_opened, 1U);
}

}  // namespace
}  // namespace tertulia::gateway::http
