// What a request may look like, byte by byte, and what each malformed one is answered with.

#include "gateway/http/request_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstring>

namespace tertulia::gateway::http {
namespace {

constexpr std::size_t header_max = 16 * 1024;

// Feeds `bytes` in pieces of at most `piece`, accepting every header with `body_max`.
struct read_result {
    reading ended{reading::need_more};
    std::string method{}, path{}, query{}, body{}, type{};
    unsigned fault{};
    bool keep{};
};

class request_reader_test : public ::testing::Test {
protected:
    read_result read(
        std::string_view bytes, std::size_t piece = 1'000'000, std::size_t body_max = 65536
    ) {
        return read_with(reader, bytes, piece, body_max);
    }

    static read_result read_with(
        request_reader& reader, std::string_view& bytes, std::size_t piece, std::size_t body_max
    ) {
        auto now = reader.next();
        for (;;) {
            if (now == reading::header) {
                now = reader.go_on(body_max);
            } else if (now == reading::need_more) {
                const auto room = reader.room();
                EXPECT_FALSE(room.empty());
                const auto take = std::min({piece, bytes.size(), room.size()});
                if (take == 0) break;
                std::memcpy(room.data(), bytes.data(), take);
                bytes.remove_prefix(take);
                now = reader.took(take);
            } else {
                break;
            }
        }
        read_result made{.ended = now};
        made.fault = reader.fault_status();
        if (now == reading::complete) {
            made.method = reader.method();
            made.path = reader.path();
            made.query = reader.query();
            made.body = reader.body();
            made.type = reader.content_type();
            made.keep = reader.keep_alive();
        }
        return made;
    }

    unsigned fault_of(std::string_view bytes) {
        reader.forget();
        const auto got = read(bytes);
        return got.ended == reading::bad ? got.fault : 0;
    }

    body_budget budget{1024 * 1024};
    request_reader reader{header_max, budget};
};

TEST_F(request_reader_test, a_request_is_taken_apart_however_its_bytes_arrive) {
    const std::string whole =
        "POST /webhooks/w?a=%20b&c=d HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        "X-Hub-Signature-256: sha256=00\r\nContent-Length: 5\r\n\r\nhello";
    for (std::size_t piece = 1; piece <= whole.size(); ++piece) {
        reader.forget();
        const auto got = read(whole, piece);
        ASSERT_EQ(got.ended, reading::complete) << piece;
        EXPECT_EQ(got.method, "POST");
        EXPECT_EQ(got.path, "/webhooks/w");
        EXPECT_EQ(got.query, "a=%20b&c=d");
        EXPECT_EQ(got.body, "hello");
        EXPECT_EQ(got.type, "application/json");
        EXPECT_EQ(reader.header("x-hub-signature-256"), "sha256=00");
        EXPECT_EQ(reader.header("absent"), "");
        EXPECT_TRUE(got.keep);
    }
}

TEST_F(request_reader_test, chunks_become_one_body_and_trailers_are_not_believed) {
    const std::string whole =
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\nContent-Type: text/evil\r\nX: y\r\n\r\n";
    for (std::size_t piece = 1; piece <= whole.size(); ++piece) {
        reader.forget();
        const auto got = read(whole, piece);
        ASSERT_EQ(got.ended, reading::complete) << piece;
        EXPECT_EQ(got.body, "hello world");
        EXPECT_EQ(got.type, "");
        EXPECT_EQ(reader.header("X"), "");
    }
}

TEST_F(request_reader_test, pipelined_requests_are_read_one_after_the_other) {
    std::string many;
    for (int number = 0; number < 500; ++number) {
        const auto body = std::string(static_cast<std::size_t>(number % 97), 'b');
        many += "POST /" + std::to_string(number) +
                " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body;
    }
    std::string_view left{many};
    for (int number = 0; number < 500; ++number) {
        const auto got = read_with(reader, left, 7919, 65536);
        ASSERT_EQ(got.ended, reading::complete) << number;
        EXPECT_EQ(got.path, "/" + std::to_string(number));
        EXPECT_EQ(got.body.size(), static_cast<std::size_t>(number % 97));
    }
}

TEST_F(request_reader_test, a_body_larger_than_the_buffer_is_collected) {
    const std::string body(300'000, 'z');
    const auto got = read(
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n" + body, 10'000, 400'000
    );
    ASSERT_EQ(got.ended, reading::complete);
    EXPECT_EQ(got.body, body);
}

TEST_F(request_reader_test, a_body_gives_its_memory_back) {
    std::string_view bytes{
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n"};
    ASSERT_EQ(read(bytes).ended, reading::complete);
    EXPECT_EQ(budget.left, 1024U * 1024 - 4);
    (void)reader.next();
    EXPECT_EQ(budget.left, 1024U * 1024);
}

TEST_F(request_reader_test, bodies_beyond_the_threads_budget_are_put_off) {
    budget.left = 1000;
    EXPECT_EQ(
        fault_of(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n" + std::string(50'000, 'z')
        ),
        503U
    );
    (void)reader.next();
    EXPECT_EQ(budget.left, 1000U);
}

TEST_F(request_reader_test, absolute_targets_become_paths) {
    EXPECT_EQ(read("GET http://other/a?b=c HTTP/1.1\r\nHost: x\r\n\r\n").path, "/a");
    reader.forget();
    EXPECT_EQ(read("GET http://other HTTP/1.1\r\nHost: x\r\n\r\n").path, "/");
    reader.forget();
    const auto only_query = read("GET HTTPS://other?q HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(only_query.path, "/");
    EXPECT_EQ(only_query.query, "q");
    EXPECT_EQ(fault_of("CONNECT a:443 HTTP/1.1\r\nHost: x\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of("GET http:// HTTP/1.1\r\nHost: x\r\n\r\n"), 400U);
}

TEST_F(request_reader_test, percent_encoding_is_left_as_it_is) {
    EXPECT_EQ(read("GET /a%2Fb%00 HTTP/1.1\r\nHost: x\r\n\r\n").path, "/a%2Fb%00");
}

TEST_F(request_reader_test, empty_lines_before_a_request_are_skipped_but_not_for_ever) {
    EXPECT_EQ(read("\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n").ended, reading::complete);
    EXPECT_EQ(fault_of("\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"), 400U);
}

TEST_F(request_reader_test, what_two_servers_might_read_differently_is_refused) {
    const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
    EXPECT_EQ(fault_of(post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of(post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of(post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of(post + "Content-Length: 5, 5\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of(post + "Content-Length: +5\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of(post + "Content-Length: 0x5\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of(post + "Content-Length: 99999999999999999999999\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of(post + "Content-Length : 5\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of(post + "Transfer-Encoding: gzip, chunked\r\n\r\n"), 501U);
    EXPECT_EQ(fault_of(post + "Transfer-Encoding: gzip\r\n\r\n"), 501U);
    EXPECT_EQ(
        fault_of(post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"), 400U
    );
    EXPECT_EQ(fault_of("POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of("GET / HTTP/1.1\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n folded\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of("GET / HTTP/1.1\nHost: x\n\n"), 400U);
    EXPECT_EQ(fault_of("GET  / HTTP/1.1\r\nHost: x\r\n\r\n"), 400U);
}

TEST_F(request_reader_test, control_bytes_are_refused) {
    using namespace std::literals;
    EXPECT_EQ(fault_of("GET /a\0b HTTP/1.1\r\nHost: x\r\n\r\n"sv), 400U);
    EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n"sv), 400U);
    EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost: x\r\nA\0: b\r\n\r\n"sv), 400U);
    EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost: x\r\nA: b\x1b[31m\r\n\r\n"sv), 400U);
    EXPECT_EQ(fault_of("GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n"sv), 400U);
    EXPECT_EQ(fault_of("GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n"sv), 400U);
    EXPECT_EQ(fault_of("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"sv), 400U);
}

TEST_F(request_reader_test, sizes_are_bounded) {
    EXPECT_EQ(fault_of("GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"), 414U);
    EXPECT_EQ(fault_of("GET /" + std::string(60'000, 'a')), 414U);
    EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(60'000, 'a')), 431U);
    EXPECT_EQ(
        fault_of("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(17'000, 'a') + "\r\n\r\n"), 431U
    );
    std::string many = "GET / HTTP/1.1\r\nHost: x\r\n";
    for (int number = 0; number < 200; ++number) many += "A: b\r\n";
    EXPECT_EQ(fault_of(many + "\r\n"), 431U);
    EXPECT_EQ(fault_of("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 65537\r\n\r\n"), 413U);
    EXPECT_EQ(fault_of("POST / HTTP/1.0\r\nHost: x\r\n\r\n"), 411U);
    EXPECT_EQ(fault_of("GET / HTTP/2.0\r\nHost: x\r\n\r\n"), 505U);
    EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost: x\r\nExpect: cake\r\n\r\n"), 417U);
    reader.forget();
    EXPECT_EQ(
        read(
            "GET /" + std::string(7'000, 'a') +
            " HTTP/1.1\r\nHost: x\r\nA: " + std::string(8'000, 'b') + "\r\n\r\n"
        )
            .ended,
        reading::complete
    );
}

TEST_F(request_reader_test, abused_chunks_are_refused) {
    const std::string post = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    EXPECT_EQ(fault_of(post + "ffffffffffffffff\r\n"), 413U);
    EXPECT_EQ(fault_of(post + "fffffffffffffffff\r\n"), 400U);
    EXPECT_EQ(fault_of(post + "10001\r\n"), 413U);
    EXPECT_EQ(fault_of(post + "-5\r\nhello\r\n"), 400U);
    EXPECT_EQ(fault_of(post + "5\r\nhelloX\r\n0\r\n\r\n"), 400U);
    EXPECT_EQ(fault_of(post + "5;" + std::string(300, 'e') + "\r\nhello\r\n"), 400U);
    EXPECT_EQ(fault_of(post + "5;" + std::string(100'000, 'e')), 400U);
    EXPECT_EQ(fault_of(post + "0\r\nA: " + std::string(100'000, 't')), 400U);
    std::string crumbs = post;
    for (int number = 0; number < 20'000; ++number)
        crumbs += "1;e=" + std::string(200, 'x') + "\r\na\r\n";
    EXPECT_EQ(fault_of(crumbs), 400U);
}

TEST_F(request_reader_test, old_clients_close_unless_they_ask) {
    EXPECT_FALSE(read("GET / HTTP/1.0\r\n\r\n").keep);
    reader.forget();
    EXPECT_TRUE(read("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep);
    reader.forget();
    EXPECT_FALSE(read("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").keep);
}

// Whatever comes, in whatever pieces: an end, never a crash, and the same end for the same bytes.
RC_GTEST_PROP(request_reader_property, pieces_do_not_change_the_meaning, ()) {
    const auto part = rc::gen::elementOf(std::vector<std::string>{
        "GET ",
        "POST ",
        "/",
        "/a?b",
        " HTTP/1.1",
        "\r\n",
        "\r\n\r\n",
        "Host: x\r\n",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "3\r\nabc\r\n",
        "0\r\n\r\n",
        "abc",
        std::string(1, '\0'),
        "\n",
        ":",
        "ffffffff\r\n",
        "Connection: close\r\n",
        " ",
        "\t"});
    const auto parts = *rc::gen::container<std::vector<std::string>>(part);
    const auto piece = *rc::gen::inRange<std::size_t>(1, 40);
    std::string all;
    for (const auto& each : parts) all += each;

    const auto run = [&](std::size_t size) {
        body_budget budget{4096};
        request_reader reader{1024, budget};
        std::string trace;
        std::string_view left{all};
        for (int requests = 0; requests < 50; ++requests) {
            auto now = reader.next();
            while (now == reading::header || now == reading::need_more) {
                if (now == reading::header) {
                    now = reader.go_on(2048);
                    continue;
                }
                const auto room = reader.room();
                RC_ASSERT(!room.empty());
                const auto take = std::min({size, left.size(), room.size()});
                if (take == 0) break;
                std::memcpy(room.data(), left.data(), take);
                left.remove_prefix(take);
                now = reader.took(take);
            }
            if (now == reading::complete) {
                trace += std::string{reader.method()} + ' ' + std::string{reader.path()} + ' ' +
                         std::string{reader.body()} + '\n';
                continue;
            }
            // Where malformed bytes end is seen sooner or later: bytes that come in pieces may
            // still wait for the end of their header.
            break;
        }
        return trace;
    };
    RC_ASSERT(run(piece) == run(1'000'000));
}

}  // namespace
}  // namespace tertulia::gateway::http
