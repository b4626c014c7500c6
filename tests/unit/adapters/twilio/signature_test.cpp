// X-Twilio-Signature against vectors made with Twilio's own library.

#include "corpus.hpp"

#include "adapters/wire/digest.hpp"

namespace tertulia::adapters::twilio {
namespace {

constexpr std::string_view v1 = "/1au/D8hcYA7awLSrcvLvbxJx3I=";
constexpr std::string_view v2_with_8443 = "4ilkFKEuyQvWA2J3nYbO20jpl+A=";
constexpr std::string_view v2_without = "tm85NJM4vIZzuhmNYqzh8LB20xA=";
constexpr std::string_view v2_with_443 = "S+mqERXTpPlX742rFrUCa2rD+u0=";
constexpr std::string_view v3 = "rS3s0IBvEfHWUvNT1oWxWwaUheQ=";
constexpr std::string_view v3_query =
    "bodySHA256=1906db776defbc35978515c379802501b881791a8b731adce15ff617850c6f99";

bool post(
    std::string_view signature,
    std::string_view body,
    std::string_view path,
    std::string_view query = "",
    const channel_settings& channel = sms_channel(),
    std::string_view type = form_type
) {
    return verify(
        {.method = "POST",
         .path = path,
         .query = query,
         .content_type = type,
         .signature = signature,
         .body = body},
        channel
    );
}

channel_settings with_port(std::string_view port) {
    auto channel = sms_channel();
    channel.public_url += port;
    return channel;
}

TEST(twilio_signature, v1_a_message) {
    const auto body = sample("signed_v1.form");
    EXPECT_TRUE(post(v1, body, "/hook/tw/c7f3"));
    EXPECT_FALSE(post(v1, body, "/hook/tw/c7f4"));
    EXPECT_FALSE(post(v1, body + "&Extra=", "/hook/tw/c7f3")) << "unknown fields are signed too";
    EXPECT_FALSE(post("", body, "/hook/tw/c7f3"));
    EXPECT_FALSE(post("/1au/D8hcYA7awLSrcvLvbxJx3J=", body, "/hook/tw/c7f3"));
}

TEST(twilio_signature, v2_ports_are_ambiguous) {
    const auto body = sample("signed_v2.form");
    const auto accepts = [&](std::string_view signature, std::string_view port) {
        return post(signature, body, "/hook/tw/status", "mid=01HZX&try=1", with_port(port));
    };
    EXPECT_TRUE(accepts(v2_with_8443, ":8443"));
    EXPECT_TRUE(accepts(v2_without, ":8443"));
    EXPECT_FALSE(accepts(v2_with_443, ":8443"));
    EXPECT_FALSE(accepts(v2_with_8443, ""));
    EXPECT_TRUE(accepts(v2_without, ""));
    EXPECT_TRUE(accepts(v2_with_443, ""));
    EXPECT_TRUE(accepts(v2_without, "/")) << "a slash at the end is no part of the path";
    EXPECT_TRUE(accepts(v2_without, "#rc=3&rp=all")) << "fragments are never signed";
}

TEST(twilio_signature, v3_a_json_body_is_hashed) {
    const auto body = sample("signed_v3.json");
    const auto accepts = [&](std::string_view of, std::string_view query) {
        return post(v3, of, "/hook/tw/json", query, sms_channel(), "application/json");
    };
    EXPECT_TRUE(accepts(body, v3_query));
    auto changed = body;
    changed[3] = 'm';
    EXPECT_FALSE(accepts(changed, v3_query));
    EXPECT_FALSE(accepts(body, "")) << "without its hash a JSON body is not signed";
}

TEST(twilio_signature, v4_names_by_byte_and_repeated_values_once) {
    constexpr std::string_view signature = "g7tUppDW0sFjHsvf1zYpwjJK69E=";
    EXPECT_TRUE(post(signature, "b=2&B=1&a=x&a=w&a=x&_z=0", "/hook/tw/c7f3"));
    EXPECT_TRUE(post(signature, "_z=0&a=w&a=x&b=2&B=1", "/hook/tw/c7f3"));
    EXPECT_FALSE(post(signature, "b=2&B=1&a=x&_z=0", "/hook/tw/c7f3"));
}

TEST(twilio_signature, v5_no_fields) {
    EXPECT_TRUE(post("1VPk+wYbhMgakCxqpSJiz/xosZ0=", "", "/hook/tw/c7f3"));
    auto request = inbound_request{
        .method = "GET", .path = "/hook/tw/c7f3", .signature = "1VPk+wYbhMgakCxqpSJiz/xosZ0="};
    EXPECT_TRUE(verify(request, sms_channel())) << "a GET is signed by its address alone";
}

TEST(twilio_signature, the_secondary_token_is_accepted_while_rotating) {
    const auto body = sample("signed_v1.form");
    auto channel = sms_channel();
    channel.auth_tokens = {"ffffffffffffffffffffffffffffffff", "0123456789abcdef0123456789abcdef"};
    EXPECT_TRUE(post(v1, body, "/hook/tw/c7f3", "", channel));
    channel.auth_tokens = {"ffffffffffffffffffffffffffffffff", ""};
    EXPECT_FALSE(post(v1, body, "/hook/tw/c7f3", "", channel));
    channel.auth_tokens = {};
    EXPECT_FALSE(post(v1, body, "/hook/tw/c7f3", "", channel)) << "no secret, no trust";
}

TEST(twilio_signature, an_empty_token_signs_nothing) {
    auto channel = sms_channel();
    channel.auth_tokens = {""};
    const auto forged = base64_of(hmac_of(hash_kind::sha1, "", "https://gw.example.org/x"));
    EXPECT_FALSE(post(forged, "", "/x", "", channel));
}

TEST(twilio_signature, another_account_is_refused_even_if_signed) {
    auto channel = sms_channel();
    channel.account_sid = "AC00000000000000000000000000000002";
    EXPECT_FALSE(post(v1, sample("signed_v1.form"), "/hook/tw/c7f3", "", channel));
}

// A quote in a query is signed as it stands, as browsers write it, or as old Node does.
TEST(twilio_signature, every_spelling_of_the_query_that_twilio_signs) {
    const auto signature_over = [](std::string_view url) {
        return base64_of(hmac_of(hash_kind::sha1, sms_channel().auth_tokens.front(), url));
    };
    const std::string query = "a=it's&b=x%2fy&a=2";
    for (const auto* signed_query :
         {"a=it's&b=x%2fy&a=2", "a=it%27s&b=x%2fy&a=2", "a=it's&a=2&b=x%2Fy"}) {
        const auto url = "https://gw.example.org/hook?" + std::string{signed_query};
        EXPECT_TRUE(post(signature_over(url), "", "/hook", query)) << signed_query;
    }
    EXPECT_FALSE(post(signature_over("https://gw.example.org/hook?a=2"), "", "/hook", query));
}

TEST(twilio_signature, a_user_in_the_address_and_an_ipv6_host_keep_their_colons) {
    const auto signature_over = [](std::string_view url) {
        return base64_of(hmac_of(hash_kind::sha1, sms_channel().auth_tokens.front(), url));
    };
    auto channel = sms_channel();
    channel.public_url = "https://user:word@gw.example.org:8443/base";
    EXPECT_TRUE(
        post(signature_over("https://user:word@gw.example.org/base/x"), "", "/x", "", channel)
    );
    channel.public_url = "http://[::1]:8080";
    EXPECT_TRUE(post(signature_over("http://[::1]/x"), "", "/x", "", channel));
    channel.public_url = "http://[::1]";
    EXPECT_TRUE(post(signature_over("http://[::1]:80/x"), "", "/x", "", channel));
}

TEST(twilio_signature, without_a_public_address_nothing_is_trusted) {
    auto channel = sms_channel();
    channel.public_url.clear();
    EXPECT_FALSE(post(v1, sample("signed_v1.form"), "/hook/tw/c7f3", "", channel));
}

TEST(twilio_signature, a_body_that_is_no_form_is_refused) {
    EXPECT_FALSE(post(v1, "Body=%zz", "/hook/tw/c7f3"));
}

}  // namespace
}  // namespace tertulia::adapters::twilio
