// How Fineract writes amounts, days, times and states, read exactly or not at all.

#pragma once

#include "adapters/fineract/document.hpp"
#include "dialogs/facts/portfolio.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::adapters::fineract {

// 1234.56, 1234.560000, 0E-7, 1.2E+3, also as a text: into minor units of ISO 4217, whatever scale
// it is written with. Nothing if a digit other than zero stands below the minor unit, if it is
// beyond minor_max, or no number: half a cent is not a sum anybody owes.
[[nodiscard]] std::optional<money> read_amount(const node& from, currency_code currency);
[[nodiscard]] std::optional<money> read_decimal_text(std::string_view text, currency_code currency);

// [2026,11,23], [2026,11,23,10,30,0] or an ISO text, of which the day is taken as it stands there.
// Nothing for a day that does not exist.
[[nodiscard]] std::optional<civil_date> read_day(const node& from);

// [10,0], [10,0,0] or "10:00:00" as "10:00"; empty: none.
[[nodiscard]] std::string read_time_of_day(const node& from);

// "2026-11-23T16:05:11.120Z", or [y,m,d,h,mi,s] taken as UTC, which is what servers run on.
[[nodiscard]] std::optional<instant> read_moment(const node& from);

// Of an enum {"id":300,…} or the bare number.
[[nodiscard]] std::optional<std::int64_t> read_code(const node& from);

// Their numbers into our words; nothing for a number this version does not know.
// A transfer between branches (303, 304) leaves a person active; overpaid (700) owes nothing.
[[nodiscard]] std::optional<client_status> client_status_of(std::int64_t code) noexcept;
[[nodiscard]] std::optional<loan_status> loan_status_of(std::int64_t code) noexcept;

// {"code":"GTQ","decimalPlaces":2,"inMultiplesOf":100}
struct currency_rules {
    currency_code code{};
    int decimal_places{2};
    std::int64_t in_multiples_of{};  // whole units, not minor ones; 0: any
};
[[nodiscard]] std::optional<currency_rules> read_currency(const node& from);

// "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO" -> "P14D"; "FREQ=MONTHLY" -> "P1M". Empty: no rule we know.
[[nodiscard]] std::string rhythm_of(std::string_view recurrence);

// Text for people and tables: repaired, in one line, without ends of blanks, at most bytes_max.
inline constexpr std::size_t text_bytes_max = 200;
[[nodiscard]] std::string clean(const node& from, std::size_t bytes_max = text_bytes_max);
// An id as this house keeps it: its digits. Empty: none.
[[nodiscard]] std::string id_of(const node& from);

}  // namespace tertulia::adapters::fineract
