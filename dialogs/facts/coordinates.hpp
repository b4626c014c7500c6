// Where something is on earth.

#pragma once

namespace tertulia {

struct coordinates {
    double latitude{};   // degrees north
    double longitude{};  // degrees east
    bool operator==(const coordinates&) const = default;
};

}  // namespace tertulia
