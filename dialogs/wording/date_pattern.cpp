#include "dialogs/wording/date_pattern.hpp"

#include <algorithm>
#include <chrono>

namespace tertulia::dialogs {
namespace {

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void append_digits(std::string& to, int value, int digits_min, const date_names& names) {
    std::string plain = std::to_string(value);
    if (std::ssize(plain) < digits_min) {
        plain.insert(0, static_cast<std::size_t>(digits_min) - plain.size(), '0');
    }
    for (const char digit : plain) {
        if (digit >= '0') to += names.digits[static_cast<std::size_t>(digit - '0')];
    }
}

// Quoted text from the apostrophe at `at` on; two apostrophes are one, inside and outside.
std::size_t append_quoted(std::string& literal, std::string_view ldml, std::size_t at) {
    if (ldml.substr(at, 2) == "''") {
        literal += '\'';
        return at + 2;
    }
    for (++at; at < ldml.size(); ++at) {
        if (ldml[at] == '\'') {
            if (ldml.substr(at, 2) != "''") return at + 1;
            ++at;
        }
        literal += ldml[at];
    }
    return at;
}

}  // namespace

date_pattern::date_pattern(std::string_view ldml) {
    std::string literal;
    const auto flush = [&] {
        if (!literal.empty()) pieces_.push_back({field::literal, 0, literal});
        literal.clear();
    };
    for (std::size_t at = 0; at < ldml.size();) {
        if (ldml[at] == '\'') {
            at = append_quoted(literal, ldml, at);
            continue;
        }
        if (!is_letter(ldml[at])) {
            literal += ldml[at++];
            continue;
        }
        const char letter = ldml[at];
        const auto end = std::min(ldml.find_first_not_of(letter, at), ldml.size());
        const auto count = static_cast<int>(end - at);
        at = end;
        flush();
        switch (letter) {
            case 'y':
                pieces_.push_back({field::year, count, {}});
                break;
            case 'M':
                pieces_.push_back({count > 2 ? field::month_name : field::month, count, {}});
                break;
            case 'L':
                pieces_.push_back({count > 2 ? field::month_alone : field::month, count, {}});
                break;
            case 'd':
                pieces_.push_back({field::day, count, {}});
                break;
            case 'E':
                pieces_.push_back({field::weekday, count, {}});
                break;
            case 'c':
                pieces_.push_back({field::weekday_alone, count, {}});
                break;
            case 'H':
                pieces_.push_back({field::hour_24, count, {}});
                break;
            case 'h':
                pieces_.push_back({field::hour_12, count, {}});
                break;
            case 'm':
                pieces_.push_back({field::minute, count, {}});
                break;
            case 'a':
                pieces_.push_back({field::half, count, {}});
                break;
            default:
                complete_ = false;
        }
    }
    flush();
}

void date_pattern::append(std::string& to, const local_time& value, const date_names& names) const {
    const auto month = static_cast<unsigned>(value.date.month());
    const auto weekday = std::chrono::weekday{std::chrono::sys_days{value.date}}.c_encoding();
    const auto month_index = (month + 11U) % 12U;
    for (const auto& each : pieces_) {
        const auto digits = [&](int number) { append_digits(to, number, each.digits_min, names); };
        switch (each.what) {
            case field::literal:
                to += each.literal;
                break;
            case field::year:
                digits(static_cast<int>(value.date.year()));
                break;
            case field::month:
                digits(static_cast<int>(month));
                break;
            case field::month_name:
                to += names.months[month_index];
                break;
            case field::month_alone:
                to += names.months_alone[month_index];
                break;
            case field::day:
                digits(static_cast<int>(static_cast<unsigned>(value.date.day())));
                break;
            case field::weekday:
                to += names.weekdays[weekday];
                break;
            case field::weekday_alone:
                to += names.weekdays_alone[weekday];
                break;
            case field::hour_24:
                digits(value.hour);
                break;
            case field::hour_12:
                digits(value.hour % 12 == 0 ? 12 : value.hour % 12);
                break;
            case field::minute:
                digits(value.minute);
                break;
            case field::half:
                to += names.halves[value.hour < 12 ? 0 : 1];
                break;
        }
    }
}

}  // namespace tertulia::dialogs
