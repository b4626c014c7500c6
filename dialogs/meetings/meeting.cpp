#include "dialogs/meetings/meeting.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {

const roster_member* find_member(const plan& in, std::string_view id) noexcept {
    const auto found = std::ranges::find(in.members, id, &roster_member::id);
    return found == in.members.end() ? nullptr : &*found;
}

const member_record* find_record(const meeting& in, std::string_view id) noexcept {
    const auto found = std::ranges::find(in.members, id, &member_record::id);
    return found == in.members.end() ? nullptr : &*found;
}

const request* find_request(const meeting& in, int number) noexcept {
    const auto found = std::ranges::find(in.requests, number, &request::number);
    return found == in.requests.end() ? nullptr : &*found;
}

bool is_too_large_for_chat(const plan& what) noexcept {
    const auto people = std::ranges::count(what.members, true, &roster_member::active);
    return static_cast<std::size_t>(people) + 1 > small_chat_people_max;
}

int present_count(const meeting& in) noexcept {
    int count = 0;
    for (std::size_t i = 0; i < in.members.size(); ++i) {
        const auto& who = in.members[i];
        if (came(who.attends) && !who.gone && !who.removed && in.planned.members[i].active) ++count;
    }
    return count;
}

int quorum_needed(const meeting& in) noexcept {
    const auto active =
        static_cast<int>(std::ranges::count(in.planned.members, true, &roster_member::active));
    const auto& rules = in.planned.rules;
    const int rounded_up = rules.quorum_denominator - 1;
    return std::max(
        1, (active * rules.quorum_numerator + rounded_up) / rules.quorum_denominator
    );
}

bool has_quorum(const meeting& in) noexcept { return present_count(in) >= quorum_needed(in); }

int quiz_asked(const meeting& in) noexcept {
    return static_cast<int>(std::ranges::count(in.members, true, &member_record::asked_quiz));
}

payments_count count_payments(const meeting& in) noexcept {
    payments_count made;
    for (std::size_t i = 0; i < in.members.size(); ++i) {
        const auto owed = in.planned.members[i].owes.instalment.minor;
        if (owed <= 0 || !in.planned.members[i].active) continue;
        ++made.due;
        if (in.members[i].paid.minor >= owed) ++made.received;
    }
    return made;
}

}  // namespace tertulia::dialogs::meetings
