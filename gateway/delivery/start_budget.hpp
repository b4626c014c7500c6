// How many people may still be written to first: Meta counts, in every rolling 24 hours, the people
// a business reaches outside their window, and refuses more than the limit. Pure.
//
// We count everybody a template leaves to, who may be inside her window after all: then we are
// stricter than Meta, never laxer.

#pragma once

#include "dialogs/engine/event.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace tertulia::gateway {

class start_budget {
public:
    // Nudges and bulk may use nine tenths; the rest is for agents and for who waits for an answer.
    static constexpr std::int64_t reserve_part = 10;
    static constexpr std::chrono::hours counts_for{24};

    // Nothing: no limit is known, and then there is none.
    void limit(std::optional<std::int64_t> people) noexcept { limit_ = people; }
    [[nodiscard]] std::optional<std::int64_t> limit() const noexcept { return limit_; }

    // When a nudge may start a conversation with her: `now`, also for who is counted already, or
    // when enough others no longer count.
    [[nodiscard]] instant next(party_id who, instant now) const;
    void started(party_id who, instant at);
    [[nodiscard]] std::size_t used(instant now) const;
    // The same as of the latest start.
    [[nodiscard]] std::size_t held() const noexcept { return by_time_.size(); }
    // Whether nobody new may be started by a nudge now.
    [[nodiscard]] bool full(instant now) const;

private:
    void forget(instant now);
    [[nodiscard]] std::size_t for_nudges() const noexcept;

    std::optional<std::int64_t> limit_{};
    std::set<std::pair<instant, std::int64_t>> by_time_{};  // the latest start of each
    std::unordered_map<std::int64_t, instant> latest_{};
};

}  // namespace tertulia::gateway
