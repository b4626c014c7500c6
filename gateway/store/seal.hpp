// Personal content at rest: AES-128-GCM with a key of the person's own. Erasing a person is
// destroying her key. Who keeps the keys is the store's business.
//
// Threads: one sealer per thread. Errors: unseal() says false for anything that is not exactly what
// was sealed (wrong key, wrong place, changed bytes); failures of the library throw.

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct evp_cipher_ctx_st;
struct evp_cipher_st;

namespace tertulia::gateway {

using seal_key = std::array<std::uint8_t, 16>;

[[nodiscard]] seal_key new_seal_key();
[[nodiscard]] std::uint32_t random_word();

// Made of the key and `what` alone: the same again whenever it is asked for, and nobody's guess.
[[nodiscard]] std::string six_digits_of(const seal_key& key, std::string_view what);

// A nonce may never meet the same key twice. `row` is unique in the store; `run` is random for each
// start of the process, because a commit that never happened may leave its row number to the next.
struct seal_place {
    std::uint32_t run{};
    std::int64_t row{};
};

class sealer {
public:
    sealer();
    sealer(const sealer&) = delete;
    sealer& operator=(const sealer&) = delete;
    ~sealer();

    // `to` becomes run, ciphertext, tag: 20 bytes more than `plain`. `bound` is authenticated too.
    void seal(
        const seal_key& key, seal_place at, std::string_view bound, std::string_view plain,
        std::string& to
    );
    [[nodiscard]] bool unseal(
        const seal_key& key, std::int64_t row, std::string_view bound, std::string_view sealed,
        std::string& to
    );

private:
    evp_cipher_st* cipher_;
    evp_cipher_ctx_st* sealing_;
    evp_cipher_ctx_st* opening_;
};

}  // namespace tertulia::gateway
