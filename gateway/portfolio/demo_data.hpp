// The words the demonstration is made of. Real municipalities with their coordinates; everything
// else invented.

#pragma once

#include <span>
#include <string_view>

namespace tertulia::gateway::demo {

struct town {
    std::string_view name{};
    double latitude{};
    double longitude{};
    int weight{};  // how many of the places to pay it gets, against the others
};

[[nodiscard]] std::span<const town> towns() noexcept;  // the first branch_towns have a branch
inline constexpr std::size_t branch_towns = 6;

[[nodiscard]] std::span<const std::string_view> women() noexcept;
[[nodiscard]] std::span<const std::string_view> men() noexcept;
[[nodiscard]] std::span<const std::string_view> surnames() noexcept;
[[nodiscard]] std::span<const std::string_view> village_banks() noexcept;  // 40
[[nodiscard]] std::span<const std::string_view> shops() noexcept;
[[nodiscard]] std::span<const std::string_view> banks() noexcept;
[[nodiscard]] std::span<const std::string_view> streets() noexcept;

}  // namespace tertulia::gateway::demo
