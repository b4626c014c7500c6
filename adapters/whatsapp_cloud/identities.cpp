#include "adapters/whatsapp_cloud/identities.hpp"

#include <algorithm>

namespace tertulia::adapters::whatsapp_cloud {
void identities::insert(identity one) {
    if (all_.empty()) all_.reserve(4);  // one of each kind is what most people have
    const auto place = std::lower_bound(all_.begin(), all_.end(), one);
    if (place == all_.end() || *place != one) all_.insert(place, std::move(one));
}

void identities::add(std::string_view value) {
    const auto kind = whatsapp_identity_kind(value);
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
