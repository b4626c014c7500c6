// Where a PIN is set: an address nobody guesses, good for one PIN, ten minutes and ten tries; and the page.

#include "gateway/documents/pin_desk.hpp"
#include "gateway/documents/pin_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr instant now = from_millis(1'000'000);
const pin_desk::order hers{.client_id = "C1", .party = 7, .language = "es"};

TEST(pin_desk, is_opened_as_often_as_one_likes_and_used_once) {
    pin_desk desk;
    const auto token = desk.lay_out(hers, now);
    EXPECT_EQ(token.size(), 64U);
    EXPECT_TRUE(desk.look(token, now + 1min)) << "a preview takes nothing";
    const auto first = desk.attempt(token, now + 9min);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->client_id, "C1");
    EXPECT_EQ(first->party, 7);
    desk.used(token);
    EXPECT_FALSE(desk.look(token, now + 9min));
    EXPECT_FALSE(desk.attempt(token, now + 9min));
}

TEST(pin_desk, not_after_its_time_and_not_for_ever_wrong) {
    pin_desk desk;
    const auto token = desk.lay_out(hers, now);
    EXPECT_FALSE(desk.look(token, now + pin_desk::open_for));
    for (int i = 0; i < pin_desk::tries_max; ++i) EXPECT_TRUE(desk.attempt(token, now));
    EXPECT_FALSE(desk.attempt(token, now));
    EXPECT_FALSE(desk.look(token, now));
}

TEST(pin_desk, the_newest_address_of_hers_is_the_only_one) {
    pin_desk desk;
    const auto older = desk.lay_out(hers, now);
    const auto newer = desk.lay_out(hers, now);
    EXPECT_FALSE(desk.look(older, now));
    EXPECT_TRUE(desk.look(newer, now));
    auto wrong = newer;
    wrong.back() = wrong.back() == '0' ? '1' : '0';
    for (const auto& one : {wrong, std::string{}, newer.substr(1)}) EXPECT_FALSE(desk.look(one, now));
}

TEST(pin_page, is_a_form_of_two_fields_with_what_was_wrong) {
    const institution house{
        .name = "Semilla",
        .time_zone = "America/Guatemala",
        .languages = {"es"},
        .country = "GT"};
    const auto built = dialogs::catalogue::build({}, {.house = house});
    ASSERT_TRUE(built.words);
    const auto& none = *built.words;
    const auto asked = html_of(pin_page::asked, "/pin/\"><b>", house, "es", none);
    EXPECT_THAT(asked, HasSubstr("<html lang=\"es\">"));
    EXPECT_THAT(asked, HasSubstr("name=\"pin\""));
    EXPECT_THAT(asked, HasSubstr("name=\"again\""));
    EXPECT_THAT(asked, HasSubstr("width=device-width"));
    EXPECT_THAT(asked, Not(HasSubstr("<script")));
    EXPECT_THAT(asked, Not(HasSubstr("role=\"alert\"")));
    EXPECT_THAT(asked, Not(HasSubstr("<b>"))) << "what we are given is no markup";
    EXPECT_THAT(html_of(pin_page::repeats, "/pin/x", house, "es", none), HasSubstr("role=\"alert\""));
    EXPECT_THAT(html_of(pin_page::done, "/pin/x", house, "es", none), Not(HasSubstr("<form")));
    EXPECT_THAT(pin_page_policy(), HasSubstr("default-src 'none'; style-src 'sha256-"));
}

}  // namespace
}  // namespace tertulia::gateway
