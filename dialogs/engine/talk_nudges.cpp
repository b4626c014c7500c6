// A nudge that has fallen due: whether it may reach her now, by which words, and what becomes of it.
// Every answer is noted with its reason, also where nothing is said.

#include "dialogs/engine/talk.hpp"
#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/channel_of_week.hpp"
#include "dialogs/nudges/gates.hpp"
#include "dialogs/nudges/standing.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view goal_name = "goal";
constexpr const char* reminder_key = "reminder";  // in a frame: "2026-12-01|repayment"
// What has not left by then is asked anew: she may have paid meanwhile.
constexpr milliseconds goes_out_within = std::chrono::minutes{1};
constexpr milliseconds asked_again = std::chrono::minutes{5};
// A question she has not answered yet waits for her about as long; what she began ("I paid yesterday") is
// noted by its dialog at the latest then, and counts.
constexpr milliseconds has_begun = std::chrono::hours{2};

std::string kept_reminder(const planned_nudge& of) {
    return iso_date(of.anchor) + "|" + of.policy;
}

std::string number_of_idea(std::int64_t idea) { return "F" + std::to_string(idea); }

// The answer to an idea stands among her cases as the one spoken of, for this turn: where nothing was
// said of it, it goes again, so that nobody settles it for another.
class idea_in_turn {
public:
    idea_in_turn(session& of, std::string number) : of_{of}, number_{std::move(number)} {
        const auto found = find();
        if (found == of_.cases.end()) return;
        is_there_ = true;
        found->changed_at = of_.now;
        std::rotate(found, std::next(found), of_.cases.end());
    }
    ~idea_in_turn() {
        const auto found = find();
        if (found != of_.cases.end() && !found->over()) of_.cases.erase(found);
    }
    idea_in_turn(const idea_in_turn&) = delete;
    idea_in_turn& operator=(const idea_in_turn&) = delete;
    [[nodiscard]] bool is_there() const noexcept { return is_there_; }

private:
    [[nodiscard]] std::vector<client_case>::iterator find() const {
        return number_.empty() ? of_.cases.end()
                               : std::ranges::find(of_.cases, number_, &client_case::number);
    }
    session& of_;
    std::string number_;
    bool is_there_{};
};

// The instalment she promised to pay is paid, also where core banking does not say when or by which
// payment: the last one that is, and that fell due about then.
bool is_paid_since(const loan& of, const payment_promise& promise) {
    constexpr int due_about_then = 15;
    return std::ranges::any_of(of.schedule, [&](const instalment& one) {
        if (is_open(one)) return false;
        if (one.met_on) return *one.met_on >= promise.made_on;
        return one.due >= promise.made_on && days_between(promise.on, one.due) <= due_about_then;
    });
}

const loan* loan_in(const client_facts& of, std::string_view id) {
    const auto found = std::ranges::find(of.loans, id, &loan::id);
    return found == of.loans.end() ? nullptr : &*found;
}

}  // namespace

// Whoever it is about is who this turn is about; False: nobody of that id has this telephone. Whether
// she alone has it is another question.
bool talk::nudge_is_about(std::string_view client_id) {
    read_ |= read_client | read_loans;
    const auto found = std::ranges::find(known_.clients, client_id, [](const auto& one) {
        return std::string_view{one->who.id};
    });
    if (found == known_.clients.end()) return false;
    who_ = found->get();
    view_.who = who_;
    return true;
}

void talk::stand_for(const planned_nudge& what, const nudge_policy& policy, nudge_situation& at) {
    const auto& client = *who_;
    const auto& loans = client.loans;
    const auto* about = loan_in(client, what.loan_id);
    switch (policy.counts_from) {
        case nudge_anchor::instalment:
            if (about == nullptr) return;
            if (const auto stands = standing_of(loans, *about, view_.today)) {
                at.anchor = stands->due;
                at.instalment = stands->instalment;
            }
            return;
        case nudge_anchor::promise:
            at.anchor = what.elsewhere.promised;
            for (const auto& one : next.promises) {
                const bool open = one.state == promise_state::open;
                const bool its = one.loan_id == what.loan_id && one.client_id == what.client_id;
                if (open && its && !(about != nullptr && is_paid_since(*about, one))) at.anchor = one.on;
            }
            return;
        case nudge_anchor::loan_end: {
            if (about == nullptr || about->status != loan_status::active) return;
            at.anchor = about->matures_on;
            if (is_late(loans, view_.today)) at.blocked = "late";
            return;
        }
        case nudge_anchor::survey:
            if (const auto why = no_time_for_survey(); !why.empty()) at.blocked = why;
            at.anchor = what.anchor;
            return;
        case nudge_anchor::contact:
        case nudge_anchor::feedback:
        case nudge_anchor::campaign: at.anchor = what.anchor; return;
    }
}

nudge_situation talk::situation_of(
    const planned_nudge& what, const nudge_policy& policy, const contact_calendar& when,
    std::string_view dialog, bool elsewhere
) {
    nudge_situation at{.now = next.now, .when = &when, .limits = &script.nudges.limits};
    at.law_a_day = rule_of_country(script.nudges.country).a_day;
    at.law_one_channel = one_channel_a_week(script.nudges);
    // How old is too old is core_banking.stale_after; books that are kept here are never old.
    at.core_is_down = known_.core != core_state::up;
    at.age = next.now - known_.as_of;
    at.agreed = next.welcomed && !next.reply_to.channel.empty();
    const auto& told = what.elsewhere;
    at.opted_out = next.wishes.opted_out || told.opted_out_at > next.wishes.changed_at;
    at.wants_none = told.wants_none || wants_fewer_reminders(next.preferences);
    at.paused_until = std::max(told.paused_until, paused_until(next.preferences, view_.today));
    at.touches = next.touches;
    at.with_person = told.with_person || !next.queue.empty();  // or one is awaited
    at.talking = elsewhere ||
                 (at_a_question() && next.now - next.last_inbound_at < has_begun);
    if (!nudge_is_about(what.client_id)) return at;
    // A number that several have is nobody's to be reminded on: people call there.
    at.hers = known_.clients.size() == 1 && !in_doubt();
    at.unit = who_->village_bank ? std::string_view{who_->village_bank->id}
                                 : std::string_view{who_->who.id};
    if (told.disputes || in_dispute(next.cases)) at.blocked = "dispute";
    at.claims_paid = told.claims_paid || std::ranges::any_of(next.claims, [&](const payment_claim& one) {
        return is_open_for(one, what.client_id, what.loan_id);
    });
    at.in_hardship = told.in_hardship || in_hardship(next.hardship, next.cases, view_.today);
    at.promised = told.promised;
    for (const auto& one : next.promises) {
        if (is_open_for(one, what.client_id, what.loan_id, view_.today)) at.promised = one.on;
    }
    stand_for(what, policy, at);
    const auto* segment = policy.find(what.segment);
    start_where_she_wants(
        segment == nullptr ? std::string_view{} : std::string_view{segment->channel}, what.client_id
    );
    at.channel = kind_in_use();
    at.window_open = !out_of_window;
    at.has_template = script.find_dialog(dialog).has_value();  // the check sees to it that it has
    return at;
}

bool talk::nudge(const planned_nudge& what, bool elsewhere) {
    const auto note = [&](nudge_verdict verdict, std::string dialog = {}) {
        effects.emplace_back(
            note_nudge{.id = what.id, .verdict = std::move(verdict), .dialog = std::move(dialog)}
        );
    };
    const auto* policy = script.nudges.find(what.policy);
    const auto* step = policy == nullptr ? nullptr : policy->step_of(what.segment, what.day);
    const bool of_idea = policy != nullptr && policy->counts_from == nudge_anchor::feedback;
    const idea_in_turn idea{next, of_idea ? number_of_idea(what.instalment) : std::string{}};
    if (of_idea && !idea.is_there()) {
        note({.answer = nudge_answer::never, .by = gate::row, .reason = "no_answer"});
        return false;
    }
    if (step == nullptr) {
        note({.answer = nudge_answer::never, .by = gate::row, .reason = "no_such_step"});
        return false;
    }
    const contact_calendar when{
        *script.nudges.law, *script.nudges.ours, script.house.holidays, *script.calendar};
    // Before it is known whose group she is in, for the window alone.
    const auto at = situation_of(what, *policy, when, step->begins, elsewhere);
    auto verdict = judge(what, *policy, at);
    if (verdict.answer == nudge_answer::later) {
        note(std::move(verdict));
        return false;
    }
    if (verdict.with_task) ask_people(*step, *policy, what);
    if (!step->speaks() || verdict.answer == nudge_answer::never) {
        note(std::move(verdict));
        return false;
    }
    const std::string dialog{policy->begins(*step, at.unit)};
    const auto found = script.find_dialog(dialog);
    const auto said_before = effects.size();
    if (found && allowed(script.at(*found))) {
        unbidden = true;
        out_of_window = !at.window_open;
        speak_as_met();
        begins_with_ = {{reminder_key, kept_reminder(what)}};
        if (!what.loan_id.empty()) begins_with_["loan"] = what.loan_id;
        interrupt(*found);
        begins_with_.clear();
    }
    // What is told many at once lets everything else go first.
    const auto least_urgent =
        policy->counts_from == nudge_anchor::campaign ? priority::bulk : priority::nudge;
    std::uint64_t sent = 0;
    for (auto i = said_before; i < effects.size(); ++i) {
        auto* one = std::get_if<send>(&effects[i]);
        if (one == nullptr) continue;
        one->keep_for = goes_out_within;
        one->urgency = std::max(one->urgency, least_urgent);
        sent = one->touch;
    }
    if (sent == 0) {
        note({.answer = nudge_answer::never, .by = gate::window, .reason = "nothing_said"});
        return found && allowed(script.at(*found));
    }
    remember(
        next.touches,
        {.at = next.now,
         .client_id = what.client_id,
         .loan_id = what.loan_id,
         .instalment = what.instalment,
         .policy = what.policy,
         .day = what.day,
         .nudge = what.id,
         .sent = sent,
         .channel = std::string{at.channel}}
    );
    verdict.numbers = at.channel;  // other conversations of hers count it by that
    note(std::move(verdict), dialog);
    return true;
}

// "12 We now open on Saturdays.": to be told by the nudge that comes next.
void talk::idea_is_answered(std::string_view by, std::string_view text) {
    const auto blank = text.find(' ');
    std::int64_t idea = 0;
    const auto number = text.substr(0, blank);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), idea);
    const bool is_read = error == std::errc{} && end == number.data() + number.size() && idea > 0;
    if (!is_read || blank == std::string_view::npos || blank + 1 == text.size()) return;
    client_case made{};
    made.number = number_of_idea(idea);
    made.kind = "suggestion";
    made.state = case_state::resolved;
    made.holder.id = by;
    made.acknowledged = true;
    made.opened_at = made.changed_at = next.now;
    made.answer = text.substr(blank + 1);
    read_ |= read_client;
    if (const auto* client = sure_of()) {
        made.client_id = client->who.id;
        made.client_name = full_name(client->who);
        made.branch_id = client->who.branch_id;
    }
    std::erase_if(next.cases, [&](const client_case& one) { return one.number == made.number; });
    if (next.cases.size() >= cases_max) {
        const auto over = std::ranges::find_if(next.cases, &client_case::over);
        if (over != next.cases.end()) next.cases.erase(over);
    }
    next.cases.push_back(std::move(made));
}

// It has not left in time, and reached nobody: no touch, and the plan has it again.
bool talk::nudge_went_nowhere(std::uint64_t sent) {
    const auto found = std::ranges::find(next.touches, sent, &touch::sent);
    if (sent == 0 || found == next.touches.end()) return false;
    effects.emplace_back(note_nudge{
        .id = found->nudge,
        .verdict =
            {.answer = nudge_answer::later,
             .by = gate::window,
             .reason = "not_sent_in_time",
             .numbers = {},
             .again = next.now + asked_again},
        .dialog = {}});
    next.touches.erase(found);
    return true;
}

// What she has promised is reminded of by the policy that counts from promises.
void talk::plan_for_promise(const payment_promise& of) {
    const auto* policy = script.nudges.counting_from(nudge_anchor::promise);
    if (policy == nullptr || policy->segments.empty()) return;
    plan_steps(*policy, policy->segments.front(), of.on, of.client_id, of.loan_id);
}

void talk::plan_steps(
    const nudge_policy& policy, const nudge_segment& segment, civil_date anchor,
    const std::string& client_id, const std::string& loan_id
) {
    const contact_calendar when{
        *script.nudges.law, *script.nudges.ours, script.house.holidays, *script.calendar};
    const auto hour = minutes_of_hour(preferred(next.preferences, "hour"));
    for (const auto& step : segment.steps) {
        const auto day = landing_of(step, anchor, when);
        if (day < view_.today) continue;
        planned_nudge made{
            .policy = policy.name,
            .segment = segment.name,
            .day = step.day,
            .anchor = anchor,
            .client_id = client_id,
            .loan_id = loan_id,
            .due = moment_on(day, hour, policy, chance(), when)};
        if (made.due <= next.now) continue;
        effects.emplace_back(
            plan_nudge{.counts_from = policy.counts_from, .what = std::move(made)}
        );
    }
}

// ---- how we serve her

// One in so many is asked of it; who that is follows from her id, and is another for each survey.
void talk::plan_survey(std::string_view name) {
    const auto* policy = script.nudges.counting_from(nudge_anchor::survey);
    if (policy == nullptr) return;
    const auto* segment = policy->find(name);
    const auto* client = sure_of();
    if (segment == nullptr || client == nullptr) return;
    if (draw_of(name, client->who.id) >= script.nudges.limits.survey_share) return;
    read_ |= read_client;
    plan_steps(*policy, *segment, view_.today, client->who.id, {});
}

void talk::plan_surveys_after(std::string_view happening) {
    const auto* client = sure_of();
    if (client == nullptr || script.nudges.policies.empty()) return;
    constexpr int third = 3;
    if (happening == "payment_received") {
        read_ |= read_client | read_loans;
        const bool is_third = std::ranges::any_of(client->loans, [](const loan& one) {
            return instalments_paid(one) == third;
        });
        if (is_third) plan_survey("sv_transact");
    } else if (happening == "first_inquiry") {
        read_ |= read_client | read_loans;
        if (client->loans.empty()) plan_survey("sv_inquiry");
    } else if (happening == "loan_status_changed") {
        read_ |= read_client | read_loans;
        if (client->loans.empty() && !client->closed_payments.empty()) plan_survey("sv_renew");
    }
}

// Why a survey would be out of place now.
std::string_view talk::no_time_for_survey() const {
    const auto since = next.now - script.nudges.limits.survey_every;
    const bool lately = std::ranges::any_of(next.touches, [&](const touch& one) {
        const auto* policy = script.nudges.find(one.policy);
        return one.at > since && policy != nullptr && policy->counts_from == nudge_anchor::survey;
    });
    if (lately) return "surveyed_lately";
    const bool complains = std::ranges::any_of(next.cases, [](const client_case& one) {
        return one.kind == "complaint" && !one.over();
    });
    if (complains) return "complaint";
    return is_late(who_->loans, view_.today) ? "late" : std::string_view{};
}

// The officer's name is worth something to who has met her, and is a stranger's to anybody else.
void talk::speak_as_met() {
    if (who_->who.met_officer || !who_->credit_agent) return;
    unmet_ = *who_;
    unmet_.credit_agent.reset();
    view_.who = &unmet_;
}

// Each step up waits for the outcome of the one before; what nobody records runs out by the case's
// own clocks and goes up by them.
void talk::ask_people(
    const nudge_step& step, const nudge_policy& policy, const planned_nudge& what
) {
    const auto* segment = policy.find(what.segment);
    for (const auto& one : next.cases) {
        const bool of_ladder =
            std::ranges::any_of(segment->steps, [&](const nudge_step& other) {
                return other.task == one.kind;
            });
        const bool open = !one.over() && one.state != case_state::resolved;
        if (!of_ladder || !open) continue;
        effects.emplace_back(keep_record{"nudge_task_waits", one.number + " before " + step.task});
        return;
    }
    auto& made = open_case(step.task, officers_queue());
    made.words = {iso_date(what.anchor)};
    announce(made);
}

// What a policy speaks of, as long as the dialog it began is there.
void talk::read_reminder() {
    view_.goal = next.goal;
    view_.reminder = {};
    for (auto at = next.frames.rbegin(); at != next.frames.rend(); ++at) {
        const auto kept = at->kept.find(reminder_key);
        if (kept == at->kept.end()) continue;
        const std::string_view text = kept->second;
        const auto bar = text.find('|');
        view_.reminder.on = parse_iso_date(text.substr(0, bar)).value_or(civil_date{});
        if (bar != std::string_view::npos) view_.reminder.policy = text.substr(bar + 1);
        return;
    }
}

// ---- a talk that was had

void talk::note_contact(const program_state& state) {
    contact_had made{.about = state.about};
    if (const auto* client = sure_of()) made.client_id = client->who.id;
    read_ |= read_client;
    for (const auto& name : state.case_keeps) {
        const auto answer = given(name);
        if (!answer) continue;
        made.answers.emplace(name, to_text(*answer));
        if (name == goal_name && answer->kind == typed_kind::text) next.goal = answer->value;
    }
    effects.emplace_back(std::move(made));
}

}  // namespace tertulia::dialogs
