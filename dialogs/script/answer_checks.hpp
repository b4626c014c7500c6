// Which answers are surely there when a state is entered, whatever way led to it; a warning where
// one that may not be there is relied on, and a mistake where a call brings back what the called
// dialog never keeps.

#pragma once

#include "dialogs/script/compiler.hpp"
#include "dialogs/script/diagnostic.hpp"

#include <vector>

namespace tertulia::dialogs {

void check_answers(const compiled& of, std::vector<diagnostic>& problems);

}  // namespace tertulia::dialogs
