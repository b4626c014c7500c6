// The local mirror's vocabulary: clients, groups, officers, branches, loans and where to pay.
// Core banking owns the truth; these are copies with an `as_of`.

#pragma once

#include "dialogs/facts/money.hpp"
#include "dialogs/message/language.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tertulia {

// External ids are core banking's own, unique per kind; they are what CSV files and messages hold.
struct branch {
    std::string id{};
    std::string name{};
    std::string street{};
    std::string phone{};  // E.164
    std::string hours{};  // as told to people, "Lun-Vie 8:00-17:00"
    double latitude{};
    double longitude{};
};

struct officer {
    std::string id{};
    std::string first_name{};
    std::string last_name{};
    std::string courtesy{};  // how clients call her: "seño Brenda"
    std::string phone{};     // E.164
    std::string branch_id{};
    std::string picture{};
};

struct group {
    std::string id{};
    std::string name{};
    std::string branch_id{};
    std::string officer_id{};
    std::string meeting_rhythm{};  // "P7D", "P28D": four weeks is not a month
    std::optional<civil_date> next_meeting{};
    std::string meeting_time{};  // "10:00", local
};

// Digital maturity: how much of a conversation to carry on the phone.
enum class archetype : std::uint8_t { nascent, experimenter, emerger, enabled };

enum class client_status : std::uint8_t { pending, active, closed };

struct client {
    std::string id{};
    std::string first_name{};
    std::string last_name{};
    std::string courtesy{};           // "doña Rosa"; empty: first name alone
    std::vector<std::string> phones{};  // E.164; several are normal, none is possible
    language_tag language{};
    archetype maturity{archetype::emerger};
    client_status status{client_status::active};
    std::string branch_id{};
    std::string officer_id{};
    std::string group_id{};  // empty: an individual client
    std::string village{};
    bool met_officer{};  // the officer has served her: only then may a message lean on his name
    std::optional<civil_date> born{};  // what no PIN may be; never said, never written into a turn
};

struct instalment {
    int number{};
    civil_date due{};
    money total{};      // principal, interest, fees and penalties together
    money principal{};  // the part of it that pays back the loan
    money paid{};
    std::optional<civil_date> met_on{};  // the day the last of it was paid
};

struct payment {
    std::string id{};
    civil_date on{};
    money amount{};
    std::string place{};
    bool reversed{};
    std::string receipt{};  // the number on the slip, as core banking has it; empty: none
};

// A payment told apart from its loan.
struct payment_on_loan {
    std::string loan_id{};
    payment what{};
};

// What closes a loan on a day, interest worked out to it, as core banking says.
struct payoff_figure {
    money total{};
    civil_date on{};
};

enum class loan_status : std::uint8_t { submitted, approved, active, closed, written_off, rejected };

struct loan {
    std::string id{};
    std::string client_id{};
    std::string group_id{};
    std::string product{};  // its name as clients know it
    loan_status status{loan_status::active};
    int cycle{1};
    money principal{};
    civil_date disbursed_on{};
    civil_date matures_on{};
    std::string application{};  // asked for here, as which: "gw-A17-1"; empty: elsewhere
    std::optional<civil_date> expected_on{};  // of an approved one: when it is to be paid out
    std::string refusal{};                    // of a rejected one: why, a word of products.yaml
    std::vector<instalment> schedule{};  // by number
    std::vector<payment> payments{};     // newest first
    std::optional<payoff_figure> payoff{};  // nothing: core banking did not say
};

// What she has put by with the institution; a group's own pot is not in core banking.
struct savings_account {
    std::string id{};
    std::string client_id{};
    std::string product{};  // its name as clients know it
    money balance{};
    money available{};  // what she may take out; the rest is held, for a loan as a rule
    bool active{true};
};

// A loan as far as it concerns the application it was asked for by: whatever became of it.
struct loan_request {
    std::string application{};  // ours, as core banking was told it: "gw-A17-1"
    std::string loan_id{};
    std::string product{};
    loan_status status{loan_status::submitted};
    money principal{};                      // asked for; once approved, what was approved
    std::optional<civil_date> expected_on{};  // of the disbursal; core banking's own, none if it has none
    std::string reason{};  // of a refusal: a code of products.yaml; empty: core banking gave none
    // Of its schedule, where core banking has made one.
    std::int64_t instalments{};
    money each{};   // the largest of them
    money total{};  // of them all
    civil_date first_due{};
};

struct payment_point {
    std::string id{};
    std::string name{};
    std::string kind{};  // agency | bank | shop
    std::string street{};
    std::string hours{};
    double latitude{};
    double longitude{};
    std::string branch_id{};  // only for our own agencies
    bool takes_cash{true};
    bool takes_card{};
};

}  // namespace tertulia
