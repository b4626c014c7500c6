// A group of five on the desk, and what they do in one line each.

#pragma once

#include "dialogs/meetings/advance.hpp"
#include "dialogs/meetings/look.hpp"
#include "dialogs/meetings/minutes.hpp"
#include "dialogs/meetings/permissions.hpp"
#include "dialogs/meetings/views.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace tertulia::dialogs::meetings {

using namespace std::chrono_literals;

inline constexpr instant ten_o_clock =  // in Guatemala
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 16h;

// c1 president, c2 treasurer, c3 secretary, c4 and c5; each owes Q100 and her number, in hundreds.
inline plan five_women() {
    plan made{
        .group_id = "g5",
        .group_name = "Flor del Campo",
        .number = 7,
        .created = ten_o_clock - 72h,
        .start = ten_o_clock,
        .end = ten_o_clock + 90min,
        .moderator = {"o1", "Brenda"},
        .backup = {"o2", "Luis"},
        .supervisor = {"o3", "Marta"},
        .internal_cash = {50'000},
        .last_minutes = {"Se acordo la rifa."},
        .next = ten_o_clock + 28 * 24h};
    const std::vector<role> offices{
        role::president, role::treasurer, role::secretary, role::member, role::member};
    const std::vector<std::string> names{"Ana", "Bety", "Carla", "Dora", "Elsa"};
    for (int i = 0; i < 5; ++i) {
        const auto at = static_cast<std::size_t>(i);
        made.members.push_back(
            {.id = "c" + std::to_string(i + 1),
             .first_name = names[at],
             .full_name = names[at] + " Lopez",
             .phone = "+5025550000" + std::to_string(i),
             .roles = static_cast<role_set>(only(role::member) | only(offices[at])),
             .owes = {"l" + std::to_string(i + 1), {10'000 + 100 * (i + 1)}, {}, {2'500 + i}}}
        );
    }
    auto& training = *std::ranges::find(made.agenda, state::training, &step::at);
    training.topic = "Ahorro";
    training.question = "Que aprendio?";
    training.answers = {{"A gastar", false}, {"A ahorrar", true}};
    training.why = "Poco a poco se junta.";
    made.rules.fine_late = money{1'111};
    return made;
}

struct desk {
    meeting room{};
    instant at{};
    answer last{};
    std::vector<line> lines{};
    std::vector<out> outs{};  // of the last event

    explicit desk(const plan& what = five_women()) : room{begin(what).first}, at{what.created} {}

    refusal does(actor who, act what, std::string message_id = {}) {
        last = advance(
            room, {.by = std::move(who), .what = std::move(what), .at = at,
                   .message_id = std::move(message_id)}
        );
        outs = last.outs;
        if (last.appended) {
            lines.push_back(*last.appended);
            room = last.next;
        }
        return last.refused;
    }
    refusal member(std::string id, act what) {
        return does({role::member, std::move(id), {}}, std::move(what));
    }
    refusal agent(act what) { return does({role::agent, "o1", "Brenda"}, std::move(what)); }
    refusal desk_says(act what) { return does({}, std::move(what)); }
    refusal fires(timer_name which) {
        const auto due = room.timers[static_cast<std::size_t>(which)];
        if (!due) return refusal::stale_timer;
        at = std::max(at, *due);
        return does({}, {.what = verb::timer, .when = *due, .which = which});
    }

    // What was said to that person, by key.
    [[nodiscard]] std::vector<say> heard(std::string_view id, std::string_view key = {}) const {
        std::vector<say> all;
        for (const auto& one : outs) {
            const auto* said = std::get_if<say>(&one);
            if (said == nullptr || said->to.id != id) continue;
            if (key.empty() || said->key == key) all.push_back(*said);
        }
        return all;
    }
    template <class Wanted>
    [[nodiscard]] std::vector<Wanted> wanted() const {
        std::vector<Wanted> all;
        for (const auto& one : outs) {
            if (const auto* it = std::get_if<Wanted>(&one)) all.push_back(*it);
        }
        return all;
    }

    // To roll call, with the first so many checked in.
    void opens(int here = 5) {
        agent({.what = verb::schedule});
        agent({.what = verb::announce});
        at = ten_o_clock - 15min;
        fires(timer_name::lobby);
        for (int i = 1; i <= here; ++i) member("c" + std::to_string(i), {.what = verb::check_in});
        at = ten_o_clock;
        agent({.what = verb::open});
    }
    void goes_to(state to, int here = 5) {
        if (room.now == state::draft) opens(here);
        for (int i = 0; i < 12 && room.now != to; ++i) {
            at += 11min;
            agent({.what = verb::advance});
        }
    }
};

inline act says(std::string text, judgement judged = {}) {
    return {.what = verb::said, .text = std::move(text), .judged = std::move(judged)};
}

}  // namespace tertulia::dialogs::meetings
