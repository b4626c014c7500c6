// The stand-in refuses what Meta refuses: each limit at its edge.

#include "gateway/simulator/send_rules.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tertulia::gateway::simulator {
namespace {

using nlohmann::json;

json message(std::string type, json content) {
    json body{{"messaging_product", "whatsapp"}, {"to", "+50255551234"}, {"type", type}};
    body[type] = std::move(content);
    return body;
}

// 0: taken.
int code_of(const json& body, const send_context& context = {}) {
    const auto broken = broken_rule(body, context);
    return broken ? broken->code : 0;
}

json buttons(int count, std::size_t title_units = 5) {
    json all = json::array();
    for (int i = 0; i < count; ++i) {
        auto title = std::to_string(i) + std::string(title_units - 1, 'x');
        all.push_back(
            {{"type", "reply"}, {"reply", {{"id", "b" + std::to_string(i)}, {"title", title}}}});
    }
    json content{{"type", "button"}, {"body", {{"text", "Choose"}}}};
    content["action"]["buttons"] = std::move(all);
    return message("interactive", std::move(content));
}

json list(int rows, int sections = 1) {
    json all = json::array();
    for (int s = 0; s < sections; ++s) {
        json section = json::object();
        if (sections > 1) section["title"] = "S" + std::to_string(s);
        section["rows"] = json::array();
        for (int r = 0; r < rows / sections; ++r) {
            section["rows"].push_back(
                {{"id", std::to_string(s) + "-" + std::to_string(r)}, {"title", "row"}});
        }
        all.push_back(std::move(section));
    }
    json content{{"type", "list"}, {"body", {{"text", "Choose"}}}};
    content["action"] = {{"button", "Options"}, {"sections", std::move(all)}};
    return message("interactive", std::move(content));
}

TEST(send_rules, what_every_message_needs) {
    EXPECT_EQ(code_of(message("text", {{"body", "hola"}})), 0);
    EXPECT_EQ(code_of(json::array()), 100);
    auto body = message("text", {{"body", "hola"}});
    body.erase("messaging_product");
    EXPECT_EQ(code_of(body), 100);
    body = message("text", {{"body", "hola"}});
    body.erase("to");
    EXPECT_EQ(code_of(body), 131008);
    body["recipient"] = "GT.1349";
    EXPECT_EQ(code_of(body), 0);
    body["type"] = 5;
    EXPECT_EQ(code_of(body), 100);
    EXPECT_EQ(code_of(message("fax", {})), 100);
    body = message("text", {{"body", "hola"}});
    body["biz_opaque_callback_data"] = std::string(513, 'x');
    EXPECT_EQ(code_of(body), 100);
    body["biz_opaque_callback_data"] = "12";
    body["recipient_type"] = "everybody";
    EXPECT_EQ(code_of(body), 131009);
    body.erase("type");
    body["recipient_type"] = "individual";
    EXPECT_EQ(code_of(body), 0) << "text is the default";
}

TEST(send_rules, lengths_are_utf16_units) {
    EXPECT_EQ(code_of(message("text", {{"body", std::string(4096, 'a')}})), 0);
    EXPECT_EQ(code_of(message("text", {{"body", std::string(4097, 'a')}})), 100);
    EXPECT_EQ(code_of(message("text", {{"body", ""}})), 100);
    EXPECT_EQ(code_of(message("text", json::object())), 131008);
    EXPECT_EQ(utf16_units("añ€😀"), 5U);
}

TEST(send_rules, buttons) {
    EXPECT_EQ(code_of(buttons(3, 20)), 0);
    EXPECT_EQ(code_of(buttons(4)), 131009);
    EXPECT_EQ(code_of(buttons(0)), 131009);
    EXPECT_EQ(code_of(buttons(1, 21)), 100);
    auto twice = buttons(2);
    auto& all = twice["interactive"]["action"]["buttons"];
    all[1]["reply"]["title"] = all[0]["reply"]["title"];
    EXPECT_EQ(code_of(twice), 131009);
    auto body = buttons(1);
    body["interactive"]["body"]["text"] = std::string(1025, 'a');
    EXPECT_EQ(code_of(body), 100);
    body = buttons(1);
    body["interactive"]["footer"]["text"] = std::string(61, 'a');
    EXPECT_EQ(code_of(body), 100);
    body = buttons(1);
    body["interactive"]["header"] = {{"type", "text"}, {"text", std::string(61, 'a')}};
    EXPECT_EQ(code_of(body), 100);
}

TEST(send_rules, lists) {
    EXPECT_EQ(code_of(list(10)), 0);
    EXPECT_EQ(code_of(list(10, 2)), 0);
    EXPECT_EQ(code_of(list(11)), 131009);
    auto body = list(4, 2);
    body["interactive"]["action"]["sections"][1].erase("title");
    EXPECT_EQ(code_of(body), 131008);
    body = list(2);
    body["interactive"]["action"]["sections"][0]["rows"][0]["description"] = std::string(73, 'a');
    EXPECT_EQ(code_of(body), 100);
    body = list(2);
    body["interactive"]["action"]["button"] = std::string(21, 'a');
    EXPECT_EQ(code_of(body), 100);
    body = list(2);
    body["interactive"]["action"]["sections"][0]["rows"][1]["id"] = "0-0";
    EXPECT_EQ(code_of(body), 131009);
}

TEST(send_rules, links_and_location_requests) {
    json content{{"type", "cta_url"}, {"body", {{"text", "Statement"}}}};
    content["action"] = {
        {"name", "cta_url"},
        {"parameters", {{"display_text", "Open"}, {"url", "https://example.org/s"}}}};
    EXPECT_EQ(code_of(message("interactive", content)), 0);
    content["action"]["parameters"]["url"] = "javascript:1";
    EXPECT_EQ(code_of(message("interactive", content)), 131009);
    json ask{{"type", "location_request_message"}, {"body", {{"text", "Where?"}}}};
    ask["action"] = {{"name", "send_location"}};
    EXPECT_EQ(code_of(message("interactive", ask)), 0);
    ask["action"] = {{"name", "other"}};
    EXPECT_EQ(code_of(message("interactive", ask)), 131009);
    ask["type"] = "hologram";
    EXPECT_EQ(code_of(message("interactive", ask)), 131009);
}

TEST(send_rules, media_is_an_id_we_know_or_a_link) {
    send_context context;
    context.has_media = [](std::string_view id) { return id == "77"; };
    EXPECT_EQ(code_of(message("image", {{"id", "77"}, {"caption", "x"}}), context), 0);
    EXPECT_EQ(code_of(message("image", {{"id", "78"}}), context), 100);
    EXPECT_EQ(code_of(message("document", {{"link", "https://example.org/a.pdf"}}), context), 0);
    EXPECT_EQ(code_of(message("document", {{"link", "ftp://example.org"}}), context), 131053);
    EXPECT_EQ(code_of(message("image", {{"id", "77"}, {"link", "https://a"}}), context), 100);
    EXPECT_EQ(code_of(message("audio", {{"id", "77"}, {"caption", "x"}}), context), 100);
    EXPECT_EQ(code_of(message("image", {{"id", "77"}, {"caption", std::string(1025, 'a')}}), context),
              100);
}

TEST(send_rules, templates) {
    send_context context;
    context.has_template = [](std::string_view name, std::string_view language) {
        return name == "due" && language == "es";
    };
    json used{{"name", "due"}, {"language", {{"code", "es"}}}};
    EXPECT_EQ(code_of(message("template", used), context), 0);
    used["components"] = json::array({{{"type", "body"}, {"parameters", json::array()}}});
    auto& parameters = used["components"][0]["parameters"];
    parameters.push_back({{"type", "text"}, {"text", "Awa"}});
    EXPECT_EQ(code_of(message("template", used), context), 0);
    parameters.push_back({{"type", "text"}, {"parameter_name", "amount"}, {"text", "5"}});
    EXPECT_EQ(code_of(message("template", used), context), 100);
    parameters.erase(1);
    parameters[0]["text"] = "two\nlines";
    EXPECT_EQ(code_of(message("template", used), context), 132012);
    used["language"]["code"] = "fr";
    EXPECT_EQ(code_of(message("template", used), context), 132001);
    used = {{"name", "due"}};
    EXPECT_EQ(code_of(message("template", used), context), 131008);
}

TEST(send_rules, locations_reactions_and_reads) {
    EXPECT_EQ(code_of(message("location", {{"latitude", 14.6}, {"longitude", -90.8}})), 0);
    EXPECT_EQ(code_of(message("location", {{"latitude", 95}, {"longitude", 0}})), 131009);
    EXPECT_EQ(code_of(message("location", {{"latitude", "14"}, {"longitude", 0}})), 131009);
    EXPECT_EQ(code_of(message("reaction", {{"message_id", "wamid.1"}, {"emoji", ""}})), 0);
    EXPECT_EQ(code_of(message("reaction", {{"emoji", "x"}})), 131008);
    json read{{"messaging_product", "whatsapp"}, {"status", "read"}, {"message_id", "wamid.1"}};
    EXPECT_EQ(code_of(read), 0);
    read.erase("message_id");
    EXPECT_EQ(code_of(read), 131008);
}

}  // namespace
}  // namespace tertulia::gateway::simulator
