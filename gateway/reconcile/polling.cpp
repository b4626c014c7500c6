#include "gateway/reconcile/polling.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::gateway {

polling::polling(poll_rules rules, std::optional<poll_position> kept, instant now)
    : rules_{rules},
      position_{kept ? std::move(*kept) : poll_position{.covered = now, .begun = now}},
      next_{now} {}

void polling::see(const channel_sight& now_seen, instant now) {
    // While it is down, looking is in vain; the moment it answers again is the one to look at.
    if (breaker_was_open_ && !now_seen.breaker_open) next_ = std::min(next_, now);
    breaker_was_open_ = now_seen.breaker_open;
    // Who was turned away may have been told for the last time. The first sight is the start's.
    if (counted_ && now_seen.turned_away != turned_away_) next_ = std::min(next_, now);
    turned_away_ = now_seen.turned_away;
    counted_ = true;
    if (!rules_.shows_sent) return;
    if (now_seen.unanswered > unanswered_) {
        settle_wait_ = rules_.settle_first;
        next_ = std::min(next_, now + settle_wait_);
    }
    unanswered_ = now_seen.unanswered;
}

bool polling::is_due(instant now) const noexcept { return !busy_ && now >= next_; }

void polling::begin(instant now) {
    busy_ = true;
    if (look_begun_) return;
    look_begun_ = now;
    page_ = position_.cursor;
    pages_ = 0;
}

instant polling::since(instant now) const noexcept {
    return std::max(position_.covered - rules_.overlap, oldest(now));
}

instant polling::oldest(instant now) const noexcept {
    return std::max(position_.begun - rules_.overlap, now - rules_.back);
}

bool polling::page_done(const std::string& next_page, instant now) {
    if (next_page.empty()) {
        failures_ = 0;
        end(now);
        return false;
    }
    if (++pages_ >= pages_most) {
        look_begun_.reset();
        failed(poll_failure::refused, milliseconds{0}, now);
        return false;
    }
    failures_ = 0;
    page_ = next_page;
    if (rules_.resumes) position_.cursor = next_page;
    return true;
}

void polling::end(instant now) {
    position_.covered = std::max(position_.covered, look_begun_.value_or(now));
    look_begun_.reset();
    busy_ = false;
    next_ = now + rules_.every;
    if (unanswered_ == 0) return;
    // The list did not show it yet: again, in good time before the send is given up.
    settle_wait_ *= 3;
    next_ = std::min(next_, now + settle_wait_);
}

void polling::failed(poll_failure how, milliseconds retry_after, instant now) {
    busy_ = false;
    ++failures_;
    if (failures_ % page_failures_most == 0) {
        look_begun_.reset();
        page_.clear();
    }
    auto wait = rules_.retry_most;
    if (how == poll_failure::passing) {
        wait = rules_.retry_first;
        for (int i = 1; i < failures_ && wait < rules_.retry_most; ++i) wait *= 2;
        wait = std::min(wait, rules_.retry_most);
    }
    next_ = now + std::max(wait, retry_after);
}

}  // namespace tertulia::gateway
