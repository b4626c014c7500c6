// Runs small jobs later, on one thread of its own, soonest first. The simulator's only clock.
//
// Threads: after() from any thread; jobs run one at a time on the alarm's thread and may call
// after() themselves. What is still waiting when the alarm ends is dropped unrun.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace tertulia::gateway::simulator {

class alarm {
public:
    alarm();
    ~alarm();
    alarm(const alarm&) = delete;
    alarm& operator=(const alarm&) = delete;

    // False when `waiting_max` jobs wait already: the job is dropped.
    bool after(std::chrono::milliseconds wait, std::function<void()> job);
    [[nodiscard]] std::size_t waiting() const;
    // Waits for the job under way; nothing runs afterwards. Not from a job.
    void stop();

    static constexpr std::size_t waiting_max = 500'000;

private:
    using clock = std::chrono::steady_clock;
    struct entry {
        clock::time_point at{};
        std::uint64_t order{};  // jobs of the same instant run as they were given
        std::function<void()> job{};
        bool operator<(const entry& other) const noexcept {
            return at != other.at ? at > other.at : order > other.order;
        }
    };
    void run();

    mutable std::mutex mutex_{};
    std::condition_variable changed_{};
    std::priority_queue<entry> entries_{};
    std::uint64_t next_order_{};
    bool ends_{};
    std::thread thread_;
};

}  // namespace tertulia::gateway::simulator
