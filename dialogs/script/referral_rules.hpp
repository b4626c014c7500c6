// dialogs/referrals.yaml: what a recommendation earns, version by version.
//
//   rules:
//     - version: 1
//       valid_from: 2026-01-01
//       amount: 100
//       steps:
//         - {after: disbursal, part: 50}
//         - {after: instalments, count: 3, part: 50}

#pragma once

#include "dialogs/script/shape.hpp"
#include "dialogs/script/yaml_tree.hpp"
#include "dialogs/services/referrals.hpp"

#include <string_view>
#include <vector>

namespace tertulia::dialogs {

inline constexpr std::string_view referrals_file = "referrals.yaml";
inline constexpr std::size_t referral_rules_max = 50;

[[nodiscard]] const map_shape& referral_rules_shape();
[[nodiscard]] const map_shape& referral_rule_shape();
[[nodiscard]] const map_shape& referral_step_shape();

// In the order they hold. Amounts are the institution's money.
[[nodiscard]] std::vector<commission_rule> read_referral_rules(
    const source_file& file, currency_code currency, findings& into
);

}  // namespace tertulia::dialogs
