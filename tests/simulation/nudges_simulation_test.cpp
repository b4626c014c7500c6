// Two years of an institution for each seed. Whatever happens, nobody is written to against a rule,
// and nothing that should have been said is lost without a reason. Then each rule is taken away, or
// got wrong, to see that it is noticed.
//   TERTULIA_SEEDS=5 TERTULIA_CLIENTS=50000 test_simulation_nudges
// Without a word it is 3 seeds of 1,000 clients; the long form is 200 seeds of 50,000.

#include "tests/simulation/nudges_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <thread>

namespace tertulia::simulation {
namespace {

using namespace dialogs;
using testing::IsEmpty;

bool is_long() {
    const char* asked = std::getenv("TERTULIA_LONG");
    return asked != nullptr && std::string_view{asked} == "1";
}

int wanted(const char* name, int usual) {
    const char* asked = std::getenv(name);
    return asked == nullptr ? usual : std::atoi(asked);
}

std::string listed(const std::map<std::string, int>& all) {
    std::string made;
    for (const auto& [rule, count] : all) made += rule + " " + std::to_string(count) + ", ";
    return made;
}

TEST(nudges_simulation, no_rule_is_ever_broken_and_no_nudge_is_lost) {
    const int clients = wanted("TERTULIA_CLIENTS", is_long() ? 50'000 : 1'000);
    // A seed is a whole institution: a few hundred say what thousands of a small thing would.
    const int seeds = std::min(wanted("TERTULIA_SEEDS", is_long() ? 200 : 3), 200);
    std::vector<life> lives;
    for (int seed = 1; seed <= seeds; ++seed) {
        lives.push_back({.seed = static_cast<std::uint64_t>(seed), .clients = clients});
    }
    std::atomic<std::size_t> next{};
    std::mutex one_at_a_time;
    std::int64_t sent = 0;
    std::int64_t followed = 0;
    const auto work = [&] {
        for (auto at = next++; at < lives.size(); at = next++) {
            auto& how = lives[at];
            how.watch_every = 1 + how.clients / 1'000;
            const auto told = live(how);
            const std::lock_guard guard{one_at_a_time};
            EXPECT_THAT(told.broken, IsEmpty()) << "seed " << how.seed << ": " << told.first;
            EXPECT_GT(told.sent, how.clients);
            // A run of hours says how far it is.
            if (how.clients >= 10'000) {
                std::cout << "seed " << how.seed << ": " << told.sent << " nudges" << std::endl;
            }
            sent += told.sent;
            followed += told.followed;
        }
    };
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
        workers.emplace_back(work);
    }
    for (auto& one : workers) one.join();
    std::cout << lives.size() << " institutions of " << lives.back().clients << " clients: " << sent
              << " nudges, " << followed << " landings followed to their end\n";
}

TEST(nudges_simulation, one_seed_is_one_life) {
    const life how{.seed = 11, .clients = 150};
    const auto one = live(how);
    const auto other = live(how);
    EXPECT_EQ(one.sent, other.sent);
    EXPECT_EQ(one.unsent, other.unsent);
    EXPECT_EQ(one.tasks, other.tasks);
}

TEST(nudges_simulation, every_reason_comes_up) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const auto told = live({.seed = seed, .clients = 300, .watch_every = 10});
        for (const auto& [reason, count] : told.unsent) seen.insert(reason);
    }
    for (const char* reason :
         {"not_hers",
          "never_wrote",
          "opted_out",
          "paused",
          "wants_no_reminder",
          "dispute",
          "old_balance",
          "paid",
          "day_moved",
          "says_she_paid",
          "hardship",
          "promised",
          "too_late",
          "cap_of_day",
          "cap_of_week",
          "cap_of_instalment",
          "second_channel",
          "no_template",
          "no_such_step",
          "held_out"}) {
        EXPECT_EQ(seen.count(reason), 1U) << reason;
    }
}

// ---- what it spares her

TEST(nudges_simulation, twenty_clients_hear_less_than_from_a_blast_and_nothing_they_should_not) {
    constexpr int clients = 20;
    constexpr double months = 24;
    const auto ours = live({.seed = 7, .clients = clients});
    const auto theirs = live({.seed = 7, .clients = clients, .version = blast, .gates = {}});
    const auto per_month = [](std::int64_t count) {
        return static_cast<double>(count) / (clients * months);
    };
    EXPECT_LT(ours.sent * 2, theirs.sent);
    EXPECT_THAT(ours.broken, IsEmpty());
    const auto say = [&](const char* what, const life_told& one) {
        std::cout << what << ": " << one.sent << " messages, " << per_month(one.sent)
                  << " a client and month, " << one.tasks << " tasks for people\n";
    };
    std::cout << clients << " clients, " << months << " months\n";
    say("3 days before, on the day, 3 days after, to everybody", theirs);
    for (const auto& [rule, count] : theirs.broken) {
        if (rule == "row" || rule == "unasked") continue;  // it has no ladder
        std::cout << "    against " << rule << ": " << count << "\n";
    }
    say("by history, caps and silence", ours);
    for (const auto& [reason, count] : ours.unsent) {
        std::cout << "    not said, " << reason << ": " << count << "\n";
    }
}

// ---- a rule that is taken away is missed

struct without {
    gate which{};
    std::set<std::string> rules{};  // at least the first kind is broken, and none beside these
};
struct each_gate : testing::TestWithParam<without> {};

TEST_P(each_gate, is_missed_when_it_is_taken_away) {
    std::vector<gate_rule> gates;
    for (const auto& one : gate_order()) {
        if (one.which != GetParam().which) gates.push_back(one);
    }
    const auto told = live({.seed = 3, .clients = 500, .watch_every = 10, .gates = gates});
    EXPECT_EQ(told.broken_rules, GetParam().rules) << listed(told.broken);
}

INSTANTIATE_TEST_SUITE_P(
    nudges_simulation,
    each_gate,
    testing::Values(
        without{gate::consent, {"consent"}},
        without{gate::opt_out, {"opt_out", "paused"}},
        without{gate::blocked, {"blocked"}},
        without{gate::balance, {"paid", "stale", "moved"}},
        without{gate::claim, {"claim"}},
        without{gate::hardship, {"hardship"}},
        without{gate::promise, {"promise"}},
        without{gate::hours, {"hours", "holiday", "interrupts", "too_late"}},
        without{gate::caps, {"cap_of_day", "cap_of_week", "cap_of_instalment", "second_channel"}},
        without{gate::window, {"window"}},
        without{gate::row, {"row"}},
        without{gate::experiment, {"held_out"}}
    ),
    [](const auto& one) { return std::string{name_of(one.param.which)}; }
);

// ---- a rule that is got wrong is noticed

using asked = std::optional<nudge_verdict>;

// What the true gate says of a situation that was changed.
asked truly(
    gate which, const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at
) {
    for (const auto& one : gate_order()) {
        if (one.which == which) return one.asks(what, policy, at);
    }
    return std::nullopt;
}

struct mistake {
    const char* name{};
    gate_rule instead{};
    std::set<std::string> rules{};
};
struct each_mistake : testing::TestWithParam<mistake> {};

TEST_P(each_mistake, in_a_rule_is_noticed) {
    std::vector<gate_rule> gates{gate_order().begin(), gate_order().end()};
    for (auto& one : gates) {
        if (one.which == GetParam().instead.which) one = GetParam().instead;
    }
    const auto told = live({.seed = 4, .clients = 500, .watch_every = 10, .gates = gates});
    EXPECT_EQ(told.broken_rules, GetParam().rules) << listed(told.broken);
}

asked without_touches(
    const planned_nudge& what,
    const nudge_policy& policy,
    nudge_situation at,
    bool (*drop)(const touch&, const planned_nudge&, instant)
) {
    std::vector<touch> kept;
    for (const auto& one : at.touches) {
        if (!drop(one, what, at.now)) kept.push_back(one);
    }
    at.touches = kept;
    return truly(gate::caps, what, policy, at);
}

const std::vector<mistake> mistakes{
    {"caps_of_one_loan_only",
     {gate::caps,
      [](const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at) {
          return without_touches(what, policy, at, [](const auto& one, const auto& it, instant) {
              return one.loan_id != it.loan_id;
          });
      }},
     {"cap_of_day", "cap_of_week", "second_channel"}},
    {"caps_of_a_day_only",
     {gate::caps,
      [](const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at) {
          return without_touches(what, policy, at, [](const auto& one, const auto&, instant now) {
              return now - one.at > std::chrono::hours{24};
          });
      }},
     {"cap_of_instalment", "cap_of_week", "second_channel"}},
    {"caps_whatever_the_channel",
     {gate::caps,
      [](const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at) {
          auto other = at;
          other.channel = {};
          return truly(gate::caps, what, policy, other);
      }},
     {"second_channel"}},
    {"caps_that_forget_the_instalment",
     {gate::caps,
      [](const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at) {
          auto other = what;
          other.instalment = 0;
          return truly(gate::caps, other, policy, at);
      }},
     {"cap_of_instalment"}},
    {"hours_without_holidays",
     {gate::hours,
      [](const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at) {
          auto said = truly(gate::hours, what, policy, at);
          if (!said || said->reason != "quiet_hours") return said;
          // As on the same weekday of a week without one.
          auto other = at;
          for (int weeks = 0; weeks < 4 && !other.when->open_at(other.now); ++weeks) {
              other.now -= std::chrono::days{7};
          }
          return other.when->open_at(other.now) ? asked{} : said;
      }},
     {"holiday"}},
    {"hours_that_talk_into_a_conversation",
     {gate::hours,
      [](const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at) {
          auto alone = at;
          alone.talking = alone.with_person = false;
          return truly(gate::hours, what, policy, alone);
      }},
     {"interrupts"}},
    {"a_balance_of_any_age",
     {gate::balance,
      [](const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at) {
          auto up = at;
          up.core_is_down = false;
          up.age = {};
          return truly(gate::balance, what, policy, up);
      }},
     {"stale"}},
    {"a_balance_that_looks_at_any_instalment",
     {gate::balance,
      [](const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at) {
          auto other = at;
          if (other.anchor) other.anchor = what.anchor;
          other.instalment = what.instalment;
          return truly(gate::balance, what, policy, other);
      }},
     {"moved", "paid"}},
    {"opt_out_that_forgets_who_wants_no_reminder",
     {gate::opt_out,
      [](const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at) {
          auto other = at;
          other.wants_none = false;
          return truly(gate::opt_out, what, policy, other);
      }},
     {"opt_out"}},
    {"opt_out_that_forgets_her_pause",
     {gate::opt_out,
      [](const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at) {
          auto other = at;
          other.paused_until.reset();
          return truly(gate::opt_out, what, policy, other);
      }},
     {"paused"}},
    {"an_experiment_by_person_in_a_group",
     {gate::experiment,
      [](const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at) {
          auto other = at;
          other.unit = what.client_id;
          return truly(gate::experiment, what, policy, other);
      }},
     {"held_out"}}};

INSTANTIATE_TEST_SUITE_P(
    nudges_simulation,
    each_mistake,
    testing::ValuesIn(mistakes),
    [](const auto& one) { return std::string{one.param.name}; }
);

// ---- so are mistakes of who plans and sends

struct planning_mistake {
    const char* name{};
    fault wrong{};
    std::set<std::string> rules{};
};
struct each_planning_mistake : testing::TestWithParam<planning_mistake> {};

TEST_P(each_planning_mistake, is_noticed) {
    const auto told =
        live({.seed = 5, .clients = 500, .watch_every = 4, .wrong = GetParam().wrong});
    EXPECT_EQ(told.broken_rules, GetParam().rules) << listed(told.broken);
}

INSTANTIATE_TEST_SUITE_P(
    nudges_simulation,
    each_planning_mistake,
    testing::Values(
        planning_mistake{"a_restart_that_forgets_the_plan", fault::forgets_planned, {"lost"}},
        planning_mistake{
            "a_retry_that_is_a_second_message",
            fault::sends_again,
            {"cap_of_day", "cap_of_instalment", "cap_of_week", "second_channel", "twice"}},
        planning_mistake{"amounts_on_a_shared_phone", fault::tells_neighbours, {"privacy"}},
        planning_mistake{"words_in_the_group", fault::writes_in_group, {"privacy"}},
        planning_mistake{"a_message_on_its_way_for_ten_minutes", fault::slow_to_send, {"paid"}},
        planning_mistake{
            "a_standing_kept_too_long",
            fault::keeps_old_standings,
            {"lost", "task_missing", "unasked"}},
        planning_mistake{
            "a_task_that_is_dropped_with_its_words", fault::opens_no_task, {"task_missing"}}
    ),
    [](const auto& one) { return std::string{one.param.name}; }
);

}  // namespace
}  // namespace tertulia::simulation
