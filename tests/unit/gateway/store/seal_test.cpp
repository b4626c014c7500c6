// What is sealed opens only with its key, in its place and unchanged.

#include "gateway/store/seal.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

struct seal_test : testing::Test {
    sealer seals;
    seal_key key = new_seal_key();
    std::string sealed;
    std::string plain;
    seal_test() { seals.seal(key, {.run = 5, .row = 17}, "party 1", "mi saldo", sealed); }
};

TEST_F(seal_test, it_opens_with_its_key_in_its_place) {
    EXPECT_EQ(sealed.size(), std::string{"mi saldo"}.size() + 20);
    EXPECT_EQ(sealed.find("saldo"), std::string::npos);
    ASSERT_TRUE(seals.unseal(key, 17, "party 1", sealed, plain));
    EXPECT_EQ(plain, "mi saldo");
}

TEST_F(seal_test, it_does_not_open_otherwise) {
    EXPECT_FALSE(seals.unseal(new_seal_key(), 17, "party 1", sealed, plain));
    EXPECT_FALSE(seals.unseal(key, 18, "party 1", sealed, plain));
    EXPECT_FALSE(seals.unseal(key, 17, "party 2", sealed, plain));
    EXPECT_FALSE(seals.unseal(key, 17, "party 1", std::string_view{sealed}.substr(1), plain));
    EXPECT_FALSE(seals.unseal(key, 17, "party 1", "short", plain));
    for (auto& byte : sealed) {
        byte = static_cast<char>(byte ^ 1);
        EXPECT_FALSE(seals.unseal(key, 17, "party 1", sealed, plain));
        byte = static_cast<char>(byte ^ 1);
    }
}

TEST_F(seal_test, nothing_is_sealed_and_opened_too) {
    seals.seal(key, {.run = 5, .row = 18}, "", "", sealed);
    ASSERT_TRUE(seals.unseal(key, 18, "", sealed, plain));
    EXPECT_EQ(plain, "");
}

TEST_F(seal_test, a_number_used_again_after_a_restart_is_sealed_differently) {
    std::string again;
    seals.seal(key, {.run = 6, .row = 17}, "party 1", "mi saldo", again);
    EXPECT_NE(again.substr(4), sealed.substr(4));
}

}  // namespace
}  // namespace tertulia::gateway
