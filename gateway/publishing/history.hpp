// What the list of publications says: what is live, where a rollback leads, which version an
// operator means. Pure.

#pragma once

#include "gateway/store/publication.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

using publications = std::vector<publication>;  // oldest first, as the store gives them

// What everybody who is not among the first gets; empty while nothing was ever published.
[[nodiscard]] std::string version_for_everybody(const publications& all);

// What undoing the last publication brings back. During a roll-out: what the others stayed on. Else
// what was everybody's before; after a rollback, what was before that. Nothing: there is no before.
[[nodiscard]] std::optional<std::string> version_before(const publications& all);

// The published version that begins with these letters (at least 8), if there is exactly one.
[[nodiscard]] std::optional<std::string> published_version(
    const publications& all, std::string_view beginning
);

struct target {
    audience to{};
    int percent{};
};
// "all", "staff", "10%" (1 to 99); nothing for anything else.
[[nodiscard]] std::optional<target> parse_target(std::string_view text);
// And back, as operators read it.
[[nodiscard]] std::string to_text(audience to, int percent);

}  // namespace tertulia::gateway
