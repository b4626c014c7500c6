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

bool is_voted_in(state at, request_kind kind) noexcept {
    switch (kind) {
        case request_kind::admission:
            return at == state::admissions;
        case request_kind::loan:
            return at == state::loan_requests;
        case request_kind::internal_loan:
            return at == state::internal_loans;
    }
    return false;
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

bool has_ballot(const meeting& in, std::string_view id) noexcept {
    return in.box && std::ranges::find(in.box->eligible, id) != in.box->eligible.end();
}

int quiz_asked(const meeting& in) noexcept {
    return static_cast<int>(std::ranges::count(in.members, true, &member_record::asked_quiz));
}

money cash_counted(const meeting& in, std::string_view id) noexcept {
    money made{0, in.planned.currency};
    for (const auto& one : in.cash) {
        if (one.complete && one.about == id) made.minor += one.amount.minor;
    }
    return made;
}

bool has_paid(
    const meeting& in, const roster_member& who, const member_record& record
) noexcept {
    const auto owed = who.owes.instalment.minor;
    return record.paid.minor >= owed || cash_counted(in, who.id).minor >= owed;
}

payments_count count_payments(const meeting& in) noexcept {
    payments_count made;
    for (std::size_t i = 0; i < in.members.size(); ++i) {
        const auto owed = in.planned.members[i].owes.instalment.minor;
        if (owed <= 0 || !in.planned.members[i].active) continue;
        ++made.due;
        if (has_paid(in, in.planned.members[i], in.members[i])) ++made.received;
    }
    return made;
}

}  // namespace tertulia::dialogs::meetings
