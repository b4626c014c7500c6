// A day as people write it on the command line.

#pragma once

#include "dialogs/message/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::gateway {

// Of an option: "--until". Nothing: it is none, and the standard error says why and how it is written.
[[nodiscard]] std::optional<civil_date> day_said(std::string_view option, const std::string& text);

}  // namespace tertulia::gateway
