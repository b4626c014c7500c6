// The readers entities.cpp puts together. Each marks the tokens it has made something of, so that
// the next ones leave them alone: the day of "15/12" is no number. For this folder only.

#pragma once

#include "dialogs/understanding/entities.hpp"
#include "dialogs/understanding/tokens.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct found_entity {
    entity_kind kind{};
    std::string value{};
    std::size_t first{};  // tokens, [first, end)
    std::size_t end{};
};

struct scan {
    const reading_rules& rules;
    std::vector<token> tokens{};
    std::vector<found_entity> found{};
    std::string_view text{};  // as she wrote it

    // Marks the tokens, and adds an entity unless `value` is empty.
    void take(entity_kind kind, std::size_t first, std::size_t end, std::string value);
    [[nodiscard]] bool is(std::size_t at, std::string_view plain) const noexcept {
        return is_at(tokens, at, plain);
    }
    template <class... Words>
    [[nodiscard]] bool any(std::size_t at, Words... words) const noexcept {
        return (is(at, words) || ...);
    }
    [[nodiscard]] std::string_view written(std::size_t at) const noexcept {
        return text.substr(tokens[at].begin, tokens[at].end - tokens[at].begin);
    }
    [[nodiscard]] std::string_view spoken() const noexcept {  // "es" of "es-GT"
        return std::string_view{rules.language}.substr(0, rules.language.find('-'));
    }
};

void read_phones(scan& in);
void read_places(scan& in);
void read_dates(scan& in);
[[nodiscard]] std::optional<unsigned> month_at(const scan& in, std::size_t at);  // by name, from 1
[[nodiscard]] civil_date plus_months(civil_date day, int months);  // or the last of a shorter month
void read_times(scan& in);  // after the dates: "mañana a las 3"
void read_amounts_and_numbers(scan& in);

// ---- numbers, as dates, times and amounts share them

inline constexpr std::int64_t parts_of_one = 10'000;  // numbers carry four decimals

struct number_reading {
    std::int64_t value{};  // in ten-thousandths; meaningless when `unclear`
    std::size_t end{};     // tokens, [at, end)
    bool unclear{};        // figures that may be read in two ways, or in none
    bool shaped{};         // grouped, with decimals, or with "mil": nobody counts things like that
    bool article{};        // "un", "one": a number only where one is asked for
    [[nodiscard]] bool whole() const noexcept { return !unclear && value % parts_of_one == 0; }
    [[nodiscard]] std::int64_t count() const noexcept { return value / parts_of_one; }
};

// The number that begins at a token, in digits, words or both: "1,250.50", "2 mil quinientos".
[[nodiscard]] std::optional<number_reading> number_at(const scan& in, std::size_t at);
// Without groups, decimals and thousands: the 3 of "a las 3". Words count up to 31.
[[nodiscard]] std::optional<number_reading> small_number_at(const scan& in, std::size_t at);

// "meses", "days", "personnes": what is counted and not paid.
[[nodiscard]] bool is_counted_thing(const scan& in, std::size_t at);

}  // namespace tertulia::dialogs
