#include "adapters/wire/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <new>

namespace tertulia::adapters {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const EVP_MD* algorithm_of(hash_kind kind) noexcept {
    switch (kind) {
        case hash_kind::md5:
            return EVP_md5();
        case hash_kind::sha1:
            return EVP_sha1();
        case hash_kind::sha256:
            return EVP_sha256();
        case hash_kind::sha512:
            return EVP_sha512();
    }
    return nullptr;
}

const unsigned char* bytes_of(std::string_view text) noexcept {
    return reinterpret_cast<const unsigned char*>(text.data());
}

using room = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string taken(const room& from, unsigned size) {
    return {reinterpret_cast<const char*>(from.data()), size};
}

int value_of(char letter) noexcept {
    const auto at = alphabet.find(letter);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::string digest_of(hash_kind kind, std::string_view bytes) {
    room out{};
    unsigned size = 0;
    const auto* algorithm = algorithm_of(kind);
    if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, algorithm, nullptr) != 1) {
        throw std::bad_alloc{};
    }
    return taken(out, size);
}

std::string hmac_of(hash_kind kind, std::string_view key, std::string_view bytes) {
    room out{};
    unsigned size = 0;
    const auto* done = HMAC(
        algorithm_of(kind),
        key.data(),
        static_cast<int>(key.size()),
        bytes_of(bytes),
        bytes.size(),
        out.data(),
        &size
    );
    if (done == nullptr) throw std::bad_alloc{};
    return taken(out, size);
}

std::string hex_of(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char raw : bytes) {
        const auto byte = static_cast<std::uint8_t>(raw);
        text += digits[byte >> 4U];
        text += digits[byte & 0xFU];
    }
    return text;
}

std::string base64_of(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t index = 0; index < bytes.size(); index += 3) {
        const auto at = [&](std::size_t offset) -> unsigned {
            return index + offset < bytes.size() ? static_cast<std::uint8_t>(bytes[index + offset])
                                                 : 0U;
        };
        const unsigned group = at(0) << 16U | at(1) << 8U | at(2);
        const auto left = bytes.size() - index;
        text += alphabet[group >> 18U];
        text += alphabet[(group >> 12U) & 0x3FU];
        text += left > 1 ? alphabet[(group >> 6U) & 0x3FU] : '=';
        text += left > 2 ? alphabet[group & 0x3FU] : '=';
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && text.size() > padding && text[text.size() - 1 - padding] == '=') {
        ++padding;
    }
    text.remove_suffix(padding);
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    unsigned held = 0;
    unsigned bits = 0;
    for (const char letter : text) {
        const int value = value_of(letter);
        if (value < 0) return std::nullopt;
        held = (held << 6U | static_cast<unsigned>(value)) & 0xFFFFU;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>((held >> bits) & 0xFFU);
    }
    // What is left of a group must say nothing, or one value would have several spellings.
    if ((held & ((1U << bits) - 1U)) != 0) return std::nullopt;
    return bytes;
}

std::optional<std::string> from_base64_url(std::string_view text) {
    if (text.find_first_of("+/=") != std::string_view::npos) return std::nullopt;
    if (text.size() % 4 == 1) return std::nullopt;
    std::string plain{text};
    std::replace(plain.begin(), plain.end(), '-', '+');
    std::replace(plain.begin(), plain.end(), '_', '/');
    plain.append((4 - plain.size() % 4) % 4, '=');
    return from_base64(plain);
}

// Digests first: a plain comparison would tell the length of the secret by its time.
bool same_secret(std::string_view left, std::string_view right) {
    const auto one = digest_of(hash_kind::sha256, left);
    const auto other = digest_of(hash_kind::sha256, right);
    return CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string basic_credentials(std::string_view user, std::string_view password) {
    return "Basic " + base64_of(std::string{user} + ":" + std::string{password});
}

}  // namespace tertulia::adapters
