#include "dialogs/message/sms/sender.hpp"

#include "dialogs/message/e164.hpp"

#include <algorithm>

namespace tertulia {
namespace {

constexpr std::size_t short_code_digits_max = 6;
constexpr std::size_t name_letters_max = 11;

bool is_digit(char letter) noexcept {
    return letter >= '0' && letter <= '9';
}

bool is_name_letter(char letter) noexcept {
    return is_digit(letter) || (letter >= 'A' && letter <= 'Z') ||
           (letter >= 'a' && letter <= 'z') ||
           std::string_view{" -_.&"}.find(letter) != std::string_view::npos;
}

}  // namespace

std::optional<std::string> sms_phone_of(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
    } else if (text.starts_with("00")) {
        text.remove_prefix(2);
    }
    std::string phone = "+" + std::string{text.substr(0, 16)};
    if (!is_e164(phone)) return std::nullopt;
    return phone;
}

std::optional<sms_address_kind> sms_address_kind_of(std::string_view text) noexcept {
    if (text.empty()) return std::nullopt;
    const auto digits = text.starts_with('+') ? text.substr(1) : text;
    if (!digits.empty() && std::ranges::all_of(digits, is_digit)) {
        const bool plus = digits.size() != text.size();
        if (!plus && digits.size() >= 3 && digits.size() <= short_code_digits_max) {
            return sms_address_kind::short_code;
        }
        if (digits.size() >= 7 && digits.size() <= 15 && digits[0] != '0') {
            return sms_address_kind::e164;
        }
        return std::nullopt;
    }
    const bool has_letter = std::ranges::any_of(text, [](char letter) {
        return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
    });
    if (!has_letter || text.size() > name_letters_max) return std::nullopt;
    if (!std::ranges::all_of(text, is_name_letter)) return std::nullopt;
    return sms_address_kind::name;
}

}  // namespace tertulia
