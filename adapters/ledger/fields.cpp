#include "adapters/ledger/fields.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <boost/assert.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace tertulia::adapters::ledger {
namespace {

constexpr std::size_t id_bytes_max = 64;

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// A plus sign, then 8 to 15 digits of which the first is not zero (ITU-T E.164).
bool is_e164(std::string_view text) noexcept {
    return text.size() >= 9 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
           std::all_of(text.begin() + 1, text.end(), is_digit);
}

// What the number was probably meant to be, or empty where there is no good guess.
std::string e164_guess(std::string_view written, std::string_view country_code) {
    std::string digits;
    for (const char c : written) {
        if (is_digit(c)) digits.push_back(c);
    }
    const bool international = written.starts_with('+') || digits.starts_with("00");
    if (digits.starts_with("00")) digits.erase(0, 2);
    if (!international && country_code.empty()) return {};
    std::string guess = "+";
    // A national number may begin like the code: only what is too long to be one has it already.
    const bool has_code =
        digits.starts_with(country_code) && digits.size() >= country_code.size() + 7;
    if (!international && !has_code) guess += country_code;
    guess += digits;
    return is_e164(guess) ? guess : std::string{};
}

std::string iso_guess(std::string_view written) {
    // 23/11/2026 and 23-11-2026: day first, as the region writes it.
    if (written.size() != 10 || is_digit(written[2]) || is_digit(written[5])) return {};
    std::string guess{written.substr(6, 4)};
    guess.append("-").append(written.substr(3, 2)).append("-").append(written.substr(0, 2));
    return parse_iso_date(guess) ? guess : std::string{};
}

std::string amount_guess(std::string_view written, currency_code currency) {
    std::string guess;
    for (const char c : written) {
        if (is_digit(c) || c == '.') guess.push_back(c);
    }
    return parse_decimal(guess, currency) ? guess : std::string{};
}

}  // namespace

fields::fields(
    kind what, const record& of, std::string_view country_code, problem_list& problems
) noexcept
    : what_{what}, record_{of}, country_code_{country_code}, problems_{problems} {}

void fields::fail(std::string_view column, std::string what, std::string mend) {
    good_ = false;
    problems_.add(record_.at, column, std::move(what), std::move(mend));
}

const std::optional<std::string>& fields::raw(std::string_view column) const {
    const auto columns = columns_of(what_);
    const auto at = std::find_if(columns.begin(), columns.end(), [&](const auto& each) {
        return each.name == column;
    });
    BOOST_ASSERT(at != columns.end());
    return record_.fields[static_cast<std::size_t>(at - columns.begin())];
}

bool fields::has(std::string_view column) const {
    return raw(column).has_value();
}

// The text of a column, or null where it is absent; reported when it must not be.
const std::string* fields::wanted(std::string_view column) {
    const auto& field = raw(column);
    if (field) return &*field;
    const auto columns = columns_of(what_);
    const bool required = std::any_of(columns.begin(), columns.end(), [&](const auto& each) {
        return each.name == column && each.required;
    });
    if (required) fail(column, "is empty", "every row needs it");
    return nullptr;
}

std::string fields::text(std::string_view column) {
    const auto* written = wanted(column);
    if (written == nullptr) return {};
    const bool control = std::any_of(written->begin(), written->end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    if (control) {
        fail(column, shown(*written) + " has a control character or line break", "remove it");
        return {};
    }
    return *written;
}

std::string fields::id(std::string_view column) {
    auto value = text(column);
    if (value.size() > id_bytes_max) {
        fail(column, shown(value) + " is longer than 64 bytes");
        return {};
    }
    if (value.find(' ') != std::string::npos) {
        fail(column, shown(value) + " has a space in it", "an id is one word");
        return {};
    }
    return value;
}

std::string fields::e164(std::string_view column, std::string_view written) {
    if (is_e164(written)) return std::string{written};
    const auto guess = e164_guess(written, country_code_);
    fail(
        column,
        shown(written) + " is not E.164",
        guess.empty() ? "write + and the country code, digits only" : "write " + guess
    );
    return {};
}

std::string fields::phone(std::string_view column) {
    const auto* written = wanted(column);
    return written == nullptr ? std::string{} : e164(column, *written);
}

std::vector<std::string> fields::phones(std::string_view column) {
    std::vector<std::string> found;
    const auto* written = wanted(column);
    if (written == nullptr) return found;
    std::string_view rest = *written;
    while (true) {
        const auto bar = rest.find('|');
        auto each = e164(column, rest.substr(0, bar));
        if (!each.empty() && std::find(found.begin(), found.end(), each) == found.end()) {
            found.push_back(std::move(each));
        }
        if (bar == std::string_view::npos) return found;
        rest.remove_prefix(bar + 1);
    }
}

std::optional<civil_date> fields::date(std::string_view column) {
    const auto* written = wanted(column);
    if (written == nullptr) return std::nullopt;
    const auto day = parse_iso_date(*written);
    if (!day) {
        const auto guess = iso_guess(*written);
        fail(
            column,
            shown(*written) + " is not a date",
            "write " + (guess.empty() ? "year-month-day, as in 2026-11-23" : guess)
        );
    }
    return day;
}

money fields::amount(std::string_view column, currency_code currency) {
    const auto* written = wanted(column);
    if (written == nullptr) return {0, currency};
    const auto value = parse_decimal(*written, currency);
    if (value && value->minor >= 0) return *value;
    const auto guess = amount_guess(*written, currency);
    fail(
        column,
        shown(*written) + " is not an amount in " + std::string{currency.view()},
        guess.empty() ? "write digits and a point, as in " + decimal({125050, currency})
                      : "write " + guess
    );
    return {0, currency};
}

int fields::number(std::string_view column, int low, int high, int otherwise) {
    const auto* written = wanted(column);
    if (written == nullptr) return otherwise;
    int value = 0;
    const auto* end = written->data() + written->size();
    const auto [stopped, error] = std::from_chars(written->data(), end, value);
    if (error == std::errc{} && stopped == end && value >= low && value <= high) return value;
    fail(
        column,
        shown(*written) + " is not a whole number from " + std::to_string(low) + " to " +
            std::to_string(high)
    );
    return otherwise;
}

double fields::degrees(std::string_view column, double limit) {
    const auto* written = wanted(column);
    if (written == nullptr) return 0;
    double value = 0;
    const auto* end = written->data() + written->size();
    const auto [stopped, error] = std::from_chars(written->data(), end, value);
    if (error == std::errc{} && stopped == end && std::abs(value) <= limit) return value;
    fail(
        column,
        shown(*written) + " is not degrees",
        "write degrees with a point, at most " + std::to_string(static_cast<int>(limit))
    );
    return 0;
}

bool fields::yes(std::string_view column, bool otherwise) {
    const auto* written = wanted(column);
    if (written == nullptr) return otherwise;
    if (*written == "true" || *written == "yes" || *written == "1") return true;
    if (*written == "false" || *written == "no" || *written == "0") return false;
    fail(column, shown(*written) + " is neither yes nor no", "write true or false");
    return otherwise;
}

std::size_t fields::word(
    std::string_view column, const std::vector<std::string_view>& words, std::size_t otherwise
) {
    const auto* written = wanted(column);
    if (written == nullptr) return otherwise;
    const auto at = std::find(words.begin(), words.end(), *written);
    if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
    std::string all;
    for (const auto each : words) all += (all.empty() ? "" : ", ") + std::string{each};
    const auto near = nearest(*written, words);
    fail(
        column,
        shown(*written) + " is none of " + all,
        near.empty() ? std::string{} : "did you mean " + std::string{near} + "?"
    );
    return otherwise;
}

}  // namespace tertulia::adapters::ledger
