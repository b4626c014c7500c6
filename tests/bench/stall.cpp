// A provider that stops answering for ten minutes while five hundred messages a second are said on
// its channel: what the waiting ones cost in memory, and whether another channel notices. Time is
// simulated; the planner is the product's own. Without the stall, in the same run, is the baseline.
//   stall [--seconds 600] [--rate 500] [--rounds 3]

#include "gateway/delivery/planner.hpp"
#include "tests/bench/parts/measure.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <queue>
#include <unordered_map>
#include <vector>

#include <ctime>
#include <malloc.h>

namespace {

using namespace tertulia;
using namespace tertulia::bench;
using namespace tertulia::gateway;
using namespace std::chrono_literals;

constexpr auto answer_after = 80ms;    // of a provider that is well
constexpr auto call_deadline = 15s;    // of a call without an answer
constexpr auto tick = 10ms;
constexpr std::int64_t people = 20'000;

struct ending {
    instant at{};
    std::int64_t id{};
    bool answered{};
    bool operator>(const ending& other) const noexcept { return at > other.at; }
};

struct figures {
    double waiting_most{};
    double mib_most{};
    double p99_ms{};     // on the other channel, from said to leaving, in simulated time
    double us_each{};    // of the processor, for each message said
    double left_waiting{};
};

double heap_mib() {
    return static_cast<double>(mallinfo2().uordblks) / 1048576;
}

double processor_us() {
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return static_cast<double>(spent.tv_sec) * 1e6 + static_cast<double>(spent.tv_nsec) / 1e3;
}

channel_limits limits_of(const std::string& name) {
    return {
        .channel = name,
        .rate = {.count = 10'000, .period = 10s, .burst = 250},
        .pair = {.count = 1, .period = 100ms, .burst = 100}};
}

class trial {
public:
    trial(bool stalls, int seconds, int rate) : stalls_{stalls}, rate_{rate} {
        stall_ends_ = begin_ + std::chrono::seconds{seconds};
    }

    figures run() {
        const auto before = heap_mib();
        const auto begun = processor_us();
        double weighing = 0;  // the heap is walked for that: not the planner's work
        // As long again, to see it drain.
        const auto end = begin_ + 2 * (stall_ends_ - begin_);
        for (auto now = begin_; now < end; now += tick) {
            if (now < stall_ends_) say(now);
            answers(now);
            leave(now);
            out_.marks.clear();
            out_.outcomes.clear();
            out_.notices.clear();
            const bool is_fullest = now == stall_ends_ - tick;
            if (to_millis(now) % 60'000 != 0 && !is_fullest) continue;
            result_.waiting_most =
                std::max(result_.waiting_most, static_cast<double>(planner_.queued()));
            const auto stopped = processor_us();
            result_.mib_most = std::max(result_.mib_most, heap_mib() - before);
            weighing += processor_us() - stopped;
        }
        const auto worked = processor_us() - begun - weighing;
        result_.us_each = worked / static_cast<double>(next_id_ - 1);
        result_.p99_ms = delays_.percentile(99) / 1000;
        result_.left_waiting = static_cast<double>(planner_.queued());
        return result_;
    }

private:
    // `rate_` a second on each of the two.
    void say(instant now) {
        owed_ += rate_ * 10;
        for (; owed_ >= 1'000; owed_ -= 1'000) {
            add("ill", now);
            add("well", now);
        }
    }

    void add(const char* channel, instant now) {
        const auto id = next_id_++;
        const auto who = id % people + 1;
        outbox_entry entry{
            .id = id,
            .party = {who},
            .queued_at = now,
            .expires_at = now + 6h,
            .urgency = priority::reply,
            .message = {
                .to = {channel, {identity_kind::wa_id, std::to_string(50230'000'000 + who)}},
                .callback_data = std::to_string(id),
                .content = say_text{.text = "Debe en total: Q3,438.60. Le quedan 11 cuotas."}}};
        planner_.add(std::move(entry), now);
    }

    void leave(instant now) {
        for (const auto& entry : planner_.release(now, out_)) {
            const bool ill = entry->message.to.channel == "ill";
            const bool lost = ill && stalls_ && now < stall_ends_;
            endings_.push({now + (lost ? call_deadline : answer_after), entry->id, !lost});
            if (!ill) delays_.add((to_millis(now) - to_millis(entry->queued_at)) * 1000);
        }
    }

    void answers(instant now) {
        for (; !endings_.empty() && endings_.top().at <= now; endings_.pop()) {
            const auto& one = endings_.top();
            call_outcome how{.ended = call_outcome::how::unknown};
            if (one.answered) {
                how = {
                    .ended = call_outcome::how::answered,
                    .http_status = 200,
                    .verdict = {
                        .reaction = adapters::reaction::accepted,
                        .provider_id = "wamid." + std::to_string(one.id)}};
            }
            planner_.settle(one.id, how, now, out_);
        }
    }

    const bool stalls_;
    const int rate_;
    const instant begin_{std::chrono::sys_days{std::chrono::year{2026} / 11 / 26}};
    instant stall_ends_{};
    gateway::planner planner_{{limits_of("ill"), limits_of("well")}};
    std::priority_queue<ending, std::vector<ending>, std::greater<>> endings_{};
    settled out_{};
    latencies delays_{};
    figures result_{};
    std::int64_t next_id_{1};
    int owed_{};
};

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"One channel stalled, beside none"};
    int seconds = 600;
    int rate = 500;
    int rounds = 3;
    line.add_option("--seconds", seconds);
    line.add_option("--rate", rate);
    line.add_option("--rounds", rounds);
    CLI11_PARSE(line, argc, argv);
    figures ill;
    figures well;
    for (int round = 0; round < rounds; ++round) {
        const auto keep_best = [&](figures& best, const figures& now) {
            const auto us = round == 0 ? now.us_each : std::min(best.us_each, now.us_each);
            best = now;  // all else is the same every time
            best.us_each = us;
        };
        keep_best(well, trial{false, seconds, rate}.run());
        keep_best(ill, trial{true, seconds, rate}.run());
    }
    std::cout << json_line{}
                     .add("waiting_most", ill.waiting_most)
                     .add("mib_most", ill.mib_most)
                     .add("mib_without", well.mib_most)
                     .add("bytes_each", (ill.mib_most - well.mib_most) * 1048576 / ill.waiting_most)
                     .add("left_waiting", ill.left_waiting)
                     .add("other_p99_ms", ill.p99_ms)
                     .add("other_p99_ms_without", well.p99_ms)
                     .add("us_each", ill.us_each)
                     .add("us_each_without", well.us_each)
                     .add("us_ratio", ill.us_each / well.us_each)
                     .text()
              << '\n';
    return 0;
}
