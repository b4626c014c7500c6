// What a failure asks for: of the channel at once, and of the message where it may leave once more.

#include "gateway/delivery/planner_state.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::gateway {

void planner::implementation::stop_bulk(
    channel& which, milliseconds pause, int code, instant now, settled& out
) {
    const auto was = which.bulk_until > now;
    which.bulk_until = std::max(which.bulk_until, now + std::max(pause, which.limits.bulk_pause));
    if (!was) {
        out.notices.push_back(notice(
            which, "delivery.bulk_stopped", "quality warning: nothing but replies for hours", 0, {},
            code
        ));
    }
}

void planner::implementation::stop_channel(
    std::int64_t id, const record& what, const adapters::verdict& why, settled& out
) {
    auto& where = channels_[what.channel];
    if (std::exchange(where.paused, true)) return;
    where.reason = why.reason;
    out.notices.push_back(notice(
        where, "delivery.channel_stopped",
        "sending is stopped until someone resumes it: " + why.reason, id, what.party, why.code
    ));
}

void planner::implementation::stop_template(
    std::int64_t id, const record& what, const outbox_entry& entry, const adapters::verdict& why,
    instant now, settled& out
) {
    const auto* used = std::get_if<say_template>(&entry.message.content);
    if (used == nullptr) return;
    auto& where = channels_[what.channel];
    // Of several under way the first is news.
    const bool was = where.template_stopped(used->name, used->language, now).has_value();
    const auto until = now + std::max(std::max(why.after, milliseconds{0}), where.limits.template_pause);
    where.stopped_templates.insert_or_assign(
        std::pair{used->name, used->language},
        stopped_template{until, adapters::failure_of(why.reaction)}
    );
    if (was) return;
    const bool is_missing = why.reaction == adapters::reaction::other_language;
    out.notices.push_back(notice(
        where, is_missing ? "delivery.template_missing" : "delivery.template_stopped",
        is_missing ? "the provider has no approved template " + used->name + " in " +
                         used->language + ": it is said in the institution's language where it can be"
                   : "the provider stopped template " + used->name,
        id, what.party, why.code
    ));
}

// Only of what we hold for marketing. What we hold for utility and the provider for marketing is a
// template of a wrong category, and stopped alone.
void planner::implementation::stop_marketing(
    std::int64_t id, const record& what, const outbox_entry& entry, const adapters::verdict& why,
    instant now, settled& out
) {
    if (what.rank != rank::bulk) return stop_template(id, what, entry, why, now, out);
    auto& where = channels_[what.channel];
    if (std::exchange(where.marketing_stopped, true)) return;
    out.notices.push_back(notice(
        where, "delivery.marketing_stopped",
        "marketing waits until someone resumes the channel, all else goes on: " + why.reason, id,
        what.party, why.code
    ));
}

void planner::implementation::spare(recipient& who, rank from, instant until, instant now) {
    who.spared_from = who.spared_until > now ? std::min(who.spared_from, from) : from;
    who.spared_until = std::max(who.spared_until, until);
    for (auto& each : who.lanes) refresh(who, each, now);
    forget_if_idle(who, now);
}

// Of the refused one's class and behind it: her limit is one of what is offered to her, so a
// reminder she is to have still goes when it was an offer that was refused.
void planner::implementation::spare(
    const record& what, const outbox_entry& entry, const adapters::verdict& why, instant now,
    settled& out
) {
    const auto from = what.rank == rank::bulk ? rank::bulk : rank::nudge;
    const auto until = now + std::max(why.after, milliseconds{0});
    out.spared.push_back(
        {.channel = channels_[what.channel].limits.channel,
         .party = entry.party,
         .from = from == rank::bulk ? priority::bulk : priority::nudge,
         .until = until}
    );
    spare(recipient_of(entry, what.channel), from, until, now);
}

void planner::implementation::ask_operator(
    std::int64_t id, const record& what, const adapters::verdict& why, settled& out
) {
    out.notices.push_back(notice(
        channels_[what.channel], "delivery.ask_operator", why.reason, id, what.party, why.code
    ));
}

void planner::implementation::slow_down(
    std::int64_t id, const record& what, const adapters::verdict& why, instant now, settled& out
) {
    auto& where = channels_[what.channel];
    if (where.share == whole_share) {
        out.notices.push_back(notice(
            where, "delivery.channel_slowed", "the provider asks for a lower rate", id, what.party,
            why.code
        ));
    }
    // One burst of such answers is one request to slow down.
    if (where.share == whole_share || now >= where.share_changed + share_halves_at_most_every) {
        where.share = std::max(share_least, where.share / 2);
        where.share_changed = now;
    }
}

// Until when she is written nothing.
instant planner::implementation::slow_down(recipient& who, milliseconds at_least, instant now) {
    const auto wait = milliseconds{1'000LL << (2 * std::min(who.slowed, slowed_most))};
    ++who.slowed;
    who.blocked_until = std::max(who.blocked_until, now + std::max(wait, at_least));
    return who.blocked_until;
}

// When it may leave once more; nothing: not at all. Files have a way of their own (gateway/uploads):
// a failed one is said in words.
std::optional<instant> planner::implementation::next_try(
    record& what, const outbox_entry& entry, const adapters::verdict& why, instant now
) {
    using adapters::reaction;
    if (what.rank == rank::signal || std::holds_alternative<say_media>(entry.message.content)) {
        return std::nullopt;
    }
    const auto& limits = channels_[what.channel].limits;
    if (limits.knows_repeats) return std::nullopt;
    const auto after = std::max(why.after, milliseconds{0});
    std::optional<instant> at;
    switch (why.reaction) {
        case reaction::retry:
            if (what.strikes >= (why.tries_max > 0 ? why.tries_max : limits.tries)) break;
            ++what.strikes;
            at = now + std::max(after, back_off(limits, what.strikes));
            break;
        case reaction::slow_channel:
            at = now + std::max(after, back_off(limits, 1));
            break;
        case reaction::slow_recipient:
            at = slow_down(recipient_of(entry, what.channel), after, now);
            break;
        case reaction::stop_channel:
            at = now;  // it waits with the channel
            break;
        default:
            break;
    }
    if (at && entry.expires_at != instant{} && *at >= entry.expires_at) return std::nullopt;
    return at;
}

void planner::implementation::from_the_start(
    std::int64_t id, record& what, const outbox_entry_state& of, instant not_before,
    const status_update& failed, int code, instant now, settled& out
) {
    auto& where = channels_[what.channel];
    if (what.phase == phase::unknown) --where.unknown;
    auto entry = of.entry;
    if (entry.expires_at == instant{}) entry.expires_at = entry.queued_at + where.limits.keep_for;
    what.entry = std::make_shared<const outbox_entry>(std::move(entry));
    auto& lane = lane_of(recipient_of(*what.entry, what.channel), what.rank);
    if (lane.busy == id) lane.busy = 0;
    if (const auto old = std::exchange(what.provider_id, {}); !old.empty()) {
        by_provider_id_.erase(provider_key(where.limits.channel, old));
    }
    what.failed_as = failed.message_id;
    what.reached = delivery_status::accepted;
    what.confirmed = what.told = what.holding = false;
    what.until = not_before;
    ++queued_;
    out.marks.push_back(mark(id, what, outbox_state::queued, now, {}, code));
    enqueue(id, what, now);
}

bool planner::implementation::on_failure(
    const status_update& status, const outbox_entry_state& of, const adapters::verdict& judged,
    instant now, settled& out
) {
    using adapters::reaction;
    const auto id = of.entry.id;
    const auto found = records_.find(id);
    if (found == records_.end()) return false;
    auto& what = found->second;
    const bool is_of_old = !what.failed_as.empty() && what.failed_as == status.message_id;
    if (is_of_old) return true;
    // Known already, or she has it: on_status() says which.
    if (what.told || what.reached >= delivery_status::delivered) return false;
    switch (judged.reaction) {
        case reaction::slow_channel: slow_down(id, what, judged, now, out); break;
        case reaction::stop_channel: stop_channel(id, what, judged, out); break;
        case reaction::stop_bulk:
            stop_bulk(channels_[what.channel], judged.after, judged.code, now, out);
            break;
        case reaction::stop_template:
        case reaction::other_language: stop_template(id, what, of.entry, judged, now, out); break;
        case reaction::stop_marketing: stop_marketing(id, what, of.entry, judged, now, out); break;
        case reaction::spare_recipient: spare(what, of.entry, judged, now, out); break;
        case reaction::ask_operator: ask_operator(id, what, judged, out); break;
        default: break;
    }
    const bool is_passing =
        judged.reaction == reaction::retry || judged.reaction == reaction::slow_channel ||
        judged.reaction == reaction::slow_recipient || judged.reaction == reaction::stop_channel;
    if (what.phase == phase::queued) return is_passing;  // it leaves once more anyhow
    // Of one under way nobody knows yet as what it was taken.
    if (what.phase != phase::accepted && what.phase != phase::unknown) return false;
    const auto at = next_try(what, of.entry, judged, now);
    if (!at) return false;
    from_the_start(id, what, of, *at, status, judged.code, now, out);
    return true;
}

bool planner::fails(
    const status_update& status, const outbox_entry_state& of, const adapters::verdict& judged,
    instant now, settled& out
) {
    return self_->on_failure(status, of, judged, now, out);
}

std::int64_t planner::id_of(const status_update& status) const {
    std::int64_t id{};
    (void)self_->find_by(status, id);
    return id;
}

}  // namespace tertulia::gateway
