// Bodies nobody should send: parse() answers, whatever comes.

#include "corpus.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

std::string with_text(std::string_view text) {
    return R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages",)"
           R"("value":{"messages":[{"from":"221771234567","id":"w","timestamp":"1795413600",)"
           R"("type":"text","text":{"body":")" +
           std::string{text} + R"("}}]}}]}]})";
}

void expect_bounded(const parsed& read) {
    for (const auto& broken : read.malformed) {
        RC_ASSERT(!broken.reason.empty());
        RC_ASSERT(broken.raw_json.size() <= malformed_bytes_max);
    }
    for (const auto& event : read.events) {
        const auto* message = std::get_if<inbound_message>(&event);
        if (message == nullptr) continue;
        RC_ASSERT(!message->id.empty());
        RC_ASSERT(!message->from.empty());
        if (const auto* text = std::get_if<typed_text>(&message->content)) {
            RC_ASSERT(text->text.size() <= text_bytes_max);
            RC_ASSERT(text->text.find('\0') == std::string::npos);
        }
    }
}

TEST(parse_hostile, what_is_not_json_is_refused_whole) {
    EXPECT_FALSE(parse({}, sandaga));
    for (const std::string_view body :
         {"",
          " ",
          "{",
          "[",
          "nonsense",
          "{\"object\":\"whatsapp_business_account\",\"entry\":[",
          "{\"object\":\"whatsapp_business_account\",\"entry\":[]} {}",
          "{\"object\":\"whatsapp_business_account\",\"entry\":[1,]}",
          "\"\\ud83d"}) {
        const auto read = parse(body, sandaga);
        ASSERT_FALSE(read) << body;
        EXPECT_EQ(read.error(), errc::not_json) << body;
    }
}

TEST(parse_hostile, json_of_somebody_else_is_refused_whole) {
    for (const std::string_view body :
         {"null",
          "7",
          "[]",
          "{}",
          R"({"object":"page","entry":[]})",
          R"({"object":"whatsapp_business_account"})",
          R"({"object":"whatsapp_business_account","entry":{}})",
          R"({"object":["whatsapp_business_account"],"entry":[]})"}) {
        const auto read = parse(body, sandaga);
        ASSERT_FALSE(read) << body;
        EXPECT_EQ(read.error(), errc::not_whatsapp) << body;
    }
    EXPECT_TRUE(parse(R"({"object":"whatsapp_business_account","entry":[]})", sandaga));
}

TEST(parse_hostile, bytes_that_are_not_utf8_are_refused_whole) {
    EXPECT_TRUE(parse(with_text("é"), sandaga));
    for (const std::string_view bytes : {"\xE9", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80"}) {
        const auto read = parse(with_text(bytes), sandaga);
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error(), errc::not_json);
    }
    EXPECT_FALSE(parse(with_text(std::string_view{"a\0b", 3}), sandaga));
}

TEST(parse_hostile, nesting_is_bounded) {
    const auto nested = [](std::size_t depth) {
        return R"({"object":"whatsapp_business_account","entry":[],"x":)" +
               std::string(depth, '[') + std::string(depth, ']') + "}";
    };
    EXPECT_TRUE(parse(nested(50), sandaga));
    EXPECT_FALSE(parse(nested(80), sandaga));
    EXPECT_FALSE(parse(nested(500'000), sandaga));
    EXPECT_FALSE(parse(std::string(500'000, '{'), sandaga));
    EXPECT_TRUE(parse(nested(50), sandaga)) << "the next body is none the worse for it";
}

TEST(parse_hostile, a_truncated_body_is_refused) {
    const auto body = sample("mixed_batch_with_broken_elements");
    const auto last = body.find_last_of('}');
    for (std::size_t size = 0; size < last; size += 7) {
        const auto read = parse(std::string_view{body}.substr(0, size), sandaga);
        ASSERT_FALSE(read) << size;
        EXPECT_EQ(read.error(), errc::not_json) << size;
    }
}

TEST(parse_hostile, three_megabytes_are_no_matter) {
    const auto read = parse(with_text(std::string(3'000'000, 'x')), sandaga);
    ASSERT_TRUE(read);
    const auto& message = std::get<inbound_message>(read->events.at(0));
    EXPECT_EQ(std::get<typed_text>(message.content).text.size(), text_bytes_max);
    EXPECT_TRUE(parse(with_text("small again"), sandaga));
}

TEST(parse_hostile, a_value_of_any_other_type_anywhere_is_survived) {
    const std::vector<std::string> others{
        "null", "true", "-1", "1.5", "\"\"", "\"x\"", "[]", "[null]", "[[]]", "{}", "{\"a\":{}}"};
    for (const auto& body : all_samples()) {
        // Every member's value in turn: from the colon to the end of what simply follows it.
        for (auto colon = body.find("\": "); colon != std::string::npos;
             colon = body.find("\": ", colon + 1)) {
            const auto from = colon + 3;
            if (body[from] == '{' || body[from] == '[') continue;
            const auto end = body.find_first_of(",\n", from);
            for (const auto& other : others) {
                auto changed = body;
                changed.replace(from, end - from, other);
                if (const auto read = parse(changed, sandaga)) expect_bounded(*read);
            }
        }
    }
}

TEST(parse_hostile, an_interactive_reply_without_a_type_is_kept_as_unknown) {
    auto body = sample("button_reply");
    const std::string type = R"("type": "button_reply")";
    body.replace(body.find(type), type.size(), R"("type": "")");
    const auto read = parse(body, sandaga);
    ASSERT_TRUE(read);
    const auto& message = std::get<inbound_message>(read->events.at(0));
    EXPECT_EQ(std::get<unknown_content>(message.content).type, "interactive:");
}

TEST(parse_hostile, mutated_samples_never_crash_or_throw) {
    const auto samples = all_samples();
    EXPECT_TRUE(rc::check("mutations", [&samples] {
        auto body = *rc::gen::elementOf(samples);
        const auto edits = *rc::gen::inRange(1, 6);
        for (int edit = 0; edit < edits && !body.empty(); ++edit) {
            const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
            const auto length =
                std::min<std::size_t>(*rc::gen::inRange<std::size_t>(1, 40), body.size() - at);
            switch (*rc::gen::inRange(0, 5)) {
                case 0:
                    body[at] = *rc::gen::arbitrary<char>();
                    break;
                case 1:
                    body.erase(at, length);
                    break;
                case 2:
                    body.insert(at, body.substr(at, length));
                    break;
                case 3:
                    body[at] = *rc::gen::elementOf(std::string{"{}[]\",:\\0eu"});
                    break;
                default: {
                    const auto& other = *rc::gen::elementOf(samples);
                    const auto from = *rc::gen::inRange<std::size_t>(0, other.size());
                    body.replace(at, length, other.substr(from, length));
                }
            }
        }
        if (const auto read = parse(body, sandaga)) {
            expect_bounded(*read);
        } else {
            RC_ASSERT(read.error() == errc::not_json || read.error() == errc::not_whatsapp);
        }
    }));
}

}  // namespace
}  // namespace tertulia::adapters::whatsapp_cloud
