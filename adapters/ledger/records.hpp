// One record of each kind as the value it stands for. Only what a record says by itself; what it
// says about others is references.hpp's.

#pragma once

#include "adapters/ledger/fields.hpp"
#include "adapters/ledger/ledger.hpp"

namespace tertulia::adapters::ledger {

[[nodiscard]] branch read_branch(fields& from);
[[nodiscard]] officer read_officer(fields& from);
[[nodiscard]] group read_group(fields& from);
[[nodiscard]] client read_client(fields& from, const language_tag& otherwise);
[[nodiscard]] loan read_loan(fields& from, currency_code otherwise);
[[nodiscard]] instalment read_instalment(fields& from, currency_code currency);
[[nodiscard]] payment read_payment(fields& from, currency_code currency);
[[nodiscard]] savings_account read_savings(fields& from, currency_code otherwise);
[[nodiscard]] payment_point read_payment_point(fields& from);
[[nodiscard]] group_leader read_leader(fields& from);
[[nodiscard]] relative_pair read_relatives(fields& from);
[[nodiscard]] group_bylaws read_bylaws(fields& from, currency_code otherwise);
[[nodiscard]] client_pin read_pin(fields& from);

}  // namespace tertulia::adapters::ledger
