#include "gateway/delivery/start_budget.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace tertulia::gateway {

std::size_t start_budget::for_nudges() const noexcept {
    if (!limit_) return std::numeric_limits<std::size_t>::max();
    const auto whole = std::max<std::int64_t>(*limit_, 0);
    return static_cast<std::size_t>(whole - whole / reserve_part);
}

void start_budget::forget(instant now) {
    while (!by_time_.empty() && by_time_.begin()->first + counts_for <= now) {
        latest_.erase(by_time_.begin()->second);
        by_time_.erase(by_time_.begin());
    }
}

void start_budget::started(party_id who, instant at) {
    forget(at);
    auto& latest = latest_[who.value];
    if (latest != instant{}) {
        if (latest >= at) return;
        by_time_.erase({latest, who.value});
    }
    latest = at;
    by_time_.emplace(at, who.value);
}

std::size_t start_budget::used(instant now) const {
    if (by_time_.empty()) return 0;
    const auto first = by_time_.upper_bound(
        {now - counts_for, std::numeric_limits<std::int64_t>::max()}
    );
    // What no longer counts is few: it is forgotten with the next start.
    return by_time_.size() - static_cast<std::size_t>(std::distance(by_time_.begin(), first));
}

bool start_budget::full(instant now) const { return used(now) >= for_nudges(); }

instant start_budget::next(party_id who, instant now) const {
    const auto known = latest_.find(who.value);
    if (known != latest_.end() && known->second + counts_for > now) return now;
    const auto may = for_nudges();
    const auto counted = used(now);
    if (counted < may) return now;
    // All that count, oldest first: so many must stop counting before there is room for one.
    auto last = by_time_.upper_bound({now - counts_for, std::numeric_limits<std::int64_t>::max()});
    std::advance(last, static_cast<std::ptrdiff_t>(std::min(counted - may, counted - 1)));
    return last->first + counts_for;
}

}  // namespace tertulia::gateway
