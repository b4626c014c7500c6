// Forms as callbacks bring them and as we send them.

#include "adapters/wire/form.hpp"
#include "adapters/wire/callback_fields.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tertulia::adapters {
namespace {

TEST(form, fields_are_decoded_in_order_and_may_repeat) {
    const auto read = read_form("a=b+c&d=&a=%C3%A9&e");
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 4U);
    EXPECT_EQ(value_in(*read, "a"), "b c") << "the first of its name";
    EXPECT_EQ((*read)[2].value, "é");
    EXPECT_TRUE(has_field(*read, "e"));
    EXPECT_EQ(value_in(*read, "e"), "");
    EXPECT_FALSE(has_field(*read, "f"));
}

TEST(form, bad_encoding_and_endless_fields_are_no_form) {
    EXPECT_FALSE(read_form("a=%4"));
    EXPECT_FALSE(read_form("a=%zz"));
    std::string many;
    for (std::size_t index = 0; index <= form_fields_max; ++index) many += "a=b&";
    EXPECT_FALSE(read_form(many));
    EXPECT_TRUE(read_form("")) << "no fields is a form";
}

TEST(form, what_was_written_is_read_back) {
    form_writer form;
    form.add("Body", "¿Qué? 1+1=2 & más").add("To", "+50255550101");
    const auto text = form.take();
    EXPECT_EQ(text, "Body=%C2%BFQu%C3%A9%3F%201%2B1%3D2%20%26%20m%C3%A1s&To=%2B50255550101");
    const auto read = read_form(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(value_in(*read, "Body"), "¿Qué? 1+1=2 & más");
}

RC_GTEST_PROP(form, any_value_comes_back, (const std::string& name, const std::string& value)) {
    form_writer form;
    const auto read = read_form(form.add("x" + name, value).take());
    RC_ASSERT(read.has_value());
    RC_ASSERT(value_in(*read, "x" + name) == value);
}

TEST(form, fields_are_shown_as_bounded_json) {
    const form_fields fields{{"a", "1"}, {"long", std::string(100, 'x')}, {"b", "\"2\""}};
    EXPECT_EQ(to_json(fields, 40), R"({"a":"1","b":"\"2\""})");
    EXPECT_EQ(to_json({}, 40), "{}");
}

TEST(form, a_query_value_joins_what_is_there) {
    EXPECT_EQ(with_query_value("https://a/b", "mid", "1 2"), "https://a/b?mid=1%202");
    EXPECT_EQ(with_query_value("https://a/b?c=d", "mid", "1"), "https://a/b?c=d&mid=1");
    EXPECT_EQ(with_query_value("https://a/b#rc=3", "mid", "1"), "https://a/b?mid=1#rc=3");
}

TEST(callback_fields, are_the_same_however_they_came) {
    const inbound_request by_get{.method = "GET", .query = "a=1&b=x", .body = "a=2"};
    const inbound_request by_form{.method = "POST", .query = "a=2", .body = "a=1&b=x"};
    const inbound_request by_json{
        .method = "POST",
        .content_type = "application/json; charset=utf-8",
        .body = R"({"a":1,"b":"x","c":null,"d":{"e":[2]}})"};
    for (const auto& request : {by_get, by_form, by_json}) {
        const auto fields = callback_fields(request);
        ASSERT_TRUE(fields);
        EXPECT_EQ(value_in(*fields, "a"), "1");
        EXPECT_EQ(value_in(*fields, "b"), "x");
        EXPECT_FALSE(has_field(*fields, "c"));
    }
    EXPECT_EQ(value_in(*callback_fields(by_json), "d"), R"({"e":[2]})");
    for (const auto* bad : {"", "[1]", "{", "7"}) {
        EXPECT_FALSE(callback_fields({.content_type = "application/json", .body = bad})) << bad;
    }
}

}  // namespace
}  // namespace tertulia::adapters
