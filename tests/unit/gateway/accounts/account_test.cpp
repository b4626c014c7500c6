// What follows from news of an account, and that it follows again after a restart.

#include "gateway/accounts/account.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using kind = account_effect::kind;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;

struct account_test : testing::Test {
    account mine{"whatsapp"};

    std::vector<account_effect> hears(std::string_view field, std::string_view json, instant now = noon) {
        const auto news = meta::read_account_event(field, json);
        EXPECT_FALSE(std::holds_alternative<std::monostate>(news)) << json;
        return mine.learn(news, now);
    }
    std::vector<account_effect> status(std::string_view word, instant now = noon) {
        return hears(
            "message_template_status_update",
            R"({"message_template_name":"due","message_template_language":"es","reason":"X","event":")" +
                std::string{word} + "\"}",
            now
        );
    }
    // The same account after a restart, and what is set again.
    std::vector<account_effect> restarted(instant now) {
        for (auto& one : mine.take_facts()) {
            std::erase_if(kept, [&](const auto& old) { return old.key == one.key; });
            if (!one.value.empty()) kept.push_back(std::move(one));
        }
        mine = account{"whatsapp"};
        return mine.restore(kept, now);
    }
    std::vector<channel_fact> kept{};
};

TEST_F(account_test, a_rejected_template_stops_and_an_approved_one_goes_again) {
    const auto stopped = status("REJECTED");
    ASSERT_EQ(stopped.size(), 1U);
    EXPECT_EQ(stopped[0].what, kind::stop_template);
    EXPECT_EQ(stopped[0].name, "due");
    EXPECT_EQ(stopped[0].language, "es");
    EXPECT_GT(stopped[0].until, noon + 24h * 365);
    EXPECT_EQ(stopped[0].field, "account.template_stopped");
    EXPECT_THAT(stopped[0].sentence, HasSubstr("Template due (es) is REJECTED (X)"));
    EXPECT_THAT(stopped[0].sentence, HasSubstr("WhatsApp Manager"));
    const auto again = status("APPROVED");
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].what, kind::allow_template);
    EXPECT_THAT(again[0].sentence, HasSubstr("sent again"));
}

TEST_F(account_test, every_status_that_may_not_be_sent_stops_it) {
    for (const auto* word : {"PENDING", "REJECTED", "PAUSED", "DISABLED", "IN_APPEAL",
                             "LIMIT_EXCEEDED", "ARCHIVED", "DELETED", "PENDING_DELETION"}) {
        EXPECT_EQ(status(word).front().what, kind::stop_template) << word;
    }
    for (const auto* word : {"APPROVED", "REINSTATED", "LOCKED"}) {
        EXPECT_EQ(status(word).front().what, kind::allow_template) << word;
    }
    // Whether another language may help: not where it is what the template says.
    for (const auto* word : {"PENDING", "REJECTED", "IN_APPEAL", "ARCHIVED", "DELETED"}) {
        EXPECT_EQ(status(word).front().means, failure::no_template) << word;
    }
    for (const auto* word : {"PAUSED", "DISABLED", "LIMIT_EXCEEDED"}) {
        EXPECT_EQ(status(word).front().means, failure::other) << word;
    }
    const auto flagged = status("FLAGGED");
    ASSERT_EQ(flagged.size(), 2U);
    EXPECT_EQ(flagged[1].what, kind::pause_bulk);
}

TEST_F(account_test, a_stop_outlives_a_restart_and_a_pause_ends_by_itself) {
    (void)status("DISABLED");
    auto again = restarted(noon + 48h);
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].what, kind::stop_template);
    EXPECT_EQ(again[0].language, "es");
    EXPECT_EQ(again[0].field, "") << "nobody is told twice";
    EXPECT_EQ(again[0].means, failure::other);
    (void)status("PAUSED", noon + 48h);
    EXPECT_EQ(restarted(noon + 49h).size(), 1U);
    EXPECT_THAT(restarted(noon + 48h + 25h), IsEmpty());
    (void)status("APPROVED", noon + 50h);
    EXPECT_THAT(restarted(noon + 51h), IsEmpty());
}

TEST_F(account_test, a_flagged_number_pauses_nudges_and_bulk_until_it_is_good_again) {
    const auto bad = hears("phone_number_quality_update", R"({"event":"FLAGGED","current_limit":"TIER_1K"})");
    ASSERT_EQ(bad.size(), 2U);
    EXPECT_EQ(bad[0].what, kind::limit_people);
    EXPECT_EQ(bad[0].people, 1'000);
    EXPECT_EQ(bad[1].what, kind::pause_bulk);
    EXPECT_EQ(bad[1].until, noon + 24h);
    const auto again = restarted(noon + 1h);
    ASSERT_EQ(again.size(), 2U);
    EXPECT_EQ(again[0].what, kind::pause_bulk);
    EXPECT_EQ(again[1].what, kind::limit_people);
    const auto good = hears("phone_number_quality_update", R"({"event":"UNFLAGGED"})", noon + 2h);
    ASSERT_EQ(good.size(), 1U);
    EXPECT_EQ(good[0].what, kind::allow_bulk);
    EXPECT_EQ(restarted(noon + 3h).size(), 1U) << "the limit only";
}

TEST_F(account_test, a_red_template_pauses_bulk_and_a_green_one_is_only_told) {
    const auto quality = [this](const char* now) {
        return hears(
            "message_template_quality_update",
            R"({"message_template_name":"due","message_template_language":"es",
                "previous_quality_score":"YELLOW","new_quality_score":")" + std::string{now} + "\"}"
        );
    };
    EXPECT_EQ(quality("RED").front().what, kind::pause_bulk);
    EXPECT_EQ(quality("GREEN").front().what, kind::tell);
    EXPECT_EQ(mine.templates().at({"due", "es"}).quality, "GREEN");
}

TEST_F(account_test, a_limit_is_told_once) {
    EXPECT_EQ(hears("business_capability_update", R"({"max_daily_conversations_per_business":-1})").size(), 1U);
    EXPECT_THAT(
        hears("business_capability_update", R"({"max_daily_conversations_per_business":"TIER_UNLIMITED"})"),
        IsEmpty()
    );
    EXPECT_EQ(mine.limit(), meta::unlimited_people);
}

TEST_F(account_test, a_restricted_account_stops_until_then_also_across_a_restart) {
    const auto until = noon + 72h;
    const auto json = R"({"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":
        "RESTRICTED_CUSTOMER_INITIATED_MESSAGING","expiration":)" +
        std::to_string(to_millis(until) / 1000) + "}]}";
    const auto stopped = hears("account_update", json);
    ASSERT_EQ(stopped.size(), 1U);
    EXPECT_EQ(stopped[0].what, kind::stop_channel);
    EXPECT_EQ(stopped[0].field, "account.channel_stopped");
    const auto again = restarted(noon + 1h);
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].what, kind::stop_channel);
    EXPECT_THAT(mine.end_restrictions(until - 1ms), IsEmpty());
    ASSERT_EQ(mine.end_restrictions(until).size(), 1U);
    EXPECT_THAT(restarted(until), IsEmpty());
}

TEST_F(account_test, a_ban_stops_until_it_is_reinstated_or_resumed) {
    const auto ban = R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE"}})";
    EXPECT_EQ(hears("account_update", ban).front().what, kind::stop_channel);
    EXPECT_THAT(mine.end_restrictions(noon + 24h * 365), IsEmpty()) << "time alone ends it not";
    const auto back = hears(
        "account_update", R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE"}})"
    );
    EXPECT_EQ(back.front().what, kind::resume_channel);
    (void)hears("account_update", ban);
    EXPECT_EQ(mine.resume(noon).front().what, kind::resume_channel);
    EXPECT_THAT(restarted(noon), IsEmpty());
}

TEST_F(account_test, what_does_not_stop_anything_is_told) {
    for (const auto& [field, json] : std::vector<std::pair<const char*, const char*>>{
             {"account_update", R"({"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"SCAM"}})"},
             {"account_update", R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"SCHEDULE_FOR_DISABLE"}})"},
             {"account_update", R"({"event":"PARTNER_ADDED"})"},
             {"security", R"({"event":"PIN_CHANGED"})"},
             {"account_review_update", R"({"decision":"REJECTED"})"},
             {"template_category_update",
              R"({"message_template_name":"due","message_template_language":"es",
                  "new_category":"MARKETING","previous_category":"UTILITY"})"}}) {
        const auto said = hears(field, json);
        ASSERT_EQ(said.size(), 1U) << json;
        EXPECT_EQ(said[0].what, kind::tell) << json;
        EXPECT_THAT(said[0].sentence, testing::Not(IsEmpty())) << json;
    }
    EXPECT_EQ(mine.templates().at({"due", "es"}).category, "MARKETING");
}

TEST_F(account_test, facts_of_another_channel_and_broken_ones_are_left_alone) {
    const std::vector<channel_fact> odd{
        {"sms", "stopped", R"({"why":"x","until":0})", noon},
        {"whatsapp", "stopped", "not json", noon},
        {"whatsapp", "template/without_language", R"({"status":"PAUSED"})", noon},
        {"whatsapp", "of_tomorrow", "{}", noon}};
    EXPECT_THAT(mine.restore(odd, noon), IsEmpty());
    EXPECT_THAT(mine.templates(), IsEmpty());
}

}  // namespace
}  // namespace tertulia::gateway
