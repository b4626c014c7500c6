// The stand-in for Twilio over real loopback connections: what it answers, how it signs, and what
// goes wrong on demand. A listener plays the gateway's webhook.

#include "gateway/simulator/sms_stand_in.hpp"

#include "adapters/wire/digest.hpp"
#include "gateway/simulator/plain_listener.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tertulia::gateway::simulator {
namespace {

using adapters::form_fields;
using adapters::value_in;
using nlohmann::json;
using namespace std::chrono_literals;

constexpr auto account = "AC00000000000000000000000000000001";
constexpr auto token = "0123456789abcdef0123456789abcdef";
const std::string messages = std::string{"/2010-04-01/Accounts/"} + account + "/Messages.json";

// The gateway's end: keeps every form, with the address it was posted to.
struct form_end {
    struct heard {
        std::string query{};
        form_fields fields{};
    };
    std::mutex mutex{};
    std::condition_variable changed{};
    std::vector<heard> forms{};
    unsigned answer{200};
    plain_listener listener{"127.0.0.1", 0, [this](const graph_request& request) {
        const std::scoped_lock lock{mutex};
        forms.push_back(
            {std::string{request.query}, adapters::read_form(request.body).value_or(form_fields{})}
        );
        changed.notify_all();
        return graph_answer{.status = answer};
    }};

    std::string url() const {
        return "http://127.0.0.1:" + std::to_string(listener.port()) + "/webhooks/sms";
    }
    std::vector<heard> wait_for(std::size_t count) {
        std::unique_lock lock{mutex};
        EXPECT_TRUE(changed.wait_for(lock, 10s, [&] { return forms.size() >= count; }))
            << "only " << forms.size();
        return forms;
    }
};

struct sms_stand_in_test : testing::Test {
    form_end hook{};
    http::client client{{}};
    std::mutex mutex{};
    std::condition_variable changed{};
    std::vector<std::string> seen{};  // "accepted TEXT", "STATUS CODE"
    sms_stand_in stand_in{
        {.account = {.account_sid = account, .auth_token = token, .number = "+50225550100"},
         .webhook_url = hook.url()},
        client,
        {.accepted = [this](const taken_sms& what) { note("accepted " + what.text); },
         .status =
             [this](std::string_view, std::string_view, std::string_view status, int code) {
                 note(std::string{status} + ' ' + std::to_string(code));
             }}};

    sms_stand_in_test() { control({{"sent_ms", 1}, {"delivered_ms", 1}}); }
    ~sms_stand_in_test() override { client.finish(500ms); }

    void note(std::string what) {
        const std::scoped_lock lock{mutex};
        seen.push_back(std::move(what));
        changed.notify_all();
    }
    void wait_to_see(const std::string& what) {
        std::unique_lock lock{mutex};
        EXPECT_TRUE(changed.wait_for(lock, 10s, [&] {
            return std::find(seen.begin(), seen.end(), what) != seen.end();
        })) << what << " was not seen";
    }
    void control(const json& orders) { EXPECT_EQ(stand_in.control(orders), ""); }
    graph_answer call(
        std::string_view method, std::string_view path, std::string_view body = {},
        std::string_view query = {}, std::string authorization = {}
    ) {
        if (authorization.empty()) authorization = adapters::basic_credentials(account, token);
        return stand_in.handle(
            {.method = method,
             .path = path,
             .query = query,
             .authorization = authorization,
             .body = body}
        );
    }
    graph_answer send(
        std::string_view text, std::string_view to = "+50255510001",
        std::string_view from = "+50225550100", std::string callback = "default"
    ) {
        if (callback == "default") callback = hook.url() + "?mid=77";
        adapters::form_writer form;
        form.add("To", to).add("From", from).add("Body", text).add("StatusCallback", callback);
        return call("POST", messages, form.take());
    }
    static int code_of(const graph_answer& answer) { return json::parse(answer.body)["code"]; }
};

TEST(twilio_wire, a_signature_is_what_twilios_own_library_makes) {
    const form_fields fields{
        {"AccountSid", account},
        {"ApiVersion", "2010-04-01"},
        {"Body", "Hola, ¿cuánto debo?"},
        {"From", "+50255550101"},
        {"FromCountry", "GT"},
        {"MessageSid", "SM00000000000000000000000000000001"},
        {"NumMedia", "0"},
        {"NumSegments", "1"},
        {"SmsMessageSid", "SM00000000000000000000000000000001"},
        {"SmsSid", "SM00000000000000000000000000000001"},
        {"SmsStatus", "received"},
        {"To", "+15005550006"},
        {"ToCity", ""},
        {"ToZip", ""}};
    const auto url = "https://gw.example.org/hook/tw/c7f3";
    EXPECT_EQ(twilio_signature(url, fields, token), "/1au/D8hcYA7awLSrcvLvbxJx3I=");
    EXPECT_EQ(
        twilio_signature(
            url, {{"b", "2"}, {"B", "1"}, {"a", "x"}, {"a", "w"}, {"a", "x"}, {"_z", "0"}}, token
        ),
        "g7tUppDW0sFjHsvf1zYpwjJK69E="
    );
}

TEST(twilio_wire, times_texts_and_words_are_as_twilio_has_them) {
    EXPECT_EQ(mail_time(instant{1'795'413'600'000ms}), "Mon, 23 Nov 2026 06:00:00 +0000");
    const auto shown = shown_as_sms("¿Cuánto debo?");
    EXPECT_EQ(shown["alphabet"], "ucs2");
    EXPECT_EQ(shown["segments"], 1);
    EXPECT_EQ(shown["outside"], json::array({"á"}));
    EXPECT_EQ(shown_as_sms("Cuanto debo?")["alphabet"], "gsm7");
    EXPECT_EQ(stop_word_of(" stop\n"), stop_word::stop);
    EXPECT_EQ(stop_word_of("Start"), stop_word::start);
    EXPECT_EQ(stop_word_of("help"), stop_word::help);
    EXPECT_EQ(stop_word_of("stop that"), stop_word::none);
    EXPECT_EQ(stop_word_of(""), stop_word::none);
}

TEST_F(sms_stand_in_test, a_send_is_taken_and_its_statuses_are_called_back) {
    const auto answer = send("Su saldo es Q100");
    ASSERT_EQ(answer.status, 201U) << answer.body;
    const auto taken = json::parse(answer.body);
    EXPECT_EQ(taken["status"], "queued");
    EXPECT_EQ(taken["num_segments"], "1");
    const auto forms = hook.wait_for(2);
    EXPECT_EQ(forms[0].query, "mid=77");
    EXPECT_EQ(value_in(forms[0].fields, "MessageStatus"), "sent");
    EXPECT_EQ(value_in(forms[1].fields, "MessageStatus"), "delivered");
    EXPECT_EQ(value_in(forms[1].fields, "MessageSid"), taken["sid"].get<std::string>());
    EXPECT_EQ(value_in(forms[1].fields, "ErrorCode"), "");
    wait_to_see("delivered 0");
    EXPECT_EQ(seen.front(), "accepted Su saldo es Q100");
}

TEST_F(sms_stand_in_test, what_someone_writes_is_posted_whole) {
    const auto id = stand_in.new_message_id();
    stand_in.write("50255510001", "¿Cuánto debo?", id);
    const auto fields = hook.wait_for(1)[0].fields;
    EXPECT_EQ(value_in(fields, "From"), "+50255510001");
    EXPECT_EQ(value_in(fields, "To"), "+50225550100");
    EXPECT_EQ(value_in(fields, "Body"), "¿Cuánto debo?");
    EXPECT_EQ(value_in(fields, "MessageSid"), id);
}

TEST_F(sms_stand_in_test, a_send_that_cannot_be_is_refused_in_twilios_words) {
    EXPECT_EQ(code_of(call("POST", messages, "To=x", {}, "Basic wrong")), 20003);
    EXPECT_EQ(code_of(call("POST", "/2010-04-01/Accounts/AC2/Messages.json", "")), 20404);
    EXPECT_EQ(code_of(call("GET", "/2010-04-01/Accounts/AC2", "")), 20404);
    EXPECT_EQ(code_of(call("POST", messages, "%zz")), 21602);
    EXPECT_EQ(code_of(send("hola", "5551")), 21211);
    EXPECT_EQ(code_of(send("hola", "+50255510001", "")), 21603);
    EXPECT_EQ(code_of(send("hola", "+50255510001", "+15005550006")), 21606);
    EXPECT_EQ(code_of(send("")), 21602);
    EXPECT_EQ(code_of(send(std::string(1'601, 'a'))), 21617);
    EXPECT_EQ(code_of(send("hola", "+50255510001", "+50225550100", "ftp://x")), 21609);
    EXPECT_EQ(stand_in.state()["counters"]["accepted"], 0);
    EXPECT_EQ(send(std::string(1'600, 'a')).status, 201U);
}

TEST_F(sms_stand_in_test, errors_come_in_the_answer_or_afterwards_as_they_do_at_twilio) {
    json errors = json::array({{{"code", 20429}}, {{"code", 30003}}});
    control({{"errors", errors}});
    const auto busy = send("uno");
    EXPECT_EQ(busy.status, 429U);
    EXPECT_EQ(code_of(busy), 20429);
    EXPECT_EQ(send("dos").status, 201U);
    const auto forms = hook.wait_for(1);
    EXPECT_EQ(value_in(forms[0].fields, "MessageStatus"), "undelivered");
    EXPECT_EQ(value_in(forms[0].fields, "ErrorCode"), "30003");
    wait_to_see("failed 30003");
}

TEST_F(sms_stand_in_test, a_lost_status_is_not_called_back_and_the_next_one_is) {
    control({{"lose_statuses", 1}});
    EXPECT_EQ(send("hola").status, 201U);
    const auto forms = hook.wait_for(1);
    EXPECT_EQ(value_in(forms[0].fields, "MessageStatus"), "delivered");
    EXPECT_EQ(stand_in.state()["counters"]["statuses_lost"], 1);
}

TEST_F(sms_stand_in_test, a_phone_that_is_off_gets_it_when_it_is_on_again) {
    control({{"phone_off", json::array({"+502 5551 0001"})}});
    EXPECT_EQ(send("hola").status, 201U);
    EXPECT_EQ(value_in(hook.wait_for(1)[0].fields, "MessageStatus"), "sent");
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(hook.wait_for(1).size(), 1U);
    control({{"phone_off", false}});
    EXPECT_EQ(value_in(hook.wait_for(2)[1].fields, "MessageStatus"), "delivered");
}

TEST_F(sms_stand_in_test, an_answer_may_be_lost_though_the_message_was_taken) {
    control({{"drop_responses", 1}});
    EXPECT_TRUE(send("hola").dropped);
    EXPECT_FALSE(send("otra").dropped);
    EXPECT_EQ(hook.wait_for(4).size(), 4U);
}

TEST_F(sms_stand_in_test, stop_is_answered_and_kept_by_twilio_and_posted_to_us_all_the_same) {
    stand_in.write("50255510001", "Stop", stand_in.new_message_id());
    EXPECT_EQ(value_in(hook.wait_for(1)[0].fields, "Body"), "Stop");
    EXPECT_THAT(seen.front(), testing::HasSubstr("unsubscribed"));
    EXPECT_EQ(code_of(send("hola")), 21610);
    EXPECT_EQ(send("hola", "+50255510002").status, 201U);
    EXPECT_EQ(stand_in.state()["stopped"], json::array({"50255510001"}));
    stand_in.write("50255510001", "start", stand_in.new_message_id());
    EXPECT_EQ(send("hola").status, 201U);
}

TEST_F(sms_stand_in_test, a_refused_callback_is_not_posted_again) {
    hook.answer = 500;
    stand_in.write("50255510001", "hola", stand_in.new_message_id());
    hook.wait_for(1);
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(hook.wait_for(1).size(), 1U);
    EXPECT_EQ(stand_in.state()["counters"]["webhooks_given_up"], 1);
}

TEST_F(sms_stand_in_test, the_list_gives_both_directions_newest_first_in_pages) {
    stand_in.write("50255510001", "hola", "SMaa");
    EXPECT_EQ(send("uno").status, 201U);
    EXPECT_EQ(send("dos").status, 201U);
    const auto first = json::parse(call("GET", messages, {}, "PageSize=2").body);
    ASSERT_EQ(first["messages"].size(), 2U);
    EXPECT_EQ(first["messages"][0]["body"], "dos");
    const auto next = first["next_page_uri"].get<std::string>();
    ASSERT_TRUE(next.starts_with(messages + '?')) << next;
    const auto last = json::parse(call("GET", messages, {}, next.substr(messages.size() + 1)).body);
    ASSERT_EQ(last["messages"].size(), 1U);
    EXPECT_EQ(last["messages"][0]["sid"], "SMaa");
    EXPECT_EQ(last["messages"][0]["direction"], "inbound");
    EXPECT_TRUE(last["next_page_uri"].is_null());
    const auto later =
        json::parse(call("GET", messages, {}, "DateSent%3E=2999-01-01T00%3A00%3A00Z").body);
    EXPECT_TRUE(later["messages"].empty());
}

TEST_F(sms_stand_in_test, controls_an_sms_has_not_are_refused) {
    EXPECT_THAT(stand_in.control({{"window", true}}), testing::HasSubstr("window"));
    EXPECT_NE(stand_in.control({{"duplicates", -1}}), "");
    EXPECT_NE(stand_in.control(json::array()), "");
    EXPECT_FALSE(stand_in.state().contains("window"));
}

}  // namespace
}  // namespace tertulia::gateway::simulator
