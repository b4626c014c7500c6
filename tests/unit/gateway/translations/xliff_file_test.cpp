// XLIFF files in and out, with what translators' programs and slips make of them.

#include "gateway/translations/xliff_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using dialogs::rule;
using testing::HasSubstr;

const std::string begin =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\" srcLang=\"es\" "
    "trgLang=\"pt-BR\">\n<file id=\"m\">\n";
const std::string end = "</file>\n</xliff>\n";

// One unit on line 4, its content from line 5 on.
std::string with_unit(const std::string& content) {
    return begin + "<unit id=\"a\" name=\"a.b|sms\">\n" + content + "\n</unit>\n" + end;
}
std::string with_target(const std::string& target) {
    return with_unit("<segment><source>hola</source><target>" + target + "</target></segment>");
}

dialogs::incoming_text read_one(const std::string& text) {
    std::vector<dialogs::diagnostic> problems;
    const auto read = read_xliff({"fr.xlf", text}, problems);
    for (const auto& one : problems) ADD_FAILURE() << one.line << ": " << one.what;
    if (!read || read->texts.size() != 1) {
        ADD_FAILURE() << "not one text";
        return {};
    }
    return read->texts.front();
}
std::string target_of(const std::string& target) {
    return read_one(with_target(target)).text;
}

dialogs::diagnostic refused(const std::string& text) {
    std::vector<dialogs::diagnostic> problems;
    EXPECT_FALSE(read_xliff({"fr.xlf", text}, problems)) << text;
    EXPECT_EQ(problems.size(), 1U) << text;
    if (problems.empty()) return {};
    EXPECT_EQ(problems.front().file, "fr.xlf");
    return problems.front();
}

// Refused as wrong_shape on `line`, for what `what` says.
void expect_refused(const std::string& text, int line, const std::string& what) {
    const auto problem = refused(text);
    EXPECT_EQ(problem.breaks, rule::wrong_shape) << text;
    EXPECT_EQ(problem.line, line) << text;
    EXPECT_THAT(problem.what, HasSubstr(what));
}

TEST(xliff_file, is_read_with_the_line_of_each_translation) {
    std::vector<dialogs::diagnostic> problems;
    const auto read = read_xliff(
        {"fr.xlf",
         begin +
             "<unit id=\"a\" name=\"a.b|sms\">\n<notes><note>Said in menu.what</note></notes>\n"
             "<segment state=\"initial\" subState=\"tertulia:stale\">\n<source>hola {x}</source>\n"
             "<target>bon\njour</target>\n</segment></unit>\n"
             "<group id=\"g\"><unit id=\"c\" name=\"c\"><segment>\n<source>\n dos</source>"
             "<target>\n deux</target></segment></unit></group>\n"
             "<unit id=\"d\" name=\"d\"><segment><source>tres</source></segment></unit>\n" +
             end},
        problems
    );
    ASSERT_TRUE(read) << problems.front().what;
    EXPECT_EQ(read->language, "pt-BR");
    EXPECT_EQ(read->source_language, "es");
    EXPECT_EQ(read->line, 2);
    ASSERT_EQ(read->texts.size(), 3U);
    EXPECT_EQ(read->texts[0].context, "a.b|sms");
    EXPECT_EQ(read->texts[0].source, "hola {x}");
    EXPECT_EQ(read->texts[0].text, "bon\njour");
    EXPECT_TRUE(read->texts[0].initial);
    EXPECT_EQ(read->texts[0].line, 8);
    EXPECT_EQ(read->texts[1].source, "\n dos");
    EXPECT_EQ(read->texts[1].text, "\n deux");
    EXPECT_FALSE(read->texts[1].initial);
    EXPECT_EQ(read->texts[1].line, 13);
    EXPECT_EQ(read->texts[2].text, "");
    EXPECT_EQ(read->texts[2].line, 15);
}

TEST(xliff_file, comes_back_as_it_was_written) {
    const std::string text =
        "  “Ñandú” & <b> \"q\" 'a' ]]>\n\n\t{a, select, x {\\} other {}}\r\n\x01\x1F \xEF\xBF\xBF" +
        std::string(300, 'w') + "\n ";
    const auto made = to_xliff(
        {{.context = "a|b+c",
          .source = text,
          .text = text,
          .stale = true,
          .notes = {"Said in a & b", "At most 3"}},
         {.context = "a|b c", .source = text, .text = text},
         {.context = "a \"é\n", .source = text, .text = ""}},
        "fr-CA",
        "es"
    );
    EXPECT_THAT(made, HasSubstr("srcLang=\"es\" trgLang=\"fr-CA\""));
    EXPECT_THAT(made, HasSubstr("<unit id=\"a:b_c\" name=\"a|b+c\">\n"));
    EXPECT_THAT(made, HasSubstr("<unit id=\"a:b_c-2\" name=\"a|b c\">\n"));
    EXPECT_THAT(made, HasSubstr("<note>Said in a &amp; b</note>\n"));
    EXPECT_THAT(made, HasSubstr("<segment state=\"initial\" subState=\"tertulia:stale\">\n"));
    EXPECT_THAT(made, HasSubstr("<segment state=\"translated\">\n"));
    EXPECT_THAT(made, HasSubstr("<segment>\n"));
    EXPECT_THAT(made, HasSubstr("<cp hex=\"0001\"/><cp hex=\"001F\"/> <cp hex=\"FFFF\"/>www"));
    std::vector<dialogs::diagnostic> problems;
    const auto read = read_xliff({"x.xlf", made}, problems);
    ASSERT_TRUE(read) << problems.front().what;
    EXPECT_EQ(read->language, "fr-CA");
    ASSERT_EQ(read->texts.size(), 3U);
    EXPECT_EQ(read->texts[0].source, text);
    EXPECT_EQ(read->texts[0].text, text);
    EXPECT_TRUE(read->texts[0].initial);
    EXPECT_EQ(read->texts[1].text, text);
    EXPECT_FALSE(read->texts[1].initial);
    EXPECT_EQ(read->texts[2].context, "a \"é\n");
    EXPECT_EQ(read->texts[2].text, "");
}

TEST(xliff_file, marks_of_a_translators_program_are_taken_off) {
    EXPECT_EQ(
        target_of("a<mrk id=\"1\">b</mrk> <pc id=\"2\">c<pc id=\"3\">d</pc></pc> <mrk/>e"),
        "ab cd e"
    );
    EXPECT_EQ(
        target_of("a<sm id=\"1\"/>b<em startRef=\"1\"/><sc id=\"2\"/>c<ec startRef=\"2\"/>"), "abc"
    );
    EXPECT_EQ(target_of("a<cp hex=\"00E9\"/><cp hex=\"1F600\"/><cp hex=\"0002\"/>"), "aé😀\x02");
    EXPECT_EQ(target_of("<![CDATA[<b> &amp;]]> &#233;&#xE9;<!-- no -->&lt;"), "<b> &amp; éé<");
    expect_refused(with_target("\n<ph id=\"1\"/>"), 6, "<ph>");
    expect_refused(with_target("<b>x</b>"), 5, "<b>");
    expect_refused(with_target("<cp hex=\"D800\"/>"), 5, "no character");
    expect_refused(with_target("<cp hex=\"0000\"/>"), 5, "no character");
    expect_refused(with_target("<cp hex=\"x\"/>"), 5, "no character");
    expect_refused(with_target("<cp/>"), 5, "no character");
}

TEST(xliff_file, line_breaks_and_blanks_are_what_xml_says_they_are) {
    EXPECT_EQ(target_of("  a\r\nb&#13;\n\tc "), "  a\nb\r\n\tc ");
    EXPECT_EQ(target_of("<mrk id=\"1\"> </mrk>"), " ");
}

TEST(xliff_file, what_stands_for_original_data_is_that_data) {
    const std::string data =
        "<originalData><data id=\"d1\">{loan.x}</data><data id=\"d2\">*</data></originalData>\n";
    const auto read = read_one(with_unit(
        data +
        "<segment><source>debe <ph id=\"1\" dataRef=\"d1\"/></source><target>"
        "<pc id=\"2\" dataRefStart=\"d2\" dataRefEnd=\"d2\"><ph id=\"1\" dataRef=\"d1\"/></pc>"
        "</target></segment>"
    ));
    EXPECT_EQ(read.source, "debe {loan.x}");
    EXPECT_EQ(read.text, "*{loan.x}*");
    expect_refused(with_target("<ph id=\"1\" dataRef=\"d1\"/>"), 5, "original data 'd1'");
}

TEST(xliff_file, data_that_is_repeated_without_end_is_refused) {
    std::string many;
    for (int i = 0; i < 900; ++i) many += "<ph id=\"p\" dataRef=\"d\"/>";
    const auto text = with_unit(
        "<originalData><data id=\"d\">" + std::string(10'000, 'w') +
        "</data></originalData><segment><source>a</source><target>" + many + "</target></segment>"
    );
    expect_refused(text, 5, "8 MiB");
}

TEST(xliff_file, segments_of_a_unit_are_one_text) {
    const std::string two =
        "<segment state=\"translated\"><source>Uno.</source><target>Un.</target></segment>"
        "<ignorable><source> </source></ignorable>"
        "<segment state=\"final\"><source>Dos.</source><target>Deux.</target></segment>";
    EXPECT_EQ(read_one(with_unit(two)).source, "Uno. Dos.");
    EXPECT_EQ(read_one(with_unit(two)).text, "Un. Deux.");
    EXPECT_FALSE(read_one(with_unit(two)).initial);

    const std::string turned =
        "<segment><source>Uno.</source><target order=\"3\">Un.</target></segment>"
        "<ignorable><source> </source><target>\n</target></ignorable>"
        "<segment><source>Dos.</source><target order=\"1\">Deux.</target></segment>";
    EXPECT_EQ(read_one(with_unit(turned)).text, "Deux.\nUn.");
    expect_refused(
        with_unit("<segment><source>Uno.</source><target order=\"2\">Un.</target></segment>"),
        4,
        "order"
    );
}

TEST(xliff_file, half_a_text_is_not_translated_and_one_doubtful_segment_makes_it_doubtful) {
    const std::string first =
        "<segment state=\"translated\"><source>Uno.</source><target>Un.</target></segment>";
    EXPECT_EQ(read_one(with_unit(first + "<segment><source>Dos.</source></segment>")).text, "");
    EXPECT_EQ(
        read_one(with_unit(first + "<segment><source>Dos.</source><target/></segment>")).text, ""
    );
    const auto doubtful = read_one(with_unit(
        first + "<segment state=\"initial\"><source>Dos.</source><target>Deux.</target></segment>"
    ));
    EXPECT_EQ(doubtful.text, "Un.Deux.");
    EXPECT_TRUE(doubtful.initial);
    EXPECT_EQ(
        read_one(with_unit("<ignorable><source> </source><target> </target></ignorable>")).text, ""
    );
}

TEST(xliff_file, may_name_its_namespace_and_hold_what_is_of_others) {
    const auto read = read_one(
        "<x:xliff xmlns:x=\"urn:oasis:names:tc:xliff:document:2.0\" xmlns:m=\"urn:m\" "
        "version=\"2.1\" srcLang=\"es\" trgLang=\"fr\"><x:file id=\"f\"><x:unit id=\"a\" "
        "name=\"a\">"
        "<m:matches><m:match><x:source>no</x:source><x:target>non</x:target></m:match></m:matches>"
        "<x:segment><x:source>hola</x:source><x:target>sa<x:mrk id=\"1\">lut</x:mrk></x:target>"
        "</x:segment></x:unit></x:file></x:xliff>"
    );
    EXPECT_EQ(read.source, "hola");
    EXPECT_EQ(read.text, "salut");
}

TEST(xliff_file, of_another_kind_is_refused) {
    expect_refused("<?xml version=\"1.0\"?>\n<html/>", 2, "begins with <html>");
    expect_refused(
        "<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\"/>", 1, "XLIFF '1.2'"
    );
    expect_refused("<xliff version=\"2.0\"/>", 1, "not XLIFF 2.0");
    const std::string root =
        "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\"";
    const std::string file =
        "<file id=\"f\"><unit id=\"a\" "
        "name=\"a\"><segment><source>a</source></segment></unit></file></xliff>";
    expect_refused(root + " srcLang=\"es\">" + file, 1, "no trgLang");
    expect_refused(root + " trgLang=\"fr\">" + file, 1, "no srcLang");
    expect_refused(begin + end, 2, "no <unit>");
    expect_refused(with_unit(""), 4, "without a <segment>");
    expect_refused(with_unit("<segment><target>x</target></segment>"), 5, "without its <source>");
    expect_refused(
        with_unit("<segment state=\"fuzzy\"><source>x</source></segment>"), 5, "state 'fuzzy'"
    );
    expect_refused(with_target("x") + "<xliff/>", 9, "second file");
    expect_refused("", 1, "no XLIFF file");
}

TEST(xliff_file, that_breaks_off_is_refused_with_its_line) {
    expect_refused(with_unit("<segment>\n<source>x</segment>"), 6, "mismatch");
    expect_refused(begin + "<unit id=\"a\nname=\"b\"><", 5, "does not end");
    expect_refused(begin + "<!-- ", 4, "does not end");
    expect_refused(begin + "<unit\n", 4, "does not end");
}

TEST(xliff_file, follows_no_entity) {
    const std::string declared =
        "<!DOCTYPE xliff [<!ENTITY a \"aaaa\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\n";
    expect_refused(declared + with_target("&f;"), 1, "document type");
    expect_refused(with_target("\n&nbsp;"), 6, "'&nbsp;'");
    expect_refused(with_unit("<segment id=\"&f;\"><source>x</source></segment>"), 5, "'&f;'");
    expect_refused(with_target("a & b"), 5, "an '&'");
    expect_refused(with_target("&#xD800;"), 5, "'&#xD800;'");
    expect_refused(with_target("&#2;"), 5, "'&#2;'");
    expect_refused(with_target("&#x110000;"), 5, "'&#x110000;'");
    expect_refused(with_target("a\x02"), 5, "does not allow");
    expect_refused(with_target("a\xEF\xBF\xBE"), 5, "does not allow");
}

TEST(xliff_file, that_is_nested_without_end_is_refused) {
    std::string marks;
    std::string groups = begin;
    for (int i = 0; i < 100'000; ++i) {
        marks += "<mrk>";
        groups += "<group>";
    }
    for (int i = 0; i < 100'000; ++i) {
        marks += "</mrk>";
        groups += "</group>";
    }
    expect_refused(with_target(marks), 5, "32 deep");
    std::vector<dialogs::diagnostic> problems;
    EXPECT_FALSE(read_xliff({"fr.xlf", groups + end}, problems));
    ASSERT_FALSE(problems.empty());
    EXPECT_THAT(problems.front().what, HasSubstr("32 deep"));
}

TEST(xliff_file, that_is_not_utf8_is_refused) {
    EXPECT_EQ(refused(with_target("\xFF")).breaks, rule::not_utf8);
    EXPECT_EQ(refused(with_target(std::string(1, '\0'))).breaks, rule::not_utf8);
    EXPECT_EQ(
        refused("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<xliff/>").breaks, rule::not_utf8
    );
    EXPECT_EQ(read_one("\xEF\xBB\xBF" + with_target("x")).text, "x");
}

TEST(xliff_file, that_is_too_large_is_refused) {
    EXPECT_EQ(refused(std::string(xliff_bytes_max + 1, '#')).breaks, rule::too_large);
}

}  // namespace
}  // namespace tertulia::gateway
