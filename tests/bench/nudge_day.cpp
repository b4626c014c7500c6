// A day on which very many nudges are due at once, beside people who write and wait for an answer: how
// long until the last nudge has left, and how long answers wait meanwhile. As many nudges lie with the
// planner as it lets callers put there; in the product the desk hands them on more slowly. Time is
// simulated; the planner is the product's own. The same answers without nudges are the baseline.
//   nudge_day [--nudges 300000] [--rate 1000] [--answers 50]

#include "gateway/delivery/planner.hpp"
#include "tests/bench/parts/measure.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <deque>
#include <iostream>

namespace {

using namespace tertulia;
using namespace tertulia::bench;
using namespace tertulia::gateway;
using namespace std::chrono_literals;

constexpr auto answer_after = 80ms;  // of the provider
constexpr auto tick = 10ms;
constexpr auto hours_of_day = 8h;    // longer than any rate here needs
constexpr std::int64_t writers = 100'000;

struct sizes {
    int nudges{300'000};
    int rate{1'000};   // messages a second that the channel takes
    int answers{50};   // a second, to people who have just written
};
struct figures {
    double seconds{};     // until the last nudge has left
    double p99_ms{};      // from said to leaving, of answers
    double most_ms{};
    double fullest{};     // messages that left in one second, at most
};

class day {
public:
    explicit day(const sizes& of) : of_{of}, planner_{{limits(of.rate)}} {}

    figures run() {
        figures seen;
        std::deque<std::pair<instant, std::int64_t>> under_way;
        latencies waited;
        double most = 0;
        auto last = begin_;
        int left_in_second = 0;
        // With nothing to say the answers of one minute are the baseline.
        const auto least = begin_ + 60s;
        for (auto now = begin_; now < begin_ + hours_of_day; now += tick) {
            while (said_ < of_.nudges && !planner_.crowded()) {
                add(said_, priority::nudge, now);
                ++said_;
            }
            answer_who_wrote(now);
            for (; !under_way.empty() && under_way.front().first <= now; under_way.pop_front()) {
                settle(under_way.front().second, now);
            }
            for (const auto& entry : planner_.release(now, out_)) {
                under_way.emplace_back(now + answer_after, entry->id);
                ++left_in_second;
                if (entry->urgency == priority::nudge) {
                    last = now;
                    ++left_;
                } else {
                    const auto ms = static_cast<double>(to_millis(now) - to_millis(entry->queued_at));
                    waited.add(static_cast<std::int64_t>(ms) * 1000);
                    most = std::max(most, ms);
                }
            }
            out_ = {};
            if (to_millis(now) % 1000 == 0) {
                seen.fullest = std::max(seen.fullest, static_cast<double>(left_in_second));
                left_in_second = 0;
            }
            if (left_ == of_.nudges && now >= least) break;
        }
        seen.seconds = static_cast<double>(to_millis(last) - to_millis(begin_)) / 1000;
        seen.p99_ms = waited.percentile(99) / 1000;
        seen.most_ms = most;
        return seen;
    }

private:
    static channel_limits limits(int rate) {
        return {
            .channel = "whatsapp",
            .rate = {.count = rate, .period = 1s, .burst = rate / 4},
            .pair = {.count = 1, .period = 6s, .burst = 20}};
    }

    void answer_who_wrote(instant now) {
        owed_ += of_.answers * static_cast<int>(tick.count());
        for (; owed_ >= 1'000; owed_ -= 1'000) add(of_.nudges + written_++ % writers, priority::reply, now);
    }

    void add(std::int64_t who, priority how, instant now) {
        const auto id = next_id_++;
        outbox_entry entry{
            .id = id,
            .party = {who + 1},
            .queued_at = now,
            .expires_at = now + 12h,
            .urgency = how,
            .message = {
                .to = {"whatsapp", {identity_kind::wa_id, std::to_string(50230'000'000 + who)}},
                .callback_data = std::to_string(id),
                .content = say_text{.text = "Mañana vence su cuota de Q312.50."}}};
        planner_.add(std::move(entry), now);
    }

    void settle(std::int64_t id, instant now) {
        const call_outcome how{
            .ended = call_outcome::how::answered,
            .http_status = 200,
            .verdict = {
                .reaction = adapters::reaction::accepted, .provider_id = "wamid." + std::to_string(id)}};
        planner_.settle(id, how, now, out_);
    }

    const sizes of_;
    const instant begin_{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}};
    gateway::planner planner_;
    settled out_{};
    std::int64_t next_id_{1};
    std::int64_t written_{};
    int said_{};
    int left_{};
    int owed_{};
};

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"A day of very many nudges, beside answers"};
    sizes of;
    line.add_option("--nudges", of.nudges)->check(CLI::PositiveNumber);
    line.add_option("--rate", of.rate)->check(CLI::PositiveNumber);
    line.add_option("--answers", of.answers)->check(CLI::PositiveNumber);
    CLI11_PARSE(line, argc, argv);
    const auto full = day{of}.run();
    auto none = of;
    none.nudges = 0;
    const auto quiet = day{none}.run();
    std::cout << json_line{}
                     .add("nudges", static_cast<double>(of.nudges))
                     .add("seconds", full.seconds)
                     .add("seconds_at_rate", static_cast<double>(of.nudges) / (of.rate - of.answers))
                     .add("fullest_second", full.fullest)
                     .add("answers_p99_ms", full.p99_ms)
                     .add("answers_most_ms", full.most_ms)
                     .add("answers_p99_ms_without", quiet.p99_ms)
                     .text()
              << '\n';
    return 0;
}
