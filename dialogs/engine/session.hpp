// Where one person stands: who she is to us and where her conversation is. A value: loaded beside
// an event, changed only by step(), stored with the turn. Strings, not indices, so that a stored
// session is readable and survives a script set being compiled again.

#pragma once

#include "dialogs/message/identity.hpp"
#include "dialogs/message/language.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tertulia::dialogs {

// One dialog under way. The innermost is last; a called dialog returns to the one before it.
struct frame {
    std::string dialog{};
    std::string state{};
    std::map<std::string, std::string> kept{};  // `keep_as` answers: "loan" -> loan id
    bool operator==(const frame&) const = default;
};

// The assurance a person has reached (L0 to L3). L1 is a fact of the portfolio, not kept here.
struct assurance {
    instant verified_at{};     // L2 since; epoch: never
    instant last_active_at{};  // L2 lapses after 15 minutes idle or 12 hours in all
    std::string client_id{};   // whom she proved to be; L2 lapses if the number's client changes
    std::uint32_t wrong_pins{};
    instant pin_locked_until{};
    bool branch_only{};  // ten wrong PINs: only the branch can open it again
    instant frozen_until{};  // after a number change L2 stays shut until then
    bool operator==(const assurance&) const = default;
};

struct consent {
    bool opted_out{};  // asked us to stop: nothing is sent but replies to what she writes
    instant changed_at{};
    bool operator==(const consent&) const = default;
};

struct session {
    // The person, kept from one conversation to the next.
    language_tag language{};        // empty until known
    bool language_chosen{};         // she chose it: never guessed again
    bool welcomed{};                // has seen the officer card
    assurance proof{};
    consent wishes{};
    address reply_to{};             // where she last wrote from
    instant last_inbound_at{};      // by the provider's stamp; the 24-hour window counts from it
    std::string identity_key_hash{};

    // The conversation under way; no frames: nothing is.
    std::uint64_t script_set{};     // short hash of the set it runs on
    std::vector<frame> frames{};
    std::uint32_t misses{};         // replies in a row the state did not understand
    std::string queue{};            // not empty: a person has the conversation, the bot is silent
    instant handed_over_at{};

    std::uint64_t steps{};          // every step counts; timers and stale writes compare it
    instant now{};                  // of the last step: time never runs backwards here

    bool operator==(const session&) const = default;
};

}  // namespace tertulia::dialogs
