// The bounded snapshot of the portfolio that one turn may look at, read by the executor just before
// the step and shared, immutable, between turns of one person until the portfolio changes.

#pragma once

#include "dialogs/facts/portfolio.hpp"
#include "dialogs/facts/referral.hpp"
#include "dialogs/message/channel_kind.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia {

namespace dialogs {
class payment_point_map;  // dialogs/services/payment_points.hpp
}

// The face of the machine: a declared assistant, never a person of the house.
struct assistant_persona {
    std::string name{};     // empty: it has none
    std::string picture{};  // a file of the folder of media; empty: none
};

// Where money for the institution may be paid in. Messages tell these and no other.
struct deposit_account {
    std::string bank{};
    std::string number{};
    std::string holder{};  // whose it is: the institution's, as the bank writes it
};

// The institution as messages name it; from the config, the same for everybody.
struct institution {
    std::string name{};
    std::string time_zone{};  // IANA
    currency_code currency{};
    std::vector<language_tag> languages{};  // the first is the one to speak when nothing is known
    std::string country{};                  // ISO 3166, for telephone numbers and calendars
    std::string hours{};  // when people are there, as opening_hours reads it; empty: always
    std::vector<civil_date> holidays{};     // when nobody is
    std::string phone{};                    // the one published number, E.164
    assistant_persona assistant{};
    std::vector<std::string> staff{};       // telephones of the institution's own people, E.164
    // As hours, holidays and staff no part of a script set's version: the same words, whoever
    // carries them.
    std::vector<known_channel> channels{};
    std::vector<deposit_account> accounts{};
    std::string media_base{};  // "https://…/media", "media:" (uploaded, not served); empty: not shown
};

// The kind of the channel of that name. One nobody configured is what its name says (operators'
// tests play on "sms" without having one), and else WhatsApp.
[[nodiscard]] channel_kind kind_of_channel(const institution& of, std::string_view name) noexcept;

// Somebody of the institution who works on cases.
struct staff_person {
    std::string id{};         // "officer:7", "staff:Marta"
    std::string name{};       // as clients call her
    std::string phone{};      // E.164; never shown to a client
    std::string branch_id{};  // of a credit agent
    std::vector<std::string> desks{};  // "support", "supervisor"…: queues besides her own
};

struct client_facts {
    client who{};
    std::optional<officer> credit_agent{};
    std::optional<branch> home_branch{};
    std::optional<group> village_bank{};
    std::vector<loan> loans{};  // active ones, oldest first, at most loans_max
    std::vector<loan_request> requests{};  // loans asked for here, newest first, at most requests_max
    std::vector<savings_account> savings{};  // active ones, by id, at most savings_max
    // The last payments on loans that are paid off, newest first, at most closed_payments_max.
    std::vector<payment_on_loan> closed_payments{};
    bool has_pin{};             // a PIN hash is stored; the hash itself never leaves the gateway
};
inline constexpr std::size_t loans_max = 20;
inline constexpr std::size_t savings_max = 20;
inline constexpr std::size_t requests_max = 8;
inline constexpr std::size_t closed_payments_max = 6;

enum class core_state : std::uint8_t { up, stale, down };

// A place to pay, as a look-up found it near some other place.
struct found_point {
    payment_point point{};
    std::int64_t metres{};  // along the ground, from there
    int bearing{};          // degrees clockwise from north, from there
};
inline constexpr std::size_t found_points_max = 3;

// `clients` holds every client whose phone equals one of the party's phones exactly. Exactly one is
// assurance level L1; none or several is L0, and nothing about any of them may be said.
struct facts {
    std::vector<std::shared_ptr<const client_facts>> clients{};
    core_state core{core_state::up};
    instant as_of{};  // when the mirror last agreed with core banking
    std::vector<std::string> phones{};  // the party's own numbers, E.164, as channels proved them
    // Every place to pay; null: none is known, or this is a replay, where `found` holds what each
    // look-up of the step found then, in order.
    std::shared_ptr<const dialogs::payment_point_map> payment_points{};
    std::vector<std::vector<found_point>> found{};
    std::int64_t conversation{};         // the party's number; 0: a rehearsal that has none
    std::optional<staff_person> staff{};  // the party is one of the institution's own
    // Whom this conversation has recommended, the longest ago first; and whose code she has just
    // written, if it was one.
    std::vector<known_referral> referrals{};
    std::optional<introduction> introduced{};
};

}  // namespace tertulia
