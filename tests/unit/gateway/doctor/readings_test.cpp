// What Meta's answers mean for an operator, each failure with its mend.

#include "gateway/doctor/channel_doctor.hpp"
#include "gateway/doctor/whatsapp_readings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;

struct doctor_test : testing::Test {
    findings found{};

    // The only finding; whatever is wrong says how to mend it.
    finding only() {
        EXPECT_EQ(found.size(), 1U);
        if (found.empty()) return {};
        const auto one = found.back();
        if (one.kind != finding_kind::fine) EXPECT_THAT(one.mend, Not(IsEmpty())) << one.what;
        found.clear();
        return one;
    }
    finding token(const std::string& data) {
        (void)read_token({200, R"({"data":)" + data + "}"}, "whatsapp", noon, found);
        return only();
    }
};

constexpr auto both = R"("scopes":["whatsapp_business_messaging","whatsapp_business_management"])";

TEST_F(doctor_test, a_good_token_gives_the_app) {
    const auto app = read_token(
        {200, std::string{R"({"data":{"app_id":"9","is_valid":true,"expires_at":0,)"} + both + "}}"},
        "whatsapp", noon, found
    );
    EXPECT_EQ(app, "9");
    EXPECT_EQ(only().kind, finding_kind::fine);
}

TEST_F(doctor_test, a_tokens_failures_are_told_apart) {
    EXPECT_THAT(token(R"({"is_valid":false})").what, HasSubstr("not valid"));
    EXPECT_THAT(token(R"({"is_valid":"yes"})").what, HasSubstr("not valid"));
    const auto lacks = token(R"({"is_valid":true,"scopes":["whatsapp_business_messaging"]})");
    EXPECT_EQ(lacks.kind, finding_kind::broken);
    EXPECT_THAT(lacks.what, HasSubstr("whatsapp_business_management"));
    const auto soon = to_millis(noon + 24h) / 1000;
    const auto ends = token(R"({"is_valid":true,"expires_at":)" + std::to_string(soon) + ',' + both + '}');
    EXPECT_EQ(ends.kind, finding_kind::advice);
    EXPECT_THAT(ends.what, HasSubstr("two weeks"));
    (void)read_token({0, ""}, "whatsapp", noon, found);
    EXPECT_THAT(only().what, HasSubstr("did not answer"));
    (void)read_token({401, R"({"error":{"code":190}})"}, "whatsapp", noon, found);
    EXPECT_THAT(only().what, HasSubstr("(190)"));
    (void)read_token({200, "no json"}, "whatsapp", noon, found);
    EXPECT_EQ(only().kind, finding_kind::broken);
}

TEST_F(doctor_test, an_app_that_is_not_subscribed_is_broken) {
    const auto look = [this](const char* body) {
        read_app_subscription({200, body}, "whatsapp", "9", found);
        return only().kind;
    };
    EXPECT_EQ(look(R"({"data":[{"whatsapp_business_api_data":{"id":"9"}}]})"), finding_kind::fine);
    EXPECT_EQ(look(R"({"data":[{"whatsapp_business_api_data":{"id":"8"}}]})"), finding_kind::broken);
    EXPECT_EQ(look(R"({"data":[]})"), finding_kind::broken);
    EXPECT_EQ(look(R"({"data":[7]})"), finding_kind::broken);
}

TEST_F(doctor_test, fields_and_the_address_meta_calls_are_compared) {
    const auto look = [this](const std::string& fields, const char* url) {
        read_subscribed_fields(
            {200, R"({"data":[{"object":"whatsapp_business_account","callback_url":")" + std::string{url} +
                      R"(","fields":[)" + fields + "]}]}"},
            "whatsapp", "https://chat.example/webhooks/whatsapp", found
        );
    };
    look(R"({"name":"message_template_status_update"})", "https://elsewhere.example/");
    ASSERT_EQ(found.size(), 3U);
    EXPECT_THAT(found[0].what, HasSubstr("messages is not ticked"));
    EXPECT_EQ(found[0].kind, finding_kind::broken);
    EXPECT_THAT(found[1].what, HasSubstr("Meta calls https://elsewhere.example/"));
    EXPECT_EQ(found[2].kind, finding_kind::advice);
    EXPECT_THAT(found[2].what, HasSubstr("account_update"));
    EXPECT_THAT(found[2].what, Not(HasSubstr("message_template_status_update")));
    found.clear();
    std::string all;
    for (const auto* one :
         {"messages", "message_template_status_update", "message_template_quality_update",
          "template_category_update", "phone_number_quality_update", "account_update",
          "account_alerts", "business_capability_update", "user_preferences"}) {
        all += (all.empty() ? "" : ",") + (R"({"name":")" + std::string{one} + R"("})");
    }
    look(all, "https://chat.example/webhooks/whatsapp");
    EXPECT_EQ(only().kind, finding_kind::fine);
}

TEST_F(doctor_test, health_is_told_with_metas_own_mend) {
    read_health({200, R"({"health_status":{"can_send_message":"AVAILABLE"}})"}, "whatsapp", "the number", found);
    EXPECT_EQ(only().kind, finding_kind::fine);
    read_health(
        {200, R"({"health_status":{"can_send_message":"BLOCKED","entities":[
            {"entity_type":"WABA","can_send_message":"BLOCKED","errors":[{"error_code":141006,
             "error_description":"No payment method","possible_solution":"Add a card"}]},
            {"entity_type":"APP","can_send_message":"AVAILABLE"}]}})"},
        "whatsapp", "the account", found
    );
    const auto blocked = only();
    EXPECT_EQ(blocked.kind, finding_kind::broken);
    EXPECT_THAT(blocked.what, HasSubstr("WABA is BLOCKED: No payment method"));
    EXPECT_EQ(blocked.mend, "Add a card");
    read_health({200, R"({"health_status":{"can_send_message":"LIMITED"}})"}, "whatsapp", "it", found);
    EXPECT_EQ(only().kind, finding_kind::advice);
    read_health({200, "{}"}, "whatsapp", "it", found);
    EXPECT_EQ(only().kind, finding_kind::advice);
}

TEST_F(doctor_test, the_number_and_its_settings) {
    const auto number = [this](const char* body) {
        read_number({200, body}, "whatsapp", found);
        return only();
    };
    EXPECT_EQ(number(R"({"status":"CONNECTED","quality_rating":"GREEN"})").kind, finding_kind::fine);
    EXPECT_EQ(number(R"({"status":"DISCONNECTED"})").kind, finding_kind::broken);
    EXPECT_EQ(number(R"({"status":"CONNECTED","name_status":"DECLINED"})").kind, finding_kind::broken);
    EXPECT_EQ(number(R"({"quality_rating":"RED"})").kind, finding_kind::advice);
    const auto settings = [this](const char* body) {
        read_settings({200, body}, "whatsapp", found);
        return only().kind;
    };
    EXPECT_EQ(settings(R"({"user_identity_change":{"enable_identity_key_check":true}})"), finding_kind::fine);
    EXPECT_EQ(settings(R"({"user_identity_change":{"enable_identity_key_check":"true"}})"), finding_kind::advice);
    EXPECT_EQ(settings("{}"), finding_kind::advice);
}

TEST_F(doctor_test, a_clock_is_judged_by_the_date_of_an_answer) {
    const auto date = "Mon, 23 Nov 2026 12:00:00 GMT";
    read_clock(date, "whatsapp", noon + 2s, found);
    EXPECT_EQ(only().kind, finding_kind::fine);
    read_clock(date, "whatsapp", noon + 30s, found);
    EXPECT_EQ(only().kind, finding_kind::advice);
    read_clock(date, "whatsapp", noon - 5min, found);
    const auto slow = only();
    EXPECT_EQ(slow.kind, finding_kind::broken);
    EXPECT_THAT(slow.what, HasSubstr("300 seconds slow"));
    for (const auto* none : {"", "yesterday", "Mon, 99 Nov 2026 12:00:00 GMT"}) {
        read_clock(none, "whatsapp", noon, found);
        EXPECT_THAT(found, IsEmpty()) << none;
    }
}

TEST_F(doctor_test, what_is_no_certificate_has_no_end) {
    EXPECT_EQ(certificate_days("", noon), std::nullopt);
    EXPECT_EQ(certificate_days("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", noon), std::nullopt);
}

// ---- the other types of channel

struct channel_examined : testing::Test {
    config settings{};
    http::answer answer{};
    http::call asked{};

    finding look(provider_settings provider) {
        const doctor_parts parts{
            .ask =
                [this](http::call what) {
                    asked = std::move(what);
                    return answer;
                },
            .clock = [] { return noon; },
            .settings = settings};
        const auto found = examine_channel(parts, {.name = "sms", .provider = std::move(provider)});
        EXPECT_FALSE(found.empty());  // then comes the address to paste
        return found.empty() ? finding{} : found[0];
    }
};

TEST_F(channel_examined, each_provider_is_asked_for_the_account_with_our_credentials) {
    answer = {.result = http::call_result::answered, .status = 200, .body = "{}"};
    namespace ad = adapters;
    EXPECT_EQ(look(ad::twilio::channel_settings{.account_sid = "AC1", .auth_tokens = {"t"}}).kind,
              finding_kind::fine);
    EXPECT_EQ(asked.url, "https://api.twilio.com/2010-04-01/Accounts/AC1.json");
    EXPECT_EQ(look(ad::infobip::channel_settings{.api_key = "k", .api_base = "https://x.example"}).kind,
              finding_kind::fine);
    EXPECT_EQ(asked.url, "https://x.example/account/1/balance");
    EXPECT_EQ(look(ad::vonage::channel_settings{}).kind, finding_kind::fine);
    EXPECT_EQ(asked.url, "https://rest.nexmo.com/account/get-balance");
    EXPECT_EQ(look(ad::africas_talking::channel_settings{.username = "u"}).kind, finding_kind::fine);
    EXPECT_THAT(asked.url, HasSubstr("/version1/user?username=u"));
    answer.status = 400;
    EXPECT_EQ(look(ad::kannel::channel_settings{}).kind, finding_kind::fine) << "no recipient: it lives";
}

TEST_F(channel_examined, every_failure_says_how_to_mend_it) {
    const adapters::twilio::channel_settings twilio{.account_sid = "AC1", .auth_tokens = {"t"}};
    const auto broken = [&](provider_settings of, http::answer got, const char* what) {
        answer = std::move(got);
        const auto found = look(std::move(of));
        EXPECT_EQ(found.kind, finding_kind::broken) << what;
        EXPECT_THAT(found.what, HasSubstr(what));
        EXPECT_THAT(found.mend, Not(IsEmpty()));
    };
    using http::call_result;
    broken(twilio, {.result = call_result::not_sent, .trouble = "refused"}, "does not answer (refused)");
    broken(twilio, {.result = call_result::answered, .status = 401}, "refuses our credentials");
    broken(twilio, {.result = call_result::answered, .status = 500}, "status 500");
    broken(twilio, {.result = call_result::answered, .status = 200, .body = R"({"status": "suspended"})"},
           "suspended");
    broken(adapters::kannel::channel_settings{}, {.result = call_result::answered, .status = 403},
           "refuses our credentials");
    broken(adapters::kannel::channel_settings{}, {.result = call_result::answered, .status = 503}, "status 503");
}

TEST_F(doctor_test, every_template_of_ours_says_how_it_stands) {
    using adapters::whatsapp_cloud::template_status_of;
    struct row {
        const char* word;
        const char* quality;
        finding_kind kind;
        const char* mend;
    };
    for (const auto& one : std::initializer_list<row>{
             {"APPROVED", "GREEN", finding_kind::fine, ""},
             {"APPROVED", "UNKNOWN", finding_kind::fine, ""},
             {"LOCKED", "", finding_kind::fine, ""},
             {"SOMETHING_NEW", "", finding_kind::fine, ""},
             {"APPROVED", "YELLOW", finding_kind::advice, "less often"},
             {"APPROVED", "RED", finding_kind::broken, "about to pause"},
             {"FLAGGED", "GREEN", finding_kind::broken, "reword it now"},
             {"PAUSED", "RED", finding_kind::broken, "3 hours"},
             {"DISABLED", "RED", finding_kind::broken, "another name"},
             {"PENDING", "", finding_kind::broken, "up to a day"},
             {"IN_APPEAL", "", finding_kind::broken, "up to a day"},
             {"REJECTED", "", finding_kind::broken, "appeal"},
             {"LIMIT_EXCEEDED", "", finding_kind::broken, "tomorrow"},
             {"ARCHIVED", "", finding_kind::broken, "another name"},
             {"DELETED", "", finding_kind::broken, "another name"}}) {
        const declared_template ours{.name = "due", .language = "es", .category = "UTILITY"};
        adapters::whatsapp_cloud::listed_template there{
            .name = "due",
            .language = "es",
            .status = template_status_of(one.word),
            .word = one.word,
            .category = "UTILITY",
            .quality = one.quality};
        auto other = there;
        other.language = "en";
        read_templates(std::vector{ours}, std::vector{there, other}, "whatsapp", found);
        const auto said = only();
        EXPECT_EQ(said.kind, one.kind) << one.word;
        EXPECT_EQ(said.check, "template");
        EXPECT_THAT(said.what, HasSubstr(std::string{"due (es) is "} + one.word));
        EXPECT_THAT(said.what, HasSubstr("UTILITY"));
        EXPECT_THAT(said.mend, HasSubstr(one.mend));
    }
}

}  // namespace
}  // namespace tertulia::gateway
