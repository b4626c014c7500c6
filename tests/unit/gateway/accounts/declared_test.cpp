// Our messages' templates against Meta's list.

#include "gateway/accounts/account.hpp"
#include "gateway/accounts/declared.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using meta::listed_template;
using meta::template_status;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;

const declared_template ours{
    .name = "due",
    .language = "es",
    .category = "UTILITY",
    .header = {},
    .body = {"1", "2"},
    .quick_replies = 1,
    .message = "loan.due"};
const listed_template theirs{
    .name = "due",
    .language = "es",
    .status = template_status::approved,
    .word = "APPROVED",
    .category = "UTILITY",
    .body = {"1", "2"},
    .buttons = {"QUICK_REPLY", "URL"}};

std::vector<template_difference> compare(const listed_template& one) {
    return template_differences(std::vector{ours}, std::vector{one});
}

TEST(declared, the_same_on_both_sides_is_no_difference) {
    EXPECT_THAT(compare(theirs), IsEmpty());
    auto named = ours;
    named.body = {"amount", "name"};
    auto there = theirs;
    there.body = {"name", "amount"};
    EXPECT_THAT(template_differences(std::vector{named}, std::vector{there}), IsEmpty());
}

TEST(declared, a_missing_name_and_a_missing_language_are_told_apart) {
    auto other = theirs;
    other.language = "en";
    const auto language = compare(other);
    ASSERT_EQ(language.size(), 1U);
    EXPECT_TRUE(language[0].fails);
    EXPECT_THAT(language[0].sentence, HasSubstr("of loan.due: Meta has it in en only"));
    other.name = "owed";
    EXPECT_THAT(compare(other)[0].sentence, HasSubstr("no template of this name"));
}

TEST(declared, gaps_buttons_category_and_status_are_compared) {
    auto there = theirs;
    there.body = {"1"};
    there.header = {"1"};
    there.buttons = {};
    there.category = "MARKETING";
    there.status = template_status::paused;
    there.word = "PAUSED";
    const auto found = compare(there);
    ASSERT_EQ(found.size(), 5U);
    EXPECT_THAT(found[0].sentence, HasSubstr("it is PAUSED"));
    EXPECT_THAT(found[1].sentence, HasSubstr("its header has the gaps 1 at Meta, and none in"));
    EXPECT_THAT(found[2].sentence, HasSubstr("its body has the gaps 1 at Meta, and 1, 2 in"));
    EXPECT_THAT(found[3].sentence, HasSubstr("0 quick replies at Meta, and 1"));
    EXPECT_TRUE(found[3].fails);
    EXPECT_THAT(found[4].sentence, HasSubstr("it is MARKETING at Meta"));
    EXPECT_FALSE(found[4].fails) << "it is sent all the same";
    there = theirs;
    there.header_media = "IMAGE";
    auto with_header = ours;
    with_header.header = {"1"};
    EXPECT_THAT(
        template_differences(std::vector{with_header}, std::vector{there})[0].sentence,
        HasSubstr("its header is IMAGE")
    );
}

// ---- what an account makes of the whole list

struct listed_test : testing::Test {
    account mine{"whatsapp"};
    std::vector<account_effect> hears(std::vector<listed_template> all, instant now = noon) {
        return mine.learn(all, true, {}, now);
    }
};

TEST_F(listed_test, good_news_of_a_new_template_is_silent_and_bad_news_is_not) {
    EXPECT_THAT(hears({theirs}), IsEmpty());
    auto bad = theirs;
    bad.language = "fr";
    bad.status = template_status::rejected;
    bad.word = "REJECTED";
    const auto said = hears({theirs, bad});
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].what, account_effect::kind::stop_template);
    EXPECT_THAT(hears({theirs, bad}), IsEmpty()) << "the same is told once";
    EXPECT_EQ(mine.take_facts().size(), 2U);
    EXPECT_THAT(mine.take_facts(), IsEmpty());
}

TEST_F(listed_test, what_is_no_longer_there_stops_and_what_came_back_goes) {
    (void)hears({theirs});
    const auto gone = hears({});
    ASSERT_EQ(gone.size(), 1U);
    EXPECT_EQ(gone[0].what, account_effect::kind::stop_template);
    EXPECT_THAT(hears({}), IsEmpty());
    const auto back = hears({theirs});
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back[0].what, account_effect::kind::allow_template);
}

TEST_F(listed_test, without_the_list_nothing_is_taken_for_deleted) {
    (void)hears({theirs});
    const auto number = mine.learn({}, false, {.quality = "RED", .limit = 250}, noon);
    ASSERT_EQ(number.size(), 2U);
    EXPECT_EQ(number[0].what, account_effect::kind::limit_people);
    EXPECT_EQ(number[1].what, account_effect::kind::pause_bulk);
    EXPECT_EQ(mine.templates().at({"due", "es"}).status, template_status::approved);
}

TEST_F(listed_test, another_category_is_told) {
    (void)hears({theirs});
    auto dearer = theirs;
    dearer.category = "MARKETING";
    const auto said = hears({dearer});
    ASSERT_EQ(said.size(), 1U);
    EXPECT_THAT(said[0].sentence, HasSubstr("is MARKETING now, no longer UTILITY"));
}

TEST_F(listed_test, a_difference_is_told_once_and_again_when_it_came_back) {
    const std::vector<template_difference> one{{"due", "es", true, "it differs"}};
    EXPECT_THAT(mine.differences(), IsEmpty());
    const auto said = mine.compared(one);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].sentence, "it differs");
    EXPECT_EQ(mine.differences(), one);
    EXPECT_THAT(mine.compared(one), IsEmpty());
    EXPECT_THAT(mine.compared({}), IsEmpty());
    EXPECT_EQ(mine.compared(one).size(), 1U);
}

TEST_F(listed_test, where_nothing_is_registered_one_line_says_so) {
    std::vector<template_difference> all;
    for (const auto* name : {"due", "late", "meeting"}) {
        for (const auto* language : {"es", "en", "fr"}) {
            all.push_back({name, language, true, std::string{name} + " is missing in " + language});
        }
    }
    const auto said = mine.compared(all);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].field, "account.template_differs");
    EXPECT_EQ(
        said[0].sentence,
        "9 templates of our messages are missing at Meta or differ there: due (es), due (en), "
        "due (fr) and 6 more. `tertulia doctor` and GET /api/v1/channels say each and its mend."
    );
    EXPECT_EQ(mine.differences().size(), 9U) << "the whole list, for who asks";

    all.push_back({"new", "es", true, "new is missing in es"});
    const auto later = mine.compared(all);
    ASSERT_EQ(later.size(), 1U) << "what was said before is not said again";
    EXPECT_EQ(later[0].sentence, "new is missing in es");
    all.resize(2);
    EXPECT_THAT(mine.compared(all), IsEmpty());
    EXPECT_EQ(mine.differences().size(), 2U);
}

}  // namespace
}  // namespace tertulia::gateway
