// Instalments and savings. What a member owes and pays is said to her alone; the group hears how
// many have paid. A claim changes no balance: only a payment that core banking has does.

#include "dialogs/meetings/turn.hpp"

#include <algorithm>
#include <limits>

namespace tertulia::dialogs::meetings {
namespace {

constexpr int claims_max = 9;

}  // namespace

void turn::tell_dues(const roster_member& who, const member_record& record) {
    const auto& owes = who.owes;
    if (owes.instalment.minor == 0 && owes.savings.minor == 0) return;
    if (record.claims > 0 || record.in_trouble) return;  // she has answered, and is not asked again
    // What is here is not asked for again; cash that is more than the instalment is her savings.
    const auto cash = cash_counted(room_, who.id).minor;
    const bool has_saved = record.savings.minor >= owes.savings.minor ||
                           cash >= owes.instalment.minor + owes.savings.minor;
    const auto nothing = money{0, room_.planned.currency};
    const auto instalment = has_paid(room_, who, record) ? nothing : owes.instalment;
    const auto savings = has_saved ? nothing : owes.savings;
    if (instalment.minor == 0 && savings.minor == 0) return;
    tell_member(
        who.id,
        "meeting.collect",
        {{"instalment", instalment}, {"due_on", owes.due}, {"savings", savings}},
        {offer(verb::report_payment, "meeting.choice.paid"),
         offer(verb::confirm, "meeting.choice.pays_today"),
         offer(verb::cannot_pay, "meeting.choice.trouble")}
    );
}

refusal turn::report_payment() {
    auto& record = *record_of(heard_.by.id);
    if (record.claims >= claims_max) return refusal::full;
    if (did().amount.minor != 0 && !is_of_money(did().amount)) return refusal::no_amount;
    take_claim(record, did().amount, did().media);
    return refusal::none;
}

void turn::take_claim(member_record& record, money amount, const media_ref& proof) {
    ++record.claims;
    outs.emplace_back(claim_wanted{
        .client_id = record.id,
        .loan_id = member_of(record.id)->owes.loan_id,
        .amount = amount,
        .proof = proof});
    reply(proof.id.empty() ? "meeting.claim_taken" : "meeting.proof_taken");
}

// Each counts by herself: nobody is told what another counted.
refusal turn::confirm_cash() {
    const auto& by = heard_.by.id;
    if (member_of(did().about) == nullptr) return refusal::no_such;
    if (by == did().about) return refusal::own_money;
    if (!is_of_money(did().amount)) return refusal::no_amount;
    auto found = std::ranges::find_if(room_.cash, [&](const cash_line& one) {
        return one.about == did().about && !one.complete;
    });
    const auto needed = static_cast<std::size_t>(room_.planned.rules.cash_handlers);
    const arguments named{{"name", first_name(did().about)}};
    if (found == room_.cash.end()) {
        if (room_.cash.size() >= cash_lines_max) return refusal::full;
        room_.cash.push_back(
            {.about = did().about, .amount = did().amount, .confirmed_by = {by}}
        );
        reply("meeting.cash_noted", named);
        if (by != room_.moderator) {
            alert_moderator("meeting.cash_second", named);
            return refusal::none;
        }
        for (std::size_t i = 0; i < room_.members.size(); ++i) {
            if (has(room_.planned.members[i].roles, role::treasurer) &&
                room_.members[i].in_room && room_.members[i].id != did().about) {
                tell_member(room_.members[i].id, "meeting.cash_second", named);
            }
        }
        return refusal::none;
    }
    if (std::ranges::find(found->confirmed_by, by) != found->confirmed_by.end()) {
        // She counted wrong, and nobody has counted after her: what she says now is her count.
        if (found->amount == did().amount) return refusal::same_person;
        if (found->confirmed_by.size() > 1) return refusal::amount_differs;
        found->amount = did().amount;
        reply("meeting.cash_noted", named);
        return refusal::none;
    }
    if (found->amount != did().amount) return refusal::amount_differs;
    found->confirmed_by.push_back(by);
    reply("meeting.cash_noted", named);
    if (found->confirmed_by.size() >= needed) {
        found->complete = true;
        tell_member(did().about, "meeting.cash_counted", {{"amount", found->amount}});
        progress_changed();
    }
    return refusal::none;
}

// The same once more is most often a message that was sent twice: asked back, and counted at the tap.
refusal turn::record_savings() {
    auto* record = record_of(did().about);
    if (record == nullptr) return refusal::no_such;
    const bool is_another = did().choice == ballot::yes;
    const auto amount = is_another ? money{did().number, room_.planned.currency} : did().amount;
    if (!is_of_money(amount)) return refusal::no_amount;
    if (is_another && record->savings != amount) return refusal::stale;
    if (record->savings.minor > minor_max - amount.minor) return refusal::full;
    if (!is_another && record->savings == amount && amount.minor <= std::numeric_limits<int>::max()) {
        reply(
            "meeting.savings_again",
            {{"name", first_name(did().about)}},
            {offer(
                act{.what = verb::record_savings,
                    .about = did().about,
                    .number = static_cast<int>(amount.minor),
                    .choice = ballot::yes},
                "meeting.choice.another"
            )}
        );
        return refusal::none;
    }
    record->savings = record->savings + amount;
    tell_member(did().about, "meeting.savings_recorded", {{"amount", amount}});
    reply("meeting.savings_noted", {{"name", first_name(did().about)}});
    return refusal::none;
}

refusal turn::cannot_pay() {
    auto& record = *record_of(heard_.by.id);
    if (record.in_trouble) return refusal::already;
    record.in_trouble = true;
    outs.emplace_back(case_wanted{
        .kind = "meeting_hardship", .about = record.id, .words = did().text});
    reply("meeting.trouble_taken");
    return refusal::none;
}

refusal turn::see_payment() {
    auto* record = record_of(did().about);
    if (record == nullptr || did().transaction.empty()) return refusal::no_such;
    if (!is_of_money(did().amount)) return refusal::no_amount;
    if (std::ranges::find(room_.transactions, did().transaction) != room_.transactions.end()) {
        return refusal::already;
    }
    if (room_.transactions.size() >= transactions_max) return refusal::full;
    if (record->paid.minor > minor_max - did().amount.minor) return refusal::full;
    room_.transactions.push_back(did().transaction);
    record->paid = record->paid + did().amount;
    if (record->claims > 0) --record->claims;
    if (record->in_room) {
        tell_member(did().about, "meeting.payment_seen", {{"amount", did().amount}});
    }
    progress_changed();
    return refusal::none;
}

}  // namespace tertulia::dialogs::meetings
