// Bytes over one non-blocking socket, in the clear or through TLS: one type for both, so that the
// coroutines above are written once. It never waits: each call does what the socket allows now and
// says what to wait for. The socket belongs to somebody else and must outlive the stream.
//
// OpenSSL works on the socket itself rather than on a pair of memory buffers: an idle TLS
// connection then holds no record buffers, and no byte is copied twice.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

struct ssl_st;
struct bio_method_st;

namespace tertulia::gateway::http {

struct ssl_deleter {
    void operator()(ssl_st* what) const noexcept;
};
using ssl_owner = std::unique_ptr<ssl_st, ssl_deleter>;

enum class io_status : std::uint8_t {
    done,        // `bytes` moved, at least one (a handshake: it is complete)
    want_read,   // again when the socket is readable
    want_write,  // again when the socket is writable
    ended,       // the other side closed in good order
    failed,      // anything else: the connection is of no more use
};

struct io_step {
    io_status status{io_status::failed};
    std::size_t bytes{};
};

class byte_stream {
public:
    explicit byte_stream(int socket) noexcept : socket_{socket} {}
    byte_stream(int socket, ssl_owner tls);  // throws std::bad_alloc
    byte_stream(const byte_stream&) = delete;
    byte_stream& operator=(const byte_stream&) = delete;
    ~byte_stream();

    [[nodiscard]] bool secure() const noexcept { return tls_ != nullptr; }
    [[nodiscard]] ssl_st* tls() const noexcept { return tls_.get(); }
    [[nodiscard]] io_step handshake();
    [[nodiscard]] io_step read_some(char* to, std::size_t bytes_max);
    [[nodiscard]] io_step write_some(std::string_view what);
    // Bytes the kernel took from us, encrypted or not: whether a request has begun to leave.
    [[nodiscard]] std::uint64_t bytes_out() const noexcept { return bytes_out_; }
    // Tells a TLS peer that this is the end. Without it OpenSSL forgets the session, and the next
    // connection pays for a full handshake.
    void say_goodbye() noexcept;

private:
    friend struct socket_bio;
    io_step judge(int result, std::size_t bytes);
    static const bio_method_st* method();

    int socket_;
    bool broken_{false};
    bool at_end_{false};
    std::uint64_t bytes_out_{};
    ssl_owner tls_{};
};

}  // namespace tertulia::gateway::http
