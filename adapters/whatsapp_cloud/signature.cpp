#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "adapters/wire/query.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <cstdint>
#include <new>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

constexpr std::size_t digest_bytes = 32;
constexpr std::string_view signature_prefix = "sha256=";
constexpr std::size_t challenge_bytes_max = 1024;

using digest = std::array<unsigned char, digest_bytes>;

// Meta writes lower case; we take nothing else, so that one digest has one spelling.
int hex_value(char digit) noexcept {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

std::optional<digest> digest_in(std::string_view signature) noexcept {
    if (signature.size() != signature_prefix.size() + 2 * digest_bytes) return std::nullopt;
    if (!signature.starts_with(signature_prefix)) return std::nullopt;
    signature.remove_prefix(signature_prefix.size());
    digest bytes{};
    for (std::size_t index = 0; index < digest_bytes; ++index) {
        const int high = hex_value(signature[2 * index]);
        const int low = hex_value(signature[2 * index + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes[index] = static_cast<unsigned char>(high * 16 + low);
    }
    return bytes;
}

std::optional<digest> sha256(std::string_view of) noexcept {
    digest bytes{};
    unsigned size = 0;
    if (EVP_Digest(of.data(), of.size(), bytes.data(), &size, EVP_sha256(), nullptr) != 1) {
        return std::nullopt;
    }
    return bytes;
}

// Digests first: a plain comparison would tell the length of the token by its time.
bool same_token(std::string_view left, std::string_view right) noexcept {
    const auto one = sha256(left);
    const auto other = sha256(right);
    return one && other && CRYPTO_memcmp(one->data(), other->data(), digest_bytes) == 0;
}

}  // namespace

std::optional<std::string> handshake(std::string_view query, std::string_view verify_token) {
    if (verify_token.empty()) return std::nullopt;
    const auto mode = query_value(query, "hub.mode");
    const auto token = query_value(query, "hub.verify_token");
    auto challenge = query_value(query, "hub.challenge");
    if (mode != "subscribe" || !token || !challenge) return std::nullopt;
    if (challenge->empty() || challenge->size() > challenge_bytes_max) return std::nullopt;
    if (!same_token(*token, verify_token)) return std::nullopt;
    return challenge;
}

// Keyed once; each check starts it again with the same key, which saves two hashes of key padding
// and every look-up of the algorithm.
class signature_checker::keyed_digest {
public:
    explicit keyed_digest(std::string_view secret) {
        const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> algorithm{
            EVP_MAC_fetch(nullptr, "HMAC", nullptr), &EVP_MAC_free};
        if (algorithm) context_.reset(EVP_MAC_CTX_new(algorithm.get()));
        if (!context_) throw std::bad_alloc{};
        std::string name = "SHA256";
        const std::array parameters{
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
            OSSL_PARAM_construct_end()};
        const auto* key = reinterpret_cast<const unsigned char*>(secret.data());
        if (EVP_MAC_init(context_.get(), key, secret.size(), parameters.data()) != 1) {
            throw std::bad_alloc{};
        }
    }

    bool matches(const digest& expected, std::string_view body) noexcept {
        digest actual{};
        std::size_t size = 0;
        const auto* bytes = reinterpret_cast<const unsigned char*>(body.data());
        return EVP_MAC_init(context_.get(), nullptr, 0, nullptr) == 1 &&
               EVP_MAC_update(context_.get(), bytes, body.size()) == 1 &&
               EVP_MAC_final(context_.get(), actual.data(), &size, actual.size()) == 1 &&
               CRYPTO_memcmp(actual.data(), expected.data(), digest_bytes) == 0;
    }

private:
    struct freed {
        void operator()(EVP_MAC_CTX* context) const noexcept { EVP_MAC_CTX_free(context); }
    };
    std::unique_ptr<EVP_MAC_CTX, freed> context_{};
};

signature_checker::signature_checker(std::span<const std::string> app_secrets) {
    for (const auto& secret : app_secrets) {
        if (!secret.empty()) digests_.emplace_back(secret);
    }
}
signature_checker::signature_checker(signature_checker&&) noexcept = default;
signature_checker& signature_checker::operator=(signature_checker&&) noexcept = default;
signature_checker::~signature_checker() = default;

bool signature_checker::accepts(std::string_view signature, std::string_view body) {
    const auto expected = digest_in(signature);
    if (!expected) return false;
    for (auto& secret : digests_) {
        if (secret.matches(*expected, body)) return true;
    }
    return false;
}

bool verify(const inbound_request& request, std::span<const std::string> app_secrets) {
    return signature_checker{app_secrets}.accepts(request.signature, request.body);
}

}  // namespace tertulia::adapters::whatsapp_cloud
