// The page of an address nobody remembers speaks her language as far as her browser tells it.

#include "gateway/documents/pin_page.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tertulia::gateway {
namespace {

const std::vector<language_tag> spoken{"es", "en", "fr"};

TEST(pin_page, an_address_gone_is_told_in_the_language_her_browser_wants_first) {
    EXPECT_EQ(page_language("fr-FR,fr;q=0.9,en;q=0.8", spoken), "fr");
    EXPECT_EQ(page_language("quc, en;q=0.7, es;q=0.5", spoken), "en");
    EXPECT_EQ(page_language("es-GT", spoken), "es");
    EXPECT_EQ(page_language("fr", std::vector<language_tag>{"es-GT", "fr-CA"}), "fr-CA");
}

TEST(pin_page, what_no_browser_says_is_our_first_language) {
    for (const auto* odd : {"", "*", ",,,;;", "-", " ", "quc", "xx,yy,zz,aa,bb,cc,dd,ee,fr"}) {
        EXPECT_EQ(page_language(odd, spoken), "es") << odd;
    }
    EXPECT_EQ(page_language("en" + std::string(100'000, ','), spoken), "en");
    EXPECT_EQ(page_language("en", {}), "");
}

}  // namespace
}  // namespace tertulia::gateway
