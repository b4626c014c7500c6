// What Meta says about the account, from the notices parse() makes of its webhooks.

#include "adapters/whatsapp_cloud/account.hpp"
#include "tests/unit/adapters/whatsapp_cloud/corpus.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

template <class Event>
Event of_sample(std::string_view name) {
    const auto notice = only<channel_notice>(name);
    const auto event = read_account_event(notice.field, notice.raw_json);
    const auto* read = std::get_if<Event>(&event);
    EXPECT_TRUE(read) << name;
    return read ? *read : Event{};
}

TEST(account, a_templates_status_is_read_with_its_reason) {
    const auto rejected = of_sample<template_status_change>("template_status");
    EXPECT_EQ(rejected.name, "repayment_due_v2");
    EXPECT_EQ(rejected.language, "fr");
    EXPECT_EQ(rejected.status, template_status::rejected);
    EXPECT_EQ(rejected.reason, "INCORRECT_CATEGORY");
    EXPECT_EQ(rejected.category, "UTILITY");
    const auto paused = of_sample<template_status_change>("template_paused");
    EXPECT_EQ(paused.status, template_status::paused);
    EXPECT_FALSE(paused.reason.empty());
}

TEST(account, every_status_word_is_known_and_says_whether_it_may_be_sent) {
    struct row {
        const char* word;
        template_status status;
        bool sent;
    };
    using enum template_status;
    for (const auto& [word, status, sent] :
         {row{"APPROVED", approved, true}, row{"REINSTATED", approved, true},
          row{"PENDING", pending, false}, row{"REJECTED", rejected, false},
          row{"PAUSED", paused, false}, row{"DISABLED", disabled, false},
          row{"FLAGGED", flagged, true}, row{"IN_APPEAL", in_appeal, false},
          row{"LOCKED", locked, true}, row{"LIMIT_EXCEEDED", limit_exceeded, false},
          row{"ARCHIVED", archived, false}, row{"DELETED", deleted, false},
          row{"PENDING_DELETION", deleted, false}, row{"OF_TOMORROW", unknown, true},
          row{"", unknown, true}}) {
        EXPECT_EQ(template_status_of(word), status) << word;
        EXPECT_EQ(may_be_sent(status), sent) << word;
    }
}

TEST(account, a_rejections_own_words_are_taken_where_there_are_any) {
    const auto event = read_account_event(
        "message_template_status_update",
        R"({"event":"REJECTED","message_template_name":"a","message_template_language":"es",
            "reason":"NONE","rejection_info":{"reason":"Vague text","recommendation":"Say more"}})"
    );
    const auto& read = std::get<template_status_change>(event);
    EXPECT_EQ(read.reason, "Vague text");
    EXPECT_EQ(read.advice, "Say more");
}

TEST(account, quality_and_category_are_read_announced_and_done) {
    const auto quality = of_sample<template_quality_change>("template_quality");
    EXPECT_FALSE(quality.name.empty());
    EXPECT_FALSE(quality.now.empty());
    const auto done = of_sample<template_category_change>("template_category");
    EXPECT_EQ(done.category, "MARKETING");
    EXPECT_EQ(done.next, "");
    const auto soon = of_sample<template_category_change>("template_category_announced");
    EXPECT_EQ(soon.category, "UTILITY");
    EXPECT_EQ(soon.next, "MARKETING");
}

TEST(account, limits_come_under_old_and_new_names) {
    EXPECT_EQ(of_sample<number_quality_change>("phone_number_quality").limit, 2'000);
    EXPECT_EQ(of_sample<limit_change>("business_capability").people, unlimited_people);
    for (const auto* json :
         {R"({"max_daily_conversation_per_phone":250})",
          R"({"max_daily_conversations_per_business":"TIER_250"})",
          R"({"whatsapp_business_manager_messaging_limit":"TIER_250"})"}) {
        const auto event = read_account_event("business_capability_update", json);
        ASSERT_TRUE(std::holds_alternative<limit_change>(event)) << json;
        EXPECT_EQ(std::get<limit_change>(event).people, 250) << json;
    }
    const auto old = read_account_event(
        "phone_number_quality_update",
        R"({"event":"DOWNGRADE","old_limit":"TIER_10K","current_limit":"TIER_1K"})"
    );
    EXPECT_EQ(std::get<number_quality_change>(old).limit, 1'000);
    EXPECT_EQ(std::get<number_quality_change>(old).event, "DOWNGRADE");
}

TEST(account, what_is_no_limit_is_none) {
    EXPECT_EQ(people_limit("TIER_100K"), 100'000);
    EXPECT_EQ(people_limit("TIER_UNLIMITED"), unlimited_people);
    for (const auto* none : {"", "TIER_", "TIER_NOT_SET", "0", "-2", "2X", "99999999999999999999"}) {
        EXPECT_EQ(people_limit(none), std::nullopt) << none;
    }
}

TEST(account, what_happens_to_the_account_is_told_apart) {
    using what = account_change::what;
    EXPECT_EQ(of_sample<account_change>("account_ban").happened, what::disabling_soon);
    EXPECT_EQ(of_sample<account_change>("account_violation").happened, what::violation);
    const auto restricted = of_sample<account_change>("account_restriction");
    EXPECT_EQ(restricted.happened, what::restriction);
    EXPECT_TRUE(restricted.stops_starting);
    EXPECT_FALSE(restricted.stops_answering);
    EXPECT_EQ(restricted.until_s, 1'795'672'800);
    const auto event_of = [](const char* json) {
        return std::get<account_change>(read_account_event("account_update", json));
    };
    EXPECT_EQ(event_of(R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE"}})").happened,
              what::disabled);
    EXPECT_EQ(event_of(R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE"}})").happened,
              what::reinstated);
    EXPECT_EQ(event_of(R"({"event":"ACCOUNT_DELETED"})").happened, what::deleted);
    EXPECT_EQ(event_of(R"({"event":"PARTNER_ADDED"})").happened, what::other);
    EXPECT_TRUE(event_of(R"({"event":"ACCOUNT_RESTRICTION"})").stops_answering) << "the worst";
    EXPECT_TRUE(event_of(R"({"event":"ACCOUNT_RESTRICTION","restriction_info":[
        {"restriction_type":"RESTRICTED_CUSTOMER_INITIATED_MESSAGING"}]})").stops_answering);
}

TEST(account, news_is_news_and_serious_where_somebody_must_act) {
    EXPECT_FALSE(of_sample<account_news>("account_alert").words.empty());
    const auto security = read_account_event("security", R"({"event":"PIN_CHANGED"})");
    EXPECT_TRUE(std::get<account_news>(security).serious);
    const auto name = read_account_event(
        "phone_number_name_update", R"({"decision":"APPROVED","requested_verified_name":"X"})"
    );
    EXPECT_EQ(std::get<account_news>(name).words, "APPROVED");
    EXPECT_FALSE(std::get<account_news>(name).serious);
    const auto flow = read_account_event(
        "flows", R"({"event":"FLOW_STATUS_CHANGE","flow_id":"12","new_status":"BLOCKED"})"
    );
    EXPECT_TRUE(std::get<account_news>(flow).serious);
}

TEST(account, what_is_not_understood_is_no_event) {
    const auto nothing = [](std::string_view field, std::string_view json) {
        return std::holds_alternative<std::monostate>(read_account_event(field, json));
    };
    for (const auto* json : {"", "{", "[]", "7", "{}", R"({"event":7.5})"}) {
        for (const auto* field :
             {"message_template_status_update", "message_template_quality_update",
              "template_category_update", "phone_number_quality_update", "account_update",
              "account_alerts", "business_capability_update", "security", "history"}) {
            EXPECT_TRUE(nothing(field, json)) << field << ' ' << json;
        }
    }
    EXPECT_TRUE(nothing("history", R"({"event":"APPROVED","message_template_name":"a"})"));
    EXPECT_TRUE(nothing("message_template_status_update", R"({"event":"PAUSED"})")) << "no name";
    EXPECT_TRUE(nothing("account_update", R"({"event":["ACCOUNT_DELETED"]})"));
}

}  // namespace
}  // namespace tertulia::adapters::whatsapp_cloud
