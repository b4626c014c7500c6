// Nobody but Meta may speak to a callback. The digests were computed with OpenSSL's command line.

#include "corpus.hpp"

namespace tertulia::adapters::whatsapp_cloud {
namespace {

struct vector_of_digest {
    std::string_view body;
    std::string_view digest;
};

constexpr std::array vectors{
    vector_of_digest{
        R"({"object":"whatsapp_business_account","entry":[]})",
        "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"},
    vector_of_digest{
        R"({"object": "whatsapp_business_account", "entry": []})",
        "56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a"},
    vector_of_digest{
        R"({"t":"\u00e4\u00f6\u00e5"})",
        "8cc2a80f11313ef9c69ca05a132f3f266a992c9b43953c1a520861f142a45c7a"},
    vector_of_digest{
        "{\"t\":\"äöå\"}", "07b8dabf93a804e697507061549bf1050a7e7efcff37c84effe4818d2a4f9c3e"},
};

std::string header(std::string_view digest) {
    return "sha256=" + std::string{digest};
}

bool accepts(std::vector<std::string> secrets, std::string_view signature, std::string_view body) {
    return signature_checker{secrets}.accepts(signature, body);
}

TEST(signature, the_bytes_received_are_what_is_signed) {
    signature_checker checker{sandaga.app_secrets};
    for (const auto& [body, digest] : vectors) {
        EXPECT_TRUE(checker.accepts(header(digest), body)) << body;
    }
    // The same text in another spelling is another body.
    EXPECT_FALSE(checker.accepts(header(vectors[2].digest), vectors[3].body));
    EXPECT_FALSE(checker.accepts(header(vectors[0].digest), vectors[1].body));
}

TEST(signature, a_checker_can_be_used_again_after_a_refusal) {
    signature_checker checker{sandaga.app_secrets};
    for (int round = 0; round < 3; ++round) {
        EXPECT_FALSE(checker.accepts(header(vectors[1].digest), vectors[0].body));
        EXPECT_TRUE(checker.accepts(header(vectors[0].digest), vectors[0].body));
    }
}

TEST(signature, either_of_two_secrets_is_good_while_one_replaces_the_other) {
    EXPECT_TRUE(accepts({"new", "test_app_secret"}, header(vectors[0].digest), vectors[0].body));
    EXPECT_TRUE(accepts({"test_app_secret", "new"}, header(vectors[0].digest), vectors[0].body));
    EXPECT_FALSE(accepts({"new", "newer"}, header(vectors[0].digest), vectors[0].body));
}

TEST(signature, without_a_secret_nothing_is_accepted) {
    EXPECT_FALSE(accepts({}, header(vectors[0].digest), vectors[0].body));
    // HMAC-SHA256 of nothing with an empty key.
    constexpr auto empty = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
    EXPECT_FALSE(accepts({""}, header(empty), ""));
}

TEST(signature, a_header_of_another_form_is_refused) {
    const std::string digest{vectors[0].digest};
    std::string upper = digest;
    for (auto& letter : upper) letter = static_cast<char>(std::toupper(letter));
    std::string no_hex = digest;
    no_hex[5] = 'g';
    for (const auto& signature :
         {std::string{},
          digest,
          "sha1=" + digest,
          "SHA256=" + digest,
          "sha256=" + upper,
          "sha256=" + digest + "0",
          "sha256=" + digest.substr(1),
          "sha256=" + no_hex,
          "sha256= " + digest.substr(1),
          std::string(71, '\0')}) {
        EXPECT_FALSE(accepts({"test_app_secret"}, signature, vectors[0].body)) << signature;
    }
}

TEST(signature, one_changed_bit_is_refused) {
    std::string digest{vectors[0].digest};
    for (std::size_t index = 0; index < digest.size(); ++index) {
        auto changed = digest;
        changed[index] = changed[index] == '0' ? '1' : '0';
        EXPECT_FALSE(accepts({"test_app_secret"}, header(changed), vectors[0].body));
    }
}

TEST(signature, a_request_is_verified_by_its_signature_and_body) {
    const auto signature = header(vectors[0].digest);
    inbound_request request{.method = "POST", .signature = signature, .body = vectors[0].body};
    EXPECT_TRUE(verify(request, sandaga.app_secrets));
    request.body = vectors[1].body;
    EXPECT_FALSE(verify(request, sandaga.app_secrets));
}

TEST(handshake, the_challenge_is_answered_to_who_knows_the_token) {
    EXPECT_EQ(
        handshake(
            "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock",
            "meatyhamhock"
        ),
        "1158201444"
    );
}

TEST(handshake, names_and_values_are_decoded_and_the_challenge_is_any_text) {
    EXPECT_EQ(
        handshake(
            "hub%2Emode=subscribe&hub.verify_token=open+sesame%21&hub.challenge=a%2Bb%20c",
            "open sesame!"
        ),
        "a+b c"
    );
}

TEST(handshake, anything_else_is_refused) {
    constexpr auto token = "meatyhamhock";
    for (const auto* query :
         {"",
          "hub.mode=subscribe",
          "hub.mode=subscribe&hub.challenge=1&hub.verify_token=",
          "hub.mode=subscribe&hub.challenge=1&hub.verify_token=meatyhamhoc",
          "hub.mode=subscribe&hub.challenge=1&hub.verify_token=meatyhamhock2",
          "hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=meatyhamhock",
          "hub.mode=subscribe&hub.verify_token=meatyhamhock",
          "hub.mode=subscribe&hub.challenge=&hub.verify_token=meatyhamhock",
          "hub.mode=subscribe&hub.challenge=%2&hub.verify_token=meatyhamhock",
          "hub.mode=subscribe&hub.challenge=%zz&hub.verify_token=meatyhamhock",
          "hub_mode=subscribe&hub.challenge=1&hub.verify_token=meatyhamhock"}) {
        EXPECT_EQ(handshake(query, token), std::nullopt) << query;
    }
    EXPECT_EQ(handshake("hub.mode=subscribe&hub.challenge=1&hub.verify_token=", ""), std::nullopt)
        << "no token configured";
    const auto endless = std::string(2000, 'a');
    EXPECT_EQ(
        handshake("hub.mode=subscribe&hub.verify_token=t&hub.challenge=" + endless, "t"),
        std::nullopt
    );
}

}  // namespace
}  // namespace tertulia::adapters::whatsapp_cloud
