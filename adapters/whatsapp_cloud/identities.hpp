// The identities an event carries, as one set.
//
// Internal to this folder.

#pragma once

#include "adapters/wire/json_view.hpp"
#include "adapters/wire/whatsapp_identity.hpp"
#include "dialogs/message/identity.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::whatsapp_cloud {

// A set of identities, best first: phone, wa_id, bsuid, parent_bsuid.
class identities {
public:
    // Digits count twice, as wa_id and as the phone number they most likely are. What is no
    // identity is ignored.
    void add(std::string_view value);
    void add(std::span<const identity> others);
    void add_at(json_object in, std::initializer_list<std::string_view> keys);

    [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
    // A user id in common decides; else a number in common.
    [[nodiscard]] bool same_person(const identities& other) const;
    [[nodiscard]] bool contains(const identity& one) const;
    [[nodiscard]] const std::vector<identity>& all() const& noexcept { return all_; }
    [[nodiscard]] std::vector<identity> take() noexcept { return std::move(all_); }

private:
    void insert(identity one);

    std::vector<identity> all_{};  // sorted, unique
};

}  // namespace tertulia::adapters::whatsapp_cloud
