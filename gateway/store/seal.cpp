#include "gateway/store/seal.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cstring>
#include <stdexcept>

namespace tertulia::gateway {
namespace {

constexpr std::size_t tag_bytes = 16;
constexpr std::size_t run_bytes = 4;

void must(bool fine) {
    if (!fine) throw std::runtime_error{"OpenSSL failed"};
}

unsigned char* bytes(char* from) { return reinterpret_cast<unsigned char*>(from); }
const unsigned char* bytes(const char* from) {
    return reinterpret_cast<const unsigned char*>(from);
}

std::array<unsigned char, 12> nonce_of(seal_place at) {
    std::array<unsigned char, 12> nonce{};
    std::memcpy(nonce.data(), &at.run, sizeof at.run);
    std::memcpy(nonce.data() + sizeof at.run, &at.row, sizeof at.row);
    return nonce;
}

}  // namespace

std::string six_digits_of(const seal_key& key, std::string_view what) {
    // Another use of the key than sealing, so another input than any nonce.
    const std::string input = "one-time code: " + std::string{what};
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    must(
        HMAC(
            EVP_sha256(),
            key.data(),
            static_cast<int>(key.size()),
            reinterpret_cast<const unsigned char*>(input.data()),
            input.size(),
            digest.data(),
            &size
        ) != nullptr
    );
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) number = (number << 8U) | digest.at(i);
    auto digits = std::to_string(number % 1'000'000);
    return std::string(6 - digits.size(), '0') + digits;
}

seal_key new_seal_key() {
    seal_key key{};
    if (RAND_priv_bytes(key.data(), static_cast<int>(key.size())) != 1) {
        throw std::runtime_error{"OpenSSL: no random bytes"};
    }
    return key;
}

std::uint32_t random_word() {
    std::uint32_t word = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&word), sizeof word) != 1) {
        throw std::runtime_error{"OpenSSL: no random bytes"};
    }
    return word;
}

sealer::sealer()
    : cipher_{EVP_CIPHER_fetch(nullptr, "AES-128-GCM", nullptr)},
      sealing_{EVP_CIPHER_CTX_new()},
      opening_{EVP_CIPHER_CTX_new()} {
    // The algorithm once; each row then sets only key and nonce.
    must(cipher_ != nullptr && sealing_ != nullptr && opening_ != nullptr);
    must(EVP_EncryptInit_ex2(sealing_, cipher_, nullptr, nullptr, nullptr) == 1);
    must(EVP_DecryptInit_ex2(opening_, cipher_, nullptr, nullptr, nullptr) == 1);
}

sealer::~sealer() {
    EVP_CIPHER_CTX_free(opening_);
    EVP_CIPHER_CTX_free(sealing_);
    EVP_CIPHER_free(cipher_);
}

void sealer::seal(
    const seal_key& key, seal_place at, std::string_view bound, std::string_view plain,
    std::string& to
) {
    to.resize(run_bytes + plain.size() + tag_bytes);
    std::memcpy(to.data(), &at.run, run_bytes);
    const auto nonce = nonce_of(at);
    int used = 0;
    must(EVP_EncryptInit_ex2(sealing_, nullptr, key.data(), nonce.data(), nullptr) == 1);
    must(EVP_EncryptUpdate(
             sealing_, nullptr, &used, bytes(bound.data()), static_cast<int>(bound.size())
         ) == 1);
    auto* out = bytes(to.data() + run_bytes);
    must(EVP_EncryptUpdate(
             sealing_, out, &used, bytes(plain.data()), static_cast<int>(plain.size())
         ) == 1);
    must(EVP_EncryptFinal_ex(sealing_, out + used, &used) == 1);
    must(EVP_CIPHER_CTX_ctrl(
             sealing_, EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag_bytes), out + plain.size()
         ) == 1);
}

bool sealer::unseal(
    const seal_key& key, std::int64_t row, std::string_view bound, std::string_view sealed,
    std::string& to
) {
    if (sealed.size() < run_bytes + tag_bytes) return false;
    seal_place at{.run = 0, .row = row};
    std::memcpy(&at.run, sealed.data(), run_bytes);
    const auto nonce = nonce_of(at);
    const auto size = sealed.size() - run_bytes - tag_bytes;
    std::array<char, tag_bytes> tag{};
    std::memcpy(tag.data(), sealed.data() + run_bytes + size, tag_bytes);
    to.resize(size);
    int used = 0;
    must(EVP_DecryptInit_ex2(opening_, nullptr, key.data(), nonce.data(), nullptr) == 1);
    must(EVP_CIPHER_CTX_ctrl(
             opening_, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag_bytes), tag.data()
         ) == 1);
    must(EVP_DecryptUpdate(
             opening_, nullptr, &used, bytes(bound.data()), static_cast<int>(bound.size())
         ) == 1);
    must(EVP_DecryptUpdate(
             opening_, bytes(to.data()), &used, bytes(sealed.data() + run_bytes),
             static_cast<int>(size)
         ) == 1);
    return EVP_DecryptFinal_ex(opening_, bytes(to.data()) + used, &used) == 1;
}

}  // namespace tertulia::gateway
