// Comparing two ways to remind: who gets which, for ever the same.
//
// Pure. Karlan, Morten, Zinman (2015); One Acre Fund: treat a group alike, or its members tell one another.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::dialogs {

// A comparison of ways to say it, declared before it begins. Who is in which arm follows from her id
// (of group lending: her group's, so that neighbours are treated alike) and the experiment's name
// alone: the same for ever, and nobody is asked. Only optional reminders of what is to come differ;
// nothing that is late, nobody's receipt and no answer is ever part of one.
struct nudge_arm {
    std::string name{};
    int share{};                                   // of a thousand
    std::vector<std::pair<std::string, std::string>> instead{};  // dialog -> the arm's own
};
struct nudge_experiment {
    std::string name{};
    std::string begins{};  // "2026-12-01": what falls due from then on is measured; empty: everything
    bool runs{true};  // false: stopped; everybody gets what the policy says
    int held_out{};   // of a thousand: no reminder before the day
    std::vector<nudge_arm> arms{};  // the rest gets what the policy says
};
// 0 to 999.
[[nodiscard]] int draw_of(std::string_view experiment, std::string_view unit) noexcept;
// "held_out", the name of an arm, or "usual".
[[nodiscard]] std::string_view arm_of(const nudge_experiment& in, std::string_view unit) noexcept;

// ---- what came of it

// Of people who are alike by living together (a group, or one client alone): how many instalments fell
// due, and how many of them were paid by their day.
struct experiment_cluster {
    std::int64_t due{};
    std::int64_t on_time{};
};
// A share with the interval it lies in 19 times of 20, as far as chance goes. People of one cluster are
// not counted as if they were strangers (a ratio estimate, its variance between clusters).
struct measured_share {
    std::int64_t clusters{};
    std::int64_t due{};
    double value{};
    double error{};  // standard error; 0: fewer than two clusters
};
[[nodiscard]] measured_share share_of(std::span<const experiment_cluster> of) noexcept;

struct share_difference {
    double value{};
    double least{};
    double most{};
    bool enough{};  // at least instalments_least on either side: else it says nothing
};
inline constexpr std::int64_t instalments_least = 1000;  // for 5 points at 80 % power, about
[[nodiscard]] share_difference difference_of(
    const measured_share& arm, const measured_share& usual
) noexcept;

// Complaints twice as frequent as where nothing was changed, and at least five: it is to be stopped.
[[nodiscard]] bool is_to_be_stopped(
    std::int64_t complaints, std::int64_t people, std::int64_t usual_complaints,
    std::int64_t usual_people
) noexcept;

}  // namespace tertulia::dialogs
