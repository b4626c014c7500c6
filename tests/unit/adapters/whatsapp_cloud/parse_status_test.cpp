// What became of our messages, what the account has to say, and how a batch holds together.

#include "corpus.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t at = 1'795'413'605'000;
const identity phone{identity_kind::phone, "+221771234567"};
const identity wa_id{identity_kind::wa_id, "221771234567"};
const identity user_id{identity_kind::bsuid, "SN.1"};
const identity parent_id{identity_kind::parent_bsuid, "SN.ENT.1"};

TEST(parse_status, delivered) {
    const auto status = only<status_update>("status_delivered");
    EXPECT_EQ(status.channel, "whatsapp");
    EXPECT_EQ(status.message_id, "wamid.OUT1");
    EXPECT_EQ(status.status, delivery_status::delivered);
    EXPECT_EQ(to_millis(status.at), at);
    EXPECT_EQ(status.participant, "");
    EXPECT_EQ(status.callback_data, "out:7f3a");
    EXPECT_THAT(
        status.recipient,
        ElementsAre(phone, wa_id, identity{identity_kind::bsuid, "SN.13491208655302741918"})
    );
    EXPECT_THAT(status.errors, IsEmpty());
    EXPECT_EQ(
        status.pricing_json,
        R"({"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"})"
    );
}

TEST(parse_status, every_kind) {
    EXPECT_EQ(only<status_update>("status_sent").status, delivery_status::sent);
    EXPECT_EQ(only<status_update>("status_read").status, delivery_status::read);
    EXPECT_EQ(only<status_update>("status_played").status, delivery_status::played);
}

TEST(parse_status, a_failure_says_why) {
    const auto status = only<status_update>("status_failed");
    EXPECT_EQ(status.status, delivery_status::failed);
    ASSERT_EQ(status.errors.size(), 1U);
    EXPECT_EQ(status.errors[0].code, 131047);
    EXPECT_EQ(status.errors[0].means, failure::other) << "of the message, not of her";
    EXPECT_EQ(
        status.errors[0].details, "Message failed to send because more than 24 hours have passed"
    );
    EXPECT_EQ(status.pricing_json, "");
}

TEST(parse_status, a_recipient_may_have_no_number_and_a_parent_is_spelt_three_ways) {
    EXPECT_THAT(
        only<status_update>("status_user_id_only").recipient,
        ElementsAre(phone, wa_id, user_id, parent_id)
    );
    const auto read = parse_sample("status_parent_spellings");
    ASSERT_EQ(read.events.size(), 2U);
    for (const auto& event : read.events) {
        EXPECT_THAT(std::get<status_update>(event).recipient, ElementsAre(user_id, parent_id));
    }
}

TEST(parse_status, in_a_group_it_is_the_participants) {
    const auto read = parse_sample("status_group");
    ASSERT_EQ(read.events.size(), 2U);
    const auto& first = std::get<status_update>(read.events[0]);
    EXPECT_EQ(first.participant, "221771234567");
    EXPECT_THAT(first.recipient, ElementsAre(phone, wa_id, user_id, parent_id));
    const auto& second = std::get<status_update>(read.events[1]);
    EXPECT_EQ(second.participant, "221700000002");
}

TEST(parse_status, an_unknown_kind_is_set_aside) {
    const auto read = parse_sample("status_unknown_kind");
    EXPECT_THAT(read.events, IsEmpty());
    ASSERT_EQ(read.malformed.size(), 1U);
    EXPECT_THAT(
        read.malformed[0].reason, testing::StartsWith("a status of an unknown kind (wamid.")
    );
}

TEST(parse_notice, errors_of_the_value) {
    const auto notice = only<channel_notice>("errors_of_the_value");
    EXPECT_EQ(notice.channel, "whatsapp");
    EXPECT_EQ(notice.field, "messages");
    EXPECT_EQ(notice.summary, "130429: Rate limit hit");
    EXPECT_EQ(
        notice.raw_json, R"({"code":130429,"title":"Rate limit hit","message":"Rate limit hit"})"
    );
}

TEST(parse_notice, what_belongs_to_another_number_is_told_not_handled) {
    const auto notice = only<channel_notice>("another_phone_number_id");
    EXPECT_EQ(notice.field, "messages");
    EXPECT_EQ(notice.summary, "for a phone_number_id this channel does not have");
    EXPECT_NE(notice.raw_json.find("pour un autre"), std::string::npos);
}

struct noticed {
    std::string_view sample;
    std::string_view field;
    std::string_view summary;
};

class parse_notice_test : public testing::TestWithParam<noticed> {};

TEST_P(parse_notice_test, is_summed_up_for_the_operator) {
    const auto notice = only<channel_notice>(GetParam().sample);
    EXPECT_EQ(notice.field, GetParam().field);
    EXPECT_EQ(notice.summary, GetParam().summary);
    EXPECT_TRUE(notice.raw_json.starts_with('{'));
}

INSTANTIATE_TEST_SUITE_P(
    fields,
    parse_notice_test,
    testing::Values(
        noticed{
            "template_status",
            "message_template_status_update",
            "repayment_due_v2 fr REJECTED INCORRECT_CATEGORY"},
        noticed{
            "template_paused",
            "message_template_status_update",
            "repayment_due_v2 fr PAUSED FIRST_PAUSE"},
        noticed{
            "template_quality",
            "message_template_quality_update",
            "repayment_due_v2 fr GREEN -> RED"},
        noticed{
            "template_category",
            "template_category_update",
            "repayment_due_v2 fr UTILITY -> MARKETING"},
        noticed{
            "template_category_announced",
            "template_category_update",
            "repayment_due_v2 fr -> UTILITY soon MARKETING"},
        noticed{"phone_number_quality", "phone_number_quality_update", "ONBOARDING limit TIER_2K"},
        noticed{"business_capability", "business_capability_update", "limit -1 numbers 25"},
        noticed{"account_violation", "account_update", "ACCOUNT_VIOLATION MISLEADING"},
        noticed{
            "account_ban", "account_update", "DISABLED_UPDATE SCHEDULE_FOR_DISABLE on 2026-12-01"},
        noticed{
            "account_alert",
            "account_alerts",
            "BUSINESS WARNING INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO ACTIVE"},
        noticed{
            "group_participants",
            "group_participants_update",
            "group_participants_add invite_link"},
        noticed{"group_creation_failed", "group_lifecycle_update", "group_create error 131215"},
        noticed{
            "unknown_field", "smb_message_echoes", "a webhook field this version does not read"},
        noticed{"messages_field_with_nothing", "messages", "no message, status or error in it"}
    ),
    [](const auto& one) { return std::string{one.param.sample}; }
);

TEST(parse_notice, preferences_are_one_notice_per_person_without_her_number_in_the_summary) {
    const auto read = parse_sample("user_preferences");
    ASSERT_EQ(read.events.size(), 2U);
    EXPECT_EQ(std::get<channel_notice>(read.events[0]).summary, "marketing_messages stop");
    EXPECT_EQ(std::get<channel_notice>(read.events[1]).summary, "marketing_messages resume");
    EXPECT_EQ(
        std::get<channel_notice>(read.events[1]).raw_json,
        R"({"user_id":"SN.2","category":"marketing_messages","value":"resume",)"
        R"("timestamp":1795413600})"
    );
}

TEST(parse_batch, a_broken_element_never_takes_its_batch_with_it) {
    const auto read = parse_sample("mixed_batch_with_broken_elements");
    std::vector<std::string> ids;
    for (const auto& event : read.events) {
        if (const auto* message = std::get_if<inbound_message>(&event)) ids.push_back(message->id);
        if (const auto* status = std::get_if<status_update>(&event)) {
            ids.push_back(status->message_id);
        }
    }
    EXPECT_THAT(ids, ElementsAre("wamid.1", "wamid.3", "wamid.4", "wamid.5", "wamid.6"));
    std::vector<std::string> reasons;
    for (const auto& broken : read.malformed) reasons.push_back(broken.reason);
    EXPECT_THAT(
        reasons,
        ElementsAre(
            "a message without an id",
            "a text without a body (wamid.2)",
            "messages holds something that is not an object",
            "a change without a value",
            "changes holds something that is not an object",
            "a status without an id",
            "an entry without changes"
        )
    );
    EXPECT_EQ(read.malformed[0].raw_json, R"({"type":"text"})");
}

TEST(parse_batch, a_thousand_updates_in_one_body_all_come_out_in_order) {
    std::string messages;
    std::string statuses;
    for (int number = 0; number < 500; ++number) {
        const auto text = std::to_string(number);
        const char* comma = number == 0 ? "" : ",";
        messages += comma + (R"({"from":"2217700)" + std::to_string(10'000 + number)) +
                    R"(","id":"m)" + text +
                    R"(","timestamp":"1795413600","type":"text","text":{"body":")" + text + "\"}}";
        statuses += comma + (R"({"id":"s)" + text) +
                    R"(","status":"read","timestamp":"1795413600","recipient_id":"221770000001"})";
    }
    const auto body = R"({"object":"whatsapp_business_account","entry":[{"id":"1","changes":[)"
                      R"({"field":"messages","value":{"messages":[)" +
                      messages +
                      R"(]}},)"
                      R"({"field":"messages","value":{"statuses":[)" +
                      statuses + "]}}]}]}";
    const auto read = parse(body, sandaga);
    ASSERT_TRUE(read);
    EXPECT_THAT(read->malformed, IsEmpty());
    ASSERT_EQ(read->events.size(), 1000U);
    for (std::size_t number = 0; number < 500; ++number) {
        const auto& message = std::get<inbound_message>(read->events[number]);
        ASSERT_EQ(message.id, "m" + std::to_string(number));
        ASSERT_EQ(message.from.at(0).value, "+2217700" + std::to_string(10'000 + number));
        const auto& status = std::get<status_update>(read->events[500 + number]);
        ASSERT_EQ(status.message_id, "s" + std::to_string(number));
    }
}

}  // namespace
}  // namespace tertulia::adapters::whatsapp_cloud
