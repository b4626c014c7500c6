// PO files in and out, with what translators' programs and slips make of them.

#include "gateway/translations/po_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

const std::string header =
    "msgid \"\"\nmsgstr \"\"\n\"Language: pt_BR\\n\"\n\"X-Source-Language: es\\n\"\n"
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n";

std::vector<dialogs::diagnostic> problems_of(const std::string& text) {
    std::vector<dialogs::diagnostic> problems;
    EXPECT_FALSE(read_po({"fr.po", text}, problems));
    EXPECT_FALSE(problems.empty());
    for (const auto& one : problems) EXPECT_EQ(one.file, "fr.po");
    problems.push_back({});  // so that a test may look at the first
    return problems;
}

TEST(po_file, is_read_with_the_line_of_each_translation) {
    std::vector<dialogs::diagnostic> problems;
    const auto read = read_po(
        {"fr.po",
         header +
             "#. Said in menu.what\n#, fuzzy\nmsgctxt \"a.b|sms\"\nmsgid \"hola {x}\"\nmsgstr \"\"\n"
             "\"bon\\n\"\n\"jour\"\n\nmsgctxt \"c\"\nmsgid \"\\n dos\"\nmsgstr \"\\n deux\"\n\n"
             "#~ msgctxt \"d\"\n#~ msgid \"viejo\"\n#~ msgstr \"vieux\"\n"},
        problems
    );
    ASSERT_TRUE(read) << problems.front().what;
    EXPECT_EQ(read->language, "pt-BR");
    EXPECT_EQ(read->source_language, "es");
    ASSERT_EQ(read->texts.size(), 2U);
    EXPECT_EQ(read->texts[0].context, "a.b|sms");
    EXPECT_EQ(read->texts[0].source, "hola {x}");
    EXPECT_EQ(read->texts[0].text, "bon\njour");
    EXPECT_TRUE(read->texts[0].fuzzy);
    EXPECT_EQ(read->texts[0].line, 11);
    EXPECT_EQ(read->texts[1].text, "\n deux");
    EXPECT_FALSE(read->texts[1].fuzzy);
    EXPECT_EQ(read->texts[1].line, 17);
}

TEST(po_file, comes_back_as_it_was_written) {
    const std::string text = "“Ñandú”\n\n{a, select, x {\\ \"q\"} other {}} " + std::string(300, 'w');
    const auto made = to_po(
        {{.context = "a|b", .source = text, .text = text, .fuzzy = true, .comments = "Said in a\n"},
         {.context = "c", .source = text, .text = ""}},
        "fr-CA",
        "es"
    );
    EXPECT_THAT(made, testing::HasSubstr("#. Said in a\n#, fuzzy\nmsgctxt \"a|b\""));
    std::vector<dialogs::diagnostic> problems;
    const auto read = read_po({"x.po", made}, problems);
    ASSERT_TRUE(read) << problems.front().what;
    EXPECT_EQ(read->language, "fr-CA");
    ASSERT_EQ(read->texts.size(), 2U);
    EXPECT_EQ(read->texts[0].source, text);
    EXPECT_EQ(read->texts[0].text, text);
    EXPECT_TRUE(read->texts[0].fuzzy);
    EXPECT_EQ(read->texts[1].text, "");
}

TEST(po_file, that_breaks_off_is_refused_with_its_line) {
    const auto problems = problems_of(header + "msgctxt \"a\"\nmsgid \"b\nmsgstr \"c\"\n");
    EXPECT_EQ(problems.front().line, 9);  // where the string has not ended
    EXPECT_EQ(problems.front().breaks, dialogs::rule::wrong_shape);
}

TEST(po_file, with_one_text_twice_is_refused) {
    const std::string entry = "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n\n";
    EXPECT_EQ(problems_of(header + entry + entry).front().line, 12);
}

TEST(po_file, that_is_not_utf8_is_refused) {
    EXPECT_EQ(problems_of(header + "msgid \"\xFF\"\n").front().breaks, dialogs::rule::not_utf8);
    EXPECT_EQ(
        problems_of(header + std::string("msgid \"\0\"\n", 10)).front().breaks,
        dialogs::rule::not_utf8
    );
    EXPECT_EQ(
        problems_of("msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n").front().breaks,
        dialogs::rule::not_utf8
    );
}

TEST(po_file, with_gettext_plurals_is_refused) {
    const auto problems = problems_of(
        header + "msgctxt \"a\"\nmsgid \"b\"\nmsgid_plural \"bs\"\nmsgstr[0] \"c\"\nmsgstr[1] \"d\"\n"
    );
    EXPECT_EQ(problems.front().breaks, dialogs::rule::wrong_shape);
    EXPECT_EQ(problems.front().line, 10);
}

TEST(po_file, that_is_too_large_is_refused) {
    EXPECT_EQ(
        problems_of(std::string(po_bytes_max + 1, '#')).front().breaks, dialogs::rule::too_large
    );
}

}  // namespace
}  // namespace tertulia::gateway
