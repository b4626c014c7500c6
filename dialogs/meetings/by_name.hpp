// A woman of the roster told by her name, as who leads writes it: "Ana", "doña Ana López 90".

#pragma once

#include "dialogs/meetings/plan.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace tertulia::dialogs::meetings {

struct named_people {
    std::vector<std::size_t> places;  // in the roster, from 0; several: the name is not enough
    std::string_view rest{};          // what stands behind the name
};

// Of those whose names have most of the first words of `line`. Accents and case may be missing.
[[nodiscard]] named_people people_named(const plan& of, std::string_view line);

}  // namespace tertulia::dialogs::meetings
