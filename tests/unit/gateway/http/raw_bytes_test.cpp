// Anything may arrive on the port. Each connection gets a clear answer or a close, and the server
// goes on serving others.

#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace tertulia::gateway::http {
namespace {

using namespace testing;
using namespace std::literals;

bool is_clear(const std::string& got) {
    return got.empty() ||
           (got.starts_with("HTTP/1.1 ") && got.find("\r\n\r\n") != std::string::npos);
}

class raw_bytes_test : public ::testing::Test {
protected:
    raw_bytes_test() {
        server_settings settings;
        settings.header_deadline = settings.body_deadline = settings.idle_deadline = 150ms;
        served = started(
            {{.method = "GET", .path = "/", .handle = saying("hello")},
             {.method = "POST", .path = "/*", .body_bytes_max = 1000, .handle = saying("posted")}},
            settings
        );
    }

    std::string thrown_at_it(std::string_view bytes, bool half_closed) {
        raw_socket client{served->port()};
        client.send(bytes);
        if (half_closed) client.end_sending();
        auto got = client.read_all();
        EXPECT_TRUE(client.at_end());
        return got;
    }

    void still_serves() {
        raw_socket client{served->port()};
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        EXPECT_THAT(client.read_until("hello"), ::testing::EndsWith("hello"));
    }

    std::unique_ptr<server> served;
};

TEST_F(raw_bytes_test, each_of_the_known_tricks_gets_an_answer_or_a_close) {
    const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
    const std::vector<std::string> corpus{
        "",
        "\0"s,
        "\r\n",
        "\n\n\n\n",
        "GET",
        "GET /",
        "GET / HTTP/1.1",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "get / http/1.1\r\nHost: x\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s,
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "SSH-2.0-x\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://a/b HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\n: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nA\0B: c\r\n\r\n"s,
        "GET /\x7f HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n\tc\r\n\r\n",
        post + "Content-Length: -1\r\n\r\n",
        post + "Content-Length: 1e3\r\n\r\n",
        post + "Content-Length: 18446744073709551615\r\n\r\n",
        post + "Content-Length: 18446744073709551616\r\n\r\n",
        post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: xchunked\r\n\r\n",
        post + "Transfer-Encoding: chunked, identity\r\n\r\n",
        post +
            "Transfer-Encoding: \x0b"
            "chunked\r\n\r\n",
        post + "Transfer-Encoding:chunked\r\n\r\nG\r\n",
        post + "Transfer-Encoding: chunked\r\n\r\n;\r\n",
        post + "Transfer-Encoding: chunked\r\n\r\n0;\"\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\n\r\n0\r\nA\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n",
        post + "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n",
        post + "Transfer-Encoding: chunked\r\n\r\n1\r\nab",
        post + "Expect: 200-ok\r\n\r\n",
        post + "Connection: ,,,\x01\r\n\r\n",
        std::string(100'000, 'A'),
        "GET /" + std::string(100'000, '%') + " HTTP/1.1\r\n\r\n",
        std::string(100'000, '\r'),
        post + "A: " + std::string(100'000, ' ') + "\r\n\r\n",
    };
    for (const auto& each : corpus) {
        for (const bool half_closed : {true, false}) {
            const auto got = thrown_at_it(each, half_closed);
            EXPECT_TRUE(is_clear(got)) << each.substr(0, 80) << " -> " << got.substr(0, 200);
        }
    }
    still_serves();
}

TEST_F(raw_bytes_test, requests_with_random_damage_get_an_answer_or_a_close) {
    std::mt19937 random{20'261'123};  // NOLINT: the same damage every time
    const std::string whole =
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: "
        "keep-alive\r\n\r\n"
        "5;a=b\r\nhello\r\n0\r\nT: u\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nContent-Length: "
        "2\r\n\r\nab";
    for (int round = 0; round < 300; ++round) {
        auto damaged = whole;
        for (auto hits = random() % 4; hits > 0; --hits) {
            const auto at = random() % damaged.size();
            switch (random() % 3) {
                case 0:
                    damaged[at] = static_cast<char>(random() % 256);
                    break;
                case 1:
                    damaged.erase(at, random() % 9);
                    break;
                default:
                    damaged.insert(at, damaged.substr(random() % damaged.size(), random() % 9));
            }
        }
        const auto got = thrown_at_it(damaged, true);
        EXPECT_TRUE(is_clear(got)) << round << ": " << damaged << " -> " << got;
    }
    still_serves();
}

}  // namespace
}  // namespace tertulia::gateway::http
