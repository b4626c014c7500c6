#include "dialogs/message/sms/joiner.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace tertulia {
namespace {

auto key_of(const sms_part& part) {
    return std::tie(part.link, part.from, part.to, part.reference, part.total);
}

joined_sms alone(sms_part part) {
    joined_sms one{.parts = {}, .is_complete = part.total == 1 && part.number == 1};
    one.parts.push_back(std::move(part));
    return one;
}

}  // namespace

std::vector<sms_run> runs_of(const joined_sms& whole) {
    std::vector<sms_run> runs;
    std::uint8_t last = 0;
    for (const auto& one : whole.parts) {
        const bool gap = one.number != last + 1;
        if (gap || runs.empty() || runs.back().coding != one.coding) {
            runs.push_back({.coding = one.coding, .payload = {}, .is_behind_gap = gap});
        }
        runs.back().payload += one.payload;
        last = one.number;
    }
    return runs;
}

// Of a message with the same key.
sms_joiner::fit sms_joiner::fit_of(const message& in, const sms_part& part) {
    const auto same = std::ranges::find(in.parts, part.number, &sms_part::number);
    if (same != in.parts.end()) {
        return same->payload == part.payload ? fit::repeated : fit::collides;
    }
    return in.is_joined ? fit::collides : fit::is_new;
}

bool sms_joiner::is_stale(const message& one, instant now) const noexcept {
    return now - one.since >= (one.is_joined ? bounds_.remember : bounds_.wait);
}

void sms_joiner::forget_joined(instant now) {
    std::erase_if(messages_, [&](const message& one) {
        return one.is_joined && is_stale(one, now);
    });
}

bool sms_joiner::has(const sms_part& part, instant now) const {
    const auto found = std::ranges::find_if(messages_, [&](const message& one) {
        return !is_stale(one, now) && key_of(one.parts.front()) == key_of(part);
    });
    return found != messages_.end() && fit_of(*found, part) == fit::repeated;
}

// The one that must go before another message of this sender fits in.
std::vector<sms_joiner::message>::iterator sms_joiner::in_the_way_of(const sms_part& part) {
    const auto is_hers = [&](const message& one) {
        return one.parts.front().from == part.from && one.parts.front().link == part.link;
    };
    const auto hers = static_cast<std::size_t>(std::ranges::count_if(messages_, is_hers));
    if (hers != 0 && hers >= bounds_.of_one_max) return std::ranges::find_if(messages_, is_hers);
    return messages_.size() >= bounds_.messages_max ? messages_.begin() : messages_.end();
}

std::vector<joined_sms> sms_joiner::add(sms_part part, instant now) {
    std::vector<joined_sms> ready = expire(now);
    if (part.total < 2 || part.number < 1 || part.number > part.total ||
        part.total > bounds_.parts_max || part.payload.size() > bounds_.bytes_max) {
        ready.push_back(alone(std::move(part)));
        return ready;
    }
    auto found = std::ranges::find_if(messages_, [&](const message& one) {
        return key_of(one.parts.front()) == key_of(part);
    });
    if (found != messages_.end()) {
        const auto fits = fit_of(*found, part);
        if (fits == fit::repeated) return ready;
        if (fits == fit::collides || found->bytes + part.payload.size() > bounds_.bytes_max) {
            if (!found->is_joined) ready.push_back({.parts = std::move(found->parts)});
            messages_.erase(found);
            found = messages_.end();
        }
    }
    if (found == messages_.end()) {
        if (const auto oldest = in_the_way_of(part); oldest != messages_.end()) {
            if (!oldest->is_joined) ready.push_back({.parts = std::move(oldest->parts)});
            messages_.erase(oldest);
        }
        messages_.push_back({.since = now});
        found = messages_.end() - 1;
    }
    found->bytes += part.payload.size();
    const auto total = part.total;
    found->parts.insert(
        std::ranges::upper_bound(found->parts, part.number, {}, &sms_part::number), std::move(part)
    );
    if (found->parts.size() == total) {
        ready.push_back({.parts = found->parts, .is_complete = true});
        found->is_joined = true;
        found->since = now;
        std::rotate(found, found + 1, messages_.end());
    }
    return ready;
}

std::vector<joined_sms> sms_joiner::expire(instant now) {
    forget_joined(now);
    std::vector<joined_sms> ready;
    std::erase_if(messages_, [&](message& one) {
        if (!is_stale(one, now)) return false;
        ready.push_back({.parts = std::move(one.parts)});
        return true;
    });
    return ready;
}

std::optional<instant> sms_joiner::next_expiry() const noexcept {
    std::optional<instant> next;
    for (const auto& one : messages_) {
        if (one.is_joined) continue;
        if (!next || one.since + bounds_.wait < *next) next = one.since + bounds_.wait;
    }
    return next;
}

std::size_t sms_joiner::waiting() const noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(messages_, [](const message& one) {
        return !one.is_joined;
    }));
}

}  // namespace tertulia
