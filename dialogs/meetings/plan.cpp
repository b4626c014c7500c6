#include "dialogs/meetings/plan.hpp"

#include <algorithm>
#include <set>

namespace tertulia::dialogs::meetings {
namespace {

bool is_amount(const money& what, const currency_code& currency) {
    return what.minor == 0 ||
           (what.minor > 0 && what.minor <= minor_max && what.currency == currency);
}

std::string wrong_with(const roster_member& who, const plan& in) {
    if (who.id.empty()) return "a member without a client id";
    const auto named = "member " + who.id + ": ";
    if (who.first_name.empty()) return named + "no first name";
    if (!is_amount(who.owes.instalment, in.currency)) return named + "instalment";
    if (!is_amount(who.owes.savings, in.currency)) return named + "savings";
    return {};
}

std::string wrong_with(const bylaws& rules, const plan& in) {
    if (rules.quorum_numerator < 1 || rules.quorum_numerator > rules.quorum_denominator ||
        rules.quorum_denominator > 100) {
        return "quorum: a part of 1, such as 2/3";
    }
    if (rules.cash_handlers < 2 || rules.cash_handlers > 5) {
        return "cash_handlers: from 2 to 5, no one person counts alone";
    }
    for (const auto& fine : {rules.fine_late, rules.fine_absent, rules.fine_other}) {
        if (fine && (fine->minor <= 0 || !is_amount(*fine, in.currency))) {
            return "fines: an amount in the group's currency, or none";
        }
    }
    for (const auto span :
         {rules.late_after, rules.absent_after, rules.excuse_before, rules.training_least}) {
        if (span.count() < 0 || span > std::chrono::hours{72}) return "bylaws: a time below 72 h";
    }
    return {};
}

}  // namespace

std::vector<step> default_agenda() {
    using std::chrono::minutes;
    return {
        {.at = state::roll_call, .leader = role::secretary},
        {.at = state::minutes_reading,
         .leader = role::secretary,
         .timeout = minutes{5},
         .skip_if_empty = true},
        {.at = state::collection,
         .leader = role::treasurer,
         .timeout = minutes{30},
         .skip_if_empty = true},
        {.at = state::internal_loans, .leader = role::treasurer, .skip_if_empty = true},
        {.at = state::admissions, .leader = role::president, .timeout = minutes{10}},
        {.at = state::loan_requests, .leader = role::president, .timeout = minutes{10}},
        {.at = state::training, .leader = role::agent, .skip_if_empty = true},
        {.at = state::fines,
         .leader = role::secretary,
         .timeout = minutes{5},
         .skip_if_empty = true},
        {.at = state::closing, .leader = role::president, .timeout = minutes{5}},
    };
}

std::string wrong_with_quiz(const step& of) {
    const auto& answers = of.answers;
    if (answers.empty()) return of.why.empty() ? "" : "why: of answers, and there are none";
    if (of.at != state::training) return "answers: of the step training";
    if (of.question.empty()) return "answers: without a question";
    if (answers.size() < quiz_answers_least || answers.size() > quiz_answers_max) {
        return "answers: two or three, a button each";
    }
    if (std::ranges::count(answers, true, &quiz_answer_text::right) != 1) {
        return "answers: one of them is right, and one only";
    }
    const bool blank = std::ranges::any_of(answers, [](const auto& one) { return one.text.empty(); });
    return blank ? "answers: one without words" : "";
}

std::string wrong_with(const std::vector<step>& agenda) {
    if (agenda.size() > steps_max) return "agenda: at most 12 steps";
    if (agenda.size() < 2 || agenda.front().at != state::roll_call ||
        agenda.back().at != state::closing) {
        return "agenda: it begins with roll_call and ends with closing";
    }
    for (std::size_t i = 0; i < agenda.size(); ++i) {
        const auto named = "agenda: " + std::string{name_of(agenda[i].at)};
        if (i > 0 && agenda[i].at <= agenda[i - 1].at) return named + " is not in its place";
        if (auto wrong = wrong_with_quiz(agenda[i]); !wrong.empty()) return wrong;
        if (agenda[i].timeout.count() < 1 || agenda[i].timeout > std::chrono::hours{24}) {
            return named + ": a timeout from 1 min to 24 h";
        }
    }
    if (agenda.front().skip_if_empty || agenda.back().skip_if_empty) {
        return "agenda: roll_call and closing are never skipped";
    }
    return {};
}

std::string wrong_with(const plan& what) {
    if (what.group_id.empty()) return "no group";
    if (what.end <= what.start || what.end - what.start > std::chrono::hours{72}) {
        return "it ends before it begins, or lasts more than three days";
    }
    if (what.moderator.id.empty()) return "no moderator";
    if (what.backup.id == what.moderator.id) return "the backup is the moderator";
    if (what.members.size() > members_max) return "more than 60 members";
    if (what.last_minutes.size() > last_minutes_max) return "more than 8 lines of last minutes";
    for (const int minute : {what.quiet.from, what.quiet.to}) {
        if (minute < 0 || minute > 24 * 60) return "quiet hours: minutes of a day";
    }
    if (what.utc_offset_minutes < -18 * 60 || what.utc_offset_minutes > 18 * 60) {
        return "utc offset: within 18 hours";
    }
    if (!is_amount(what.internal_cash, what.currency)) return "internal cash: not that currency";
    std::set<std::string_view> ids;
    for (const auto& one : what.members) {
        if (!ids.insert(one.id).second) return "member " + one.id + " twice";
        if (auto wrong = wrong_with(one, what); !wrong.empty()) return wrong;
    }
    if (auto wrong = wrong_with(what.rules, what); !wrong.empty()) return wrong;
    return wrong_with(what.agenda);
}

}  // namespace tertulia::dialogs::meetings
