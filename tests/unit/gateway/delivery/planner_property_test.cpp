// The planner beside a naive twin that keeps every list whole and checks every promise by looking
// at all of history: order, limits, one call per lane, once each, nothing lost, and no wake missed.

#include "gateway/delivery/planner.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using adapters::reaction;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;

using lane_key = std::tuple<std::int64_t, priority>;

struct twin {
    struct message {
        outbox_entry entry{};
        int left{};          // times it was released
        bool may_leave{true};
        bool in_flight{};
        bool unknown{};
        bool final{};
        int outcomes{};
    };
    std::map<std::int64_t, message> messages{};
    std::vector<instant> leaving{};
    std::map<std::int64_t, std::vector<instant>> leaving_to{};

    static lane_key lane(const outbox_entry& of) { return {of.party.value, of.urgency}; }

    void released(const outbox_entry& entry, instant now) {
        auto& one = messages.at(entry.id);
        RC_ASSERT(one.may_leave);
        RC_ASSERT(!one.final);
        RC_ASSERT(now < entry.expires_at);
        for (const auto& [id, other] : messages) {
            if (id == entry.id || lane(other.entry) != lane(entry)) continue;
            RC_ASSERT(!other.in_flight);
            RC_ASSERT(!other.unknown);
            // First come, first served: nothing older of the lane is still waiting to leave.
            if (id < entry.id) RC_ASSERT(!other.may_leave || other.final);
        }
        one.may_leave = false;
        one.in_flight = true;
        ++one.left;
        leaving.push_back(now);
        leaving_to[entry.party.value].push_back(now);
    }

    void seen(const settled& out) {
        for (const auto& mark : out.marks) {
            auto& one = messages.at(mark.outbox_id);
            one.unknown = mark.state == outbox_state::unknown;
            if (mark.state == outbox_state::queued) one.may_leave = true;
            if (mark.state == outbox_state::failed || mark.state == outbox_state::expired) {
                one.final = true;
            }
        }
        for (const auto& outcome : out.outcomes) told(outcome);
    }
    void told(const final_outcome& outcome) {
        RC_ASSERT(++messages.at(outcome.event.outbox_id).outcomes == 1);
    }

    // Every window between two departures, by counting.
    static void check_rate(const std::vector<instant>& times, const rate_limit& limit) {
        for (std::size_t first = 0; first < times.size(); ++first) {
            for (std::size_t last = first; last < times.size(); ++last) {
                const auto span = (times[last] - times[first]).count();
                const auto allowed = limit.burst + span * limit.count / limit.period.count();
                RC_ASSERT(static_cast<std::int64_t>(last - first + 1) <= allowed);
            }
        }
    }
};

struct run {
    channel_limits limits;
    planner plan;
    twin naive{};
    std::set<std::int64_t> in_flight{};
    instant now{noon};
    std::int64_t next_id{1};

    run(channel_limits from, std::uint64_t seed) : limits{from}, plan{{from}, seed} {}

    void add(std::int64_t party, priority urgency, int shape, milliseconds keep) {
        outbox_entry entry{
            .id = next_id++,
            .party = {party},
            .queued_at = now,
            .expires_at = now + keep,
            .urgency = urgency,
            .in_order = shape == 1,
            .purpose = "p",
            .message = {.to = {.channel = "c"}, .content = say_text{.text = "t"}}};
        if (shape == 2) entry.message.content = say_media{.media_id = "1"};
        if (shape == 3) entry.message.content = say_template{.name = "t"};
        naive.messages[entry.id].entry = entry;
        plan.add(std::move(entry), now);
    }

    std::size_t release() {
        settled out;
        const auto before = plan.next_wake(now);
        const auto leaving = plan.release(now, out);
        if (!before || *before > now) {
            RC_ASSERT(leaving.empty());
            RC_ASSERT(out.outcomes.empty());
        }
        // Marks of departures stand among the others in order; the twin sees waits end first.
        settled ends = out;
        std::erase_if(ends.marks, [](const send_mark& each) {
            return each.state == outbox_state::released;
        });
        naive.seen(ends);
        for (const auto& each : leaving) {
            naive.released(*each, now);
            in_flight.insert(each->id);
        }
        const auto marked = std::count_if(out.marks.begin(), out.marks.end(), [](const auto& each) {
            return each.state == outbox_state::released;
        });
        RC_ASSERT(static_cast<std::size_t>(marked) == leaving.size());
        RC_ASSERT(in_flight.size() <= limits.in_flight_max);
        return leaving.size();
    }

    void settle(std::int64_t id, const call_outcome& how) {
        settled out;
        plan.settle(id, how, now, out);
        in_flight.erase(id);
        naive.messages.at(id).in_flight = false;
        naive.seen(out);
    }

    void status(std::int64_t id, delivery_status what) {
        settled out;
        const auto answer = plan.on_status(
            {.channel = "c", .status = what, .at = now, .callback_data = std::to_string(id)}, now, out
        );
        naive.seen(out);
        RC_ASSERT((answer.meaning == status_meaning::outcome) == answer.outcome.has_value());
        if (answer.outcome) naive.told(*answer.outcome);
        if (what != delivery_status::failed) naive.messages.at(id).may_leave = false;
    }

    // With a provider that takes everything, everything must come to an end.
    void drain() {
        plan.resume("c", now);
        for (int i = 0; i < 20'000; ++i) {
            for (const auto id : std::set{in_flight}) {
                settle(id, {.ended = call_outcome::how::answered,
                            .http_status = 200,
                            .verdict = {.reaction = reaction::accepted}});
            }
            (void)release();
            if (!in_flight.empty()) continue;
            const auto wake = plan.next_wake(now);
            if (!wake) break;
            RC_ASSERT(*wake > now);
            now = *wake;
        }
        RC_ASSERT(plan.queued() == 0U);
        for (const auto& [id, one] : naive.messages) RC_ASSERT(one.left > 0 || one.final);
    }
};

call_outcome random_answer() {
    const auto kind = *rc::gen::inRange(0, 17);
    if (kind == 0) return {.ended = call_outcome::how::unknown};
    if (kind == 1) return {.ended = call_outcome::how::not_sent};
    if (kind < 7) {
        return {.ended = call_outcome::how::answered,
                .http_status = 200,
                .verdict = {.reaction = reaction::accepted, .provider_id = "w"}};
    }
    static constexpr std::array others{
        reaction::retry,       reaction::slow_channel, reaction::slow_recipient, reaction::refuse,
        reaction::stop_channel, reaction::stop_bulk,    reaction::stop_template,
        reaction::stop_marketing, reaction::other_language, reaction::spare_recipient};
    const auto what = others[static_cast<std::size_t>(kind - 7)];
    return {.ended = call_outcome::how::answered,
            .http_status = kind == 7 ? 503U : 400U,
            .verdict = {
                .reaction = what,
                .code = 1,
                .after = what == reaction::spare_recipient ? 1h : 0h,
                .tries_max = *rc::gen::inRange(0, 3)}};
}

TEST(planner_property, every_promise_holds_beside_the_naive_twin) {
    EXPECT_TRUE(rc::check([] {
        channel_limits limits{.channel = "c"};
        limits.rate = {
            .count = *rc::gen::inRange(1, 30),
            .period = milliseconds{*rc::gen::inRange(1, 3'000)},
            .burst = *rc::gen::inRange(1, 6)};
        limits.pair = {
            .count = *rc::gen::inRange(0, 3),
            .period = milliseconds{*rc::gen::inRange(1, 9'000)},
            .burst = *rc::gen::inRange(1, 4)};
        limits.in_flight_max = static_cast<std::size_t>(*rc::gen::inRange(1, 6));
        limits.breaker_failures = *rc::gen::inRange(1, 4);
        run one{limits, *rc::gen::arbitrary<std::uint64_t>()};

        const auto steps = *rc::gen::inRange(1, 120);
        for (int step = 0; step < steps; ++step) {
            switch (*rc::gen::inRange(0, 6)) {
                case 0:
                case 1:
                    one.add(
                        *rc::gen::inRange(1, 4), static_cast<priority>(*rc::gen::inRange(0, 5)),
                        *rc::gen::inRange(0, 5), milliseconds{*rc::gen::inRange(1'000, 900'000)}
                    );
                    break;
                case 2: one.now += milliseconds{*rc::gen::inRange(0, 20'000)}; break;
                case 3: (void)one.release(); break;
                case 4:
                    if (!one.in_flight.empty()) {
                        const auto place = *rc::gen::inRange<std::size_t>(0, one.in_flight.size());
                        auto each = one.in_flight.begin();
                        std::advance(each, static_cast<std::ptrdiff_t>(place));
                        one.settle(*each, random_answer());
                    }
                    break;
                default: {
                    const auto id = *rc::gen::inRange<std::int64_t>(1, one.next_id + 1);
                    const auto found = one.naive.messages.find(id);
                    if (found == one.naive.messages.end() || found->second.left == 0) break;
                    one.status(id, static_cast<delivery_status>(*rc::gen::inRange(0, 6)));
                }
            }
        }
        one.drain();
        twin::check_rate(one.naive.leaving, limits.rate);
        if (!limits.pair.unlimited()) {
            for (const auto& [party, times] : one.naive.leaving_to) {
                twin::check_rate(times, limits.pair);
            }
        }
    }));
}

TEST(planner_property, statuses_in_any_order_with_repetitions_give_one_outcome_of_the_same_kind) {
    EXPECT_TRUE(rc::check([] {
        run one{{.channel = "c"}, 1};
        one.add(1, priority::reply, 0, 24h);
        (void)one.release();
        const auto settle_at = *rc::gen::inRange(0, 12);
        const auto failed_too = *rc::gen::arbitrary<bool>();
        std::vector<status_meaning> meanings;
        bool delivered_first = false;
        bool failed_first = false;
        for (int i = 0; i < 12; ++i) {
            if (i == settle_at) {
                one.settle(1, {.ended = call_outcome::how::answered,
                               .http_status = 200,
                               .verdict = {.reaction = reaction::accepted}});
            }
            const auto what = static_cast<delivery_status>(*rc::gen::inRange(0, failed_too ? 6 : 5));
            settled out;
            const auto answer = one.plan.on_status(
                {.channel = "c", .status = what, .callback_data = "1"}, one.now, out
            );
            RC_ASSERT(answer.meaning != status_meaning::not_held);
            const auto counts = what >= delivery_status::delivered;
            const auto fails = what == delivery_status::failed;
            if (!counts) {
                RC_ASSERT(answer.meaning != status_meaning::outcome);
            } else if (!delivered_first && !failed_first) {
                RC_ASSERT(answer.meaning == status_meaning::outcome);
                (fails ? failed_first : delivered_first) = true;
            } else if (fails == failed_first) {
                RC_ASSERT(answer.meaning == status_meaning::record);
            } else {
                RC_ASSERT(answer.meaning == status_meaning::contradiction);
            }
        }
        RC_ASSERT(one.plan.queued() == 0U);
    }));
}

}  // namespace
}  // namespace tertulia::gateway
