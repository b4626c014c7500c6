// What a decision on the board of ideas may look like, and what is said to whatever does not.

#include "gateway/commands/feedback_routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(feedback_routes, a_decision_is_read_whole) {
    const auto read = read_decision(
        "12", R"({"owner": "Marta", "decision": "adopted", "words": "Ya abrimos.", "also": [13, 15]})"
    );
    EXPECT_EQ(read.wrong, "");
    EXPECT_THAT(read.ideas, ElementsAre(12, 13, 15));
    EXPECT_EQ(read.what.owner, "Marta");
    EXPECT_EQ(read.what.words, "Ya abrimos.");
    EXPECT_EQ(read.what.decision, feedback_decision::adopted);
}

TEST(feedback_routes, anything_else_is_refused_with_what_to_write) {
    const auto wrong = [](const char* body, const char* id = "12") { return read_decision(id, body).wrong; };
    constexpr auto fine = R"({"decision": "later"})";
    EXPECT_EQ(wrong(fine), "") << "owner and words are the board's to miss";
    for (const auto* id : {"", "x", "0", "-1", "12x", "99999999999999999999"}) {
        EXPECT_THAT(wrong(fine, id), HasSubstr("names an idea by its number")) << id;
    }
    for (const auto* body : {"", "[]", "12", "{", "\"x\""}) {
        EXPECT_THAT(wrong(body), HasSubstr("is a JSON object")) << body;
    }
    EXPECT_THAT(wrong(R"({})"), HasSubstr("adopted, declined or later"));
    EXPECT_THAT(wrong(R"({"decision": "open"})"), HasSubstr("adopted, declined or later"));
    EXPECT_THAT(wrong(R"({"decision": 1})"), HasSubstr("\"decision\" is a text"));
    EXPECT_THAT(wrong(R"({"decision": "later", "owner": 7})"), HasSubstr("\"owner\" is a text"));
    EXPECT_THAT(wrong(R"({"decision": "later", "who": "x"})"), HasSubstr("\"who\" is not known"));
    for (const auto* also : {"12", "[\"a\"]", "[-1]", "[0]", "[1.5]", "[99999999999999999999]"}) {
        EXPECT_THAT(
            wrong((std::string{R"({"decision": "later", "also": )"} + also + "}").c_str()),
            HasSubstr("a list of numbers")
        ) << also;
    }
}

}  // namespace
}  // namespace tertulia::gateway
