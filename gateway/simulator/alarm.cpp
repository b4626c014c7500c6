#include "gateway/simulator/alarm.hpp"

#include <utility>

namespace tertulia::gateway::simulator {

alarm::alarm() : thread_{[this] { run(); }} {}

alarm::~alarm() { stop(); }

void alarm::stop() {
    {
        const std::scoped_lock lock{mutex_};
        ends_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

bool alarm::after(std::chrono::milliseconds wait, std::function<void()> job) {
    {
        const std::scoped_lock lock{mutex_};
        if (ends_ || entries_.size() >= waiting_max) return false;
        entries_.push({.at = clock::now() + wait, .order = next_order_++, .job = std::move(job)});
    }
    changed_.notify_one();
    return true;
}

std::size_t alarm::waiting() const {
    const std::scoped_lock lock{mutex_};
    return entries_.size();
}

void alarm::run() {
    std::unique_lock lock{mutex_};
    while (!ends_) {
        if (entries_.empty()) {
            changed_.wait(lock);
            continue;
        }
        if (entries_.top().at > clock::now()) {
            const auto at = entries_.top().at;
            changed_.wait_until(lock, at);
            continue;
        }
        // top() is const because order must not change; the job does not take part in it.
        auto job = std::move(const_cast<entry&>(entries_.top()).job);
        entries_.pop();
        lock.unlock();
        job();
        job = nullptr;
        lock.lock();
    }
}

}  // namespace tertulia::gateway::simulator
