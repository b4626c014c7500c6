// The admin routes of native groups, against a listener that plays the Graph API.

#include "gateway/commands/group_routes.hpp"

#include "gateway/http/server.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <future>
#include <mutex>

namespace tertulia::gateway {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

struct group_routes_test : testing::Test {
    std::mutex mutex{};
    std::string heard{};  // the last call: "METHOD PATH BODY"
    http::response graph_says{.content_type = "application/json", .body = "{}"};
    http::client client{{}};
    http::server graph{{.listen = "127.0.0.1:0"}, graph_routes()};
    group_book book{"whatsapp"};
    std::vector<channel_config> configured{};
    std::unique_ptr<http::server> admin{};

    group_routes_test() {
        graph.start();
        configured = channels();
        admin = std::make_unique<http::server>(
            http::server_settings{.listen = "127.0.0.1:0"}, group_routes(parts())
        );
        admin->start();
    }
    ~group_routes_test() override {
        admin->finish(100ms);
        graph.finish(100ms);
        client.finish(500ms);
    }
    group_route_parts parts(std::string token = {}) {
        return {
            .channels = configured,
            .client = client,
            .admin_token = std::move(token),
            .book =
                [this](const std::string& channel, const std::function<void(group_book*)>& with) {
                    EXPECT_EQ(channel, "whatsapp");
                    const std::scoped_lock lock{mutex};
                    with(&book);
                },
            .clock = [] { return from_millis(1'795'413'700'000); }};
    }
    void hears(std::string field, std::string object) {
        const auto event = adapters::whatsapp_cloud::read_group_event(
            {.channel = "whatsapp", .field = std::move(field), .raw_json = std::move(object)}
        );
        const std::scoped_lock lock{mutex};
        ASSERT_TRUE(event);
        EXPECT_TRUE(book.learn(*event, {}));
    }

    std::vector<http::route> graph_routes() {
        std::vector<http::route> all;
        for (const auto* method : {"GET", "POST", "DELETE"}) {
            all.push_back(
                {.method = method,
                 .path = "/v25.0/*",
                 .handle = [this](const http::request& request, http::reply to) {
                     const std::scoped_lock lock{mutex};
                     heard = std::string{request.method} + ' ' + std::string{request.path};
                     if (!request.query.empty()) heard += '?' + std::string{request.query};
                     if (!request.body.empty()) heard += ' ' + std::string{request.body};
                     std::move(to).send(graph_says);
                 }}
            );
        }
        return all;
    }
    std::vector<channel_config> channels() const {
        channel_config one{.name = "whatsapp"};
        one.provider = adapters::whatsapp_cloud::channel_settings{
            .name = "whatsapp",
            .phone_number_id = "1065",
            .access_token = "token",
            .api_base = "http://127.0.0.1:" + std::to_string(graph.port())};
        channel_config other{.name = "sms"};
        other.provider = adapters::kannel::channel_settings{.name = "sms"};
        return {one, other};
    }
    void graph_answers(std::string body, unsigned status = 200) {
        const std::scoped_lock lock{mutex};
        heard.clear();
        graph_says.body = std::move(body);
        graph_says.status = status;
    }
    std::string last() {
        const std::scoped_lock lock{mutex};
        return heard;
    }
    http::answer ask(
        std::string method, const std::string& path, std::string body = {},
        std::string type = "application/json"
    ) {
        http::call what{.method = std::move(method)};
        what.url = "http://127.0.0.1:" + std::to_string(admin->port()) + "/api/v1/channels/" + path;
        if (!body.empty()) what.headers = {{"Content-Type", std::move(type)}};
        what.body = std::move(body);
        std::promise<http::answer> done;
        client.start(std::move(what), [&done](http::answer answer) { done.set_value(answer); });
        return done.get_future().get();
    }
    static json read(const http::answer& answer) { return json::parse(answer.body); }
};

TEST_F(group_routes_test, each_call_is_made_and_its_answer_told) {
    graph_answers(R"({"request_id":"r1"})");
    EXPECT_EQ(
        read(ask("POST", "whatsapp/groups", R"({"subject":"Uno","joining":"by_link"})")),
        json({{"request_id", "r1"}})
    );
    EXPECT_EQ(
        last(),
        R"(POST /v25.0/1065/groups {"messaging_product":"whatsapp","subject":"Uno",)"
        R"("join_approval_mode":"auto_approve"})"
    );
    graph_answers(R"({"data":{"groups":[{"id":"g=","subject":"Uno"}]}})");
    const auto all = read(ask("GET", "whatsapp/groups?after=C%3D"));
    EXPECT_EQ(all["groups"][0]["id"], "g=");
    EXPECT_EQ(last(), "GET /v25.0/1065/groups?limit=100&after=C%3D");
    graph_answers(R"({"id":"g=","participants":[{"wa_id":"50255510001"}]})");
    EXPECT_EQ(read(ask("GET", "whatsapp/groups/g%3D"))["members"][0]["who"][0], "+50255510001");
    graph_answers(R"({"invite_link":"https://chat.whatsapp.com/X"})");
    EXPECT_EQ(
        read(ask("POST", "whatsapp/groups/g%3D/link", "{}"))["link"], "https://chat.whatsapp.com/X"
    );
    graph_answers(R"({"data":[{"join_request_id":"jr1","user_id":"GT.1"}]})");
    EXPECT_EQ(read(ask("GET", "whatsapp/groups/g/join-requests"))["join_requests"][0]["id"], "jr1");
    graph_answers(R"({"approved_join_requests":["jr1"]})");
    EXPECT_EQ(
        read(ask("POST", "whatsapp/groups/g/join-requests",
                 R"({"answer":"approve","ids":["jr1"]})"))["done"],
        json::array({"jr1"})
    );
    graph_answers(R"({"success":true})");
    EXPECT_EQ(ask("POST", "whatsapp/groups/g", R"({"subject":"Dos"})").status, 200U);
    EXPECT_EQ(ask("POST", "whatsapp/groups/g/remove", R"({"people":["+50255510001"]})").status, 200U);
    EXPECT_EQ(ask("POST", "whatsapp/groups/g/pin", R"({"message_id":"w","days":7})").status, 200U);
    EXPECT_EQ(ask("POST", "whatsapp/groups/g/unpin", R"({"message_id":"w"})").status, 200U);
    EXPECT_EQ(ask("DELETE", "whatsapp/groups/g").status, 200U);
    EXPECT_EQ(last(), "DELETE /v25.0/g");
}

TEST_F(group_routes_test, a_refusal_is_told_with_its_code_and_whether_to_try_again) {
    graph_answers(R"({"error":{"code":131215}})", 400);
    auto answer = ask("POST", "whatsapp/groups", R"({"subject":"Uno"})");
    EXPECT_EQ(answer.status, 422U);
    EXPECT_EQ(read(answer)["code"], 131215);
    graph_answers(R"({"error":{"code":131208}})", 429);
    EXPECT_EQ(ask("DELETE", "whatsapp/groups/g").status, 503U);
    graph_answers(
        R"({"approved_join_requests":["jr1"],"failed_join_requests":[{"join_request_id":"jr2",)"
        R"("errors":[{"code":131213}]}]})",
        206
    );
    answer = ask("POST", "whatsapp/groups/g/join-requests", R"({"answer":"reject","ids":["jr1"]})");
    EXPECT_EQ(answer.status, 422U);
    EXPECT_EQ(read(answer)["code"], 131201);
    EXPECT_EQ(read(answer)["in_part"]["failed"][0]["code"], 131213);
    graph_answers("<html>");
    EXPECT_NE(ask("GET", "whatsapp/groups/g/link").status, 200U);
    graph_answers(R"({"success":true})");
    EXPECT_EQ(ask("GET", "whatsapp/groups/g/link").status, 502U);
}

TEST_F(group_routes_test, a_picture_goes_as_it_is_and_nothing_else_may_be_large) {
    graph_answers(R"({"request_id":"r7"})");
    const auto jpeg = "\xFF\xD8\xFF" + std::string(20'000, 'x');
    const auto taken = ask("POST", "whatsapp/groups/g%3D/picture", jpeg, "image/jpeg");
    EXPECT_EQ(taken.status, 200U) << taken.body;
    EXPECT_EQ(read(taken)["request_id"], "r7");
    EXPECT_EQ(last().rfind("POST /v25.0/g%3D --", 0), 0U) << last().substr(0, 80);
    EXPECT_NE(last().find(jpeg), std::string::npos);

    graph_answers("{}");
    const auto png = ask("POST", "whatsapp/groups/g/picture", "\x89PNG", "image/png");
    EXPECT_EQ(png.status, 415U);
    EXPECT_NE(png.body.find("192 pixels"), std::string::npos) << "what to send instead";
    EXPECT_EQ(ask("POST", "whatsapp/groups/g/picture", "{}").status, 415U);
    EXPECT_EQ(ask("POST", "whatsapp/groups", std::string(7'000, ' ')).status, 413U);
    EXPECT_EQ(last(), "");
}

TEST_F(group_routes_test, what_makes_no_sense_never_reaches_whatsapp) {
    graph_answers("{}");
    EXPECT_EQ(ask("GET", "sms/groups").status, 404U);
    EXPECT_EQ(ask("GET", "nobody/groups").status, 404U);
    EXPECT_EQ(ask("GET", "whatsapp/people").status, 404U);
    EXPECT_EQ(ask("GET", "whatsapp/groups/").status, 404U);
    EXPECT_EQ(ask("GET", "whatsapp/groups/g/link/more").status, 404U);
    EXPECT_EQ(ask("GET", "whatsapp/groups/%20").status, 400U);
    EXPECT_EQ(ask("GET", "whatsapp/groups?after=%20").status, 400U);
    EXPECT_EQ(ask("POST", "whatsapp/groups", "[]").status, 400U);
    EXPECT_EQ(ask("POST", "whatsapp/groups", "{}").status, 400U);
    EXPECT_EQ(ask("POST", "whatsapp/groups", R"({"subject":"x","joining":"all"})").status, 400U);
    EXPECT_EQ(ask("POST", "whatsapp/groups/g/remove", R"({"people":["Rosa"]})").status, 400U);
    EXPECT_EQ(ask("POST", "whatsapp/groups/g/remove", R"({"people":[7]})").status, 400U);
    EXPECT_EQ(ask("POST", "whatsapp/groups/g/pin", R"({"message_id":"w","days":99})").status, 400U);
    EXPECT_EQ(ask("POST", "whatsapp/groups/g/join-requests", R"({"ids":["j"]})").status, 400U);
    EXPECT_EQ(ask("DELETE", "whatsapp/groups/g/link").status, 400U);
    EXPECT_EQ(ask("POST", "whatsapp/groups", R"({"subject":"x"})", "text/plain").status, 415U);
    EXPECT_EQ(last(), "");
}

TEST_F(group_routes_test, what_webhooks_told_is_listed_with_members_and_states) {
    graph_answers("{}");
    hears(
        "group_lifecycle_update",
        R"({"type":"group_create","group_id":"g=","request_id":"r1","subject":"Uno",)"
        R"("invite_link":"https://chat.whatsapp.com/L","join_approval_mode":"auto_approve",)"
        R"("timestamp":"1795413600"})"
    );
    hears(
        "group_participants_update",
        R"({"type":"group_participants_add","group_id":"g=","timestamp":"1795413600",)"
        R"("added_participants":[{"wa_id":"50255510001"}]})"
    );
    hears(
        "group_participants_update",
        R"({"type":"group_join_request_created","group_id":"g=","timestamp":"1795413600",)"
        R"("join_request_id":"jr1","wa_id":"50255510002"})"
    );
    auto one = read(ask("GET", "whatsapp/groups?known"))["groups"][0];
    EXPECT_EQ(one["id"], "g=");
    EXPECT_EQ(one["request_id"], "r1");
    EXPECT_EQ(one["state"], "open");
    EXPECT_EQ(one["joining"], "by_link");
    EXPECT_EQ(one["link"], "https://chat.whatsapp.com/L");
    EXPECT_EQ(one["members_count"], 1);
    EXPECT_EQ(one["members"][0]["who"], json::array({"+50255510001", "50255510001"}));
    EXPECT_EQ(one["members"][0]["state"], "in");
    EXPECT_EQ(one["members"][1]["state"], "asks");
    EXPECT_EQ(one["members"][1]["join_request_id"], "jr1");
    EXPECT_EQ(last(), "") << "Meta is not asked";

    graph_answers(R"({"rejected_join_requests":["jr1"]})");
    EXPECT_EQ(
        ask("POST", "whatsapp/groups/g%3D/join-requests", R"({"answer":"reject","ids":["jr1"]})").status,
        200U
    );
    one = read(ask("GET", "whatsapp/groups/g%3D?known"));
    EXPECT_EQ(one["members"][1]["state"], "rejected");
    EXPECT_EQ(one["members"][1]["since"], 1'795'413'700'000);
    EXPECT_EQ(ask("GET", "whatsapp/groups/none?known").status, 404U);
}

TEST_F(group_routes_test, with_a_token_nobody_else_may) {
    http::server closed{
        {.listen = "127.0.0.1:0"}, group_routes(parts("0123456789abcdef"))};
    closed.start();
    http::call what{.method = "GET"};
    what.url =
        "http://127.0.0.1:" + std::to_string(closed.port()) + "/api/v1/channels/whatsapp/groups";
    std::promise<http::answer> done;
    client.start(std::move(what), [&done](http::answer answer) { done.set_value(answer); });
    EXPECT_EQ(done.get_future().get().status, 403U);
    closed.finish(100ms);
}

TEST(group_routes, without_whatsapp_there_are_none) {
    http::client client{{}};
    channel_config one{.name = "sms"};
    one.provider = adapters::kannel::channel_settings{.name = "sms"};
    const std::vector<channel_config> all{one};
    EXPECT_TRUE(group_routes({.channels = all, .client = client}).empty());
    client.finish(100ms);
}

}  // namespace
}  // namespace tertulia::gateway
