#include "dialogs/meetings/minutes.hpp"

#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {
namespace {

std::string full_name(const plan& in, std::string_view id) {
    const auto* who = find_member(in, id);
    if (who == nullptr) return {};
    return who->full_name.empty() ? who->first_name : who->full_name;
}

std::string officer_name(const plan& in, std::string_view id) {
    for (const auto* one : {&in.moderator, &in.backup, &in.supervisor}) {
        if (one->id == id) return one->name;
    }
    return {};
}

void count_money(minutes& made, const meeting& of) {
    const auto nothing = money{0, of.planned.currency};
    for (auto* total :
         {&made.instalments, &made.savings, &made.internal, &made.fines}) {
        total->due = total->received = nothing;
    }
    const auto add = [](money& total, const money& what) {
        if (what.minor != 0) total = total + what;
    };
    for (std::size_t i = 0; i < of.members.size(); ++i) {
        const auto& owes = of.planned.members[i].owes;
        add(made.instalments.due, owes.instalment);
        add(made.savings.due, owes.savings);
        add(made.instalments.received, of.members[i].paid);
        add(made.savings.received, of.members[i].savings);
        made.instalments.pending_claims += of.members[i].claims;
    }
    add(made.internal.received, of.internal_repaid);
    for (const auto& one : of.fines) {
        if (one.stands != fine_state::waived) add(made.fines.due, one.amount);
        add(made.fines.received, one.paid);
    }
    made.internal_cash_before = money{of.planned.internal_cash.minor, of.planned.currency};
    made.internal_cash_after = of.internal_cash;
    made.cash_counted = nothing;
    for (const auto& one : of.cash) {
        if (one.complete) add(made.cash_counted, one.amount);
    }
}

void count_people(minutes& made, const meeting& of) {
    for (std::size_t i = 0; i < of.members.size(); ++i) {
        const auto& who = of.planned.members[i];
        const auto& record = of.members[i];
        if (!who.active && !came(record.attends)) continue;
        made.attended.push_back({who.id, full_name(of.planned, who.id), record.attends});
        if (record.attends == attendance::present) ++made.present;
        if (record.attends == attendance::late) ++made.late;
        if (record.attends == attendance::absent) ++made.absent;
        if (record.attends == attendance::excused) ++made.excused;
    }
    made.quorum = quorum_needed(of);
    made.had_quorum = made.present + made.late >= made.quorum;
}

// Who did not agree to be named stands as a vote and an outcome without a name.
void list_decisions(minutes& made, const meeting& of) {
    for (auto one : of.results) {
        const auto* asked = find_request(of, one.request);
        const bool is_named = asked != nullptr &&
                              (asked->kind == request_kind::admission || asked->named);
        if (!is_named) one.subject.clear();
        made.votes.push_back(std::move(one));
    }
    for (const auto& one : of.requests) {
        if (one.stands == request_state::refused) continue;
        const bool is_agreed = one.stands == request_state::agreed;
        if (!is_agreed) {
            // A prospect is named once she has said that she may be.
            const auto guest = std::ranges::find(of.guests, one.who, &guest_record::id);
            const bool is_named = one.kind == request_kind::admission
                                      ? guest != of.guests.end() && guest->consented
                                      : one.named;
            agreed_request listed{.kind = one.kind, .amount = money{0, of.planned.currency}};
            if (is_named) {
                const auto full = full_name(of.planned, one.who);
                listed.name = full.empty() ? one.name : full;
                if (one.kind != request_kind::admission) listed.amount = one.amount;
                listed.purpose = one.purpose;
            }
            made.not_voted.push_back(std::move(listed));
            continue;
        }
        if (one.kind == request_kind::admission) {
            made.admitted.push_back(one.name);
            continue;
        }
        agreed_request listed{.kind = one.kind, .amount = money{0, of.planned.currency}};
        if (one.named) {
            listed.name = full_name(of.planned, one.who);
            listed.amount = one.amount;
            listed.purpose = one.purpose;
        }
        made.agreed.push_back(std::move(listed));
    }
}

}  // namespace

minutes make_minutes(const meeting& of) {
    minutes made{
        .group_id = of.planned.group_id,
        .group_name = of.planned.group_name,
        .number = of.planned.number,
        .how = of.planned.how,
        .ended_as = of.now,
        .why_ended = of.why_ended,
        .planned_start = of.planned.start,
        .planned_end = of.planned.end,
        .real_start = of.opened,
        .real_end = of.ended,
        .moderator = officer_name(of.planned, of.moderator),
        .last_minutes = of.last_minutes,
        .banker = full_name(of.planned, of.banker),
        .banker_second = full_name(of.planned, of.banker_second),
        .quiz_asked = quiz_asked(of),
        .quiz_answers = of.quiz_answers,
        .quiz_right = of.quiz_right,
        .agreements = of.agreements,
        .skipped = of.skipped,
        .moderation = of.incident_counts,
        .next = of.next,
        .signatures = of.signatures,
        .chain = of.chain};
    count_people(made, of);
    count_money(made, of);
    list_decisions(made, of);
    made.last_objections =
        static_cast<int>(std::ranges::count(of.last_remarks, false, &remark::settled));
    for (const auto& one : of.remarks) {
        if (one.corrects) made.corrections.push_back(one.text);
    }
    made.objections = static_cast<int>(std::ranges::count(of.remarks, false, &remark::settled));
    const auto topic = std::ranges::find(of.planned.agenda, state::training, &step::at);
    const bool was_held =
        topic != of.planned.agenda.end() &&
        std::ranges::find(of.skipped, state::training, &skipped_step::at) == of.skipped.end();
    if (was_held) made.topic = topic->topic;
    return made;
}

int core_attendance(attendance which) noexcept {
    switch (which) {
        case attendance::present:
            return 1;
        case attendance::excused:
            return 3;
        case attendance::late:
            return 5;
        case attendance::unknown:
        case attendance::absent:
            return 2;
    }
    return 2;
}

}  // namespace tertulia::dialogs::meetings
