// A date pattern of Unicode's (LDML) split once into fields and literal text. Knows the fields that
// the patterns of catalogue.hpp contain in any of ICU's locales, and no others: ICU's own formatter
// gives the same text ten times slower and may not be shared between threads.

#pragma once

#include "dialogs/wording/calendar.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// How one locale writes the parts of a date. Weeks begin on Sunday, months in January.
struct date_names {
    std::array<std::string, 12> months{};
    std::array<std::string, 12> months_alone{};
    std::array<std::string, 7> weekdays{};
    std::array<std::string, 7> weekdays_alone{};
    std::array<std::string, 2> halves{};  // a.m., p.m.
    std::array<std::string, 10> digits{};
};

class date_pattern {
public:
    date_pattern() = default;
    explicit date_pattern(std::string_view ldml);

    // False if the pattern has a field this class does not know (it is then left out).
    [[nodiscard]] bool complete() const noexcept { return complete_; }
    void append(std::string& to, const local_time& value, const date_names& names) const;

private:
    enum class field : std::uint8_t {
        literal,
        year,
        month,
        month_name,
        month_alone,
        day,
        weekday,
        weekday_alone,
        hour_24,
        hour_12,
        minute,
        half,
    };
    struct piece {
        field what{};
        int digits_min{};
        std::string literal{};
    };
    std::vector<piece> pieces_{};
    bool complete_{true};
};

}  // namespace tertulia::dialogs
