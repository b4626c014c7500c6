// A question where nothing can be tapped: its choices as numbered lines. The number is an answer
// everywhere, so nothing else is needed to choose.

#pragma once

#include "dialogs/message/outbound.hpp"

#include <string>

namespace tertulia {

// "¿Qué hacemos?\n\n1. Ver opciones\n2. Hablar con alguien", the footer below. For every channel
// that is not on buttons, and for questions that do not fit a provider's.
[[nodiscard]] std::string numbered_text(const say_text& what);

}  // namespace tertulia
