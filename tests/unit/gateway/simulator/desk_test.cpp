// The page's doors on the gateway's own server: files, people, chats, long polling, and that a tap on
// the page reaches the gateway as a signed webhook and nothing else.

#include "gateway/simulator/simulator.hpp"

#include "gateway/http/query.hpp"
#include "gateway/http/server.hpp"
#include "gateway/simulator/meta_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <condition_variable>
#include <future>
#include <mutex>

namespace tertulia::gateway::simulator {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using namespace std::chrono_literals;

struct heard_webhook {
    std::string signature{};
    std::string body{};
};

// The routes of the desk and a webhook, as the gateway mounts them; the server's port is known only
// afterwards, so the webhook listens on a server of its own.
struct desk_test : testing::Test {
    std::mutex mutex{};
    std::condition_variable changed{};
    std::vector<heard_webhook> webhooks{};
    http::client client{{}};
    http::server gateway{
        {.listen = "127.0.0.1:0"},
        {{.method = "POST",
          .path = "/webhooks/whatsapp",
          .body_bytes_max = 1024U * 1024,
          .handle = [this](const http::request& request, http::reply to) {
              const std::scoped_lock lock{mutex};
              webhooks.push_back(
                  {std::string{request.header("x-hub-signature-256")}, std::string{request.body}});
              changed.notify_all();
              std::move(to).send({});
          }}}};
    desk phones{settings(), client};
    http::server server{{.listen = "127.0.0.1:0"}, phones.routes()};

    desk_test() {
        gateway.start();
        server.start();
    }
    ~desk_test() override {
        server.finish(100ms);
        gateway.finish(100ms);
        client.finish(500ms);
    }

    simulator_settings settings() {
        return {
            .number = {.phone_number_id = "1065", .access_token = "token", .app_secret = "secret"},
            .sms =
                desk_sms{
                    .account =
                        {.account_sid = "AC1", .auth_token = "token", .number = "+50225550100"}},
            .webhook_url =
                "http://127.0.0.1:" + std::to_string(gateway.port()) + "/webhooks/whatsapp",
            .base_url = "http://127.0.0.1:1",
            .people =
                [] {
                    return std::vector<desk_person>{
                        {.name = "María Xiloj", .phone = "+50255510001", .language = "es"}};
                },
            .places = {{.name = "Parque", .latitude = 14.6, .longitude = -90.8}},
            .approved = [](std::string_view name, std::string_view) -> std::optional<known_template> {
                if (name != "visit") return std::nullopt;
                return known_template{
                    .name = "visit", .body = "Hola {{1}}.", .buttons = {"Sí", "No"}};
            }};
    }

    http::answer call(
        std::string method, const std::string& path, std::string body = {},
        std::vector<std::pair<std::string, std::string>> headers = {}
    ) {
        http::call what;
        what.method = std::move(method);
        what.url = "http://127.0.0.1:" + std::to_string(server.port()) + path;
        what.headers = std::move(headers);
        what.body = std::move(body);
        if (what.method == "POST" && what.headers.empty()) {
            what.headers = {{"Content-Type", "application/json"}};
        }
        std::promise<http::answer> done;
        client.start(std::move(what), [&done](http::answer answer) { done.set_value(answer); });
        return done.get_future().get();
    }
    json get(const std::string& path) { return json::parse(call("GET", path).body); }
    http::answer say(json message, const std::string& phone = "+50255510001") {
        json body{{"phone", phone}};
        body["message"] = std::move(message);
        return call("POST", "/simulator/say", body.dump());
    }
    heard_webhook wait_for_webhook(std::size_t which) {
        std::unique_lock lock{mutex};
        EXPECT_TRUE(changed.wait_for(lock, 10s, [&] { return webhooks.size() > which; }));
        return webhooks.size() > which ? webhooks[which] : heard_webhook{};
    }
    http::answer send_from_business(const std::string& text) {
        json body{{"messaging_product", "whatsapp"}, {"to", "+50255510001"}, {"type", "text"}};
        body["text"] = {{"body", text}};
        return call(
            "POST", "/simulator/graph/v25.0/1065/messages", body.dump(),
            {{"Authorization", "Bearer token"}, {"Content-Type", "application/json"}}
        );
    }
};

TEST_F(desk_test, the_page_and_its_files_are_there_whole) {
    const auto page = call("GET", "/simulator/");
    EXPECT_EQ(page.status, 200U);
    EXPECT_THAT(page.body, HasSubstr("phone.js"));
    EXPECT_THAT(page.body, HasSubstr("</html>\n"));
    EXPECT_THAT(call("GET", "/simulator/phone.css").body, HasSubstr("prefers-reduced-motion"));
    EXPECT_THAT(call("GET", "/simulator/phone.js").body, HasSubstr("follow();"));
    EXPECT_EQ(call("GET", "/simulator").status, 308U);
    for (const auto* word : {"http://", "https://", "innerHTML"}) {
        EXPECT_THAT(call("GET", "/simulator/phone.css").body, Not(HasSubstr(word)));
    }
    EXPECT_THAT(call("GET", "/simulator/phone.js").body, Not(HasSubstr("innerHTML")));
}

TEST_F(desk_test, people_and_places_come_from_the_gateway) {
    const auto all = get("/simulator/people");
    EXPECT_EQ(all["people"][0]["name"], "María Xiloj");
    EXPECT_EQ(all["people"][0]["id"], "50255510001");
    EXPECT_EQ(all["places"][0]["name"], "Parque");
}

TEST_F(desk_test, what_she_types_arrives_as_a_signed_webhook_and_on_her_screen) {
    const auto said = say({{"type", "text"}, {"text", {{"body", "¿Cuánto debo?"}}}});
    ASSERT_EQ(said.status, 200U) << said.body;
    const auto heard = wait_for_webhook(0);
    EXPECT_EQ(heard.signature, signature("secret", heard.body));
    const auto value = json::parse(heard.body)["entry"][0]["changes"][0]["value"];
    EXPECT_EQ(value["messages"][0]["text"]["body"], "¿Cuánto debo?");
    EXPECT_EQ(value["messages"][0]["id"], json::parse(said.body)["id"]);
    EXPECT_EQ(value["contacts"][0]["profile"]["name"], "María Xiloj");
    EXPECT_EQ(value["contacts"][0]["user_id"], user_id_of("50255510001"));
    const auto chat = get("/simulator/chat?phone=50255510001");
    EXPECT_EQ(chat["messages"][0]["mine"], true);
    EXPECT_EQ(chat["messages"][0]["message"]["text"]["body"], "¿Cuánto debo?");
}

TEST_F(desk_test, taps_places_and_pictures_keep_whatsapps_form) {
    json tap{{"type", "interactive"}};
    tap["interactive"] = {
        {"type", "button_reply"}, {"button_reply", {{"id", "y"}, {"title", "Sí"}}}};
    json body{{"phone", "+50255510001"}, {"reply_to", "wamid.1"}};
    body["message"] = tap;
    EXPECT_EQ(call("POST", "/simulator/say", body.dump()).status, 200U);
    const auto message = [this](std::size_t which) {
        return json::parse(wait_for_webhook(which).body)["entry"][0]["changes"][0]["value"]
                          ["messages"][0];
    };
    EXPECT_EQ(message(0)["interactive"]["button_reply"]["id"], "y");
    EXPECT_EQ(message(0)["context"]["id"], "wamid.1");
    json place{{"type", "location"}};
    place["location"] = {{"latitude", 14.6}, {"longitude", -90.8}};
    EXPECT_EQ(say(place).status, 200U);
    EXPECT_EQ(message(1)["location"]["latitude"], 14.6);
    json picture{{"type", "image"}};
    picture["image"] = {{"data", "UE5H"}, {"caption", "recibo"}};
    EXPECT_EQ(say(picture).status, 200U);
    const auto image = message(2)["image"];
    EXPECT_EQ(image["caption"], "recibo");
    EXPECT_THAT(image["url"].get<std::string>(), HasSubstr("/simulator/graph/media/"));
    const auto shown = call("GET", "/simulator/picture/" + image["id"].get<std::string>());
    EXPECT_EQ(shown.body, "PNG");
    EXPECT_EQ(call("GET", "/simulator/picture/1").status, 404U);
}

TEST_F(desk_test, a_template_that_is_approved_is_shown_filled_in) {
    json used{{"messaging_product", "whatsapp"}, {"to", "+50255510001"}, {"type", "template"}};
    used["template"] = {{"name", "visit"}, {"language", {{"code", "es"}}}};
    const auto send = [&] {
        return call(
            "POST", "/simulator/graph/v25.0/1065/messages", used.dump(),
            {{"Content-Type", "application/json"}, {"Authorization", "Bearer token"}}
        );
    };
    EXPECT_EQ(json::parse(send().body)["error"]["code"], 132000);
    json gap{{"type", "body"}};
    gap["parameters"] = json::array({{{"type", "text"}, {"text", "María"}}});
    used["template"]["components"] = json::array({gap});
    EXPECT_EQ(send().status, 200U);
    const auto chat = get("/simulator/chat?phone=50255510001");
    const auto& shown = chat["messages"][0]["message"]["template"]["shown"];
    EXPECT_EQ(shown["body"], "Hola María.");
    EXPECT_EQ(shown["buttons"], json({"Sí", "No"}));
}

TEST_F(desk_test, what_makes_no_sense_is_refused) {
    EXPECT_EQ(say({{"type", "text"}, {"text", {{"body", ""}}}}).status, 400U);
    EXPECT_EQ(say({{"type", "fax"}}).status, 400U);
    EXPECT_EQ(say({{"type", "text"}, {"text", {{"body", "x"}}}}, "+1").status, 404U);
    json picture{{"type", "image"}};
    picture["image"] = {{"data", "***"}};
    EXPECT_EQ(say(picture).status, 400U);
    EXPECT_EQ(call("POST", "/simulator/say", "nonsense").status, 400U);
    EXPECT_EQ(call("POST", "/simulator/open", "[]").status, 400U);
}

TEST_F(desk_test, another_site_can_change_nothing) {
    const std::string body = R"({"duplicates": 1})";
    const auto path = std::string{"/simulator/control"};
    EXPECT_EQ(call("POST", path, body, {{"Content-Type", "text/plain"}}).status, 415U);
    EXPECT_EQ(
        call("POST", path, body,
             {{"Content-Type", "application/json"}, {"Origin", "https://evil.example"}}).status,
        403U
    );
    EXPECT_EQ(get(path)["duplicates"], 0);
    const auto own = "http://127.0.0.1:" + std::to_string(server.port());
    EXPECT_EQ(
        call("POST", path, body, {{"Content-Type", "application/json"}, {"Origin", own}}).status,
        200U
    );
    EXPECT_EQ(get(path)["duplicates"], 1);
}

TEST_F(desk_test, a_page_that_waits_hears_of_a_message_and_its_statuses_at_once) {
    const auto start = get("/simulator/chat?phone=50255510001")["next"].get<int>();
    auto waiting = std::async(std::launch::async, [this, start] {
        return get("/simulator/events?since=" + std::to_string(start));
    });
    ASSERT_EQ(send_from_business("Buenos días").status, 200U);
    auto news = waiting.get();
    EXPECT_EQ(news["events"][0]["kind"], "message");
    EXPECT_EQ(news["events"][0]["phone"], "50255510001");
    EXPECT_EQ(news["events"][0]["message"]["message"]["text"]["body"], "Buenos días");
    EXPECT_FALSE(news["events"][0]["message"]["message"].contains("to"));
    std::vector<std::string> statuses;
    while (statuses.size() < 2) {
        news = get("/simulator/events?since=" + std::to_string(news["next"].get<int>()));
        for (const auto& each : news["events"]) statuses.push_back(each["status"]);
    }
    EXPECT_THAT(statuses, testing::ElementsAre("sent", "delivered"));
    EXPECT_EQ(call("POST", "/simulator/open", R"({"phone": "+50255510001"})").status, 200U);
    EXPECT_EQ(get("/simulator/chat?phone=50255510001")["messages"][0]["status"], "read");
}

TEST_F(desk_test, the_same_phone_has_a_chat_by_sms_of_its_own) {
    EXPECT_EQ(get("/simulator/people")["channels"], json({"whatsapp", "sms"}));
    EXPECT_EQ(get("/simulator/people")["sms_number"], "+50225550100");
    const auto say_sms = [this](const json& body) {
        return call("POST", "/simulator/sms/say", body.dump());
    };
    const auto said = say_sms({{"phone", "+50255510001"}, {"text", "¿Cuánto debo?"}});
    ASSERT_EQ(said.status, 200U) << said.body;
    auto chat = get("/simulator/chat?phone=50255510001&channel=sms")["messages"];
    ASSERT_EQ(chat.size(), 1U);
    EXPECT_EQ(chat[0]["mine"], true);
    EXPECT_EQ(chat[0]["message"]["sms"]["body"], "¿Cuánto debo?");
    EXPECT_EQ(chat[0]["message"]["sms"]["alphabet"], "ucs2");
    EXPECT_TRUE(get("/simulator/chat?phone=50255510001")["messages"].empty());

    const auto path = "/simulator/twilio/2010-04-01/Accounts/AC1/Messages.json";
    EXPECT_EQ(call("POST", path, "To=%2B50255510001").status, 401U);
    const auto sent = call(
        "POST", path, "To=%2B50255510001&From=%2B50225550100&Body=Q100",
        {{"Authorization", "Basic QUMxOnRva2Vu"},
         {"Content-Type", "application/x-www-form-urlencoded"}}
    );
    EXPECT_EQ(sent.status, 201U) << sent.body;
    chat = get("/simulator/chat?phone=50255510001&channel=sms")["messages"];
    EXPECT_EQ(chat.back()["message"]["sms"]["body"], "Q100");

    EXPECT_EQ(say_sms({{"phone", "+1"}, {"text", "x"}}).status, 404U);
    EXPECT_EQ(say_sms({{"phone", "+50255510001"}, {"text", ""}}).status, 400U);
    EXPECT_EQ(say_sms({{"phone", "+50255510001"}, {"text", std::string(1'601, 'a')}}).status, 400U);
    EXPECT_EQ(say_sms("nonsense").status, 400U);
    EXPECT_EQ(
        call("POST", "/simulator/sms/say", "{}", {{"Content-Type", "text/plain"}}).status, 415U
    );
    EXPECT_EQ(call("POST", "/simulator/sms/control", R"({"window": true})").status, 400U);
    EXPECT_EQ(call("POST", "/simulator/sms/control", R"({"lose_statuses": 1})").status, 200U);
    EXPECT_EQ(get("/simulator/sms/control")["lose_statuses"], 1);
}

TEST_F(desk_test, several_phones_are_in_one_group) {
    const auto graph = [this](const std::string& method, const std::string& path, const json& body) {
        const auto answer = call(
            method, "/simulator/graph/v25.0/" + path, body.dump(),
            {{"Authorization", "Bearer token"}, {"Content-Type", "application/json"}}
        );
        EXPECT_EQ(answer.status, 200U) << answer.body;
        return json::parse(answer.body);
    };
    const auto act = [this](const std::string& door, const json& body) {
        return call("POST", "/simulator/" + door, body.dump());
    };
    graph("POST", "1065/groups", {{"messaging_product", "whatsapp"}, {"subject", "Comité"}});
    auto group = get("/simulator/groups")["groups"][0];
    EXPECT_EQ(group["subject"], "Comité");
    const auto id = group["id"].get<std::string>();
    const auto chat_path = "/simulator/chat?group=" + http::percent_encode(id);
    json hello{{"phone", "+50255510001"}, {"group", id}};
    hello["message"] = {{"type", "text"}, {"text", {{"body", "Presente"}}}};
    EXPECT_EQ(act("say", hello).status, 409U) << "she is not in it yet";

    const json tap{{"phone", "+50255510001"}, {"link", group["link"]}};
    EXPECT_EQ(json::parse(act("groups/join", tap).body)["how"], "in");
    EXPECT_EQ(json::parse(act("groups/join", tap).body)["how"], "already_in");
    ASSERT_EQ(act("say", hello).status, 200U);
    const auto sent = graph(
        "POST", "1065/messages",
        {{"messaging_product", "whatsapp"},
         {"recipient_type", "group"},
         {"to", id},
         {"type", "text"},
         {"text", {{"body", "Buenos días"}}}}
    )["messages"][0]["id"].get<std::string>();
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    json chat;
    do {
        chat = get(chat_path)["messages"];
        ASSERT_FALSE(chat.empty()) << chat_path << ' ' << get("/simulator/groups").dump();
    } while (chat.back()["statuses"]["50255510001"] != "delivered" &&
             std::chrono::steady_clock::now() < deadline);
    ASSERT_EQ(chat.size(), 4U) << chat.dump(1);
    EXPECT_EQ(chat[0]["message"]["note"]["what"], "created");
    EXPECT_EQ(chat[1]["message"]["note"], json({{"what", "joined"}, {"who", "María Xiloj"}}));
    EXPECT_EQ(chat[2]["from"], "50255510001");
    EXPECT_EQ(chat[2]["message"]["text"]["body"], "Presente");
    EXPECT_EQ(chat[3]["id"], sent);
    EXPECT_TRUE(get("/simulator/chat?phone=50255510001")["messages"].empty()) << "not in private";
    EXPECT_EQ(act("open", {{"phone", "+50255510001"}, {"group", id}}).status, 200U);
    EXPECT_EQ(get(chat_path)["messages"][3]["statuses"]["50255510001"], "read");

    EXPECT_EQ(act("groups/leave", {{"phone", "+50255510001"}, {"group", id}}).status, 200U);
    EXPECT_EQ(act("groups/leave", {{"phone", "+50255510001"}, {"group", id}}).status, 409U);
    EXPECT_EQ(act("say", hello).status, 409U);
    EXPECT_EQ(act("groups/join", {{"phone", "+1"}, {"link", "x"}}).status, 404U);
    EXPECT_EQ(act("groups/join", {{"phone", "+50255510001"}}).status, 400U);
    EXPECT_EQ(act("groups/leave", json::array()).status, 400U);
    EXPECT_EQ(call("POST", "/simulator/groups/join", "{}", {{"Content-Type", "text/plain"}}).status, 415U);
}

TEST_F(desk_test, a_page_of_an_earlier_run_is_told_to_begin_again) {
    EXPECT_EQ(get("/simulator/events?since=0")["reset"], true);
    EXPECT_EQ(get("/simulator/events?since=99999")["reset"], true);
}

TEST_F(desk_test, a_read_mark_reaches_her_screen_with_typing) {
    const auto id = json::parse(say({{"type", "text"}, {"text", {{"body", "hola"}}}}).body)["id"];
    const auto since = get("/simulator/chat?phone=50255510001")["next"].get<int>();
    json read{{"messaging_product", "whatsapp"}, {"status", "read"}, {"message_id", id}};
    read["typing_indicator"] = {{"type", "text"}};
    EXPECT_EQ(
        call("POST", "/simulator/graph/v25.0/1065/messages", read.dump(),
             {{"Authorization", "Bearer token"}, {"Content-Type", "application/json"}}).status,
        200U
    );
    const auto events = get("/simulator/events?since=" + std::to_string(since))["events"];
    EXPECT_EQ(events[0]["status"], "read");
    EXPECT_EQ(events[1]["kind"], "typing");
}

}  // namespace
}  // namespace tertulia::gateway::simulator
