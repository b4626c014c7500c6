// A village bank of three meets in a small group of WhatsApp: the group is made, each gets its link
// alone, who may is let in, what is for all is said there once, and who is put out is taken out.

#include "tests/integration/parts/bank.hpp"
#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr auto brenda = "50255590001";
constexpr std::array women{"50255591001", "50255591002", "50255591003"};
constexpr auto stranger = "50255599999";
constexpr auto room = "BC1/1";
constexpr std::int64_t ten_to_ten = 1796140320;  // 2026-12-01 09:52 in Guatemala
constexpr auto subject = "Las Mariposas · BC1";

struct small_chat_test : testing::Test {
    town here{gateway_options{.own_clock = true}, false};

    void writes(const std::string& name, const std::string& text) { write_bank(here, name, text); }
    void SetUp() override {
        writes("branches", "id,name,street,phone,hours\nB1,Sololá,1,+50255590000,Lun-Vie 8:00-17:00\n");
        writes("officers", "id,first_name,courtesy,phone,branch_id\nO1,Brenda,seño Brenda,+50255590001,B1\n");
        writes("groups",
               "id,name,branch_id,officer_id,meeting_rhythm,next_meeting,meeting_time\n"
               "BC1,Las Mariposas,B1,O1,P28D,2026-12-01,10:00\n");
        std::string clients{"id,first_name,last_name,phone,language,branch_id,officer_id,group_id,met_officer\n"};
        for (const auto* one : women) {
            const auto number = std::string{one}.substr(10);
            clients += "M" + number + ",Ana" + number + ",Batz,+" + one + ",es,B1,O1,BC1,yes\n";
        }
        writes("clients", clients);
        writes("leaders", "group_id,client_id,role\nBC1,M1,president\n");
        ASSERT_NO_FATAL_FAILURE(import_bank(here));
        here.house.start("2026-12-01T09:50:00-06:00");
        for (const auto* one : women) says(one, "hola");
        says(brenda, "hola");
    }
    // As her telephone stamps it, which keeps the town's time; in the group where one is named.
    void says(std::string_view who, std::string_view text, const std::string& group = {}) {
        auto message = text_message(who, text);
        message["timestamp"] = std::to_string(ten_to_ten);
        if (!group.empty()) message["group_id"] = group;
        here.house.hears(message);
    }
    json at_meta(const std::string& door, const json& body) {
        const auto got = ask(here.meta.port(), "POST", door, {{"Content-Type", "application/json"}}, body.dump());
        return got ? json::parse(got->body, nullptr, false) : json{};
    }
    json group() {
        const auto got = ask(here.house.admin(), "GET", "/api/v1/channels/whatsapp/groups?known", {}, "");
        const auto all = got ? json::parse(got->body, nullptr, false)["groups"] : json::array();
        return all.empty() ? json::object() : all[0];
    }
    std::size_t inside() {
        std::size_t count = 0;
        const auto now = group();
        if (!now.contains("members")) return 0;
        for (const auto& one : now["members"]) count += one["state"] == "in" ? 1U : 0U;
        return count;
    }
    void acts(std::vector<std::string> words) {
        std::vector<std::string> all{"meeting", "act", room};
        all.insert(all.end(), words.begin(), words.end());
        all.insert(all.end(), {"--by", "officer:O1"});
        const auto [code, told] = here.house.command(all);
        EXPECT_EQ(code, 0) << told;
    }
    std::string heard_by(const std::string& whom) {
        std::string all = whom;
        for (const auto& one : here.meta.to(whom)) all += "\n" + one.body.dump();
        return all;
    }
    // What was sent there or to her, whose text has that in it.
    std::size_t told(const std::string& whom, std::string_view words) {
        std::size_t count = 0;
        for (const auto& one : here.meta.to(whom)) {
            count += one.body.dump().find(words) != std::string::npos ? 1U : 0U;  // a template has no text
        }
        return count;
    }
};

TEST_F(small_chat_test, a_meeting_is_held_in_the_group_and_money_stays_with_each) {
    const auto [code, made] = here.house.command({"meeting", "create", "--group", "BC1", "--agenda", "small_group"});
    ASSERT_EQ(code, 0) << made;
    EXPECT_THAT(made, Not(HasSubstr("relay")));
    acts({"schedule"});
    ASSERT_TRUE(soon([&] { return group().value("subject", "") == subject; })) << group().dump(1);
    const auto id = group()["id"].get<std::string>();
    const auto link = group()["link"].get<std::string>();

    // The lobby: each says that she is here, and gets the link alone.
    for (const auto* one : women) {
        ASSERT_TRUE(soon([&] { return told(one, "Las Mariposas") > 0; })) << heard_by(one);
        says(one, "presente");
        ASSERT_TRUE(soon([&] { return told(one, link) == 1; })) << heard_by(one);
        (void)at_meta("/group/join", {{"from", one}, {"link", link}});
    }
    (void)at_meta("/group/join", {{"from", stranger}, {"link", link}});
    ASSERT_TRUE(soon([&] { return inside() == 3; })) << group().dump(1);
    EXPECT_EQ(group()["members"].size(), 4U) << "a stranger waits";

    // What she says there is the meeting's; who leaks a debt hears of it alone.
    says(women[0], "Buenos días a todas", id);
    says(women[1], "Ana3 debe Q300 y no ha pagado", id);
    ASSERT_TRUE(soon([&] { return told(women[1], "por favor bórrelo") == 1; }));
    ASSERT_TRUE(soon([&] { return told(brenda, "escribió en el grupo") == 1; }));
    EXPECT_EQ(told(id, "debe"), 0U);

    acts({"open"});
    acts({"advance"});
    EXPECT_TRUE(soon([&] { return !here.meta.to(id).empty(); }));
    for (const auto& one : here.meta.to(id)) {
        EXPECT_EQ(one.body["recipient_type"], "group");
        EXPECT_TRUE(one.choices.empty()) << one.text;
        EXPECT_THAT(one.text, Not(testing::ContainsRegex("Q ?[0-9]")));
    }

    acts({"remove", "--about", "M3", "--text", "prueba"});
    EXPECT_TRUE(soon([&] { return inside() == 2; })) << group().dump(1);
}

// It was ordered, and the gateway fell before it heard that it is there.
TEST_F(small_chat_test, a_group_that_is_there_already_is_not_made_twice) {
    const auto at_meta_there = [&] {
        const auto got = ask(
            here.meta.port(), "GET", "/v25.0/" + std::string{phone_number_id} + "/groups?limit=25",
            {{"Authorization", "Bearer test"}}, ""
        );
        const auto all = got ? json::parse(got->body, nullptr, false) : json{};
        return all.is_object() && all.contains("data") ? all["data"]["groups"].size() : 0U;
    };
    here.meta.control({{"webhook_delay_ms", 6000}});
    const auto [code, made] = here.house.command({"meeting", "create", "--group", "BC1", "--agenda", "small_group"});
    ASSERT_EQ(code, 0) << made;
    acts({"schedule"});
    ASSERT_TRUE(soon([&] { return at_meta_there() == 1; }));
    EXPECT_TRUE(group().empty()) << "its webhook is still to come";
    here.house.kill();
    here.house.start("2026-12-01T09:52:00-06:00");
    EXPECT_TRUE(soon([&] { return group().value("subject", "") == subject; })) << group().dump(1);
    EXPECT_EQ(at_meta_there(), 1U);
}

}  // namespace
}  // namespace tertulia::integration
