#include "gateway/http/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>

#include <array>
#include <new>
#include <string_view>
#include <system_error>

namespace tertulia::gateway::http {
namespace {

constexpr unsigned char alpn_http_1_1[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

[[noreturn]] void refuse(const std::string& what) {
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_peek_last_error(), reason.data(), reason.size());
    ERR_clear_error();
    throw std::system_error(
        std::make_error_code(std::errc::invalid_argument), what + ": " + reason.data()
    );
}

tls_context make(const SSL_METHOD* method) {
    ERR_clear_error();
    tls_context made{SSL_CTX_new(method), SSL_CTX_free};
    if (!made) throw std::bad_alloc{};
    SSL_CTX_set_min_proto_version(made.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(made.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    // Partial writes: a record is offered again from where the socket stopped. Released buffers:
    // an idle connection keeps none.
    SSL_CTX_set_mode(
        made.get(),
        SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
            SSL_MODE_RELEASE_BUFFERS
    );
    return made;
}

int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_bytes, const unsigned char* in, unsigned in_bytes, void*) {
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(
            &chosen, out_bytes, alpn_http_1_1, sizeof alpn_http_1_1, in, in_bytes
        ) != OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_NOACK;
    }
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

int keep_session(SSL* tls, SSL_SESSION* session) {
    auto* shelf = static_cast<session_shelf*>(SSL_get_app_data(tls));
    if (shelf == nullptr) return 0;
    shelf->put(session);
    return 1;
}

// SSL_set_tlsext_host_name() is a macro with an old-style cast.
long send_name(SSL* tls, std::string host) {
    return SSL_ctrl(tls, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data());
}

bool is_address(const std::string& host) {
    std::array<unsigned char, sizeof(in6_addr)> ignored{};
    return inet_pton(AF_INET, host.c_str(), ignored.data()) == 1 ||
           inet_pton(AF_INET6, host.c_str(), ignored.data()) == 1;
}

}  // namespace

tls_context make_server_tls(const tls_files& files) {
    auto made = make(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(made.get(), files.certificate.c_str()) != 1) {
        refuse("TLS certificate " + files.certificate);
    }
    if (SSL_CTX_use_PrivateKey_file(made.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(made.get()) != 1) {
        refuse("TLS key " + files.key);
    }
    static constexpr std::string_view session_scope = "tertulia";
    SSL_CTX_set_session_id_context(
        made.get(),
        reinterpret_cast<const unsigned char*>(session_scope.data()),
        static_cast<unsigned>(session_scope.size())
    );
    // Tickets only: the memory of sessions is the clients'.
    SSL_CTX_set_session_cache_mode(made.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_alpn_select_cb(made.get(), choose_protocol, nullptr);
    return made;
}

tls_context make_client_tls(const std::string& certificate_authorities, std::string_view spoken) {
    auto made = make(TLS_client_method());
    if (certificate_authorities.empty()) {
        if (SSL_CTX_set_default_verify_paths(made.get()) != 1) refuse("the system's authorities");
    } else if (SSL_CTX_load_verify_file(made.get(), certificate_authorities.c_str()) != 1) {
        refuse("TLS authorities " + certificate_authorities);
    }
    SSL_CTX_set_verify(made.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_session_cache_mode(
        made.get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE
    );
    SSL_CTX_sess_set_new_cb(made.get(), keep_session);
    if (spoken.empty()) return made;
    const auto offered = static_cast<char>(spoken.size()) + std::string{spoken};
    SSL_CTX_set_alpn_protos(
        made.get(),
        reinterpret_cast<const unsigned char*>(offered.data()),
        static_cast<unsigned>(offered.size())
    );
    return made;
}

session_shelf::~session_shelf() {
    for (auto* session : sessions_) SSL_SESSION_free(session);
}

void session_shelf::put(ssl_session_st* session) {
    sessions_.push_back(session);
    if (sessions_.size() > sessions_max) {
        SSL_SESSION_free(sessions_.front());
        sessions_.pop_front();
    }
}

void session_shelf::lend(ssl_st* tls) {
    while (!sessions_.empty() && SSL_SESSION_is_resumable(sessions_.back()) == 0) {
        SSL_SESSION_free(sessions_.back());
        sessions_.pop_back();
    }
    if (sessions_.empty()) return;
    SSL_set_session(tls, sessions_.back());
    if (sessions_.size() > 1) {
        SSL_SESSION_free(sessions_.back());
        sessions_.pop_back();
    }
}

ssl_owner accept_with(const tls_context& context) {
    ssl_owner made{SSL_new(context.get())};
    if (!made) throw std::bad_alloc{};
    SSL_set_accept_state(made.get());
    return made;
}

ssl_owner connect_with(const tls_context& context, const std::string& host, session_shelf& shelf) {
    ssl_owner made{SSL_new(context.get())};
    if (!made) throw std::bad_alloc{};
    SSL_set_connect_state(made.get());
    SSL_set_app_data(made.get(), &shelf);
    if (is_address(host)) {
        if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(made.get()), host.c_str()) != 1) {
            throw std::bad_alloc{};
        }
    } else {
        if (SSL_set1_host(made.get(), host.c_str()) != 1 || send_name(made.get(), host) != 1) {
            throw std::bad_alloc{};
        }
        SSL_set_hostflags(made.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    }
    shelf.lend(made.get());
    return made;
}

}  // namespace tertulia::gateway::http
