#include "tests/integration/parts/fake_smsc.hpp"

#include "adapters/smpp/frame_reader.hpp"
#include "adapters/smpp/pdu.hpp"
#include "tests/integration/parts/town.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace tertulia::integration {
namespace {

namespace wire = adapters::smpp;
using steady = std::chrono::steady_clock;
using context = std::shared_ptr<SSL_CTX>;

context context_of(const std::filesystem::path& certificate, const std::filesystem::path& key) {
    context made{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
    if (SSL_CTX_use_certificate_chain_file(made.get(), certificate.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(made.get(), key.c_str(), SSL_FILETYPE_PEM) != 1) {
        throw std::runtime_error{"no certificate"};
    }
    return made;
}

void wait_at_most(int socket, long milliseconds) {
    timeval time{.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
}

// A connection, in the clear or not; a read comes back after some milliseconds.
class wire_end {
public:
    wire_end(int socket, const context& tls) : socket_{socket} {
        if (tls) {
            tls_.reset(SSL_new(tls.get()));
            SSL_set_fd(tls_.get(), socket);
            wait_at_most(socket, 5'000);
            is_open_ = SSL_accept(tls_.get()) == 1;
        }
        wait_at_most(socket, 5);
    }
    ~wire_end() { ::close(socket_); }
    wire_end(const wire_end&) = delete;
    wire_end& operator=(const wire_end&) = delete;

    [[nodiscard]] bool is_open() const noexcept { return is_open_; }
    // Empty: nothing came, or it is over.
    std::string read() {
        char some[16'384];
        long got = 0;
        if (tls_) {
            got = SSL_read(tls_.get(), some, sizeof some);
            if (got <= 0) {
                is_open_ = SSL_get_error(tls_.get(), static_cast<int>(got)) == SSL_ERROR_WANT_READ;
            }
        } else {
            got = ::recv(socket_, some, sizeof some, 0);
            if (got <= 0) is_open_ = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        }
        return got > 0 ? std::string{some, static_cast<std::size_t>(got)} : std::string{};
    }
    void write(const std::string& what) {
        if (tls_) {
            SSL_write(tls_.get(), what.data(), static_cast<int>(what.size()));
        } else {
            ::send(socket_, what.data(), what.size(), MSG_NOSIGNAL);
        }
    }
    void end() { is_open_ = false; }

private:
    int socket_;
    std::unique_ptr<SSL, void (*)(SSL*)> tls_{nullptr, SSL_free};
    bool is_open_{true};
};

struct pending {
    steady::time_point due{};
    std::string bytes{};
    fake_reply::how sent{};
    std::size_t taken{};  // its place in taken_, from 1; 0: none
};

constexpr unsigned has_header = 0x40;

std::string text_in(const wire::message_body& what) {
    if ((what.esm_class & has_header) == 0 || what.text.empty()) return what.text;
    return what.text.substr(1U + static_cast<unsigned char>(what.text.front()));
}

}  // namespace

class fake_smsc::implementation {
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
            ::listen(listener_, 16) != 0) {
            throw std::runtime_error{"the fake SMSC cannot listen"};
        }
        accepting_ = std::thread{[this] { accept_all(); }};
    }
    ~implementation() {
        is_ending_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        accepting_.join();
        ::close(listener_);
        for (auto& one : serving_) one.join();
    }

    // Given to whichever connection is bound; true when it was acknowledged.
    bool delivers(wire::message_body what) {
        std::uint32_t sequence = 0;
        {
            const std::scoped_lock lock{mutex_};
            sequence = ++sequence_;
            const auto bytes = wire::encode(
                {.id = wire::command::deliver_sm, .sequence = sequence, .body = std::move(what)}
            );
            outgoing_.push_back(bytes.value());
        }
        return soon(
            [&] {
                const std::scoped_lock lock{mutex_};
                return acknowledged_.contains(sequence);
            },
            15s
        );
    }

    const std::uint16_t port{free_port()};
    std::mutex mutex_;
    script does_;
    context tls_;
    std::vector<taken> taken_{};
    std::vector<std::string> outgoing_{};
    std::set<std::uint32_t> acknowledged_{};
    std::uint32_t bind_status_{};
    std::uint32_t sequence_{};
    int bound_{};
    std::atomic<bool> is_away_{};
    std::atomic<std::size_t> handshakes_failed_{};
    std::atomic<std::size_t> binds_{};

private:
    void accept_all() {
        while (!is_ending_) {
            const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0) continue;
            if (is_away_) {
                ::close(socket);
                continue;
            }
            const std::scoped_lock lock{mutex_};
            serving_.emplace_back([this, socket, tls = tls_] { serve(socket, tls); });
        }
    }

    void serve(int socket, const context& tls) {
        wire_end on{socket, tls};
        if (!on.is_open()) ++handshakes_failed_;
        wire::frame_reader frames;
        std::vector<pending> waiting;
        bool is_bound = false;
        while (on.is_open() && !is_ending_ && !is_away_) {
            frames.append(on.read());
            auto frame = frames.next();
            for (; frame && *frame; frame = frames.next()) {
                if (const auto read = wire::decode(**frame)) hear(*read, on, waiting, is_bound);
            }
            if (!frame) on.end();  // no SMPP
            if (is_bound) hand_over(on);
            answer_what_is_due(on, waiting);
        }
        if (!is_bound) return;
        const std::scoped_lock lock{mutex_};
        --bound_;
    }

    void hear(const wire::pdu& what, wire_end& on, std::vector<pending>& waiting, bool& is_bound) {
        const std::scoped_lock lock{mutex_};
        switch (what.id) {
            case wire::command::bind_transceiver:
                ++binds_;
                on.write(wire::encode({.id = wire::response_to(what.id),
                                       .status = bind_status_,
                                       .sequence = what.sequence,
                                       .body = wire::bind_answer{"FAKE"}})
                             .value());
                if (bind_status_ == 0 && !std::exchange(is_bound, true)) ++bound_;
                return;
            case wire::command::enquire_link:
            case wire::command::unbind:
                on.write(
                    wire::encode({.id = wire::response_to(what.id), .sequence = what.sequence}).value()
                );
                return;
            case wire::command::deliver_sm_resp:
                if (what.status == 0) acknowledged_.insert(what.sequence);
                return;
            case wire::command::submit_sm:
                return take(what, waiting);
            default: return;
        }
    }

    void take(const wire::pdu& what, std::vector<pending>& waiting) {
        const auto& body = std::get<wire::message_body>(what.body);
        fake_submit heard{
            .to = body.destination.text,
            .text = text_in(body),
            .id = "F" + std::to_string(taken_.size() + 1),
            .is_part = (body.esm_class & has_header) != 0,
            .wants_receipt = body.registered_delivery != 0};
        const auto reply = does_(heard);
        std::size_t place = 0;
        if (reply.status == 0 && reply.is_taken) {
            taken_.push_back({heard});
            place = taken_.size();
        }
        const auto bytes = wire::encode({.id = wire::command::submit_sm_resp,
                                         .status = reply.status,
                                         .sequence = what.sequence,
                                         .body = wire::message_answer{heard.id}});
        waiting.push_back({steady::now() + reply.wait, bytes.value(), reply.sent, place});
    }

    void answer_what_is_due(wire_end& on, std::vector<pending>& waiting) {
        using how = fake_reply::how;
        for (std::size_t index = 0; index < waiting.size();) {
            if (waiting[index].due > steady::now()) {
                ++index;
                continue;
            }
            auto one = std::move(waiting[index]);
            waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(index));
            if (one.sent == how::silent) continue;
            if (one.sent == how::cut) one.bytes.resize(one.bytes.size() / 2);
            if (one.sent == how::impossible) one.bytes.replace(0, 4, "\x7f\xff\xff\xff");
            if (one.sent != how::hang_up) on.write(one.bytes);
            if (one.sent == how::whole) {
                const std::scoped_lock lock{mutex_};
                if (one.taken != 0) taken_[one.taken - 1].is_answered = true;
            } else if (one.sent != how::impossible) {
                return on.end();
            }
        }
    }

    void hand_over(wire_end& on) {
        const std::scoped_lock lock{mutex_};
        for (const auto& one : std::exchange(outgoing_, {})) on.write(one);
    }

    int listener_{-1};
    std::atomic<bool> is_ending_{};
    std::list<std::thread> serving_{};
    std::thread accepting_{};
};

fake_smsc::fake_smsc(script does)
    : self_{std::make_unique<implementation>(std::move(does), nullptr)} {}
fake_smsc::fake_smsc(
    script does, const std::filesystem::path& certificate, const std::filesystem::path& key
)
    : self_{std::make_unique<implementation>(std::move(does), context_of(certificate, key))} {}
fake_smsc::~fake_smsc() = default;

std::uint16_t fake_smsc::port() const noexcept { return self_->port; }
std::size_t fake_smsc::binds() const noexcept { return self_->binds_; }
std::size_t fake_smsc::handshakes_failed() const noexcept { return self_->handshakes_failed_; }

bool fake_smsc::is_bound() const {
    const std::scoped_lock lock{self_->mutex_};
    return self_->bound_ > 0;
}

void fake_smsc::bind_status_is(std::uint32_t status) {
    const std::scoped_lock lock{self_->mutex_};
    self_->bind_status_ = status;
}

void fake_smsc::goes() { self_->is_away_ = true; }
void fake_smsc::comes() { self_->is_away_ = false; }

void fake_smsc::certificate_is(
    const std::filesystem::path& certificate, const std::filesystem::path& key
) {
    auto made = context_of(certificate, key);
    const std::scoped_lock lock{self_->mutex_};
    self_->tls_ = std::move(made);
}

std::vector<fake_smsc::taken> fake_smsc::all() const {
    const std::scoped_lock lock{self_->mutex_};
    return self_->taken_;
}

std::vector<fake_smsc::taken> fake_smsc::to(std::string_view digits) const {
    auto out = all();
    std::erase_if(out, [&](const taken& one) { return one.what.to != digits; });
    return out;
}

bool fake_smsc::says(const std::string& digits, const std::string& text) {
    return self_->delivers(
        {.source = {1, 1, digits}, .destination = {3, 0, "4040"}, .text = text}
    );
}

bool fake_smsc::reports(const fake_submit& what, const std::string& state) {
    constexpr std::uint8_t is_receipt = 0x04;
    return self_->delivers(
        {.source = {1, 1, what.to},
         .destination = {3, 0, "4040"},
         .esm_class = is_receipt,
         .text = "id:" + what.id + " sub:001 dlvrd:001 submit date:2611261200 done date:2611261201 "
                                   "stat:" + state + " err:011 text:"}
    );
}

}  // namespace tertulia::integration
