// What she says she has paid: noted, looked for in core banking's copy, and given to somebody of ours
// who can look at her slip. Nothing here changes what she owes.

#include "dialogs/engine/kept_answers.hpp"
#include "dialogs/engine/shown_media.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/script/answer_values.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

// Where nobody could ask core banking, it is too early to say that a payment is not there.
constexpr milliseconds ask_core_again = std::chrono::hours{6};

// Categories of the case a claim opens, where cases.yaml has them.
constexpr std::string_view with_photo = "with_photo";
constexpr std::string_view with_number = "with_number";
constexpr std::string_view without_receipt = "without_receipt";
constexpr std::size_t claim_media_max = 5;

std::string_view category_of(const payment_claim& of) noexcept {
    if (!of.media.empty()) return with_photo;
    return of.receipt.empty() ? without_receipt : with_number;
}

}  // namespace

// ---- whose

const client_facts* talk::sure_of() const {
    return in_doubt() ? nullptr : who_;
}

bool talk::is_hers(std::string_view client_id) const {
    if (in_doubt()) return false;
    return client_id.empty() || (who_ != nullptr && client_id == who_->who.id);
}

std::string talk::officers_queue() {
    read_ |= read_officer | read_client;
    const auto* client = sure_of();
    if (client != nullptr && client->credit_agent) {
        return "credit_agent:" + client->credit_agent->id;
    }
    if (client != nullptr && client->home_branch) return "branch:" + client->home_branch->id;
    return "support";
}

// ---- said

void talk::note_claim(const payment_claim& of) {
    effects.emplace_back(keep_record{"payment_claim", record_of(of)});
}

payment_claim talk::claim_of(const program_state& state) {
    payment_claim made{.said_at = next.now, .changed_at = next.now};
    read_ |= read_client | read_loans;
    if (const auto* client = sure_of()) {
        made.client_id = client->who.id;
        if (const auto* about = kept_loan()) {
            made.loan_id = about->id;
        } else if (client->loans.size() == 1) {
            made.loan_id = client->loans.front().id;
        }
    }
    made.amount = {0, script.house.currency};
    if (state.amount) {
        note_paths(state.amount->paths());
        const auto value = state.amount->evaluate(view());
        if (const auto* sum = std::get_if<money>(&value)) made.amount = *sum;
    }
    made.paid_on = view_.today;
    if (state.day) {
        note_paths(state.day->paths());
        const auto value = state.day->evaluate(view());
        if (const auto* day = std::get_if<civil_date>(&value)) made.paid_on = *day;
    }
    if (const auto answer = given(state.proof)) {
        if (answer->kind == typed_kind::text) {
            made.receipt = receipt_key(answer->value);
        } else if (answer->kind == typed_kind::photo || answer->kind == typed_kind::document) {
            made.media.push_back(link_to_sent(media_of(answer->kind), parts_of(answer->value).front()));
        }
    }
    return made;
}

std::string_view talk::report_payment(const program_state& state) {
    std::map<std::string, std::string> answers;
    if (const auto answer = given(state.proof)) answers.emplace(state.proof, to_text(*answer));
    return take_claim(claim_of(state), state.opens, answers);
}

std::string_view talk::take_claim(
    payment_claim made, std::string_view case_kind,
    const std::map<std::string, std::string>& answers
) {
    for (auto& one : next.claims) {
        if (!is_hers(one.client_id) || !same_payment(one, made)) continue;
        claim_now_ = one.number;
        if (one.state != claim_state::seen) {
            add_proof(one, made.media);
            return "known";
        }
        one.told = true;  // by the very answer
        return "seen";
    }
    const auto open = std::ranges::count(next.claims, claim_state::open, &payment_claim::state);
    if (static_cast<std::size_t>(open) >= claims_open_max) return "too_many";
    made.number = claim_number(known_.conversation, ++next.claims_said);
    if (next.claims.size() >= claims_max) {
        const auto over = std::ranges::find_if(next.claims, [](const payment_claim& one) {
            return one.state != claim_state::open;
        });
        next.claims.erase(over == next.claims.end() ? next.claims.begin() : over);
    }
    claim_now_ = made.number;
    next.claims.push_back(std::move(made));
    look_for_payments();
    auto& kept = next.claims.back();
    if (kept.state == claim_state::seen) {
        kept.told = true;  // by the very answer
        return "seen";
    }
    open_case_of_claim(kept, case_kind, answers);
    note_claim(kept);
    const auto days = std::chrono::days{script.relief.claim_days};
    arrange(
        {.timer = claim_timer + kept.number,
         .what = kept.number,
         .due = work_hours().after(next.now, days)}
    );
    return "taken";
}

void talk::open_case_of_claim(
    payment_claim& of, std::string_view case_kind,
    const std::map<std::string, std::string>& answers
) {
    auto& made = open_case(std::string{case_kind}, officers_queue());
    categorise(made, category_of(of));
    made.media = of.media;
    made.answers.insert(answers.begin(), answers.end());
    made.words.push_back(told_to_colleagues(of));
    of.case_number = made.number;
    announce(made);
}

// A picture that comes after she has told of the payment: the same claim, with its proof.
void talk::add_proof(payment_claim& to, const std::vector<std::string>& media) {
    const auto before = told_to_colleagues(to);
    const auto had = to.media.size();
    for (const auto& one : media) {
        const bool is_new = std::ranges::find(to.media, one) == to.media.end();
        if (is_new && to.media.size() < claim_media_max) to.media.push_back(one);
    }
    if (to.media.size() == had) return;
    to.changed_at = next.now;
    note_claim(to);
    auto* it = find_case(to.case_number);
    if (it == nullptr || it->over()) return;
    for (std::size_t i = had; i < to.media.size(); ++i) it->media.push_back(to.media[i]);
    categorise(*it, category_of(to));
    std::ranges::replace(it->words, before, told_to_colleagues(to));
}

std::string talk::told_to_colleagues(const payment_claim& of) {
    const auto line = script.words->find("desk.claim");
    if (!line) return of.number;
    speak_of_claim(of);
    auto told = script.words->format(*line, script.house.languages.front(), around(), view_);
    read_claims();
    return told;
}

// She says that what she paid still shows: from here on it is a complaint's.
void talk::take_claim_over(client_case& by) {
    const auto found = std::find_if(next.claims.rbegin(), next.claims.rend(), [&](const auto& one) {
        return is_hers(one.client_id) && one.state != claim_state::seen;
    });
    if (found == next.claims.rend()) return;
    auto& claim = *found;
    by.media.insert(by.media.end(), claim.media.begin(), claim.media.end());
    if (auto* before = find_case(claim.case_number); before != nullptr && !before->over()) {
        by.answers.insert(before->answers.begin(), before->answers.end());
        by.words.insert(by.words.end(), before->words.begin(), before->words.end());
        if (by.words.size() > case_words_max) by.words.resize(case_words_max);
        case_came_right(before->number, by.number);
    }
    claim.case_number = by.number;
    claim.changed_at = next.now;
    claim_now_ = claim.number;
    note_claim(claim);
}

// ---- settled

// What it was opened for is there. A complaint is over only when she says so, or says nothing; a
// person who talks with her about it ends it herself.
void talk::case_came_right(std::string_view number, std::string why) {
    auto* of = find_case(number);
    if (of == nullptr || of->over() || of->state == case_state::resolved) return;
    of->changed_at = next.now;
    if (next.case_in_hand == of->number) {
        note(*of, "noted", nullptr, std::move(why), true);
        return;
    }
    of->acknowledged = true;
    of->state = of->category == payment_missing ? case_state::resolved : case_state::closed;
    note(*of, "resolved", nullptr, std::move(why));
    if (of->holder.party.value != 0) {
        tell_person(*of, of->holder, case_report::gone);
    } else {
        tell_queue(*of, case_report::gone);
    }
}

void talk::look_for_payments() {
    const auto* client = sure_of();
    const bool waits_for_any =
        std::ranges::any_of(
            next.claims, [](const auto& one) { return one.state != claim_state::seen; }
        ) ||
        std::ranges::any_of(next.promises, [](const auto& one) {
            return one.state == promise_state::open || one.state == promise_state::broken;
        });
    if (client == nullptr || !waits_for_any) return;
    read_ |= read_client | read_loans;
    const auto paid = payments_of(*client);
    std::vector<payment_claim> hers;
    std::vector<std::size_t> where;
    for (std::size_t i = 0; i < next.claims.size(); ++i) {
        if (!is_hers(next.claims[i].client_id)) continue;
        hers.push_back(next.claims[i]);
        where.push_back(i);
    }
    for (const auto& match : match_claims(hers, paid)) {
        auto& claim = next.claims[where[match.claim]];
        claim.state = claim_state::seen;
        claim.payment_id = match.payment.what.id;
        claim.changed_at = next.now;
        call_off(claim_timer, claim.number);
        note_claim(claim);
        const auto& what = match.payment.what;
        case_came_right(
            claim.case_number,
            claim.number + ": " + what.id + ", " + iso_date(what.on) + ", " + decimal(what.amount) +
                " " + std::string{what.amount.currency.view()}
        );
    }
    judge_promises(paid);
}

std::string_view talk::payment_news() const {
    const bool seen = std::ranges::any_of(next.claims, [&](const payment_claim& one) {
        return is_hers(one.client_id) && one.state == claim_state::seen && !one.told;
    });
    if (seen) return "payment_seen";
    const bool kept = std::ranges::any_of(next.promises, [&](const payment_promise& one) {
        return is_hers(one.client_id) && one.state == promise_state::kept && !one.told;
    });
    return kept ? "promise_kept" : "";
}

bool talk::claim_is_due(const appointment& due) {
    look_for_payments();
    const auto found = std::ranges::find(next.claims, due.what, &payment_claim::number);
    if (found == next.claims.end() || found->state != claim_state::open) return false;
    if (known_.core == core_state::down) {
        auto again = due;
        again.due = next.now + ask_core_again;
        effects.emplace_back(set_timer{again.timer, again.due});
        arrange(std::move(again));
        return false;
    }
    found->state = claim_state::not_found;
    found->changed_at = next.now;
    note_claim(*found);
    return false;
}

// ---- told

const payment_claim* talk::spoken_claim() const {
    const payment_claim* best = nullptr;
    int rank = 0;
    for (const auto& one : next.claims) {
        if (!is_hers(one.client_id)) continue;
        const int mine = one.number == claim_now_                          ? 4
                         : one.state == claim_state::seen && !one.told ? 3
                         : one.state == claim_state::open              ? 2
                                                                       : 1;
        if (best != nullptr && mine < rank) continue;
        best = &one;
        rank = mine;
    }
    return best;
}

void talk::read_claims() {
    view_.claim = nullptr;
    view_.claims_open = std::ranges::count_if(next.claims, [&](const payment_claim& one) {
        return is_hers(one.client_id) && one.state == claim_state::open;
    });
    if (const auto* of = spoken_claim()) speak_of_claim(*of);
}

void talk::speak_of_claim(const payment_claim& of) {
    claim_ = {
        .number = of.number,
        .state = dialogs::name_of(of.state),
        .receipt = of.receipt,
        .amount = of.amount,
        .paid_on = of.paid_on,
        .said_on = script.calendar->date_of(of.said_at),
        .open = of.state == claim_state::open,
        .with_photo = !of.media.empty(),
        .news = of.state == claim_state::seen && !of.told};
    view_.claim = &claim_;
}

// The one that is spoken of. Also the promise that the same payment kept: she is thanked once.
void talk::claim_told() {
    if (const auto* of = spoken_claim(); of != nullptr && of->state == claim_state::seen) {
        const auto at = std::ranges::find(next.claims, of->number, &payment_claim::number);
        at->told = true;
    }
    promises_told();
}

}  // namespace tertulia::dialogs
