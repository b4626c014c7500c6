// The walk to a file on Meta's side: a fresh address, the file with the token, and never the token
// anywhere else.

#include "adapters/whatsapp_cloud/media.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

const channel_settings channel{
    .name = "whatsapp", .phone_number_id = "1065", .access_token = "secret"};

constexpr auto about =
    R"({"messaging_product":"whatsapp","url":"https://lookaside.fbsbx.com/a?mid=9&hash=x",)"
    R"("mime_type":"image/jpeg","sha256":"00ff","file_size":303833,"id":"9"})";

media_step asked(std::string id = "9") { return begin_media({.id = std::move(id)}, channel); }
media_step after(const media_step& before, unsigned status, std::string_view body = {},
                 std::string_view location = {}) {
    return go_on_with_media(
        before, {.status = status, .body = body, .location = location}, channel
    );
}

TEST(whatsapp_media, a_fresh_address_is_asked_for_by_id) {
    const auto step = asked();
    EXPECT_EQ(step.next, media_next::call);
    EXPECT_FALSE(step.file);
    EXPECT_EQ(step.call.method, "GET");
    EXPECT_EQ(step.call.url, "https://graph.facebook.com/v25.0/9?phone_number_id=1065");
    EXPECT_THAT(step.call.headers, ElementsAre(Pair("Authorization", "Bearer secret")));
}

TEST(whatsapp_media, the_file_is_fetched_from_metas_host_with_the_token) {
    const auto step = after(asked(), 200, about);
    EXPECT_EQ(step.next, media_next::call);
    EXPECT_TRUE(step.file);
    EXPECT_EQ(step.call.url, "https://lookaside.fbsbx.com/a?mid=9&hash=x");
    EXPECT_THAT(step.call.headers, ElementsAre(Pair("Authorization", "Bearer secret")));
    EXPECT_EQ(step.mime_type, "image/jpeg");
    EXPECT_EQ(step.sha256, "00ff");
    EXPECT_EQ(step.bytes, 303833);
    const auto whole = after(step, 200);
    EXPECT_EQ(whole.next, media_next::whole);
    EXPECT_EQ(whole.sha256, "00ff");
}

TEST(whatsapp_media, a_redirection_is_followed_without_the_token_and_only_within_meta) {
    const auto step = after(asked(), 200, about);
    const auto led = after(step, 302, {}, "https://scontent.fbcdn.net/v/x");
    EXPECT_EQ(led.next, media_next::call);
    EXPECT_TRUE(led.file);
    EXPECT_EQ(led.call.url, "https://scontent.fbcdn.net/v/x");
    EXPECT_THAT(led.call.headers, IsEmpty());
    EXPECT_EQ(led.bytes, 303833);
    EXPECT_EQ(after(step, 302, {}, "https://evil.example/x").next, media_next::lost);
    EXPECT_EQ(after(step, 302, {}, "http://scontent.fbcdn.net/v/x").next, media_next::lost);
    EXPECT_EQ(after(step, 302).next, media_next::lost);
    auto turning = step;
    int hops = 0;
    for (; turning.next == media_next::call && hops < 20; ++hops) {
        turning = after(turning, 302, {}, "https://scontent.fbcdn.net/v/x");
    }
    EXPECT_EQ(turning.next, media_next::again);
    EXPECT_LE(hops, media_hops_max);
}

TEST(whatsapp_media, an_address_elsewhere_never_gets_the_token) {
    for (const auto* url :
         {"https://evil.example/a", "http://lookaside.fbsbx.com/a", "https://fbsbx.com@evil.example/",
          "file:///etc/passwd", ""}) {
        const auto step =
            after(asked(), 200, std::string{R"({"url":")"} + url + R"(","mime_type":"image/png"})");
        EXPECT_EQ(step.next, media_next::lost) << url;
        EXPECT_THAT(step.call.headers, IsEmpty()) << url;
    }
}

TEST(whatsapp_media, what_meta_has_not_is_lost_and_what_may_pass_is_tried_again) {
    EXPECT_EQ(
        after(asked(), 400, R"({"error":{"code":100,"error_subcode":33}})").next, media_next::lost
    );
    EXPECT_EQ(after(asked(), 400, R"({"error":{"code":100}})").next, media_next::again);
    EXPECT_EQ(after(asked(), 401, R"({"error":{"code":190}})").next, media_next::again);
    EXPECT_EQ(after(asked(), 500).next, media_next::again);
    EXPECT_EQ(after(asked(), 429).next, media_next::again);
    EXPECT_EQ(after(asked(), 200, "not json").next, media_next::again);
    EXPECT_EQ(after(asked(), 200, "[]").next, media_next::again);
    EXPECT_EQ(after(asked(), 302, {}, "https://scontent.fbcdn.net/").next, media_next::again);
    const auto file = after(asked(), 200, about);
    EXPECT_EQ(after(file, 404).next, media_next::again);  // the address is over: a fresh one
    EXPECT_EQ(after(file, 410).next, media_next::again);
}

TEST(whatsapp_media, an_id_that_is_none_becomes_no_address) {
    for (const auto* id : {"", "../1065/messages", "9?x=y", "9/../8", "9 9"}) {
        EXPECT_EQ(asked(id).next, media_next::lost) << id;
    }
}

TEST(whatsapp_media, a_reason_holds_no_address_and_no_token) {
    for (const auto& step :
         {after(asked(), 200, R"({"url":"https://evil.example/a"})"), after(asked(), 500)}) {
        EXPECT_THAT(step.reason, testing::Not(HasSubstr("http")));
        EXPECT_THAT(step.reason, testing::Not(HasSubstr("secret")));
        EXPECT_FALSE(step.reason.empty());
    }
}

TEST(whatsapp_upload, a_file_goes_as_one_part_of_a_form) {
    const auto request = render_upload("\xFF\xD8\xFF", "image/jpeg", "card.jpg", channel);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, "https://graph.facebook.com/v25.0/1065/media");
    EXPECT_THAT(
        request.headers,
        ElementsAre(
            Pair("Authorization", "Bearer secret"),
            Pair("Content-Type", "multipart/form-data; boundary=tertulia-0-file")
        )
    );
    EXPECT_EQ(
        request.body,
        "--tertulia-0-file\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\n"
        "whatsapp\r\n"
        "--tertulia-0-file\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\n"
        "image/jpeg\r\n"
        "--tertulia-0-file\r\nContent-Disposition: form-data; name=\"file\"; "
        "filename=\"card.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\xFF\xD8\xFF\r\n"
        "--tertulia-0-file--\r\n"
    );
}

TEST(whatsapp_upload, no_file_can_end_its_own_part) {
    const auto request =
        render_upload("x\r\n--tertulia-0-file--\r\n", "application/pdf", "a\"b.pdf", channel);
    EXPECT_THAT(request.body, HasSubstr("--tertulia-1-file--"));
    EXPECT_THAT(request.body, testing::Not(HasSubstr("a\"b")));
}

TEST(whatsapp_upload, the_answer_names_the_file) {
    const auto given = judge_upload({.status = 200, .body = R"({"id":"901"})"});
    EXPECT_EQ(given.reaction, reaction::accepted);
    EXPECT_EQ(given.provider_id, "901");
    for (const auto* odd : {"{}", "", R"({"id":"../x"})", R"({"messages":[{"id":"w"}]})"}) {
        EXPECT_EQ(judge_upload({.status = 200, .body = odd}).reaction, reaction::refuse) << odd;
    }
}

TEST(whatsapp_upload, what_is_refused_has_the_reactions_of_a_message) {
    EXPECT_EQ(judge_upload({.status = 500, .body = ""}).reaction, reaction::retry);
    EXPECT_EQ(
        judge_upload({.status = 401, .body = R"({"error":{"code":190}})"}).reaction,
        reaction::stop_channel
    );
    EXPECT_EQ(
        judge_upload({.status = 400, .body = R"({"error":{"code":100}})"}).reaction,
        reaction::refuse
    );
    EXPECT_TRUE(blames_file(100) && blames_file(131053));
    EXPECT_FALSE(blames_file(131026) || blames_file(0));
}

}  // namespace
}  // namespace tertulia::adapters::whatsapp_cloud
