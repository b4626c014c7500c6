// Applications, claims and promises as tables for whoever has no core banking that takes them: CSV, RFC 4180, one a line.

#pragma once

#include "gateway/store/application_ledger.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"

#include <span>
#include <string>

namespace tertulia::gateway {

// With a header. `id` rises: the last one read is what to ask for the rest after. `answers` is JSON.
[[nodiscard]] std::string csv_of(std::span<const application_entry> all);

// What people said they paid, and when they said they would: a line each time one changed, so that
// the last of its number (of its loan and day) is how it stands. Of the records payment_claim and
// payment_promise.
[[nodiscard]] std::string csv_of_claims(std::span<const kept_record> all);
[[nodiscard]] std::string csv_of_promises(std::span<const kept_record> all);

}  // namespace tertulia::gateway
