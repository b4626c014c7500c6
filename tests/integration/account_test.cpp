// What Meta says about the account changes what is sent, at once and after a restart.

#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr auto rosa = "50255500101";

std::string account_body(const std::string& field, json value) {
    json change{{"field", field}, {"value", std::move(value)}};
    json entry{{"id", "102290129340398"}, {"time", 1795413600}};
    entry["changes"] = json::array({std::move(change)});
    json all{{"object", "whatsapp_business_account"}};
    all["entry"] = json::array({std::move(entry)});
    return all.dump();
}

json channels(const gateway& house) {
    const auto got = ask(house.admin(), "GET", "/api/v1/channels");
    EXPECT_TRUE(got && got->status == 200);
    return got ? json::parse(got->body) : json{};
}

TEST(account, a_restricted_account_sends_nothing_until_it_is_resumed_also_after_a_restart) {
    town here{{.demo = true}};
    (void)here.says(rosa, "menu", 2);
    EXPECT_EQ(
        here.house.post(account_body(
            "account_update",
            {{"event", "DISABLED_UPDATE"}, {"ban_info", {{"waba_ban_state", "DISABLE"}}}}
        )),
        200
    );
    EXPECT_EQ(here.house.metric("tertulia_channel_notices_total{channel=\"whatsapp\",field=\"account."
                                "channel_stopped\"}"), 1);
    here.house.hears(text_message(rosa, "menu"));
    EXPECT_TRUE(stays([&] { return here.meta.to(rosa).size() == 2; }, 500ms));
    EXPECT_EQ(here.house.stop(), 0);
    here.house.start();
    EXPECT_TRUE(stays([&] { return here.meta.to(rosa).size() == 2; }, 500ms)) << "forgotten";
    const auto told = channels(here.house);
    EXPECT_EQ(told["channels"][0]["stopped"], true);
    EXPECT_THAT(told["channels"][0]["why"].get<std::string>(), HasSubstr("disabled the account"));
    EXPECT_THAT(told["notices"].dump(), HasSubstr("account.channel_stopped"));

    const auto nobody = ask(here.house.admin(), "POST", "/api/v1/channels/pigeon/resume");
    ASSERT_TRUE(nobody);
    EXPECT_EQ(nobody->status, 404);
    const auto resumed = ask(here.house.admin(), "POST", "/api/v1/channels/whatsapp/resume");
    ASSERT_TRUE(resumed);
    EXPECT_EQ(resumed->status, 200);
    EXPECT_EQ(here.meta.to(rosa, 3).size(), 3U);
    EXPECT_EQ(channels(here.house)["channels"][0]["stopped"], false);
}

TEST(account, a_templates_status_and_the_limit_are_known_after_a_restart) {
    town here;
    EXPECT_EQ(
        here.house.post(account_body(
            "message_template_status_update",
            {{"event", "REJECTED"},
             {"message_template_id", 1689556908129832},
             {"message_template_name", "apply_reminder"},
             {"message_template_language", "es"},
             {"reason", "INCORRECT_CATEGORY"}}
        )),
        200
    );
    EXPECT_EQ(
        here.house.post(account_body(
            "phone_number_quality_update",
            {{"event", "FLAGGED"}, {"max_daily_conversations_per_business", "TIER_2K"}}
        )),
        200
    );
    EXPECT_EQ(here.house.stop(), 0);
    here.house.set_provider(free_port());  // what Meta says when asked would be newer
    here.house.start();
    const auto mine = channels(here.house)["channels"][0];
    EXPECT_EQ(mine["account"]["people_limit"], 2'000);
    EXPECT_EQ(mine["bulk_paused"], true);
    EXPECT_EQ(mine["account"]["templates"][0]["status"], "REJECTED");
    EXPECT_EQ(mine["account"]["templates"][0]["sent"], false);
    EXPECT_EQ(here.house.metric("tertulia_people_limit{channel=\"whatsapp\"}"), 2'000);
    EXPECT_EQ(here.house.metric("tertulia_templates_stopped{channel=\"whatsapp\"}"), 1);
    EXPECT_THAT(here.house.log(), HasSubstr("Template apply_reminder (es) is REJECTED"));
}

TEST(account, templates_are_asked_for_at_start_over_all_pages_and_differences_are_told) {
    town here{{.business_account_id = "102290129340398"}, false};
    auto all = json::array();
    for (int i = 0; i < 25; ++i) {
        all.push_back({{"name", "of_others_" + std::to_string(i)}, {"language", "es"}, {"body", "x"}});
    }
    all.push_back(
        {{"name", "apply_reminder"}, {"language", "es"}, {"body", "{{1}} {{2}} {{3}}"}, {"status", "PAUSED"}}
    );
    here.meta.control({{"templates", all}});
    here.house.start();
    ASSERT_TRUE(soon([&] {
        return here.house.metric("tertulia_templates_stopped{channel=\"whatsapp\"}") == 1;
    })) << here.house.log();
    const auto mine = channels(here.house)["channels"][0];
    EXPECT_EQ(mine["account"]["templates"].size(), 26U);
    EXPECT_EQ(mine["account"]["people_limit"], "unlimited");
    EXPECT_EQ(mine["account"]["quality"], "GREEN");
    const auto log = here.house.log();
    EXPECT_THAT(log, HasSubstr("Template apply_reminder (es) is PAUSED"));
    EXPECT_THAT(log, HasSubstr("templates of our messages are missing at Meta or differ there: "));
    const auto differs = mine["account"]["template_differences"];
    EXPECT_GT(differs.size(), 10U);
    EXPECT_THAT(differs.dump(), HasSubstr("its body has the gaps 1, 2, 3 at Meta"));
    EXPECT_THAT(differs.dump(), HasSubstr("Meta has it in es only"));
    EXPECT_EQ(differs[0]["fails"], true);
    EXPECT_EQ(
        here.house.metric("tertulia_channel_notices_total{channel=\"whatsapp\",field=\"account."
                          "template_differs\"}"), 1
    ) << "fifty of them are one line";
    EXPECT_THAT(log, testing::Not(HasSubstr("of_others")));
}

TEST(account, an_account_that_cannot_be_read_is_told_and_changes_nothing) {
    town here{{.business_account_id = "102290129340398"}, false};
    json error{{"error", {{"code", 200}, {"message", "Permissions error"}, {"type", "OAuthException"}}}};
    json planned;
    planned["102290129340398/message_templates"] = {{"status", 403}, {"body", error}};
    here.meta.control({{"graph", planned}});
    here.house.start();
    ASSERT_TRUE(soon([&] {
        return here.house.log().find("could not be read (the templates: ") != std::string::npos;
    })) << here.house.log();
    EXPECT_EQ(here.says(rosa, "menu", 2).size(), 2U);
    EXPECT_EQ(channels(here.house)["channels"][0]["account"]["templates"].size(), 0U);
}

TEST(account, what_messages_cost_is_counted_once_also_across_a_restart) {
    town here{{.demo = true}};
    here.meta.control({{"duplicates", 2}, {"read_ms", 10}});
    (void)here.says(rosa, "menu", 2);
    const auto sample =
        "tertulia_priced_messages_total{category=\"service\",channel=\"whatsapp\",type=\"regular\"}";
    ASSERT_TRUE(soon([&] { return here.house.metric(sample) == 2; })) << here.house.metric(sample);
    EXPECT_TRUE(stays([&] { return here.house.metric(sample) == 2; }, 500ms));
    EXPECT_EQ(here.house.stop(), 0);
    here.house.start();
    const auto got = ask(here.house.admin(), "GET", "/api/v1/channels/whatsapp/usage");
    ASSERT_TRUE(got);
    const auto month = json::parse(got->body)["months"][0];
    EXPECT_EQ(month["lines"][0]["category"], "service");
    EXPECT_EQ(month["lines"][0]["count"], 2);
    EXPECT_EQ(month["lines"][0]["billed"], 0);
    EXPECT_EQ(month["service_free_left"], 998);
    const auto nobody = ask(here.house.admin(), "GET", "/api/v1/channels/pigeon/usage");
    ASSERT_TRUE(nobody);
    EXPECT_EQ(nobody->status, 404);
}

TEST(account, a_blocked_person_is_not_answered_until_she_is_unblocked) {
    town here{{.demo = true}};
    const auto phone = "+" + std::string{rosa};
    EXPECT_EQ(here.house.command({"conversation", "block", "--phone", phone}).first, 1)
        << "she has never written";
    (void)here.says(rosa, "menu", 2);
    const auto [code, told] = here.house.command({"conversation", "block", "--phone", phone});
    EXPECT_EQ(code, 0) << told;
    EXPECT_THAT(told, HasSubstr("nobody answers " + phone));
    EXPECT_THAT(told, HasSubstr("WhatsApp itself did not follow: ")) << "it never saw her write";
    EXPECT_THAT(told, HasSubstr("(139100)"));
    here.house.hears(text_message(rosa, "menu"));
    EXPECT_TRUE(stays([&] { return here.meta.to(rosa).size() == 2; }, 500ms));
    EXPECT_EQ(here.house.metric("tertulia_blocked_messages_total"), 1);
    EXPECT_EQ(here.house.stop(), 0);
    here.house.start();
    here.house.hears(text_message(rosa, "menu"));
    EXPECT_TRUE(stays([&] { return here.meta.to(rosa).size() == 2; }, 500ms)) << "forgotten";
    EXPECT_EQ(here.house.command({"conversation", "unblock", "--phone", phone}).first, 0);
    EXPECT_EQ(here.says(rosa, "menu", 1).size(), 1U);
    const auto odd = ask(
        here.house.admin(), "POST", "/api/v1/conversations/block",
        {{"Content-Type", "application/json"}}, R"({"phone":"5025"})"
    );
    ASSERT_TRUE(odd);
    EXPECT_EQ(odd->status, 400);
}

}  // namespace
}  // namespace tertulia::integration
