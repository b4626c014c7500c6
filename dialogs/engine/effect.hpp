// What a step asks for. The gateway commits all of them with the session, then performs them.

#pragma once

#include "dialogs/engine/event.hpp"
#include "dialogs/facts/money.hpp"
#include "dialogs/message/language.hpp"
#include "dialogs/message/outbound.hpp"
#include "dialogs/message/time.hpp"
#include "dialogs/services/payment_promises.hpp"
#include "dialogs/services/referrals.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::dialogs {

// Say something to this conversation's person. callback_data is filled in by the gateway.
struct send {
    outbound_message message{};
    priority urgency{priority::reply};
    milliseconds keep_for{};  // not sent any more after this; 0: the channel's default
    bool in_order{};          // the next message waits until this one is delivered (bounded)
    std::string purpose{};    // the message key, for outcomes, reports and replays
    // One contact with her, by however many channels it is tried: limits count it once. 0: its own.
    std::uint64_t touch{};
};

// One timer per name and conversation: setting it again replaces it.
struct set_timer {
    std::string name{};
    instant due{};
};
struct cancel_timer {
    std::string name{};
};

// A person takes over. What there is to do for her is the case that was opened or joined.
struct hand_over {
    std::string queue{};   // "credit_agent:<officer id>", "branch:<id>", "support"
    std::string reason{};  // "asked", "not_understood", "complaint"…
    std::string client_id{};
};

// Something that must outlive the journal: consent, opt-out, identity events. Append-only.
struct keep_record {
    std::string kind{};  // "opt_out", "opt_in", "language", "pin_locked", "number_changed"…
    std::string detail{};
};

// Whom something is told: a conversation that is known, one by its number (made if there is none
// yet), everybody a queue stands for at that moment, or a room. One of the four is set.
struct recipient {
    party_id party{};
    std::string phone{};     // E.164
    std::string queue{};     // as client_case::queue
    std::string excluded{};  // of a queue: not this person
    party_id but{};          // of a queue: nor this conversation, which knows already
    std::string room{};      // a meeting, "G12/7"
};

// The same commit stores it as the recipient's next event; those of one source come in order, and
// each is applied once, whatever breaks in between.
struct tell {
    recipient to{};
    told_content what{};
};

// A case as it is after this turn, and what has just become of it. The record of a case is the last
// of these; its history all of them.
struct note_case {
    client_case as_is{};
    std::string what{};  // "opened", "taken", "said"…: a word, nothing personal
    std::string who{};   // case_person::id; empty: the assistant, or she herself
    std::string text{};  // what was said or noted; sealed
    // Whether it stays among colleagues: their notes, and what they pass on to one another.
    bool internal{};
};

// She has sent an application for a loan. The same commit makes a record of it, which goes to core
// banking once and then waits for a person.
struct send_application {
    std::string number{};        // "A17-1": of the conversation, and how many it is there
    std::string client_id{};     // empty: on no file, or in doubt
    std::string product{};       // as products.yaml names it
    std::string core_product{};  // core banking's id of it; empty: it is not written there
    money amount{};              // nothing: she was not asked
    language_tag language{};
    std::map<std::string, std::string> answers{};  // by name, as frame::kept has them
};

// She recommends: her code, and what whoever writes it may be told of her. Said again with every
// change.
struct note_referrer {
    std::string code{};
    referrer_kind kind{};
    std::string name{};  // first name; empty: she does not want it told
};

// What becomes of a recommendation by the word of who was recommended. The same commit writes it.
struct note_referral {
    std::string number{};  // "R23"; empty: of "refused", of which nothing else is kept
    std::string what{};    // "consented", "refused", "hidden", "shown", "applied"
    std::string code{};
    party_id by{};            // of "consented": who recommended her
    commission_rule terms{};  // of "consented": what it earns
};

// What became of a nudge of the plan: it was said, it is asked again later, or never. The same commit
// writes it to the plan.
struct note_nudge {
    std::int64_t id{};
    nudge_verdict verdict{};
    std::string dialog{};  // that began; empty: nothing was said
};

// The plan is to have this, too; its id is the plan's to give.
struct plan_nudge {
    nudge_anchor counts_from{};
    planned_nudge what{};
};

// A promise to pay as it is now. The record of a promise is the last of these.
struct note_promise {
    payment_promise as_is{};
};

// We have talked with her, and this is what she said of herself. The same commit keeps it.
struct contact_had {
    std::string client_id{};  // empty: on no file, or in doubt
    std::string about{};      // the stage of her loan, or the survey
    std::map<std::string, std::string> answers{};  // by name, as frame::kept has them
};

using effect = std::variant<
    send, set_timer, cancel_timer, hand_over, keep_record, tell, note_case, send_application,
    note_referrer, note_referral, note_nudge, contact_had,
    plan_nudge, note_promise, note_meeting>;

}  // namespace tertulia::dialogs
