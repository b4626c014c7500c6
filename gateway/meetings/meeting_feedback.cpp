#include "gateway/meetings/meeting_feedback.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tertulia::gateway {
namespace {

namespace rooms = dialogs::meetings;

void add_meeting(agenda_feedback& into, const rooms::meeting& held) {
    ++into.meetings;
    into.last_held = std::max(into.last_held, held.planned.start);
    for (const auto& one : held.members) {
        if (rooms::came(one.attends)) ++into.present;
        if (one.rated >= 1 && one.rated <= rooms::rated_best) {
            ++into.rated.at(static_cast<std::size_t>(one.rated - 1));
        }
    }
    for (const auto& words : held.comments) {
        if (into.comments.size() < comments_shown) into.comments.push_back(words);
    }
}

}  // namespace

std::vector<agenda_feedback> feedback_of(
    std::span<const rooms::meeting* const> all, std::string_view agenda
) {
    std::vector<const rooms::meeting*> held;
    for (const auto* one : all) {
        const bool asked = one->now == rooms::state::closed || one->now == rooms::state::minutes_review;
        if (!asked || one->planned.feedback.empty()) continue;
        if (agenda.empty() || one->planned.agenda_name == agenda) held.push_back(one);
    }
    std::ranges::stable_sort(held, std::greater{}, [](const auto* one) { return one->planned.start; });
    std::vector<agenda_feedback> out;
    for (const auto* one : held) {
        const auto& plan = one->planned;
        auto at = std::ranges::find_if(out, [&](const agenda_feedback& each) {
            return each.agenda == plan.agenda_name && each.version == plan.agenda_version;
        });
        if (at == out.end()) {
            at = out.insert(out.end(), {.agenda = plan.agenda_name, .version = plan.agenda_version});
        }
        add_meeting(*at, *one);
    }
    return out;
}

nlohmann::json json_of(const agenda_feedback& of) {
    return {
        {"agenda", of.agenda},
        {"version", of.version},
        {"meetings", of.meetings},
        {"present", of.present},
        {"not_good", of.rated[0]},
        {"so_so", of.rated[1]},
        {"good", of.rated[2]},
        {"last_held", to_millis(of.last_held)},
        {"comments", of.comments}};
}

}  // namespace tertulia::gateway
