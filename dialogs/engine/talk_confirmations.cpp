// What a PIN is too little for, or what there is no PIN for: somebody of the institution makes sure by
// another way that it is her, on a case of the kind `confirm`, and the dialog that waited goes on.

#include "dialogs/engine/talk.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {


}  // namespace

talk::todo talk::want_confirmation(const program_dialog& dialog) {
    read_ |= read_client | read_officer;
    const auto asked = std::ranges::find_if(next.cases, [&](const client_case& one) {
        return one.kind == confirm_kind && one.category == dialog.name && !one.over();
    });
    if (asked != next.cases.end()) {
        asked->changed_at = next.now;
        note(*asked, "joined");
    } else {
        auto& made = open_case(std::string{confirm_kind}, "support");
        made.category = dialog.name;
        if (who_ != nullptr) {  // also of a number in doubt: that is what they look into
            made.client_id = who_->who.id;
            made.client_name = full_name(who_->who);
            made.branch_id = who_->who.branch_id;
            if (who_->credit_agent && kind_of(confirm_kind).to == "credit_agent") {
                made.queue = "credit_agent:" + who_->credit_agent->id;
            }
        }
        announce(made);
    }
    // The same words whether or not the number is on file: there is nothing to learn from them.
    if (const auto line = script.words->find("confirm.asked")) say(*line);
    return end_dialog(false);
}

// Her case is over with it. She goes on where she was stopped, if she is there.
void talk::confirmed(client_case& of, const case_act& act) {
    confirm(
        next.confirmations,
        {.what = of.category,
         .client_id = of.client_id,
         .by = act.by.id,
         .how = act.text,
         .at = next.now}
    );
    effects.emplace_back(keep_record{"confirmed", of.category + " " + act.text + " " + act.by.id});
    of.state = case_state::closed;
    of.holder = act.by;
    note(of, "confirmed", &act.by, act.text);
    tell_person(of, act.by, case_report::confirmed);
    tell_queue(of, case_report::gone, act.by.party);
    const auto dialog = script.find_dialog(of.category);
    release_hand(of);
    if (next.reply_to.channel.empty() || next.wishes.opted_out) return;
    if (!next.frames.empty() && next.script_set != set_) next.frames.clear();
    start_where_she_wants();
    if (const auto line = script.words->find("confirm.done")) say(*line);
    if (!dialog || out_of_window || with_person(next)) return;
    if (at_a_question() && next.now - next.last_inbound_at < let_her_finish) {
        const auto& name = script.at(*dialog).name;
        arrange({.timer = begin_timer + name, .what = name, .due = next.now + let_her_finish});
        return;
    }
    begin(*dialog);
}

void talk::pin_is_set() {
    pin_was_set(next.proof);
    // What was confirmed was this one change.
    std::erase_if(next.confirmations, [&](const confirmation& one) {
        const auto dialog = script.find_dialog(one.what);
        return dialog && std::ranges::any_of(script.at(*dialog).states, [&](state_index state) {
                   return script.at(state).sends_pin_link;
               });
    });
    effects.emplace_back(keep_record{"pin_set", {}});
}

}  // namespace tertulia::dialogs
