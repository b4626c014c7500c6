// What this folder tells the log: our own words and type names, never a URL, header or body.

#pragma once

#include <string_view>

namespace tertulia::gateway::http {

void report_trouble(std::string_view what, std::string_view why) noexcept;

}  // namespace tertulia::gateway::http
