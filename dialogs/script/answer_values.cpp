#include "dialogs/script/answer_values.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/wording/text.hpp"

#include <array>
#include <charconv>

namespace tertulia::dialogs {
namespace {

constexpr char part_separator = '\x1f';  // the unit separator of ASCII: nobody types it

constexpr std::array<std::string_view, 14> kind_names{
    "amount",
    "date",
    "day",
    "until",
    "number",
    "phone",
    "name",
    "yes_no",
    "location",
    "photo",
    "document",
    "voice_note",
    "text",
    "choice"};

std::optional<std::int64_t> whole(std::string_view text) noexcept {
    std::int64_t value{};
    const auto* end = text.data() + text.size();
    const auto [at, problem] = std::from_chars(text.data(), end, value);
    return problem == std::errc{} && at == end ? std::optional{value} : std::nullopt;
}

// What a place is called; else where it is.
std::string place_in_words(const std::vector<std::string>& parts) {
    if (parts.size() > 2 && !parts[2].empty()) return parts[2];
    if (parts.size() > 3 && !parts[3].empty()) return parts[3];
    return parts[0] + ", " + parts[1];
}

}  // namespace

std::string_view name_of(typed_kind kind) noexcept {
    return kind_names.at(static_cast<std::size_t>(kind));
}

std::optional<typed_kind> parse_typed_kind(std::string_view word) noexcept {
    for (std::size_t i = 0; i < kind_names.size(); ++i) {
        if (kind_names[i] == word) return static_cast<typed_kind>(i);
    }
    return std::nullopt;
}

std::vector<std::string> words_to_expect() {
    return {kind_names.begin(), kind_names.end() - 1};
}

fact_type type_of(typed_kind kind) noexcept {
    switch (kind) {
        case typed_kind::amount:
            return fact_type::money;
        case typed_kind::date:
        case typed_kind::day:
        case typed_kind::until:
            return fact_type::date;
        case typed_kind::number:
            return fact_type::number;
        case typed_kind::yes_no:
            return fact_type::boolean;
        case typed_kind::phone:
        case typed_kind::name:
        case typed_kind::location:
        case typed_kind::photo:
        case typed_kind::document:
        case typed_kind::voice_note:
        case typed_kind::text:
        case typed_kind::choice:
            break;
    }
    return fact_type::text;
}

std::string to_text(const typed_answer& answer) {
    std::string text{name_of(answer.kind)};
    text += ':';
    return text + answer.value;
}

std::optional<typed_answer> parse_typed_answer(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto kind = parse_typed_kind(text.substr(0, colon));
    if (!kind) return std::nullopt;
    return typed_answer{.kind = *kind, .value = std::string{text.substr(colon + 1)}};
}

fact_value value_of(const typed_answer& answer) {
    const auto& value = answer.value;
    switch (answer.kind) {
        case typed_kind::amount:
            if (const auto sum = parse_minor_units(value)) return *sum;
            return {};
        case typed_kind::date:
        case typed_kind::day:
        case typed_kind::until:
            if (const auto day = parse_iso_date(value)) return *day;
            return {};
        case typed_kind::number:
            if (const auto number = whole(value)) return *number;
            return {};
        case typed_kind::yes_no:
            if (value == "yes" || value == "no") return value == "yes";
            return {};
        case typed_kind::location: {
            const auto parts = parts_of(value);
            if (parts.size() < 2) return {};
            return place_in_words(parts);
        }
        case typed_kind::photo:
        case typed_kind::document:
        case typed_kind::voice_note:
            return std::string{name_of(answer.kind)};
        case typed_kind::phone:
        case typed_kind::name:
        case typed_kind::text:
        case typed_kind::choice:
            break;
    }
    if (value.empty()) return {};
    return value;
}

std::optional<typed_kind> kind_to_keep(fact_type type) noexcept {
    switch (type) {
        case fact_type::boolean:
            return typed_kind::yes_no;
        case fact_type::number:
            return typed_kind::number;
        case fact_type::text:
            return typed_kind::text;
        case fact_type::money:
            return typed_kind::amount;
        case fact_type::date:
            return typed_kind::date;
        case fact_type::moment:
        case fact_type::list:
        case fact_type::nothing:
            break;
    }
    return std::nullopt;
}

std::optional<typed_answer> answer_of(const fact_value& value) {
    if (const auto* yes = std::get_if<bool>(&value)) {
        return typed_answer{typed_kind::yes_no, *yes ? "yes" : "no"};
    }
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        return typed_answer{typed_kind::number, std::to_string(*number)};
    }
    if (const auto* sum = std::get_if<money>(&value)) {
        auto text = std::to_string(sum->minor);
        text += ' ';
        text += sum->currency.view();
        return typed_answer{typed_kind::amount, std::move(text)};
    }
    if (const auto* text = std::get_if<std::string>(&value); text != nullptr && !text->empty()) {
        return typed_answer{typed_kind::text, truncate_utf16(*text, answer_text_units_max)};
    }
    if (const auto* day = std::get_if<civil_date>(&value)) {
        auto text = iso_date(*day);
        if (parse_iso_date(text)) return typed_answer{typed_kind::date, std::move(text)};
    }
    return std::nullopt;
}

std::string join_parts(const std::vector<std::string>& parts) {
    std::string value;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) value += part_separator;
        for (const char one : parts[i]) value += one == part_separator ? ' ' : one;
    }
    return value;
}

std::vector<std::string> parts_of(std::string_view value) {
    std::vector<std::string> parts(1);
    for (const char one : value) {
        if (one == part_separator) {
            parts.emplace_back();
        } else {
            parts.back() += one;
        }
    }
    return parts;
}

std::optional<money> parse_minor_units(std::string_view text) noexcept {
    const auto gap = text.find(' ');
    if (gap == std::string_view::npos) return std::nullopt;
    const auto minor = whole(text.substr(0, gap));
    currency_code currency{};
    if (!minor || !parse_currency(text.substr(gap + 1), currency)) return std::nullopt;
    return money{*minor, currency};
}

}  // namespace tertulia::dialogs
