// What is shown goes out with its text, in order, and a text is never lost with its picture.

#include "dialogs/engine/purpose.hpp"

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* base = "https://chat.example.org/media";

script_sources with_card(const std::string& message) {
    auto from = basic();
    auto& text = from.messages[0].text;
    const std::string was = "welcome.card: \"Soy el asistente.\"";
    text.replace(text.find(was), was.size(), "welcome.card: " + message);
    from.media = {
        {.name = "card.png", .type = "image/png", .bytes = 4'000, .hash = "aa"},
        {.name = "hello.ogg", .type = "audio/ogg", .bytes = 9'000, .hash = "bb"},
        {.name = "terms.pdf", .type = "application/pdf", .bytes = 9'000, .hash = "cc"},
    };
    from.of.media_base = base;
    return from;
}

struct media_talk {
    explicit media_talk(const script_sources& from) {
        const auto made = load_scripts(from);
        EXPECT_TRUE(made.scripts) << all_problems(made);
        scripts = made.scripts;
    }
    // What goes out, a line each: "text: …" or "image card.png: caption".
    std::vector<std::string> happen(const event& what) {
        auto made = step(*scripts, at, what, known, testing_talk::monday_morning, 7);
        at = std::move(made.next);
        std::vector<std::string> lines;
        purposes.clear();
        for (const auto& one : made.effects) {
            const auto* sent = std::get_if<send>(&one);
            if (sent == nullptr) continue;
            purposes.push_back(sent->purpose);
            if (const auto* media = std::get_if<say_media>(&sent->message.content)) {
                lines.push_back(
                    media->link.substr(std::string{base}.size() + 1) + ": " + media->caption
                );
            } else {
                lines.push_back("text: " + std::get<say_text>(sent->message.content).text);
            }
        }
        handed = std::any_of(made.effects.begin(), made.effects.end(), [](const effect& one) {
            return std::holds_alternative<hand_over>(one);
        });
        return lines;
    }
    std::vector<std::string> say(const std::string& text) {
        heard what{};
        what.message.channel = channel;
        what.message.id = "m";
        what.message.from = {{identity_kind::wa_id, "50255551234"}};
        what.message.content = typed_text{text};
        return happen(what);
    }
    std::vector<std::string> failed(const std::string& purpose) {
        return happen(delivery_outcome{.purpose = purpose, .status = delivery_status::failed});
    }

    std::shared_ptr<const script_set> scripts;
    session at{};
    facts known{};
    std::string channel{"whatsapp"};
    std::vector<std::string> purposes{};
    bool handed{};
};

TEST(media, a_picture_carries_the_text_and_a_recording_comes_after_it) {
    media_talk talk{with_card("{text: Hola, audio: hello.ogg, picture: card.png}")};
    const auto lines = talk.say("menu");
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_THAT(
        lines, ElementsAre("aa/card.png: Hola", "bb/hello.ogg: ", "text: ¿En qué le ayudo?")
    );
    EXPECT_THAT(
        talk.purposes, ElementsAre("welcome.card+caption", "welcome.card+companion", "menu.what")
    );
}

TEST(media, a_recording_alone_comes_after_the_text) {
    media_talk talk{with_card("{text: Hola, audio: hello.ogg}")};
    const auto lines = talk.say("menu");
    ASSERT_GE(lines.size(), 2U);
    EXPECT_EQ(lines[0], "text: Hola");
    EXPECT_EQ(lines[1], "bb/hello.ogg: ");
}

TEST(media, of_two_that_take_a_caption_the_picture_has_it) {
    media_talk talk{with_card("{text: Hola, document: terms.pdf, picture: card.png}")};
    const auto lines = talk.say("menu");
    ASSERT_GE(lines.size(), 2U);
    EXPECT_EQ(lines[0], "aa/card.png: Hola");
    EXPECT_EQ(lines[1], "cc/terms.pdf: ");
}

TEST(media, a_text_too_long_for_a_caption_follows_its_picture) {
    const std::string text(1025, 'a');
    media_talk talk{with_card("{text: " + text + ", picture: card.png}")};
    const auto lines = talk.say("menu");
    ASSERT_GE(lines.size(), 2U);
    EXPECT_EQ(lines[0], "aa/card.png: ");
    EXPECT_EQ(lines[1], "text: " + text);
}

TEST(media, a_question_stays_the_last_thing_on_the_screen) {
    auto from = with_card("Hola");
    auto& text = from.messages[0].text;
    const std::string was = "menu.what: \"¿En qué le ayudo?\"";
    text.replace(
        text.find(was), was.size(), "menu.what: {text: Qué, picture: card.png, audio: hello.ogg}"
    );
    media_talk talk{from};
    EXPECT_THAT(
        talk.say("menu"), ElementsAre("text: Hola", "aa/card.png: ", "bb/hello.ogg: ", "text: Qué")
    );
}

TEST(media, by_sms_and_where_nobody_can_fetch_it_the_text_stands_alone) {
    auto from = with_card("{text: Hola, picture: card.png}");
    media_talk by_sms{from};
    by_sms.channel = "sms";
    EXPECT_EQ(by_sms.say("menu").front(), "text: Hola");
    from.of.media_base.clear();
    media_talk nowhere{from};
    EXPECT_EQ(nowhere.say("menu").front(), "text: Hola");
}

TEST(media, a_text_whose_picture_never_arrived_is_said_alone_and_once) {
    media_talk talk{with_card("{text: Hola, picture: card.png, audio: hello.ogg}")};
    (void)talk.say("menu");
    EXPECT_THAT(talk.failed("welcome.card+caption"), ElementsAre("text: Hola"));
    EXPECT_THAT(talk.purposes, ElementsAre("welcome.card"));
    EXPECT_FALSE(talk.handed);
    EXPECT_THAT(talk.failed("welcome.card+companion"), IsEmpty());
    EXPECT_FALSE(talk.handed);
    EXPECT_THAT(talk.failed("welcome.card"), IsEmpty());
    EXPECT_TRUE(talk.handed);
}

TEST(media, what_is_hers_alone_is_not_said_again_once_she_is_not_verified) {
    auto from = with_card("Hola");
    auto& text = from.messages[0].text;
    const std::string was = "balance.tell: \"Debe {loan.outstanding, money}.\"";
    text.replace(
        text.find(was),
        was.size(),
        "balance.tell: {text: \"Debe {loan.outstanding, money}.\", "
        "picture: card.png}"
    );
    media_talk talk{from};
    (void)talk.say("menu");
    EXPECT_THAT(talk.failed("balance.tell+caption"), IsEmpty());
    EXPECT_TRUE(talk.handed);
}

TEST(purpose, is_read_back_as_it_was_written) {
    for (const auto how : {said_as::text, said_as::caption, said_as::companion}) {
        const auto text = to_text(purpose{"balance.tell", how});
        EXPECT_EQ(read_purpose(text).key, "balance.tell");
        EXPECT_EQ(read_purpose(text).how, how);
    }
    EXPECT_EQ(read_purpose("").key, "");
    EXPECT_EQ(read_purpose("a+other").key, "a+other");
}

}  // namespace
}  // namespace tertulia::dialogs
