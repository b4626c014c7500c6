#include "gateway/smpp/line.hpp"

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include <utility>

namespace tertulia::gateway::smpp {

namespace asio = boost::asio;
using boost::system::error_code;

line::line(adapters::smpp::channel_settings channel, line_parts parts, std::uint64_t seed)
    : channel_{std::move(channel)},
      parts_{std::move(parts)},
      began_{parts_.clock()},
      exchange_{channel_, seed},
      desk_{channel_.name, parts_.to, parts_.counts},
      up_{parts_.counts.lines_up.Add({{"channel", channel_.name}})},
      ticker_{parts_.context.get_executor()},
      redial_{parts_.context.get_executor()} {
    if (channel_.transport == adapters::smpp::transport::tls) {
        tls_ = http::make_client_tls(channel_.certificate_authorities, "");
    }
}

// Rises whatever somebody does to the machine's clock: pauses are counted by it.
instant line::now() const {
    return began_ + std::chrono::duration_cast<milliseconds>(steady::now() - began_steady_);
}

void line::start() { obey(exchange_.start(now())); }
void line::send(const outbox_entry& entry) { obey(exchange_.send(entry, now())); }
void line::on_connected() { obey(exchange_.connected(now())); }
void line::on_bytes(std::string_view bytes) {
    obey(exchange_.heard(bytes, now(), parts_.clock()));
}
void line::on_lost(const std::string& reason) {
    connection_.reset();
    obey(exchange_.lost(reason, now()));
}
void line::settled(std::uint64_t delivery, bool is_kept) {
    obey(exchange_.kept(delivery, is_kept, now()));
}

void line::stop() {
    redial_.cancel();
    obey(exchange_.stop(now()));
    if (!exchange_.is_over()) return;
    if (connection_) connection_->close();  // still being made
    connection_.reset();
}

void line::obey(orders what) {
    for (auto& one : what) {
        std::visit([this](auto& each) { obey(each); }, one);
    }
    hand_in_results();
    wind_clock();
    if (exchange_.is_over() && !std::exchange(was_told_over_, true)) parts_.over();
}

void line::obey(connect& what) {
    redial_.expires_after(what.at - now());
    redial_.async_wait([this](const error_code& cancelled) {
        if (!cancelled && !exchange_.is_over()) open();
    });
}

void line::open() {
    connection_ = std::make_shared<connection>(parts_.context, *this, tls_, sessions_);
    connection_->open(channel_.host, channel_.port);
}

void line::obey(write& what) {
    if (connection_) connection_->write(what.bytes);
}

void line::obey(hang_up&) {
    if (connection_) connection_->close();
    connection_.reset();
}

void line::obey(report& what) {
    ended_.push_back(
        {.outbox_id = what.outbox_id, .how = std::move(what.ended), .channel = channel_.name}
    );
}

// The answers of one packet wake the writer once.
void line::hand_in_results() {
    if (ended_.empty()) return;
    parts_.in_flight -= ended_.size();
    parts_.to.add(std::exchange(ended_, {}));
}

void line::obey(take_in& what) {
    const auto delivery = what.delivery;
    const bool is_taken =
        desk_.admit(std::move(what.what), [this, delivery, &context = parts_.context](bool is_kept) {
            asio::post(context, [this, delivery, is_kept] { settled(delivery, is_kept); });
        });
    if (!is_taken) obey(exchange_.kept(delivery, false, now()));
}

void line::obey(line_is& what) {
    up_.Set(what.up ? 1 : 0);
    if (what.up) {
        spdlog::info("{}: bound to its SMSC", channel_.name);
    } else {
        spdlog::warn("{}: not connected to its SMSC: {}", channel_.name, what.reason);
    }
    parts_.to.add(
        line_change{.channel = channel_.name, .is_up = what.up, .reason = std::move(what.reason)}
    );
}

void line::obey(warn& what) {
    spdlog::error("{}: {}", channel_.name, what.what);
}

// The timer is set anew only to wake sooner: one that rings for nothing costs less than one set
// with every message.
void line::wind_clock() {
    const auto next = exchange_.next_tick(now());
    if (!next || (ticks_at_ && *ticks_at_ <= *next)) return;
    ticks_at_ = *next;
    ticker_.expires_after(*next - now());
    ticker_.async_wait([this](const error_code& cancelled) {
        if (cancelled) return;
        ticks_at_.reset();
        obey(exchange_.tick(now()));
    });
}

}  // namespace tertulia::gateway::smpp
