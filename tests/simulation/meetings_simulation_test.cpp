// Thousands of meetings, each crashed at every line of its log, and the ten promises watched. Then each
// promise is broken on purpose, to see that it is missed.
//   TERTULIA_SEEDS=20000 test_simulation_meetings      default: 1,000; the long form: 100,000

#include "tests/simulation/meetings_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <thread>

namespace tertulia::simulation {
namespace {

using namespace dialogs::meetings;
using testing::IsEmpty;

bool is_long() {
    const char* asked = std::getenv("TERTULIA_LONG");
    return asked != nullptr && std::string_view{asked} == "1";
}

// The long form is never shorter than its promise.
int wanted_seeds() {
    const char* asked = std::getenv("TERTULIA_SEEDS");
    const int seeds = asked == nullptr ? 1'000 : std::atoi(asked);
    return is_long() ? std::max(seeds, 100'000) : std::min(seeds, 2'000'000);
}

TEST(meetings_simulation, no_promise_is_ever_broken_and_every_line_rebuilds_the_meeting) {
    const int seeds = wanted_seeds();
    std::atomic<int> next{1};
    std::mutex one_at_a_time;
    meetings_told all;
    std::map<state, int> ended;
    const auto work = [&] {
        for (int seed = next++; seed <= seeds; seed = next++) {
            const auto told = run_meeting({.seed = static_cast<std::uint64_t>(seed)});
            const std::lock_guard guard{one_at_a_time};
            EXPECT_THAT(told.broken, IsEmpty()) << "seed " << seed << ": " << told.first;
            all.events += told.events;
            all.lines += told.lines;
            all.says += told.says;
            all.replays += told.replays;
            all.votes += told.votes;
            all.row_most = std::max(all.row_most, told.row_most);
            for (std::size_t i = 0; i < all.accepted.size(); ++i) {
                all.accepted[i] += told.accepted[i];
            }
            for (std::size_t i = 0; i < all.refused.size(); ++i) all.refused[i] += told.refused[i];
            ++ended[told.ended];
        }
    };
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
        workers.emplace_back(work);
    }
    for (auto& one : workers) one.join();
    std::cout << seeds << " meetings: " << all.events << " events, " << all.lines << " lines, "
              << all.says << " messages, " << all.votes << " votes counted, " << all.replays
              << " crashes rebuilt; the largest row " << all.row_most << " bytes\n  ended:";
    for (const auto& [how, count] : ended) std::cout << ' ' << name_of(how) << ' ' << count;
    std::cout << "\n  refused:";
    for (std::size_t i = 1; i < all.refused.size(); ++i) {
        std::cout << ' ' << name_of(static_cast<refusal>(i)) << ' ' << all.refused[i];
    }
    std::cout << '\n';
    if (seeds < 500) return;
    // Nothing of it is idle: everything is done, everything is refused for every reason.
    for (std::size_t i = 1; i < all.accepted.size(); ++i) {
        EXPECT_GT(all.accepted[i], 0) << name_of(static_cast<verb>(i));
    }
    for (std::size_t i = 1; i < all.refused.size(); ++i) {
        const auto which = static_cast<refusal>(i);
        // No list fills up so fast, nobody asks for that much, and few forgive so late: unit tests.
        if (which == refusal::full || which == refusal::too_much) continue;
        if (which == refusal::being_signed) continue;
        EXPECT_GT(all.refused[i], 0) << name_of(which);
    }
    EXPECT_GT(ended[state::closed], seeds / 20);
    EXPECT_GT(ended[state::adjourned], 0);
    EXPECT_GT(ended[state::cancelled], 0);
}

TEST(meetings_simulation, one_seed_is_one_meeting) {
    const auto one = run_meeting({.seed = 11});
    const auto other = run_meeting({.seed = 11});
    EXPECT_EQ(one.lines, other.lines);
    EXPECT_EQ(one.says, other.says);
    EXPECT_EQ(one.refused, other.refused);
}

// ---- a mistake is noticed, as what it is

struct planted {
    const char* name{};
    meetings_fault wrong{};
    std::set<std::string> rules{};  // exactly these are broken
};
struct each_planted : testing::TestWithParam<planted> {};

TEST_P(each_planted, mistake_is_noticed) {
    std::map<std::string, int> broken;
    int caught_by = 0;
    for (int seed = 1; seed <= 300; ++seed) {
        const auto told = run_meeting(
            {.seed = static_cast<std::uint64_t>(seed), .wrong = GetParam().wrong}
        );
        for (const auto& [rule, count] : told.broken) broken[rule] += count;
        if (caught_by == 0 && !told.broken.empty()) caught_by = seed;
    }
    std::set<std::string> rules;
    for (const auto& [rule, count] : broken) {
        rules.insert(rule);
        std::cout << GetParam().name << ": " << rule << ' ' << count << '\n';
    }
    std::cout << GetParam().name << " first noticed in meeting " << caught_by << '\n';
    EXPECT_EQ(rules, GetParam().rules);
}

INSTANTIATE_TEST_SUITE_P(
    meetings_simulation,
    each_planted,
    testing::Values(
        planted{"dues_told_to_all", meetings_fault::tells_dues_to_all, {"privacy"}},
        planted{"held_words_relayed", meetings_fault::relays_what_is_held, {"privacy"}},
        planted{"her_reason_told", meetings_fault::shows_reasons, {"privacy"}},
        planted{"late_comers_vote", meetings_fault::late_comers_vote, {"ballots"}},
        planted{"every_choice_counts", meetings_fault::counts_every_choice, {"ballots"}},
        planted{"votes_below_quorum", meetings_fault::votes_below_quorum, {"quorum"}},
        planted{"claims_are_payments", meetings_fault::claims_are_payments, {"claims"}},
        planted{"one_counts_cash", meetings_fault::one_counts_cash, {"cash", "claims"}},
        planted{"opened_again", meetings_fault::opens_again, {"over"}},
        planted{"nobody_is_late", meetings_fault::nobody_is_late, {"late"}},
        planted{"duplicates_forgotten", meetings_fault::forgets_duplicates, {"twice"}},
        planted{"lines_told_again", meetings_fault::tells_lines_again, {"twice"}},
        planted{"unlogged_state", meetings_fault::forgets_unlogged, {"replay"}},
        planted{"guests_stay", meetings_fault::guests_stay, {"guests"}},
        planted{"timers_fire_again", meetings_fault::timers_fire_again, {"timers"}},
        planted{"timers_fire_early", meetings_fault::timers_fire_early, {"timers"}},
        planted{"steps_never_end", meetings_fault::steps_never_end, {"timers"}}
    ),
    [](const auto& one) { return std::string{one.param.name}; }
);

}  // namespace
}  // namespace tertulia::simulation
