#include "gateway/doctor/smpp_doctor.hpp"

#include "adapters/smpp/frame_reader.hpp"
#include "adapters/smpp/pdu.hpp"
#include "gateway/smpp/connection.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <charconv>
#include <chrono>
#include <memory>
#include <system_error>
#include <utility>

namespace tertulia::gateway {
namespace {

namespace asio = boost::asio;
namespace wire = adapters::smpp;
using wire::command;
using steady = std::chrono::steady_clock;
using stage = smpp::connection::stage;

struct bind_reading {
    std::uint32_t status{};
    finding_kind kind{};
    const char* what{};
    const char* mend{};
};
constexpr std::array bind_readings{
    bind_reading{
        0x03, finding_kind::broken, "the SMSC does not know such a bind",
        "Ask the operator for a bind as transceiver."},
    bind_reading{
        0x05, finding_kind::advice, "already bound: a session of this system_id is open",
        "It is the gateway's if it runs. If not, the SMSC drops the old one by itself, or the "
        "operator does."},
    bind_reading{
        0x0D, finding_kind::broken, "the SMSC refuses the bind",
        "Ask the operator: the account may be closed, for another kind of bind, or for another "
        "address than the one we come from."},
    bind_reading{
        0x0E, finding_kind::broken, "the password is not accepted",
        "Look at password: 8 letters at most, as the operator wrote it."},
    bind_reading{
        0x0F, finding_kind::broken, "the system id is not accepted",
        "Look at system_id, as the operator wrote it."},
    bind_reading{
        0x14, finding_kind::advice, "the SMSC is busy: its queue is full", "Try again in a minute."},
    bind_reading{
        0x53, finding_kind::broken, "the system type is not accepted",
        "Look at system_type: most operators want none."},
    bind_reading{
        0x58, finding_kind::advice, "the SMSC asks us to slow down: too many binds",
        "Try again in a minute."},
};

std::string hex_of(std::uint32_t status) {
    std::array<char, 8> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), status, 16).ptr;
    return "0x" + std::string{digits.data(), end};
}

bool is_own_machine(const std::string& host) {
    boost::system::error_code no_address;
    const auto address = asio::ip::make_address(host, no_address);
    return host == "localhost" || (!no_address && address.is_loopback());
}

// One visit: what is awaited now, and what was found so far.
class visit final : public smpp::connection::listener {
public:
    explicit visit(const wire::channel_settings& channel) : channel_{channel} {}

    findings made() {
        http::tls_context tls;
        try {
            if (channel_.transport == wire::transport::tls) {
                tls = http::make_client_tls(channel_.certificate_authorities, "");
            }
        } catch (const std::system_error& unusable) {
            broken("tls", unusable.what(), "Look at certificate_authorities.");
            return std::move(found_);
        }
        connection_ = std::make_shared<smpp::connection>(context_, *this, tls, sessions_);
        connection_->open(channel_.host, channel_.port);
        context_.run();
        return std::move(found_);
    }

private:
    void on_connected() override {
        fine("connect", "the SMSC is reached");
        if (channel_.transport == wire::transport::tls) {
            fine("tls", "its certificate is good");
        } else if (!is_own_machine(channel_.host)) {
            found_.push_back(
                {finding_kind::advice, channel_.name, "tls", "the password travels in clear",
                 "Ask the operator for TLS (tls: true), unless a VPN leads there."}
            );
        }
        auto bind = wire::bind_of(channel_);
        bind.sequence = ++sequence_;
        ask("bind", bind);
    }

    void on_bytes(std::string_view bytes) override {
        frames_.append(bytes);
        while (!is_over_) {
            const auto frame = frames_.next();
            if (!frame) return stranger();
            if (!*frame) return;
            const auto read = wire::decode(**frame);
            if (read) hear(*read);
        }
    }

    void on_lost(const std::string& reason) override {
        if (is_over_) return;
        switch (connection_->reached()) {
            case stage::name:
                broken(
                    "resolve", reason, "Look at host, and at the name servers of this machine."
                );
                break;
            case stage::socket:
                broken(
                    "connect", reason,
                    "Look at host and port, at the firewall and the VPN, and whether the operator "
                    "lets in the address we come from."
                );
                break;
            case stage::tls:
                broken(
                    "tls", reason,
                    "An expired one is the operator's to renew; one of their own making goes into "
                    "certificate_authorities; a port without TLS wants tls: false."
                );
                break;
            case stage::up:
                broken(
                    awaited_, reason,
                    "Ask the operator whether the account may bind from the address we come from."
                );
        }
        end();
    }

    void hear(const wire::pdu& what) {
        if (what.id == command::enquire_link) {
            return write({.id = command::enquire_link_resp, .sequence = what.sequence});
        }
        if (what.id == command::deliver_sm || what.id == command::data_sm) {
            return write(
                {.id = wire::response_to(what.id),
                 .status = wire::status_try_again,
                 .sequence = what.sequence}
            );
        }
        if (!wire::is_response(what.id) || what.sequence != sequence_) return;
        if (std::exchange(is_bound_, true)) return go_on();
        found_.push_back(reading_of_bind(channel_, what.status));
        if (what.status != wire::status_ok) return end();
        fine_since_ = steady::now();
        ask("enquire_link", {.id = command::enquire_link, .sequence = ++sequence_});
    }

    void go_on() {
        if (awaited_ == "unbind") {
            fine("unbind", "goodbye was answered");
            return end();
        }
        const auto took = std::chrono::ceil<std::chrono::milliseconds>(steady::now() - fine_since_);
        fine("enquire_link", "an answer takes " + std::to_string(took.count()) + " ms");
        ask("unbind", {.id = command::unbind, .sequence = ++sequence_});
    }

    void stranger() {
        broken(
            "bind", "what answers there does not speak SMPP",
            "Look at port: 2775 is usual, with TLS 3550."
        );
        end();
    }

    void ask(std::string check, const wire::pdu& what) {
        awaited_ = std::move(check);
        write(what);
        patience_.expires_after(channel_.answer_within);
        patience_.async_wait([this](const boost::system::error_code& cancelled) {
            if (cancelled || is_over_) return;
            broken(awaited_, "no answer", "Ask the operator whether the SMSC is well.");
            end();
        });
    }

    void write(const wire::pdu& what) {
        const auto bytes = wire::encode(what);
        if (bytes) return connection_->write(*bytes);
        broken(
            "bind", "system_id, password or system_type is longer than SMPP has room for",
            "Ask the operator for shorter ones."
        );
        end();
    }

    void fine(std::string check, std::string what) {
        found_.push_back(
            {finding_kind::fine, channel_.name, std::move(check), std::move(what), {}}
        );
    }
    void broken(std::string check, std::string what, std::string mend) {
        found_.push_back(
            {finding_kind::broken, channel_.name, std::move(check), std::move(what),
             std::move(mend)}
        );
    }
    void end() {
        is_over_ = true;
        connection_->close();
        context_.stop();
    }

    const wire::channel_settings& channel_;
    findings found_{};
    asio::io_context context_{1};
    asio::steady_timer patience_{context_};
    http::session_shelf sessions_{};
    std::shared_ptr<smpp::connection> connection_{};
    wire::frame_reader frames_{};
    std::string awaited_{};  // the check that an answer belongs to
    steady::time_point fine_since_{};
    std::uint32_t sequence_{};
    bool is_bound_{};
    bool is_over_{};
};

}  // namespace

finding reading_of_bind(const wire::channel_settings& channel, std::uint32_t status) {
    if (status == wire::status_ok) {
        return {finding_kind::fine, channel.name, "bind", "the SMSC knows us", {}};
    }
    for (const auto& one : bind_readings) {
        if (one.status != status) continue;
        return {
            one.kind, channel.name, "bind", one.what + (" (" + hex_of(status) + ")"), one.mend};
    }
    return {
        finding_kind::broken, channel.name, "bind",
        "the bind is refused (" + hex_of(status) + "): " + wire::judge(status).reason,
        "Try again later; then tell the operator the number."};
}

findings examine_smpp(const wire::channel_settings& channel) {
    return visit{channel}.made();
}

}  // namespace tertulia::gateway
