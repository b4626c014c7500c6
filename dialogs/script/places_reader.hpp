// dialogs/places.yaml: the places people name, which the institution knows.
//
//   Quetzaltenango: {also: [Xela, la ciudad], at: [14.8347, -91.5181]}
//   Salcajá:

#pragma once

#include "dialogs/script/shape.hpp"
#include "dialogs/script/yaml_tree.hpp"
#include "dialogs/understanding/places.hpp"

#include <string_view>
#include <vector>

namespace tertulia::dialogs {

inline constexpr std::string_view places_file = "places.yaml";
inline constexpr std::size_t places_max = 5'000;

[[nodiscard]] const map_shape& places_shape();
[[nodiscard]] const map_shape& place_shape();
[[nodiscard]] std::vector<named_place> read_places(const source_file& file, findings& into);

}  // namespace tertulia::dialogs
