// A nudge's place in the plan, in one number: the day it was planned for, whom it is about, the policy
// and the step. The rows of a day lie together, those of one subject together within it, and the same
// step of the same day cannot be there twice.

#pragma once

#include "dialogs/message/time.hpp"
#include "dialogs/nudges/policy.hpp"

#include <cstdint>

namespace tertulia::gateway {

struct nudge_place {
    int day{};               // since 1970: planned for
    std::int64_t subject{};  // of nudge_subjects; below 2^34
    dialogs::nudge_anchor policy{};
    int step{};  // its day, from -128 to 127; of a campaign and an idea a number of it
    bool operator==(const nudge_place&) const = default;
};

inline constexpr int nudge_step_bits = 8;
inline constexpr int nudge_policy_bits = 4;
inline constexpr int nudge_subject_bits = 34;
inline constexpr std::int64_t nudge_subjects_max = (std::int64_t{1} << nudge_subject_bits) - 1;
inline constexpr int nudge_step_zero = 128;

[[nodiscard]] constexpr std::int64_t nudge_id(const nudge_place& of) noexcept {
    auto id = static_cast<std::int64_t>(of.day);
    id = (id << nudge_subject_bits) | of.subject;
    id = (id << nudge_policy_bits) | static_cast<std::int64_t>(of.policy);
    return (id << nudge_step_bits) | (of.step + nudge_step_zero);
}
[[nodiscard]] constexpr nudge_place nudge_at(std::int64_t id) noexcept {
    nudge_place of{.step = static_cast<int>(id & ((1 << nudge_step_bits) - 1)) - nudge_step_zero};
    id >>= nudge_step_bits;
    of.policy = static_cast<dialogs::nudge_anchor>(id & ((1 << nudge_policy_bits) - 1));
    id >>= nudge_policy_bits;
    of.subject = id & nudge_subjects_max;
    of.day = static_cast<int>(id >> nudge_subject_bits);
    return of;
}
// The day of the step. A campaign's and an idea's has none but the day it is said; two of them may speak
// to somebody on one day, so its place tells which.
[[nodiscard]] constexpr int day_of_step(const nudge_place& of) noexcept {
    const bool is_numbered = of.policy == dialogs::nudge_anchor::campaign ||
                             of.policy == dialogs::nudge_anchor::feedback;
    return is_numbered ? 0 : of.step;
}
// The first that a day, or a subject of that day, may have.
[[nodiscard]] constexpr std::int64_t first_nudge_of(int day, std::int64_t subject = 0) noexcept {
    return nudge_id({.day = day, .subject = subject, .policy = {}, .step = -nudge_step_zero});
}

[[nodiscard]] constexpr int day_number(civil_date day) noexcept {
    return static_cast<int>(std::chrono::sys_days{day}.time_since_epoch().count());
}
[[nodiscard]] constexpr civil_date day_of_number(int day) noexcept {
    return civil_date{std::chrono::sys_days{std::chrono::days{day}}};
}

}  // namespace tertulia::gateway
