// The session's life: connecting, binding, silence, goodbye.

#include "adapters/smpp/session.hpp"

#include "adapters/wire/reaction_rule.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::adapters::smpp {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr std::array<milliseconds, 6> pauses{1s, 2s, 5s, 10s, 30s, 60s};
constexpr milliseconds pause_after_refusal = 5min;  // a wrong password does not mend itself soon
constexpr milliseconds pause_while_bound = 60s;     // until the SMSC drops our old session
constexpr milliseconds goodbye_max = 5s;
constexpr milliseconds repeat_memory = 10min;
constexpr std::size_t unanswered_max = 1'000;

}  // namespace

session::session(channel_settings channel, std::uint64_t seed)
    : channel_(std::move(channel)), chance_(seed | 1U), rate_(channel_.per_second) {}

actions session::on_connected(instant now) {
    actions out;
    reader_.clear();
    state_ = state::binding;
    heard_at_ = now;
    enquiry_until_.reset();
    state_until_ = now + channel_.answer_within;
    auto bind = bind_of(channel_);
    bind.sequence = next_sequence();
    const auto bytes = encode(bind);
    if (!bytes) {
        out.emplace_back(warn{"system_id, password or system_type is longer than SMPP has room for"}
        );
        close("cannot bind", pause_after_refusal, out, now);
        return out;
    }
    out.emplace_back(write_bytes{*bytes});
    return out;
}

actions session::on_closed(instant now) {
    actions out;
    if (state_ == state::closed && !is_stopped_) {  // could not connect
        out.emplace_back(reconnect{now + next_pause()});
        return out;
    }
    if (state_ == state::closed) return out;
    drop_everything(out, now);
    if (!is_stopped_) out.emplace_back(reconnect{now + next_pause()});
    return out;
}

actions session::stop(instant now) {
    actions out;
    is_stopped_ = true;
    if (state_ != state::bound) {
        if (state_ != state::closed) close("stopped", 0ms, out, now);
        return out;
    }
    write({.id = command::unbind, .sequence = next_sequence()}, out, now);
    state_ = state::unbinding;
    state_until_ = now + goodbye_max;
    return out;
}

actions session::on_tick(instant now) {
    actions out;
    if (state_until_ && now >= *state_until_) {
        if (state_ == state::binding) close("no answer to the bind", next_pause(), out, now);
        if (state_ == state::unbinding) close("no answer to the goodbye", 0ms, out, now);
    }
    expire_answers(out, now);
    watch_link(out, now);
    pump(out, now);
    return out;
}

void session::watch_link(actions& out, instant now) {
    if (state_ != state::bound) return;
    if (enquiry_until_) {
        if (now >= *enquiry_until_) close("no answer to enquire_link", next_pause(), out, now);
        return;
    }
    if (now - heard_at_ < channel_.enquire_after) return;
    enquiry_sequence_ = next_sequence();
    enquiry_until_ = now + channel_.enquire_within;
    write({.id = command::enquire_link, .sequence = enquiry_sequence_}, out, now);
}

// The window outlives no connection: what was not answered may have been taken or not.
void session::drop_everything(actions& out, instant now) {
    state_ = state::closed;
    state_until_.reset();
    enquiry_until_.reset();
    reader_.clear();
    const auto outstanding = std::exchange(outstanding_, {});
    const auto queue = std::exchange(queue_, {});
    given_up_.clear();
    const verdict lost{
        .reaction = reaction::unsure, .reason = "the connection ended before the answer"};
    const verdict unsent{
        .reaction = reaction::retry,
        .reason = "the connection ended before it was sent",
        .tries_max = while_it_lives};
    for (const auto& [sequence, one] : outstanding) finish_part(one.part, lost, {}, out);
    for (const auto& part : queue) finish_part(part, unsent, {}, out);
    late_.clear();
    late_messages_.clear();

    std::erase_if(unanswered_, [now](const unanswered_delivery& one) { return now >= one.until; });
    for (auto& [sequence, one] : std::exchange(deliveries_, {})) remember(std::move(one), now);
}

// It will come again, and is then the same message.
void session::remember(delivery what, instant now) {
    if (unanswered_.size() == unanswered_max) unanswered_.erase(unanswered_.begin());
    unanswered_.push_back({std::move(what.id), std::move(what.fingerprint), now + repeat_memory});
}

void session::close(std::string reason, milliseconds pause, actions& out, instant now) {
    drop_everything(out, now);
    out.emplace_back(hang_up{std::move(reason)});
    if (!is_stopped_) out.emplace_back(reconnect{now + pause});
}

// 1, 2, 5, 10, 30, 60 s, a fifth more or less.
milliseconds session::next_pause() noexcept {
    const auto base = pauses[std::min(failures_, pauses.size() - 1)];
    ++failures_;
    chance_ = chance_ * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
    const auto fifth = base.count() / 5;
    const auto spread = static_cast<std::int64_t>(chance_ >> 33U) % (2 * fifth + 1);
    return milliseconds{base.count() - fifth + spread};
}

void session::on_bind_answer(const pdu& read, actions& out, instant now) {
    if (state_ != state::binding) return;
    if (read.status == status_ok) {
        state_ = state::bound;
        state_until_.reset();
        failures_ = 0;
        const auto* body = std::get_if<bind_answer>(&read.body);
        out.emplace_back(bound{body == nullptr ? std::string{} : body->system_id.substr(0, 16)});
        pump(out, now);
        return;
    }
    const auto judged = judge(read.status);
    if (read.status == status_already_bound) {
        return close(judged.reason, pause_while_bound, out, now);
    }
    if (judged.reaction == reaction::stop_channel) {
        out.emplace_back(warn{judged.reason});
        return close(judged.reason, pause_after_refusal, out, now);
    }
    close("the bind was refused: " + judged.reason, next_pause(), out, now);
}

std::optional<instant> session::next_tick(instant now) const {
    std::optional<instant> next;
    const auto sooner = [&next](instant at) {
        if (!next || at < *next) next = at;
    };
    if (state_until_) sooner(*state_until_);
    if (!given_up_.empty()) sooner(given_up_.front().first);
    if (state_ != state::bound) return next;
    sooner(enquiry_until_ ? *enquiry_until_ : heard_at_ + channel_.enquire_after);
    if (!queue_.empty() && outstanding_.size() < channel_.window) {
        sooner(std::max({now, throttled_until_, next_write_}));
    }
    return next;
}

}  // namespace tertulia::adapters::smpp
