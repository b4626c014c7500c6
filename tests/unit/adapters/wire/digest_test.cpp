// Digests and codes against published vectors (RFC 2202, RFC 4231, RFC 4648).

#include "adapters/wire/digest.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tertulia::adapters {
namespace {

TEST(digest, published_vectors) {
    EXPECT_EQ(hex_of(digest_of(hash_kind::md5, "abc")), "900150983cd24fb0d6963f7d28e17f72");
    EXPECT_EQ(
        hex_of(digest_of(hash_kind::sha256, "abc")),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    const std::string_view asks = "what do ya want for nothing?";
    EXPECT_EQ(
        hex_of(hmac_of(hash_kind::sha1, "Jefe", asks)), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
    );
    EXPECT_EQ(
        hex_of(hmac_of(hash_kind::sha256, "Jefe", asks)),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
    EXPECT_EQ(hmac_of(hash_kind::sha512, "Jefe", asks).size(), 64U);
}

TEST(base64, published_vectors) {
    EXPECT_EQ(base64_of(""), "");
    EXPECT_EQ(base64_of("f"), "Zg==");
    EXPECT_EQ(base64_of("fo"), "Zm8=");
    EXPECT_EQ(base64_of("foo"), "Zm9v");
    EXPECT_EQ(from_base64("Zm9vYg=="), "foob");
}

TEST(base64, one_value_has_one_spelling) {
    for (const auto* bad : {"Zg=", "Zg", "Z===", "Zh==", "Zg==Zg==", "Zm 9v", "Zm9v\n", "Zm-_"}) {
        EXPECT_FALSE(from_base64(bad)) << bad;
    }
    EXPECT_EQ(from_base64_url("-_8"), "\xFB\xFF");
    for (const auto* bad : {"+/8", "-_8=", "A"}) EXPECT_FALSE(from_base64_url(bad)) << bad;
}

RC_GTEST_PROP(base64, any_bytes_come_back, (const std::string& bytes)) {
    RC_ASSERT(from_base64(base64_of(bytes)) == bytes);
}

TEST(secret, the_same_or_not) {
    EXPECT_TRUE(same_secret("abc", "abc"));
    EXPECT_FALSE(same_secret("abc", "abd"));
    EXPECT_FALSE(same_secret("abc", "ab"));
    EXPECT_FALSE(same_secret("", "a"));
}

TEST(secret, basic_credentials_are_rfc_7617) {
    EXPECT_EQ(basic_credentials("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

}  // namespace
}  // namespace tertulia::adapters
