// Where the demo takes place: real municipalities around Guatemala City at their real coordinates,
// with invented streets, agencies, banks and shops.

#pragma once

#include "dialogs/facts/portfolio.hpp"
#include "gateway/portfolio/demo_random.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

struct demo_town {
    std::string_view name{};
    double latitude{};
    double longitude{};
    int weight{};  // its share of shops and clients
};

[[nodiscard]] std::span<const demo_town> demo_towns() noexcept;

// Six, always the same: "AG1" … "AG6".
[[nodiscard]] std::vector<branch> demo_branches();

inline constexpr int demo_points = 3'200;  // the agencies among them

// The agencies first, then banks and shops around the towns.
[[nodiscard]] std::vector<payment_point> demo_payment_points(
    std::span<const branch> agencies, demo_random& dice
);

// The banks where people pay, as a payment names them.
[[nodiscard]] std::span<const std::string_view> demo_banks() noexcept;

// A town by its share.
[[nodiscard]] const demo_town& demo_town_of(demo_random& dice);

}  // namespace tertulia::gateway
