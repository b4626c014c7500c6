#include "dialogs/services/payment_points.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace tertulia::dialogs {
namespace {

using testing::ElementsAre;

payment_point point(std::string id, double latitude, double longitude, std::string kind = "shop") {
    payment_point made;
    made.id = std::move(id);
    made.kind = std::move(kind);
    made.latitude = latitude;
    made.longitude = longitude;
    return made;
}

std::vector<std::string> ids(const std::vector<payment_point_map::near>& of) {
    std::vector<std::string> all;
    for (const auto& one : of) all.push_back(one.point->id);
    return all;
}

// The order asked for, by looking at every one.
std::vector<payment_point_map::near> by_looking_at_all(
    const payment_point_map& map, coordinates from, std::size_t most
) {
    std::vector<payment_point_map::near> all;
    for (const auto& one : map.all()) {
        all.push_back({&one, metres_between(from, {one.latitude, one.longitude})});
    }
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size()));
    std::partial_sort(all.begin(), middle, all.end(), [](auto& left, auto& right) {
        if (std::abs(left.metres - right.metres) > 1e-3) return left.metres < right.metres;
        return left.point->id < right.point->id;
    });
    all.erase(middle, all.end());
    return all;
}

TEST(payment_points, are_as_far_as_the_ground_says) {
    // Quetzaltenango's park to Guatemala City's: 107.9 km by the haversine formula on this radius.
    EXPECT_NEAR(metres_between({14.8347, -91.5181}, {14.6416, -90.5133}), 110'250, 300);
    EXPECT_DOUBLE_EQ(metres_between({14.8, -91.5}, {14.8, -91.5}), 0);
    // A degree of a meridian.
    EXPECT_NEAR(metres_between({0, 0}, {1, 0}), 111'195, 1);
    EXPECT_NEAR(metres_between({0, 179.5}, {0, -179.5}), 111'195, 1);
    EXPECT_NEAR(metres_between({90, 0}, {-90, 0}), 20'015'115, 10);
}

TEST(payment_points, lie_in_a_direction) {
    EXPECT_NEAR(bearing({0, 0}, {1, 0}), 0, 1e-9);
    EXPECT_NEAR(bearing({0, 0}, {0, 1}), 90, 1e-9);
    EXPECT_NEAR(bearing({0, 0}, {-1, 0}), 180, 1e-9);
    EXPECT_NEAR(bearing({0, 0}, {0, -1}), 270, 1e-9);
}

TEST(payment_points, are_found_nearest_first_and_those_as_far_by_id) {
    const payment_point_map map{
        {point("far", 14.9, -91.5),
         point("b", 14.81, -91.5),
         point("a", 14.81, -91.5),
         point("here", 14.8, -91.5)}};
    EXPECT_THAT(ids(map.nearest({14.8, -91.5}, 3)), ElementsAre("here", "a", "b"));
    EXPECT_THAT(ids(map.nearest({14.8, -91.5}, 2)), ElementsAre("here", "a"));
    EXPECT_THAT(map.nearest({14.8, -91.5}, 9), testing::SizeIs(4));
    EXPECT_THAT(map.nearest({14.8, -91.5}, 0), testing::IsEmpty());
    EXPECT_THAT(payment_point_map{{}}.nearest({14.8, -91.5}, 3), testing::IsEmpty());
}

TEST(payment_points, are_only_those_wanted) {
    std::vector<payment_point> many;
    for (int i = 0; i < 1000; ++i) {
        many.push_back(
            point(std::to_string(1000 + i), 14 + i * 1e-3, -91, i % 100 == 99 ? "agency" : "shop")
        );
    }
    const payment_point_map map{std::move(many)};
    const auto agency = [](auto& seen) { return seen.point->kind == "agency"; };
    EXPECT_THAT(ids(map.nearest({14, -91}, 2, agency)), ElementsAre("1099", "1199"));
    EXPECT_THAT(map.nearest({14, -91}, 2, agency, 50), testing::IsEmpty());
    EXPECT_THAT(
        map.nearest({14, -91}, 9, [](auto& seen) { return seen.metres < 250; }), testing::SizeIs(3)
    );
}

// 100,000 questions in the long form, each also answered by looking at all the points.
TEST(payment_points, are_the_very_ones_that_looking_at_all_finds) {
    const int questions = std::getenv("TERTULIA_LONG") != nullptr ? 50'000 : 2'000;
    std::mt19937_64 chance{20261126};
    for (const bool whole_earth : {false, true}) {
        std::uniform_real_distribution<double> north(
            whole_earth ? -90 : 13.7, whole_earth ? 90 : 17.8
        );
        std::uniform_real_distribution<double> east(
            whole_earth ? -180 : -92.3, whole_earth ? 180 : -88.2
        );
        std::vector<payment_point> points;
        for (int i = 0; i < 300; ++i) {
            points.push_back(point(std::to_string(i), north(chance), east(chance)));
            if (i % 10 == 0) points.push_back(points.back());  // two at one counter
            points.back().id += "x";
        }
        const payment_point_map map{std::move(points)};
        for (int i = 0; i < questions; ++i) {
            const coordinates from{north(chance), east(chance)};
            const auto found = map.nearest(from, 3);
            const auto right = by_looking_at_all(map, from, 3);
            ASSERT_EQ(ids(found), ids(right)) << from.latitude << ", " << from.longitude;
        }
    }
}

}  // namespace
}  // namespace tertulia::dialogs
