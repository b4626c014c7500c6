// SMS and USSD of Africa's Talking. Samples: tests/corpus/africas_talking.

#include "adapters/africas_talking/africas_talking.hpp"
#include "dialogs/message/sms/sms_length.hpp"
#include "tests/source_folder.hpp"
#include "tests/unit/adapters/reaction_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace tertulia::adapters::africas_talking {
namespace {

using namespace std::chrono_literals;
using enum adapters::reaction;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;

const channel_settings ceibas{
    .name = "sms",
    .username = "ceibas",
    .api_key = "key",
    .from = "40404",
    .short_codes = {"40404"},
    .path_secret = "c7f3",
    .api_base = "https://at.example"};

std::string sample(const std::string& name) {
    const auto path = testing_files::source_folder().string() + "/tests/corpus/africas_talking/" + name;
    std::ifstream file{path, std::ios::binary};
    EXPECT_TRUE(file) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

template <class Event>
Event only(std::string_view body) {
    const auto read = parse(body, noon, ceibas);
    EXPECT_TRUE(read) << body;
    if (!read) return {};
    EXPECT_TRUE(read->malformed.empty()) << read->malformed.at(0).reason;
    const auto* event = read->events.size() == 1 ? std::get_if<Event>(&read->events[0]) : nullptr;
    EXPECT_NE(event, nullptr) << body;
    return event == nullptr ? Event{} : *event;
}

std::string malformed_of(std::string_view body) {
    const auto read = parse(body, noon, ceibas);
    return read && read->malformed.size() == 1 ? read->malformed[0].reason : std::string{};
}

outbound_message to_asha(outbound_content content) {
    return {
        .to = {"sms", {identity_kind::phone, "+254711000101"}},
        .callback_data = "01HZX",
        .content = std::move(content)};
}

TEST(verify, asks_for_the_secret_in_the_path) {
    EXPECT_TRUE(verify({.path = "/webhooks/sms/c7f3"}, ceibas));
    EXPECT_FALSE(verify({.path = "/webhooks/sms/c7f4"}, ceibas));
    EXPECT_FALSE(verify({.path = "c7f3"}, ceibas));
    auto open = ceibas;
    open.path_secret.clear();
    EXPECT_FALSE(verify({.path = "/webhooks/sms/"}, open));
}

TEST(parse, a_message_is_what_she_typed) {
    const auto message = only<inbound_message>(sample("message.form"));
    EXPECT_EQ(message.channel, "sms");
    EXPECT_EQ(message.id, "15071");
    EXPECT_EQ(message.sent_at, noon - 2h - 44min - 56s);
    EXPECT_EQ(message.from.at(0), (identity{identity_kind::phone, "+254711000101"}));
    EXPECT_EQ(std::get<typed_text>(message.content).text, "SALDO");
}

TEST(parse, what_is_not_for_us_or_from_nobody_is_told) {
    EXPECT_EQ(
        only<channel_notice>("id=1&from=%2B254711000101&to=1&text=a&date=2026-11-23T09:15:04Z")
            .field,
        "recipient"
    );
    EXPECT_EQ(
        only<channel_notice>("id=1&from=SAFARICOM&to=40404&text=a&date=2026-11-23T09:15:04Z").field,
        "sender"
    );
    EXPECT_EQ(only<channel_notice>("id=1&status=Teleported").field, "status");
}

struct reported {
    const char* fields;
    delivery_status status;
    int code{};
    adapters::reaction expected{accepted};
    int tries_max{};
};
class report_test : public testing::TestWithParam<reported> {};

TEST_P(report_test, says_what_became_of_it_and_what_to_do) {
    const auto& row = GetParam();
    const auto status =
        only<status_update>("id=ATXid_1&phoneNumber=%2B254711000101&" + std::string{row.fields});
    EXPECT_EQ(status.message_id, "ATXid_1");
    EXPECT_EQ(status.at, noon);
    EXPECT_EQ(status.recipient.at(0).value, "+254711000101");
    EXPECT_EQ(status.status, row.status);
    ASSERT_EQ(status.errors.size(), row.code == 0 ? 0U : 1U);
    if (row.code == 0) return;
    EXPECT_EQ(status.errors[0].code, row.code);
    EXPECT_EQ(reaction_to(row.code).reaction, row.expected);
    EXPECT_EQ(reaction_to(row.code).tries_max, row.tries_max);
}

// A send may be answered with the name alone, in place of the recipients.
TEST(code_named, every_word_of_the_table_has_its_number) {
    for (const auto& [name, code] : std::initializer_list<std::pair<const char*, int>>{
             {"RiskHold", 401},
             {"InvalidSenderId", 402},
             {"InvalidPhoneNumber", 403},
             {"UnsupportedNumberType", 404},
             {"InsufficientBalance", 405},
             {"UserInBlacklist", 406},
             {"CouldNotRoute", 407},
             {"DoNotDisturbRejection", 409},
             {"InternalServerError", 500},
             {"GatewayError", 501},
             {"RejectedByGateway", 502}}) {
        const auto status =
            only<status_update>("id=a&status=Failed&failureReason=" + std::string{name});
        ASSERT_EQ(status.errors.size(), 1U) << name;
        EXPECT_EQ(status.errors[0].code, code) << name;
        EXPECT_EQ(status.errors[0].means, adapters::failure_of(reaction_to(code).reaction)) << name;
    }
}

INSTANTIATE_TEST_SUITE_P(
    every,
    report_test,
    testing::Values(
        reported{"status=Sent", delivery_status::sent},
        reported{"status=Submitted", delivery_status::sent},
        reported{"status=Buffered", delivery_status::sent},
        reported{"status=Success", delivery_status::delivered},
        reported{"status=AbsentSubscriber", delivery_status::failed, 1001, retry, 1},
        reported{"status=Expired", delivery_status::failed, 1002, unreachable},
        reported{"status=Rejected", delivery_status::failed, 1003, refuse},
        reported{"status=Failed", delivery_status::failed, 1004, unreachable},
        reported{
            "status=Failed&failureReason=NewReason", delivery_status::failed, 1004, unreachable},
        reported{
            "status=Failed&failureReason=InsufficientCredit",
            delivery_status::failed,
            405,
            stop_channel},
        reported{
            "status=Failed&failureReason=InvalidLinkId", delivery_status::failed, 1010, refuse},
        reported{
            "status=Failed&failureReason=UserIsInactive",
            delivery_status::failed,
            1011,
            unreachable},
        reported{
            "status=Rejected&failureReason=UserInBlackList",
            delivery_status::failed,
            406,
            opted_out},
        reported{
            "status=Failed&failureReason=UserAccountSuspended",
            delivery_status::failed,
            1012,
            unreachable},
        reported{
            "status=Failed&failureReason=NotNetworkSubcriber",
            delivery_status::failed,
            1013,
            unreachable},
        reported{
            "status=Failed&failureReason=UserNotSubscribedToProduct",
            delivery_status::failed,
            1014,
            refuse},
        reported{
            "status=Failed&failureReason=UserDoesNotExist",
            delivery_status::failed,
            1015,
            unreachable},
        reported{
            "status=Failed&failureReason=DeliveryFailure", delivery_status::failed, 1016, retry, 1},
        reported{
            "status=Rejected&failureReason=DoNotDisturbRejection",
            delivery_status::failed,
            409,
            retry,
            2}
    ),
    [](const auto& one) {
        std::string name;  // "Failed_UserIsInactive_unreachable"
        const std::string_view fields{one.param.fields};
        for (std::size_t at = 0; at < fields.size();) {
            const auto end = std::min(fields.find('&', at), fields.size());
            const auto pair = fields.substr(at, end - at);
            name += std::string{pair.substr(pair.find('=') + 1)} + "_";
            at = end + 1;
        }
        return name + (one.param.code == 0 ? "told" : name_of(one.param.expected));
    }
);

TEST(parse, the_samples_of_reports_are_read) {
    EXPECT_EQ(
        only<status_update>(sample("report_success.form")).status, delivery_status::delivered
    );
    EXPECT_EQ(
        only<status_update>(sample("report_rejected.form")).errors.at(0).details,
        "Rejected: UserInBlackList"
    );
}

TEST(parse, an_opt_out_is_her_stop_and_was_confirmed_already) {
    const auto read = parse(sample("opt_out.form"), noon, ceibas);
    ASSERT_TRUE(read);
    ASSERT_THAT(read->events, SizeIs(1));
    const auto& message = std::get<inbound_message>(read->events[0]);
    EXPECT_EQ(std::get<typed_text>(message.content).text, "STOP");
    ASSERT_THAT(read->stop_list, SizeIs(1));
    EXPECT_EQ(read->stop_list[0].message_id, message.id);
    EXPECT_EQ(read->stop_list[0].word, stop_list_word::stop);
}

TEST(parse, what_makes_no_sense_is_told) {
    EXPECT_THAT(
        malformed_of("from=%2B254711000101&text=a&date=2026-11-23T09:15:04Z"), HasSubstr("id")
    );
    EXPECT_THAT(
        malformed_of("id=1&from=%2B254711000101&to=40404&text=a&date=yesterday"), HasSubstr("date")
    );
    EXPECT_THAT(malformed_of("status=Success"), HasSubstr("id"));
    EXPECT_THAT(malformed_of("senderId=A&phoneNumber=B"), HasSubstr("opt-out"));
    EXPECT_EQ(parse("a=%zz", noon, ceibas).error(), errc::not_a_form);
    EXPECT_EQ(parse("", noon, ceibas).error(), errc::not_ours);
    EXPECT_EQ(parse(sample("ussd_step.form"), noon, ceibas).error(), errc::not_ours);
    EXPECT_EQ(parse(sample("ussd_end.form"), noon, ceibas).error(), errc::not_ours);
}

TEST(render, a_send_is_json_to_bulk) {
    const auto request = render(to_asha(say_text{.text = "Habari"}), ceibas);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "POST");
    EXPECT_EQ(request->url, "https://at.example/version1/messaging/bulk");
    EXPECT_THAT(
        request->headers,
        ElementsAre(
            Pair("apiKey", "key"),
            Pair("Accept", "application/json"),
            Pair("Content-Type", "application/json")
        )
    );
    EXPECT_EQ(
        request->body,
        R"({"username":"ceibas","phoneNumbers":["+254711000101"],"message":"Habari","senderId":"40404","enqueue":1})"
    );
}

TEST(render, the_sandbox_takes_a_form) {
    auto sandbox = ceibas;
    sandbox.form = send_form::form;
    sandbox.username = "sandbox";
    sandbox.from.clear();
    const auto request = render(to_asha(say_text{.text = "Habari María"}), sandbox);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->url, "https://at.example/version1/messaging");
    EXPECT_EQ(
        request->body,
        "username=sandbox&to=%2B254711000101&message=Habari%20Maria&bulkSMSMode=1&enqueue=1"
    );
    sandbox.from = "40404";
    EXPECT_THAT(render(to_asha(say_text{.text = "a"}), sandbox)->body, HasSubstr("&from=40404&"));
}

TEST(render, what_cannot_be_sent_is_refused) {
    const auto refusal = [](const outbound_message& what,
                            const channel_settings& channel = ceibas) {
        const auto request = render(what, channel);
        return request ? boost::system::error_code{} : request.error();
    };
    EXPECT_EQ(refusal(to_asha(say_text{})), errc::empty_content);
    EXPECT_EQ(refusal(to_asha(mark_read{})), errc::not_possible);
    EXPECT_EQ(refusal(to_asha(say_text{.text = std::string(919, 'a')})), errc::too_long);
    auto what = to_asha(say_text{.text = "a"});
    what.to.to.value = "0711000101";
    EXPECT_EQ(refusal(what), errc::bad_recipient);
    auto odd = ceibas;
    odd.from = "Benki ya Kijiji";
    EXPECT_EQ(refusal(to_asha(say_text{.text = "a"}), odd), errc::bad_sender);
    for (int code = 1; code <= 8; ++code) {
        EXPECT_NE(make_error_code(static_cast<errc>(code)).message(), "unknown error");
    }
}

struct coded {
    int code;
    adapters::reaction expected;
    int tries_max{};
    std::chrono::milliseconds after{};
};
class code_test : public testing::TestWithParam<coded> {};

TEST_P(code_test, has_its_reaction) {
    const auto& row = GetParam();
    const auto judged = judge(
        {.status = 201,
         .body = R"({"SMSMessageData":{"Recipients":[{"statusCode":)" + std::to_string(row.code) +
                 R"(,"number":"+254711000101","messageId":"ATXid_1"}]}})"}
    );
    EXPECT_EQ(judged.reaction, row.expected);
    EXPECT_EQ(judged.tries_max, row.tries_max);
    EXPECT_EQ(judged.after, row.after);
    EXPECT_NE(judged.reason, "");
    EXPECT_EQ(judged.provider_id, row.expected == accepted ? "ATXid_1" : "");
}

INSTANTIATE_TEST_SUITE_P(
    every,
    code_test,
    testing::Values(
        coded{100, accepted},
        coded{101, accepted},
        coded{102, accepted},
        coded{401, ask_operator},
        coded{402, stop_channel},
        coded{403, unreachable},
        coded{404, unreachable},
        coded{405, stop_channel},
        coded{406, opted_out},
        coded{407, unreachable},
        coded{409, retry, 2, 12h},
        coded{500, retry, 3},
        coded{501, retry, 3},
        coded{502, retry, 3},
        coded{999, refuse}
    ),
    [](const auto& one) { return row_name(one.param.code, one.param.expected); }
);

TEST(judge, an_accepted_message_has_its_id) {
    const auto judged = judge({.status = 201, .body = sample("sent.json")});
    EXPECT_EQ(judged.reaction, accepted);
    EXPECT_EQ(judged.provider_id, "ATXid_1");
    EXPECT_EQ(judged.recipient_id, "+254711000101");
}

TEST(judge, answers_without_a_recipient_are_understood) {
    const auto of = [](unsigned status, std::string body) {
        return judge({.status = status, .body = std::move(body)}).reaction;
    };
    EXPECT_EQ(
        of(201, R"({"SMSMessageData":{"Message":"InvalidSenderId","Recipients":[]}})"), stop_channel
    );
    EXPECT_EQ(of(201, R"({"SMSMessageData":{"Message":"?","Recipients":[]}})"), ask_operator);
    EXPECT_EQ(
        of(201, R"({"SMSMessageData":{"Recipients":[{"statusCode":101,"messageId":"None"}]}})"),
        ask_operator
    );
    EXPECT_EQ(
        of(201, R"({"SMSMessageData":{"Recipients":[{"status":"UserInBlacklist"}]}})"), opted_out
    );
    EXPECT_EQ(of(200, "<html>"), ask_operator);
    EXPECT_EQ(of(401, "The supplied authentication is invalid"), stop_channel);
    EXPECT_EQ(of(403, ""), stop_channel);
    EXPECT_EQ(of(400, ""), refuse);
    EXPECT_EQ(of(429, ""), slow_channel);
    EXPECT_EQ(of(503, ""), unsure) << "it may have been taken";
    EXPECT_EQ(judge({.status = 429, .body = "", .retry_after = "9"}).after, 9s);
}

TEST(list, the_inbox_is_read_until_it_is_empty) {
    const auto request = render_list_request(ceibas, "15070");
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(
        request.url, "https://at.example/version1/messaging?username=ceibas&lastReceivedId=15070"
    );
    EXPECT_THAT(render_list_request(ceibas, "").url, HasSubstr("lastReceivedId=0"));
    const auto page = parse_list(sample("inbox.json"), ceibas);
    ASSERT_TRUE(page);
    ASSERT_THAT(page->received, SizeIs(2));
    EXPECT_EQ(page->received[0].id, "15071") << "as in the callback";
    EXPECT_EQ(page->received[1].sent_at, noon - 2h - 44min - 56s + 445ms);
    EXPECT_THAT(page->malformed, SizeIs(1));
    EXPECT_EQ(page->next_page, "15072");
    EXPECT_EQ(parse_list(sample("inbox_empty.json"), ceibas)->next_page, "");
    for (const auto* body : {"", "[]", "{}", R"({"SMSMessageData":{}})"}) {
        EXPECT_EQ(parse_list(body, ceibas).error(), errc::not_a_list) << body;
    }
}

TEST(ussd, a_step_and_an_end_are_told_apart) {
    const auto step = std::get<ussd_step>(parse_ussd(sample("ussd_step.form")).value());
    EXPECT_EQ(step.session_id, "ATUid_1");
    EXPECT_EQ(step.phone, "+254711000101");
    EXPECT_EQ(step.service_code, "*384*123#");
    EXPECT_EQ(step.text, "1*2");
    EXPECT_TRUE(std::get<ussd_ended>(parse_ussd(sample("ussd_end.form")).value()).is_complete);
    const auto failed = parse_ussd("sessionId=a&phoneNumber=%2B254711000101&status=Failed");
    EXPECT_FALSE(std::get<ussd_ended>(failed.value()).is_complete);
    for (const auto* body :
         {"",
          "sessionId=a&text=",
          "phoneNumber=%2B254711000101&text=",
          "sessionId=a&phoneNumber=1&text=",
          "sessionId=a&phoneNumber=%2B254711000101"}) {
        EXPECT_EQ(parse_ussd(body).error(), errc::not_ours) << body;
    }
    EXPECT_EQ(parse_ussd("a=%").error(), errc::not_a_form);
}

TEST(ussd, the_new_input_may_hold_a_star) {
    EXPECT_EQ(new_input("", ""), "");
    EXPECT_EQ(new_input("1", ""), "1");
    EXPECT_EQ(new_input("1*2", "1"), "2");
    EXPECT_EQ(new_input("1*2*3", "1"), "2*3");
    EXPECT_EQ(new_input("1*", "1"), "");
    EXPECT_EQ(new_input("12", "1"), std::nullopt);
    EXPECT_EQ(new_input("2", "1"), std::nullopt);
}

TEST(ussd, a_question_is_a_screen) {
    const say_text menu{
        .text = "Karibu María",
        .choices = {{.id = "a", .title = "Salio"}, {.id = "b", .title = "Lipa"}}};
    const auto screen = render_ussd(menu, ussd_after::answer, "98. Zaidi");
    EXPECT_EQ(screen.body, "CON Karibu Maria\n\n1. Salio\n2. Lipa");
    EXPECT_EQ(screen.rest, "");
    EXPECT_EQ(show_ussd("Asante", ussd_after::close, "98. Zaidi").body, "END Asante");
    EXPECT_EQ(show_ussd(std::string(182, 'a'), ussd_after::close, "").rest, "");
}

TEST(ussd, what_does_not_fit_comes_when_she_asks) {
    for (const auto* word :
         {"salio lako ", "€uro €uro ", "привет мир ", "aaaaaaaaaaaaaaaaaaaaaaaaa"}) {
        std::string text;
        for (int number = 0; number < 40; ++number) text += word;
        std::string rest = text;
        std::string whole;
        int screens = 0;
        while (!rest.empty() && screens < 200) {
            const auto screen = show_ussd(rest, ussd_after::close, "98. Más");
            const auto shown = std::string_view{screen.body}.substr(4);
            const auto length = sms_length_of(shown);
            EXPECT_LE(
                length.units,
                length.alphabet == sms_alphabet::gsm7 ? ussd_septets_max : ussd_units_max
            );
            EXPECT_TRUE(screen.body.starts_with(screen.rest.empty() ? "END " : "CON "));
            EXPECT_EQ(screen.body.ends_with("\n98. Mas"), !screen.rest.empty());
            whole += rest.substr(0, rest.size() - screen.rest.size());
            rest = screen.rest;
            ++screens;
        }
        EXPECT_EQ(whole, text);
        EXPECT_GT(screens, 2);
    }
}

}  // namespace
}  // namespace tertulia::adapters::africas_talking
