// Text, queries and JSON as they cross a provider's border.

#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/query.hpp"
#include "adapters/wire/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tertulia::adapters {
namespace {

TEST(text, good_text_is_left_alone) {
    EXPECT_EQ(clean_text("Échéance: 5 000 F 👍\n", 100), "Échéance: 5 000 F 👍\n");
    EXPECT_EQ(clean_text("", 100), "");
}

TEST(text, nul_is_dropped_and_what_is_not_utf8_is_marked) {
    EXPECT_EQ(clean_text({"a\0b", 3}, 100), "ab");
    EXPECT_EQ(clean_text("a\xFF\xC3z", 100), "a\uFFFD\uFFFDz");
    EXPECT_EQ(clean_text("\xC0\x80", 100), "\uFFFD\uFFFD") << "an overlong NUL";
    EXPECT_EQ(clean_text("\xED\xA0\x80", 100), "\uFFFD\uFFFD\uFFFD") << "half a surrogate pair";
    EXPECT_EQ(clean_text("\xF4\x90\x80\x80", 100), "\uFFFD\uFFFD\uFFFD\uFFFD") << "beyond U+10FFFF";
    EXPECT_EQ(clean_text("\xE2\x82", 100), "\uFFFD\uFFFD") << "cut short";
}

TEST(text, a_cut_never_falls_inside_a_character) {
    EXPECT_EQ(clean_text("aé👍", 7), "aé👍");
    EXPECT_EQ(clean_text("aé👍", 6), "aé");
    EXPECT_EQ(clean_text("aé👍", 2), "a");
}

TEST(text, length_is_counted_in_utf16_units) {
    EXPECT_EQ(utf16_units(""), 0U);
    EXPECT_EQ(utf16_units("abc"), 3U);
    EXPECT_EQ(utf16_units("é€"), 2U);
    EXPECT_EQ(utf16_units("👍"), 2U);
    EXPECT_EQ(cut_to_units("a👍b", 1), "a");
    EXPECT_EQ(cut_to_units("a👍b", 2), "a");
    EXPECT_EQ(cut_to_units("a👍b", 3), "a👍");
    EXPECT_EQ(cut_to_units("a👍b", 9), "a👍b");
}

RC_GTEST_PROP(text, any_bytes_become_clean_text_of_bounded_length, (const std::string& bytes)) {
    const auto max = *rc::gen::inRange<std::size_t>(0, 50);
    const auto clean = clean_text(bytes, max);
    RC_ASSERT(clean.size() <= max);
    RC_ASSERT(clean.find('\0') == std::string::npos);
    RC_ASSERT(clean_text(clean, max) == clean);
}

TEST(file_name, a_strangers_name_cannot_lie) {
    EXPECT_EQ(safe_file_name("Reçu 3.pdf"), "Reçu 3.pdf");
    EXPECT_EQ(safe_file_name("../../etc/passwd"), "passwd");
    EXPECT_EQ(safe_file_name("C:\\Users\\x\\a.doc"), "a.doc");
    EXPECT_EQ(safe_file_name("inv\u202Efdp.exe"), "invfdp.exe") << "would show as invexe.pdf";
    EXPECT_EQ(safe_file_name("a\r\nb\x7F\u0085.pdf"), "ab.pdf");
    EXPECT_EQ(safe_file_name("a<b>|c?.pdf"), "a_b__c_.pdf");
    EXPECT_EQ(safe_file_name(" ..hidden. "), "hidden");
    EXPECT_EQ(safe_file_name("..."), "");
    EXPECT_EQ(safe_file_name("a/"), "");
    EXPECT_EQ(safe_file_name(""), "");
    EXPECT_EQ(safe_file_name(std::string(500, 'a') + ".pdf"), std::string(116, 'a') + ".pdf");
}

TEST(query, values_are_found_by_their_decoded_name) {
    EXPECT_EQ(query_value("a=1&b=2&a=3", "a"), "1");
    EXPECT_EQ(query_value("a=1&b=2", "b"), "2");
    EXPECT_EQ(query_value("hub%2emode=x%20y+z", "hub.mode"), "x y z");
    EXPECT_EQ(query_value("a&b=", "a"), "");
    EXPECT_EQ(query_value("a&b=", "b"), "");
    EXPECT_EQ(query_value("a=b=c", "a"), "b=c");
    EXPECT_EQ(query_value("&&a=1&", "a"), "1");
    EXPECT_EQ(query_value("", "a"), std::nullopt);
    EXPECT_EQ(query_value("ab=1", "a"), std::nullopt);
    EXPECT_EQ(query_value("a=%", "a"), std::nullopt);
    EXPECT_EQ(query_value("a=%4", "a"), std::nullopt);
    EXPECT_EQ(query_value("a=%+4", "a"), std::nullopt);
    EXPECT_EQ(query_value("a=%-4", "a"), std::nullopt);
}

TEST(json_writer, writes_members_in_the_order_given) {
    json_writer json;
    json.begin_object().member("a", "x").key("b").begin_array();
    json.number(1.5).number(-17).boolean(true).begin_object().end_object().text("");
    json.end_array().key("c").boolean(false).end_object();
    EXPECT_EQ(json.take(), R"({"a":"x","b":[1.5,-17,true,{},""],"c":false})");
    json.begin_array().text("again").end_array();
    EXPECT_EQ(json.take(), R"(["again"])");
}

TEST(json_writer, escapes_what_json_asks_for_and_nothing_else) {
    json_writer json;
    json.text({"\"\\/\b\n\r\t\0\x1f\x7f é👍", 18});
    EXPECT_EQ(json.take(), "\"\\\"\\\\/\\u0008\\n\\r\\t\\u001f\x7f é👍\"");
    json.text({"a\0b", 3});
    EXPECT_EQ(json.take(), R"("ab")");
    json.text("\xFF");
    EXPECT_EQ(json.take(), "\"\uFFFD\"");
}

}  // namespace
}  // namespace tertulia::adapters
