// The stand-in's Groups API: what its calls answer, what its webhooks tell, and what a member can do.

#include "tests/unit/gateway/simulator/webhook_end.hpp"

#include <gmock/gmock.h>

namespace tertulia::gateway::simulator {
namespace {

using testing::UnorderedElementsAre;

contact person(int number) {
    const auto digits = "5025551000" + std::to_string(number);
    return {.wa_id = digits, .user_id = "GT." + std::to_string(number), .name = "Rosa"};
}

struct group_stand_in_test : testing::Test {
    webhook_end hook{};
    http::client client{{}};
    graph_stand_in stand_in{settings_with(hook.url()), client, {}};

    ~group_stand_in_test() override { client.finish(500ms); }

    graph_answer call(
        std::string_view method, const std::string& path, const json& body = nullptr,
        std::string_view query = {}
    ) {
        const auto text = body.is_null() ? std::string{} : body.dump();
        const auto whole = "/v25.0/" + path;
        return serve(stand_in, {.method = method,
                                .path = whole,
                                .query = query,
                                .authorization = "Bearer token",
                                .content_type = "application/json",
                                .body = text});
    }
    static int code_of(const graph_answer& answer) {
        return json::parse(answer.body)["error"]["code"].get<int>();
    }
    json shown() { return stand_in.groups()["groups"]; }
    // The id of a new one, as it stands in a path.
    std::string make(const std::string& mode = "auto_approve") {
        const auto answer = call(
            "POST", "1065/groups",
            {{"messaging_product", "whatsapp"},
             {"subject", "Comité"},
             {"description", "Los lunes"},
             {"join_approval_mode", mode}}
        );
        EXPECT_EQ(answer.status, 200U) << answer.body;
        return in_path(shown()[0]["id"]);
    }
    static std::string in_path(std::string id) {
        while (id.ends_with('=')) id.pop_back();
        return id + "%3D%3D";
    }
    joined_how joins(int number) {
        return stand_in.join_group(shown()[0]["link"].get<std::string>(), person(number)).how;
    }
    // The one of that type, once so many have come in whatever order.
    json event(const char* type, std::size_t count) {
        for (auto& each : hook.wait_for("groups", count)) {
            if (each["type"] == type) return each;
        }
        ADD_FAILURE() << "no " << type;
        return {};
    }
    json to_group(const std::string& type, json content) {
        json body{
            {"messaging_product", "whatsapp"},
            {"recipient_type", "group"},
            {"to", shown()[0]["id"]},
            {"biz_opaque_callback_data", "17"}};
        body["type"] = type;
        body[type] = std::move(content);
        return body;
    }
};

TEST_F(group_stand_in_test, a_group_is_promised_and_told_by_webhook) {
    const auto id = make();
    const auto events = hook.wait_for("groups", 1);
    EXPECT_EQ(events[0]["type"], "group_create");
    EXPECT_EQ(events[0]["subject"], "Comité");
    EXPECT_EQ(events[0]["group_id"], shown()[0]["id"]);
    EXPECT_EQ(events[0]["invite_link"], shown()[0]["link"]);
    EXPECT_EQ(events[0]["join_approval_mode"], "auto_approve");
    EXPECT_FALSE(events[0]["request_id"].get<std::string>().empty());
    {
        const std::scoped_lock lock{hook.mutex};
        const auto body = json::parse(hook.bodies[0]);
        EXPECT_EQ(body["entry"][0]["changes"][0]["field"], "group_lifecycle_update");
        EXPECT_TRUE(body["entry"][0]["time"].is_number());
    }
    const auto facts = json::parse(call("GET", id, nullptr, "fields=subject").body);
    EXPECT_EQ(facts["description"], "Los lunes");
    EXPECT_EQ(facts["total_participant_count"], 0);
    const auto listed = json::parse(call("GET", "1065/groups", nullptr, "limit=25").body);
    EXPECT_EQ(listed["data"]["groups"][0]["id"], shown()[0]["id"]);
    EXPECT_FALSE(listed["paging"].contains("next"));
}

TEST_F(group_stand_in_test, a_list_goes_on_page_by_page) {
    (void)make();
    (void)make();
    auto page = json::parse(call("GET", "1065/groups", nullptr, "limit=1").body);
    EXPECT_TRUE(page["paging"].contains("next"));
    std::string after;
    for (const char each : page["paging"]["cursors"]["after"].get<std::string>()) {
        after += each == '=' ? std::string{"%3D"} : std::string{each};
    }
    page = json::parse(call("GET", "1065/groups", nullptr, "limit=1&after=" + after).body);
    EXPECT_EQ(page["data"]["groups"].size(), 1U);
    EXPECT_FALSE(page["paging"].contains("next"));
}

TEST_F(group_stand_in_test, eight_join_by_the_link_and_the_ninth_does_not) {
    (void)make();
    for (int i = 1; i <= 8; ++i) EXPECT_EQ(joins(i), joined_how::in);
    EXPECT_EQ(joins(9), joined_how::full);
    EXPECT_EQ(joins(3), joined_how::already_in);
    const auto events = hook.wait_for("groups", 9);
    EXPECT_EQ(events.size(), 9U);
    for (const auto& each : events) {
        if (each["type"] == "group_create") continue;
        EXPECT_EQ(each["type"], "group_participants_add");
        EXPECT_EQ(each["reason"], "invite_link");
        EXPECT_EQ(each["added_participants"].size(), 1U);
    }
}

TEST_F(group_stand_in_test, a_new_link_kills_the_old_one) {
    const auto id = make();
    const auto old = shown()[0]["link"].get<std::string>();
    EXPECT_EQ(json::parse(call("GET", id + "/invite_link").body)["invite_link"], old);
    const auto fresh = json::parse(
        call("POST", id + "/invite_link", {{"messaging_product", "whatsapp"}}).body
    )["invite_link"];
    EXPECT_NE(fresh, old);
    EXPECT_EQ(stand_in.join_group(old, person(1)).how, joined_how::dead_link);
    EXPECT_EQ(stand_in.join_group("", person(1)).how, joined_how::dead_link);
    EXPECT_EQ(joins(1), joined_how::in);
}

TEST_F(group_stand_in_test, who_asks_is_let_in_or_not) {
    const auto id = make("approval_required");
    for (int i = 1; i <= 3; ++i) EXPECT_EQ(joins(i), joined_how::asked);
    EXPECT_EQ(joins(1), joined_how::asked) << "once";
    const auto asked = json::parse(call("GET", id + "/join_requests").body)["data"];
    ASSERT_EQ(asked.size(), 3U);
    EXPECT_EQ(asked[0]["wa_id"], person(1).wa_id);
    const auto answer = [&](std::string_view method, const json& ids) {
        return call(
            method, id + "/join_requests",
            {{"messaging_product", "whatsapp"}, {"join_requests", ids}}
        );
    };
    const auto partly = answer("POST", {asked[0]["join_request_id"], "jr_never"});
    EXPECT_EQ(partly.status, 206U);
    EXPECT_EQ(json::parse(partly.body)["approved_join_requests"].size(), 1U);
    EXPECT_EQ(json::parse(partly.body)["failed_join_requests"][0]["errors"][0]["code"], 131213);
    const auto rejected = answer("DELETE", json::array({asked[1]["join_request_id"]}));
    EXPECT_EQ(rejected.status, 200U);
    EXPECT_EQ(json::parse(rejected.body)["rejected_join_requests"].size(), 1U);
    EXPECT_EQ(answer("POST", json::array()).status, 400U);
    EXPECT_TRUE(stand_in.leave_group(shown()[0]["id"].get<std::string>(), person(3).wa_id));
    const auto events = hook.wait_for("groups", 6);
    std::vector<std::string> types;
    for (const auto& each : events) types.push_back(each["type"]);
    EXPECT_THAT(
        types,
        UnorderedElementsAre(
            "group_create", "group_join_request_created", "group_join_request_created",
            "group_join_request_created", "group_participants_add", "group_join_request_revoked"
        )
    );
    EXPECT_EQ(shown()[0]["members"].size(), 1U);
    EXPECT_TRUE(shown()[0]["requests"].empty());
}

TEST_F(group_stand_in_test, who_is_removed_cannot_come_back_by_the_link) {
    const auto id = make();
    EXPECT_EQ(joins(1), joined_how::in);
    json body{{"messaging_product", "whatsapp"}};
    body["participants"] = {{{"user", "+" + person(1).wa_id}}, {{"user_id", "GT.99"}}};
    EXPECT_EQ(call("DELETE", id + "/participants", body).status, 200U);
    EXPECT_EQ(joins(1), joined_how::removed);
    const auto told = event("group_participants_remove", 3);
    EXPECT_EQ(told["initiated_by"], "business");
    EXPECT_EQ(told["removed_participants"][0]["input"], "+" + person(1).wa_id);
    EXPECT_EQ(told["failed_participants"][0]["errors"][0]["code"], 131212);
    body["participants"] = json::array();
    EXPECT_EQ(call("DELETE", id + "/participants", body).status, 400U);
}

TEST_F(group_stand_in_test, one_message_reaches_each_member_and_each_has_a_status) {
    const auto id = make();
    EXPECT_EQ(code_of(call("POST", "1065/messages", to_group("text", {{"body", "hola"}}))), 131020)
        << "nobody is in it";
    EXPECT_EQ(joins(1), joined_how::in);
    EXPECT_EQ(joins(2), joined_how::in);
    const auto answer = call("POST", "1065/messages", to_group("text", {{"body", "hola"}}));
    ASSERT_EQ(answer.status, 200U) << answer.body;
    const auto said = json::parse(answer.body);
    EXPECT_EQ(said["contacts"][0]["wa_id"], shown()[0]["id"]);
    EXPECT_EQ(stand_in.sent(0, 10)["sent"].size(), 1U);
    stand_in.open_chat(person(1).wa_id, "other");
    const auto statuses = hook.wait_for("statuses", 4);
    std::vector<std::string> seen;
    for (const auto& each : statuses) {
        EXPECT_EQ(each["id"], said["messages"][0]["id"]);
        EXPECT_EQ(each["recipient_id"], shown()[0]["id"]);
        EXPECT_EQ(each["recipient_type"], "group");
        EXPECT_EQ(each["biz_opaque_callback_data"], "17");
        EXPECT_EQ(each["pricing"]["category"], "group_service");
        seen.push_back(
            each["recipient_participant_user_id"].get<std::string>() + ' ' +
            each["status"].get<std::string>()
        );
    }
    EXPECT_THAT(
        seen, UnorderedElementsAre("GT.1 sent", "GT.2 sent", "GT.1 delivered", "GT.2 delivered")
    );
    stand_in.open_chat(person(2).wa_id, shown()[0]["id"].get<std::string>());
    const auto read = hook.wait_for("statuses", 5).back();
    EXPECT_EQ(read["status"], "read");
    EXPECT_EQ(read["recipient_participant_id"], person(2).wa_id);
    const std::scoped_lock lock{hook.mutex};
    for (const auto& body : hook.bodies) {
        const auto value = json::parse(body)["entry"][0]["changes"][0]["value"];
        if (!value.contains("statuses")) continue;
        for (const auto& each : value["statuses"]) {
            EXPECT_EQ(each["status"], value["statuses"][0]["status"]) << "one kind a webhook";
        }
    }
}

TEST_F(group_stand_in_test, a_phone_that_is_off_gets_it_later_and_the_others_at_once) {
    (void)make();
    EXPECT_EQ(joins(1), joined_how::in);
    EXPECT_EQ(joins(2), joined_how::in);
    EXPECT_EQ(stand_in.control({{"phone_off", json::array({person(1).wa_id})}}), "");
    EXPECT_EQ(
        call("POST", "1065/messages", to_group("text", {{"body", "hola"}})).status, 200U
    );
    EXPECT_EQ(hook.wait_for("statuses", 3).size(), 3U);
    EXPECT_EQ(stand_in.control({{"phone_off", false}}), "");
    const auto last = hook.wait_for("statuses", 4).back();
    EXPECT_EQ(last["recipient_participant_id"], person(1).wa_id);
    EXPECT_EQ(last["status"], "delivered");
}

TEST_F(group_stand_in_test, only_members_write_and_the_group_is_named) {
    (void)make();
    const auto id = shown()[0]["id"].get<std::string>();
    EXPECT_EQ(stand_in.write(person(1), "text", {{"body", "hola"}}, {}, {}, id), "");
    EXPECT_EQ(stand_in.write(person(1), "text", {{"body", "hola"}}, {}, {}, "none"), "");
    EXPECT_EQ(joins(1), joined_how::in);
    EXPECT_NE(stand_in.write(person(1), "text", {{"body", "Presente"}}, {}, {}, id), "");
    const auto messages = hook.wait_for("messages", 1);
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0]["group_id"], id);
    EXPECT_EQ(messages[0]["from_user_id"], "GT.1");
    EXPECT_EQ(messages[0]["text"]["body"], "Presente");
    EXPECT_TRUE(stand_in.leave_group(id, person(1).wa_id));
    EXPECT_FALSE(stand_in.leave_group(id, person(1).wa_id));
    EXPECT_EQ(stand_in.write(person(1), "text", {{"body", "hola"}}, {}, {}, id), "");
    EXPECT_EQ(event("group_participants_remove", 3)["initiated_by"], "participant");
}

TEST_F(group_stand_in_test, any_members_message_opens_the_window_for_all) {
    (void)make();
    EXPECT_EQ(joins(1), joined_how::in);
    EXPECT_EQ(stand_in.control({{"window", true}}), "");
    const auto text = to_group("text", {{"body", "hola"}});
    EXPECT_EQ(call("POST", "1065/messages", text).status, 200U);
    EXPECT_EQ(hook.wait_for("statuses", 1)[0]["errors"][0]["code"], 131047);
    const auto id = shown()[0]["id"].get<std::string>();
    EXPECT_NE(stand_in.write(person(1), "text", {{"body", "hola"}}, {}, {}, id), "");
    EXPECT_EQ(call("POST", "1065/messages", text).status, 200U);
    EXPECT_EQ(hook.wait_for("statuses", 2)[1].contains("errors"), false);
}

TEST_F(group_stand_in_test, what_a_group_cannot_have_is_refused) {
    const auto id = make();
    EXPECT_EQ(joins(1), joined_how::in);
    const auto send = [this](const json& body) { return call("POST", "1065/messages", body); };
    const auto refused = [&](const json& body) { return code_of(send(body)); };
    EXPECT_EQ(refused(to_group("interactive", {{"type", "button"}})), 131051);
    EXPECT_EQ(refused(to_group("reaction", {{"emoji", "👍"}})), 131051);
    EXPECT_EQ(refused(to_group("pin", {{"type", "pin"}, {"message_id", "w"}})), 131009);
    auto wrong = to_group("text", {{"body", "hola"}});
    wrong["recipient_type"] = "individual";
    EXPECT_EQ(refused(wrong), 131009);
    wrong["recipient_type"] = "group";
    wrong["to"] = "+50255510001";
    EXPECT_EQ(refused(wrong), 131041);
    const auto made = [&](const json& body) { return call("POST", "1065/groups", body).status; };
    EXPECT_EQ(made({{"messaging_product", "whatsapp"}}), 400U);
    EXPECT_EQ(made({{"subject", "Uno"}}), 400U);
    EXPECT_EQ(made({{"messaging_product", "whatsapp"}, {"subject", std::string(129, 'x')}}), 400U);
    EXPECT_EQ(
        made({{"messaging_product", "whatsapp"}, {"subject", "x"}, {"join_approval_mode", "all"}}),
        400U
    );
    EXPECT_EQ(call("POST", "1065/groups").status, 400U);
    EXPECT_EQ(call("POST", id, {{"messaging_product", "whatsapp"}}).status, 400U);
    EXPECT_EQ(call("GET", id + "/pictures").status, 400U);
    EXPECT_EQ(code_of(call("GET", "Y2FwaV9ncm91cDoxNONE")), 131041);
    EXPECT_EQ(shown().size(), 1U);
}

TEST_F(group_stand_in_test, a_fourth_pin_drops_the_oldest) {
    (void)make();
    EXPECT_EQ(joins(1), joined_how::in);
    for (const auto* id : {"w1", "w2", "w3", "w4"}) {
        const auto answer = call(
            "POST", "1065/messages",
            to_group("pin", {{"type", "pin"}, {"message_id", id}, {"expiration_days", 7}})
        );
        EXPECT_EQ(answer.status, 200U) << answer.body;
    }
    EXPECT_EQ(shown()[0]["pins"], json({"w2", "w3", "w4"}));
    const json unpinned = to_group("pin", {{"type", "unpin"}, {"message_id", "w3"}});
    EXPECT_EQ(call("POST", "1065/messages", unpinned).status, 200U);
    EXPECT_EQ(shown()[0]["pins"], json({"w2", "w4"}));
}

TEST_F(group_stand_in_test, it_is_renamed_and_ends) {
    const auto id = make();
    EXPECT_EQ(joins(1), joined_how::in);
    EXPECT_EQ(
        call("POST", id, {{"messaging_product", "whatsapp"}, {"subject", "Mesa"}}).status, 200U
    );
    EXPECT_EQ(shown()[0]["subject"], "Mesa");
    const auto changed = event("group_settings_update", 3);
    EXPECT_EQ(changed["group_subject"], json({{"text", "Mesa"}, {"update_successful", true}}));
    const auto group = shown()[0];
    EXPECT_EQ(call("DELETE", id).status, 200U);
    EXPECT_EQ(event("group_delete", 4)["group_id"], group["id"]);
    EXPECT_TRUE(shown().empty());
    EXPECT_EQ(code_of(call("DELETE", id)), 131041);
    EXPECT_EQ(
        stand_in.join_group(group["link"].get<std::string>(), person(2)).how, joined_how::dead_link
    );
}

TEST_F(group_stand_in_test, a_picture_is_promised_and_its_webhook_says_what_became_of_it) {
    const auto id = make();
    const auto shows = [&](const std::string& jpeg) {
        const auto path = "/v25.0/" + id;
        const auto body =
            "--b\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"group.jpg\"\r\n"
            "Content-Type: image/jpeg\r\n\r\n" + jpeg + "\r\n--b--\r\n";
        return serve(stand_in, {.method = "POST",
                                .path = path,
                                .authorization = "Bearer token",
                                .content_type = "multipart/form-data; boundary=b",
                                .body = body});
    };
    EXPECT_EQ(shows("\xFF\xD8\xFFsquare").status, 200U);
    const auto taken = event("group_settings_update", 2)["profile_picture"];
    EXPECT_EQ(taken["update_successful"], true);
    EXPECT_EQ(taken["mime_type"], "image/jpeg");
    const auto picture = shown()[0]["picture"].get<std::string>();
    EXPECT_EQ(stand_in.file(picture)->bytes, "\xFF\xD8\xFFsquare");

    EXPECT_EQ(stand_in.control({{"picture_error", 131209}}), "");
    EXPECT_EQ(shows("\xFF\xD8\xFFlong").status, 200U);
    const auto events = hook.wait_for("groups", 3);
    const auto refused = std::ranges::find_if(events, [](const json& one) {
        return one.contains("profile_picture") && one["profile_picture"]["update_successful"] == false;
    });
    ASSERT_NE(refused, events.end());
    EXPECT_EQ((*refused)["profile_picture"]["errors"][0]["code"], 131209);
    EXPECT_EQ(shown()[0]["picture"], picture) << "the old one stays";
    EXPECT_EQ(code_of(call("POST", id, {{"subject", "x"}})), 100) << "no picture and no product";
}

TEST_F(group_stand_in_test, a_suspended_group_is_closed_to_everybody_until_it_is_not) {
    const auto id = make();
    EXPECT_EQ(joins(1), joined_how::in);
    const auto group = shown()[0]["id"].get<std::string>();
    EXPECT_EQ(stand_in.control({{"suspended_groups", json::array({group})}}), "");
    EXPECT_EQ(event("group_suspend", 3)["group_id"], group);
    EXPECT_EQ(json::parse(call("GET", id, nullptr, "fields=suspended").body)["suspended"], true);
    EXPECT_EQ(code_of(call("POST", "1065/messages", to_group("text", {{"body", "hola"}}))), 131207);
    EXPECT_EQ(code_of(call("POST", id + "/invite_link", json::object())), 131207);
    EXPECT_EQ(stand_in.write(person(1), "text", {{"body", "hola"}}, {}, {}, group), "");
    EXPECT_EQ(stand_in.control({{"phone_off", false}}), "") << "other orders leave it as it is";
    EXPECT_EQ(shown()[0]["suspended"], true);
    EXPECT_EQ(stand_in.control({{"suspended_groups", json::array()}}), "");
    EXPECT_EQ(event("group_suspend_cleared", 4)["group_id"], group);
    EXPECT_EQ(call("POST", "1065/messages", to_group("text", {{"body", "hola"}})).status, 200U);
    EXPECT_NE(stand_in.control({{"suspended_groups", 7}}), "");
    EXPECT_NE(stand_in.control({{"picture_error", "x"}}), "");
}

TEST_F(group_stand_in_test, programs_join_write_and_leave_by_doors_of_their_own) {
    (void)make();
    const auto door = [this](std::string_view path, const json& body) {
        const auto text = body.dump();
        return serve(stand_in, {.method = "POST", .path = path, .body = text});
    };
    const auto id = shown()[0]["id"];
    const auto joined = door("/group/join", {{"from", "+50255510001"}, {"link", shown()[0]["link"]}});
    EXPECT_EQ(json::parse(joined.body), json({{"how", "in"}, {"group_id", id}}));
    const json hello{{"from", "50255510001"}, {"text", "hola"}, {"group_id", id}};
    EXPECT_EQ(door("/inbound", hello).status, 200U);
    EXPECT_EQ(door("/group/leave", {{"from", "50255510001"}, {"group_id", id}}).status, 200U);
    EXPECT_EQ(door("/group/leave", {{"from", "50255510001"}, {"group_id", id}}).status, 409U);
    EXPECT_EQ(door("/inbound", hello).status, 409U);
    EXPECT_EQ(door("/group/join", {{"link", "x"}}).status, 400U);
    EXPECT_EQ(door("/group/join", json::array()).status, 400U);
}

}  // namespace
}  // namespace tertulia::gateway::simulator
