#include "gateway/smpp/exchange.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tertulia::gateway::smpp {
namespace {

namespace wire = adapters::smpp;
using adapters::reaction;

constexpr unsigned connection_shift = 32;

std::int64_t outbox_id_of(const std::string& ticket) {
    std::int64_t id{};
    (void)std::from_chars(ticket.data(), ticket.data() + ticket.size(), id);
    return id;
}

// A code is the SMSC's answer; a retry without one is our own session's, and nothing has left.
call_outcome outcome_of(adapters::verdict judged) {
    using how = call_outcome::how;
    if (judged.reaction == reaction::unsure) return {.ended = how::unknown};
    if (judged.reaction == reaction::retry && judged.code == 0) return {.ended = how::not_sent};
    return {.ended = how::answered, .verdict = std::move(judged)};
}

}  // namespace

exchange::exchange(wire::channel_settings channel, std::uint64_t seed)
    : channel_{std::move(channel)},
      session_{channel_, seed},
      reference_{static_cast<std::uint16_t>(seed)} {}

orders exchange::start(instant now) {
    return {connect{now}};
}

orders exchange::connected(instant now) {
    orders out;
    is_connected_ = true;
    ++connection_;
    translate(session_.on_connected(now), now, now, out);
    return out;
}

orders exchange::heard(std::string_view bytes, instant now, instant stamp) {
    orders out;
    if (!is_connected_) return out;
    translate(session_.on_bytes(bytes, now), now, stamp, out);
    pump(now, out);
    return out;
}

orders exchange::lost(std::string_view reason, instant now) {
    orders out;
    is_connected_ = false;
    line_down(reason, out);
    translate(session_.on_closed(now), now, now, out);
    return out;
}

orders exchange::send(const outbox_entry& entry, instant now) {
    orders out;
    if (!session_.is_bound() || is_stopped_) {
        out.emplace_back(report{entry.id, {.ended = call_outcome::how::not_sent}});
        return out;
    }
    auto parts = wire::render(entry.message, channel_, ++reference_);
    if (!parts) {
        call_outcome never{.ended = call_outcome::how::unrenderable};
        never.verdict.reason = parts.error().message();
        out.emplace_back(report{entry.id, std::move(never)});
        return out;
    }
    queue_.push_back({entry.id, std::move(*parts), now + waits_at_most});
    pump(now, out);
    return out;
}

void exchange::pump(instant now, orders& out) {
    while (!queue_.empty() && session_.wants_more()) {
        auto next = std::move(queue_.front());
        queue_.pop_front();
        translate(
            session_.send(std::to_string(next.outbox_id), std::move(next.parts), now), now, now, out
        );
    }
}

orders exchange::kept(std::uint64_t delivery, bool is_kept, instant now) {
    orders out;
    if (!is_connected_ || delivery >> connection_shift != connection_) return out;
    const auto stored = is_kept ? wire::session::kept::yes : wire::session::kept::no;
    translate(
        session_.acknowledge(static_cast<std::uint32_t>(delivery), stored, now), now, now, out
    );
    return out;
}

orders exchange::tick(instant now) {
    orders out;
    translate(session_.on_tick(now), now, now, out);
    pump(now, out);
    while (!queue_.empty() && queue_.front().until <= now) {
        out.emplace_back(
            report{queue_.front().outbox_id, {.ended = call_outcome::how::not_sent}}
        );
        queue_.pop_front();
    }
    return out;
}

std::optional<instant> exchange::next_tick(instant now) const {
    auto next = session_.next_tick(now);
    if (!queue_.empty()) next = std::min(next.value_or(queue_.front().until), queue_.front().until);
    return next;
}

orders exchange::stop(instant now) {
    orders out;
    is_stopped_ = true;
    is_door_open_ = false;
    for (const auto& one : std::exchange(queue_, {})) {
        out.emplace_back(report{one.outbox_id, {.ended = call_outcome::how::not_sent}});
    }
    translate(session_.stop(now), now, now, out);
    return out;
}

void exchange::line_down(std::string_view reason, orders& out) {
    for (const auto& one : std::exchange(queue_, {})) {
        out.emplace_back(report{one.outbox_id, {.ended = call_outcome::how::not_sent}});
    }
    if (is_stopped_ || told_ == reason) return;  // our own goodbye is no news
    told_ = reason;
    out.emplace_back(line_is{.up = false, .reason = told_});
}

void exchange::translate(wire::actions from, instant now, instant stamp, orders& out) {
    for (auto& one : from) {
        if (auto* bytes = std::get_if<wire::write_bytes>(&one)) {
            out.emplace_back(write{std::move(bytes->bytes)});
        } else if (std::holds_alternative<wire::bound>(one)) {
            told_.clear();
            out.emplace_back(line_is{.up = true});
        } else if (auto* ended = std::get_if<wire::answered>(&one)) {
            out.emplace_back(
                report{outbox_id_of(ended->ticket), outcome_of(std::move(ended->judged))}
            );
        } else if (auto* late = std::get_if<wire::answered_late>(&one)) {
            out.emplace_back(late_status(std::move(*late), stamp));
        } else if (auto* came = std::get_if<wire::received>(&one)) {
            hand_in(std::move(*came), now, stamp, out);
        } else if (auto* ends = std::get_if<wire::hang_up>(&one)) {
            is_connected_ = false;
            out.emplace_back(hang_up{});
            line_down(ends->reason, out);
        } else if (auto* again = std::get_if<wire::reconnect>(&one)) {
            out.emplace_back(connect{again->at});
        } else if (auto* told = std::get_if<wire::warn>(&one)) {
            out.emplace_back(warn{std::move(told->what)});
        }
    }
}

// The planner waits for a status of what it is not sure of: this is one, under its own id.
take_in exchange::late_status(wire::answered_late what, instant stamp) const {
    const bool is_taken = what.judged.reaction == reaction::accepted;
    status_update update{
        .channel = channel_.name,
        .message_id = std::move(what.judged.provider_id),
        .status = is_taken ? delivery_status::accepted : delivery_status::failed,
        .at = stamp,
        .callback_data = std::move(what.ticket)};
    if (!is_taken) {
        update.errors.push_back(
            {.code = what.judged.code,
             .details = std::move(what.judged.reason),
             .means = adapters::failure_of(what.judged.reaction)}
        );
    }
    take_in made;
    made.what.events.emplace_back(std::move(update));
    return made;
}

void exchange::hand_in(wire::received what, instant now, instant stamp, orders& out) {
    const auto delivery =
        static_cast<std::uint64_t>(connection_) << connection_shift | what.sequence;
    if (!is_door_open_) {
        for (auto& one : kept(delivery, false, now)) out.push_back(std::move(one));
        return;
    }
    auto read = wire::deliver(what.what, what.id, stamp, channel_);
    take_in made{.delivery = delivery};
    if (auto* part = std::get_if<adapters::message_part>(&read)) {
        made.what.parts.push_back(std::move(*part));
    } else if (auto* message = std::get_if<inbound_message>(&read)) {
        made.what.events.emplace_back(std::move(*message));
    } else if (auto* status = std::get_if<status_update>(&read)) {
        made.what.events.emplace_back(std::move(*status));
    } else {
        made.what.events.emplace_back(std::get<channel_notice>(std::move(read)));
    }
    out.emplace_back(std::move(made));
}

}  // namespace tertulia::gateway::smpp
