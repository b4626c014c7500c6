// The figures of a text: amounts, dates, times, numbers, telephone numbers, yes and no, in Spanish,
// English and French, in digits and in words, also misspelt. Pure: what varies is an argument.
//
// Where a text may be read in two ways nothing is given: an amount read wrong is worse than one
// asked again. So "1.250" is nothing where the point marks decimals, and of two different amounts
// in one message neither is given.

#pragma once

#include "dialogs/facts/money.hpp"
#include "dialogs/message/time.hpp"
#include "dialogs/understanding/places.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

enum class entity_kind : std::uint8_t {
    amount,  // "150050 GTQ", minor units; "-" for the currency if none was said
    date,    // "2026-11-27"
    time,    // "15:30"
    number,  // "3", "2.5"
    phone,   // "+50255550101", E.164
    yes_no,  // "yes", "no"; only when the message says nothing else
    place,   // as the institution writes its name
};

// As `tertulia understand` and operators spell it.
[[nodiscard]] std::string_view name_of(entity_kind what) noexcept;

struct entity {
    entity_kind kind{};
    std::string text{};   // as she wrote it
    std::string value{};  // in the form above
    bool operator==(const entity&) const = default;
};

// What a figure means depends on where and when it is said.
struct reading_rules {
    currency_code currency{};  // of the institution: minor digits, and what a bare "pesos" is
    std::string country{};     // ISO 3166: telephone numbers, order of day and month
    std::string language{};    // hers as far as known; with the country, how figures are written
    civil_date today{};        // at the institution
    const place_names* places{};  // those that are known; nullptr: none
};

// In the order of the text. A bare figure in a message of its own is an amount and a number: which
// of the two, only the question knows. At most `entity_bytes_max` of the text are read.
[[nodiscard]] std::vector<entity> entities_of(std::string_view text, const reading_rules& rules);
inline constexpr std::size_t entity_bytes_max = 1'000;

}  // namespace tertulia::dialogs
