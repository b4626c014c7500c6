// Where to pay, near a place: every payment point of the institution, found by distance along the
// ground. Made once from what core banking lists, immutable, shared between threads.

#pragma once

#include "dialogs/facts/coordinates.hpp"
#include "dialogs/facts/portfolio.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace tertulia::dialogs {

// Great-circle metres on a sphere of the earth's mean radius: within half a percent of the
// ellipsoid's.
[[nodiscard]] double metres_between(coordinates from, coordinates to) noexcept;
// Degrees clockwise from north, at the start: [0, 360).
[[nodiscard]] double bearing(coordinates from, coordinates to) noexcept;

class payment_point_map {
public:
    explicit payment_point_map(std::vector<payment_point> points);
    ~payment_point_map();
    payment_point_map(const payment_point_map&) = delete;
    payment_point_map& operator=(const payment_point_map&) = delete;

    struct near {
        const payment_point* point{};  // of all()
        double metres{};
    };
    using test = std::function<bool(const near&)>;
    // The nearest `most` that are `wanted` (all, without a test), the nearest first; of those as
    // far by their id. At most `looked_at` are shown to the test: one that nothing passes ends.
    [[nodiscard]] std::vector<near> nearest(
        coordinates from, std::size_t most, const test& wanted = {}, std::size_t looked_at = 400
    ) const;

    [[nodiscard]] const std::vector<payment_point>& all() const noexcept { return points_; }

private:
    class index;
    std::vector<payment_point> points_;
    std::unique_ptr<const index> index_;
};

}  // namespace tertulia::dialogs
