// Commissions as a table for whoever pays them: CSV, RFC 4180, one part of a commission a line.

#pragma once

#include "gateway/store/referral_ledger.hpp"

#include <span>
#include <string>

namespace tertulia::gateway {

struct referral_row {
    referral_entry what{};
    std::vector<commission_entry> parts{};
};

// After that id, oldest first, with what each has earned.
[[nodiscard]] std::vector<referral_row> referral_rows(
    referral_ledger& from, std::int64_t after, std::size_t most
);

// With a header. A referral that has earned nothing has one line, without step. `id` rises: the last
// one read is what to ask for the rest after.
[[nodiscard]] std::string csv_of(std::span<const referral_row> all);

}  // namespace tertulia::gateway
