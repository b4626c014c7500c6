// TLS contexts for both sides: version 1.2 or newer, names and chains verified, sessions resumable.
// Holds no socket.

#pragma once

#include "gateway/http/server.hpp"
#include "gateway/http/stream.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st;
struct ssl_session_st;

namespace tertulia::gateway::http {

using tls_context = std::shared_ptr<ssl_ctx_st>;

// Both throw std::system_error when the files are unusable; the text names the file and the reason.
[[nodiscard]] tls_context make_server_tls(const tls_files& files);
// `spoken`: what we offer to speak by ALPN; empty: nothing is offered.
[[nodiscard]] tls_context make_client_tls(
    const std::string& certificate_authorities, std::string_view spoken = "http/1.1"
);

// Sessions of one host, for the next connection to it. Only on the client's thread.
class session_shelf {
public:
    session_shelf() = default;
    session_shelf(const session_shelf&) = delete;
    session_shelf& operator=(const session_shelf&) = delete;
    ~session_shelf();

    void put(ssl_session_st* session);  // becomes ours
    // Lends the newest to `tls`. The last one stays for others: better used twice than none.
    void lend(ssl_st* tls);

private:
    static constexpr std::size_t sessions_max = 32;
    std::deque<ssl_session_st*> sessions_{};
};

// One connection of a context. A null result of the library becomes std::bad_alloc.
[[nodiscard]] ssl_owner accept_with(const tls_context& context);
// `host` is verified against the certificate; it is an address or a name (then also sent as SNI).
// New sessions go to `shelf`, which must outlive the connection.
[[nodiscard]] ssl_owner connect_with(
    const tls_context& context, const std::string& host, session_shelf& shelf
);

}  // namespace tertulia::gateway::http
