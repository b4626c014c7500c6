#include "dialogs/facts/iso_date.hpp"

namespace tertulia {
namespace {

// Minus one where a character is no digit: then no range below holds.
int digits(std::string_view text) noexcept {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

void append_digits(std::string& out, unsigned value, unsigned width) {
    std::string reversed;
    for (; width > 0; --width, value /= 10) {
        reversed.push_back(static_cast<char>('0' + value % 10));
    }
    out.append(reversed.rbegin(), reversed.rend());
}

}  // namespace

std::optional<civil_date> parse_iso_date(std::string_view text) noexcept {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int year = digits(text.substr(0, 4));
    const int month = digits(text.substr(5, 2));
    const int day = digits(text.substr(8, 2));
    if (year < 1900 || year > 2200 || month < 1 || day < 1) return std::nullopt;
    const civil_date date{
        std::chrono::year{year},
        std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return date;
}

std::string iso_date(civil_date day) {
    std::string out;
    const int year = static_cast<int>(day.year());
    if (!day.ok() || year < 0 || year > 9999) return out;
    append_digits(out, static_cast<unsigned>(year), 4);
    out.push_back('-');
    append_digits(out, static_cast<unsigned>(day.month()), 2);
    out.push_back('-');
    append_digits(out, static_cast<unsigned>(day.day()), 2);
    return out;
}

}  // namespace tertulia
