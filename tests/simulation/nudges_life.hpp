// Two years of an institution, from one seed: who borrows, how she pays and what becomes of her.
// What happens is decided here before anybody is written to; nothing of the unit under test is
// used.

#pragma once

#include "dialogs/facts/portfolio.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::simulation {

class dice {
public:
    explicit dice(std::uint64_t seed) : state_{seed} {}
    std::uint64_t roll() {  // splitmix64
        state_ += 0x9E3779B97F4A7C15U;
        auto mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }
    int below(int end) { return static_cast<int>(roll() % static_cast<std::uint64_t>(end)); }
    int within(int from, int to) { return from + below(to - from + 1); }
    bool in(int percent) { return below(100) < percent; }

private:
    std::uint64_t state_;
};

enum class promise_end : std::uint8_t { none, open, kept, broken };

// What is known of one loan beside what core banking has.
struct loan_notes {
    instant claim_until{};
    civil_date promised_on{};
    promise_end promise{};
    int promised_instalment{};
};

struct borrower {
    std::string id{};
    std::string group_id{};  // empty: an individual client
    std::vector<loan> loans{};
    std::vector<loan_notes> notes{};  // by loan
    std::vector<int> phones{};
    std::optional<int> prefers{};  // minute of the day
    bool agreed{true};
    bool opted_out{};
    bool wants_none{};
    civil_date paused_until{std::chrono::year{1970} / 1 / 1};  // the day her pause is over
    bool disputes{};
    bool has_template{true};
    int broken_promises{};
    instant hardship_until{};
    instant person_until{};
    instant talking_until{};
    instant window_until{};
};

struct handset {
    std::vector<int> owners{};
    bool in_doubt{};  // somebody said that it is not hers
};

enum class happens : std::uint8_t {
    new_day,
    pays,
    disburses,
    claims,
    promises,
    promise_ends,
    hardship,
    complains,
    complaint_ends,
    opts_out,
    opts_in,
    wants_none,
    wants_some,
    pauses,  // for so many days
    prefers,
    writes,
    person_talks,
    phone_doubted,
    phone_confirmed,
    template_lost,
    template_back,
    day_moves,
    core_stops,
    core_returns,
    gateway_stops,
    gateway_returns,
    policy_changes,
    zone_changes,
    holiday_declared,
};

struct happening {
    happens what{};
    int minute{};  // of its day, local
    int client{};
    int loan{};
    std::int64_t value{};  // an amount, a number of minutes or of days
    int days_back{};       // of a payment: how much earlier it was made than it is known
};

struct institution {
    std::uint64_t seed{};
    std::string country{};
    std::string zones[2]{};  // it moves from the first to the second
    bool own_hours{};        // 8:30 to 17:30, Saturday 9:00 to 11:30; else those of the law
    std::vector<civil_date> holidays{};
    civil_date first{};
    int days{};
    std::vector<borrower> clients{};
    std::vector<handset> phones{};
    std::vector<std::vector<happening>> calendar{};  // by day, each in order of time
};
inline constexpr std::string_view our_hours = "Mo-Fr 08:30-17:30; Sa 09:00-11:30";

[[nodiscard]] institution institution_of(std::uint64_t seed, int clients, int days);

}  // namespace tertulia::simulation
