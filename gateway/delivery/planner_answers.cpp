#include "gateway/delivery/planner_state.hpp"

#include <algorithm>
#include <charconv>

namespace tertulia::gateway {

namespace {

provider_error trouble(delivery_trouble code, std::string details) {
    return {.code = static_cast<int>(code), .details = std::move(details)};
}

// Order counts after media, and where a dialog asked for it.
bool wants_delivery_first(const outbox_entry& entry) {
    return entry.in_order || std::holds_alternative<say_media>(entry.message.content);
}

std::optional<std::int64_t> outbox_id_in(std::string_view callback_data) {
    std::int64_t id{};
    const auto* end = callback_data.data() + callback_data.size();
    const auto [stopped, error] = std::from_chars(callback_data.data(), end, id);
    if (error != std::errc{} || stopped != end || id <= 0) return std::nullopt;
    return id;
}

}  // namespace

std::string provider_key(std::string_view channel, std::string_view id) {
    std::string key{channel};
    key += '\n';
    key += id;
    return key;
}

channel_notice notice(
    const channel& where, std::string_view field, std::string summary, std::int64_t id,
    party_id party, int code
) {
    return {
        .channel = where.limits.channel,
        .field = std::string{field},
        .summary = std::move(summary),
        .raw_json = R"({"outbox_id":)" + std::to_string(id) + R"(,"party":)" +
                    std::to_string(party.value) + R"(,"code":)" + std::to_string(code) + "}",
    };
}

milliseconds planner::implementation::jitter(milliseconds most) noexcept {
    // SplitMix64 (Vigna): one word of state, so a seed replays a whole run.
    auto mixed = jitter_state_ += 0x9E3779B97F4A7C15U;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    mixed ^= mixed >> 31U;
    const auto choices = static_cast<std::uint64_t>(std::max<std::int64_t>(most.count(), 0)) + 1;
    return milliseconds{static_cast<std::int64_t>(mixed % choices)};
}

milliseconds planner::implementation::back_off(const channel_limits& limits, int tries) noexcept {
    auto whole = limits.back_off_first;
    for (int i = 1; i < tries && whole < limits.back_off_most; ++i) whole *= 2;
    whole = std::min(whole, limits.back_off_most);
    return whole / 2 + jitter(whole - whole / 2);
}

void planner::implementation::track(std::int64_t id, record& what) {
    if (!what.provider_id.empty()) {
        by_provider_id_.insert_or_assign(
            provider_key(channels_[what.channel].limits.channel, what.provider_id), id
        );
    }
    if (what.tracked) return;
    what.tracked = true;
    tracked_.push_back(id);
    while (tracked_.size() > tracked_max) {
        const auto oldest = tracked_.front();
        tracked_.pop_front();
        const auto found = records_.find(oldest);
        if (found == records_.end()) continue;
        auto& old = found->second;
        if (old.entry) {  // still holds its lane, or came back to the queue: not yet
            old.tracked = false;
            continue;
        }
        if (!old.provider_id.empty()) {
            by_provider_id_.erase(
                provider_key(channels_[old.channel].limits.channel, old.provider_id)
            );
        }
        records_.erase(found);
    }
}

void planner::implementation::fail(
    std::int64_t id, record& what, provider_error error, outbox_state state, instant now,
    settled& out
) {
    const auto called = what.phase == phase::in_flight;
    if (what.phase == phase::queued) leave_queue(id, what, now);
    if (what.phase == phase::unknown) {
        --channels_[what.channel].unknown;
        free_lane(id, what, now);
    }
    if (what.holding) {
        what.holding = false;
        free_lane(id, what, now);
    }
    what.reached = delivery_status::failed;
    out.marks.push_back(mark(id, what, state, now, {}, error.code));
    if (!what.told && what.rank != rank::signal) {
        out.outcomes.push_back(
            {.party = what.party,
             .at = now,
             .event = {
                 .outbox_id = id,
                 .purpose = what.purpose,
                 .status = delivery_status::failed,
                 .error = std::move(error),
                 .touch = what.touch}});
    }
    what.told = true;
    if (called) return;  // its call is still under way: settle() frees the lane
    if (what.phase == phase::queued) --queued_;
    what.phase = phase::ended;
    what.entry.reset();
    track(id, what);
}

void planner::implementation::end_unknown(
    std::int64_t id, record& what, instant now, settled& out
) {
    auto& where = channels_[what.channel];
    const auto& entry = *what.entry;
    const auto waits = what.rank == rank::reply &&
                       !std::holds_alternative<say_template>(entry.message.content);
    if (waits && entry.expires_at > now && what.strikes < where.limits.tries) {
        --where.unknown;
        ++what.strikes;
        ++queued_;
        what.until = now;
        out.marks.push_back(mark(id, what, outbox_state::queued, now));
        auto& lane = lane_of(recipient_of(entry, what.channel), what.rank);
        if (lane.busy == id) lane.busy = 0;
        enqueue(id, what, now);
        return;
    }
    if (what.rank != rank::signal) {
        out.notices.push_back(notice(
            where, "delivery.unknown", "no answer and no status: it may or may not have arrived", id,
            what.party, static_cast<int>(delivery_trouble::outcome_unknown)
        ));
    }
    fail(
        id, what, trouble(delivery_trouble::outcome_unknown, "no answer and no status"),
        outbox_state::failed, now, out
    );
}

void planner::implementation::note_breaker(channel& which, bool good, instant now, settled& out) {
    if (good) {
        if (which.breaker.succeeded() == breaker::change::shut) {
            out.notices.push_back(
                notice(which, "delivery.breaker_closed", "the provider answers again", 0, {}, 0)
            );
        }
        return;
    }
    // Half a pause of jitter at most, so that many gateways do not probe in step.
    const auto spread = jitter(which.breaker.pause() / 2);
    if (which.breaker.failed(now, spread) == breaker::change::opened) {
        out.notices.push_back(notice(
            which, "delivery.breaker_open", "the provider does not answer: sending pauses", 0, {}, 0
        ));
    }
}

void planner::implementation::accept(
    std::int64_t id, record& what, std::string provider_id, instant now, settled& out
) {
    auto& where = channels_[what.channel];
    if (!where.limits.echoes_callback) what.provider_id = provider_id;
    out.marks.push_back(mark(id, what, outbox_state::accepted, now, std::move(provider_id)));
    what.confirmed = true;
    to_accepted(id, what, now);
}

void planner::implementation::to_accepted(std::int64_t id, record& what, instant now) {
    auto& where = channels_[what.channel];
    // One that came back to the queue holds nothing: only a call or the wait after one does.
    const auto has_lane = what.phase == phase::in_flight || what.phase == phase::unknown;
    const auto holds = wants_delivery_first(*what.entry) && has_lane &&
                       what.reached < delivery_status::delivered;
    what.phase = phase::accepted;
    if (holds) {
        what.holding = true;
        what.until = now + where.limits.order_wait;
        wakes_.push({.at = what.until, .id = id});
    } else {
        free_lane(id, what, now);
        what.entry.reset();
    }
    track(id, what);
}

void planner::implementation::again(
    std::int64_t id, record& what, instant not_before, int error_code, instant now, settled& out
) {
    lane_of(recipient_of(*what.entry, what.channel), what.rank).busy = 0;
    what.until = not_before;
    ++queued_;
    out.marks.push_back(mark(id, what, outbox_state::queued, now, {}, error_code));
    enqueue(id, what, now);
}

void planner::implementation::settle(
    std::int64_t id, const call_outcome& ended, instant now, settled& out
) {
    const auto found = records_.find(id);
    if (found == records_.end() || found->second.phase != phase::in_flight) return;
    auto& what = found->second;
    auto& where = channels_[what.channel];
    --where.in_flight;
    --queued_;
    using how = call_outcome::how;
    if (ended.ended == how::unrenderable) {
        if (what.probe) where.breaker.taken_back();
    } else {
        const auto answers = ended.ended == how::answered && ended.http_status < 500;
        note_breaker(where, answers, now, out);
    }
    if (what.confirmed || what.told) {  // a status was faster and knows more
        const auto failed = what.reached == delivery_status::failed;
        if (!where.limits.echoes_callback) what.provider_id = ended.verdict.provider_id;
        if (!failed) return to_accepted(id, what, now);
        what.phase = phase::ended;
        free_lane(id, what, now);
        what.entry.reset();
        return track(id, what);
    }
    judge(id, what, ended, now, out);
}

void planner::implementation::judge(
    std::int64_t id, record& what, const call_outcome& ended, instant now, settled& out
) {
    using adapters::reaction;
    using how = call_outcome::how;
    auto& where = channels_[what.channel];
    const auto& verdict = ended.verdict;
    const auto signal = what.rank == rank::signal;
    const auto end = [&](provider_error error) {
        fail(id, what, std::move(error), outbox_state::failed, now, out);
        free_lane(id, what, now);
        what.phase = phase::ended;
        what.entry.reset();
        track(id, what);
    };
    const auto refused = [&] { end({.code = verdict.code,
             .details = verdict.reason,
             .means = adapters::failure_of(verdict.reaction)});
    };

    if (ended.ended == how::unrenderable) return refused();
    if (ended.ended == how::unknown ||
        (ended.ended == how::answered && verdict.reaction == reaction::unsure)) {
        if (signal) return end(trouble(delivery_trouble::outcome_unknown, "no answer"));
        out.marks.push_back(mark(id, what, outbox_state::unknown, now));
        what.phase = phase::unknown;
        what.until = now + where.limits.unknown_wait;
        ++where.unknown;
        wakes_.push({.at = what.until, .id = id});
        return;  // its lane waits with it: what she was told next must not come first
    }
    if (ended.ended == how::not_sent) {
        // Certainly never left, so it costs no try; its expiry is the end of it.
        if (signal) return end(trouble(delivery_trouble::gave_up, "not sent"));
        return again(id, what, now + back_off(where.limits, what.tries), 0, now, out);
    }
    const auto after = std::max(verdict.after, milliseconds{0});
    if (signal && verdict.reaction != reaction::accepted &&
        verdict.reaction != reaction::stop_channel) {
        return refused();  // worth nothing later
    }
    switch (verdict.reaction) {
        case reaction::accepted: {
            recipient_of(*what.entry, what.channel).slowed = 0;
            if (signal) {
                out.marks.push_back(
                    mark(id, what, outbox_state::accepted, now, verdict.provider_id));
                what.phase = phase::accepted;
                what.told = what.confirmed = true;
                free_lane(id, what, now);
                what.entry.reset();
                return track(id, what);
            }
            return accept(id, what, verdict.provider_id, now, out);
        }
        case reaction::retry: {
            // While the provider is down every answer is a probe's: it costs the message no try.
            const auto most = verdict.tries_max > 0 ? verdict.tries_max : where.limits.tries;
            if (!what.probe && ++what.strikes > most) {
                return end({.code = verdict.code != 0 ? verdict.code
                                                      : static_cast<int>(delivery_trouble::gave_up),
                            .details = verdict.reason});
            }
            const auto wait = std::max(after, back_off(where.limits, what.tries));
            return again(id, what, now + wait, verdict.code, now, out);
        }
        case reaction::slow_channel: {
            slow_down(id, what, verdict, now, out);
            const auto wait = std::max(after, back_off(where.limits, 1));
            return again(id, what, now + wait, verdict.code, now, out);
        }
        case reaction::slow_recipient: {
            auto& who = recipient_of(*what.entry, what.channel);
            again(id, what, slow_down(who, after, now), verdict.code, now, out);
            for (auto& each : who.lanes) refresh(who, each, now);
            return;
        }
        case reaction::stop_channel:
            stop_channel(id, what, verdict, out);
            if (signal) return refused();
            return again(id, what, now, verdict.code, now, out);
        case reaction::stop_bulk:
            stop_bulk(where, after, verdict.code, now, out);
            return refused();
        case reaction::stop_template:
        case reaction::other_language:
            stop_template(id, what, *what.entry, verdict, now, out);
            return refused();
        case reaction::stop_marketing:
            stop_marketing(id, what, *what.entry, verdict, now, out);
            return refused();
        case reaction::spare_recipient:
            spare(what, *what.entry, verdict, now, out);
            return refused();
        case reaction::ask_operator:
            ask_operator(id, what, verdict, out);
            return refused();
        case reaction::unsure:  // taken care of above
        case reaction::refuse:
        case reaction::use_template:
        case reaction::unreachable:
        case reaction::opted_out:
        case reaction::identity_changed: return refused();
    }
}

record* planner::implementation::find_by(const status_update& status, std::int64_t& id) {
    if (const auto ours = outbox_id_in(status.callback_data)) {
        id = *ours;
    } else {
        const auto found = by_provider_id_.find(provider_key(status.channel, status.message_id));
        if (found == by_provider_id_.end()) return nullptr;
        id = found->second;
    }
    const auto held = records_.find(id);
    return held == records_.end() ? nullptr : &held->second;
}

status_answer planner::implementation::on_status(
    const status_update& status, instant now, settled& out
) {
    status_answer answer;
    auto* held = find_by(status, answer.outbox_id);
    if (!held) return answer;
    auto& what = *held;
    const auto id = answer.outbox_id;
    answer.meaning = status_meaning::record;

    // Of a try that failed and was followed by another: only that it arrived after all is news.
    const bool is_of_old = !what.failed_as.empty() && status.message_id == what.failed_as;
    if (is_of_old && status.status < delivery_status::delivered) return answer;

    const auto failed_before = what.reached == delivery_status::failed && what.told;
    if (status.status == delivery_status::failed) {
        if (failed_before) return answer;
        if (what.reached >= delivery_status::delivered) {
            answer.meaning = status_meaning::contradiction;
            return answer;
        }
        const auto error = status.errors.empty() ? provider_error{} : status.errors.front();
        settled mine;
        fail(id, what, error, outbox_state::failed, now, mine);
        out.marks.insert(out.marks.end(), mine.marks.begin(), mine.marks.end());
        if (mine.outcomes.empty()) return answer;  // a signal's
        answer.outcome = std::move(mine.outcomes.front());
        answer.outcome->at = status.at;
        answer.meaning = status_meaning::outcome;
        return answer;
    }
    if (failed_before) {
        answer.meaning = status_meaning::contradiction;
        return answer;
    }
    const auto risen = status.status > what.reached;
    const auto told = what.reached >= delivery_status::delivered;
    if (risen) what.reached = status.status;
    if (!what.confirmed) {
        // The provider has it, whatever became of our call or of the wait for its answer.
        what.confirmed = true;
        if (what.phase == phase::in_flight) {
            out.marks.push_back(mark(id, what, outbox_state::accepted, now, status.message_id));
        } else if (what.phase == phase::unknown || what.phase == phase::queued) {
            if (what.phase == phase::unknown) {
                --channels_[what.channel].unknown;
            } else {
                leave_queue(id, what, now);
                --queued_;
            }
            accept(id, what, status.message_id, now, out);
        }
    }
    if (what.reached >= delivery_status::delivered && what.holding) {
        what.holding = false;
        free_lane(id, what, now);
        what.entry.reset();
    }
    if (!told && what.reached >= delivery_status::delivered && what.rank != rank::signal) {
        what.told = true;
        answer.meaning = status_meaning::outcome;
        answer.outcome = final_outcome{
            .party = what.party,
            .at = status.at,
            .event = {
                .outbox_id = id,
                .purpose = what.purpose,
                .status = status.status,
                .error = {},
                .touch = what.touch}};
    }
    return answer;
}

}  // namespace tertulia::gateway
