// A bounded cache: two halves, the older of which is forgotten whole when the younger is full.
// Anything in it can be read again from a table, so forgetting costs time, never truth.

#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <utility>

namespace tertulia::gateway {

template <class Key, class Value>
class recent_cache {
public:
    explicit recent_cache(std::size_t most) : half_{most / 2 + 1} {}

    // Null if it is not here; the pointer lives until the next call.
    [[nodiscard]] Value* find(const Key& key) {
        if (const auto at = young_.find(key); at != young_.end()) return &at->second;
        const auto at = old_.find(key);
        if (at == old_.end()) return nullptr;
        Value value = std::move(at->second);
        old_.erase(at);
        return &put(key, std::move(value));
    }

    Value& put(const Key& key, Value value) {
        if (young_.size() >= half_) {
            old_ = std::move(young_);
            young_ = {};
        }
        if (!old_.empty()) old_.erase(key);
        return young_.insert_or_assign(key, std::move(value)).first->second;
    }

    void erase(const Key& key) {
        young_.erase(key);
        old_.erase(key);
    }

    [[nodiscard]] std::size_t capacity() const noexcept { return half_ * 2; }
    [[nodiscard]] std::size_t size() const noexcept { return young_.size() + old_.size(); }

private:
    std::size_t half_;
    boost::unordered_flat_map<Key, Value> young_{};
    boost::unordered_flat_map<Key, Value> old_{};
};

}  // namespace tertulia::gateway
