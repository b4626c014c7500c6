// nudges/*.yaml: when we speak first. A file per policy, named as it is, and limits.yaml, which
// stands above them all.
//
//   policy: repayment
//   about: Reminders of instalments.
//   counts_from: instalment
//   at: "09:30"
//   segments:
//     - name: reliable
//       when: "history.late == 0"
//       most: {before: 1, after: 1}
//       steps:
//         - {day: -1, begin: reminder_thanks}
//         - {day: 7, task: arrears_call}

#pragma once

#include "dialogs/nudges/policy.hpp"
#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/shape.hpp"
#include "dialogs/script/yaml_tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

inline constexpr std::string_view limits_file = "limits.yaml";
inline constexpr int nudge_days_most = 90;  // before and after the day

struct step_source {
    int day{};
    std::optional<word> begins{};
    std::optional<word> task{};
    place at{};
};
struct arm_source {
    nudge_arm made{};
    std::vector<std::pair<word, word>> instead{};  // dialog, the arm's own
};
struct segment_source {
    std::string name{};
    std::optional<word> when{};
    int before_most{1};
    int after_most{1};
    std::optional<word> channel{};
    int spread_days{};
    place spread_at{};
    std::optional<word> more{};
    std::vector<step_source> steps{};
    place at{};
};
struct policy_source {
    std::string file{};
    std::string name{};
    nudge_anchor counts_from{};
    int at_minute{9 * 60 + 30};
    place at{};  // of that hour, where the file names one
    std::vector<segment_source> segments{};
    std::optional<nudge_experiment> experiment{};  // its arms below
    std::vector<arm_source> arms{};
};
struct nudges_source {
    std::vector<policy_source> policies{};
    std::string limits_at{};  // the file; empty: there is none
    nudge_limits limits{};
    std::vector<std::chrono::month_day> hard_seasons{};
    std::string country{};  // empty: the institution's
    place country_at{};
    std::optional<place> hours_at{};  // where the file has them
    std::optional<place> none_at{};  // of a limit that lets nothing through
    std::string hours{"Mo-Fr 08:00-18:00; Sa 08:00-12:00"};
};

[[nodiscard]] const map_shape& nudge_policy_shape();
[[nodiscard]] const map_shape& nudge_limits_shape();
// Adds what the file says; tells every mistake.
void read_nudges(const source_file& file, nudges_source& into, findings& noted);

}  // namespace tertulia::dialogs
