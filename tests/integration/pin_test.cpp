// A PIN is set on a page behind an address that is good once; and while a person is only waited for,
// a PIN that is typed is told to nobody.

#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace tertulia::integration {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr auto rosa = "50255500101";
constexpr auto her_pin = "482915";

http_answer form(const gateway& house, const std::string& path, const std::string& body) {
    const auto got = ask(
        house.port(), "POST", path, {{"Content-Type", "application/x-www-form-urlencoded"}}, body
    );
    return got.value_or(http_answer{});
}

bool she_hears(const town& here, std::string_view words) {
    return soon([&] {
        const auto all = here.meta.to(rosa);
        return !all.empty() && all.back().text.find(words) != std::string::npos;
    });
}

TEST(pin, is_set_on_a_page_behind_an_address_that_is_good_once) {
    town here{{.demo = true, .own_clock = true}};
    here.says(rosa, "saldo", 2);
    here.house.hears(text_message(rosa, her_pin));
    ASSERT_TRUE(soon([&] { return here.meta.to(rosa).size() >= 4; }));
    here.house.hears(text_message(rosa, "cambiar pin"));
    ASSERT_TRUE(she_hears(here, "/pin/"));
    const auto text = here.meta.to(rosa).back().text;
    const auto path = text.substr(text.rfind("/pin/"));
    EXPECT_THAT(text, HasSubstr("http://127.0.0.1:" + std::to_string(here.house.port()) + path));

    const auto page = ask(here.house.port(), "GET", path);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->status, 200);
    EXPECT_THAT(page->body, HasSubstr("<html lang=\"es\">"));
    EXPECT_EQ(page->headers.at("cache-control"), "no-store");
    EXPECT_EQ(page->headers.at("referrer-policy"), "no-referrer");
    EXPECT_THAT(page->headers.at("content-security-policy"), HasSubstr("default-src 'none'"));
    EXPECT_THAT(form(here.house, path, "pin=111111&again=111111").body, HasSubstr("repite"));
    EXPECT_THAT(form(here.house, path, "pin=123456&again=123456").body, HasSubstr("seguidos"));
    EXPECT_THAT(form(here.house, path, "pin=70481&again=70481").body, HasSubstr("6 números"));
    EXPECT_THAT(form(here.house, path, "pin=704813&again=704831").body, HasSubstr("no son iguales"));
    EXPECT_THAT(form(here.house, path, "nonsense").body, HasSubstr("6 números"));
    EXPECT_THAT(form(here.house, path, "pin=704813&again=704813").body, HasSubstr("quedó guardado"));
    EXPECT_TRUE(she_hears(here, "su PIN nuevo ya vale"));
    EXPECT_EQ(form(here.house, path, "pin=704813&again=704813").status, 404);
    const auto gone = ask(here.house.port(), "GET", path);
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->status, 404);
    for (const auto& one : here.meta.to(rosa)) EXPECT_THAT(one.text, Not(HasSubstr("704813")));
}

TEST(pin, at_night_after_a_complaint_she_is_served_and_her_pin_is_told_to_nobody) {
    town here{{.demo = true}};
    here.says(rosa, "queja", 2);
    here.house.hears(text_message(rosa, "1"));
    ASSERT_TRUE(she_hears(here, "tiene el número"));
    here.house.hears(text_message(rosa, "ver mi saldo"));
    ASSERT_TRUE(she_hears(here, "PIN"));
    here.house.hears(text_message(rosa, her_pin));
    ASSERT_TRUE(soon([&] {
        const auto all = here.meta.to(rosa);
        return std::any_of(all.begin(), all.end(), [](const said& one) {
            return one.text.find("2,790.00") != std::string::npos;
        });
    }));
    const auto listed = here.house.command({"case", "list"}).second;
    const auto shown =
        here.house.command({"case", "show", listed.substr(0, listed.find(' ')), "--by", "x"});
    EXPECT_EQ(shown.first, 0) << listed;
    EXPECT_THAT(shown.second, Not(HasSubstr(her_pin)));
}

}  // namespace
}  // namespace tertulia::integration
