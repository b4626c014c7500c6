// Infobip's callbacks, sends, verdicts and lists against samples of its documented shapes.

#include "adapters/infobip/infobip.hpp"
#include "tests/source_folder.hpp"
#include "tests/unit/adapters/reaction_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace tertulia::adapters::infobip {
namespace {

using namespace std::chrono;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr instant noon = sys_days{2026y / 11 / 23} + 12h;
constexpr instant nine = sys_days{2026y / 11 / 23} + 9h + 15min + 4s + 220ms;
const identity rosa{identity_kind::phone, "+50255550101"};

channel_settings channel() {
    return {
        .name = "sms",
        .api_key = "key",
        .sender = "MicroBanco",
        .webhook_user = "infobip",
        .webhook_password = "open sesame",
        .path_secret = "c7f3",
        .api_base = "https://infobip.example"};
}

std::string sample(std::string_view name) {
    const auto path = testing_files::source_folder() / "tests/corpus/infobip" /
                      (std::string{name} + ".json");
    std::ifstream file{path, std::ios::binary};
    EXPECT_TRUE(file) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

parsed parse_sample(std::string_view name) {
    auto read = parse(sample(name), channel(), noon);
    EXPECT_TRUE(read) << name;
    return read ? std::move(*read) : parsed{};
}

template <class Event>
Event only(std::string_view name) {
    auto read = parse_sample(name);
    EXPECT_THAT(read.malformed, IsEmpty()) << name;
    EXPECT_THAT(read.events, SizeIs(1)) << name;
    const auto* event = read.events.empty() ? nullptr : std::get_if<Event>(&read.events.front());
    EXPECT_NE(event, nullptr) << name;
    return event != nullptr ? *event : Event{};
}

// --- verify --------------------------------------------------------------------------------------

bool accepts(std::string_view authorization, std::string_view path, channel_settings with) {
    return verify({.method = "POST", .path = path, .signature = authorization}, with);
}
constexpr std::string_view credentials = "Basic aW5mb2JpcDpvcGVuIHNlc2FtZQ==";

TEST(infobip_verify, asks_for_all_that_is_configured) {
    EXPECT_TRUE(accepts(credentials, "/webhooks/sms/c7f3", channel()));
    EXPECT_FALSE(accepts(credentials, "/webhooks/sms/c7f4", channel()));
    EXPECT_FALSE(accepts(credentials, "/webhooks/sms", channel()));
    EXPECT_FALSE(accepts("", "/webhooks/sms/c7f3", channel()));
    EXPECT_FALSE(accepts("Basic aW5mb2JpcDpvcGVuIHNlc2FtZg==", "/webhooks/sms/c7f3", channel()));
}

TEST(infobip_verify, one_of_them_is_enough_and_none_is_not) {
    auto only_path = channel();
    only_path.webhook_user.clear();
    only_path.webhook_password.clear();
    EXPECT_TRUE(accepts("", "/webhooks/sms/c7f3", only_path));
    auto only_user = channel();
    only_user.path_secret.clear();
    EXPECT_TRUE(accepts(credentials, "/webhooks/sms", only_user));
    only_path.path_secret.clear();
    EXPECT_FALSE(accepts("Basic Og==", "/webhooks/sms/", only_path));
    EXPECT_FALSE(accepts("", "", only_path));
}

// --- parse ---------------------------------------------------------------------------------------

TEST(infobip_parse, a_message) {
    const auto message = only<inbound_message>("message");
    EXPECT_EQ(message.channel, "sms");
    EXPECT_EQ(message.id, "817790313235066447");
    EXPECT_EQ(message.sent_at, nine);
    EXPECT_THAT(message.from, ElementsAre(rosa));
    EXPECT_EQ(std::get<typed_text>(message.content).text, "SALDO por favor") << "keyword and all";
    EXPECT_EQ(
        std::get<typed_text>(only<inbound_message>("message_unicode").content).text,
        "¿Cuánto debo? 👍"
    );
}

TEST(infobip_parse, several_messages_in_their_order) {
    const auto read = parse_sample("two_messages");
    ASSERT_THAT(read.events, SizeIs(2));
    EXPECT_EQ(std::get<inbound_message>(read.events[0]).id, "1");
    EXPECT_EQ(std::get<inbound_message>(read.events[1]).id, "2");
}

TEST(infobip_parse, what_is_missing_is_stood_in_for_or_kept) {
    EXPECT_EQ(only<inbound_message>("message_without_time").sent_at, noon);
    const auto kept = only<inbound_message>("message_without_text");
    EXPECT_EQ(std::get<unknown_content>(kept.content).type, "message without text");
    EXPECT_THAT(only<channel_notice>("message_from_short_code").summary, HasSubstr("short code"));
}

TEST(infobip_parse, broken_elements_take_nothing_with_them) {
    const auto read = parse_sample("mixed_with_broken_elements");
    EXPECT_THAT(read.events, SizeIs(3));
    ASSERT_THAT(read.malformed, SizeIs(6));
    EXPECT_EQ(read.malformed[0].reason, "something that is not an object");
    EXPECT_EQ(read.malformed[1].reason, "a message without an id");
    EXPECT_EQ(read.malformed[2].reason, "a message whose text is not one");
    EXPECT_EQ(read.malformed[4].reason, "a report without an id");
    EXPECT_EQ(read.malformed[5].reason, "a status that is not an object");
}

TEST(infobip_parse, what_is_not_infobips_is_refused) {
    EXPECT_EQ(parse("", channel(), noon).error(), errc::not_json);
    EXPECT_EQ(parse("{", channel(), noon).error(), errc::not_json);
    for (const auto* body : {"{}", "[]", R"({"results":{}})", "7"}) {
        EXPECT_EQ(parse(body, channel(), noon).error(), errc::not_infobip) << body;
    }
}

struct report_row {
    std::string_view sample;
    delivery_status expected;
    int code{};
};
class infobip_report : public testing::TestWithParam<report_row> {};

TEST_P(infobip_report, has_its_rank) {
    const auto status = only<status_update>(GetParam().sample);
    EXPECT_EQ(status.status, GetParam().expected);
    EXPECT_EQ(status.message_id, "sms-42");
    EXPECT_EQ(status.callback_data, "42");
    EXPECT_EQ(status.at, nine);
    EXPECT_THAT(status.recipient, ElementsAre(rosa));
    EXPECT_THAT(status.pricing_json, HasSubstr("EUR"));
    EXPECT_EQ(status.errors.empty() ? 0 : status.errors.front().code, GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    status,
    infobip_report,
    testing::Values(
        report_row{"report_pending_accepted", delivery_status::accepted},
        report_row{"report_pending_enroute", delivery_status::sent},
        report_row{"report_pending_waiting", delivery_status::sent},
        report_row{"report_delivered_to_operator", delivery_status::sent},
        report_row{"report_delivered", delivery_status::delivered},
        report_row{"report_undeliverable", delivery_status::failed, 9},
        report_row{"report_expired", delivery_status::failed, 15},
        report_row{"report_rejected", delivery_status::failed, 14},
        report_row{"report_without_callback_data", delivery_status::delivered}
    ),
    [](const auto& one) { return std::string{one.param.sample}; }
);

TEST(infobip_parse, a_failure_says_why) {
    EXPECT_EQ(
        only<status_update>("report_undeliverable").errors.at(0).details,
        "UNDELIVERABLE_NOT_DELIVERED, EC_UNKNOWN_SUBSCRIBER for good"
    );
    EXPECT_EQ(only<status_update>("report_expired").errors.at(0).details, "EXPIRED_EXPIRED");
    EXPECT_THAT(only<channel_notice>("report_unknown_group").summary, HasSubstr("TELEPORTED"));
    EXPECT_THAT(parse_sample("several_reports").events, SizeIs(2));
}

// --- render --------------------------------------------------------------------------------------

outbound_message to_rosa(outbound_content content) {
    return {
        .to = {.channel = "sms", .to = rosa}, .callback_data = "42", .content = std::move(content)};
}
boost::system::error_code error_of(outbound_content content, const channel_settings& with) {
    const auto request = render(to_rosa(std::move(content)), with);
    return request ? boost::system::error_code{} : request.error();
}

TEST(infobip_render, a_text_with_our_id) {
    const auto request =
        render(to_rosa(say_text{.text = "¿Paga?", .choices = {{"y", "Sí"}}}), channel());
    ASSERT_TRUE(request);
    EXPECT_EQ(request->url, "https://infobip.example/sms/3/messages");
    EXPECT_EQ(
        request->body,
        R"({"messages":[{"sender":"MicroBanco","destinations":[{"to":"50255550101",)"
        R"("messageId":"sms-42"}],"content":{"text":"¿Paga?\n\n1. Si"},)"
        R"("webhooks":{"callbackData":"42"}}]})"
    );
    const std::pair<std::string, std::string> key{"Authorization", "App key"};
    EXPECT_EQ(request->headers.at(0), key);
}

TEST(infobip_render, options_of_the_channel) {
    auto with = channel();
    with.spelling = sms_spelling::as_written;
    EXPECT_THAT(
        render(to_rosa(say_text{.text = "María"}), with).value().body, HasSubstr(R"("María")")
    );
    with.transliteration = "NON_UNICODE";
    with.validity = 12h;
    with.status_callback = "https://gw.example.org/webhooks/sms/c7f3";
    with.window = time_window{
        .days = {std::chrono::Saturday, std::chrono::Monday}, .from = 8h, .to = 18h + 30min};
    const auto body = render(to_rosa(say_text{.text = "x"}), with).value().body;
    EXPECT_THAT(body, HasSubstr(R"("transliteration":"NON_UNICODE")"));
    EXPECT_THAT(body, HasSubstr(R"("validityPeriod":{"amount":720,"timeUnit":"MINUTES"})"));
    EXPECT_THAT(
        body,
        HasSubstr(R"("deliveryTimeWindow":{"days":["MONDAY","SATURDAY"],)"
                  R"("from":{"hour":8,"minute":0},"to":{"hour":18,"minute":30}})")
    );
    EXPECT_THAT(
        body,
        HasSubstr(R"("delivery":{"url":"https://gw.example.org/webhooks/sms/c7f3",)"
                  R"("intermediateReport":true},"contentType":"application/json")")
    );
    with.validity = 100h;
    EXPECT_THAT(
        render(to_rosa(say_text{.text = "x"}), with).value().body, HasSubstr(R"("amount":2880)")
    );
}

TEST(infobip_render, a_window_must_be_an_hour_of_one_day) {
    for (const auto& [from, to] :
         {std::pair<minutes, minutes>{8h, 8h + 59min}, {18h, 8h}, {-1h, 8h}, {8h, 24h}}) {
        auto with = channel();
        with.window = time_window{.from = from, .to = to};
        EXPECT_EQ(error_of(say_text{.text = "x"}, with), errc::bad_window);
    }
}

TEST(infobip_render, everything_an_sms_can_say) {
    for (const outbound_content& content : std::vector<outbound_content>{
             say_media{.link = "https://x.example/a.pdf"},
             say_location{.latitude = 14.6, .longitude = -90.5},
             ask_location{.text = "¿Dónde?"},
             say_link{.text = "Vea", .url = "https://x.example"},
             say_template{.name = "due", .text = "Su cuota vence"}}) {
        EXPECT_FALSE(error_of(content, channel())) << content.index();
    }
}

TEST(infobip_render, what_it_cannot) {
    EXPECT_EQ(error_of(mark_read{.message_id = "1"}, channel()), errc::not_possible);
    EXPECT_EQ(
        error_of(send_reaction{.message_id = "1", .emoji = "👍"}, channel()), errc::not_possible
    );
    EXPECT_EQ(error_of(say_media{.media_id = "1"}, channel()), errc::not_possible);
    EXPECT_EQ(error_of(say_template{.name = "due"}, channel()), errc::not_possible);
    EXPECT_EQ(error_of(say_text{.text = " \n"}, channel()), errc::empty_content);
    EXPECT_EQ(error_of(say_text{.text = std::string(1301, 'a')}, channel()), errc::too_long);
    auto message = to_rosa(say_text{.text = "x"});
    message.to.to.value = "MicroBanco";
    EXPECT_EQ(render(message, channel()).error(), errc::bad_recipient);
    message = to_rosa(say_text{.text = "x"});
    message.callback_data.assign(300, 'x');
    EXPECT_EQ(render(message, channel()).error(), errc::too_long);
}

TEST(infobip_split, every_part_of_a_long_text_fits) {
    std::string words;
    while (words.size() < 3000) words += "palabra ";
    const auto parts = split(to_rosa(say_text{.text = words}), channel());
    ASSERT_THAT(parts, SizeIs(3));
    for (const auto& part : parts) EXPECT_TRUE(render(part, channel()));
}

// --- judge ---------------------------------------------------------------------------------------

std::string answer(int group, int code, std::string_view id = "sms-42") {
    return R"({"bulkId":"B","messages":[{"messageId":")" + std::string{id} +
           R"(","destination":"50255550101","status":{"groupId":)" + std::to_string(group) +
           R"(,"groupName":"x","id":)" + std::to_string(code) +
           R"(,"name":"N","description":"d"}}]})";
}

struct row {
    int group;
    int code;
    reaction expected;
    int tries_max{};
    std::chrono::milliseconds after{};
};
class infobip_judge : public testing::TestWithParam<row> {};

TEST_P(infobip_judge, has_its_reaction) {
    const auto& [group, code, expected, tries_max, after] = GetParam();
    for (const auto& verdict :
         {judge({.status = 200, .body = answer(group, code)}), reaction_to(code)}) {
        EXPECT_EQ(verdict.reaction, expected);
        EXPECT_EQ(verdict.code, code);
        EXPECT_EQ(verdict.tries_max, tries_max);
        EXPECT_EQ(verdict.after, after);
        EXPECT_NE(verdict.reason, "");
    }
}

INSTANTIATE_TEST_SUITE_P(
    code,
    infobip_judge,
    testing::Values(
        row{2, 4, reaction::retry, 1, 15min},
        row{5, 6, reaction::ask_operator},
        row{5, 8, reaction::unreachable},
        row{2, 9, reaction::unreachable},
        row{5, 10, reaction::opted_out},
        row{5, 11, reaction::stop_channel},
        row{5, 12, reaction::stop_channel},
        row{5, 13, reaction::stop_channel},
        row{5, 14, reaction::opted_out},
        row{4, 15, reaction::refuse},
        row{5, 17, reaction::stop_channel},
        row{5, 18, reaction::ask_operator},
        row{5, 19, reaction::stop_channel},
        row{5, 20, reaction::slow_recipient, 1000, 1h},
        row{5, 21, reaction::retry, 5},
        row{5, 23, reaction::accepted},
        row{5, 24, reaction::refuse},
        row{5, 25, reaction::refuse},
        row{4, 29, reaction::refuse},
        row{2, 31, reaction::retry, 3, 60s},
        row{5, 51, reaction::refuse},
        row{5, 52, reaction::unreachable},
        row{5, 87, reaction::ask_operator},
        row{5, 100, reaction::retry, 1, 60s}
    ),
    [](const auto& one) { return row_name(one.param.code, one.param.expected); }
);

TEST(infobip_judge, taken) {
    for (const auto& body : {answer(1, 26), answer(0, 0), answer(3, 5)}) {
        const auto good = judge({.status = 200, .body = body});
        EXPECT_EQ(good.reaction, reaction::accepted);
        EXPECT_EQ(good.provider_id, "sms-42");
        EXPECT_EQ(good.recipient_id, "+50255550101");
    }
    EXPECT_EQ(judge({.status = 200, .body = answer(5, 23)}).provider_id, "sms-42")
        << "a duplicate was taken the first time";
}

TEST(infobip_judge, taken_without_an_id_is_a_persons_matter) {
    EXPECT_EQ(judge({.status = 200, .body = "{}"}).reaction, reaction::ask_operator);
    EXPECT_EQ(judge({.status = 200, .body = "<html>"}).reaction, reaction::ask_operator);
    EXPECT_EQ(judge({.status = 200, .body = answer(5, 23, "")}).reaction, reaction::ask_operator);
}

TEST(infobip_judge, by_http_status) {
    const auto of = [](unsigned status) {
        return judge({.status = status, .body = R"({"requestError":{}})"}).reaction;
    };
    EXPECT_EQ(of(400), reaction::refuse);
    EXPECT_EQ(of(401), reaction::stop_channel);
    EXPECT_EQ(of(403), reaction::stop_channel);
    EXPECT_EQ(of(404), reaction::stop_channel);
    EXPECT_EQ(of(408), reaction::retry);
    EXPECT_EQ(of(429), reaction::slow_channel);
    EXPECT_EQ(of(500), reaction::retry) << "our id makes it safe";
    EXPECT_EQ(of(302), reaction::ask_operator);
    EXPECT_EQ(judge({.status = 429, .retry_after = "9"}).after, 9s);
    EXPECT_EQ(reaction_to(4242).reaction, reaction::refuse);
}

// --- lists ---------------------------------------------------------------------------------------

TEST(infobip_list, first_the_inbox_then_what_was_sent) {
    const auto url = [](std::string_view page) {
        const auto request = render_list_request(noon, page, channel());
        EXPECT_TRUE(request);
        EXPECT_EQ(request->method, "GET");
        return request->url;
    };
    EXPECT_EQ(url(""), "https://infobip.example/sms/1/inbox/reports?limit=1000");
    const auto inbox = parse_list(sample("list_inbox"), channel(), noon);
    ASSERT_TRUE(inbox);
    EXPECT_THAT(inbox->received, SizeIs(1)) << "a short code is no person";
    EXPECT_EQ(url(inbox->next_page), url(""));
    const auto last = parse_list(sample("list_inbox_last"), channel(), noon);
    const auto logs =
        "https://infobip.example/sms/3/logs?limit=1000&sentSince=2026-11-23T12%3A00%3A00Z"
        "&useCursor=true";
    EXPECT_EQ(url(last.value().next_page), logs);
    const auto page = parse_list(sample("list_logs"), channel(), noon);
    EXPECT_EQ(url(page.value().next_page), std::string{logs} + "&cursor=abc%2B%2F%3D");
    EXPECT_EQ(parse_list(sample("list_logs_last"), channel(), noon).value().next_page, "");
    EXPECT_EQ(render_list_request(noon, "//evil", channel()).error(), errc::bad_page);
}

TEST(infobip_list, what_was_sent_is_known_by_our_id) {
    const auto page = parse_list(sample("list_logs"), channel(), noon);
    ASSERT_TRUE(page);
    ASSERT_THAT(page->sent, SizeIs(3));
    EXPECT_EQ(page->sent[0].callback_data, "7");
    EXPECT_EQ(page->sent[0].to, rosa);
    EXPECT_EQ(page->sent[0].text, "Su cuota vence hoy");
    EXPECT_EQ(page->sent[0].status, delivery_status::delivered);
    EXPECT_EQ(page->sent[1].callback_data, "") << "not sent by this channel";
    EXPECT_EQ(page->sent[1].error_code, 12);
    EXPECT_FALSE(page->sent[2].status);
    EXPECT_THAT(page->statuses, SizeIs(2));
    EXPECT_THAT(page->malformed, SizeIs(2));
    EXPECT_EQ(parse_list("x", channel(), noon).error(), errc::not_json);
    EXPECT_EQ(parse_list("{}", channel(), noon).error(), errc::not_infobip);
}

}  // namespace
}  // namespace tertulia::adapters::infobip
