// Two things she may mean are asked between, with a button each, before anything is guessed.

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using namespace testing_talk;
using testing::ElementsAre;
using testing::IsEmpty;

std::string simple_dialog(const std::string& name) {
    return "dialog: " + name + "\nabout: " + name + ".\nstarts_on: {intents: [" + name +
           "]}\nbegin: tell\nstates:\n  tell: {say: " + name + ".tell, end: true}\n";
}

// To "quiero avisar de un" two dialogs are equally near; the menu has a name too.
script_sources two_near_dialogs() {
    auto from = basic();
    for (const char* name : {"paid", "late"}) {
        from.dialogs.push_back({std::string{"dialogs/"} + name + ".yaml", simple_dialog(name)});
    }
    from.phrases[0].text +=
        "paid:\n  - \"quiero avisar de un pago\"\nlate:\n"
        "  - \"quiero avisar de un robo\"\n";
    from.messages[0].text +=
        "paid.tell: \"Gracias por pagar.\"\nlate.tell: \"Gracias por avisar.\"\n"
        "paid.name: \"Ya pagué\"\nlate.name: \"Me voy a atrasar\"\n"
        "menu.name: \"Otra cosa\"\n";
    return from;
}

constexpr const char* question = "common.which_one: \"¿Cuál de estas?\"\n";
constexpr const char* unsure = "quiero avisar de un";

struct ask_between : testing::Test {
    ask_between() { talk.session.welcomed = true; }
    static std::shared_ptr<const script_set> made(script_sources from) {
        auto loaded = load_scripts(from);
        EXPECT_TRUE(loaded.scripts) << all_problems(loaded);
        return loaded.scripts;
    }
    static std::shared_ptr<const script_set> two() {
        auto from = two_near_dialogs();
        from.messages[0].text += question;
        return made(std::move(from));
    }
    [[nodiscard]] std::vector<std::string> titles() const {
        std::vector<std::string> all;
        for (const auto& one : talk.choices) all.push_back(one.title);
        return all;
    }
    conversation talk{two()};
};

TEST_F(ask_between, two_near_things_become_two_buttons) {
    EXPECT_THAT(talk.say(unsure), ElementsAre("common.which_one"));
    EXPECT_THAT(titles(), testing::UnorderedElementsAre("Ya pagué", "Me voy a atrasar"));
}

TEST_F(ask_between, a_tap_begins_what_it_names) {
    (void)talk.say(unsure);
    EXPECT_THAT(talk.tap("Me voy a atrasar"), ElementsAre("late.tell"));
}

TEST_F(ask_between, a_number_or_the_name_picks_too) {
    (void)talk.say(unsure);
    const auto first = titles().at(0) == "Ya pagué" ? "paid.tell" : "late.tell";
    EXPECT_THAT(talk.say("1"), ElementsAre(first));
    (void)talk.say(unsure);
    EXPECT_THAT(talk.say("ya pague"), ElementsAre("paid.tell"));
}

TEST_F(ask_between, a_number_said_later_is_not_for_the_old_question) {
    (void)talk.say(unsure);
    EXPECT_THAT(talk.say("menu"), ElementsAre("menu.what"));
    EXPECT_THAT(talk.say("2"), ElementsAre("person.coming"));
}

TEST_F(ask_between, a_button_of_it_stays_good) {
    (void)talk.say(unsure);
    const auto old = talk.choices;
    (void)talk.say("menu");
    EXPECT_THAT(
        talk.hear(tapped_choice{old[0].id, old[0].title}),
        ElementsAre(old[0].title == "Ya pagué" ? "paid.tell" : "late.tell")
    );
}

TEST_F(ask_between, a_second_miss_brings_the_fallback) {
    (void)talk.say(unsure);
    EXPECT_THAT(talk.say("xyzzy qwrt"), ElementsAre("fallback.offer"));
}

TEST_F(ask_between, what_resembles_nothing_is_not_asked_about) {
    EXPECT_THAT(talk.say("xyzzy qwrt"), ElementsAre("common.not_understood", "menu.what"));
}

TEST_F(ask_between, without_the_question_or_the_names_it_is_not_understood) {
    talk.use(made(two_near_dialogs()));
    EXPECT_THAT(talk.say(unsure), ElementsAre("common.not_understood", "menu.what"));
}

TEST_F(ask_between, one_near_thing_stands_beside_the_menu) {
    auto from = two_near_dialogs();
    auto& text = from.messages[0].text;
    text += question;
    const std::string unnamed = "late.name: \"Me voy a atrasar\"\n";
    text.erase(text.find(unnamed), unnamed.size());
    talk.use(made(std::move(from)));
    EXPECT_THAT(talk.say(unsure), ElementsAre("common.which_one"));
    EXPECT_THAT(titles(), ElementsAre("Ya pagué", "Otra cosa"));
    EXPECT_THAT(talk.tap("Otra cosa"), ElementsAre("menu.what"));
}

TEST_F(ask_between, silence_ends_it_as_it_ends_the_menu) {
    (void)talk.say(unsure);
    EXPECT_THAT(talk.wait(31min), IsEmpty());
    EXPECT_TRUE(talk.session.frames.empty());
}

}  // namespace
}  // namespace tertulia::dialogs
