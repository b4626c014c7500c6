// The conversations of a client, by the telephones she is known by: which is spoken in, and what the
// others know that counts for it.

#pragma once

#include "dialogs/nudges/gates.hpp"
#include "gateway/store/store.hpp"

#include <optional>
#include <span>
#include <string>

namespace tertulia::gateway {

struct spoken_in {
    party_id party{};
    dialogs::told_elsewhere elsewhere{};
};

// The one she wrote in last, of a telephone of her own where there is one. `phones`: E.164; `shared`: those of them that other clients have, too.
// Nothing: she has never written. On the writer thread.
[[nodiscard]] std::optional<spoken_in> where_she_is_spoken_to(
    store& from, std::span<const std::string> phones, std::span<const std::string> shared,
    const dialogs::planned_nudge& what, civil_date today
);

}  // namespace tertulia::gateway
