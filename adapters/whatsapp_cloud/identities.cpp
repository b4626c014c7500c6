#include "adapters/whatsapp_cloud/identities.hpp"

#include <algorithm>

namespace tertulia::adapters::whatsapp_cloud {
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

std::optional<identity_kind> kind_of(std::string_view value) {
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

void identities::insert(identity one) {
    if (all_.empty()) all_.reserve(4);  // one of each kind is what most people have
    const auto place = std::lower_bound(all_.begin(), all_.end(), one);
    if (place == all_.end() || *place != one) all_.insert(place, std::move(one));
}

void identities::add(std::string_view value) {
    const auto kind = kind_of(value);
    if (!kind) return;
    if (*kind != identity_kind::wa_id) {
        insert({*kind, std::string{value}});
        return;
    }
    if (value.front() == '+') value.remove_prefix(1);
    insert({identity_kind::phone, "+" + std::string{value}});
    insert({identity_kind::wa_id, std::string{value}});
}

void identities::add(std::span<const identity> others) {
    for (const auto& one : others) insert(one);
}

void identities::add_at(json_object in, std::initializer_list<std::string_view> keys) {
    for (const auto key : keys) add(text_at(in, key));
}

bool identities::contains(const identity& one) const {
    return std::binary_search(all_.begin(), all_.end(), one);
}

bool identities::same_person(const identities& other) const {
    const auto first_of = [](const identities& in, identity_kind kind) -> const identity* {
        for (const auto& one : in.all_) {
            if (one.kind == kind) return &one;
        }
        return nullptr;
    };
    for (const auto kind :
         {identity_kind::bsuid, identity_kind::parent_bsuid, identity_kind::wa_id}) {
        const auto* mine = first_of(*this, kind);
        const auto* theirs = first_of(other, kind);
        if (mine != nullptr && theirs != nullptr) return *mine == *theirs;
    }
    return false;
}

}  // namespace tertulia::adapters::whatsapp_cloud
