// The parts without a socket: routes, answers as bytes, queries and URLs, and the client's reader.

#include "gateway/http/query.hpp"
#include "gateway/http/response_reader.hpp"
#include "gateway/http/router.hpp"
#include "gateway/http/wire.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

namespace tertulia::gateway::http {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

route at(std::string method, std::string path) {
    return {
        .method = std::move(method), .path = std::move(path), .handle = [](const request&, reply) {
        }};
}

TEST(router, an_exact_path_wins_over_a_prefix_and_a_long_prefix_over_a_short_one) {
    const router routes{
        {at("GET", "/*"), at("GET", "/a/*"), at("GET", "/a/b"), at("POST", "/a/b")}};
    EXPECT_EQ(routes.find("GET", "/a/b").to->path, "/a/b");
    EXPECT_EQ(routes.find("GET", "/a/c").to->path, "/a/*");
    EXPECT_EQ(routes.find("GET", "/a").to->path, "/*");
    EXPECT_EQ(routes.find("GET", "/").to->path, "/*");
    EXPECT_TRUE(routes.find("HEAD", "/a/b").head_only);
}

TEST(router, a_method_it_does_not_have_names_those_it_has) {
    const router routes{{at("GET", "/a"), at("POST", "/a"), at("POST", "/p")}};
    const auto refused = routes.find("PUT", "/a");
    EXPECT_EQ(refused.to, nullptr);
    EXPECT_EQ(refused.allow, "GET, HEAD, POST");
    EXPECT_EQ(routes.find("HEAD", "/p").allow, "POST");
    EXPECT_EQ(routes.find("GET", "/nowhere").allow, "");
}

TEST(router, a_mistaken_table_does_not_start) {
    EXPECT_THROW(router({at("GET", "/a"), at("GET", "/a")}), std::invalid_argument);
    EXPECT_THROW(router({at("GET", "a")}), std::invalid_argument);
    EXPECT_THROW(router({route{.method = "GET", .path = "/a"}}), std::invalid_argument);
}

TEST(wire, an_answer_is_its_status_its_headers_and_its_body) {
    wire made;
    serialise(
        {.status = 201, .content_type = "a/b", .body = "xy", .headers = {{"Retry-After", "3"}}},
        made
    );
    EXPECT_EQ(
        made.bytes,
        "HTTP/1.1 201 Created\r\nContent-Type: a/b\r\nRetry-After: 3\r\nContent-Length: 2\r\n\r\nxy"
    );
    wire adapted;
    adapt(made, {.head_only = true, .close = true}, adapted);
    EXPECT_EQ(
        adapted.bytes,
        "HTTP/1.1 201 Created\r\nContent-Type: a/b\r\nRetry-After: 3\r\nContent-Length: 2\r\n"
        "Connection: close\r\n\r\n"
    );
}

TEST(wire, a_value_cannot_begin_a_header_of_its_own) {
    wire made;
    serialise({.headers = {{"Location", "/a\r\nSet-Cookie: b"}}}, made);
    EXPECT_EQ(made.bytes.find("\r\nSet-Cookie"), std::string::npos);
}

TEST(wire, a_status_that_does_not_exist_is_our_mistake) {
    wire made;
    serialise({.status = 42}, made);
    EXPECT_TRUE(made.bytes.starts_with("HTTP/1.1 500 "));
    serialise({.status = 204, .body = "never sent"}, made);
    EXPECT_EQ(made.bytes, "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST(problem, it_is_json_whatever_the_words) {
    const auto made = problem(422, "bad-thing", "A \"title\"", "line\nbreak\\");
    EXPECT_EQ(made.status, 422U);
    EXPECT_EQ(made.content_type, "application/problem+json");
    EXPECT_EQ(
        made.body,
        R"({"type":"urn:tertulia:problem:bad-thing","title":"A \"title\"","status":422,)"
        R"("detail":"line\u000abreak\\"})"
    );
}

TEST(query, names_and_values_are_decoded_in_order) {
    EXPECT_THAT(
        *parse_query("hub.mode=subscribe&a=%C3%A9+x&a=2&flag&=v"),
        ElementsAre(
            Pair("hub.mode", "subscribe"),
            Pair("a", "\xc3\xa9 x"),
            Pair("a", "2"),
            Pair("flag", ""),
            Pair("", "v")
        )
    );
    EXPECT_TRUE(parse_query("")->empty());
    EXPECT_FALSE(parse_query("a=%zz"));
    EXPECT_FALSE(parse_query("a=%4"));
    EXPECT_EQ(query_value("a=1&b=%2B", "b"), "+");
    EXPECT_EQ(query_value("a=1", "b"), std::nullopt);
    // A part of something longer, as it is of a request.
    const std::string_view request = "GET /x?a=1&b=2 HTTP/1.1\r\nHost: h&c=3\r\n";
    EXPECT_EQ(query_value(request.substr(7, 7), "b"), "2");
    EXPECT_EQ(query_value(request.substr(7, 7), "c"), std::nullopt);
    EXPECT_EQ(percent_encode("a b/\xc3\xa9-~"), "a%20b%2F%C3%A9-~");
}

TEST(url, only_what_can_be_called_is_one) {
    const auto plain = parse_url("http://Graph.Example:8080/v1/x?y=%20z");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->host, "graph.example");
    EXPECT_EQ(plain->authority, "Graph.Example:8080");
    EXPECT_EQ(plain->port, 8080);
    EXPECT_EQ(plain->target, "/v1/x?y=%20z");
    EXPECT_FALSE(plain->secure);
    EXPECT_EQ(parse_url("https://a")->port, 443);
    EXPECT_EQ(parse_url("https://a?b")->target, "/?b");
    EXPECT_EQ(parse_url("http://[::1]:80/")->host, "::1");
    for (const auto* wrong :
         {"",
          "a",
          "/a",
          "ftp://a/",
          "http:///a",
          "http://u:p@a/",
          "http://a:99999/",
          "http://a b/",
          "http://a/\r\nX: y",
          "mailto:a@b"}) {
        EXPECT_FALSE(parse_url(wrong)) << wrong;
    }
}

class response_reader_test : public ::testing::Test {
protected:
    answer_reading read(std::string_view bytes, std::size_t piece, std::size_t body_max = 1000) {
        reader.start(body_max, rule);
        auto now = answer_reading::need_more;
        while (now == answer_reading::need_more && !bytes.empty()) {
            const auto room = reader.room();
            const auto take = std::min({piece, bytes.size(), room.size()});
            std::memcpy(room.data(), bytes.data(), take);
            bytes.remove_prefix(take);
            now = reader.took(take);
        }
        return now == answer_reading::need_more ? reader.ended() : now;
    }
    response_reader::body_rule rule{response_reader::body_rule::as_announced};
    response_reader reader{};
};

TEST_F(response_reader_test, an_answer_is_read_however_it_is_framed_and_cut) {
    const std::string head = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429 Slow\r\nRetry-After: 7\r\n";
    for (const std::string& framed :
         {head + "Content-Length: 5\r\n\r\nhello",
          head + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
          head + "\r\nhello"}) {
        for (std::size_t piece = 1; piece < framed.size(); ++piece) {
            ASSERT_EQ(read(framed, piece), answer_reading::complete) << framed << piece;
            EXPECT_EQ(reader.status(), 429U);
            EXPECT_EQ(reader.take_retry_after(), "7");
            EXPECT_EQ(reader.take_body(), "hello");
        }
    }
}

TEST_F(response_reader_test, the_connection_is_kept_only_when_nothing_follows) {
    ASSERT_EQ(read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 99), answer_reading::complete);
    EXPECT_TRUE(reader.keep_alive());
    ASSERT_EQ(
        read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1", 99), answer_reading::complete
    );
    EXPECT_FALSE(reader.keep_alive());
    ASSERT_EQ(
        read("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 99),
        answer_reading::complete
    );
    EXPECT_FALSE(reader.keep_alive());
    ASSERT_EQ(read("HTTP/1.1 200 OK\r\n\r\nto the end", 99), answer_reading::complete);
    EXPECT_FALSE(reader.keep_alive());
}

TEST_F(response_reader_test, answers_to_head_have_no_body) {
    rule = response_reader::body_rule::none_after_head;
    EXPECT_EQ(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 99), answer_reading::complete);
}

TEST_F(response_reader_test, what_is_cut_too_large_or_not_http_is_told_apart) {
    EXPECT_EQ(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", 99), answer_reading::bad);
    EXPECT_EQ(
        read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", 99),
        answer_reading::bad
    );
    EXPECT_EQ(read("HTTP/1.1 200", 99), answer_reading::bad);
    EXPECT_EQ(read("", 99), answer_reading::bad);
    EXPECT_EQ(read("SSH-2.0-OpenSSH\r\n\r\n", 99), answer_reading::bad);
    EXPECT_EQ(read("HTTP/1.1 101 Switching\r\n\r\n", 99), answer_reading::bad);
    EXPECT_EQ(read("HTTP/1.1 200 OK\r\nA: " + std::string(20'000, 'a'), 99), answer_reading::bad);
    EXPECT_EQ(
        read("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", 99), answer_reading::too_large
    );
    EXPECT_EQ(reader.status(), 200U);
    EXPECT_EQ(
        read("HTTP/1.1 200 OK\r\n\r\n" + std::string(5'000, 'a'), 99), answer_reading::too_large
    );
    EXPECT_EQ(
        read(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n" + std::string(4095, 'a'),
            99
        ),
        answer_reading::too_large
    );
}

TEST(url, a_segment_of_a_path_is_decoded_and_a_plus_stays_one) {
    EXPECT_EQ(percent_decode("a%20b+c%C3%A9"), "a b+cé");
    EXPECT_EQ(percent_decode(""), "");
    for (const auto* wrong : {"%", "%4", "%4g", "a%zz", "%%41"}) {
        EXPECT_EQ(percent_decode(wrong), std::nullopt) << wrong;
    }
}

}  // namespace
}  // namespace tertulia::gateway::http
