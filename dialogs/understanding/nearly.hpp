// Whether two folded words are one, but for a slip.

#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace tertulia::dialogs {

// At most one letter wrong, missing, too many or swapped with its neighbour; words shorter than
// `least` must be equal.
[[nodiscard]] inline bool nearly(
    std::string_view left, std::string_view right, std::size_t least = 5
) noexcept {
    if (left == right) return true;
    if (left.size() > right.size()) std::swap(left, right);
    if (left.size() < least || right.size() - left.size() > 1) return false;
    const auto ahead = static_cast<std::size_t>(
        std::mismatch(left.begin(), left.end(), right.begin()).first - left.begin()
    );
    const auto l = left.substr(ahead);
    const auto r = right.substr(ahead);
    if (l.size() < r.size()) return l == r.substr(1);
    if (l.substr(1) == r.substr(1)) return true;
    return l.size() >= 2 && l[0] == r[1] && l[1] == r[0] && l.substr(2) == r.substr(2);
}

}  // namespace tertulia::dialogs
