// What may be said when she has not written for a day: channels then take approved templates only,
// so each such message needs an SMS text. And who may be spoken to out of nowhere at all.

#pragma once

#include "dialogs/script/diagnostic.hpp"
#include "dialogs/script/program.hpp"

#include <vector>

namespace tertulia::dialogs {

// Only of a program whose every target was found.
void check_window(const program& of, std::vector<diagnostic>& problems);

}  // namespace tertulia::dialogs
