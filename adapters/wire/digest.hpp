// What providers sign with and how they write it down. Digests and codes only: which bytes are
// signed is each adapter's affair.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::adapters {

// The weak two are what some providers still sign with; we choose neither.
enum class hash_kind : std::uint8_t { md5, sha1, sha256, sha512 };

// Raw bytes. Throws std::bad_alloc if OpenSSL cannot.
[[nodiscard]] std::string digest_of(hash_kind kind, std::string_view bytes);
[[nodiscard]] std::string hmac_of(hash_kind kind, std::string_view key, std::string_view bytes);

[[nodiscard]] std::string hex_of(std::string_view bytes);     // lower case
[[nodiscard]] std::string base64_of(std::string_view bytes);  // with its padding
// Strict: the alphabet, whole groups, padding at the end only, no blanks.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
// The URL alphabet of JWTs, without padding.
[[nodiscard]] std::optional<std::string> from_base64_url(std::string_view text);

// In a time that tells nothing of either side, not even a secret's length.
[[nodiscard]] bool same_secret(std::string_view left, std::string_view right);

// The value of an Authorization header, "Basic …": a secret.
[[nodiscard]] std::string basic_credentials(std::string_view user, std::string_view password);

}  // namespace tertulia::adapters
