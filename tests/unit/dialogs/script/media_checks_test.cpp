// What operators write beside a text is held against the files there are.

#include "tests/talks/sources.hpp"

#include "dialogs/script/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::uint64_t mib = 1024 * 1024;

// The welcome's message as given; four files to show.
script_sources with_card(const std::string& message) {
    auto from = basic();
    auto& text = from.messages[0].text;
    const std::string was = "welcome.card: \"Soy el asistente.\"";
    text.replace(text.find(was), was.size(), "welcome.card: " + message);
    from.media = {
        {.name = "card.png", .type = "image/png", .bytes = 4'000, .hash = "aa"},
        {.name = "hello.ogg", .type = "audio/ogg", .bytes = 9'000, .hash = "bb"},
        {.name = "terms.pdf", .type = "application/pdf", .bytes = 9'000, .hash = "cc"},
        {.name = "huge.jpg", .type = "image/jpeg", .bytes = 6 * mib, .hash = "dd"},
        {.name = "film.mov", .type = "", .bytes = 10, .hash = "ee"},
    };
    from.of.media_base = "https://chat.example.org/media";
    return from;
}

std::string problems_of(const script_sources& from) {
    return all_problems(load_scripts(from));
}

// The paths of what the card is shown with.
std::vector<std::string> shown(const script_sources& from, const circumstances& when = {}) {
    const auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts) << all_problems(made);
    std::vector<std::string> paths;
    if (!made.scripts) return paths;
    const auto& words = *made.scripts->compiled().words;
    for (const auto& one : words.attachments(*words.find("welcome.card"), "es", when)) {
        paths.push_back(one.path);
    }
    return paths;
}

TEST(media_checks, a_text_is_shown_with_files_in_a_fixed_order) {
    EXPECT_THAT(
        shown(with_card("{audio: hello.ogg, document: terms.pdf, picture: card.png, text: a}")),
        testing::ElementsAre("aa/card.png", "cc/terms.pdf", "bb/hello.ogg")
    );
}

TEST(media_checks, a_variant_takes_what_it_does_not_name_from_the_plain_text) {
    const auto from =
        with_card("{text: a, picture: card.png, nascent: {text: b, audio: hello.ogg}, enabled: c}");
    EXPECT_THAT(
        shown(from, {.whom = archetype::nascent}),
        testing::ElementsAre("aa/card.png", "bb/hello.ogg")
    );
    EXPECT_THAT(shown(from, {.whom = archetype::enabled}), testing::ElementsAre("aa/card.png"));
}

TEST(media_checks, the_assistants_picture_has_a_word_of_its_own) {
    auto from = with_card("{text: a, picture: assistant}");
    EXPECT_THAT(problems_of(from), HasSubstr("the assistant has no picture [unknown-media]"));
    from.of.assistant = {.name = "Ceibita", .picture = "card.png"};
    EXPECT_THAT(shown(from), testing::ElementsAre("aa/card.png"));
    from.of.assistant.picture = "crad.png";
    EXPECT_THAT(problems_of(from), HasSubstr("config: there is no file 'crad.png'"));
}

TEST(media_checks, what_is_wrong_is_told_where_it_stands_with_its_mend) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"{text: a, picture: crad.png}",
         "there is no file 'crad.png' in the folder of media "
         "[unknown-media]\n     did you mean 'card.png'?"},
        {"{text: a, picture: hello.ogg}", "'hello.ogg' is no picture: JPEG and PNG are"},
        {"{text: a, audio: card.png}", "'card.png' is no recording"},
        {"{text: a, document: film.mov}", "'film.mov' is no document: PDF is"},
        {"{text: a, picture: huge.jpg}", "'huge.jpg' has 7 MB; WhatsApp takes at most 5"},
        {"{text: a, picture: ../card.png}", "'../card.png' is a path [bad-media]"},
        {"{text: a, picture: /etc/passwd}", "'/etc/passwd' is a path"},
        {"{text: a, picture: ..\\card.png}", "is a path"},
        {"{text: a, picture: [card.png]}", "'picture' needs the name of a file"},
        {"{picture: card.png}", "'welcome.card' needs a text"},
        {"{text: a, nascent: {picture: card.png}}", "'nascent' of 'welcome.card' needs a text"},
        {"{text: a, nascent: {text: b, pictrue: card.png}}",
         "a variant has no 'pictrue' [unknown-key]\n     did you mean 'picture'?"},
        {"{text: a, pictrue: card.png}", "did you mean 'picture'?"},
        {"{text: a, text+sms: card.png}", "'text' is what is said when no variant is"},
    };
    for (const auto& [message, told] : cases) {
        const auto made = load_scripts(with_card(message));
        EXPECT_FALSE(made.scripts) << message;
        EXPECT_THAT(all_problems(made), HasSubstr(told)) << message;
    }
    EXPECT_THAT(
        problems_of(with_card("\n  text: a\n  picture: crad.png")),
        HasSubstr("messages/es.yaml:15:12: there is no file")
    );
}

TEST(media_checks, a_mistake_of_the_plain_text_is_told_once) {
    const auto told =
        problems_of(with_card("{text: a, picture: crad.png, nascent: b, enabled: c}"));
    EXPECT_EQ(told.find("crad.png"), told.rfind("there is no file 'crad.png'") + 18);
}

TEST(media_checks, where_nobody_can_fetch_them_only_texts_are_said_and_that_is_told_once) {
    auto from = with_card("{text: a, picture: card.png, nascent: {text: b, audio: hello.ogg}}");
    from.of.media_base.clear();
    auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts);
    ASSERT_EQ(made.problems.size(), 1U) << all_problems(made);
    EXPECT_EQ(made.problems[0].breaks, rule::text_alone);
    EXPECT_THAT(made.problems[0].mend, HasSubstr("public_url"));
    from.media.clear();
    made = load_scripts(from);
    ASSERT_EQ(made.problems.size(), 1U) << all_problems(made);
    EXPECT_THAT(made.problems[0].what, HasSubstr("no media beside the messages"));
    EXPECT_THAT(shown(from), IsEmpty());
}

TEST(media_checks, a_button_shows_nothing) {
    auto from = with_card("a");
    auto& text = from.messages[0].text;
    const std::string was = "menu.what.balance: \"Mi saldo\"";
    text.replace(
        text.find(was), was.size(), "menu.what.balance: {text: Mi saldo, picture: card.png}"
    );
    EXPECT_THAT(problems_of(from), HasSubstr("is a button here"));
}

// Another picture is another version; the address it is served at is not.
TEST(media_checks, what_is_shown_is_part_of_the_version) {
    auto from = with_card("{text: a, picture: card.png}");
    const auto before = load_scripts(from).scripts->version();
    from.of.media_base = "https://elsewhere.example.org/media";
    EXPECT_EQ(load_scripts(from).scripts->version(), before);
    from.media[0].hash = "ab";
    EXPECT_NE(load_scripts(from).scripts->version(), before);
}

}  // namespace
}  // namespace tertulia::dialogs
