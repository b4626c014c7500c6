#include "gateway/http/server.hpp"

#include "gateway/http/io_thread.hpp"
#include "gateway/http/signals.hpp"

#include <charconv>
#include <system_error>
#include <thread>

namespace tertulia::gateway::http {
namespace {

namespace asio = boost::asio;

// "host:port", "[::1]:port"; a name is looked up once, here.
tcp::endpoint endpoint_of(const std::string& listen) {
    const auto bad = [&] {
        return std::system_error(
            std::make_error_code(std::errc::invalid_argument), "not host:port: '" + listen + "'"
        );
    };
    const auto colon = listen.rfind(':');
    if (colon == std::string::npos || colon == 0) throw bad();
    auto host = listen.substr(0, colon);
    if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    std::uint16_t port = 0;
    const auto* last = listen.data() + listen.size();
    const auto [end, failed] = std::from_chars(listen.data() + colon + 1, last, port);
    if (failed != std::errc{} || end != last) throw bad();

    boost::system::error_code not_an_address;
    const auto address = asio::ip::make_address(host, not_an_address);
    if (!not_an_address) return {address, port};
    asio::io_context context;
    boost::system::error_code unknown;
    const auto found = tcp::resolver{context}.resolve(host, "", tcp::resolver::passive, unknown);
    if (unknown || found.empty()) throw std::system_error(unknown, "cannot look up '" + host + "'");
    return {found.begin()->endpoint().address(), port};
}

}  // namespace

class server::implementation {
public:
    implementation(server_settings settings, std::vector<route> routes)
        : shared_{std::move(settings), std::move(routes)} {
        if (!shared_.settings.tls.certificate.empty()) {
            shared_.set_tls(make_server_tls(shared_.settings.tls));
        }
        auto at = endpoint_of(shared_.settings.listen);
        for (unsigned made = 0; made < std::max(1U, shared_.settings.io_threads); ++made) {
            io_.push_back(std::make_unique<io_thread>(shared_, at));
            at = io_.front()->endpoint();  // port 0 was any: the others take the same
        }
        port_ = at.port();
    }

    ~implementation() { finish(std::chrono::milliseconds{0}); }

    void start() {
        if (!threads_.empty()) return;
        const signals_blocked meanwhile;
        for (auto& each : io_) {
            threads_.emplace_back([io = each.get()] { io->run(); });
        }
    }

    void stop_accepting() {
        for (auto& each : io_) each->stop_accepting();
    }

    void finish(std::chrono::milliseconds deadline) {
        if (threads_.empty()) return;
        stop_accepting();
        {
            std::unique_lock held{shared_.mutex};
            shared_.emptied.wait_for(held, deadline, [this] { return shared_.open.load() == 0; });
        }
        for (auto& each : io_) each->close_all();
        for (auto& each : io_) each->let_end();
        for (auto& each : threads_) each.join();
        threads_.clear();
    }

    server_shared shared_;
    std::vector<std::unique_ptr<io_thread>> io_{};
    std::vector<std::thread> threads_{};
    std::uint16_t port_{};
};

server::server(server_settings settings, std::vector<route> routes)
    : self_{std::make_unique<implementation>(std::move(settings), std::move(routes))} {}
server::~server() = default;

void server::start() {
    self_->start();
}
std::uint16_t server::port() const noexcept {
    return self_->port_;
}
void server::stop_accepting() {
    self_->stop_accepting();
}
void server::finish(std::chrono::milliseconds deadline) {
    self_->finish(deadline);
}

std::string server::reload_tls() {
    if (self_->shared_.settings.tls.certificate.empty()) return "this server does not speak TLS";
    try {
        self_->shared_.set_tls(make_server_tls(self_->shared_.settings.tls));
        return {};
    } catch (const std::exception& failed) {
        return failed.what();
    }
}

server_counters server::counters() const noexcept {
    server_counters made;
    made.connections_open = self_->shared_.open.load(std::memory_order_relaxed);
    for (const auto& each : self_->io_) {
        const auto& from = each->counters();
        made.connections_total += from.connections_total.load(std::memory_order_relaxed);
        made.connections_refused += from.connections_refused.load(std::memory_order_relaxed);
        made.requests += from.requests.load(std::memory_order_relaxed);
        made.bad_requests += from.bad_requests.load(std::memory_order_relaxed);
        made.timed_out += from.timed_out.load(std::memory_order_relaxed);
    }
    return made;
}

}  // namespace tertulia::gateway::http
