#include "adapters/wire/whatsapp_identity.hpp"

#include <algorithm>

namespace tertulia::adapters {
namespace {

constexpr std::size_t user_id_bytes_max = 128;
constexpr std::size_t digits_min = 5;
constexpr std::size_t digits_max = 20;  // E.164 has 15; wa_id is not always E.164

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}
bool is_upper(char byte) {
    return byte >= 'A' && byte <= 'Z';
}
bool is_alphanumeric(char byte) {
    return is_digit(byte) || is_upper(byte) || (byte >= 'a' && byte <= 'z');
}

bool is_number(std::string_view value) {
    return value.size() >= digits_min && value.size() <= digits_max &&
           std::all_of(value.begin(), value.end(), is_digit);
}

}  // namespace

std::optional<identity_kind> whatsapp_identity_kind(std::string_view value) {
    if (value.starts_with('+') ? is_number(value.substr(1)) : is_number(value)) {
        return identity_kind::wa_id;
    }
    if (value.size() < 4 || !is_upper(value[0]) || !is_upper(value[1]) || value[2] != '.') {
        return std::nullopt;
    }
    value.remove_prefix(3);
    const bool parent = value.starts_with("ENT.");
    if (parent) value.remove_prefix(4);
    if (value.empty() || value.size() > user_id_bytes_max ||
        !std::all_of(value.begin(), value.end(), is_alphanumeric)) {
        return std::nullopt;
    }
    return parent ? identity_kind::parent_bsuid : identity_kind::bsuid;
}

}  // namespace tertulia::adapters
