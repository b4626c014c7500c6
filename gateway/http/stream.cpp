#include "gateway/http/stream.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <sys/socket.h>

#include <cerrno>
#include <new>

namespace tertulia::gateway::http {

void ssl_deleter::operator()(ssl_st* what) const noexcept {
    SSL_free(what);
}

// OpenSSL's own socket BIO uses write(), which raises SIGPIPE; ours does not, and counts.
struct socket_bio {
    static byte_stream& of(BIO* bio) { return *static_cast<byte_stream*>(BIO_get_data(bio)); }

    static int write(BIO* bio, const char* from, std::size_t bytes, std::size_t* moved) {
        auto& stream = of(bio);
        BIO_clear_retry_flags(bio);
        const auto sent = ::send(stream.socket_, from, bytes, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
                BIO_set_retry_write(bio);
            }
            return 0;
        }
        *moved = static_cast<std::size_t>(sent);
        stream.bytes_out_ += *moved;
        return 1;
    }

    static int read(BIO* bio, char* to, std::size_t bytes, std::size_t* moved) {
        auto& stream = of(bio);
        BIO_clear_retry_flags(bio);
        const auto got = ::recv(stream.socket_, to, bytes, 0);
        if (got <= 0) {
            stream.at_end_ = got == 0;
            if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) {
                BIO_set_retry_read(bio);
            }
            return 0;
        }
        *moved = static_cast<std::size_t>(got);
        return 1;
    }

    static long control(BIO* bio, int command, long, void*) {
        switch (command) {
            case BIO_CTRL_FLUSH:
                return 1;
            case BIO_CTRL_EOF:
                return of(bio).at_end_ ? 1 : 0;
            default:
                return 0;
        }
    }
};

const bio_method_st* byte_stream::method() {
    static BIO_METHOD* const made = [] {
        auto* fresh = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "tertulia socket");
        if (fresh == nullptr) throw std::bad_alloc{};
        BIO_meth_set_write_ex(fresh, socket_bio::write);
        BIO_meth_set_read_ex(fresh, socket_bio::read);
        BIO_meth_set_ctrl(fresh, socket_bio::control);
        return fresh;
    }();
    return made;
}

byte_stream::byte_stream(int socket, ssl_owner tls) : socket_{socket}, tls_{std::move(tls)} {
    auto* bio = BIO_new(method());
    if (bio == nullptr) throw std::bad_alloc{};
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(tls_.get(), bio, bio);
}

byte_stream::~byte_stream() = default;

io_step byte_stream::judge(int result, std::size_t bytes) {
    switch (SSL_get_error(tls_.get(), result)) {
        case SSL_ERROR_NONE:
            return {io_status::done, bytes};
        case SSL_ERROR_WANT_READ:
            return {io_status::want_read, 0};
        case SSL_ERROR_WANT_WRITE:
            return {io_status::want_write, 0};
        case SSL_ERROR_ZERO_RETURN:
            return {io_status::ended, 0};
        default:
            broken_ = true;  // no SSL_shutdown after a fatal error
            return {io_status::failed, 0};
    }
}

io_step byte_stream::handshake() {
    if (!tls_) return {io_status::done, 0};
    ERR_clear_error();
    return judge(SSL_do_handshake(tls_.get()), 0);
}

io_step byte_stream::read_some(char* to, std::size_t bytes_max) {
    if (tls_) {
        ERR_clear_error();
        std::size_t got = 0;
        const int result = SSL_read_ex(tls_.get(), to, bytes_max, &got);
        return judge(result, got);
    }
    for (;;) {
        const auto got = ::recv(socket_, to, bytes_max, 0);
        if (got > 0) return {io_status::done, static_cast<std::size_t>(got)};
        if (got == 0) return {io_status::ended, 0};
        if (errno == EINTR) continue;
        if (errno == EAGAIN || errno == EWOULDBLOCK) return {io_status::want_read, 0};
        return {io_status::failed, 0};
    }
}

io_step byte_stream::write_some(std::string_view what) {
    if (tls_) {
        ERR_clear_error();
        std::size_t sent = 0;
        const int result = SSL_write_ex(tls_.get(), what.data(), what.size(), &sent);
        return judge(result, sent);
    }
    for (;;) {
        const auto sent = ::send(socket_, what.data(), what.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes_out_ += static_cast<std::uint64_t>(sent);
            return {io_status::done, static_cast<std::size_t>(sent)};
        }
        if (errno == EINTR) continue;
        if (errno == EAGAIN || errno == EWOULDBLOCK) return {io_status::want_write, 0};
        return {io_status::failed, 0};
    }
}

void byte_stream::say_goodbye() noexcept {
    if (!tls_ || !SSL_is_init_finished(tls_.get())) return;
    ERR_clear_error();
    if (!broken_) SSL_shutdown(tls_.get());  // once, without waiting for theirs
    ERR_clear_error();
    SSL_set_shutdown(tls_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

}  // namespace tertulia::gateway::http
