#include "tests/integration/parts/fake_provider.hpp"

#include "tests/integration/parts/town.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <csignal>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tertulia::integration {
namespace {

using context = std::shared_ptr<SSL_CTX>;

context context_of(const std::filesystem::path& certificate, const std::filesystem::path& key) {
    context made{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
    if (SSL_CTX_use_certificate_chain_file(made.get(), certificate.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(made.get(), key.c_str(), SSL_FILETYPE_PEM) != 1) {
        throw std::runtime_error{"no certificate"};
    }
    return made;
}

// One connection, in the clear or not.
class line {
public:
    line(int socket, const context& tls) : socket_{socket} {
        if (!tls) return;
        tls_.reset(SSL_new(tls.get()));
        SSL_set_fd(tls_.get(), socket);
        open_ = SSL_accept(tls_.get()) == 1;
    }
    ~line() { ::close(socket_); }
    line(const line&) = delete;
    line& operator=(const line&) = delete;

    [[nodiscard]] bool open() const noexcept { return open_; }
    std::size_t read(char* to, int most) {
        const auto got = tls_ ? static_cast<long>(SSL_read(tls_.get(), to, most))
                              : ::recv(socket_, to, static_cast<std::size_t>(most), 0);
        return got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    void write(const std::string& what) {
        if (what.empty()) return;
        if (tls_) {
            SSL_write(tls_.get(), what.data(), static_cast<int>(what.size()));
        } else {
            ::send(socket_, what.data(), what.size(), MSG_NOSIGNAL);
        }
    }

private:
    int socket_;
    std::unique_ptr<SSL, void (*)(SSL*)> tls_{nullptr, SSL_free};
    bool open_{true};
};

std::size_t length_of(std::string head) {
    std::ranges::transform(head, head.begin(), [](unsigned char one) {
        return static_cast<char>(std::tolower(one));
    });
    const auto at = head.find("content-length:");
    if (at == std::string::npos) return 0;
    return std::stoul(head.substr(at + 15));
}

// Nothing when the other side ended before it was whole.
bool read_request(line& from, std::string& held, fake_request& into) {
    char some[16'384];
    const auto more = [&] {
        const auto got = from.read(some, sizeof some);
        held.append(some, got);
        return got > 0;
    };
    while (held.find("\r\n\r\n") == std::string::npos) {
        if (!more()) return false;
    }
    const auto head_end = held.find("\r\n\r\n") + 4;
    const auto whole = head_end + length_of(held.substr(0, head_end));
    while (held.size() < whole) {
        if (!more()) return false;
    }
    const auto first = held.find(' ');
    const auto second = held.find(' ', first + 1);
    into.method = held.substr(0, first);
    into.target = held.substr(first + 1, second - first - 1);
    into.body = held.substr(head_end, whole - head_end);
    held.erase(0, whole);
    return true;
}

std::string text_of(const fake_answer& what) {
    auto out = "HTTP/1.1 " + std::to_string(what.status) + " X\r\nContent-Type: application/json\r\n";
    for (const auto& [name, value] : what.headers) out += name + ": " + value + "\r\n";
    out += "Content-Length: " + std::to_string(what.body.size()) + "\r\n\r\n" + what.body;
    return out;
}

}  // namespace

class fake_provider::implementation {
public:
    implementation(script does, context tls) : does_{std::move(does)}, tls_{std::move(tls)} {
        std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to whoever has gone
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(port);
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int yes = 1;
        ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        if (::bind(listener_, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 ||
            ::listen(listener_, 256) != 0) {
            throw std::runtime_error{"the fake provider cannot listen"};
        }
        accepting_ = std::thread{[this] { accept_all(); }};
    }

    ~implementation() {
        ending_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        accepting_.join();
        ::close(listener_);
        {
            const std::scoped_lock lock{mutex_};
            for (const auto socket : open_) ::shutdown(socket, SHUT_RDWR);
        }
        for (auto& one : serving_) one.join();
    }

    const std::uint16_t port{free_port()};
    std::mutex mutex_;
    script does_;
    context tls_;
    std::vector<fake_request> asked_{};
    std::vector<int> open_{};
    std::atomic<std::size_t> handshakes_failed{};

private:
    void accept_all() {
        while (!ending_) {
            const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0) continue;
            const std::scoped_lock lock{mutex_};
            open_.push_back(socket);
            serving_.emplace_back([this, socket, tls = tls_] { serve(socket, tls); });
        }
    }

    void serve(int socket, const context& tls) {
        {
            line on{socket, tls};
            if (!on.open()) ++handshakes_failed;
            std::string held;
            for (fake_request heard; on.open() && read_request(on, held, heard);) {
                if (!answer(on, heard)) break;
            }
            const std::scoped_lock lock{mutex_};
            std::erase(open_, socket);
        }
    }

    // False: the connection ends.
    bool answer(line& on, const fake_request& heard) {
        fake_answer what;
        {
            const std::scoped_lock lock{mutex_};
            asked_.push_back(heard);
            what = does_(heard);
        }
        const auto until = std::chrono::steady_clock::now() + what.wait;
        while (!ending_ && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(5ms);
        }
        auto text = text_of(what);
        if (what.sent == fake_answer::how::silent) return false;
        if (what.sent == fake_answer::how::cut) text.resize(text.size() - what.body.size() / 2 - 1);
        on.write(text);
        return what.sent == fake_answer::how::whole;
    }

    int listener_{-1};
    std::atomic<bool> ending_{};
    std::list<std::thread> serving_{};
    std::thread accepting_{};
};

fake_provider::fake_provider(script does)
    : self_{std::make_unique<implementation>(std::move(does), nullptr)} {}
fake_provider::fake_provider(
    script does, std::filesystem::path certificate, std::filesystem::path key
)
    : self_{std::make_unique<implementation>(std::move(does), context_of(certificate, key))} {}
fake_provider::~fake_provider() = default;

std::uint16_t fake_provider::port() const noexcept { return self_->port; }

std::string fake_provider::url() const {
    return (self_->tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(self_->port);
}

void fake_provider::script_is(script does) {
    const std::scoped_lock lock{self_->mutex_};
    self_->does_ = std::move(does);
}

void fake_provider::certificate_is(
    const std::filesystem::path& certificate, const std::filesystem::path& key
) {
    auto made = context_of(certificate, key);
    const std::scoped_lock lock{self_->mutex_};
    self_->tls_ = std::move(made);
    for (const auto socket : self_->open_) ::shutdown(socket, SHUT_RDWR);
}

std::size_t fake_provider::handshakes_failed() const noexcept {
    return self_->handshakes_failed;
}

std::vector<fake_request> fake_provider::asked() const {
    const std::scoped_lock lock{self_->mutex_};
    return self_->asked_;
}

}  // namespace tertulia::integration
