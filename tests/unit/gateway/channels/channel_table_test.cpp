// Whoever carries a message, the gateway asks its channel, and only that one.

#include "gateway/channels/channel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace tertulia::gateway {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::vector<channel_config> one_of_each() {
    adapters::whatsapp_cloud::channel_settings whatsapp;
    whatsapp.name = "wa";
    whatsapp.phone_number_id = "1";
    adapters::twilio::channel_settings twilio;
    twilio.name = "tw";
    twilio.account_sid = "AC00000000000000000000000000000001";
    twilio.auth_tokens = {"token"};
    twilio.from = "+15005550006";
    adapters::infobip::channel_settings infobip;
    infobip.name = "ib";
    infobip.sender = "4040";
    infobip.path_secret = "0123456789abcdef";
    infobip.api_base = "https://x.api.infobip.com";
    adapters::vonage::channel_settings vonage;
    vonage.name = "vo";
    vonage.from = "15005550006";
    adapters::africas_talking::channel_settings africas_talking;
    africas_talking.name = "at";
    africas_talking.path_secret = "0123456789abcdef";
    adapters::kannel::channel_settings kannel;
    kannel.name = "ka";
    kannel.from = "4040";
    kannel.path_secret = "0123456789abcdef";
    kannel.callback_url = "http://127.0.0.1:8080/webhooks/ka";
    std::vector<channel_config> all;
    const auto add = [&](const std::string& name, provider_settings settings) {
        channel_config made{};
        made.name = name;
        made.provider = std::move(settings);
        all.push_back(std::move(made));
    };
    add("wa", whatsapp);
    add("tw", twilio);
    add("ib", infobip);
    add("vo", vonage);
    add("at", africas_talking);
    add("ka", kannel);
    adapters::smpp::channel_settings smpp;
    smpp.name = "sm";
    add("sm", smpp);
    return all;
}

outbound_message hello(const std::string& channel) {
    outbound_message made;
    made.to = {channel, {identity_kind::phone, "+50255500101"}};
    made.callback_data = "7";
    made.content = say_text{.text = "Hola"};
    return made;
}

TEST(channel_table, a_message_is_rendered_by_the_channel_it_goes_out_on) {
    const channel_table table{one_of_each()};
    const std::pair<const char*, const char*> wanted[]{
        {"wa", "https://graph.facebook.com/"},
        {"tw", "https://api.twilio.com/"},
        {"ib", "https://x.api.infobip.com/"},
        {"vo", "https://"},
        {"at", "https://api.africastalking.com/"},
        {"ka", "http://127.0.0.1:13013/cgi-bin/sendsms?"}};
    for (const auto& [name, url] : wanted) {
        const auto* to = table.find(name);
        ASSERT_NE(to, nullptr) << name;
        const auto request = to->by_http()->render(hello(name));
        ASSERT_TRUE(request) << name << ": " << request.error().message();
        EXPECT_THAT(request->url, StartsWith(url));
    }
}

TEST(channel_table, its_provider_calls_an_address_of_its_own_below_its_secret_where_it_has_one) {
    metrics counts;
    inbox to{10};
    const channel_table table{one_of_each()};
    const endpoint_parts parts{.to = to, .counts = counts, .clock = [] { return instant{}; }};
    const std::pair<const char*, const char*> wanted[]{
        {"wa", "/webhooks/wa"},
        {"tw", "/webhooks/tw"},
        {"ib", "/webhooks/ib/*"},
        {"vo", "/webhooks/vo"},
        {"at", "/webhooks/at/*"},
        {"ka", "/webhooks/ka/*"}};
    for (const auto& [name, path] : wanted) {
        const auto routes = table.find(name)->routes(parts);
        EXPECT_FALSE(routes.empty()) << name;
        EXPECT_TRUE(std::ranges::all_of(routes, [&](const auto& one) { return one.path == path; }))
            << name;
    }
}

TEST(channel_table, what_no_channel_carries_stays_whole) {
    const channel_table table{one_of_each()};
    EXPECT_EQ(table.find("fax"), nullptr);
    EXPECT_EQ(table.split(hello("fax")).size(), 1U);
    auto lengthy = hello("tw");
    lengthy.content = say_text{.text = std::string(3'000, 'a')};
    EXPECT_GT(table.split(lengthy).size(), 1U);
}

TEST(channel_table, an_answer_means_what_its_provider_means_by_it) {
    const channel_table table{one_of_each()};
    EXPECT_EQ(
        table.find("ka")->by_http()->judge({.status = 202, .body = "0: Accepted for delivery"}).reaction,
        adapters::reaction::accepted
    );
    EXPECT_EQ(
        table.find("ka")->by_http()->judge({.status = 403, .body = "Authorization failed"}).reaction,
        adapters::reaction::stop_channel
    );
    const auto busy = table.find("tw")->by_http()->judge(
        {.status = 429, .body = R"({"code":20429,"message":"Too Many Requests","status":429})"}
    );
    EXPECT_NE(busy.reaction, adapters::reaction::accepted);
    EXPECT_NE(busy.reaction, adapters::reaction::refuse);
}

TEST(channel_table, only_whatsapp_shows_that_it_reads_and_only_as_configured) {
    using adapters::whatsapp_cloud::reading_shown;
    auto all = one_of_each();
    auto& settings = std::get<adapters::whatsapp_cloud::channel_settings>(all.front().provider);
    const auto body_with = [&](reading_shown shows) {
        settings.shows = shows;
        const auto made = channel_table{all}.find("wa")->read_mark("wamid.X");
        return made ? made->body : std::string{};
    };
    EXPECT_THAT(body_with(reading_shown::typing), HasSubstr("typing_indicator"));
    EXPECT_THAT(body_with(reading_shown::read), HasSubstr("\"status\":\"read\""));
    EXPECT_THAT(body_with(reading_shown::read), testing::Not(HasSubstr("typing_indicator")));
    EXPECT_EQ(body_with(reading_shown::nothing), "");
    settings.shows = reading_shown::typing;
    EXPECT_FALSE(channel_table{all}.find("wa")->read_mark(""));  // nothing to be read
    EXPECT_FALSE(channel_table{all}.find("tw")->read_mark("SM1"));
    EXPECT_FALSE(channel_table{all}.find("ka")->read_mark("1"));
}

TEST(channel_table, only_who_hands_files_over_is_asked_for_them) {
    const channel_table table{one_of_each()};
    EXPECT_EQ(table.find("wa")->begin_media({.id = "9"}).next, adapters::media_next::call);
    const auto none = table.find("ka")->begin_media({.id = "9"});
    EXPECT_EQ(none.next, adapters::media_next::lost);
    EXPECT_FALSE(none.resend);  // that she sends it again helps nobody
}

}  // namespace
}  // namespace tertulia::gateway
