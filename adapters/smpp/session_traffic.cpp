// What passes through a session: frames, submits and their answers, deliveries.

#include "adapters/smpp/session.hpp"
#include "adapters/wire/reaction_rule.hpp"

#include <boost/assert.hpp>

#include <algorithm>
#include <utility>

namespace tertulia::adapters::smpp {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds throttle_pause_min = 1s;
constexpr milliseconds throttle_pause_max = 60s;
constexpr double rate_min = 1.0;       // a second
constexpr double rate_step = 0.05;     // of the contracted rate, for each submit taken
constexpr milliseconds late_memory = 10min;
constexpr milliseconds burst = 100ms;  // what a late tick may catch up
constexpr double unlimited_while_slow =
    100;  // where no rate is contracted, yet we are told to slow

}  // namespace

std::uint32_t session::next_sequence() noexcept {
    sequence_ = sequence_ >= sequence_max ? 1 : sequence_ + 1;
    return sequence_;
}

// Bytes of one call are one write.
void session::write(const pdu& what, actions& out, instant) {
    auto bytes = encode(what);
    BOOST_ASSERT(bytes);  // render() and we ourselves keep to the bounds
    if (!out.empty()) {
        if (auto* last = std::get_if<write_bytes>(&out.back())) {
            last->bytes += *bytes;
            return;
        }
    }
    out.emplace_back(write_bytes{std::move(*bytes)});
}

void session::write_answer(
    std::uint32_t to, std::uint32_t sequence, std::uint32_t status, actions& out, instant now
) {
    pdu answer{.id = response_to(static_cast<command>(to)), .status = status, .sequence = sequence};
    if (answer.id == command::deliver_sm_resp || answer.id == command::data_sm_resp) {
        answer.body = message_answer{};
    }
    write(answer, out, now);
}

actions session::on_bytes(std::string_view bytes, instant now) {
    actions out;
    if (state_ == state::closed) return out;
    heard_at_ = now;
    reader_.append(bytes);
    while (state_ != state::closed) {
        const auto frame = reader_.next();
        if (!frame) {
            close("a frame of an impossible length", next_pause(), out, now);
            break;
        }
        if (!*frame) break;
        on_frame(**frame, out, now);
    }
    pump(out, now);
    return out;
}

void session::on_frame(std::string_view frame, actions& out, instant now) {
    const auto header = header_of(frame);
    auto read = decode(frame);
    if (read) {
        if (is_response(read->id)) return on_response(*read, out, now);
        return on_request(std::move(*read), out, now);
    }
    if (is_response(static_cast<command>(header.id))) return;  // an answer is never answered
    const bool unknown = read.error() == errc::unknown_command;
    write(
        {.id = command::generic_nack,
         .status = unknown ? status_bad_command : status_bad_command_length,
         .sequence = header.sequence},
        out,
        now
    );
    if (!unknown) out.emplace_back(warn{"the SMSC sent a PDU that ends before its fields do"});
}

void session::on_request(pdu read, actions& out, instant now) {
    switch (read.id) {
        case command::enquire_link:
            return write_answer(
                static_cast<std::uint32_t>(read.id), read.sequence, status_ok, out, now
            );
        case command::unbind:
            write_answer(static_cast<std::uint32_t>(read.id), read.sequence, status_ok, out, now);
            return close("the SMSC said goodbye", next_pause(), out, now);
        case command::deliver_sm:
            return on_delivery(read, std::get<message_body>(std::move(read.body)), out, now);
        case command::data_sm:
            return on_delivery(
                read, as_message(std::get<data_body>(std::move(read.body))), out, now
            );
        default:  // a bind or a submit: we are no SMSC
            write(
                {.id = command::generic_nack,
                 .status = status_bad_command,
                 .sequence = read.sequence},
                out,
                now
            );
    }
}

void session::on_delivery(const pdu& read, message_body what, actions& out, instant now) {
    delivery made{
        .id = {}, .fingerprint = fingerprint_of(what), .answer_with = response_to(read.id)};
    std::erase_if(unanswered_, [now](const unanswered_delivery& one) { return now >= one.until; });
    const auto before =
        std::ranges::find(unanswered_, made.fingerprint, &unanswered_delivery::fingerprint);
    if (before != unanswered_.end()) {
        made.id = std::move(before->id);
        unanswered_.erase(before);
    } else {
        made.id = made.fingerprint + "-" + std::to_string(to_millis(now)) + "-" +
                  std::to_string(read.sequence);
    }
    out.emplace_back(received{.sequence = read.sequence, .id = made.id, .what = std::move(what)});
    deliveries_.insert_or_assign(read.sequence, std::move(made));
}

actions session::acknowledge(std::uint32_t sequence, kept stored, instant now) {
    actions out;
    const auto found = deliveries_.find(sequence);
    if (found == deliveries_.end()) return out;  // of a connection that is gone
    write(
        {.id = found->second.answer_with,
         .status = stored == kept::yes ? status_ok : status_try_again,
         .sequence = sequence,
         .body = message_answer{}},
        out,
        now
    );
    if (stored == kept::no) remember(std::move(found->second), now);
    deliveries_.erase(found);
    return out;
}

void session::on_response(const pdu& read, actions& out, instant now) {
    switch (read.id) {
        case command::bind_receiver_resp:
        case command::bind_transmitter_resp:
        case command::bind_transceiver_resp:
            return on_bind_answer(read, out, now);
        case command::enquire_link_resp:
            if (read.sequence == enquiry_sequence_) enquiry_until_.reset();
            return;
        case command::unbind_resp:
            if (state_ == state::unbinding) close("goodbye", 0ms, out, now);
            return;
        case command::submit_sm_resp:
            return on_submit_answer(read, out, now);
        case command::generic_nack:
            if (state_ == state::binding) return on_bind_answer(read, out, now);
            if (enquiry_until_ && read.sequence == enquiry_sequence_) enquiry_until_.reset();
            return on_submit_answer(read, out, now);
        default:
            return;
    }
}

namespace {

verdict judged_answer(const pdu& read) {
    if (read.id == command::generic_nack && read.status == status_ok) {
        return {.reaction = reaction::unsure, .reason = "answered by a generic_nack of status 0"};
    }
    auto judged = judge(read.status);
    if (judged.reaction != reaction::accepted) return judged;
    if (const auto* body = std::get_if<message_answer>(&read.body)) {
        judged.provider_id = message_id_of(body->message_id.substr(0, 64));
    }
    return judged;
}

bool is_final(reaction what) {
    return what == reaction::accepted || what == reaction::refuse || what == reaction::unreachable;
}

}  // namespace

void session::on_late_answer(const pdu& read, actions& out) {
    const auto found = late_.find(read.sequence);
    if (found == late_.end()) return;
    const auto part = std::move(found->second);
    late_.erase(found);
    const auto whole = late_messages_.find(part.ticket);
    if (whole == late_messages_.end()) return;  // it is being sent again
    auto judged = judged_answer(read);
    auto& known = whole->second;
    if (judged.reaction == reaction::accepted) {
        known.ids[part.number] = std::exchange(judged.provider_id, {});
        if (--known.missing > 0) return;
        judged.provider_id = id_of_whole(known.ids);
    }
    if (is_final(judged.reaction)) {
        out.emplace_back(answered_late{part.ticket, std::move(judged)});
    }
    late_messages_.erase(whole);
}

void session::on_submit_answer(const pdu& read, actions& out, instant now) {
    const auto found = outstanding_.find(read.sequence);
    if (found == outstanding_.end()) return on_late_answer(read, out);
    auto part = std::move(found->second.part);
    outstanding_.erase(found);
    forget_answered();
    if (read.status == status_throttled || read.status == status_queue_full) {
        slow_down(now);  // not a failure: the same part again, in its place
        queue_.insert(
            std::ranges::upper_bound(queue_, part.turn, {}, &queued_part::turn), std::move(part)
        );
        return;
    }
    auto judged = judged_answer(read);
    auto id = std::exchange(judged.provider_id, {});
    if (judged.reaction == reaction::accepted) speed_up();
    finish_part(part, std::move(judged), std::move(id), out);
}

bool session::may_write(instant now) const noexcept {
    return state_ == state::bound && outstanding_.size() < channel_.window &&
           now >= throttled_until_ && now >= next_write_;
}

bool session::wants_more() const noexcept {
    return state_ == state::bound && channel_.bind != bind_kind::receiver && queue_.empty();
}

actions session::send(std::string ticket, std::vector<message_body> parts, instant now) {
    BOOST_ASSERT(!parts.empty() && !messages_.contains(ticket));
    actions out;
    if (state_ != state::bound || channel_.bind == bind_kind::receiver) {
        out.emplace_back(answered{
            .ticket = std::move(ticket),
            .judged = {
                .reaction = reaction::retry,
                .reason = "not bound for sending",
                .tries_max = while_it_lives}});
        return out;
    }
    late_messages_.erase(ticket);
    messages_[ticket] = {.parts = parts.size(), .ids = std::vector<std::string>(parts.size())};
    for (std::size_t number = 0; number < parts.size(); ++number) {
        queue_.push_back({ticket, number, ++turn_, std::move(parts[number])});
    }
    pump(out, now);
    return out;
}

void session::pump(actions& out, instant now) {
    while (!queue_.empty() && may_write(now)) {
        auto part = std::move(queue_.front());
        queue_.pop_front();
        const auto sequence = next_sequence();
        pdu submit{
            .id = command::submit_sm, .sequence = sequence, .body = std::move(part.body)};
        write(submit, out, now);
        part.body = std::get<message_body>(std::move(submit.body));
        const auto until = now + channel_.answer_within;
        outstanding_[sequence] = {std::move(part), until};
        given_up_.emplace_back(until, sequence);
        count_against_rate(now);
    }
}

// The first of given_up_ is then of one that is outstanding.
void session::forget_answered() {
    while (!given_up_.empty()) {
        const auto found = outstanding_.find(given_up_.front().second);
        if (found != outstanding_.end() && found->second.until == given_up_.front().first) return;
        given_up_.pop_front();
    }
}

void session::count_against_rate(instant now) noexcept {
    if (rate_ <= 0) return;
    const auto share = milliseconds{static_cast<std::int64_t>(1000.0 / rate_)};
    next_write_ = std::max(next_write_, now - burst) + std::max(share, milliseconds{1});
}

void session::slow_down(instant now) noexcept {
    // Answers to what was already under way say nothing new.
    if (now < throttled_until_) return;
    throttle_pause_ = std::clamp(throttle_pause_ * 2, throttle_pause_min, throttle_pause_max);
    throttled_until_ = now + throttle_pause_;
    rate_ = std::max(rate_min, (rate_ > 0 ? rate_ : unlimited_while_slow) / 2);
}

void session::speed_up() noexcept {
    if (throttle_pause_ == 0ms) return;
    const auto full = channel_.per_second > 0 ? channel_.per_second : unlimited_while_slow;
    rate_ += full * rate_step;
    if (rate_ < full) return;
    rate_ = channel_.per_second;
    throttle_pause_ = 0ms;
}

// What one part's trouble means for the whole: what was refused ends it, and what is unsure makes
// the whole unsure, for to send it again might say it twice.
void session::finish_part(const queued_part& part, verdict judged, std::string id, actions& out) {
    const auto found = messages_.find(part.ticket);
    if (found == messages_.end()) return;
    auto& whole = found->second;
    ++whole.done;
    whole.ids[part.number] = std::move(id);
    const auto rank = [](reaction what) {
        return what == reaction::accepted ? 0 : what == reaction::unsure ? 2 : 1;
    };
    if (rank(judged.reaction) > rank(whole.worst.reaction)) whole.worst = judged;
    const bool is_given_up = judged.reaction == reaction::unsure && whole.is_late;
    if (judged.reaction != reaction::accepted && !is_given_up) whole.is_broken = true;
    if (judged.reaction != reaction::accepted) {  // half a message helps nobody
        const auto unsent = std::erase_if(queue_, [&](const queued_part& one) {
            return one.ticket == part.ticket;
        });
        whole.done += static_cast<std::size_t>(unsent);
        if (unsent > 0) whole.is_broken = true;
    }
    if (whole.done < whole.parts) return;
    if (whole.is_late && !whole.is_broken) keep_for_late_answers(part.ticket, whole);
    answered said{.ticket = part.ticket, .judged = std::move(whole.worst)};
    if (said.judged.reaction == reaction::accepted) said.judged.provider_id = id_of_whole(whole.ids);
    for (auto& one : whole.ids) {
        if (!one.empty()) said.part_ids.push_back(std::move(one));
    }
    messages_.erase(found);
    out.emplace_back(std::move(said));
}

// Of the part receipts are asked of.
std::string session::id_of_whole(const std::vector<std::string>& ids) const {
    return channel_.receipts == receipts::every_part ? ids.front() : ids.back();
}

void session::keep_for_late_answers(const std::string& ticket, const message& whole) {
    const auto missing = std::ranges::count_if(late_, [&](const auto& one) {
        return one.second.ticket == ticket;
    });
    late_messages_[ticket] = {whole.ids, static_cast<std::size_t>(missing)};
}

void session::expire_answers(actions& out, instant now) {
    std::erase_if(late_, [&](const auto& one) {
        if (now < one.second.until) return false;
        late_messages_.erase(one.second.ticket);
        return true;
    });
    std::vector<queued_part> late;
    std::erase_if(outstanding_, [&](auto& one) {
        if (now < one.second.until) return false;
        const auto& part = one.second.part;
        if (const auto whole = messages_.find(part.ticket); whole != messages_.end()) {
            whole->second.is_late = true;
            late_[one.first] = {part.ticket, part.number, now + late_memory};
        }
        late.push_back(std::move(one.second.part));
        return true;
    });
    forget_answered();
    const verdict unknown{
        .reaction = reaction::unsure, .reason = "no answer to the submit in time"};
    for (const auto& part : late) finish_part(part, unknown, {}, out);
}

}  // namespace tertulia::adapters::smpp
