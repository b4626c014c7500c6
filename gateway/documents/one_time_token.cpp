#include "gateway/documents/one_time_token.hpp"

#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>
#include <span>
#include <stdexcept>

namespace tertulia::gateway {
namespace {

std::string hex(std::span<const unsigned char> bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const auto each : bytes) {
        out += digits[each >> 4U];
        out += digits[each & 0xFU];
    }
    return out;
}

}  // namespace

std::string one_time_token() {
    std::array<unsigned char, 32> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error{"no chance to make an address of"};
    }
    return hex(bytes);
}

std::string hash_of_token(std::string_view token) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> bytes{};
    const std::string text{token};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data());
    return hex(bytes);
}

}  // namespace tertulia::gateway
