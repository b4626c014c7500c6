// An operator who asks why must get the reason, and no word of hers unless she asked for words,
// too.

#include "dialogs/explain/explain.hpp"

#include "tests/unit/dialogs/script/values_sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct explain_test : testing::Test {
    std::shared_ptr<const script_set> set = load_scripts(basic()).scripts;
    session at = [] {
        session out;
        out.welcomed = true;
        return out;
    }();

    std::string happens(
        const event& what, texts quoted = texts::hidden, milliseconds since_then = {}
    ) {
        step_trace seen;
        const auto came = step(*set, at, what, {}, instant{since_then}, 1, &seen);
        std::string out;
        for (const auto& line : explain(*set, at, what, came, seen, quoted)) out += line + '\n';
        at = came.next;
        return out;
    }
    std::string says(std::string text, texts quoted = texts::hidden) {
        heard what{};
        what.message.from = {{identity_kind::wa_id, "50255551234"}};
        what.message.content = typed_text{std::move(text)};
        return happens(what, quoted);
    }
};

TEST_F(explain_test, a_word_that_starts_a_dialog_is_named_as_the_reason) {
    EXPECT_THAT(
        says("persona"),
        AllOf(
            HasSubstr("heard     a text: 7 letters\n"),
            HasSubstr("matched   a word that starts person\n"),
            HasSubstr("entered   person.over\n"),
            HasSubstr("waits     for a person (support)\n"),
            HasSubstr("handed    over, because asked\n")
        )
    );
}

TEST_F(explain_test, a_template_is_named_with_its_language) {
    auto from = basic();
    auto& menu = from.dialogs[1].text;
    const std::string was = "{after: 30 min, end: true}";
    menu.replace(menu.find(was), was.size(), "{after: 2 days, say: late.bye, end: true}");
    from.messages[0].text += "late.bye: {text: \"Adiós.\", template: good_bye}\n";
    set = load_scripts(from).scripts;
    ASSERT_TRUE(set);
    says("menu");
    const timer_fired silence{.name = "silent", .steps = at.steps};
    EXPECT_THAT(
        happens(silence, texts::hidden, std::chrono::days{2}),
        HasSubstr("said      late.bye: template good_bye in es, 6 letters\n")
    );
}

TEST_F(explain_test, an_intent_is_named_with_how_sure_it_was) {
    EXPECT_THAT(says("quiero hablar con una persona"), HasSubstr("matched   intent human ("));
}

TEST_F(explain_test, a_choice_is_named_and_whether_a_word_of_it_was_said) {
    says("menu");
    EXPECT_THAT(
        says("saldo"), HasSubstr("matched   choice balance of menu.what, by one of its words")
    );
    says("menu");
    EXPECT_THAT(
        says("2"),
        AllOf(
            HasSubstr("matched   choice person of menu.what\n"),
            HasSubstr("took      'person' of menu.what")
        )
    );
}

TEST_F(explain_test, what_was_not_understood_says_what_was_guessed) {
    says("menu");
    EXPECT_THAT(
        says("xyzzy plugh"),
        AllOf(HasSubstr("guessed   no intent is sure enough"), HasSubstr("misses    1 in a row"))
    );
}

TEST_F(explain_test, silence_is_explained_too) {
    says("menu");
    EXPECT_THAT(
        happens(timer_fired{.name = "silent", .steps = at.steps}),
        AllOf(
            HasSubstr("heard     nothing"),
            HasSubstr("took      'silence' of menu.what"),
            HasSubstr("waits     nowhere")
        )
    );
}

TEST_F(explain_test, words_are_shown_only_where_that_is_asked_for) {
    const std::string secret = "menu\x1b[2J";
    EXPECT_THAT(says("mi vecina debe mucho"), AllOf(Not(HasSubstr("vecina")), Not(HasSubstr("¿"))));
    EXPECT_THAT(says("mi vecina debe mucho", texts::shown), HasSubstr("\"mi vecina debe mucho\""));
    EXPECT_THAT(says(secret, texts::shown), Not(HasSubstr("\x1b")));
}

TEST_F(explain_test, values_that_were_set_given_and_brought_back_are_told) {
    set = load_scripts(with_values()).scripts;
    says("cotizar");
    EXPECT_THAT(
        says("4000"),
        AllOf(
            HasSubstr("set       answer.most: amount (quote.half)\n"),
            HasSubstr("gave      answer.limit: amount (quote.sum)\n"),
            Not(HasSubstr("200000"))
        )
    );
    EXPECT_THAT(
        says("1500", texts::shown),
        HasSubstr("brought   answer.wanted: amount:150000 GTQ (quote.sum)\n")
    );
    says("no");
    says("no sé qué decir");
    EXPECT_THAT(says("tampoco"), HasSubstr("brought   answer.wanted: nothing (quote.sum)\n"));
}

}  // namespace
}  // namespace tertulia::dialogs
