// The stand-in over real loopback connections: what it answers, what its webhooks say, and
// everything that goes wrong on demand. A second listener plays the gateway's webhook.

#include "tests/unit/gateway/simulator/webhook_end.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>

#include <unistd.h>

namespace tertulia::gateway::simulator {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

json text_to(const std::string& to, const std::string& callback, const std::string& body = "hola") {
    return {{"messaging_product", "whatsapp"},
            {"to", to},
            {"type", "text"},
            {"text", {{"body", body}}},
            {"biz_opaque_callback_data", callback}};
}

struct stand_in_test : testing::Test {
    webhook_end hook{};
    http::client client{{}};
    graph_stand_in stand_in{settings_with(hook.url()), client, {}};

    ~stand_in_test() override { client.finish(500ms); }

    graph_answer call(
        std::string_view method, std::string_view path, std::string_view body = {},
        std::string_view authorization = "Bearer token", std::string_view type = "application/json"
    ) {
        return serve(stand_in, {.method = method,
                                .path = path,
                                .authorization = authorization,
                                .content_type = type,
                                .body = body});
    }
    graph_answer send(const json& body) { return call("POST", messages_path, body.dump()); }
    void control(const json& orders) { EXPECT_EQ(stand_in.control(orders), ""); }
};

TEST_F(stand_in_test, a_send_is_accepted_and_reported_until_delivered) {
    const auto answer = send(text_to("+502 5555-1234", "17"));
    ASSERT_EQ(answer.status, 200U);
    const auto said = json::parse(answer.body);
    EXPECT_EQ(said["messaging_product"], "whatsapp");
    EXPECT_EQ(said["contacts"][0]["input"], "+502 5555-1234");
    EXPECT_EQ(said["contacts"][0]["wa_id"], "50255551234");
    const auto statuses = hook.wait_for("statuses", 2);
    EXPECT_EQ(statuses[0]["status"], "sent");
    EXPECT_EQ(statuses[1]["status"], "delivered");
    for (const auto& each : statuses) {
        EXPECT_EQ(each["id"], said["messages"][0]["id"]);
        EXPECT_EQ(each["recipient_id"], "50255551234");
        EXPECT_EQ(each["biz_opaque_callback_data"], "17");
    }
}

TEST_F(stand_in_test, read_comes_when_she_opens_the_chat_or_by_itself_if_told_so) {
    (void)send(text_to("+50255551234", "1"));
    (void)hook.wait_for("statuses", 2);
    stand_in.open_chat("50255551234");
    EXPECT_EQ(hook.wait_for("statuses", 3)[2]["status"], "read");
    control({{"read_ms", 0}});
    (void)send(text_to("+50255551234", "2"));
    EXPECT_EQ(hook.wait_for("statuses", 6)[5]["status"], "read");
}

TEST_F(stand_in_test, a_phone_that_is_off_is_off_for_her_user_id_too) {
    control({{"phone_off", json::array({"+502 5555-1234"})}});
    auto to_hidden = text_to("", "17");
    to_hidden.erase("to");
    to_hidden["recipient"] = user_id_of("50255551234");
    (void)send(to_hidden);
    EXPECT_EQ(hook.wait_for("statuses", 1)[0]["status"], "sent");
    (void)send(text_to("+502 5555-9999", "18"));
    for (const auto& each : hook.wait_for("statuses", 3)) {
        EXPECT_TRUE(each["biz_opaque_callback_data"] == "18" || each["status"] == "sent");
    }
    control({{"phone_off", json::array()}});
    const auto last = hook.wait_for("statuses", 4).back();
    EXPECT_EQ(last["status"], "delivered");
    EXPECT_EQ(last["recipient_user_id"], user_id_of("50255551234"));
}

TEST_F(stand_in_test, without_the_right_token_nothing_is_taken) {
    for (const auto* wrong : {"", "Bearer other", "token"}) {
        const auto answer = call("POST", messages_path, text_to("+502", "1").dump(), wrong);
        EXPECT_EQ(answer.status, 401U);
        const auto error = json::parse(answer.body)["error"];
        EXPECT_EQ(error["code"], 190);
        EXPECT_FALSE(error["fbtrace_id"].get<std::string>().empty());
    }
}

TEST_F(stand_in_test, what_meta_would_refuse_is_refused) {
    EXPECT_EQ(send(text_to("+50255551234", "1", std::string(4097, 'a'))).status, 400U);
    EXPECT_EQ(call("POST", messages_path, "{nonsense").status, 400U);
    const auto elsewhere = call("POST", "/v25.0/999/messages", text_to("+502", "1").dump());
    EXPECT_EQ(json::parse(elsewhere.body)["error"]["error_subcode"], 33);
    EXPECT_EQ(json::parse(call("POST", "/1065/messages").body)["error"]["code"], 2500);
    EXPECT_EQ(call("GET", "/v25.0").status, 400U);
    EXPECT_EQ(stand_in.state()["counters"]["accepted"], 0);
}

TEST_F(stand_in_test, errors_come_on_demand_at_once_or_later) {
    control(json::parse(R"({"errors": [{"code": 131056}, {"code": 131026, "later": true}]})"));
    EXPECT_EQ(json::parse(send(text_to("+50255551234", "1")).body)["error"]["code"], 131056);
    EXPECT_EQ(send(text_to("+50255551234", "2")).status, 200U);
    const auto statuses = hook.wait_for("statuses", 1);
    EXPECT_EQ(statuses[0]["status"], "failed");
    EXPECT_EQ(statuses[0]["errors"][0]["code"], 131026);
    EXPECT_EQ(send(text_to("+50255551234", "3")).status, 200U);
}

TEST_F(stand_in_test, a_dropped_response_is_taken_and_reported_all_the_same) {
    control({{"drop_responses", 1}});
    EXPECT_TRUE(send(text_to("+50255551234", "1")).dropped);
    EXPECT_FALSE(send(text_to("+50255551234", "2")).dropped);
    const auto statuses = hook.wait_for("statuses", 4);
    EXPECT_TRUE(std::any_of(statuses.begin(), statuses.end(), [](const json& each) {
        return each["biz_opaque_callback_data"] == "1" && each["status"] == "delivered";
    }));
    EXPECT_EQ(stand_in.sent(0, 10)["sent"].size(), 2U);
}

TEST_F(stand_in_test, a_dropped_response_closes_the_connection) {
    control({{"drop_responses", 1}});
    plain_listener listener{"127.0.0.1", 0, [this](const graph_request& request) {
                                return serve(stand_in, request);
                            }};
    const auto post = [&] {
        std::promise<http::answer> done;
        http::call what;
        what.url = "http://127.0.0.1:" + std::to_string(listener.port()) + messages_path;
        what.headers = {{"Authorization", "Bearer token"}, {"Content-Type", "application/json"}};
        what.body = text_to("+50255551234", "1").dump();
        client.start(std::move(what), [&done](http::answer answer) { done.set_value(answer); });
        return done.get_future().get();
    };
    EXPECT_EQ(post().result, http::call_result::unknown);
    const auto second = post();
    EXPECT_EQ(second.result, http::call_result::answered);
    EXPECT_EQ(second.status, 200U);
}

TEST_F(stand_in_test, webhooks_are_signed_and_come_again_until_answered_200) {
    {
        const std::scoped_lock lock{hook.mutex};
        hook.answers = {503, 500};
    }
    const contact ana{.wa_id = "50255551234", .user_id = "GT.1", .name = "Ana López"};
    const auto id = stand_in.write(ana, "text", {{"body", "¿Cuánto debo?"}});
    const auto messages = hook.wait_for("messages", 3);
    for (const auto& each : messages) EXPECT_EQ(each["id"], id);
    EXPECT_EQ(messages[0]["from"], "50255551234");
    EXPECT_EQ(messages[0]["from_user_id"], "GT.1");
    EXPECT_EQ(messages[0]["text"]["body"], "¿Cuánto debo?");
    const std::scoped_lock lock{hook.mutex};
    EXPECT_EQ(hook.bodies[0], hook.bodies[2]);
    EXPECT_THAT(hook.bodies[0], testing::HasSubstr(R"(\u00bfCu\u00e1nto)"));
    EXPECT_THAT(hook.bodies[0], testing::HasSubstr(R"("name":"Ana L\u00f3pez")"));
}

TEST_F(stand_in_test, a_webhook_nobody_answers_is_given_up) {
    {
        const std::scoped_lock lock{hook.mutex};
        hook.answers.assign(5, 500);
    }
    (void)stand_in.write({.wa_id = "502"}, "text", {{"body", "x"}});
    (void)hook.wait_for("messages", 5);
    for (int i = 0; i < 500 && stand_in.state()["counters"]["webhooks_given_up"] == 0; ++i) {
        std::this_thread::sleep_for(2ms);
    }
    EXPECT_EQ(stand_in.state()["counters"]["webhooks_given_up"], 1);
    EXPECT_EQ(stand_in.state()["counters"]["webhooks_repeated"], 4);
}

TEST_F(stand_in_test, duplicates_and_shuffled_statuses) {
    control({{"duplicates", 1}, {"reorder", true}});
    for (int i = 0; i < 10; ++i) (void)send(text_to("+50255551234", std::to_string(i)));
    const auto statuses = hook.wait_for("statuses", 40);
    EXPECT_EQ(statuses.size(), 40U);
}

TEST_F(stand_in_test, a_phone_that_is_off_gets_its_messages_when_it_is_on_again) {
    control({{"phone_off", {"+502 5555-1234"}}});
    (void)send(text_to("+50255551234", "1"));
    (void)send(text_to("+50255559999", "2"));
    (void)hook.wait_for("statuses", 3);
    for (const auto& each : hook.wait_for("statuses", 3)) {
        if (each["biz_opaque_callback_data"] == "1") {
            EXPECT_EQ(each["status"], "sent");
        }
    }
    control({{"phone_off", false}});
    EXPECT_EQ(hook.wait_for("statuses", 4)[3]["status"], "delivered");
}

TEST_F(stand_in_test, outside_the_window_free_text_fails_and_templates_pass) {
    control({{"window", true}});
    (void)send(text_to("+50255551234", "1"));
    EXPECT_EQ(hook.wait_for("statuses", 1)[0]["errors"][0]["code"], 131047);
    json used{{"messaging_product", "whatsapp"}, {"to", "+50255551234"}, {"type", "template"}};
    used["template"] = {{"name", "due"}, {"language", {{"code", "es"}}}};
    EXPECT_EQ(json::parse(send(used).body)["messages"][0]["message_status"], "accepted");
    EXPECT_EQ(hook.wait_for("statuses", 3)[2]["status"], "delivered");
    (void)stand_in.write({.wa_id = "50255551234"}, "text", {{"body", "hola"}});
    (void)send(text_to("+50255551234", "3"));
    EXPECT_EQ(hook.wait_for("statuses", 5)[4]["status"], "delivered");
}

TEST_F(stand_in_test, templates_can_be_limited_to_those_that_exist) {
    control({{"templates", {"due/es"}}});
    json used{{"messaging_product", "whatsapp"}, {"to", "+50255551234"}, {"type", "template"}};
    used["template"] = {{"name", "due"}, {"language", {{"code", "fr"}}}};
    EXPECT_EQ(send(used).status, 404U);
    used["template"]["language"]["code"] = "es";
    EXPECT_EQ(send(used).status, 200U);
    const auto all = call("GET", "/v25.0/102290129340398/message_templates");
    EXPECT_EQ(json::parse(all.body)["data"][0]["name"], "due");
}

TEST_F(stand_in_test, a_template_that_is_known_must_be_filled_as_it_was_approved) {
    const json due{
        {"name", "due"}, {"language", "es"}, {"body", "{{1}}, debe {{2}}."}, {"buttons", {"Sí"}}};
    control({{"templates", json::array({due})}});
    json used{{"messaging_product", "whatsapp"}, {"to", "+50255551234"}, {"type", "template"}};
    used["template"] = {{"name", "due"}, {"language", {{"code", "es"}}}};
    const auto refused = [&] { return json::parse(send(used).body)["error"]; };
    EXPECT_EQ(refused()["code"], 132000);
    EXPECT_EQ(
        refused()["error_data"]["details"],
        "body: number of localizable_params (0) does not match the expected number of params (2)"
    );
    const json two = json::array({{{"type", "text"}, {"text", "Rosa"}},
                                  {{"type", "text"}, {"text", "Q5"}}});
    used["template"]["components"] = json::array({{{"type", "body"}, {"parameters", two}}});
    EXPECT_EQ(send(used).status, 200U);
    used["template"]["language"]["code"] = "fr";
    EXPECT_EQ(refused()["code"], 132001);
    EXPECT_EQ(stand_in.state()["templates"][0]["body"], "{{1}}, debe {{2}}.");
}

TEST_F(stand_in_test, media_goes_up_and_comes_down_with_the_token_only) {
    const std::string body =
        "--B\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
        "Content-Type: image/png\r\n\r\nPNG\r\n--B--\r\n";
    const auto path = std::string{"/v25.0/"} + number_id + "/media";
    const auto up = call("POST", path, body, "Bearer token", "multipart/form-data; boundary=B");
    ASSERT_EQ(up.status, 200U);
    const auto id = json::parse(up.body)["id"].get<std::string>();
    const auto about = json::parse(call("GET", "/v25.0/" + id).body);
    EXPECT_EQ(about["mime_type"], "image/png");
    EXPECT_EQ(about["sha256"], digest_base64("PNG"));
    const auto url = about["url"].get<std::string>();
    const auto where = url.substr(url.find("/media/"));
    EXPECT_EQ(call("GET", where).body, "PNG");
    EXPECT_EQ(call("GET", where, "", "").status, 401U);
    EXPECT_EQ(call("GET", "/media/unknown").status, 404U);
    json image{{"messaging_product", "whatsapp"}, {"to", "+50255551234"}, {"type", "image"}};
    image["image"] = {{"id", id}};
    EXPECT_EQ(send(image).status, 200U);
    EXPECT_EQ(call("DELETE", "/v25.0/" + id).status, 200U);
    EXPECT_EQ(call("GET", "/v25.0/" + id).status, 400U);
    EXPECT_EQ(send(image).status, 400U);
    EXPECT_EQ(call("POST", path, "x", "Bearer token", "text/plain").status, 400U);
}

TEST_F(stand_in_test, only_who_wrote_today_can_be_blocked_and_then_is_not_heard) {
    const auto path = std::string{"/v25.0/"} + number_id + "/block_users";
    const json who = json::parse(
        R"({"messaging_product": "whatsapp", "block_users": [{"user": "+50255551234"}]})");
    EXPECT_EQ(call("POST", path, who.dump()).status, 400U);
    const contact ana{.wa_id = "50255551234"};
    (void)stand_in.write(ana, "text", {{"body", "1"}});
    EXPECT_EQ(call("POST", path, who.dump()).status, 200U);
    EXPECT_EQ(json::parse(call("GET", path).body)["data"].size(), 1U);
    (void)stand_in.write(ana, "text", {{"body", "2"}});
    EXPECT_EQ(call("DELETE", path, who.dump()).status, 200U);
    (void)stand_in.write(ana, "text", {{"body", "3"}});
    const auto heard = hook.wait_for("messages", 2);
    EXPECT_EQ(heard[1]["text"]["body"], "3");
    EXPECT_EQ(call("POST", path, "{}").status, 400U);
}

TEST_F(stand_in_test, read_marks_are_taken_and_make_no_status) {
    json read{{"messaging_product", "whatsapp"}, {"status", "read"}, {"message_id", "wamid.1"}};
    read["typing_indicator"] = {{"type", "text"}};
    EXPECT_EQ(json::parse(send(read).body)["success"], true);
    EXPECT_EQ(stand_in.state()["counters"]["accepted"], 0);
}

TEST_F(stand_in_test, the_calls_around_messages_answer) {
    EXPECT_EQ(json::parse(call("GET", "/v25.0/1065").body)["quality_rating"], "GREEN");
    EXPECT_EQ(call("POST", "/v25.0/1065/register", "{}").status, 200U);
    EXPECT_EQ(call("POST", "/v25.0/102290129340398/subscribed_apps").status, 200U);
    EXPECT_EQ(call("GET", "/healthz").body, "ok\n");
}

TEST_F(stand_in_test, programs_control_it_write_through_it_and_read_what_was_sent) {
    EXPECT_EQ(call("POST", "/control", R"({"latency_ms": 7})").status, 200U);
    EXPECT_EQ(json::parse(call("GET", "/control").body)["latency_ms"], 7);
    EXPECT_EQ(call("POST", "/control", R"({"latency": 7})").status, 400U);
    EXPECT_EQ(call("POST", "/control", "x").status, 400U);
    EXPECT_EQ(call("PUT", "/control").status, 405U);
    const auto id = json::parse(
        call("POST", "/inbound", R"({"from": "+50255551234", "text": "hola", "id": "wamid.X"})").body
    );
    EXPECT_EQ(id["id"], "wamid.X");
    EXPECT_EQ(hook.wait_for("messages", 1)[0]["id"], "wamid.X");
    EXPECT_EQ(call("POST", "/inbound", R"({"text": "hola"})").status, 400U);
    EXPECT_EQ(call("POST", "/inbound", "[]").status, 400U);
    EXPECT_EQ(send(text_to("+50255551234", "1")).delay, 7ms);
    const auto list = stand_in.sent(0, 10);
    EXPECT_EQ(list["next"], 1);
    EXPECT_EQ(list["sent"][0]["callback"], "1");
    EXPECT_EQ(stand_in.sent(1, 10)["sent"].size(), 0U);
    EXPECT_EQ(query_number("a=1&since=12", "since", 0), 12U);
    EXPECT_EQ(query_number("since=x", "since", 3), 3U);
}

TEST_F(stand_in_test, every_accepted_send_is_a_line_of_its_log) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("stand_in_" + std::to_string(::getpid()) + ".jsonl");
    std::filesystem::remove(file);
    {
        graph_stand_in logging{settings_with("", file.string()), client, {}};
        for (const auto* each : {"1", "2"}) {
            (void)logging.handle({.method = "POST",
                                  .path = messages_path,
                                  .authorization = "Bearer token",
                                  .body = text_to("+50255551234", each).dump()});
        }
    }
    std::ifstream lines{file};
    std::string line;
    std::vector<std::string> callbacks;
    while (std::getline(lines, line)) callbacks.push_back(json::parse(line)["callback"]);
    EXPECT_THAT(callbacks, testing::ElementsAre("1", "2"));
    std::filesystem::remove(file);
}

TEST(stand_in, a_log_that_cannot_be_written_or_bad_controls_end_it_at_once) {
    http::client client{{}};
    EXPECT_THROW((graph_stand_in{settings_with("", "/nonexistent/x"), client, {}}),
                 std::system_error);
    auto settings = settings_with("");
    settings.controls = R"({"nonsense": 1})";
    EXPECT_THROW((graph_stand_in{settings, client, {}}), std::invalid_argument);
}

}  // namespace
}  // namespace tertulia::gateway::simulator
