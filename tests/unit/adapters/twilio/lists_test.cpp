// What Twilio has on record, and files: read with our credentials from nowhere but Twilio.

#include "corpus.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters::twilio {
namespace {

using namespace std::chrono;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

const std::string account = "/2010-04-01/Accounts/AC00000000000000000000000000000001";

TEST(twilio_list, the_first_page_asks_since_when) {
    const auto request = render_list_request(noon, "", sms_channel());
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "GET");
    EXPECT_EQ(
        request->url,
        "https://twilio.example" + account +
            "/Messages.json?DateSent%3E=2026-11-23T12%3A00%3A00Z&PageSize=100"
    );
    EXPECT_THAT(request->headers.at(0).second, StartsWith("Basic "));
    EXPECT_EQ(request->body, "");
}

TEST(twilio_list, a_page_gives_what_came_and_what_went) {
    const auto page = parse_list(sample("list_page.json"), sms_channel());
    ASSERT_TRUE(page);
    ASSERT_THAT(page->received, SizeIs(2)) << "WhatsApp's is another channel's";
    const auto& message = page->received[0];
    EXPECT_EQ(message.id, "SM00000000000000000000000000000090");
    EXPECT_EQ(message.sent_at, sys_days{2026y / 11 / 23} + 22h);
    EXPECT_THAT(message.from, ElementsAre(identity{identity_kind::phone, "+50255550101"}));
    EXPECT_EQ(std::get<typed_text>(message.content).text, "SALDO");
    EXPECT_EQ(std::get<unknown_content>(page->received[1].content).type, listed_media);

    ASSERT_THAT(page->sent, SizeIs(3));
    EXPECT_EQ(page->sent[0].id, "SM00000000000000000000000000000091");
    EXPECT_EQ(page->sent[0].text, "Su cuota vence hoy");
    EXPECT_EQ(page->sent[0].status, delivery_status::delivered);
    EXPECT_EQ(page->sent[0].to, (identity{identity_kind::phone, "+50255550101"}));
    EXPECT_EQ(page->sent[1].error_code, 30005);
    EXPECT_FALSE(page->sent[2].status) << "a status this version does not know";
    ASSERT_THAT(page->statuses, SizeIs(2));
    EXPECT_EQ(page->statuses[1].status, delivery_status::failed);
    EXPECT_EQ(page->statuses[1].errors.at(0).code, 30005);
    EXPECT_THAT(page->malformed, SizeIs(5)) << "none of them takes another row with it";
}

TEST(twilio_list, other_numbers_of_the_account_are_nobodys_of_this_channel) {
    auto channel = sms_channel();
    channel.from = "+15005550007";
    channel.messaging_service_sid.clear();
    const auto page = parse_list(sample("list_page.json"), channel);
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->received.empty());
    EXPECT_TRUE(page->sent.empty());
    EXPECT_TRUE(page->statuses.empty());
}

TEST(twilio_list, pages_follow_until_the_last) {
    const auto page = parse_list(sample("list_page.json"), sms_channel());
    const auto next = render_list_request(noon, page.value().next_page, sms_channel());
    ASSERT_TRUE(next);
    EXPECT_EQ(next->url, "https://twilio.example" + page->next_page);
    EXPECT_EQ(parse_list(sample("list_last_page.json"), sms_channel()).value().next_page, "");
}

TEST(twilio_list, a_page_elsewhere_is_not_followed) {
    for (const auto* page :
         {"https://evil.example/",
          "@evil.example/",
          "/2010-04-01/Accounts/AC9/Messages.json?x",
          "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json?\r\nX: y"}) {
        EXPECT_EQ(render_list_request(noon, page, sms_channel()).error(), errc::bad_page) << page;
    }
    const auto body = R"({"messages":[],"next_page_uri":"//evil.example/"})";
    EXPECT_EQ(parse_list(body, sms_channel()).error(), errc::bad_page);
}

TEST(twilio_list, what_is_no_list_is_refused) {
    for (const auto* body : {"", "{}", "[]", R"({"messages":{}})", "<html>"}) {
        EXPECT_EQ(parse_list(body, sms_channel()).error(), errc::not_a_list) << body;
        EXPECT_EQ(parse_media_list(body, {}, sms_channel()).error(), errc::not_a_list) << body;
    }
}

TEST(twilio_list, media_of_a_listed_message_are_looked_up) {
    const auto page = parse_list(sample("list_page.json"), sms_channel());
    const auto& message = page.value().received.at(1);
    EXPECT_EQ(
        render_media_list_request(message.id, sms_channel()).url,
        "https://twilio.example" + account +
            "/Messages/SM00000000000000000000000000000093/Media.json"
    );
    const auto all = parse_media_list(sample("media_list.json"), message, sms_channel());
    ASSERT_THAT(all.value(), SizeIs(2)) << "another account's is left out";
    EXPECT_EQ(all->at(0).id, message.id);
    EXPECT_EQ(all->at(1).id, message.id + "/1");
    const auto& picture = std::get<received_media>(all->at(0).content);
    EXPECT_EQ(picture.kind, media_kind::image);
    EXPECT_EQ(picture.caption, "Mi boleta");
    EXPECT_TRUE(fetch_media_request(picture.url, sms_channel()));
    EXPECT_EQ(std::get<received_media>(all->at(1).content).caption, "");
}

TEST(twilio_media, is_fetched_with_credentials_from_twilio_alone) {
    const auto request =
        fetch_media_request("https://api.twilio.com" + account + "/Media/ME1", sms_channel());
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "GET");
    EXPECT_THAT(request->headers.at(0).second, StartsWith("Basic "));
    for (const auto* url :
         {"https://evil.example/x",
          "http://api.twilio.com/x",
          "https://api.twilio.com@evil.example/",
          "https://api.twilio.com.evil.example/",
          "https://api.twilio.com:8443/x",
          "https://",
          "https://api.twilio.com\\@evil.example/",
          "https://api.twilio.com/a b",
          "https://evil.example/?https://api.twilio.com/",
          ""}) {
        EXPECT_FALSE(fetch_media_request(url, sms_channel())) << url;
    }
}

}  // namespace
}  // namespace tertulia::adapters::twilio
