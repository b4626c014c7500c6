// TLS between our client and our server, with certificates made for the test.

#include "gateway/http/tls.hpp"
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <openssl/ssl.h>

#include <atomic>
#include <fstream>

namespace tertulia::gateway::http {
namespace {

using namespace testing;
using ::testing::HasSubstr;

class tls_test : public ::testing::Test {
protected:
    std::unique_ptr<server> serve(server_settings settings = {}) {
        settings.tls = papers.files();
        return started(
            {{.method = "GET", .path = "/", .handle = saying("hello")},
             {.method = "POST",
              .path = "/",
              .body_bytes_max = 4'000'000,
              .handle = [](const request& asked,
                           reply to) { std::move(to).send({.body = std::string{asked.body}}); }}},
            std::move(settings)
        );
    }
    [[nodiscard]] client_settings trusting() const {
        client_settings made;
        made.certificate_authorities = papers.authority();
        return made;
    }
    static call get_of(const server& served, const std::string& host = "localhost") {
        call made;
        made.method = "GET";
        made.url = "https://" + host + ":" + std::to_string(served.port()) + "/";
        made.deadline = 5s;
        return made;
    }
    certificates papers{};
};

// A TLS client with no more than OpenSSL in it: to see the certificate or to offer old versions.
class bare_tls {
public:
    bare_tls(std::uint16_t port, int version_max) : socket_{port} {
        SSL_CTX_set_max_proto_version(context_.get(), version_max);
        SSL_CTX_set_security_level(context_.get(), 0);
        SSL_CTX_set_min_proto_version(context_.get(), 0);
        tls_.reset(SSL_new(context_.get()));
        SSL_set_fd(tls_.get(), socket_.descriptor());
        connected_ = SSL_connect(tls_.get()) == 1;
    }
    [[nodiscard]] bool connected() const { return connected_; }
    [[nodiscard]] long serial() const {
        auto* theirs = SSL_get1_peer_certificate(tls_.get());
        const auto number = ASN1_INTEGER_get(X509_get_serialNumber(theirs));
        X509_free(theirs);
        return number;
    }

private:
    raw_socket socket_;
    std::shared_ptr<SSL_CTX> context_{SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
    ssl_owner tls_{};
    bool connected_{};
};

TEST_F(tls_test, a_call_is_answered_through_tls) {
    const auto served = serve();
    client through{trusting()};
    EXPECT_EQ(call_and_wait(through, get_of(*served)).body, "hello");
    auto large = get_of(*served);
    large.method = "POST";
    large.body = std::string(3'000'000, 'b');
    large.answer_bytes_max = 4'000'000;
    EXPECT_EQ(call_and_wait(through, large).body, large.body);
    EXPECT_EQ(through.counters().tls_full, 1U);
    EXPECT_EQ(through.counters().connections_opened, 1U);
}

TEST_F(tls_test, a_certificate_for_another_name_or_from_nobody_we_know_is_refused) {
    const auto served = serve();
    client through{trusting()};
    const auto wrong_name = call_and_wait(through, get_of(*served, "127.0.0.1"));
    EXPECT_EQ(wrong_name.result, call_result::not_sent);
    EXPECT_THAT(wrong_name.trouble, HasSubstr("TLS certificate refused"));
    client of_the_system{{}};
    EXPECT_EQ(call_and_wait(of_the_system, get_of(*served)).result, call_result::not_sent);
    EXPECT_EQ(served->counters().requests, 0U);
    papers.renew("127.0.0.1");
    EXPECT_EQ(served->reload_tls(), "");
    EXPECT_EQ(call_and_wait(through, get_of(*served, "127.0.0.1")).body, "hello");
}

TEST_F(tls_test, reconnecting_resumes_the_session) {
    const auto served = serve();
    auto settings = trusting();
    settings.idle_keep = 1ms;
    client through{settings};
    for (int number = 0; number < 8; ++number) {
        ASSERT_EQ(call_and_wait(through, get_of(*served)).body, "hello");
        ASSERT_TRUE(eventually([&] { return served->counters().connections_open == 0; }));
    }
    EXPECT_EQ(through.counters().connections_opened, 8U);
    EXPECT_EQ(through.counters().tls_full, 1U);
    EXPECT_EQ(through.counters().tls_resumed, 7U);
}

TEST_F(tls_test, a_renewed_certificate_serves_new_connections_and_a_bad_one_changes_nothing) {
    const auto served = serve();
    const auto first = bare_tls{served->port(), TLS1_3_VERSION}.serial();
    client through{trusting()};
    EXPECT_EQ(call_and_wait(through, get_of(*served)).body, "hello");
    const auto renewed = papers.renew("localhost");
    EXPECT_EQ(served->reload_tls(), "");
    EXPECT_NE(first, renewed);
    EXPECT_EQ((bare_tls{served->port(), TLS1_3_VERSION}.serial()), renewed);
    EXPECT_EQ(call_and_wait(through, get_of(*served)).body, "hello");
    EXPECT_EQ(through.counters().connections_opened, 1U);

    std::ofstream{papers.files().key} << "not a key";
    EXPECT_THAT(served->reload_tls(), HasSubstr("key.pem"));
    EXPECT_EQ((bare_tls{served->port(), TLS1_3_VERSION}.serial()), renewed);
    server_settings broken;
    broken.tls = papers.files();
    EXPECT_THROW(server(broken, {}), std::system_error);
    broken.tls.certificate = "/nowhere.pem";
    EXPECT_THROW(server(broken, {}), std::system_error);
    client_settings without;
    without.certificate_authorities = "/nowhere.pem";
    EXPECT_THROW(client{without}, std::system_error);
    EXPECT_NE(started({})->reload_tls(), "");
}

TEST_F(tls_test, versions_older_than_1_2_are_not_spoken) {
    const auto served = serve();
    EXPECT_TRUE((bare_tls{served->port(), TLS1_2_VERSION}.connected()));
    EXPECT_FALSE((bare_tls{served->port(), TLS1_1_VERSION}.connected()));
}

TEST_F(tls_test, a_handshake_that_does_not_come_is_not_waited_for) {
    server_settings settings;
    settings.header_deadline = 100ms;
    const auto served = serve(settings);
    raw_socket silent{served->port()};
    EXPECT_EQ(silent.read_all(), "");
    EXPECT_TRUE(silent.at_end());
    raw_socket in_the_clear{served->port()};
    in_the_clear.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(in_the_clear.read_all(), ::testing::Not(HasSubstr("hello")));
    EXPECT_TRUE(in_the_clear.at_end());
    EXPECT_EQ(served->counters().timed_out, 1U);
}

TEST_F(tls_test, an_answer_cut_without_a_goodbye_is_unknown) {
    // Without the end mark a body read to the end of the connection may have been cut by anybody.
    const auto context = make_server_tls(papers.files());
    scripted_peer peer{[&](raw_socket with, int) {
        ssl_owner tls{SSL_new(context.get())};
        SSL_set_fd(tls.get(), with.descriptor());
        if (SSL_accept(tls.get()) != 1) return;
        char bytes[1000];
        SSL_read(tls.get(), bytes, sizeof bytes);
        const std::string part = "HTTP/1.1 200 OK\r\n\r\npart";
        SSL_write(tls.get(), part.data(), static_cast<int>(part.size()));
    }};
    client through{trusting()};
    call asked;
    asked.url = "https://localhost:" + std::to_string(peer.port()) + "/";
    asked.deadline = 5s;
    EXPECT_EQ(call_and_wait(through, asked).result, call_result::unknown);
}

TEST_F(tls_test, idle_tls_connections_survive_losing_their_buffers) {
    server_settings settings;
    settings.header_deadline = 80ms;  // a tick of 10 ms
    const auto served = serve(settings);
    client through{trusting()};
    for (int number = 0; number < 4; ++number) {
        ASSERT_EQ(call_and_wait(through, get_of(*served)).body, "hello");
        std::this_thread::sleep_for(50ms);
    }
    EXPECT_EQ(through.counters().connections_opened, 1U);
}

}  // namespace
}  // namespace tertulia::gateway::http
