#include "adapters/fineract/values.hpp"

#include "adapters/wire/text.hpp"
#include "adapters/wire/timestamp.hpp"
#include "dialogs/facts/iso_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tertulia::adapters::fineract {
namespace {

constexpr int exponent_most = 40;

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// All its elements are whole numbers: at most `most` of them.
std::vector<int> whole_numbers(const node& from, std::size_t most) {
    std::vector<int> out;
    if (!from.is(node_kind::list) || from.inside.size() > most) return {};
    for (const auto& each : from.inside) {
        const auto value = each.whole();
        if (!value || *value < -100'000 || *value > 2'000'000'000) return {};
        out.push_back(static_cast<int>(*value));
    }
    return out;
}

std::optional<civil_date> day_of(int year, int month, int day) {
    if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) {
        return std::nullopt;
    }
    const civil_date out{
        std::chrono::year{year},
        std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)}};
    return out.ok() ? std::optional{out} : std::nullopt;
}

std::string two_digits(int value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

// "FREQ=WEEKLY;INTERVAL=2" -> the value of a key; empty: none.
std::string_view part_of(std::string_view rule, std::string_view key) {
    while (!rule.empty()) {
        const auto part = rule.substr(0, rule.find(';'));
        rule.remove_prefix(std::min(rule.size(), part.size() + 1));
        if (part.size() > key.size() && part.starts_with(key) && part[key.size()] == '=') {
            return part.substr(key.size() + 1);
        }
    }
    return {};
}

}  // namespace

std::optional<money> read_decimal_text(std::string_view text, currency_code currency) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    int exponent = 0;
    if (const auto mark = text.find_first_of("eE"); mark != std::string_view::npos) {
        auto written = text.substr(mark + 1);
        if (written.starts_with('+')) written.remove_prefix(1);
        const auto* const last = written.data() + written.size();
        const auto [end, error] = std::from_chars(written.data(), last, exponent);
        if (error != std::errc{} || end != last) return std::nullopt;
        if (exponent < -exponent_most || exponent > exponent_most) return std::nullopt;
        text = text.substr(0, mark);
    }
    std::string digits{text.substr(0, text.find('.'))};
    if (!is_digits(digits)) return std::nullopt;
    if (digits.size() != text.size()) {
        const auto behind = text.substr(digits.size() + 1);
        if (!is_digits(behind)) return std::nullopt;
        digits += behind;
        exponent -= static_cast<int>(behind.size());
    }
    // digits × 10^exponent, counted in minor units.
    exponent += minor_digits(currency);
    for (; exponent < 0; ++exponent) {
        if (digits.empty()) break;  // nothing but zeros were there
        if (digits.back() != '0') return std::nullopt;
        digits.pop_back();
    }
    std::int64_t minor = 0;
    for (const char c : digits) {
        minor = minor * 10 + (c - '0');
        if (minor > minor_max) return std::nullopt;
    }
    for (; exponent > 0 && minor != 0; --exponent) {
        minor *= 10;
        if (minor > minor_max) return std::nullopt;
    }
    return money{negative ? -minor : minor, currency};
}

std::optional<money> read_amount(const node& from, currency_code currency) {
    const auto written = from.words();
    return written.empty() ? std::nullopt : read_decimal_text(written, currency);
}

std::optional<civil_date> read_day(const node& from) {
    if (const auto written = from.words(); written.size() >= 10) {
        const bool ends_there = written.size() == 10 || written[10] == 'T' || written[10] == ' ';
        return ends_there ? parse_iso_date(written.substr(0, 10)) : std::nullopt;
    }
    const auto parts = whole_numbers(from, 7);
    return parts.size() >= 3 ? day_of(parts[0], parts[1], parts[2]) : std::nullopt;
}

std::string read_time_of_day(const node& from) {
    int hour = -1;
    int minute = -1;
    if (const auto written = from.words(); written.size() >= 5 && written[2] == ':') {
        if (!is_digits(written.substr(0, 2)) || !is_digits(written.substr(3, 2))) return {};
        hour = (written[0] - '0') * 10 + written[1] - '0';
        minute = (written[3] - '0') * 10 + written[4] - '0';
    } else if (const auto parts = whole_numbers(from, 4); parts.size() >= 2) {
        hour = parts[0];
        minute = parts[1];
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return {};
    return two_digits(hour) + ":" + two_digits(minute);
}

std::optional<instant> read_moment(const node& from) {
    if (from.is(node_kind::text)) return read_iso_time(from.text);
    const auto parts = whole_numbers(from, 7);
    if (parts.size() < 5) return std::nullopt;
    const auto day = day_of(parts[0], parts[1], parts[2]);
    const int second = parts.size() > 5 ? parts[5] : 0;
    if (!day || parts[3] < 0 || parts[3] > 23 || parts[4] < 0 || parts[4] > 59 || second < 0 ||
        second > 60) {
        return std::nullopt;
    }
    return std::chrono::sys_days{*day} + std::chrono::hours{parts[3]} +
           std::chrono::minutes{parts[4]} + std::chrono::seconds{second};
}

std::optional<std::int64_t> read_code(const node& from) {
    return from.is(node_kind::object) ? from["id"].whole() : from.whole();
}

std::optional<client_status> client_status_of(std::int64_t code) noexcept {
    switch (code) {
        case 100:
            return client_status::pending;
        case 300:
        case 303:
        case 304:
            return client_status::active;
        case 600:
        case 700:
        case 800:
            return client_status::closed;
        default:
            return std::nullopt;
    }
}

std::optional<loan_status> loan_status_of(std::int64_t code) noexcept {
    switch (code) {
        case 100:
            return loan_status::submitted;
        case 200:
            return loan_status::approved;
        case 300:
        case 303:
        case 304:
            return loan_status::active;
        case 400:  // withdrawn by her: it ended without a loan, too
        case 500:
            return loan_status::rejected;
        case 600:
        case 602:  // goes on as another loan
        case 700:
            return loan_status::closed;
        case 601:
            return loan_status::written_off;
        default:
            return std::nullopt;
    }
}

std::optional<currency_rules> read_currency(const node& from) {
    currency_rules out;
    if (!parse_currency(from["code"].words(), out.code)) return std::nullopt;
    const auto places = from["decimalPlaces"].whole();
    out.decimal_places = places ? static_cast<int>(std::clamp<std::int64_t>(*places, 0, 6))
                                : minor_digits(out.code);
    const auto multiples = from["inMultiplesOf"].whole().value_or(0);
    out.in_multiples_of = std::clamp<std::int64_t>(multiples, 0, 1'000'000'000);
    return out;
}

std::string rhythm_of(std::string_view recurrence) {
    const auto every = part_of(recurrence, "FREQ");
    const auto written = part_of(recurrence, "INTERVAL");
    int times = 1;
    if (!written.empty()) {
        const auto* const last = written.data() + written.size();
        const auto [end, error] = std::from_chars(written.data(), last, times);
        if (error != std::errc{} || end != last || times < 1 || times > 366) return {};
    }
    if (every == "DAILY") return "P" + std::to_string(times) + "D";
    if (every == "WEEKLY") return "P" + std::to_string(times * 7) + "D";
    if (every == "MONTHLY") return "P" + std::to_string(times) + "M";
    if (every == "YEARLY") return "P" + std::to_string(times * 12) + "M";
    return {};
}

std::string clean(const node& from, std::size_t bytes_max) {
    auto out = clean_text(from.words(), bytes_max);
    for (auto& c : out) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    const auto last = out.find_last_not_of(' ');
    out.resize(last == std::string::npos ? 0 : last + 1);
    out.erase(0, out.find_first_not_of(' '));
    return out;
}

std::string id_of(const node& from) {
    const auto value = from.whole();
    return value && *value > 0 ? std::to_string(*value) : std::string{};
}

}  // namespace tertulia::adapters::fineract
