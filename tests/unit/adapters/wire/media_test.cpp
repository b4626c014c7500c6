// Our credentials go to a provider's hosts and nowhere else.

#include "adapters/wire/media.hpp"

#include <gtest/gtest.h>

namespace tertulia::adapters {
namespace {

const std::vector<std::string_view> hosts{"fbsbx.com"};
constexpr auto base = "https://graph.facebook.com";

TEST(media, the_host_of_an_address_is_read_without_its_surroundings) {
    EXPECT_EQ(host_of_url("https://Lookaside.FBSBX.com/a?b=c"), "lookaside.fbsbx.com");
    EXPECT_EQ(host_of_url("http://127.0.0.1:8080/media/x"), "127.0.0.1:8080");
    EXPECT_EQ(host_of_url("https://fbsbx.com"), "fbsbx.com");
    for (const auto* none :
         {"", "ftp://fbsbx.com/", "fbsbx.com/x", "https://a@fbsbx.com/", "https://fbsbx.com/ x",
          "https://fbsbx.com\\@evil.example/", "javascript:alert(1)"}) {
        EXPECT_EQ(host_of_url(none), "") << none;
    }
}

TEST(media, only_https_below_a_listed_host_or_the_api_itself_is_allowed) {
    EXPECT_TRUE(is_host_allowed("https://lookaside.fbsbx.com/x", base, hosts));
    EXPECT_TRUE(is_host_allowed("https://fbsbx.com/x", base, hosts));
    EXPECT_TRUE(is_host_allowed("https://graph.facebook.com/x", base, hosts));
    EXPECT_TRUE(is_host_allowed("http://127.0.0.1:9/x", "http://127.0.0.1:9", hosts));
    for (const auto* foreign :
         {"http://lookaside.fbsbx.com/x", "https://evilfbsbx.com/x", "https://fbsbx.com.evil.example/",
          "https://evil.example/fbsbx.com", "https://fbsbx.com:444/", "https://fbsbx.com@evil.example/",
          "http://graph.facebook.com/x", ""}) {
        EXPECT_FALSE(is_host_allowed(foreign, base, hosts)) << foreign;
    }
}

TEST(media, trouble_that_passes_is_told_from_the_end) {
    for (const auto status : {401U, 403U, 404U, 408U, 410U, 429U, 500U, 503U, 302U}) {
        EXPECT_EQ(media_refused(status).next, media_next::again) << status;
    }
    for (const auto status : {400U, 405U, 451U}) {
        EXPECT_EQ(media_refused(status).next, media_next::lost) << status;
    }
}

}  // namespace
}  // namespace tertulia::adapters
