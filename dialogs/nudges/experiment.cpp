#include "dialogs/nudges/experiment.hpp"

#include <cmath>
#include <cstdint>

namespace tertulia::dialogs {

int draw_of(std::string_view experiment, std::string_view unit) noexcept {
    // FNV-1a, 64 bits: the same on every machine, for ever.
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    const auto mix = [&hash](std::string_view text) {
        for (const char one : text) {
            hash = (hash ^ static_cast<unsigned char>(one)) * 1'099'511'628'211U;
        }
    };
    mix(experiment);
    mix("|");
    mix(unit);
    return static_cast<int>((hash ^ (hash >> 32U)) % 1000);
}

std::string_view arm_of(const nudge_experiment& in, std::string_view unit) noexcept {
    constexpr std::string_view usual = "usual";
    if (!in.runs) return usual;
    int draw = draw_of(in.name, unit) - in.held_out;
    if (draw < 0) return "held_out";
    for (const auto& arm : in.arms) {
        draw -= arm.share;
        if (draw < 0) return arm.name;
    }
    return usual;
}

measured_share share_of(std::span<const experiment_cluster> of) noexcept {
    measured_share made{.clusters = static_cast<std::int64_t>(of.size())};
    std::int64_t on_time = 0;
    for (const auto& one : of) {
        made.due += one.due;
        on_time += one.on_time;
    }
    if (made.due == 0) return made;
    made.value = static_cast<double>(on_time) / static_cast<double>(made.due);
    if (of.size() < 2) return made;
    double squares = 0;
    for (const auto& one : of) {
        const double off =
            static_cast<double>(one.on_time) - made.value * static_cast<double>(one.due);
        squares += off * off;
    }
    const auto clusters = static_cast<double>(of.size());
    made.error = std::sqrt(squares * clusters / (clusters - 1)) / static_cast<double>(made.due);
    return made;
}

share_difference difference_of(const measured_share& arm, const measured_share& usual) noexcept {
    constexpr double two_sided_95 = 1.96;
    const double error = std::sqrt(arm.error * arm.error + usual.error * usual.error);
    const double value = arm.value - usual.value;
    return {
        .value = value,
        .least = value - two_sided_95 * error,
        .most = value + two_sided_95 * error,
        .enough = arm.due >= instalments_least && usual.due >= instalments_least};
}

bool is_to_be_stopped(
    std::int64_t complaints, std::int64_t people, std::int64_t usual_complaints,
    std::int64_t usual_people
) noexcept {
    constexpr std::int64_t complaints_least = 5;
    return complaints >= complaints_least && people > 0 &&
           complaints * usual_people > 2 * usual_complaints * people;
}

}  // namespace tertulia::dialogs
