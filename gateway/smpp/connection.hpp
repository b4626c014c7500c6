// One TCP or TLS connection to an SMSC, from its name to its end. It knows bytes and no PDU; what
// they mean and when to come back is exchange.hpp's.
//
// Everything belongs to the thread that runs the io_context.

#pragma once

#include "gateway/http/parking.hpp"
#include "gateway/http/stream.hpp"
#include "gateway/http/tls.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway::smpp {

class connection : public std::enable_shared_from_this<connection> {
public:
    // Told of everything until close(); outlives it. lost() is told once, last, and never from
    // within open(), write() or close(). `reason` is ours, safe to log.
    class listener {
    public:
        virtual ~listener() = default;
        virtual void on_connected() = 0;
        virtual void on_bytes(std::string_view bytes) = 0;
        virtual void on_lost(const std::string& reason) = 0;
    };

    // `tls`: null for a plain connection; `sessions` outlives it.
    connection(
        boost::asio::io_context& context,
        listener& told,
        http::tls_context tls,
        http::session_shelf& sessions
    );
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    // How far it came; of one that was lost, what it was at.
    enum class stage : std::uint8_t { name, socket, tls, up };
    [[nodiscard]] stage reached() const noexcept { return stage_; }

    void open(const std::string& host, std::uint16_t port);
    // Leaves before the thread next waits; what one turn of the thread writes is one packet.
    void write(std::string_view bytes);
    // What the kernel still takes of what was written leaves; nothing more is told.
    void close();

    static constexpr std::chrono::seconds connect_deadline{10};
    static constexpr std::size_t unsent_max = 4UL * 1024 * 1024;  // then the SMSC does not read

private:
    using tcp = boost::asio::ip::tcp;
    using error_code = boost::system::error_code;
    using socket_type = boost::asio::basic_stream_socket<tcp, http::executor>;
    using resolver_type = boost::asio::ip::basic_resolver<tcp, http::executor>;
    using steady = std::chrono::steady_clock;
    using timer_type =
        boost::asio::basic_waitable_timer<steady, boost::asio::wait_traits<steady>, http::executor>;

    void connect_next();
    void on_socket(const error_code& failed);
    void shake_hands();
    void be_connected();
    void await_bytes();
    void read();
    void flush();
    void await_room(http::io_status want);
    void fail(std::string reason);

    boost::asio::io_context& context_;
    listener& told_;
    http::tls_context tls_;
    http::session_shelf& sessions_;
    std::string host_{};
    resolver_type resolver_;
    timer_type deadline_;
    std::vector<tcp::endpoint> found_{};
    std::size_t tried_{};
    std::optional<socket_type> socket_{};
    std::optional<http::byte_stream> stream_{};
    std::string unsent_{};
    std::array<char, 16 * 1024> buffer_{};
    stage stage_{};
    bool is_flush_due_{};
    bool awaits_room_{};
    bool is_closed_{};
};

}  // namespace tertulia::gateway::smpp
