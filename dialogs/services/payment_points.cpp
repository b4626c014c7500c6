#include "dialogs/services/payment_points.hpp"

#include "dialogs/understanding/place_beside.hpp"
#include "dialogs/understanding/word_index.hpp"

#include <boost/geometry/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace tertulia::dialogs {
namespace {

namespace bg = boost::geometry;

constexpr double earth_radius = 6'371'008.8;  // metres, mean (IUGG)
constexpr double degree = std::numbers::pi / 180;

// Seen from the earth's centre. What is nearer along the ground is nearer through it: so a plain
// tree in space finds the nearest everywhere, at the date line and the poles too.
using spot = bg::model::point<double, 3, bg::cs::cartesian>;

spot spot_of(coordinates at) noexcept {
    const double north = at.latitude * degree;
    const double east = at.longitude * degree;
    return {std::cos(north) * std::cos(east), std::cos(north) * std::sin(east), std::sin(north)};
}

coordinates where(const payment_point& of) noexcept {
    return {of.latitude, of.longitude};
}

}  // namespace

double metres_between(coordinates from, coordinates to) noexcept {
    const double half_north = std::sin((to.latitude - from.latitude) * degree / 2);
    const double half_east = std::sin((to.longitude - from.longitude) * degree / 2);
    const double haversine = half_north * half_north + std::cos(from.latitude * degree) *
                                                           std::cos(to.latitude * degree) *
                                                           half_east * half_east;
    return 2 * earth_radius * std::asin(std::min(1.0, std::sqrt(haversine)));
}

double bearing(coordinates from, coordinates to) noexcept {
    const double east = (to.longitude - from.longitude) * degree;
    const double there = to.latitude * degree;
    const double here = from.latitude * degree;
    const double angle = std::atan2(
        std::sin(east) * std::cos(there),
        std::cos(here) * std::sin(there) - std::sin(here) * std::cos(there) * std::cos(east)
    );
    return std::fmod(angle / degree + 360, 360);
}

class payment_point_map::index {
public:
    using entry = std::pair<spot, std::size_t>;
    explicit index(const std::vector<payment_point>& points) : tree_{entries(points)} {}
    const auto& tree() const noexcept { return tree_; }

private:
    static std::vector<entry> entries(const std::vector<payment_point>& points) {
        std::vector<entry> all;
        all.reserve(points.size());
        for (std::size_t i = 0; i < points.size(); ++i) {
            all.emplace_back(spot_of(where(points[i])), i);
        }
        return all;
    }
    bg::index::rtree<entry, bg::index::rstar<16>> tree_;
};

// How each is called and where it stands, in words.
class payment_point_map::words {
public:
    explicit words(const std::vector<payment_point>& points) : index_{texts(points)} {}
    const word_index& index() const noexcept { return index_; }

private:
    static std::vector<std::string> texts(const std::vector<payment_point>& points) {
        std::vector<std::string> all;
        all.reserve(points.size());
        for (const auto& one : points) all.push_back(one.name + ", " + one.street);
        return all;
    }
    word_index index_;
};

payment_point_map::payment_point_map(std::vector<payment_point> points)
    : points_{std::move(points)},
      index_{std::make_unique<const index>(points_)},
      words_{std::make_unique<const words>(points_)} {}

payment_point_map::~payment_point_map() = default;

std::vector<payment_point_map::near> payment_point_map::nearest(
    coordinates from, std::size_t most, const test& wanted, std::size_t looked_at
) const {
    std::vector<near> found;
    if (most == 0) return found;
    // One more than wanted are looked at, and on while as far as the last: the order of those as
    // far is by id, not the tree's.
    const auto close =
        bg::index::nearest(spot_of(from), static_cast<unsigned>(std::max(looked_at, most)));
    for (auto at = index_->tree().qbegin(close); at != index_->tree().qend(); ++at) {
        const auto& point = points_[at->second];
        const near seen{&point, metres_between(from, where(point))};
        constexpr double as_far = 1e-3;
        if (found.size() >= most && seen.metres > found[most - 1].metres + as_far) break;
        if (wanted && !wanted(seen)) continue;
        const auto place =
            std::upper_bound(found.begin(), found.end(), seen, [](const near& a, const near& b) {
                if (std::abs(a.metres - b.metres) > as_far) return a.metres < b.metres;
                return a.point->id < b.point->id;
            });
        found.insert(place, seen);
    }
    if (found.size() > most) found.resize(most);
    return found;
}

const payment_point* payment_point_map::at_one_spot(std::span<const std::uint32_t> found) const {
    if (found.empty()) return nullptr;
    const auto& first = points_[found.front()];
    const bool all_there = std::all_of(found.begin(), found.end(), [&](std::uint32_t one) {
        return metres_between(where(first), where(points_[one])) <= one_spot;
    });
    return all_there ? &first : nullptr;
}

const payment_point* payment_point_map::spoken_of(
    std::string_view text, const place_names* towns
) const {
    auto found = words_->index().meant(text);
    if (const auto* one = at_one_spot(found)) return one;
    const auto town = towns == nullptr ? std::nullopt : find_place_beside(*towns, text);
    if (!town) return nullptr;
    // "… en Xela": of the words beside the town's name, those there.
    const auto there = towns->places()[town->place].at;
    if (!there) return nullptr;
    found = words_->index().meant(town->rest);
    std::erase_if(found, [&](std::uint32_t one) {
        return metres_between(*there, where(points_[one])) > around_town;
    });
    return at_one_spot(found);
}

}  // namespace tertulia::dialogs
