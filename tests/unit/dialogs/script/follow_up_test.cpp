// One mistake is told once: what follows from it is not.

#include "dialogs/script/script_set.hpp"

#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using testing::ElementsAre;

constexpr auto form_yaml = R"(dialog: apply
about: A form.
starts_on: {words: [prestamo]}
form:
  - field: amount
    ask: apply.amount
    expect: amount
    why: apply.why
  - field: use
    ask: apply.use
    expect: text
    why: apply.why
    skip_if: "has(answer.amount) && answer.amount < 500"
review: apply.review
then: {say: apply.sent, go: sent}
)";
constexpr auto sent_yaml = R"(dialog: sent
about: What comes after the form.
begin: a
states:
  a: {branch: [{when: "has(answer.use) && answer.use == 'x'", go: b}, {otherwise: true, end: true}]}
  b: {say: apply.use_was, end: true}
)";
constexpr auto form_messages = R"(apply.amount: "¿Cuánto?"
apply.why: "Para ayudarle."
apply.amount.label: "Monto"
apply.amount.label.more: "{answer.amount, money}"
apply.use: "¿Para qué?"
apply.use.label: "Uso"
apply.use.label.more: "{answer.use}"
apply.use_was: "{answer.use, select, missing {Nada} other {Para {answer.use}}}"
apply.review: "¿Está bien?"
apply.review.confirm: "Enviar"
apply.sent: "Listo."
)";

std::vector<std::string> told(const std::string& form) {
    auto from = testing_sources::basic();
    from.dialogs.push_back({"dialogs/apply.yaml", form});
    from.dialogs.push_back({"dialogs/sent.yaml", sent_yaml});
    from.messages.front().text += form_messages;
    std::vector<std::string> made;
    for (const auto& one : load_scripts(from).problems) {
        if (one.breaks == rule::maybe_missing) continue;  // of the form itself
        made.push_back(one.file + " " + std::string(row_of(one.breaks).id));
    }
    return made;
}

std::string with(const std::string& was, const std::string& now) {
    std::string form = form_yaml;
    const auto at = form.find(was);
    EXPECT_NE(at, std::string::npos);
    return form.replace(at, was.size(), now);
}

TEST(follow_up, the_form_is_sound) {
    EXPECT_THAT(told(form_yaml), testing::IsEmpty());
}

TEST(follow_up, a_form_that_is_no_yaml_is_told_alone) {
    EXPECT_THAT(told(with("form:", "form: [")), ElementsAre("dialogs/apply.yaml not-yaml"));
}

TEST(follow_up, of_a_form_that_is_called_otherwise_only_its_own_file_is_told) {
    for (const auto& one : told(with("form:", "frm:"))) {
        EXPECT_THAT(one, testing::StartsWith("dialogs/apply.yaml"));
    }
}

TEST(follow_up, a_field_that_cannot_be_read_is_told_alone) {
    EXPECT_THAT(
        told(with("    expect: text\n", "    exepct: text\n")),
        testing::AllOf(
            testing::Contains("dialogs/apply.yaml unknown-key"),
            testing::Each(testing::StartsWith("dialogs/apply.yaml"))
        )
    );
}

// A mistake in another file is told all the same.
TEST(follow_up, what_is_wrong_elsewhere_is_not_hidden) {
    auto from = testing_sources::basic();
    from.dialogs.push_back({"dialogs/apply.yaml", "dialog: [apply\n"});
    from.messages.front().text += "apply.amount: \"{loan.produtc}\"\napply.use: \"{answer.use}\"\n";
    std::vector<std::string> made;
    for (const auto& one : load_scripts(from).problems) {
        made.push_back(one.file + " " + std::string(row_of(one.breaks).id));
    }
    EXPECT_THAT(
        made, testing::UnorderedElementsAre("dialogs/apply.yaml not-yaml", "messages/es.yaml bad-message")
    );
}

TEST(follow_up, many_texts_missing_in_a_language_are_one_finding) {
    auto from = testing_sources::basic();
    from.of.languages = {"es", "fr"};
    from.messages.push_back({"messages/fr.yaml", "menu.what: \"Comment ?\"\n"});
    std::vector<diagnostic> missing;
    for (auto& one : load_scripts(from).problems) {
        if (one.level == severity::error) missing.push_back(one);
    }
    ASSERT_EQ(missing.size(), 1U);
    EXPECT_EQ(missing[0].file, "messages/fr.yaml");
    EXPECT_EQ(missing[0].breaks, rule::missing_text);
    EXPECT_THAT(missing[0].what, testing::HasSubstr(" messages have no French text, the first: '"));
    EXPECT_EQ(missing[0].mend, "`tertulia translations export --to fr` writes them all");
}

TEST(follow_up, a_few_texts_missing_are_told_one_by_one) {
    auto from = testing_sources::basic();
    from.of.languages = {"es", "fr"};
    std::string french = testing_sources::basic_messages;
    for (const std::string line : {"menu.what: \"¿En qué le ayudo?\"\n", "verify.no: \"No se puede ahora.\"\n"}) {
        french.erase(french.find(line), line.size());
    }
    from.messages.push_back({"messages/fr.yaml", french});
    std::size_t missing = 0;
    for (const auto& one : load_scripts(from).problems) {
        if (one.breaks == rule::missing_text) ++missing;
    }
    EXPECT_EQ(missing, 2U);
}

}  // namespace
}  // namespace tertulia::dialogs
