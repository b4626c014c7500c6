// PINs: which may be chosen, how they are kept, whether one matches. How often one may be tried is
// dialogs/clients' business; plain PINs are nobody's to keep.
//
// Threads: any, except set_pin(): the connection's.

#pragma once

#include "dialogs/message/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

enum class pin_quality : std::uint8_t {
    good,
    not_six_digits,
    repeats,     // 111111, 121212, 123123: one, two or three digits over and over
    sequence,    // 123456, 654321, 890123: each digit the next or the previous
    birth_date,  // hers, in any of the usual spellings
};

[[nodiscard]] pin_quality judge_pin(
    std::string_view pin, std::optional<civil_date> born = std::nullopt
) noexcept;

// What is wrong with it, for a person: "a sequence such as 123456"; empty for a good one.
[[nodiscard]] std::string_view text_of(pin_quality quality) noexcept;

// Argon2id with its salt and cost in the text, about 20 ms and 19 MiB. Throws std::bad_alloc where
// the memory is not to be had.
[[nodiscard]] std::string hash_pin(std::string_view pin);

// False for a wrong PIN and for a hash that is none. Compares in constant time; as slow as
// hash_pin.
[[nodiscard]] bool pin_matches(const std::string& hash, const std::string& digits);

enum class pin_set : std::uint8_t { done, no_such_client, weak };

// Judges, hashes and stores it, in place of an older one. Throws SQLite::Exception.
[[nodiscard]] pin_set set_pin(
    SQLite::Database& portfolio,
    std::string_view client_id,
    std::string_view pin,
    instant now,
    std::optional<civil_date> born = std::nullopt
);

}  // namespace tertulia::gateway
