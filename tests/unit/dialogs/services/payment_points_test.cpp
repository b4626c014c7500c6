#include "dialogs/services/payment_points.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
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

TEST(payment_points, soyfinca_points_are_as_far_as_the_ground_says) {
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

payment_point beside(std::string id, double latitude, double longitude, std::string street) {
    auto made = point(std::move(id), latitude, longitude);
    made.street = std::move(street);
    return made;
}

const payment_point_map& in_two_towns() {
    static const payment_point_map map{
        {beside("a", 14.8347, -91.5181, "3a calle 2-10, frente al mercado La Democracia"),
         beside("b", 14.8350, -91.5185, "4a calle 1-02, atrás del mercado La Democracia"),
         beside("c", 14.8340, -91.5190, "frente al parque central"),
         beside("d", 15.3197, -91.4708, "frente al parque central"),
         beside("e", 15.3200, -91.4710, "junto a la panadería San Marcos")}};
    return map;
}

std::string spoken_of(std::string_view text) {
    static const place_names towns{
        {{.name = "Quetzaltenango", .also = {"Xela"}, .at = {{14.8347, -91.5181}}},
         {.name = "Huehuetenango", .also = {"Huehue"}, .at = {{15.3197, -91.4708}}},
         {.name = "San Marcos", .at = {{14.9639, -91.7944}}},
         {.name = "Nebaj"}}};
    const auto* found = in_two_towns().spoken_of(text, &towns);
    return found == nullptr ? "nothing" : found->id;
}

TEST(payment_points, soyfinca_points_are_found_by_the_landmark_beside_them) {
    EXPECT_EQ(spoken_of("cerca del mercado la democracia"), "a");
    EXPECT_EQ(spoken_of("atras del merkado la democrasia"), "a") << "two at one spot are one";
    EXPECT_EQ(spoken_of("4a calle 1-02"), "b");
    EXPECT_EQ(spoken_of("la panaderia San Marcos"), "e") << "and not the town of that name";
    EXPECT_EQ(spoken_of("el mercado"), "a");
}

TEST(payment_points, soyfinca_points_a_landmark_of_every_town_needs_the_town) {
    EXPECT_EQ(spoken_of("parque central"), "nothing");
    EXPECT_EQ(spoken_of("el parque central de Xela"), "c");
    EXPECT_EQ(spoken_of("parque central, Huehuetenago"), "d");
    EXPECT_EQ(spoken_of("parque central de San Marcos"), "nothing") << "none is there";
    EXPECT_EQ(spoken_of("parque central de Nebaj"), "nothing") << "nobody knows where that is";
    EXPECT_EQ(spoken_of("en Xela"), "nothing");
    EXPECT_EQ(in_two_towns().spoken_of("parque central", nullptr), nullptr);
    EXPECT_EQ(payment_point_map{{}}.spoken_of("mercado", nullptr), nullptr);
}

// A thousand times as fast, whatever else the machine does: tests/bench/points has the figures.
TEST(payment_points, soyfinca_points_of_three_thousand_the_nearest_three_take_less_than_50_ms) {
    std::mt19937_64 chance{20261127};
    std::uniform_real_distribution<double> north(13.7, 17.8);
    std::uniform_real_distribution<double> east(-92.3, -88.2);
    std::vector<payment_point> points;
    for (int i = 0; i < 3'006; ++i) {
        points.push_back(beside(
            std::to_string(i), north(chance), east(chance),
            "frente a la tienda " + std::to_string(i)
        ));
    }
    const payment_point_map map{std::move(points)};
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i) {
        EXPECT_THAT(map.nearest({north(chance), east(chance)}, 3), testing::SizeIs(3));
        EXPECT_NE(map.spoken_of("tienda " + std::to_string(i), nullptr), nullptr);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 20 * std::chrono::milliseconds{50});
}

// 100,000 questions in the long form, each also answered by looking at all the points.
TEST(payment_points, soyfinca_points_are_the_very_ones_that_looking_at_all_finds) {
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
