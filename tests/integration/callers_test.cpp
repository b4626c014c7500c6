// Who may call a provider that signs nothing: behind the secret of the path, an address; behind a
// proxy of ours, the address that proxy saw.

#include "tests/integration/parts/town.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::integration {
namespace {

constexpr auto kannel_channel = R"(
channels:
  - {name: sms, type: kannel, username: u, password: p, from: "4040",
     path_secret: 0123456789abcdef, sendsms_url: "http://127.0.0.1:1/",
     allow_from: [203.0.113.0/24, "2001:db8::/32"]}
)";

std::string door(const std::string& id, const std::string& secret = "0123456789abcdef") {
    return "/webhooks/sms/" + secret + "?from=%2B50255560009&to=4040&ts=1764140000&id=" + id +
           "&smsc=x&coding=0&text=hola";
}

std::optional<http_answer> called(const gateway& house, const std::string& id, const headers& with) {
    return ask(house.port(), "GET", door(id), with);
}

struct callers : testing::Test {
    place where{};
    gateway house{where, {}};

    void begin(const std::string& server) {
        house.configure(std::string{kannel_channel} + server);
        house.start();
    }
};

TEST_F(callers, without_trusted_proxies_nobody_may_say_who_he_is) {
    begin("");
    const auto nowhere = ask(house.port(), "GET", "/nowhere");
    const auto refused = called(house, "a", {{"X-Forwarded-For", "203.0.113.9"}});
    ASSERT_TRUE(nowhere && refused);
    EXPECT_EQ(refused->status, 404);
    EXPECT_EQ(refused->body, nowhere->body);
    EXPECT_EQ(refused->headers, nowhere->headers);
    EXPECT_EQ(house.metric("tertulia_refused_callers_total{channel=\"sms\"}"), 1);
    EXPECT_EQ(house.metric("tertulia_events_total"), 0);
    EXPECT_THAT(house.log(), testing::HasSubstr("sms: a call from 127.0.0.1 was turned away"));
}

TEST_F(callers, behind_a_trusted_proxy_the_right_most_stranger_counts) {
    begin("server: {trusted_proxies: [127.0.0.1, 10.0.0.0/8]}\n");
    const headers let_in[]{
        {{"X-Forwarded-For", "203.0.113.9"}},
        {{"x-forwarded-for", "198.51.100.1, 203.0.113.9:4711, 10.1.2.3"}},
        {{"X-Forwarded-For", "198.51.100.1"}, {"X-Forwarded-For", "[2001:db8::5]:443"}},
        {{"X-Forwarded-For", "::ffff:203.0.113.9"}}};
    int number = 0;
    for (const auto& one : let_in) {
        const auto answer = called(house, "in" + std::to_string(number++), one);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 200) << one.front().second;
    }
    const headers kept_out[]{
        {},
        {{"X-Forwarded-For", "198.51.100.1"}},
        {{"X-Forwarded-For", "203.0.113.9, 198.51.100.1"}},
        {{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-For", "198.51.100.1"}},
        {{"X-Forwarded-For", "203.0.113.9, unknown"}},
        {{"X-Forwarded-For", "203.0.113.9,"}},
        {{"X-Forwarded-For", ""}},
        {{"X-Real-IP", "203.0.113.9"}},
        {{"Forwarded", "for=203.0.113.9"}}};
    for (const auto& one : kept_out) {
        const auto answer = called(house, "out", one);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 404) << (one.empty() ? "" : one.front().second);
    }
    EXPECT_EQ(house.metric("tertulia_events_total"), std::size(let_in));
    EXPECT_EQ(
        house.metric("tertulia_refused_callers_total{channel=\"sms\"}"), std::size(kept_out)
    );
    // The right address does not open the door without the secret.
    const auto wrong =
        ask(house.port(), "GET", door("x", "0123456789abcdee"), {{"X-Forwarded-For", "203.0.113.9"}});
    ASSERT_TRUE(wrong);
    EXPECT_EQ(wrong->status, 404);
    EXPECT_EQ(house.metric("tertulia_events_total"), std::size(let_in));
}

}  // namespace
}  // namespace tertulia::integration
