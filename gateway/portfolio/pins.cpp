#include "gateway/portfolio/pins.hpp"

#include "gateway/store/sqlite/statement.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <new>

namespace tertulia::gateway {
namespace {

constexpr std::size_t pin_digits = 6;

// OWASP's smallest setting for Argon2id: two passes over 19 MiB. More would not save six digits
// from whoever has the file, and every client who proves herself waits for it.
constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = 19U * 1024U * 1024U;

bool is_digits(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool repeats_every(std::string_view pin, std::size_t period) noexcept {
    for (std::size_t i = period; i < pin.size(); ++i) {
        if (pin[i] != pin[i - period]) return false;
    }
    return true;
}

// `step` 1 rises, 9 falls; 9 is followed by 0.
bool is_run(std::string_view pin, int step) noexcept {
    for (std::size_t i = 1; i < pin.size(); ++i) {
        if ((pin[i - 1] - '0' + step) % 10 != pin[i] - '0') return false;
    }
    return true;
}

bool is_date(std::string_view pin, civil_date born) noexcept {
    const unsigned day = static_cast<unsigned>(born.day());
    const unsigned month = static_cast<unsigned>(born.month());
    const auto year = static_cast<unsigned>(static_cast<int>(born.year()));
    const unsigned short_year = year % 100;
    const std::array spellings{
        day * 10'000 + month * 100 + short_year,  // 230485
        month * 10'000 + day * 100 + short_year,
        short_year * 10'000 + month * 100 + day,
        month * 10'000 + year,  // 041985
        year * 100 + month,
        day * 10'000 + year,
    };
    unsigned value = 0;
    for (const char c : pin) value = value * 10 + static_cast<unsigned>(c - '0');
    return std::find(spellings.begin(), spellings.end(), value) != spellings.end();
}

// Once, before anything of the library is used; it is safe to ask again.
bool library_ready() noexcept {
    static const bool ready = sodium_init() >= 0;
    return ready;
}

}  // namespace

pin_quality judge_pin(std::string_view pin, std::optional<civil_date> born) noexcept {
    if (pin.size() != pin_digits || !is_digits(pin)) return pin_quality::not_six_digits;
    if (repeats_every(pin, 1) || repeats_every(pin, 2) || repeats_every(pin, 3)) {
        return pin_quality::repeats;
    }
    if (is_run(pin, 1) || is_run(pin, 9)) return pin_quality::sequence;
    if (born && born->ok() && is_date(pin, *born)) return pin_quality::birth_date;
    return pin_quality::good;
}

std::string_view text_of(pin_quality quality) noexcept {
    switch (quality) {
        case pin_quality::good:
            return "";
        case pin_quality::not_six_digits:
            return "not six digits";
        case pin_quality::repeats:
            return "repeats such as 111111";
        case pin_quality::sequence:
            return "a sequence such as 123456";
        case pin_quality::birth_date:
            return "her birth date";
    }
    return "";
}

std::string hash_pin(std::string_view pin) {
    std::array<char, crypto_pwhash_argon2id_STRBYTES> out{};
    if (!library_ready() ||
        crypto_pwhash_argon2id_str(out.data(), pin.data(), pin.size(), passes, memory_bytes) != 0) {
        throw std::bad_alloc{};  // the only way it fails
    }
    return out.data();
}

bool pin_matches(const std::string& hash, const std::string& digits) {
    if (hash.empty() || !library_ready()) return false;
    return crypto_pwhash_argon2id_str_verify(hash.c_str(), digits.data(), digits.size()) == 0;
}

pin_set set_pin(
    SQLite::Database& portfolio,
    std::string_view client_id,
    std::string_view pin,
    instant now,
    std::optional<civil_date> born
) {
    if (judge_pin(pin, born) != pin_quality::good) return pin_set::weak;
    const auto hash = hash_pin(pin);  // before the lock: it takes its time
    SQLite::Transaction transaction{portfolio, SQLite::TransactionBehavior::IMMEDIATE};
    statement find{portfolio, "SELECT 1 FROM clients WHERE id = ?"};
    find.bind(1, client_id);
    if (!rows{find}.next()) return pin_set::no_such_client;
    statement keep{
        portfolio, "INSERT OR REPLACE INTO pins(client_id, hash, set_at) VALUES (?, ?, ?)"};
    keep.bind(1, client_id).bind(2, std::string_view{hash}).bind(3, to_millis(now)).run();
    // Cached facts say whether she has one.
    portfolio.exec("UPDATE portfolio SET version = version + 1");
    transaction.commit();
    return pin_set::done;
}

}  // namespace tertulia::gateway
