// One line: an exchange and its connection. Internal to this folder; belongs to the lines' thread.

#pragma once

#include "gateway/insight/metrics.hpp"
#include "gateway/smpp/connection.hpp"
#include "gateway/smpp/exchange.hpp"
#include "gateway/turns/inbox.hpp"
#include "gateway/webhooks/reception.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::gateway::smpp {

// What the lines share. Outlives them.
struct line_parts {
    boost::asio::io_context& context;
    inbox& to;
    metrics& counts;
    std::function<instant()> clock{};  // the time of day
    std::atomic<std::size_t>& in_flight;
    std::function<void()> over{};  // a line that was told to stop has ended
};

class line final : public connection::listener {
public:
    // Throws std::system_error when the certificate authorities cannot be read.
    line(adapters::smpp::channel_settings channel, line_parts parts, std::uint64_t seed);

    [[nodiscard]] const std::string& name() const noexcept { return channel_.name; }
    void start();
    void send(const outbox_entry& entry);
    void close_door() { exchange_.close_door(); }
    void stop();
    [[nodiscard]] bool is_over() const noexcept { return exchange_.is_over(); }

private:
    using steady = std::chrono::steady_clock;
    using timer_type =
        boost::asio::basic_waitable_timer<steady, boost::asio::wait_traits<steady>, http::executor>;

    void on_connected() override;
    void on_bytes(std::string_view bytes) override;
    void on_lost(const std::string& reason) override;

    [[nodiscard]] instant now() const;
    void obey(orders what);
    void obey(connect& what);
    void obey(write& what);
    void obey(hang_up& what);
    void obey(report& what);
    void obey(take_in& what);
    void obey(line_is& what);
    void obey(warn& what);
    void hand_in_results();
    void settled(std::uint64_t delivery, bool is_kept);
    void open();
    void wind_clock();

    const adapters::smpp::channel_settings channel_;
    line_parts parts_;
    const instant began_;  // the exchange's time: the time of day then, and steady from there
    const steady::time_point began_steady_{steady::now()};
    exchange exchange_;
    reception desk_;
    prometheus::Gauge& up_;
    http::tls_context tls_{};
    http::session_shelf sessions_{};
    std::shared_ptr<connection> connection_{};
    timer_type ticker_;
    timer_type redial_;
    std::vector<send_result> ended_{};  // of the orders being obeyed: handed in together
    std::optional<instant> ticks_at_{};
    bool was_told_over_{};
};

}  // namespace tertulia::gateway::smpp
