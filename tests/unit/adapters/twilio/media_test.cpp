// Twilio's files: our credentials to Twilio, none to where it leads.

#include "adapters/twilio/media.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::adapters::twilio {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

const channel_settings channel{
    .name = "sms", .account_sid = "AC1", .auth_tokens = {"secret"}, .from = "+15005550006"};
constexpr auto url = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";

media_step begun() { return begin_media({.url = url}, channel); }
media_step after(const media_step& before, unsigned status, std::string_view location = {}) {
    return go_on_with_media(before, {.status = status, .location = location}, channel);
}

TEST(twilio_media, the_file_is_asked_for_with_our_credentials) {
    const auto step = begun();
    EXPECT_EQ(step.next, media_next::call);
    EXPECT_TRUE(step.file);
    EXPECT_EQ(step.call.url, url);
    ASSERT_THAT(step.call.headers, SizeIs(1));
    EXPECT_THAT(step.call.headers[0].second, StartsWith("Basic "));
    EXPECT_EQ(after(step, 200).next, media_next::whole);
}

TEST(twilio_media, a_signed_address_gets_no_credentials) {
    const auto led = after(begun(), 307, "https://mms.twiliocdn.com/AC1/x?Signature=y");
    EXPECT_EQ(led.next, media_next::call);
    EXPECT_THAT(led.call.headers, IsEmpty());
    EXPECT_EQ(after(led, 200).next, media_next::whole);
    EXPECT_EQ(
        after(begun(), 302, "https://s3-external-1.amazonaws.com/media.twiliocdn.com/x").next,
        media_next::call
    );
    EXPECT_EQ(after(begun(), 307, "https://evil.example/x").next, media_next::lost);
    EXPECT_EQ(after(begun(), 307, "http://mms.twiliocdn.com/x").next, media_next::lost);
}

TEST(twilio_media, an_address_elsewhere_is_not_asked) {
    EXPECT_EQ(begin_media({.url = "https://evil.example/x"}, channel).next, media_next::lost);
    EXPECT_EQ(begin_media({.url = ""}, channel).next, media_next::lost);
}

TEST(twilio_media, trouble_is_tried_again) {
    EXPECT_EQ(after(begun(), 404).next, media_next::again);
    EXPECT_EQ(after(begun(), 401).next, media_next::again);
    EXPECT_EQ(after(begun(), 503).next, media_next::again);
    EXPECT_EQ(after(begun(), 400).next, media_next::lost);
}

}  // namespace
}  // namespace tertulia::adapters::twilio
