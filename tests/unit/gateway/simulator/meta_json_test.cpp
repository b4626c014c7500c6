// Bodies and signatures as Meta's servers make them.

#include "gateway/simulator/controls.hpp"
#include "gateway/simulator/media_shelf.hpp"
#include "gateway/simulator/meta_json.hpp"
#include "gateway/simulator/simulator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tertulia::gateway::simulator {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

TEST(meta_json, signatures_are_those_of_the_known_vectors) {
    EXPECT_EQ(
        signature("test_app_secret", R"({"object":"whatsapp_business_account","entry":[]})"),
        "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"
    );
    EXPECT_EQ(
        signature("test_app_secret", escaped({{"t", "äöå"}})),
        "sha256=8cc2a80f11313ef9c69ca05a132f3f266a992c9b43953c1a520861f142a45c7a"
    );
}

TEST(meta_json, everything_outside_ascii_is_escaped_in_lower_case_and_slashes_too) {
    EXPECT_EQ(escaped({{"t", "é😀 a/b\n"}}), R"({"t":"\u00e9\ud83d\ude00 a\/b\n"})");
    EXPECT_EQ(escaped({{"t", "\xff"}}), R"({"t":"\ufffd"})");
}

TEST(meta_json, an_error_envelope_has_what_people_debug_with) {
    const auto said = error_envelope(error_of(130429), "AbC");
    EXPECT_EQ(said["error"]["message"], "(#130429) Rate limit hit");
    EXPECT_EQ(said["error"]["type"], "OAuthException");
    EXPECT_EQ(said["error"]["code"], 130429);
    EXPECT_EQ(said["error"]["fbtrace_id"], "AbC");
    EXPECT_EQ(error_of(130429).http_status, 429U);
    EXPECT_EQ(error_of(424242).http_status, 400U);
}

TEST(meta_json, empty_identities_are_left_out) {
    const auto who = contact_json({.wa_id = "", .user_id = "GT.1", .name = "Ana"});
    EXPECT_FALSE(who.contains("wa_id"));
    EXPECT_EQ(who["user_id"], "GT.1");
    const auto message = inbound_json({.user_id = "GT.1"}, "wamid.1", instant{1'500ms}, "text");
    EXPECT_FALSE(message.contains("from"));
    EXPECT_EQ(message["timestamp"], "1");
}

TEST(user_id, is_stable_and_carries_the_country) {
    EXPECT_EQ(user_id_of("50255551234"), user_id_of("50255551234"));
    EXPECT_TRUE(user_id_of("50255551234").starts_with("GT."));
    EXPECT_TRUE(user_id_of("221771234567").starts_with("SN."));
    EXPECT_NE(user_id_of("50255551234"), user_id_of("50255551235"));
}

TEST(controls, orders_are_taken_whole_or_not_at_all) {
    controls now;
    EXPECT_EQ(obey({{"duplicates", 2}, {"delivered_ms", nullptr}}, now), "");
    EXPECT_EQ(now.duplicates, 2);
    EXPECT_FALSE(now.delivered_after);
    for (const auto& wrong : std::vector<json>{
             {{"duplicates", 3}, {"nonsense", 1}}, {{"duplicates", 11}}, {{"duplicates", -1}},
             {{"duplicates", "1"}}, {{"reorder", 1}}, {{"errors", 5}}, {{"errors", {{{"times", 1}}}}},
             {{"phone_off", 7}}, {{"templates", true}}, {{"latency_ms", 1e12}}, json::array(),
             json(nullptr)}) {
        EXPECT_NE(obey(wrong, now), "") << wrong;
    }
    EXPECT_EQ(now.duplicates, 2);
    EXPECT_EQ(to_json(now)["duplicates"], 2);
}

TEST(controls, errors_are_used_up_by_whom_they_are_for) {
    controls now;
    json mine{{"code", 131056}, {"times", 2}, {"to", "+502 5555-1234"}};
    json anyones{{"code", 4}};
    json orders = json::object();
    orders["errors"] = json::array({mine, anyones});
    ASSERT_EQ(obey(orders, now), "");
    EXPECT_EQ(now.take_error("1")->code, 4);
    EXPECT_FALSE(now.take_error("1"));
    EXPECT_EQ(now.take_error("50255551234")->code, 131056);
    EXPECT_EQ(now.take_error("50255551234")->code, 131056);
    EXPECT_FALSE(now.take_error("50255551234"));
}

TEST(controls, a_telephone_is_one_by_its_number_and_by_its_user_id) {
    controls now;
    const auto hidden = user_id_of("50255551234");
    json orders{{"phone_off", json::array({"+502 5555-1234", "GT.77"})}};
    orders["errors"] = json::array({json{{"code", 4}, {"to", "+502 5555-1234"}}});
    ASSERT_EQ(obey(orders, now), "");
    EXPECT_TRUE(now.is_off("50255551234"));
    EXPECT_TRUE(now.is_off(hidden));
    EXPECT_TRUE(now.is_off("GT.77"));
    EXPECT_FALSE(now.is_off(user_id_of("50255551235")));
    EXPECT_FALSE(now.is_off("77"));
    EXPECT_FALSE(now.take_error("GT.77"));
    EXPECT_EQ(now.take_error(hidden)->code, 4);
    ASSERT_EQ(obey({{"phone_off", json::array()}}, now), "");
    EXPECT_FALSE(now.is_off(hidden));
}

TEST(media_shelf, lends_for_five_minutes_and_forgets_the_oldest) {
    media_shelf shelf{10};
    const instant noon{1'000'000ms};
    const auto first = shelf.put({.bytes = "123456", .expires_at = noon + 1h});
    const auto token = shelf.lend(first, noon);
    ASSERT_TRUE(shelf.borrowed(token, noon + 4min));
    EXPECT_EQ(shelf.borrowed(token, noon + 4min)->bytes, "123456");
    EXPECT_FALSE(shelf.borrowed(token, noon + 5min));
    EXPECT_FALSE(shelf.find(first, noon + 1h));
    const auto second = shelf.put({.bytes = "abcdef", .expires_at = noon + 1h});
    EXPECT_FALSE(shelf.find(first, noon)) << "made room";
    EXPECT_TRUE(shelf.find(second, noon));
    EXPECT_EQ(shelf.put({.bytes = std::string(11, 'x')}), "");
    EXPECT_TRUE(shelf.drop(second));
    EXPECT_FALSE(shelf.drop(second));
}

TEST(media_shelf, reads_an_upload) {
    const std::string body =
        "--B\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
        "Content-Type: image/png\r\n\r\n\x89PNG\r\n--\r\n--B--\r\n";
    const auto got = parse_upload("multipart/form-data; boundary=B", body);
    ASSERT_TRUE(got);
    EXPECT_EQ(got->messaging_product, "whatsapp");
    EXPECT_EQ(got->file.mime_type, "image/png");
    EXPECT_EQ(got->file.file_name, "a.png");
    EXPECT_EQ(got->file.bytes, "\x89PNG\r\n--");
    EXPECT_FALSE(parse_upload("application/json", body));
    EXPECT_FALSE(parse_upload("multipart/form-data; boundary=B", body.substr(0, 120)));
    EXPECT_FALSE(parse_upload("multipart/form-data; boundary=", body));
}

}  // namespace
}  // namespace tertulia::gateway::simulator
