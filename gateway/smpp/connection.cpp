#include "gateway/smpp/connection.hpp"

#include <boost/asio/post.hpp>

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <utility>

namespace tertulia::gateway::smpp {

namespace asio = boost::asio;
using http::io_status;

connection::connection(
    asio::io_context& context,
    listener& told,
    http::tls_context tls,
    http::session_shelf& sessions
)
    : context_{context},
      told_{told},
      tls_{std::move(tls)},
      sessions_{sessions},
      resolver_{context.get_executor()},
      deadline_{context.get_executor()} {}

void connection::open(const std::string& host, std::uint16_t port) {
    host_ = host;
    deadline_.expires_after(connect_deadline);
    deadline_.async_wait([self = shared_from_this()](const error_code& cancelled) {
        if (!cancelled && self->stage_ != stage::up) self->fail("connecting took too long");
    });
    error_code not_an_address;
    const auto address = asio::ip::make_address(host, not_an_address);
    if (!not_an_address) {
        found_.emplace_back(address, port);
        return connect_next();
    }
    resolver_.async_resolve(
        host,
        std::to_string(port),
        [self = shared_from_this()](
            const error_code& failed, const resolver_type::results_type& results
        ) {
            if (self->is_closed_) return;
            for (const auto& one : results) self->found_.push_back(one.endpoint());
            if (failed || self->found_.empty()) return self->fail("the host name was not found");
            self->connect_next();
        }
    );
}

void connection::connect_next() {
    stage_ = stage::socket;
    socket_.emplace(context_.get_executor());
    socket_->async_connect(found_[tried_++], [self = shared_from_this()](const error_code& failed) {
        if (!self->is_closed_) self->on_socket(failed);
    });
}

void connection::on_socket(const error_code& failed) {
    if (failed) {
        if (tried_ < found_.size()) return connect_next();
        return fail("cannot connect: " + failed.message());
    }
    error_code ignored;
    socket_->set_option(tcp::no_delay{true}, ignored);
    socket_->native_non_blocking(true, ignored);
    if (!tls_) {
        stream_.emplace(socket_->native_handle());
        return be_connected();
    }
    stage_ = stage::tls;
    stream_.emplace(socket_->native_handle(), http::connect_with(tls_, host_, sessions_));
    shake_hands();
}

void connection::shake_hands() {
    const auto step = stream_->handshake();
    if (step.status == io_status::done) return be_connected();
    if (step.status != io_status::want_read && step.status != io_status::want_write) {
        const auto verdict = SSL_get_verify_result(stream_->tls());
        return fail(
            verdict == X509_V_OK ? std::string{"the TLS handshake failed"}
                                 : std::string{"the TLS certificate was refused: "} +
                                       X509_verify_cert_error_string(verdict)
        );
    }
    socket_->async_wait(
        step.status == io_status::want_read ? socket_type::wait_read : socket_type::wait_write,
        [self = shared_from_this()](const error_code&) {
            if (!self->is_closed_) self->shake_hands();
        }
    );
}

void connection::be_connected() {
    stage_ = stage::up;
    deadline_.cancel();
    await_bytes();
    told_.on_connected();
}

void connection::await_bytes() {
    socket_->async_wait(
        socket_type::wait_read,
        [self = shared_from_this()](const error_code& failed) {
            if (self->is_closed_) return;
            if (failed) return self->fail("the connection broke: " + failed.message());
            self->read();
        }
    );
}

// A few buffers at a time: a busy SMSC must not keep the thread from the other lines.
void connection::read() {
    constexpr int buffers_max = 8;
    for (int i = 0; i < buffers_max; ++i) {
        const auto step = stream_->read_some(buffer_.data(), buffer_.size());
        switch (step.status) {
            case io_status::done:
                told_.on_bytes({buffer_.data(), step.bytes});
                if (is_closed_) return;
                break;
            case io_status::ended:
                return fail("the SMSC closed the connection");
            case io_status::failed:
                return fail("the connection broke");
            default:
                return await_bytes();
        }
    }
    // TLS may hold bytes that the socket no longer announces.
    asio::post(context_, [self = shared_from_this()] {
        if (!self->is_closed_) self->read();
    });
}

void connection::write(std::string_view bytes) {
    if (is_closed_) return;
    unsent_ += bytes;
    if (std::exchange(is_flush_due_, true)) return;
    asio::post(context_, [self = shared_from_this()] {
        self->is_flush_due_ = false;
        if (!self->is_closed_) self->flush();
    });
}

void connection::flush() {
    if (awaits_room_) {
        if (unsent_.size() > unsent_max) fail("the SMSC reads nothing of what we send");
        return;
    }
    std::size_t sent = 0;
    auto status = io_status::done;
    while (sent < unsent_.size()) {
        const auto step = stream_->write_some(std::string_view{unsent_}.substr(sent));
        status = step.status;
        if (status != io_status::done) break;
        sent += step.bytes;
    }
    unsent_.erase(0, sent);
    if (status == io_status::done) return;
    if (status == io_status::want_read || status == io_status::want_write) return await_room(status);
    fail("the connection broke");
}

void connection::await_room(io_status want) {
    awaits_room_ = true;
    socket_->async_wait(
        want == io_status::want_read ? socket_type::wait_read : socket_type::wait_write,
        [self = shared_from_this()](const error_code& failed) {
            if (self->is_closed_) return;
            self->awaits_room_ = false;
            if (failed) return self->fail("the connection broke: " + failed.message());
            self->flush();
        }
    );
}

// Posted, so that nobody is told while still calling us.
void connection::fail(std::string reason) {
    asio::post(context_, [self = shared_from_this(), reason = std::move(reason)] {
        if (self->is_closed_) return;
        self->close();
        self->told_.on_lost(reason);
    });
}

void connection::close() {
    if (std::exchange(is_closed_, true)) return;
    deadline_.cancel();
    resolver_.cancel();
    if (stage_ == stage::up && !awaits_room_) {
        std::string_view rest{unsent_};
        while (!rest.empty()) {
            const auto step = stream_->write_some(rest);
            if (step.status != io_status::done) break;
            rest.remove_prefix(step.bytes);
        }
    }
    if (stream_) stream_->say_goodbye();
    error_code ignored;
    if (socket_) {
        socket_->shutdown(socket_type::shutdown_send, ignored);
        socket_->close(ignored);
    }
    stream_.reset();
}

}  // namespace tertulia::gateway::smpp
