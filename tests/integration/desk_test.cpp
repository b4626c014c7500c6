// Two telephones through the real gateway: she asks for a person, her credit agent is told on her own
// WhatsApp, takes it, and they talk; nobody sees the other's number. And the same by the API, with a
// restart in between.

#include "tests/integration/parts/town.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::integration {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr auto rosa = "50255500101";
constexpr auto brenda = "50255500001";

std::pair<std::string, std::string> choice_of(const said& of, std::string_view end) {
    for (const auto& one : of.choices) {
        if (one.first.ends_with(end)) return one;
    }
    ADD_FAILURE() << "nothing to tap ends with " << end;
    return {};
}

TEST(desk, two_telephones_talk_through_us_and_neither_sees_the_others_number) {
    town here{gateway_options{.demo = true}};
    here.says(brenda, "menu", 2);  // so that her 24 hours run
    here.says(rosa, "persona", 2);
    const auto card = here.meta.to(brenda, 3).back();
    EXPECT_THAT(card.text, HasSubstr("Rosa"));
    EXPECT_THAT(card.text, Not(HasSubstr(std::string{rosa}.substr(3))));

    here.taps(brenda, choice_of(card, "|take"), 1);
    const auto taken = here.meta.to(rosa, 3).back();
    EXPECT_THAT(taken.text, HasSubstr("Brenda"));

    here.house.hears(text_message(brenda, "Buenos días, doña Rosa"));
    const auto heard = here.meta.to(rosa, 4).back();
    EXPECT_THAT(heard.text, HasSubstr("Brenda"));
    EXPECT_THAT(heard.text, HasSubstr("Buenos días, doña Rosa"));
    EXPECT_THAT(heard.text, Not(HasSubstr("55500001")));

    // What she writes is told also when the gateway is killed in between.
    here.house.kill();
    here.house.start();
    here.house.hears(text_message(rosa, "¿me espera al viernes?"));
    const auto passed = here.meta.to(brenda, 5).back();
    EXPECT_THAT(passed.text, HasSubstr("me espera al viernes"));
    EXPECT_THAT(passed.text, Not(HasSubstr("55500101")));

    here.house.hears(text_message(brenda, "devolver"));
    (void)here.meta.to(rosa, 6);  // the assistant again, and the menu
}

TEST(desk, who_has_no_whatsapp_works_by_the_command) {
    town here{gateway_options{.demo = true}};
    here.says(rosa, "persona", 2);
    const auto listed = here.house.command({"case", "list"});
    EXPECT_EQ(listed.first, 0);
    EXPECT_THAT(listed.second, HasSubstr("asked"));
    const auto number = listed.second.substr(0, listed.second.find(' '));
    EXPECT_EQ(here.house.command({"case", "take", number, "--by", "luis", "--name", "don Luis"}).first, 0);
    const auto other = here.house.command({"case", "take", number, "--by", "ana"});
    EXPECT_EQ(other.first, 1);
    EXPECT_THAT(other.second, HasSubstr("luis"));
    EXPECT_EQ(here.house.command({"case", "reply", number, "Con gusto", "--by", "luis", "--name", "don Luis"}).first, 0);
    EXPECT_THAT(here.meta.to(rosa, 4).back().text, HasSubstr("don Luis"));
    EXPECT_EQ(here.house.command({"case", "note", number, "llamar", "--by", "luis"}).first, 0);
    const auto shown = here.house.command({"case", "show", number, "--by", "auditora"});
    EXPECT_THAT(shown.second, HasSubstr("noted by luis (among colleagues): llamar"));
    EXPECT_THAT(shown.second, HasSubstr("viewed by auditora"));
    EXPECT_EQ(here.house.command({"case", "give-back", number, "--by", "luis"}).first, 0);
    EXPECT_EQ(here.house.command({"case", "show", "999-9", "--by", "luis"}).first, 1);
}

}  // namespace
}  // namespace tertulia::integration
