// `tertulia meeting preview`: the whole course of a meeting as its people would read it.

#pragma once

#include "dialogs/meetings/agenda_book.hpp"
#include "dialogs/script/script_set.hpp"

#include <string>
#include <string_view>

namespace tertulia::gateway {

// Every step of the agenda with who leads it, how long it lasts, and the texts in the order they come,
// with values that are made up. Nothing is looked up, and nobody is written to.
[[nodiscard]] std::string meeting_page(
    const dialogs::script_set& scripts,
    const dialogs::meetings::agenda_template& agenda,
    std::string_view language
);

}  // namespace tertulia::gateway
