#include "gateway/turns/inbox.hpp"

#include <algorithm>
#include <iterator>

namespace tertulia::gateway {

bool inbox::admit(admission& what) {
    const auto weight = what.weight();
    {
        const std::scoped_lock lock{mutex_};
        // A single POST larger than the whole queue is let in when the queue is empty: it could
        // never come in otherwise.
        const bool fits = weight_ == 0 || weight_ + weight <= weight_max_;
        if (!door_open_ || waiting_.ending || !fits) return false;
        weight_ += weight;
        waiting_.admissions.push_back(std::move(what));
    }
    wake_.notify_one();
    return true;
}

void inbox::open_door(bool open) {
    const std::scoped_lock lock{mutex_};
    door_open_ = open;
}

template <class Item>
void inbox::push(std::vector<Item>& to, Item what) {
    {
        const std::scoped_lock lock{mutex_};
        to.push_back(std::move(what));
    }
    wake_.notify_one();
}

void inbox::add(send_result what) { push(waiting_.results, std::move(what)); }
void inbox::add(std::vector<send_result> what) {
    if (what.empty()) return;
    {
        const std::scoped_lock lock{mutex_};
        std::ranges::move(what, std::back_inserter(waiting_.results));
    }
    wake_.notify_one();
}
void inbox::add(line_change what) { push(waiting_.lines, std::move(what)); }
void inbox::add(secret_checked what) { push(waiting_.secrets, std::move(what)); }
void inbox::add(replay_dead_letter what) { push(waiting_.replays, std::move(what)); }
void inbox::add(agent_request what) { push(waiting_.agents, std::move(what)); }
void inbox::add(occurrence what) { push(waiting_.occurrences, std::move(what)); }
void inbox::add(errand what) { push(waiting_.errands, std::move(what)); }

void inbox::close() {
    {
        const std::scoped_lock lock{mutex_};
        waiting_.ending = true;
    }
    wake_.notify_one();
}

inbox_batch inbox::take(
    std::optional<std::chrono::steady_clock::time_point> until, std::size_t weight
) {
    std::unique_lock lock{mutex_};
    const auto something = [this] { return waiting_.ending || !waiting_.empty(); };
    if (until) {
        wake_.wait_until(lock, *until, something);
    } else {
        wake_.wait(lock, something);
    }
    inbox_batch taken;
    std::swap(taken, waiting_);
    waiting_.ending = taken.ending;

    std::size_t sum = 0;
    std::size_t count = 0;
    while (count < taken.admissions.size() && (count == 0 || sum < weight)) {
        sum += taken.admissions[count++].weight();
    }
    const auto rest = taken.admissions.begin() + static_cast<std::ptrdiff_t>(count);
    waiting_.admissions.assign(
        std::make_move_iterator(rest), std::make_move_iterator(taken.admissions.end())
    );
    taken.admissions.erase(rest, taken.admissions.end());
    weight_ -= sum;
    return taken;
}

std::size_t inbox::weight() const {
    const std::scoped_lock lock{mutex_};
    return weight_;
}

}  // namespace tertulia::gateway
