// Where to pay, near a place: every payment point of the institution, found by distance along the
// ground. Made once from what core banking lists, immutable, shared between threads.

#pragma once

#include "dialogs/facts/coordinates.hpp"
#include "dialogs/facts/portfolio.hpp"
#include "dialogs/understanding/places.hpp"

#include <cstddef>
#include <functional>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
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

    // The one whose name, street or landmark a text speaks of: "cerca del mercado La Democracia", also
    // misspelt. Where several fit as well they must be at one spot, `one_spot` metres around the
    // first of them; where they are all over the country, a town of `towns` in the text decides
    // (null: none does). Nothing where it is not clear which. Of all(), and as long there.
    [[nodiscard]] const payment_point* spoken_of(
        std::string_view text, const place_names* towns
    ) const;
    static constexpr double one_spot = 2'000;
    static constexpr double around_town = 15'000;  // metres from where a town is

    [[nodiscard]] const std::vector<payment_point>& all() const noexcept { return points_; }

private:
    class index;
    class words;
    [[nodiscard]] const payment_point* at_one_spot(std::span<const std::uint32_t> found) const;

    std::vector<payment_point> points_;
    std::unique_ptr<const index> index_;
    std::unique_ptr<const words> words_;
};

}  // namespace tertulia::dialogs
