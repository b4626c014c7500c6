// What changed since the tables were last brought up to date: one map that takes changes, and one
// that is frozen and being written, in the order of its keys, a slice with each commit. Only the
// last value of a key is written.
//
// A slice belongs to a transaction: written() after it committed, undone() after it did not.

#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace tertulia::gateway {

template <class Map>
class write_behind {
public:
    using key = typename Map::key_type;
    using value = typename Map::mapped_type;

    void put(const key& at, value now) { current_.insert_or_assign(at, std::move(now)); }

    // Forgets a change that no slice has seen yet; false if there is none such.
    bool take_back(const key& at) { return !frozen_.contains(at) && current_.erase(at) != 0; }

    // Null: whatever the table says.
    [[nodiscard]] const value* find(const key& at) const {
        if (const auto found = current_.find(at); found != current_.end()) return &found->second;
        if (const auto found = frozen_.find(at); found != frozen_.end()) return &found->second;
        return nullptr;
    }

    [[nodiscard]] const Map& current() const noexcept { return current_; }
    [[nodiscard]] const Map& frozen() const noexcept { return frozen_; }
    [[nodiscard]] std::size_t left() const noexcept { return order_.size() - done_; }

    // Only when nothing frozen is left.
    void freeze() {
        frozen_ = std::exchange(current_, Map{});
        order_.clear();
        order_.reserve(frozen_.size());
        for (const auto& [at, now] : frozen_) order_.push_back(at);
        std::sort(order_.begin(), order_.end());
        done_ = tried_ = 0;
    }

    // Calls write(key, value) for at most `most` of the frozen ones; says how many.
    template <class Write>
    std::size_t slice(std::size_t most, Write&& write) {
        const auto end = std::min(order_.size(), done_ + most);
        for (tried_ = done_; tried_ < end; ++tried_) {
            write(order_[tried_], frozen_.find(order_[tried_])->second);
        }
        return end - done_;
    }

    // The slice of this transaction is the last.
    [[nodiscard]] bool finishing() const noexcept {
        return !order_.empty() && tried_ == order_.size();
    }

    void written() {
        done_ = std::max(done_, tried_);
        if (done_ == order_.size() && !order_.empty()) {
            frozen_ = Map{};
            order_ = {};
            done_ = tried_ = 0;
        }
    }
    void undone() noexcept { tried_ = done_; }

    // For a store that writes nothing.
    void discard() { current_ = Map{}; }

private:
    Map current_{};
    Map frozen_{};
    std::vector<key> order_{};
    std::size_t done_{};   // committed
    std::size_t tried_{};  // in the transaction under way
};

}  // namespace tertulia::gateway
