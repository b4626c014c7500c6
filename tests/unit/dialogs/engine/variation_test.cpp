// Texts that take turns, and questions that come back after a digression.

#include "tests/talks/conversation.hpp"
#include "tests/talks/with.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto hello_dialog = R"(dialog: hello
about: Says it in two ways.
starts_on: {words: [hola]}
begin: say_it
states:
  say_it: {say: [{one_of: [hello.one, hello.two, hello.three]}, hello.end], end: true}
)";
constexpr auto hello_messages =
    "hello.one: \"Hola.\"\nhello.two: \"Buenas.\"\nhello.three: \"Saludos.\"\nhello.end: \"Ya.\"\n";

TEST(variations, are_chosen_by_the_seed_alone) {
    const auto scripts = with({hello_dialog}, hello_messages);
    session from{};
    from.welcomed = true;
    heard what{};
    what.message = {.channel = "whatsapp", .id = "m", .sent_at = monday_morning};
    what.message.from = {{identity_kind::wa_id, "50255551234"}};
    what.message.content = typed_text{"hola"};
    const auto said = [&](std::uint64_t seed) {
        const auto made = step(*scripts, from, what, {}, monday_morning, seed);
        EXPECT_EQ(std::get<send>(made.effects.at(1)).purpose, "hello.end");
        return std::get<send>(made.effects.at(0)).purpose;
    };
    std::set<std::string> all;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        EXPECT_EQ(said(seed), said(seed));
        all.insert(said(seed));
    }
    EXPECT_EQ(all.size(), 3U);
}

TEST(variations, mistakes_are_told) {
    const auto of = [](const std::string& say) {
        return told_of(
            {"dialog: hello\nabout: Says it.\nstarts_on: {words: [hola]}\nbegin: a\nstates:\n  a: "
             "{say: " +
             say + ", end: true}\n"},
            hello_messages
        );
    };
    EXPECT_THAT(of("{one_of: [hello.one]}"), HasSubstr("'one_of' needs two texts"));
    EXPECT_THAT(of("{one_off: [hello.one, hello.two]}"), HasSubstr("did you mean 'one_of'?"));
    EXPECT_THAT(of("{one_of: [hello.one, hello.tow]}"), HasSubstr("did you mean 'hello.two'?"));
    EXPECT_THAT(of("[]"), HasSubstr("'say' is empty"));
}

// ---- digressions

std::string aside(const std::string& name) {
    return "dialog: " + name + "\nabout: In between.\nstarts_on: {words: [" + name +
           "]}\nanywhere: true\nback: true\nbegin: ask\nstates:\n  ask:\n    ask: " + name +
           ".ask\n    choices:\n      - {pick: ok, end: true}\n";
}
constexpr auto aside_messages =
    "uno.ask: \"¿Uno?\"\nuno.ask.ok: \"Bueno\"\ndos.ask: \"¿Dos?\"\ndos.ask.ok: \"Bueno\"\n"
    "common.go_on: \"Sigamos:\"\n";

TEST(digressions, come_back_one_after_the_other_and_say_so) {
    conversation talk{with({aside("uno"), aside("dos")}, aside_messages)};
    talk.session.welcomed = true;
    talk.know(rosa());
    (void)talk.say("saldo");
    EXPECT_THAT(talk.say("uno"), ElementsAre("uno.ask"));
    EXPECT_THAT(talk.say("dos"), ElementsAre("dos.ask"));
    EXPECT_THAT(talk.say("bueno"), ElementsAre("common.go_on", "uno.ask"));
    EXPECT_THAT(talk.say("bueno"), ElementsAre("common.go_on", "verify.pin"));
}

TEST(digressions, the_menu_comes_back_without_a_word) {
    conversation talk{with(
        {aside("lado")},
        "lado.ask: \"¿Lado?\"\nlado.ask.ok: \"Bueno\"\ncommon.go_on: \"Sigamos:\"\n"
    )};
    talk.session.welcomed = true;
    (void)talk.say("menú");
    (void)talk.say("lado");
    EXPECT_THAT(talk.say("bueno"), ElementsAre("menu.what"));
}

TEST(digressions, the_same_one_twice_takes_its_own_place) {
    // Not named as the numbers of the menu's rows.
    conversation talk{with(
        {aside("norte"), aside("sur")},
        "norte.ask: \"¿Norte?\"\nnorte.ask.ok: \"Bueno\"\n"
        "sur.ask: \"¿Sur?\"\nsur.ask.ok: \"Bueno\"\ncommon.go_on: \"Sigamos:\"\n"
    )};
    talk.session.welcomed = true;
    (void)talk.say("menú");
    for (int i = 0; i < 12; ++i) {
        (void)talk.say("norte");
        (void)talk.say("sur");
    }
    EXPECT_LE(talk.session.frames.size(), 3U);
    ASSERT_FALSE(talk.session.frames.empty());
    EXPECT_EQ(talk.session.frames.front().dialog, "menu");
}

}  // namespace
}  // namespace tertulia::dialogs
