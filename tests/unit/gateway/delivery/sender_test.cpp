// The sender makes the call it was given and reports how it ended, exactly once, whatever happens.

#include "gateway/delivery/sender.hpp"

#include "gateway/http/server.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using how = call_outcome::how;

struct sender_test : testing::Test {
    std::mutex mutex{};
    std::condition_variable changed{};
    std::vector<std::pair<std::int64_t, call_outcome>> reports{};
    std::vector<http::reply> held{};
    http::client client{{}};
    http::server provider{
        {.listen = "127.0.0.1:0"},
        {{.method = "POST",
          .path = "/send",
          .handle =
              [](const http::request& request, http::reply to) {
                  std::move(to).send(
                      {.status = 429,
                       .body = std::string{request.body} + '|' +
                               std::string{request.header("authorization")},
                       .headers = {{"Retry-After", "7"}}});
              }},
         {.method = "POST",
          .path = "/hold",
          .handle =
              [this](const http::request&, http::reply to) {
                  const std::scoped_lock lock{mutex};
                  held.push_back(std::move(to));
                  changed.notify_all();
              }}}};
    std::string path{"/send"};
    sender out{
        client,
        [this](const outbox_entry& entry) -> boost::system::result<adapters::outbound_request> {
            if (entry.purpose == "bad") return std::make_error_code(std::errc::message_size);
            return adapters::outbound_request{
                .url = "http://127.0.0.1:" + std::to_string(provider.port()) + path,
                .headers = {{"Authorization", "Bearer x"}},
                .body = entry.purpose};
        },
        [](const outbox_entry& entry, const adapters::provider_response& answer) {
            return adapters::verdict{
                .reaction = adapters::reaction::retry,
                .code = static_cast<int>(entry.id),
                .reason = answer.body + '|' + answer.retry_after};
        },
        [this](std::int64_t id, call_outcome ended) {
            const std::scoped_lock lock{mutex};
            reports.emplace_back(id, std::move(ended));
            changed.notify_all();
        },
        300ms, 2};

    sender_test() { provider.start(); }
    ~sender_test() override {
        client.finish(500ms);
        held.clear();
        provider.finish(100ms);
    }
    void send(std::int64_t id, std::string purpose) {
        out.send(std::make_shared<const outbox_entry>(
            outbox_entry{.id = id, .purpose = std::move(purpose)}));
    }
    call_outcome wait_for(std::int64_t id) {
        std::unique_lock lock{mutex};
        call_outcome found;
        EXPECT_TRUE(changed.wait_for(lock, 10s, [&] {
            for (const auto& [which, ended] : reports) {
                if (which != id) continue;
                found = ended;
                return true;
            }
            return false;
        })) << id;
        return found;
    }
};

TEST_F(sender_test, an_answer_is_judged_with_its_body_and_headers) {
    send(12, "hola");
    const auto ended = wait_for(12);
    EXPECT_EQ(ended.ended, how::answered);
    EXPECT_EQ(ended.http_status, 429U);
    EXPECT_EQ(ended.verdict.reason, "hola|Bearer x|7");
    EXPECT_EQ(ended.verdict.code, 12);
    EXPECT_EQ(out.in_flight(), 0U);
}

TEST_F(sender_test, what_cannot_be_rendered_is_reported_without_a_call) {
    send(1, "bad");
    const auto ended = wait_for(1);
    EXPECT_EQ(ended.ended, how::unrenderable);
    EXPECT_FALSE(ended.verdict.reason.empty());
    EXPECT_EQ(client.counters().calls, 0U);
}

TEST_F(sender_test, no_answer_after_the_request_left_is_unknown) {
    path = "/hold";
    send(1, "x");
    EXPECT_EQ(wait_for(1).ended, how::unknown);
}

TEST_F(sender_test, a_provider_that_is_not_there_means_not_sent) {
    provider.stop_accepting();
    provider.finish(0ms);
    send(1, "x");
    EXPECT_EQ(wait_for(1).ended, how::not_sent);
}

TEST_F(sender_test, more_than_allowed_at_once_is_not_sent) {
    path = "/hold";
    send(1, "a");
    send(2, "b");
    send(3, "c");
    EXPECT_EQ(wait_for(3).ended, how::not_sent);
    EXPECT_EQ(wait_for(1).ended, how::unknown);
    EXPECT_EQ(wait_for(2).ended, how::unknown);
    const std::scoped_lock lock{mutex};
    EXPECT_EQ(reports.size(), 3U);
}

}  // namespace
}  // namespace tertulia::gateway
