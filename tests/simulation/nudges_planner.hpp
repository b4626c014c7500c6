// A small planner of nudges in memory, as honest as it can be: standings and landings of each day
// become planned rows, each once; a row that is due is judged then, asked again when it is told so,
// and ends sent or with a reason. It can be told to do one thing wrong.

#pragma once

#include "dialogs/nudges/gates.hpp"
#include "dialogs/nudges/standing.hpp"
#include "tests/simulation/nudges_life.hpp"
#include "tests/unit/dialogs/nudges/default_policy.hpp"

#include <array>
#include <functional>
#include <memory>
#include <queue>

namespace tertulia::simulation {

// What is so for everybody at a moment.
struct house {
    std::unique_ptr<dialogs::contact_place> place{};
    std::vector<civil_date> holidays{};
    std::size_t zone{};
    std::size_t version{};  // of the policies
    bool core_is_down{};
    instant core_down_since{};
};

// Of policies in force: [version][0 the ladders, 1 promises]. Version 2 is a blast to everybody
// three days before, on the day and three days after.
inline constexpr std::size_t versions = 3;
inline constexpr std::size_t blast = 2;
[[nodiscard]] const dialogs::nudge_policy& policy_in_force(std::size_t version, std::size_t which);

enum class fault : std::uint8_t {
    none,
    forgets_planned,   // a restart loses what was planned
    sends_again,       // what a provider refused once is sent twice
    tells_neighbours,  // says an amount on a phone that several share
    writes_in_group,
    slow_to_send,         // ten minutes between judging and sending
    keeps_old_standings,  // until something happens to the loan
    opens_no_task,
};

struct sent_nudge {
    int client{};
    int loan{};
    dialogs::planned_nudge what{};
    std::string dialog{};
    int phone{-1};
    std::string_view channel{};
    bool neutral{};  // names no amount, loan or day
    bool in_group{};
    instant judged_at{};
    instant delivered_at{};
};

// Whom the planner tells what it did.
struct planner_tells {
    std::function<void(const sent_nudge&)> sent{};
    // How a planned row ended, once. A row that is asked again has not.
    std::function<void(
        int client, int loan, const dialogs::planned_nudge&, const dialogs::nudge_verdict&, instant
    )>
        ended{};
    std::function<void(const std::string&)> stuck{};
};

class nudges_planner {
public:
    nudges_planner(
        institution& of,
        const house& at,
        planner_tells tells,
        std::span<const dialogs::gate_rule> gates,
        fault wrong
    );
    // Plans every day up to that of `now`; nothing the second time.
    void plan_until(instant now);
    // Something became known of her: her loans, a promise.
    void changed(int client, instant now);
    // The policies or the holidays are others now.
    void rules_changed(instant now);
    void restarted();
    [[nodiscard]] std::optional<instant> next_due() const;
    void judge_due(instant now);
    [[nodiscard]] std::size_t waiting() const { return due_.size(); }

    // Rows that have not ended, for the end of a life.
    void each_waiting(const std::function<void(int, int, const dialogs::planned_nudge&)>& tell
    ) const;

private:
    struct row {
        dialogs::planned_nudge what{};
        int client{};
        int loan{};
        std::size_t policy{};
        int tries{};
    };
    struct cached {
        std::optional<dialogs::loan_standing> standing{};
        int segment{-1};
        std::vector<std::uint32_t>
            planned{};  // keys of the rows that were ever made, the last ones
    };
    struct loan_at {
        int client{};
        int loan{};
    };

    [[nodiscard]] int day_of(civil_date day) const;
    [[nodiscard]] civil_date today(instant now) const;
    void refresh(int client, instant now);
    void refresh_expired(instant now);
    void plan_day(civil_date day);
    void look_up_landings(civil_date day);
    void add(loan_at of, const dialogs::nudge_landing& landing, std::size_t policy);
    void push(row what);
    void judge(row what, instant now);
    [[nodiscard]] std::string_view channel_of(const row& what, instant now) const;
    [[nodiscard]] dialogs::nudge_situation about(const row& what, instant now) const;
    [[nodiscard]] int phone_of(const borrower& who) const;
    [[nodiscard]] std::vector<loan_at>& bucket(std::size_t segment, civil_date anchor);

    institution& of_;
    const house& at_;
    planner_tells tells_;
    std::span<const dialogs::gate_rule> gates_;
    fault wrong_;
    dice chance_;
    dialogs::nudge_limits limits_{.one_channel_a_week = true};
    std::vector<std::vector<cached>> known_{};                      // by client and loan
    std::vector<std::vector<dialogs::touch>> touches_{};            // by client
    std::array<std::vector<std::vector<loan_at>>, 6> by_anchor_{};  // segments, and promises
    std::vector<std::vector<loan_at>> expires_{};                   // by day
    int expired_until_{};
    std::optional<civil_date> planned_until_{};
    civil_date landing_day_{};
    std::array<std::vector<dialogs::nudge_landing>, 2> landings_{};  // of that day
    std::vector<row> rows_{};
    std::vector<std::size_t> free_{};
    using waiting_row = std::tuple<instant, std::int64_t, std::size_t>;
    std::priority_queue<waiting_row, std::vector<waiting_row>, std::greater<>> due_{};
    std::int64_t next_id_{1};
};

}  // namespace tertulia::simulation
