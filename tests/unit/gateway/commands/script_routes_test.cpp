// The admin listener is inside, but a web page in an operator's browser is inside, too.

#include "gateway/commands/script_routes.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

TEST(script_routes, without_a_token_only_this_machine_may_publish) {
    for (const auto* here : {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"}) {
        EXPECT_TRUE(may_publish("", "", here)) << here;
    }
    for (const auto* there : {"", "10.0.0.7", "::ffff:10.0.0.7", "2001:db8::1", "1270.0.0.1"}) {
        EXPECT_FALSE(may_publish("", "", there)) << there;
    }
}

TEST(script_routes, with_a_token_only_who_shows_it_may) {
    constexpr auto token = "0123456789abcdef";
    EXPECT_TRUE(may_publish(token, "Bearer 0123456789abcdef", "10.0.0.7"));
    for (const auto* wrong :
         {"",
          "Bearer ",
          "0123456789abcdef",
          "Bearer 0123456789abcdeg",
          "Bearer 0123456789abcdef ",
          "bearer 0123456789abcdef"}) {
        EXPECT_FALSE(may_publish(token, wrong, "127.0.0.1")) << wrong;
    }
}

}  // namespace
}  // namespace tertulia::gateway
