// When she says she will pay, and that she cannot. Both keep reminders away at once; neither is ever
// held against her here: what becomes of a promise is for core banking to show.

#include "dialogs/engine/agent_actions.hpp"
#include "dialogs/engine/kept_answers.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/script/answer_values.hpp"
#include "dialogs/understanding/answers.hpp"
#include "dialogs/understanding/entities.hpp"
#include "dialogs/understanding/rests.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr int judged_at = 10;  // o'clock, the day after
constexpr milliseconds look_again = std::chrono::hours{6};
constexpr int truth_comes_late = 14;  // days a payment entered late may still turn a broken promise

const std::string option_key = "option";

}  // namespace

// ---- a promise

std::string_view talk::promise_payment(const program_state& state) {
    payment_promise made{.made_at = next.now, .made_on = view_.today, .changed_at = next.now};
    made.amount = {0, script.house.currency};
    if (state.amount) {
        note_paths(state.amount->paths());
        const auto value = state.amount->evaluate(view());
        if (const auto* sum = std::get_if<money>(&value)) made.amount = *sum;
    }
    if (state.day) {
        note_paths(state.day->paths());
        const auto value = state.day->evaluate(view());
        if (const auto* day = std::get_if<civil_date>(&value)) made.on = *day;
    }
    read_ |= read_client | read_loans;
    money due{0, script.house.currency};
    if (const auto* client = sure_of()) {
        made.client_id = client->who.id;
        const auto* about = kept_loan();
        if (about == nullptr) about = loan_due_first(*client);
        if (about != nullptr) {
            made.loan_id = about->id;
            due = due_on(*about, view_.today);
        }
    }
    const auto* option = chosen_option();
    const auto limits = limits_of(script.relief, option);
    const auto answer = may_promise(next.promises, made, limits, due, view_.today);
    if (answer != promise_answer::made) return dialogs::name_of(answer);
    if (next.promises.size() >= promises_max) {
        const auto over = std::ranges::find_if(next.promises, [](const payment_promise& one) {
            return one.state != promise_state::open;
        });
        next.promises.erase(over == next.promises.end() ? next.promises.begin() : over);
    }
    if (option != nullptr && next.hardship.since != instant{}) {
        next.hardship.option = option->name;
        next.hardship.until = std::max(next.hardship.until, made.on);
        effects.emplace_back(keep_record{"hardship", record_of(next.hardship)});
    }
    note_promise_of(made);
    plan_for_promise(made);
    arrange(
        {.timer = promise_timer + made.loan_id,
         .what = made.loan_id,
         .due = script.calendar->at(plus_days(made.on, 1), judged_at, 0)}
    );
    next.promises.push_back(std::move(made));
    return dialogs::name_of(answer);
}

void talk::note_promise_of(const payment_promise& one) {
    effects.emplace_back(keep_record{"payment_promise", record_of(one)});
    effects.emplace_back(note_promise{one});
}

void talk::judge_promises(std::span<const payment_on_loan> paid) {
    for (auto& one : next.promises) {
        if (!is_hers(one.client_id)) continue;
        const bool lately = one.state == promise_state::open ||
                            (one.state == promise_state::broken &&
                             days_between(one.on, view_.today) <= truth_comes_late);
        if (!lately || judge(one, paid, view_.today) != promise_state::kept) continue;
        one.state = promise_state::kept;
        one.changed_at = next.now;
        call_off(promise_timer, one.loan_id);
        note_promise_of(one);
        case_came_right(one.case_number, "kept: " + iso_date(one.on));
    }
}

// The day after. What she says she has paid is looked for first.
bool talk::promise_is_due(const appointment& due) {
    look_for_payments();
    const auto found = std::ranges::find_if(next.promises, [&](const payment_promise& one) {
        return one.loan_id == due.what && one.state == promise_state::open;
    });
    if (found == next.promises.end()) return false;
    const bool claimed = std::ranges::any_of(next.claims, [&](const payment_claim& one) {
        // What nobody has looked for yet is our failure, and breaks no promise of hers.
        return one.state != claim_state::seen && one.client_id == found->client_id &&
               (one.loan_id.empty() || one.loan_id == found->loan_id);
    });
    if (known_.core == core_state::down || claimed || !is_hers(found->client_id)) {
        auto again = due;
        again.due = next.now + look_again;
        effects.emplace_back(set_timer{again.timer, again.due});
        arrange(std::move(again));
        return false;
    }
    found->state = promise_state::broken;
    found->changed_at = next.now;
    if (!script.relief.broken_case.empty()) {
        auto& made = open_case(script.relief.broken_case, officers_queue());
        made.words = {iso_date(found->on)};
        if (found->amount.minor > 0) {
            made.words.front() +=
                ", " + decimal(found->amount) + " " + std::string{found->amount.currency.view()};
        }
        found->case_number = made.number;
        announce(made);
    }
    note_promise_of(*found);
    constexpr std::string_view broken = "promise_broken";
    const bool in_peace = next.wishes.opted_out || paused_until(next.preferences, view_.today).has_value();
    const bool may_be_told = !in_peace && !next.reply_to.channel.empty();
    if (!may_be_told) return false;
    start_where_she_wants({}, found->client_id);
    // We begin that, too: no other nudge reaches her on the same day, on whichever of her telephones.
    effects.emplace_back(keep_record{
        std::string{touched_record}, std::string{kind_in_use()} + " " + found->client_id});
    remember(
        next.touches, {.at = next.now,
                       .client_id = found->client_id,
                       .loan_id = found->loan_id,
                       .policy = std::string{broken},
                       .day = 1,
                       .channel = std::string{kind_in_use()}}
    );
    if (const auto dialog = told_within_hours(broken)) {
        tell_within_hours(*dialog);
        return true;
    }
    return next.queue.empty() && !out_of_window && tell_of(broken);
}

void talk::promises_told() {
    for (auto& one : next.promises) {
        if (is_hers(one.client_id) && one.state == promise_state::kept) one.told = true;
    }
}

// ---- she cannot

void talk::note_hardship(const program_state& state) {
    auto& hard = next.hardship;
    if (!in_hardship(hard, next.cases, view_.today)) hard = {.since = next.now};
    if (state.cause) {
        note_paths(state.cause->paths());
        const auto value = state.cause->evaluate(view());
        if (const auto* word = std::get_if<std::string>(&value)) hard.cause = *word;
    }
    const auto quiet = plus_days(view_.today, script.relief.quiet_days);
    if (!hard.until.ok() || hard.until < quiet) hard.until = quiet;
    if (const auto* option = chosen_option()) hard.option = option->name;
    for (auto& one : next.promises) {
        if (one.state != promise_state::open || !is_hers(one.client_id)) continue;
        one.state = promise_state::withdrawn;
        one.changed_at = next.now;
        call_off(promise_timer, one.loan_id);
        note_promise_of(one);
    }
    arrange(
        {.timer = quiet_timer,
         .what = "hardship",
         .due = script.calendar->at(plus_days(hard.until, 1), judged_at, 0)}
    );
    if (!state.opens.empty()) {
        // She may have told us before: who looks at it hears that there is more.
        auto* there = open_of(state.opens);
        auto& made = there != nullptr ? *there : open_case(state.opens, officers_queue());
        categorise(made, hard.option);
        keep_for_case(made, state);
        hard.case_number = made.number;
        if (there != nullptr) {
            join(made, officers_queue());
        } else {
            announce(made);
        }
    }
    effects.emplace_back(keep_record{"hardship", record_of(hard)});
}

const relief_option* talk::chosen_option() const {
    const auto answer = given(option_key);
    return answer ? find_option(script.relief, answer->value) : nullptr;
}

// How late she is decides what is offered, and only where we know who she is.
std::vector<std::string> talk::relief_offered() {
    read_ |= read_client | read_loans;
    std::optional<int> late;
    if (const auto* client = sure_of()) {
        late = 0;
        for (const auto& one : client->loans) {
            late = std::max(*late, days_past_due(one, view_.today));
        }
    }
    return options_for(script.relief, late);
}

void talk::tell_option(const relief_option& of) {
    const auto at = static_cast<std::size_t>(&of - script.relief.options.data());
    option_.label =
        script.words->format(script.relief_labels[at], next.language, around(), view_);
    option_.officer = of.officer;
    view_.option = &option_;
}

void talk::read_hardship() {
    auto& told = view_.hardship;
    auto there = std::move(told.options);
    told = {};
    told.options = std::move(there);  // looked up only where they are told
    const auto& hard = next.hardship;
    view_.safety_phone = script.relief.safety_phone;
    view_.promise_last_day = plus_days(
        view_.today, limits_of(script.relief, chosen_option()).days_max
    );
    view_.option = nullptr;
    if (const auto* option = chosen_option()) tell_option(*option);
    view_.promise = nullptr;
    if (in_doubt()) return;
    told.open = in_hardship(hard, next.cases, view_.today);
    told.cause = hard.cause;
    told.until = hard.until;
    if (const auto* option = find_option(script.relief, hard.option)) {
        const auto at = static_cast<std::size_t>(option - script.relief.options.data());
        told.option =
            script.words->format(script.relief_labels[at], next.language, around(), view_);
    }
    const payment_promise* spoken = nullptr;
    for (const auto& one : next.promises) {
        if (!is_hers(one.client_id)) continue;
        const bool open = one.state == promise_state::open;
        if (spoken != nullptr && spoken->state == promise_state::open && !open) continue;
        if (spoken == nullptr || open || one.changed_at >= spoken->changed_at) spoken = &one;
    }
    if (spoken == nullptr) return;
    promise_ = {
        .state = dialogs::name_of(spoken->state), .on = spoken->on, .amount = spoken->amount};
    view_.promise = &promise_;
}

// ---- what can be read in her words

void talk::read_heard_words() {
    view_.words = {.means = std::move(view_.words.means)};
    if (heard_words.empty()) return;
    const bool typed = heard_now != nullptr && std::holds_alternative<typed_text>(heard_now->content);
    if (typed) view_.words.text = heard_words;
    const auto key = " " + keyword_key(heard_words) + " ";
    view_.words.danger = std::ranges::any_of(script.relief.danger_words, [&](const auto& one) {
        return key.find(" " + one + " ") != std::string::npos;
    });
    std::optional<std::string> day;
    std::optional<std::string> sum;
    bool two_days = false;
    bool two_sums = false;
    const auto rules = script.rules_of_reading(next.language, next.now);
    for (const auto& one : entities_of(heard_words, rules)) {
        auto& into = one.kind == entity_kind::date ? day : sum;
        auto& two = one.kind == entity_kind::date ? two_days : two_sums;
        if (one.kind != entity_kind::date && one.kind != entity_kind::amount) continue;
        // A figure alone is the answer to a question, or the row she chose, as a rule.
        if (one.kind == entity_kind::amount && one.text == heard_words) continue;
        two = two || (into && *into != one.value);
        into = one.value;
    }
    view_.words.until = end_of_rest(heard_words, rules).value_or(civil_date{});
    if (day && !two_days) view_.words.date = parse_iso_date(*day).value_or(civil_date{});
    if (!sum || two_sums) return;
    if (sum->ends_with(" -")) sum->replace(sum->size() - 1, 1, script.house.currency.view());
    const auto read = parse_minor_units(*sum);
    if (read && read->minor > 0 && read->currency == script.house.currency) {
        view_.words.amount = *read;
    }
}

// ---- whether she is to be left alone

// Told to the record each time it changes, for whoever plans what we begin.
void talk::note_quiet(const session& from) {
    const auto why = [](const session& of, civil_date today) {
        return why_silent(
            {.claims = of.claims,
             .promises = of.promises,
             .hardship = &of.hardship,
             .cases = of.cases},
            today
        );
    };
    const auto before = why(from, script.calendar->date_of(from.now));
    const auto now = why(next, view_.today);
    if (before != now) effects.emplace_back(keep_record{"quiet", std::string{now}});
}

}  // namespace tertulia::dialogs
