// Applications as a table for whoever has no core banking that takes them: CSV, RFC 4180, one a line.

#pragma once

#include "gateway/store/application_ledger.hpp"

#include <span>
#include <string>

namespace tertulia::gateway {

// With a header. `id` rises: the last one read is what to ask for the rest after. `answers` is JSON.
[[nodiscard]] std::string csv_of(std::span<const application_entry> all);

}  // namespace tertulia::gateway
