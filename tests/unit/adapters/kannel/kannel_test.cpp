// What Kannel calls and what leaves for it. Samples: tests/corpus/kannel, as Kannel 1.4.5 sends
// them.

#include "adapters/kannel/kannel.hpp"
#include "tests/source_folder.hpp"
#include "tests/unit/adapters/reaction_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <fstream>
#include <sstream>

namespace tertulia::adapters::kannel {
namespace {

using namespace std::chrono_literals;
using enum adapters::reaction;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

const channel_settings ceibas{
    .name = "sms",
    .username = "gw",
    .password = "gw&pw",
    .from = "4040",
    .smsc = "FAKE1",
    .callback_url = "http://127.0.0.1:8899/webhooks/sms",
    .path_secret = "c7f3"};

constexpr instant noon =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{12};

std::string sample(const std::string& name) {
    const auto path = testing_files::source_folder().string() + "/tests/corpus/kannel/" + name + ".query";
    std::ifstream file{path, std::ios::binary};
    EXPECT_TRUE(file) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

template <class Event>
Event only(const std::string& name) {
    const auto read = parse(sample(name), ceibas, noon);
    EXPECT_TRUE(read) << name;
    if (!read) return {};
    EXPECT_TRUE(read->malformed.empty()) << name << read->malformed.at(0).reason;
    EXPECT_EQ(read->events.size(), 1U) << name;
    const auto* event = read->events.empty() ? nullptr : std::get_if<Event>(&read->events[0]);
    EXPECT_NE(event, nullptr) << name;
    return event == nullptr ? Event{} : *event;
}

std::string malformed_of(std::string_view query) {
    const auto read = parse(query, ceibas, noon);
    EXPECT_TRUE(read) << query;
    if (!read || read->malformed.size() != 1) return {};
    EXPECT_TRUE(read->events.empty());
    return read->malformed[0].reason;
}

std::string said(const std::string& name) {
    const auto message = only<inbound_message>(name);
    const auto* text = std::get_if<typed_text>(&message.content);
    EXPECT_NE(text, nullptr) << name;
    return text == nullptr ? "" : text->text;
}

outbound_message to_rosa(outbound_content content) {
    return {
        .to = {"sms", {identity_kind::phone, "+50212345678"}},
        .callback_data = "01HZX",
        .content = std::move(content)};
}

std::string url_of(std::string text, const channel_settings& channel = ceibas) {
    const auto request = render(to_rosa(say_text{.text = std::move(text)}), channel);
    EXPECT_TRUE(request) << request.error().message();
    return request ? request->url : "";
}

boost::system::error_code refusal(
    const outbound_message& what, const channel_settings& channel = ceibas
) {
    const auto request = render(what, channel);
    EXPECT_FALSE(request) << request->url;
    return request ? boost::system::error_code{} : request.error();
}

TEST(verify, asks_for_the_secret_in_the_path) {
    EXPECT_TRUE(verify({.path = "/webhooks/sms/c7f3"}, ceibas));
    EXPECT_FALSE(verify({.path = "/webhooks/sms/c7f4"}, ceibas));
    EXPECT_FALSE(verify({.path = "/webhooks/sms/c7f"}, ceibas));
    EXPECT_FALSE(verify({.path = "/webhooks/sms/"}, ceibas));
    EXPECT_FALSE(verify({.path = "/webhooks/sms", .query = "c7f3"}, ceibas));
    EXPECT_FALSE(verify({.path = "c7f3"}, ceibas));
    auto open = ceibas;
    open.path_secret.clear();
    EXPECT_FALSE(verify({.path = "/webhooks/sms/"}, open)) << "no secret lets nobody in";
}

TEST(addresses, are_what_the_operator_pastes) {
    EXPECT_EQ(
        message_url(ceibas).value(),
        "http://127.0.0.1:8899/webhooks/sms/c7f3?from=%p&to=%P&ts=%T&id=%I&smsc=%i&coding=%c"
        "&charset=%C&udh=%u&text=%b"
    );
    EXPECT_EQ(
        report_url("01HZX", ceibas).value(),
        "http://127.0.0.1:8899/webhooks/sms/c7f3?mid=01HZX&type=%d&fid=%F&ts=%T&smsc=%i&reply=%A"
    );
}

TEST(addresses, hold_nothing_kannel_would_take_for_an_escape) {
    for (const auto* id : {"", "a b", "a%Cb", "a&b", "ñ", "a/b"}) {
        EXPECT_EQ(report_url(id, ceibas).error(), errc::bad_callback) << id;
    }
    EXPECT_EQ(report_url(std::string(129, 'a'), ceibas).error(), errc::bad_callback);
    for (const auto* base :
         {"", "127.0.0.1/webhooks", "http://h/%43", "http://h/a?b=c", "http://h/#"}) {
        auto odd = ceibas;
        odd.callback_url = base;
        EXPECT_EQ(message_url(odd).error(), errc::bad_callback) << base;
    }
    auto odd = ceibas;
    odd.path_secret = "a/b";
    EXPECT_EQ(message_url(odd).error(), errc::bad_callback);
}

TEST(parse, a_message_is_what_she_typed) {
    const auto message = only<inbound_message>("message_text");
    EXPECT_EQ(message.channel, "sms");
    EXPECT_EQ(message.id, "a5082004-ad5f-4f95-9a2c-e4eb0a277266");
    EXPECT_EQ(message.sent_at, from_millis(1'795'472'273'000));
    EXPECT_EQ(message.from, (std::vector{identity{identity_kind::phone, "+50212345678"}}));
    EXPECT_EQ(said("message_text"), "SALDO");
    EXPECT_EQ(said("message_empty"), "");
}

TEST(parse, every_coding_becomes_utf8) {
    EXPECT_EQ(said("message_emoji"), "Hola 😀");
    EXPECT_EQ(said("message_not_recoded"), "Hola😀");
    EXPECT_EQ(said("message_latin1"), "Señal");
    const auto binary = only<inbound_message>("message_binary");
    EXPECT_EQ(std::get<unsupported_content>(binary.content).what, "binary SMS");
}

TEST(parse, a_part_bearerbox_did_not_join_is_a_part) {
    const auto read = parse(sample("message_part"), ceibas, noon);
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->events.empty());
    ASSERT_EQ(read->parts.size(), 1U);
    const auto& part = read->parts[0];
    EXPECT_EQ(part.reference, 42);
    EXPECT_EQ(part.total, 2);
    EXPECT_EQ(part.number, 2);
    EXPECT_EQ(part.to, "4040");
    EXPECT_EQ(std::get<typed_text>(part.message.content).text, " segunda parte");
}

TEST(parse, nobody_answers_a_name_or_a_short_code) {
    const auto notice = only<channel_notice>("message_from_name");
    EXPECT_EQ(notice.channel, "sms");
    EXPECT_EQ(notice.field, "sender");
    EXPECT_THAT(notice.summary, Not(HasSubstr("CLARO")));
    EXPECT_THAT(notice.raw_json, HasSubstr("CLARO"));
}

struct reported {
    const char* sample;
    delivery_status status;
    const char* message_id;
    int code{};
    const char* details{""};
};
class report_test : public testing::TestWithParam<reported> {};

TEST_P(report_test, says_what_became_of_our_message) {
    const auto& expected = GetParam();
    const auto status = only<status_update>(expected.sample);
    EXPECT_EQ(status.callback_data, "01HZX");
    EXPECT_EQ(status.status, expected.status);
    EXPECT_EQ(status.message_id, expected.message_id);
    ASSERT_EQ(status.errors.size(), expected.code == 0 ? 0U : 1U);
    if (expected.code != 0) {
        EXPECT_EQ(status.errors[0].code, expected.code);
        EXPECT_EQ(status.errors[0].details, expected.details);
    }
}

INSTANTIATE_TEST_SUITE_P(
    every_bit_of_the_mask,
    report_test,
    testing::Values(
        reported{
            "report_delivered", delivery_status::delivered, "329d617e-864f-4dab-a156-37b8ae7000e3"},
        reported{
            "report_undelivered",
            delivery_status::failed,
            "3F2A01",
            2,
            "undelivered: UNDELIV, error 011"},
        reported{"report_buffered", delivery_status::sent, "3F2A01"},
        reported{"report_accepted", delivery_status::sent, ""},
        reported{
            "report_rejected", delivery_status::failed, "", 16, "rejected by the SMSC, error 11"}
    ),
    [](const auto& one) { return std::string{one.param.sample}; }
);

TEST(parse, a_report_has_the_time_kannel_named) {
    EXPECT_EQ(only<status_update>("report_buffered").at, from_millis(1'795'472'290'000));
    EXPECT_EQ(only<status_update>("report_delivered").at, noon) << "no ts in it";
}

TEST(parse, a_report_without_a_time_has_the_clocks) {
    for (const auto* query : {"mid=01HZX&type=1", "mid=01HZX&type=1&ts=0", "mid=01HZX&type=1&ts=x"}) {
        const auto read = parse(query, ceibas, noon);
        ASSERT_TRUE(read) << query;
        EXPECT_EQ(std::get<status_update>(read->events.at(0)).at, noon) << query;
    }
}

TEST(parse, what_makes_no_sense_is_told) {
    EXPECT_THAT(malformed_of("from=50212345678&ts=1795472273&text=a"), HasSubstr("id=%I"));
    EXPECT_THAT(malformed_of("from=50212345678&id=a&text=a"), HasSubstr("ts=%T"));
    EXPECT_THAT(malformed_of("from=50212345678&id=a&ts=0&text=a"), HasSubstr("ts=%T"));
    EXPECT_THAT(malformed_of("from=50212345678&id=a&ts=9999999999999&text=a"), HasSubstr("ts=%T"));
    EXPECT_THAT(malformed_of("mid=01HZX&type=3"), HasSubstr("kind"));
    EXPECT_THAT(malformed_of("mid=01HZX&type="), HasSubstr("kind"));
    EXPECT_THAT(malformed_of("type=1"), HasSubstr("our id"));
    for (const auto* query : {"", "a=b", "from=50212345678", "text=a", "from=%zz&text=a"}) {
        EXPECT_EQ(parse(query, ceibas, noon).error(), errc::not_kannel) << query;
    }
}

TEST(parse, a_receipts_quotation_of_the_message_is_not_taken) {
    const auto read = parse("mid=a&type=2&reply=stat%3A12345678901234567890+text%3AMaria", ceibas, noon);
    ASSERT_TRUE(read);
    const auto& status = std::get<status_update>(read->events.at(0));
    EXPECT_EQ(status.errors.at(0).details, "undelivered: 1234567890");
}

TEST(render, a_text_of_the_alphabet_goes_as_it_is) {
    const auto request = render(to_rosa(say_text{.text = "Tu saldo es Q250"}), ceibas);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "GET");
    EXPECT_EQ(request->body, "");
    EXPECT_EQ(
        request->url,
        "http://127.0.0.1:13013/cgi-bin/sendsms?username=gw&password=gw%26pw&smsc=FAKE1&from=4040"
        "&to=%2B50212345678&text=Tu%20saldo%20es%20Q250&dlr-mask=31&dlr-url=http%3A%2F%2F127.0.0.1"
        "%3A8899%2Fwebhooks%2Fsms%2Fc7f3%3Fmid%3D01HZX%26type%3D%25d%26fid%3D%25F%26ts%3D%25T"
        "%26smsc%3D%25i%26reply%3D%25A"
    );
}

TEST(render, what_the_alphabet_has_not_is_spelt_or_sent_as_ucs2) {
    EXPECT_THAT(url_of("María"), HasSubstr("&text=Maria&dlr-mask"));
    EXPECT_THAT(url_of("привет"), HasSubstr("&coding=2&charset=UTF-8&dlr-mask"));
    auto exact = ceibas;
    exact.spelling = sms_spelling::as_written;
    EXPECT_THAT(url_of("María", exact), HasSubstr("&text=Mar%C3%ADa&coding=2&charset=UTF-8"));
    EXPECT_THAT(url_of("mañana", exact), Not(HasSubstr("coding")));
}

TEST(render, choices_are_numbered_lines) {
    const auto request = render(
        to_rosa(say_text{
            .text = "Paga?", .choices = {{.id = "y", .title = "Si"}, {.id = "n", .title = "No"}}}),
        ceibas
    );
    ASSERT_TRUE(request);
    EXPECT_THAT(request->url, HasSubstr("&text=Paga%3F%0A%0A1.%20Si%0A2.%20No&"));
}

TEST(render, a_menu_is_spelt_whole_its_rows_included) {
    const say_text menu{
        .text = "¿En qué le ayudo?",
        .choices = {
            {.id = "a", .title = "Crédito próximo"},
            {.id = "b", .title = "Atención…", .description = "Lun–Vie, sáb"}}};
    const auto request = render(to_rosa(menu), ceibas);
    ASSERT_TRUE(request);
    EXPECT_THAT(request->url, HasSubstr("1.%20Cr%C3%A9dito%20proximo%0A2.%20Atencion...%20-%20Lun-Vie"));
    EXPECT_THAT(request->url, Not(HasSubstr("coding=2")));
}

TEST(render, route_and_validity_are_said_where_they_are_set) {
    auto other = ceibas;
    other.smsc.clear();
    other.validity = 12h;
    other.dlr_mask = 27;
    other.from = "MicroBanco";
    const auto url = url_of("hola", other);
    EXPECT_THAT(url, HasSubstr("&password=gw%26pw&from=MicroBanco&to="));
    EXPECT_THAT(url, HasSubstr("&validity=720&dlr-mask=27&"));
}

TEST(render, what_cannot_be_sent_is_refused) {
    EXPECT_EQ(refusal(to_rosa(say_text{})), errc::empty_content);
    EXPECT_EQ(refusal(to_rosa(say_text{.text = "🙏"})), errc::empty_content) << "spelt away";
    EXPECT_EQ(refusal(to_rosa(send_reaction{.emoji = "👍"})), errc::not_possible);
    EXPECT_EQ(refusal(to_rosa(say_text{.text = std::string(6 * 153 + 1, 'a')})), errc::too_long);
    EXPECT_THAT(url_of(std::string(6 * 153, 'a')), HasSubstr("aaa&dlr-mask"));
    auto what = to_rosa(say_text{.text = "a"});
    what.callback_data = "a b";
    EXPECT_EQ(refusal(what), errc::bad_callback);
    what = to_rosa(say_text{.text = "a"});
    what.to.to.value = "50212345678";
    EXPECT_EQ(refusal(what), errc::bad_recipient);
    what.to.to = {identity_kind::bsuid, "GT.123"};
    EXPECT_EQ(refusal(what), errc::bad_recipient);
    auto odd = ceibas;
    odd.from = "Banco de la Montaña";
    EXPECT_EQ(refusal(to_rosa(say_text{.text = "a"}), odd), errc::bad_sender);
    for (int code = 1; code <= 7; ++code) {
        const auto words = make_error_code(static_cast<errc>(code)).message();
        EXPECT_THAT(words, Not(EndsWith("unknown error")));
    }
}

struct answered {
    unsigned status;
    const char* body;
    adapters::reaction expected;
    int tries_max{};
};
class answer_test : public testing::TestWithParam<answered> {};

TEST_P(answer_test, has_its_reaction) {
    const auto& [status, body, expected, tries_max] = GetParam();
    const auto judged = judge({.status = status, .body = body});
    EXPECT_EQ(judged.reaction, expected);
    EXPECT_EQ(judged.tries_max, tries_max);
    EXPECT_NE(judged.reason, "");
    EXPECT_EQ(judged.provider_id, "") << "Kannel names none";
}

INSTANTIATE_TEST_SUITE_P(
    of_sendsms,
    answer_test,
    testing::Values(
        answered{202, "0: Accepted for delivery", accepted},
        answered{202, "3: Queued for later delivery", accepted},
        answered{400, "Empty receiver number not allowed, rejected", refuse},
        answered{400, "Number(s) has/have been denied by white- and/or black-lists.", refuse},
        answered{400, "Invalid content-type", refuse},
        answered{401, "", stop_channel},
        answered{403, "Authorization failed for sendsms", stop_channel},
        answered{404, "", stop_channel},
        answered{429, "", slow_channel, 1'000},
        answered{503, "Temporal failure, try again later.", retry, 5},
        answered{500, "", unsure},
        answered{418, "", refuse},
        answered{200, "<html>", ask_operator},
        answered{202, "", ask_operator}
    ),
    [](const auto& one) {  // "202_0_Accepted_for_delivery_accepted"
        std::string words{one.param.body};
        for (auto& letter : words) {
            if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
        }
        return std::to_string(one.param.status) + "_" + words + "_" + name_of(one.param.expected);
    }
);

TEST(judge, waits_as_long_as_it_is_told) {
    EXPECT_EQ(judge({.status = 503, .body = "", .retry_after = "30"}).after, 30s);
    EXPECT_EQ(judge({.status = 403, .body = "", .retry_after = "30"}).after, 0s);
}

TEST(reaction_to, a_failed_report_says_what_to_do) {
    EXPECT_EQ(reaction_to(dlr_undelivered).reaction, unreachable);
    EXPECT_EQ(reaction_to(dlr_rejected).reaction, refuse);
    EXPECT_EQ(reaction_to(99).reaction, refuse);
}

}  // namespace
}  // namespace tertulia::adapters::kannel
