// Which words she gets: by her channel, by who she is, by the tone of the dialog and the hour.

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using namespace testing_talk;
using testing::HasSubstr;

// A fallback that says good day and then asks, in a tone of its own.
script_sources with_variants() {
    auto from = basic();
    from.messages[0].text += R"(hello:
  text: "Hola."
  morning: "Buenos días."
  evening: "Buenas noches."
  nascent+sms: "Hola, por SMS."
  concern: "¿Todo bien?"
)";
    for (auto& file : from.dialogs) {
        if (file.path == "dialogs/welcome.yaml") {
            file.text.replace(file.text.find("say: welcome.card"), 17, "say: hello");
        }
    }
    return from;
}

std::shared_ptr<const script_set> loaded(const script_sources& from) {
    const auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts) << all_problems(made);
    return made.scripts;
}

TEST(variants, the_hour_is_that_of_the_institutions_zone) {
    conversation talk{loaded(with_variants())};
    talk.now = monday_morning;  // 10:40 there, 16:40 UTC
    talk.say("hola");
    EXPECT_EQ(talk.texts.front(), "Buenos días.");
    conversation later{loaded(with_variants())};
    later.now = monday_morning + 8h;
    later.say("hola");
    EXPECT_EQ(later.texts.front(), "Buenas noches.");
}

TEST(variants, the_tone_is_that_of_the_dialog_under_way) {
    auto from = with_variants();
    for (auto& file : from.dialogs) {
        if (file.path == "dialogs/welcome.yaml") file.text += "tone: concern\n";
    }
    conversation talk{loaded(from)};
    talk.say("hola");
    EXPECT_EQ(talk.texts.front(), "¿Todo bien?");
}

TEST(variants, the_kind_of_a_channel_is_what_the_config_says_and_not_its_name) {
    auto from = with_variants();
    from.of.channels = {{.name = "whatsapp", .kind = channel_kind::sms}};
    conversation talk{loaded(from)};
    auto who = rosa();
    who.who.maturity = archetype::nascent;
    talk.know(who);
    talk.say("hola");
    EXPECT_EQ(talk.texts.front(), "Hola, por SMS.");
    // The adapter writes the choices out; the number chooses.
    EXPECT_EQ(talk.choices.size(), 2U);
    talk.say("2");
    EXPECT_EQ(talk.texts.back(), "Le paso con una persona.");
}

TEST(variants, a_channel_nobody_configured_is_what_its_name_says) {
    institution house{};
    EXPECT_EQ(kind_of_channel(house, "sms"), channel_kind::sms);
    EXPECT_EQ(kind_of_channel(house, "whatsapp"), channel_kind::whatsapp);
    EXPECT_EQ(kind_of_channel(house, ""), channel_kind::whatsapp);
    house.channels = {{.name = "sms", .kind = channel_kind::whatsapp}};
    EXPECT_EQ(kind_of_channel(house, "sms"), channel_kind::whatsapp);
}

// Adding a channel must not end the conversations that are under way.
TEST(variants, the_channels_are_not_part_of_the_version) {
    auto from = basic();
    const auto before = loaded(from)->version();
    from.of.channels = {{.name = "tigo", .kind = channel_kind::sms}};
    EXPECT_EQ(loaded(from)->version(), before);
}

}  // namespace
}  // namespace tertulia::dialogs
