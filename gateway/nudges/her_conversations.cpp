#include "gateway/nudges/her_conversations.hpp"

#include "dialogs/engine/nudge_elsewhere.hpp"
#include "gateway/turns/party_by_phone.hpp"
#include "gateway/turns/session_of.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace tertulia::gateway {
namespace {

struct conversation {
    party_id party{};
    bool hers_alone{};
    dialogs::session is{};
};

}  // namespace

std::optional<spoken_in> where_she_is_spoken_to(
    store& from, std::span<const std::string> phones, std::span<const std::string> shared,
    const dialogs::planned_nudge& what, civil_date today
) {
    std::vector<conversation> all;
    for (const auto& phone : phones) {
        const auto party = party_by_phone(from, {&phone, 1});
        if (!party) continue;
        const bool alone = std::ranges::find(shared, phone) == shared.end();
        const auto known = std::ranges::find(all, *party, &conversation::party);
        if (known == all.end()) {
            all.push_back({.party = *party, .hers_alone = alone});
        } else {
            known->hers_alone &= alone;
        }
    }
    if (all.empty()) return std::nullopt;
    if (all.size() == 1) return spoken_in{.party = all.front().party};
    for (auto& one : all) one.is = session_of(from, one.party);
    // A telephone of her own before the family's: who wrote last on that one nobody knows.
    const auto last = std::ranges::max_element(all, {}, [](const conversation& one) {
        return std::pair{one.hers_alone, one.is.last_inbound_at};
    });
    spoken_in made{.party = last->party};
    for (const auto& one : all) {
        if (one.party == last->party) continue;
        dialogs::add_told_in(made.elsewhere, one.is, one.hers_alone, what, today);
    }
    return made;
}

}  // namespace tertulia::gateway
