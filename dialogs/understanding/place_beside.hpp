// A place named within a text that says more: "el mercado de Xela" is something in Quetzaltenango.

#pragma once

#include "dialogs/understanding/places.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

struct place_beside {
    std::size_t place{};  // index into places()
    std::string rest{};   // the text without its name
};

// The first one named, also with a slip.
[[nodiscard]] std::optional<place_beside> find_place_beside(
    const place_names& known, std::string_view text
);

}  // namespace tertulia::dialogs
