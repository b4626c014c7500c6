// One USSD session at a time, key press by key press, with the writer's part played by hand. What
// is answered over HTTP is seen in tests/integration/ussd_test.cpp.

#include "gateway/channels/ussd_desk.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

struct ussd_desk_test : testing::Test {
    inbox box{100};
    std::shared_ptr<ussd_desk> desk = std::make_shared<ussd_desk>(
        ussd_settings{.name = "ussd", .otherwise = "sms"}, box,
        [] { return from_millis(1'795'413'600'000); }
    );

    void press(const std::string& text, const std::string& session = "s1") {
        desk->step({.session_id = session, .phone = "+254711000101", .text = text}, {});
    }
    // What reached the writer since the last time: her words, and the right to answer.
    std::vector<admission> taken() {
        return box.take(std::chrono::steady_clock::now(), 100).admissions;
    }
    static std::string words(const admission& of) {
        return std::get<typed_text>(of.messages.at(0).content).text;
    }
    static said_in_reply says(std::string text, bool awaits = true) {
        said_in_reply made{.awaits_answer = awaits};
        made.messages.push_back({.content = say_text{.text = std::move(text)}});
        return made;
    }
};

TEST_F(ussd_desk_test, dialling_is_the_opening_and_each_input_is_hers_alone) {
    press("");
    auto first = taken();
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(words(first[0]), "menu");
    EXPECT_EQ(first[0].messages[0].from.at(0), (identity{identity_kind::phone, "+254711000101"}));
    first[0].in_reply(says("1. Balance"));
    press("1");
    auto second = taken();
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(words(second[0]), "1");
    second[0].in_reply(says("PIN?"));
    press("1*482915");
    auto third = taken();
    ASSERT_EQ(third.size(), 1U);
    EXPECT_EQ(words(third[0]), "482915");
    EXPECT_EQ(third[0].messages[0].id.find("482915"), std::string::npos);
}

TEST_F(ussd_desk_test, a_step_that_comes_again_is_no_second_event) {
    press("");
    press("");
    auto all = taken();
    ASSERT_EQ(all.size(), 1U) << "while its turn is under way";
    all[0].in_reply(says("menu"));
    press("");
    EXPECT_TRUE(taken().empty()) << "and after it";
}

TEST_F(ussd_desk_test, the_next_page_is_no_event_and_other_inputs_are) {
    press("");
    auto all = taken();
    ASSERT_EQ(all.size(), 1U);
    all[0].in_reply(says(std::string(300, 'a')));
    press("98");
    EXPECT_TRUE(taken().empty());
    press("98*2");
    all = taken();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(words(all[0]), "2");
    all[0].in_reply(says("short"));
    press("98*2*98");
    all = taken();
    ASSERT_EQ(all.size(), 1U) << "there is no page left: it is an answer of hers";
    EXPECT_EQ(words(all[0]), "98");
}

TEST_F(ussd_desk_test, after_a_restart_the_last_input_is_the_new_one) {
    press("1*2*3");
    const auto all = taken();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(words(all[0]), "3");
}

TEST_F(ussd_desk_test, who_hung_up_is_forgotten_and_what_was_said_to_her_goes_nowhere) {
    press("");
    auto all = taken();
    ASSERT_EQ(all.size(), 1U);
    desk->ended("s1");
    desk->ended("nobody");
    all[0].in_reply(says("too late"));
    press("", "s2");
    EXPECT_EQ(taken().size(), 1U);
}

TEST_F(ussd_desk_test, a_desk_that_is_gone_is_not_called) {
    press("");
    auto all = taken();
    ASSERT_EQ(all.size(), 1U);
    desk.reset();
    all[0].in_reply(says("nobody listens"));
}

}  // namespace
}  // namespace tertulia::gateway
