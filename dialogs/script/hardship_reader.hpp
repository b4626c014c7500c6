// dialogs/hardship.yaml: what can be done for who cannot pay, how far a promise to pay may go, and how
// long a payment she told of may take to show.
//
//   claim_days: 2
//   promise: {max_days: 7, min_percent: 50, broken_most: 2, broken_within: 90 days, case: promise_broken}
//   options:
//     part_payment: {label: cannot_pay.part_payment, min_percent: 30}
//     reschedule: {label: cannot_pay.reschedule, officer: true, days_late: 0-90}
//   safety: {phone: "1572", words: [me pega]}

#pragma once

#include "dialogs/script/shape.hpp"
#include "dialogs/script/yaml_tree.hpp"
#include "dialogs/services/hardship.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct relief_source {
    std::string file{};
    relief_rules rules{};
    std::vector<place> labels{};  // of the options, in their order
    place case_at{};              // of promise.case
};

inline constexpr std::string_view hardship_file = "hardship.yaml";
inline constexpr std::size_t relief_options_max = 10;  // rows of a list

[[nodiscard]] const map_shape& hardship_shape();
[[nodiscard]] relief_source read_hardship(const source_file& file, findings& into);

}  // namespace tertulia::dialogs
