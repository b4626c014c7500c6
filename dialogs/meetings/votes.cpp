// Secret votes. Who may vote is frozen when it is opened; of each the last choice before it is
// closed counts; below quorum it is void. Afterwards only the count is left.

#include "dialogs/meetings/ballot_words.hpp"
#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {
namespace {

constexpr std::chrono::minutes vote_lasts{10};

bool names(const std::vector<std::string>& all, std::string_view id) {
    return std::ranges::find(all, id) != all.end();
}

// Either of them may have named the other.
bool must_abstain(const roster_member& who, const request& in, const roster_member* asks) {
    if (in.kind == request_kind::admission) return false;
    if (who.id == in.who) return true;
    return names(who.relatives, in.who) || (asks != nullptr && names(asks->relatives, who.id));
}

bool is_enough(majority rule, int yes, int eligible) {
    switch (rule) {
        case majority::simple:
            return 2 * yes > eligible;
        case majority::two_thirds:
            return eligible > 0 && 3 * yes >= 2 * eligible;
        case majority::unanimous:
            return eligible > 0 && yes == eligible;
    }
    return false;
}

}  // namespace

turn::choices turn::ballots(int number) {
    const auto choice = [&](ballot way, std::string_view title) {
        return offer(act{.what = verb::cast_vote, .number = number, .choice = way}, title);
    };
    return {
        choice(ballot::yes, "meeting.choice.yes"),
        choice(ballot::no, "meeting.choice.no"),
        choice(ballot::abstain, "meeting.choice.abstain")};
}

// What she says while a ballot of hers is open, and is too unclear to be one. Never the group's.
bool turn::is_about_ballot() const {
    return heard_.by.as == role::member && has_ballot(room_, heard_.by.id) &&
           did().judged.what == decision::relay && did().media.id.empty() &&
           may_be_ballot(did().text);
}

void turn::ask_for_ballot() {
    reply("meeting.vote_by_button", {}, ballots(room_.box->request));
}

refusal turn::open_vote() {
    if (room_.box) return refusal::vote_open;
    auto* asked = request_of(did().number);
    if (asked == nullptr || !is_voted_in(room_.now, asked->kind)) return refusal::no_such;
    if (asked->stands != request_state::open && asked->stands != request_state::void_vote) {
        return refusal::already;
    }
    if (room_.results.size() >= results_max) return refusal::full;
    if (asked->kind == request_kind::internal_loan &&
        asked->amount.minor > room_.internal_cash.minor) {
        return refusal::not_enough_cash;
    }
    if (asked->kind == request_kind::admission && !guest_of(asked->who)->consented) {
        return refusal::no_consent;
    }
    ballot_box box{.request = asked->number, .opened = at_, .present = present_count(room_)};
    const auto* asks = member_of(asked->who);
    for (std::size_t i = 0; i < room_.members.size(); ++i) {
        const auto& who = room_.planned.members[i];
        if (!who.active || !is_here(room_.members[i])) continue;
        if (must_abstain(who, *asked, asks)) {
            if (who.id != asked->who) {
                tell_member(who.id, "meeting.vote_abstains", {{"name", asked->name}});
            }
            continue;
        }
        box.eligible.push_back(who.id);
    }
    asked->stands = request_state::voting;
    const auto offered = ballots(asked->number);
    for (const auto& id : box.eligible) {
        if (asked->kind == request_kind::admission) {
            tell_member(
                id,
                "meeting.vote_admission",
                {{"name", asked->name}, {"sponsor", first_name(asked->sponsor)}},
                offered
            );
        } else {
            tell_member(
                id,
                asked->kind == request_kind::loan ? "meeting.vote" : "meeting.vote_internal",
                {{"name", asked->name}, {"amount", asked->amount}, {"purpose", asked->purpose}},
                offered
            );
        }
    }
    reply("meeting.vote_opened", {{"name", asked->name}});
    room_.box = std::move(box);
    set(timer_name::vote_ends, awake_in_room(at_ + scaled(vote_lasts)));
    return refusal::none;
}

refusal turn::cast_vote() {
    if (!room_.box || room_.box->request != did().number) {
        return request_of(did().number) == nullptr ? refusal::no_such : refusal::vote_over;
    }
    const auto& by = heard_.by.id;
    if (!names(room_.box->eligible, by)) return refusal::not_eligible;
    if (name_of(did().choice).empty()) return refusal::no_such;
    auto& casts = room_.box->casts;
    const auto before = std::ranges::find(casts, by, &cast::by);
    if (before == casts.end()) {
        casts.push_back({by, did().choice});
    } else {
        before->choice = did().choice;
    }
    if (did().text.empty()) {
        reply("meeting.vote_taken");
    } else {  // so that what was no ballot of hers does not stay one
        reply(
            "meeting.vote_heard",
            {{"choice", message_key{"meeting.choice." + std::string{name_of(did().choice)}}}},
            ballots(did().number)
        );
    }
    return refusal::none;
}

refusal turn::close_vote() {
    if (!room_.box) return refusal::no_such;
    if (did().number != 0 && did().number != room_.box->request) return refusal::no_such;
    count_votes();
    return refusal::none;
}

namespace {

// How many must say yes.
int yes_needed(majority rule, int eligible) {
    int yes = 0;
    while (yes < eligible && !is_enough(rule, yes, eligible)) ++yes;
    return std::max(1, yes);
}

}  // namespace

void turn::count_votes() {
    clear(timer_name::vote_ends);
    const auto box = *room_.box;
    room_.box.reset();
    auto& asked = *request_of(box.request);
    vote_result made{
        .request = asked.number,
        .kind = asked.kind,
        .subject = asked.name,
        .present = box.present,
        .eligible = static_cast<int>(box.eligible.size())};
    for (const auto& one : box.casts) {
        if (one.choice == ballot::yes) ++made.yes;
        if (one.choice == ballot::no) ++made.no;
        if (one.choice == ballot::abstain) ++made.abstain;
    }
    const auto& rules = room_.planned.rules;
    auto rule = rules.loan_vote;
    if (asked.kind == request_kind::admission) rule = rules.admission_vote;
    if (asked.kind == request_kind::internal_loan) rule = rules.internal_vote;
    if (!has_quorum(room_)) {
        made.came = vote_outcome::void_vote;
        asked.stands = request_state::void_vote;
    } else if (is_enough(rule, made.yes, made.eligible)) {
        made.came = vote_outcome::agreed;
        asked.stands = request_state::agreed;
        carry_out(asked);
    } else {
        asked.stands = request_state::refused;
    }
    room_.results.push_back(made);
    tell_room(
        "meeting.vote_result",
        {{"name", made.subject},
         {"yes", std::int64_t{made.yes}},
         {"no", std::int64_t{made.no}},
         {"abstain", std::int64_t{made.abstain}},
         {"outcome", message_key{"meeting.outcome." + std::string{name_of(made.came)}}},
         {"needed", std::int64_t{made.came == vote_outcome::refused ? yes_needed(rule, made.eligible) : 0}}}
    );
}

void turn::carry_out(const request& agreed) {
    switch (agreed.kind) {
        case request_kind::loan:
            outs.emplace_back(application_wanted{
                agreed.who, agreed.amount, agreed.purpose, agreed.number});
            return;
        case request_kind::internal_loan:
            room_.internal_cash = room_.internal_cash - agreed.amount;
            room_.internal_lent = room_.internal_lent + agreed.amount;
            return;
        case request_kind::admission:
            outs.emplace_back(case_wanted{.kind = "meeting_admission", .about = agreed.who});
            return;
    }
}

}  // namespace tertulia::dialogs::meetings
