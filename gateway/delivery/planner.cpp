#include "gateway/delivery/planner.hpp"

#include "gateway/delivery/planner_state.hpp"

#include <boost/assert.hpp>

#include <algorithm>

namespace tertulia::gateway {

namespace {

bool within_bounds(const rate_limit& limit) {
    return limit.unlimited() || (limit.count <= rate_count_max && limit.burst >= 1 &&
                                 limit.period >= milliseconds{1} &&
                                 limit.period <= milliseconds{24 * 3'600'000});
}

bool is_bulk(std::size_t which) {
    return which == static_cast<std::size_t>(rank::nudge) ||
           which == static_cast<std::size_t>(rank::bulk);
}

const say_template* template_of(const outbox_entry& entry) {
    return std::get_if<say_template>(&entry.message.content);
}

}  // namespace

rank rank_of(const outbox_entry& entry) noexcept {
    if (std::holds_alternative<mark_read>(entry.message.content)) return rank::signal;
    switch (entry.urgency) {
        case priority::reply: return rank::reply;
        case priority::agent: return rank::agent;
        case priority::meeting: return rank::meeting;
        case priority::nudge: return rank::nudge;
        case priority::bulk: return rank::bulk;
    }
    return rank::bulk;
}

send_mark mark(
    std::int64_t id, const record& what, outbox_state state, instant now, std::string provider_id,
    int error_code
) {
    return {
        .outbox_id = id,
        .state = state,
        .tries = what.tries,
        .provider_id = std::move(provider_id),
        .error_code = error_code,
        .at = now,
    };
}

channel::channel(channel_limits from)
    : limits{std::move(from)},
      breaker{{
          .failures = limits.breaker_failures,
          .first = limits.breaker_first,
          .most = limits.breaker_most,
      }},
      line_down{limits.own_line} {}

std::optional<failure> channel::template_stopped(
    const std::string& name, const std::string& language, instant now
) {
    std::optional<failure> stopped;
    for (const auto& key : {std::pair{name, std::string{}}, std::pair{name, language}}) {
        const auto found = stopped_templates.find(key);
        if (found == stopped_templates.end()) continue;
        if (found->second.until <= now) {
            stopped_templates.erase(found);
        } else if (!stopped) {  // in all languages: another does not help
            stopped = found->second.means;
        }
    }
    return stopped;
}

bool channel::holds_back(std::size_t which, instant now) const noexcept {
    if (marketing_stopped && which == static_cast<std::size_t>(rank::bulk)) return true;
    return is_bulk(which) && bulk_until > now;
}

planner::implementation::implementation(std::vector<channel_limits> limits, std::uint64_t seed)
    : jitter_state_{seed} {
    for (auto& each : limits) {
        BOOST_ASSERT(within_bounds(each.rate) && within_bounds(each.pair));
        BOOST_ASSERT(each.in_flight_max > 0 && each.breaker_failures > 0);
        channel_numbers_.emplace(each.channel, static_cast<std::uint32_t>(channels_.size()));
        channels_.emplace_back(std::move(each));
    }
}

channel* planner::implementation::find(std::string_view name) {
    const auto found = channel_numbers_.find(name);
    return found == channel_numbers_.end() ? nullptr : &channels_[found->second];
}

// One person on one channel, whatever spelling of her address a message carries; an address only
// where nobody knows the person.
recipient& planner::implementation::recipient_of(
    const outbox_entry& entry, std::uint32_t channel_number
) {
    return recipient_of(entry.party, entry.message.to.to.value, channel_number);
}

recipient& planner::implementation::recipient_of(
    party_id who, std::string_view address, std::uint32_t channel_number
) {
    recipient_key key{.channel = channel_number, .party = who.value};
    if (who.value == 0) key.address = address;
    auto& slot = recipients_[key];
    if (!slot) {
        slot = std::make_unique<recipient>();
        slot->channel = channel_number;
        slot->key = std::move(key);
    }
    return *slot;
}

lane& planner::implementation::lane_of(recipient& who, rank which) {
    for (auto& each : who.lanes) {
        if (each.rank == which) return each;
    }
    who.lanes.push_back({.rank = which});
    return who.lanes.back();
}

void planner::implementation::queue(outbox_entry entry, int tries, instant now) {
    const auto number = channel_numbers_.find(entry.message.to.channel);
    if (number == channel_numbers_.end()) {
        homeless_.push_back(std::move(entry));
        return;
    }
    const auto id = entry.id;
    const auto [slot, added] = records_.try_emplace(id);
    if (!added) return;
    if (entry.expires_at == instant{}) {
        entry.expires_at = entry.queued_at + channels_[number->second].limits.keep_for;
    }
    auto& what = slot->second;
    what.party = entry.party;
    what.purpose = entry.purpose;
    what.touch = entry.touch;
    what.channel = number->second;
    what.rank = rank_of(entry);
    what.tries = what.strikes = tries;
    what.entry = std::make_shared<const outbox_entry>(std::move(entry));
    enqueue(id, what, now);
    ++queued_;
}

void planner::implementation::await_status(outbox_entry entry, int tries, instant now) {
    const auto id = entry.id;
    if (records_.contains(id)) return;
    queue(std::move(entry), tries, now);
    const auto found = records_.find(id);
    if (found == records_.end()) return;
    auto& what = found->second;
    leave_queue(id, what, now);
    --queued_;
    auto& where = channels_[what.channel];
    what.phase = phase::unknown;
    what.until = now + where.limits.unknown_wait;
    ++where.unknown;
    wakes_.push({.at = what.until, .id = id});
    auto& who = recipient_of(*what.entry, what.channel);
    auto& held = lane_of(who, what.rank);
    if (held.busy == 0) held.busy = id;
    refresh(who, held, now);
}

void planner::implementation::remember(const outbox_entry_state& state) {
    const auto number = channel_numbers_.find(state.entry.message.to.channel);
    if (number == channel_numbers_.end()) return;
    const auto [slot, added] = records_.try_emplace(state.entry.id);
    if (!added) return;
    auto& what = slot->second;
    const auto is_over = state.state != outbox_state::accepted;
    what.party = state.entry.party;
    what.purpose = state.entry.purpose;
    what.touch = state.entry.touch;
    what.channel = number->second;
    what.rank = rank_of(state.entry);
    what.tries = state.tries;
    what.strikes = std::max(state.tries - 1, 0);
    what.phase = is_over ? phase::ended : phase::accepted;
    what.confirmed = !is_over;
    what.told = is_over;
    what.reached = is_over ? delivery_status::failed : delivery_status::accepted;
    if (!channels_[what.channel].limits.echoes_callback) {
        what.provider_id = state.provider_id;
    }
    track(state.entry.id, what);
}

void planner::implementation::enqueue(std::int64_t id, record& what, instant now) {
    auto& who = recipient_of(*what.entry, what.channel);
    auto& where = lane_of(who, what.rank);
    // Ids rise, so this is nearly always the end; a message that comes back finds its old place.
    const auto place = std::upper_bound(where.queue.begin(), where.queue.end(), id);
    where.queue.insert(place, id);
    what.phase = phase::queued;
    ++channels_[what.channel].queued;
    expiries_.emplace(what.entry->expires_at, id);
    refresh(who, where, now);
}

void planner::implementation::leave_queue(std::int64_t id, record& what, instant now) {
    auto& who = recipient_of(*what.entry, what.channel);
    auto& where = lane_of(who, what.rank);
    unlist(who, where);
    const auto place = std::lower_bound(where.queue.begin(), where.queue.end(), id);
    BOOST_ASSERT(place != where.queue.end() && *place == id);
    where.queue.erase(place);
    --channels_[what.channel].queued;
    expiries_.erase({what.entry->expires_at, id});
    refresh(who, where, now);
    forget_if_idle(who, now);
}

void planner::implementation::free_lane(std::int64_t id, record& what, instant now) {
    auto& who = recipient_of(*what.entry, what.channel);
    auto& where = lane_of(who, what.rank);
    if (where.busy == id) where.busy = 0;
    refresh(who, where, now);
    forget_if_idle(who, now);
}

instant planner::implementation::lane_free_at(
    const recipient& who, const lane& which, instant now
) const {
    const auto& head = records_.at(which.queue.front());
    auto at = std::max({now, head.until, who.blocked_until});
    if (which.rank >= who.spared_from) at = std::max(at, who.spared_until);
    if (which.rank != rank::signal) {
        at = std::max(at, who.pair.next(channels_[who.channel].limits.pair, now));
    }
    if (is_bulk(static_cast<std::size_t>(which.rank)) && template_of(*head.entry) != nullptr &&
        head.party.value != 0) {
        at = std::max(at, channels_[who.channel].people.next(head.party, now));
    }
    return at;
}

void planner::implementation::unlist(recipient& who, lane& which) {
    if (which.listed == 0) return;
    auto& ready = channels_[who.channel].ready[static_cast<std::size_t>(which.rank)];
    ready.erase({which.listed, &who});
    which.listed = 0;
}

// Lists the lane if its head could leave now, else sees to it that somebody looks again in time.
void planner::implementation::refresh(recipient& who, lane& which, instant now) {
    unlist(who, which);
    if (which.busy != 0 || which.queue.empty()) return;
    const auto at = lane_free_at(who, which, now);
    if (at > now) {
        wake_at(who, at);
        return;
    }
    which.listed = which.queue.front();
    channels_[who.channel].ready[static_cast<std::size_t>(which.rank)].emplace(which.listed, &who);
}

// What waits may go, since a limit is another now.
void planner::implementation::look_again(instant now) {
    for (auto& [key, who] : recipients_) {
        for (auto& each : who->lanes) refresh(*who, each, now);
    }
}

void planner::implementation::wake_at(recipient& who, instant at) {
    if (who.waking <= at) return;
    who.waking = at;
    ++who.wakes;
    wakes_.push({.at = at, .id = 0, .who = &who});
}

// Keeps one entry per person who is being written to, not per person ever written to.
void planner::implementation::forget_if_idle(recipient& who, instant now) {
    for (const auto& each : who.lanes) {
        if (each.busy != 0 || !each.queue.empty()) return;
    }
    const auto& pair = channels_[who.channel].limits.pair;
    const auto idle = std::max({who.blocked_until, who.spared_until, who.pair.idle_at(pair)});
    if (idle > now) {
        wake_at(who, idle);
    } else if (who.wakes == 0) {
        const auto key = who.key;  // the argument of erase must outlive the element
        recipients_.erase(key);
    }
}

void planner::implementation::run_wakes(instant now, settled& out) {
    while (!expiries_.empty() && expiries_.begin()->first <= now) {
        const auto id = expiries_.begin()->second;
        const provider_error error{
            .code = static_cast<int>(delivery_trouble::expired), .details = "expired",
            .means = failure::not_sent};
        fail(id, records_.at(id), error, outbox_state::expired, now, out);
    }
    while (!wakes_.empty() && wakes_.top().at <= now) {
        const auto due = wakes_.top();
        wakes_.pop();
        if (due.who) {
            auto& who = *due.who;
            --who.wakes;
            if (who.waking == due.at) who.waking = instant::max();
            for (auto& each : who.lanes) refresh(who, each, now);
            forget_if_idle(who, now);
            continue;
        }
        const auto found = records_.find(due.id);
        if (found == records_.end() || found->second.until > now) continue;
        auto& what = found->second;
        if (what.phase == phase::unknown) {
            end_unknown(due.id, what, now, out);
        } else if (what.holding) {
            what.holding = false;
            free_lane(due.id, what, now);
            what.entry.reset();
        }
    }
}

std::vector<std::shared_ptr<const outbox_entry>> planner::implementation::release(
    instant now, settled& out
) {
    std::vector<std::shared_ptr<const outbox_entry>> leaving;
    for (const auto& entry : std::exchange(homeless_, {})) {
        const auto code = static_cast<int>(delivery_trouble::no_channel);
        out.marks.push_back(
            {.outbox_id = entry.id, .state = outbox_state::failed, .error_code = code, .at = now});
        out.outcomes.push_back(
            {.party = entry.party,
             .at = now,
             .event = {
                 .outbox_id = entry.id,
                 .purpose = entry.purpose,
                 .status = delivery_status::failed,
                 .error = {.code = code, .details = "no such channel"},
                 .touch = entry.touch}});
    }
    run_wakes(now, out);
    for (auto& each : channels_) {
        release_from(each, now, out, leaving);
        tell_people_limit(each, now, out);
    }
    return leaving;
}

void planner::implementation::tell_people_limit(channel& of, instant now, settled& out) {
    const bool full = of.people.full(now);
    if (full && !of.told_people_limit) {
        out.notices.push_back(notice(
            of, "delivery.people_limit",
            "so many people as the provider allows were written to first within a day: nudges to "
            "others wait",
            0, {}, 0
        ));
    }
    of.told_people_limit = full;
}

void planner::implementation::release_from(
    channel& from, instant now, settled& out,
    std::vector<std::shared_ptr<const outbox_entry>>& leaving
) {
    while (from.share < whole_share && now >= from.share_changed + share_step_every) {
        from.share = std::min(whole_share, from.share + share_step);
        from.share_changed += share_step_every;
    }
    while (!from.paused && !from.line_down && from.in_flight < from.limits.in_flight_max) {
        const auto open = from.breaker.next(now);
        if (!open || *open > now) return;
        if (from.rate.next(from.limits.rate, now) > now) return;
        const auto [who, which] = next_lane(from, now);
        if (!who) return;
        const auto id = which->queue.front();
        auto& head = records_.at(id);
        if (const auto* used = template_of(*head.entry)) {
            if (const auto means = from.template_stopped(used->name, used->language, now)) {
                const provider_error error{
                    .code = static_cast<int>(delivery_trouble::template_stopped),
                    .details = "template stopped",
                    .means = *means};
                fail(id, head, error, outbox_state::failed, now, out);
                continue;
            }
        }
        launch(from, *who, *which, now, out, leaving);
    }
}

std::optional<std::size_t> planner::implementation::next_rank(
    const channel& from, instant now
) const {
    std::optional<std::size_t> first;
    std::optional<std::size_t> overdue;
    for (std::size_t each = 0; each < ranks; ++each) {
        if (from.ready[each].empty() || from.holds_back(each, now)) continue;
        if (!first) first = each;
        if (from.passed[each] >= fair_every &&
            (!overdue || from.passed[each] > from.passed[*overdue])) {
            overdue = each;
        }
    }
    return overdue ? overdue : first;
}

// The lane whose head goes next; {nullptr, nullptr} if none can. Lanes whose recipient's limit was
// used up meanwhile by a sibling are parked on the way.
std::pair<recipient*, lane*> planner::implementation::next_lane(channel& from, instant now) {
    while (const auto chosen = next_rank(from, now)) {
        auto& who = *from.ready[*chosen].begin()->second;
        auto& first = lane_of(who, static_cast<rank>(*chosen));
        if (lane_free_at(who, first, now) > now) {
            refresh(who, first, now);
            continue;
        }
        for (auto lower = *chosen + 1; lower < ranks; ++lower) {
            if (!from.ready[lower].empty() && !from.holds_back(lower, now)) {
                ++from.passed[lower];
            }
        }
        from.passed[*chosen] = 0;
        if (auto* overdue = overdue_sibling(from, who, first, now)) return {&who, overdue};
        return {&who, &first};
    }
    return {nullptr, nullptr};
}

lane* planner::implementation::overdue_sibling(
    const channel& from, recipient& who, const lane& first, instant now
) {
    if (from.limits.pair.unlimited() || first.rank == rank::signal) return nullptr;
    lane* overdue = nullptr;
    for (auto& each : who.lanes) {
        if (each.rank <= first.rank || each.passed < fair_every || each.busy != 0 ||
            each.queue.empty() || lane_free_at(who, each, now) > now ||
            from.holds_back(static_cast<std::size_t>(each.rank), now)) {
            continue;
        }
        if (!overdue || each.passed > overdue->passed) overdue = &each;
    }
    return overdue;
}

void planner::implementation::launch(
    channel& from, recipient& who, lane& which, instant now, settled& out,
    std::vector<std::shared_ptr<const outbox_entry>>& leaving
) {
    const auto id = which.queue.front();
    auto& what = records_.at(id);
    unlist(who, which);
    which.queue.erase(which.queue.begin());
    which.busy = id;
    which.passed = 0;
    --from.queued;
    ++from.in_flight;
    expiries_.erase({what.entry->expires_at, id});
    what.phase = phase::in_flight;
    what.probe = !from.breaker.closed();
    ++what.tries;
    from.breaker.left();
    from.rate.take(from.limits.rate, now, from.share);
    if (which.rank != rank::signal) {
        who.pair.take(from.limits.pair, now);
        if (who.pair.next(from.limits.pair, now) > now) {
            for (auto& each : who.lanes) {
                const auto waits = each.rank > which.rank && each.busy == 0 && !each.queue.empty();
                if (waits && each.passed < fair_every) ++each.passed;
            }
        }
    }
    if (template_of(*what.entry) != nullptr && what.party.value != 0) {
        from.people.started(what.party, now);
        out.starts.push_back({from.limits.channel, what.party, now});
    }
    out.marks.push_back(mark(id, what, outbox_state::released, now));
    leaving.push_back(what.entry);
}

void planner::implementation::take_back(std::int64_t id, instant now) {
    const auto found = records_.find(id);
    if (found == records_.end() || found->second.phase != phase::in_flight) return;
    auto& what = found->second;
    auto& where = channels_[what.channel];
    --where.in_flight;
    --what.tries;
    if (what.probe) where.breaker.taken_back();
    lane_of(recipient_of(*what.entry, what.channel), what.rank).busy = 0;
    enqueue(id, what, now);
}

std::optional<instant> planner::implementation::next_wake(instant now) const {
    auto soonest = instant::max();
    if (!homeless_.empty()) return now;
    if (!wakes_.empty()) soonest = std::min(soonest, wakes_.top().at);
    if (!expiries_.empty()) soonest = std::min(soonest, expiries_.begin()->first);
    for (const auto& each : channels_) {
        if (each.paused || each.line_down || each.in_flight >= each.limits.in_flight_max) continue;
        auto at = instant::max();
        for (std::size_t which = 0; which < ranks; ++which) {
            if (each.ready[which].empty()) continue;
            if (!each.holds_back(which, now)) {
                at = now;
            } else if (!each.holds_back(which, each.bulk_until)) {
                at = std::min(at, each.bulk_until);
            }
        }
        const auto open = each.breaker.next(now);
        if (at == instant::max() || !open) continue;
        at = std::max({at, *open, each.rate.next(each.limits.rate, now)});
        soonest = std::min(soonest, at);
    }
    if (soonest == instant::max()) return std::nullopt;
    return std::max(now, soonest);
}

planner::planner(std::vector<channel_limits> channels, std::uint64_t seed)
    : self_{std::make_unique<implementation>(std::move(channels), seed)} {}
planner::~planner() = default;

void planner::add(outbox_entry entry, instant now) { self_->queue(std::move(entry), 0, now); }

void planner::restore(outbox_entry_state state, instant now) {
    switch (state.state) {
        case outbox_state::queued: self_->queue(std::move(state.entry), state.tries, now); break;
        case outbox_state::released:
        case outbox_state::unknown:
            self_->await_status(std::move(state.entry), state.tries, now);
            break;
        case outbox_state::accepted:
        case outbox_state::failed:
        case outbox_state::expired: self_->remember(state); break;
    }
}

void planner::adopt(const outbox_entry_state& state, instant now) { restore(state, now); }

std::vector<std::shared_ptr<const outbox_entry>> planner::release(instant now, settled& out) {
    return self_->release(now, out);
}

void planner::take_back(
    std::span<const std::shared_ptr<const outbox_entry>> entries, instant now
) {
    for (const auto& each : entries) self_->take_back(each->id, now);
}

void planner::settle(
    std::int64_t outbox_id, const call_outcome& ended, instant now, settled& out
) {
    self_->settle(outbox_id, ended, now, out);
}

status_answer planner::on_status(const status_update& status, instant now, settled& out) {
    return self_->on_status(status, now, out);
}

std::vector<std::shared_ptr<const outbox_entry>> planner::unanswered(
    std::string_view channel
) const {
    std::vector<std::shared_ptr<const outbox_entry>> all;
    const auto* which = self_->find(channel);
    if (!which || which->unknown == 0) return all;
    for (const auto& [id, what] : self_->records_) {
        if (what.phase != phase::unknown || &self_->channels_[what.channel] != which) continue;
        all.push_back(what.entry);
    }
    return all;
}

void planner::resume(std::string_view channel, instant) {
    if (auto* which = self_->find(channel)) {
        which->paused = false;
        which->reason.clear();
        which->bulk_until = {};
        which->marketing_stopped = false;
    }
}

void planner::pause(std::string_view channel, std::string_view reason) {
    if (auto* which = self_->find(channel)) {
        which->paused = true;
        which->reason = reason;
    }
}

void planner::line_down(std::string_view channel, std::string_view reason, settled& out) {
    auto* which = self_->find(channel);
    if (which == nullptr || (which->line_down && which->line_reason == reason)) return;
    which->line_down = true;
    which->line_reason = reason;
    out.notices.push_back(notice(*which, "delivery.line_down", std::string{reason}, 0, {}, 0));
}

void planner::line_up(std::string_view channel, settled& out) {
    auto* which = self_->find(channel);
    if (which == nullptr || !std::exchange(which->line_down, false)) return;
    // A new connection: what the old one did not answer says nothing about it.
    if (which->breaker.succeeded() == breaker::change::shut) {
        out.notices.push_back(
            notice(*which, "delivery.breaker_closed", "the provider answers again", 0, {}, 0)
        );
    }
    if (std::exchange(which->line_reason, {}).empty()) return;
    out.notices.push_back(notice(*which, "delivery.line_up", "connected", 0, {}, 0));
}

void planner::allow_template(
    std::string_view channel, std::string_view name, std::string_view language
) {
    auto* which = self_->find(channel);
    if (!which) return;
    std::erase_if(which->stopped_templates, [&](const auto& one) {
        const auto& key = one.first;
        return key.first == name &&
               (language.empty() || key.second.empty() || key.second == language);
    });
}

void planner::stop_template(
    std::string_view channel, std::string_view name, instant until, std::string_view language,
    failure means
) {
    if (auto* which = self_->find(channel)) {
        which->stopped_templates.insert_or_assign(
            std::pair{std::string{name}, std::string{language}}, stopped_template{until, means}
        );
    }
}

void planner::pause_bulk(std::string_view channel, instant until) {
    if (auto* which = self_->find(channel)) {
        which->bulk_until = std::max(which->bulk_until, until);
    }
}

void planner::allow_bulk(std::string_view channel) {
    if (auto* which = self_->find(channel)) which->bulk_until = {};
}

void planner::limit_people(
    std::string_view channel, std::optional<std::int64_t> people, instant now
) {
    if (auto* which = self_->find(channel)) {
        which->people.limit(people);
        self_->look_again(now);
    }
}

void planner::started(std::string_view channel, party_id who, instant at) {
    if (auto* which = self_->find(channel)) which->people.started(who, at);
}

void planner::spare(const spared_recipient& who, instant now) {
    const auto number = self_->channel_numbers_.find(who.channel);
    if (number == self_->channel_numbers_.end() || who.party.value == 0) return;
    const auto from = who.from == priority::nudge ? rank::nudge : rank::bulk;
    self_->spare(self_->recipient_of(who.party, {}, number->second), from, who.until, now);
}

std::optional<instant> planner::next_wake(instant now) const { return self_->next_wake(now); }

std::optional<milliseconds> planner::keep_for(std::string_view channel) const {
    const auto* which = self_->find(channel);
    if (!which) return std::nullopt;
    return which->limits.keep_for;
}

std::size_t planner::queued() const noexcept { return self_->queued_; }
bool planner::crowded() const noexcept { return self_->queued_ >= crowded_at; }

std::vector<channel_state> planner::states() const {
    std::vector<channel_state> all;
    for (const auto& each : self_->channels_) {
        all.push_back({
            .channel = each.limits.channel,
            .queued = each.queued,
            .in_flight = each.in_flight,
            .unknown = each.unknown,
            .paused = each.paused,
            .reason = each.reason,
            .line_down = each.line_down,
            .breaker_open = !each.breaker.closed(),
            .bulk_paused_until = each.bulk_until,
            .marketing_stopped = each.marketing_stopped,
            .templates_stopped = each.stopped_templates.size(),
            .people_started = each.people.held(),
            .share = each.share,
        });
    }
    return all;
}

}  // namespace tertulia::gateway
