// The lesson with its one question, and fines. Amounts of fines are said to her alone; without one
// in the bylaws there is none.

#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {
namespace {

bool is_undecided(const fine& what) noexcept {
    return what.stands == fine_state::proposed || what.stands == fine_state::justified;
}

}  // namespace

// Which of the answers; where there are none, her own words to us alone, who would rather not tell the
// group.
refusal turn::quiz_answer() {
    const auto& asked = *step_of(state::training);
    const auto& answers = asked.answers;
    auto picked = static_cast<std::size_t>(std::max(0, did().number));
    if (picked == 0 && did().text.size() == 1 && !answers.empty()) {  // "respuesta 2"
        const auto digit = did().text.front();
        if (digit >= '1' && digit <= '9') picked = static_cast<std::size_t>(digit - '0');
    }
    const bool fits = answers.empty() ? !asked.question.empty() && !did().text.empty()
                                      : picked >= 1 && picked <= answers.size();
    if (!fits) return refusal::no_such;
    auto& record = *record_of(heard_.by.id);
    if (record.answered_quiz) return refusal::already;
    if (answers.empty()) {
        count_answer(record);
        reply("meeting.noted");
        return refusal::none;
    }
    record.answered_quiz = true;
    record.quiz_right = answers[picked - 1].right;
    ++room_.quiz_answers;
    if (record.quiz_right) ++room_.quiz_right;
    const auto right = std::ranges::find(answers, true, &quiz_answer_text::right);
    reply(
        record.quiz_right ? "meeting.quiz_right" : "meeting.quiz_other",
        {{"answer", right == answers.end() ? std::string{} : right->text}, {"why", asked.why}}
    );
    return refusal::none;
}

// A question without answers of its own is talked over, and what she tells the group is her answer, too;
// each counts once.
void turn::count_answer(member_record& record) {
    const auto* topic = room_.now == state::training ? step_of(state::training) : nullptr;
    if (topic == nullptr || topic->question.empty() || !topic->answers.empty()) return;
    if (record.answered_quiz) return;
    record.answered_quiz = true;
    ++room_.quiz_answers;
}

void turn::ask_quiz(const roster_member& who) {
    const auto& asked = *step_of(state::training);
    auto& record = *record_of(who.id);
    if (asked.answers.empty() || record.answered_quiz) return;
    record.asked_quiz = true;
    choices offered;
    for (std::size_t i = 0; i < asked.answers.size(); ++i) {
        offered.push_back(
            {choice_id(act{.what = verb::quiz_answer, .number = static_cast<int>(i) + 1}),
             {},
             asked.answers[i].text}
        );
    }
    tell_member(who.id, "meeting.quiz", {{"question", asked.question}}, std::move(offered));
}

void turn::tell_quiz() {
    const auto& asked = *step_of(state::training);
    if (asked.answers.empty() || quiz_asked(room_) == 0) return;
    tell(
        {recipient::kind::officer, room_.moderator},
        "meeting.quiz_result",
        {{"quiz_answered", std::int64_t{room_.quiz_answers}},
         {"quiz_asked", std::int64_t{quiz_asked(room_)}},
         {"quiz_right", std::int64_t{room_.quiz_right}}}
    );
}

fine* turn::find_fine(int number) noexcept {
    const auto found = std::ranges::find(room_.fines, number, &fine::number);
    return found == room_.fines.end() ? nullptr : &*found;
}

refusal turn::propose_fine() {
    const auto* record = record_of(did().about);
    if (record == nullptr || !member_of(did().about)->active) return refusal::no_such;
    const auto& rules = room_.planned.rules;
    // Where she came neither late nor missed it unexcused, only another rule can be broken.
    if (record->attends == attendance::excused &&
        (did().fine != fine_kind::other || !rules.fine_other)) {
        return refusal::excused;
    }
    const bool is_late = record->attends == attendance::late;
    auto amount = rules.fine_other;
    if (did().fine == fine_kind::late) {
        if (!is_late) return refusal::no_such;
        amount = rules.fine_late;
    } else if (did().fine == fine_kind::absent) {
        if (came(record->attends)) return refusal::no_such;
        amount = rules.fine_absent;
    } else if (did().fine != fine_kind::other) {
        return refusal::no_such;
    }
    if (!amount) return refusal::no_fine_set;
    const auto there = std::ranges::any_of(room_.fines, [&](const fine& one) {
        return one.about == did().about && one.kind == did().fine;
    });
    if (there) return refusal::already;
    if (room_.fines.size() >= fines_max) return refusal::full;
    const int number = static_cast<int>(room_.fines.size()) + 1;
    room_.fines.push_back(
        {.number = number,
         .about = did().about,
         .kind = did().fine,
         .amount = *amount,
         .paid = money{0, room_.planned.currency}}
    );
    if (!member_of(did().about)->opted_out) {
        tell_member(
            did().about,
            "meeting.fine",
            {{"amount", *amount},
             {"kind", message_key{"meeting.fine_kind." + std::string{name_of(did().fine)}}}},
            {offer(act{.what = verb::justify, .number = number}, "meeting.choice.reason")}
        );
    }
    reply(
        "meeting.fine_noted",
        {{"name", first_name(did().about)}, {"number", std::int64_t{number}}}
    );
    return refusal::none;
}

// Her reason is heard by the moderator alone.
refusal turn::justify() {
    auto* what = find_fine(did().number);
    if (what == nullptr || what->about != heard_.by.id) return refusal::no_such;
    if (!room_.signatures.empty()) return refusal::being_signed;
    const bool is_carried = what->stands == fine_state::carried;
    if (what->stands != fine_state::proposed && !is_carried) return refusal::already;
    if (!is_carried) what->stands = fine_state::justified;
    reply("meeting.noted");
    alert_moderator(
        "meeting.fine_reason",
        {{"name", name_for(heard_.by)},
         {"number", std::int64_t{what->number}},
         {"text", did().text}},
        {offer(act{.what = verb::waive, .number = what->number}, "meeting.choice.waive")}
    );
    return refusal::none;
}

// President and agent, each for herself.
refusal turn::waive() {
    auto* what = find_fine(did().number);
    if (what == nullptr) return refusal::no_such;
    if (!is_undecided(*what) && what->stands != fine_state::carried) return refusal::already;
    if (!room_.signatures.empty()) return refusal::being_signed;
    if (what->about == heard_.by.id) return refusal::own_money;
    auto& given = heard_.by.as == role::member ? what->waived_by_president : what->waived_by_agent;
    if (given) return refusal::already;
    given = true;
    if (what->waived_by_president && what->waived_by_agent) {
        what->stands = fine_state::waived;
        if (!member_of(what->about)->opted_out) tell_member(what->about, "meeting.fine_waived");
    } else {
        ask_who_waives_too(*what);
    }
    reply("meeting.noted");
    return refusal::none;
}

// The other of the two; her reason stays with the moderator.
void turn::ask_who_waives_too(const fine& what) {
    const arguments with{{"name", first_name(what.about)}, {"number", std::int64_t{what.number}}};
    const choices both{offer(act{.what = verb::waive, .number = what.number}, "meeting.choice.waive")};
    if (!what.waived_by_agent) return alert_moderator("meeting.fine_to_waive", with, both);
    for (std::size_t i = 0; i < room_.members.size(); ++i) {
        const auto& one = room_.members[i];
        if (!has(room_.planned.members[i].roles, role::president)) continue;
        const bool hears = one.in_room || (room_.now == state::minutes_review && is_here(one));
        if (hears && one.id != what.about) tell_member(one.id, "meeting.fine_to_waive", with, both);
    }
}

refusal turn::confirm_fine() {
    auto* what = find_fine(did().number);
    if (what == nullptr) return refusal::no_such;
    if (what->stands == fine_state::waived || what->stands == fine_state::paid) {
        return refusal::already;
    }
    const auto& amount = did().amount;
    const bool pays = amount.minor != 0;
    if (pays && (!is_of_money(amount) || amount.minor > what->amount.minor - what->paid.minor)) {
        return refusal::no_amount;
    }
    if (!pays && !is_undecided(*what)) return refusal::already;
    if (pays && room_.internal_cash.minor > minor_max - amount.minor) return refusal::full;
    what->stands = fine_state::confirmed;
    if (pays) {
        what->paid = what->paid + amount;
        room_.internal_cash = room_.internal_cash + amount;
        if (what->paid == what->amount) what->stands = fine_state::paid;
    }
    if (!member_of(what->about)->opted_out) {
        tell_member(
            what->about,
            what->stands == fine_state::paid ? "meeting.fine_paid" : "meeting.fine_confirmed",
            {{"amount", what->amount}}
        );
    }
    reply("meeting.noted");
    return refusal::none;
}

void turn::carry_fines() {
    for (auto& one : room_.fines) {
        if (one.stands != fine_state::waived && one.stands != fine_state::paid) {
            one.stands = fine_state::carried;
        }
    }
}

}  // namespace tertulia::dialogs::meetings
