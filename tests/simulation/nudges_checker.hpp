// What may never happen to anybody, checked beside the planner by code of its own: tables written
// out by hand, schedules counted one by one. It uses no gate, no ladder and no hours of what it
// checks.

#pragma once

#include "tests/simulation/nudges_planner.hpp"

#include <map>
#include <set>
#include <unordered_map>

namespace tertulia::simulation {

class nudges_checker {
public:
    // Of every so many loans it is followed what should have come of each landing.
    nudges_checker(const institution& of, const house& at, int watch_every);

    // The planner has planned that day by now, or something of hers has changed since.
    void look_at_all(civil_date day, civil_date today);
    void look_at(int client, civil_date day, civil_date today);
    void paid(int client, int loan, int instalment, instant known);
    void sent(const sent_nudge& one);
    void ended(
        int client,
        int loan,
        const dialogs::planned_nudge& what,
        const dialogs::nudge_verdict& verdict,
        instant now
    );
    void stuck(const std::string& what) { note("stuck", what); }
    void still_waiting(int client, int loan, const dialogs::planned_nudge& what);
    void life_is_over();

    // How often each rule was broken; nothing: never.
    [[nodiscard]] const std::map<std::string, int>& broken() const { return broken_; }
    [[nodiscard]] std::set<std::string> broken_rules() const;
    [[nodiscard]] const std::string& first() const { return first_; }
    [[nodiscard]] std::int64_t followed() const { return followed_; }

private:
    struct expected {
        int promise{};
        int instalment{};
        civil_date anchor{};
        int day{};
        int outcomes{};
    };
    struct said {
        instant at{};
        instant delivered_at{};
        int loan{};
        int instalment{};
        civil_date anchor{};
        int day{};
        bool of_promise{};
        std::string_view channel{};
    };

    void note(const std::string& rule, const std::string& what);
    void must(bool holds, const char* rule, const dialogs::planned_nudge& what, instant now);
    void days_that_fall_on(civil_date day);
    [[nodiscard]] bool contact_day(civil_date day) const;
    [[nodiscard]] civil_date falls_on(civil_date nominal, bool ahead) const;
    [[nodiscard]] std::string segment_of(
        const borrower& who, const loan& of, const instalment& next, civil_date today
    ) const;
    void look(int client, int loan, civil_date today);
    void expect(int client, int loan, const expected& what);
    [[nodiscard]] expected* find(int client, int loan, const dialogs::planned_nudge& what);
    [[nodiscard]] bool watched(int client) const { return client % watch_every_ == 0; }
    [[nodiscard]] std::string why_not(
        int client, int loan, const dialogs::planned_nudge& what, instant now
    ) const;
    void check_hours(const sent_nudge& one);
    void check_caps(const sent_nudge& one);
    void check_words(const sent_nudge& one);

    const institution& of_;
    const house& at_;
    int watch_every_;
    std::map<std::string, int> broken_{};
    std::string first_{};
    std::vector<std::vector<std::vector<expected>>> expected_{};  // by client and loan
    std::vector<std::vector<said>> said_{};                       // by client
    std::map<std::string, std::string> words_of_unit_{};          // of the experiment
    std::unordered_map<std::string, bool> held_out_{};
    civil_date looked_at_{};
    std::size_t holidays_then_{};
    std::vector<std::chrono::sys_days> ahead_{};  // of looked_at_
    std::vector<std::chrono::sys_days> late_{};
    // Whether anything at all may fall on that day of an instalment so many days from it: most
    // look-ups end here.
    static constexpr int days_around = 60;
    std::array<bool, 2 * days_around + 1> due_then_{};
    std::int64_t followed_{};
};

}  // namespace tertulia::simulation
