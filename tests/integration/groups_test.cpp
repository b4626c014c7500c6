// A native group from its making to its end: the operator's calls to the gateway, Meta's webhooks
// back, and what the gateway knows of it, also after a restart.

#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gtest/gtest.h>

namespace tertulia::integration {
namespace {

using nlohmann::json;

constexpr auto rosa = "50255500101";
constexpr auto elena = "50255500102";
const headers as_json{{"Content-Type", "application/json"}};

json asked(std::uint16_t port, std::string_view method, const std::string& path, const json& body) {
    const auto got = ask(port, method, path, as_json, method == "GET" ? "" : body.dump());
    EXPECT_TRUE(got && got->status == 200) << path << ' ' << (got ? got->body : "no answer");
    return got ? json::parse(got->body, nullptr, false) : json{};
}

struct groups_test : testing::Test {
    town here{};

    json operates(std::string_view method, const std::string& path, const json& body = json::object()) {
        return asked(here.house.admin(), method, "/api/v1/channels/whatsapp/groups" + path, body);
    }
    json at_meta(const std::string& door, const json& body) {
        return asked(here.meta.port(), "POST", door, body);
    }
    // What the gateway was told, as soon as `fits`.
    template <class Fits>
    json known(Fits fits) {
        json all;
        EXPECT_TRUE(soon([&] {
            all = operates("GET", "?known")["groups"];
            return fits(all);
        })) << all.dump(1);
        return all;
    }
    static std::string state_of(const json& group, const std::string& phone) {
        for (const auto& one : group["members"]) {
            for (const auto& each : one["who"]) {
                if (each == "+" + phone) return one["state"].get<std::string>();
            }
        }
        return {};
    }
};

TEST_F(groups_test, what_whatsapp_tells_of_a_group_is_known_and_stays_known) {
    const auto request = operates("POST", "", {{"subject", "Comité"}, {"joining", "on_approval"}});
    auto group = known([](const json& all) { return all.size() == 1; })[0];
    EXPECT_EQ(group["request_id"], request["request_id"]);
    EXPECT_EQ(group["subject"], "Comité");
    EXPECT_EQ(group["state"], "open");
    const auto link = group["link"].get<std::string>();
    std::string id;
    for (const char each : group["id"].get<std::string>()) {
        id += each == '=' ? std::string{"%3D"} : std::string{each};
    }

    for (const auto* who : {rosa, elena}) {
        EXPECT_EQ(at_meta("/group/join", {{"from", who}, {"link", link}})["how"], "asked");
    }
    group = known([](const json& all) { return all[0]["members"].size() == 2; })[0];
    EXPECT_EQ(state_of(group, rosa), "asks");
    for (const auto& one : group["members"]) {
        const bool is_rosa = one["who"].dump().find(rosa) != std::string::npos;
        (void)operates(
            "POST", "/" + id + "/join-requests",
            {{"answer", is_rosa ? "approve" : "reject"},
             {"ids", json::array({one["join_request_id"]})}}
        );
    }
    group = known([](const json& all) { return state_of(all[0], rosa) == "in"; })[0];
    EXPECT_EQ(state_of(group, elena), "rejected");
    EXPECT_EQ(operates("GET", "/" + id)["members"].size(), 1U) << "Meta says the same";

    // What she says there is no private talk.
    (void)at_meta(
        "/inbound", {{"from", rosa}, {"text", "menu"}, {"group_id", group["id"]}}
    );
    EXPECT_TRUE(stays([&] { return here.meta.to(rosa).empty(); }, 500ms));

    EXPECT_EQ(here.house.stop(), 0);
    here.house.start();
    group = operates("GET", "?known")["groups"][0];
    EXPECT_EQ(state_of(group, rosa), "in");
    EXPECT_EQ(state_of(group, elena), "rejected");

    (void)operates("POST", "/" + id + "/remove", {{"people", json::array({rosa})}});
    (void)known([](const json& all) { return state_of(all[0], rosa) == "removed"; });
    EXPECT_EQ(at_meta("/group/join", {{"from", rosa}, {"link", link}})["how"], "removed");
    (void)operates("DELETE", "/" + id);
    (void)known([](const json& all) { return all[0]["state"] == "deleted"; });
    EXPECT_EQ(at_meta("/group/join", {{"from", elena}, {"link", link}})["how"], "dead_link");
}

TEST_F(groups_test, webhooks_that_come_thrice_make_one_group) {
    here.meta.control({{"duplicates", 2}});
    (void)operates("POST", "", {{"subject", "Mesa"}, {"joining", "by_link"}});
    const auto link = known([](const json& all) { return all.size() == 1; })[0]["link"];
    EXPECT_EQ(at_meta("/group/join", {{"from", rosa}, {"link", link}})["how"], "in");
    (void)known([](const json& all) { return state_of(all[0], rosa) == "in"; });
    const auto id = known([](const json&) { return true; })[0]["id"];
    (void)at_meta("/group/leave", {{"from", rosa}, {"group_id", id}});
    (void)known([](const json& all) { return state_of(all[0], rosa) == "left"; });
    EXPECT_TRUE(stays([&] {
        const auto all = operates("GET", "?known")["groups"];
        return all.size() == 1 && state_of(all[0], rosa) == "left";
    }, 500ms));
}

}  // namespace
}  // namespace tertulia::integration
