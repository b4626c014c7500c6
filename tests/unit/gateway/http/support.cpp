#include "support.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace tertulia::gateway::http::testing {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in made{};
    made.sin_family = AF_INET;
    made.sin_port = htons(port);
    made.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return made;
}

}  // namespace

raw_socket::raw_socket(std::uint16_t port) : descriptor_{::socket(AF_INET, SOCK_STREAM, 0)} {
    auto to = loopback(port);
    if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
        close();
        throw std::runtime_error("cannot connect");
    }
}

bool raw_socket::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void raw_socket::end_sending() {
    ::shutdown(descriptor_, SHUT_WR);
}

void raw_socket::close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

std::string raw_socket::read_until(std::string_view wanted, std::chrono::milliseconds most) {
    const auto end = std::chrono::steady_clock::now() + most;
    for (;;) {
        if (!wanted.empty()) {
            if (const auto at = rest_.find(wanted); at != std::string::npos) {
                auto found = rest_.substr(0, at + wanted.size());
                rest_.erase(0, found.size());
                return found;
            }
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            end - std::chrono::steady_clock::now()
        );
        pollfd waited{descriptor_, POLLIN, 0};
        if (left.count() <= 0 || ::poll(&waited, 1, static_cast<int>(left.count())) <= 0) break;
        char bytes[16384];
        const auto got = ::recv(descriptor_, bytes, sizeof bytes, 0);
        if (got <= 0) {
            ended_ = true;
            break;
        }
        rest_.append(bytes, static_cast<std::size_t>(got));
    }
    return std::exchange(rest_, {});
}

std::size_t raw_socket::skim(std::size_t bytes) {
    std::size_t dropped = std::min(bytes, rest_.size());
    rest_.erase(0, dropped);
    std::vector<char> into(bytes);
    while (dropped < bytes) {
        const auto got = ::recv(descriptor_, into.data(), bytes - dropped, 0);
        if (got <= 0) break;
        dropped += static_cast<std::size_t>(got);
    }
    return dropped;
}

deaf_peer::deaf_peer() : listener_{::socket(AF_INET, SOCK_STREAM, 0)} {
    auto at = loopback(0);
    socklen_t bytes = sizeof at;
    auto* address = reinterpret_cast<sockaddr*>(&at);
    if (::bind(listener_, address, bytes) != 0 || ::listen(listener_, 0) != 0 ||
        ::getsockname(listener_, address, &bytes) != 0) {
        throw std::runtime_error("cannot listen");
    }
    port_ = ntohs(at.sin_port);
    for (int number = 0; number < 4; ++number) {
        fillers_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
        (void)::connect(fillers_.back(), address, bytes);
    }
}

deaf_peer::~deaf_peer() {
    for (const int each : fillers_) ::close(each);
    ::close(listener_);
}

scripted_peer::scripted_peer(script each) : listener_{::socket(AF_INET, SOCK_STREAM, 0)} {
    auto at = loopback(0);
    socklen_t bytes = sizeof at;
    auto* address = reinterpret_cast<sockaddr*>(&at);
    if (::bind(listener_, address, bytes) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, address, &bytes) != 0) {
        throw std::runtime_error("cannot listen");
    }
    port_ = ntohs(at.sin_port);
    accepting_ = std::thread{[this, each = std::move(each)] {
        for (int number = 0;; ++number) {
            const int accepted = ::accept(listener_, nullptr, nullptr);
            if (accepted < 0) return;
            threads_.emplace_back([each, accepted, number] { each(raw_socket{accepted}, number); });
        }
    }};
}

scripted_peer::~scripted_peer() {
    ::shutdown(listener_, SHUT_RDWR);
    accepting_.join();
    ::close(listener_);
    for (auto& each : threads_) each.join();
}

struct certificates::keys {
    EVP_PKEY* authority_key{EVP_EC_gen("P-256")};
    X509* authority{};
    long serial{100};

    static X509* make(
        long serial, const std::string& name, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key
    ) {
        auto* made = X509_new();
        X509_set_version(made, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(made), serial);
        X509_gmtime_adj(X509_getm_notBefore(made), -3600);
        X509_gmtime_adj(X509_getm_notAfter(made), 3600 * 24);
        X509_set_pubkey(made, key);
        X509_NAME_add_entry_by_txt(
            X509_get_subject_name(made),
            "CN",
            MBSTRING_ASC,
            reinterpret_cast<const unsigned char*>(name.c_str()),
            -1,
            -1,
            0
        );
        X509_set_issuer_name(made, X509_get_subject_name(issuer != nullptr ? issuer : made));
        const auto add = [&](int what, const std::string& value) {
            auto* extension = X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str());
            X509_add_ext(made, extension, -1);
            X509_EXTENSION_free(extension);
        };
        if (issuer == nullptr) {
            add(NID_basic_constraints, "critical,CA:TRUE");
        } else {
            const bool address = name.find_first_not_of("0123456789.") == std::string::npos;
            add(NID_subject_alt_name, (address ? "IP:" : "DNS:") + name);
        }
        X509_sign(made, issuer_key, EVP_sha256());
        return made;
    }

    keys() { authority = make(1, "test authority", authority_key, nullptr, authority_key); }
    keys(const keys&) = delete;
    keys& operator=(const keys&) = delete;
    ~keys() {
        X509_free(authority);
        EVP_PKEY_free(authority_key);
    }
};

certificates::certificates(const std::string& host) : keys_{std::make_unique<keys>()} {
    auto pattern = (std::filesystem::temp_directory_path() / "tertulia_http_XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a directory");
    directory_ = pattern;
    auto* file = std::fopen(authority().c_str(), "w");
    PEM_write_X509(file, keys_->authority);
    std::fclose(file);
    renew(host);
}

certificates::~certificates() {
    std::filesystem::remove_all(directory_);
}
tls_files certificates::files() const {
    return {directory_ + "/chain.pem", directory_ + "/key.pem"};
}
std::string certificates::authority() const {
    return directory_ + "/authority.pem";
}

long certificates::renew(const std::string& host) {
    auto* key = EVP_EC_gen("P-256");
    const auto serial = ++keys_->serial;
    auto* made = keys::make(serial, host, key, keys_->authority, keys_->authority_key);
    auto* file = std::fopen(files().certificate.c_str(), "w");
    PEM_write_X509(file, made);
    std::fclose(file);
    file = std::fopen(files().key.c_str(), "w");
    PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    X509_free(made);
    EVP_PKEY_free(key);
    return serial;
}

answer call_and_wait(client& through, call what) {
    auto told = std::make_shared<std::promise<answer>>();
    auto future = told->get_future();
    through.start(std::move(what), [told](answer got) { told->set_value(std::move(got)); });
    if (future.wait_for(20s) != std::future_status::ready) throw std::runtime_error("never told");
    return future.get();
}

std::unique_ptr<server> started(std::vector<route> routes, server_settings settings) {
    settings.listen = "127.0.0.1:0";
    auto made = std::make_unique<server>(std::move(settings), std::move(routes));
    made->start();
    return made;
}

handler saying(std::string body) {
    return [body = std::move(body)](const request&, reply to) {
        std::move(to).send({.status = 200, .body = body});
    };
}

std::size_t count_of(std::string_view text, std::string_view what) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) {
        ++count;
    }
    return count;
}

}  // namespace tertulia::gateway::http::testing
