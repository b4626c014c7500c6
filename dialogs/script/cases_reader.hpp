// dialogs/cases.yaml: the kinds of cases there are, who gets them and by when what is to be done.
//
//   complaint:
//     to: complaints
//     never: officer
//     categories: [charge, treatment, service]
//     person_within: 1 day
//     resolve_within: {charge: 48 h, otherwise: 15 days}
//     hard_limit: 30 days
//     escalate_to: [supervisor, manager]

#pragma once

#include "dialogs/script/shape.hpp"
#include "dialogs/script/yaml_tree.hpp"
#include "dialogs/services/cases.hpp"

#include <string_view>
#include <vector>

namespace tertulia::dialogs {

inline constexpr std::string_view cases_file = "cases.yaml";
inline constexpr std::size_t case_kinds_max = 50;

[[nodiscard]] const map_shape& case_kinds_shape();
[[nodiscard]] const map_shape& case_kind_shape();
[[nodiscard]] const map_shape& resolve_shape();
[[nodiscard]] std::vector<case_kind> read_cases(const source_file& file, findings& into);

}  // namespace tertulia::dialogs
