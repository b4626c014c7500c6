// Our HTTP client beside a bare Beast one that does nothing else, both on one thread with as many
// kept connections to the same provider; and how our client behaves when a TLS provider lets its
// connections lapse.
//   outgoing --sink-port P [--calls 100000] [--connections 32]
//   outgoing --certificate FILE --key FILE [--reconnects 200]

#include "gateway/http/client.hpp"
#include "gateway/http/server.hpp"
#include "tests/bench/parts/measure.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_static_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace {

using namespace tertulia;
using namespace tertulia::bench;
namespace net = boost::asio;
namespace beast = boost::beast;

std::string body_of(std::size_t number) {
    return R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"50230000001",)"
           R"("type":"text","text":{"body":"Debe en total: *Q3,438.60*. Le quedan 11 cuotas."},)"
           R"("biz_opaque_callback_data":")" +
           std::to_string(number) + R"("})";
}

constexpr const char* path = "/v25.0/106540352242922/messages";

// Calls a second of our client, `connections` of them always under way.
double ours(std::uint16_t port, std::size_t calls, std::size_t connections, gateway::http::client_counters& counts) {
    gateway::http::client client{{.connections_per_host_max = connections}};
    const auto url = "http://127.0.0.1:" + std::to_string(port) + path;
    std::atomic<std::size_t> started{};
    std::atomic<std::size_t> done{};
    std::promise<void> finished;
    std::function<void()> next = [&] {
        const auto number = started++;
        if (number >= calls) return;
        gateway::http::call call{
            .url = url,
            .headers = {{"Authorization", "Bearer test"}, {"Content-Type", "application/json"}},
            .body = body_of(number)};
        client.start(std::move(call), [&](gateway::http::answer answer) {
            if (answer.status != 200) throw std::runtime_error{"the sink answered otherwise"};
            if (++done == calls) {
                finished.set_value();
            } else {
                next();
            }
        });
    };
    const auto begin = now_us();
    // Twice as many as connections: one always waits for a connection to come free.
    for (std::size_t i = 0; i < connections * 2; ++i) next();
    finished.get_future().wait();
    const auto took = static_cast<double>(now_us() - begin) / 1e6;
    counts = client.counters();
    client.finish(std::chrono::milliseconds{100});
    return static_cast<double>(calls) / took;
}

// The least a Beast client can do: plain sockets, reused parser and buffer.
class bare_connection {
public:
    bare_connection(net::io_context& loop, std::uint16_t port, std::size_t& left)
        : socket_{loop}, left_{left} {
        socket_.connect({net::ip::address_v4::loopback(), port});
        socket_.set_option(net::ip::tcp::no_delay{true});
    }
    void next() {
        if (left_ == 0) return;
        --left_;
        request_ = {beast::http::verb::post, path, 11};
        request_.set(beast::http::field::host, "127.0.0.1");
        request_.set(beast::http::field::authorization, "Bearer test");
        request_.set(beast::http::field::content_type, "application/json");
        request_.body() = body_of(left_);
        request_.prepare_payload();
        beast::http::async_write(socket_, request_, [this](beast::error_code error, std::size_t) {
            if (error) throw beast::system_error{error};
            parser_.emplace();
            beast::http::async_read(
                socket_, buffer_, *parser_,
                [this](beast::error_code failed, std::size_t) {
                    if (failed) throw beast::system_error{failed};
                    next();
                }
            );
        });
    }

private:
    net::ip::tcp::socket socket_;
    std::size_t& left_;
    beast::http::request<beast::http::string_body> request_{};
    std::optional<beast::http::response_parser<beast::http::string_body>> parser_{};
    beast::flat_static_buffer<16 * 1024> buffer_{};
};

double bare(std::uint16_t port, std::size_t calls, std::size_t connections) {
    net::io_context loop{1};
    auto left = calls;
    std::vector<std::unique_ptr<bare_connection>> all;
    for (std::size_t i = 0; i < connections; ++i) {
        all.push_back(std::make_unique<bare_connection>(loop, port, left));
    }
    const auto begin = now_us();
    for (auto& one : all) one->next();
    loop.run();
    return static_cast<double>(calls) / (static_cast<double>(now_us() - begin) / 1e6);
}

int rates(std::uint16_t port, std::size_t calls, std::size_t connections, int runs) {
    std::vector<double> of_ours;
    std::vector<double> of_bare;
    gateway::http::client_counters counts;
    for (int i = 0; i < runs; ++i) {
        of_bare.push_back(bare(port, calls, connections));
        of_ours.push_back(ours(port, calls, connections, counts));
    }
    std::ranges::sort(of_ours);
    std::ranges::sort(of_bare);
    const auto middle = static_cast<std::size_t>(runs / 2);
    std::cout << json_line{}
                     .add("rate", of_ours[middle])
                     .add("bare", of_bare[middle])
                     .add("ratio", of_ours[middle] / of_bare[middle])
                     .add("opened_per_100000", static_cast<double>(counts.connections_opened) * 1e5 /
                                                   static_cast<double>(calls))
                     .text()
              << std::endl;
    return 0;
}

// Connections lapse between calls, as they do at night; each call finds none and makes one.
int reconnects(const std::string& certificate, const std::string& key, std::size_t count) {
    gateway::http::server server{
        {.listen = "127.0.0.1:0", .tls = {certificate, key}},
        {{.method = "POST",
          .path = path,
          .handle = [](const gateway::http::request&, gateway::http::reply answer) {
              std::move(answer).send({.body = "{}"});
          }}}};
    server.start();
    constexpr auto keep = std::chrono::milliseconds{1};
    gateway::http::client client{{.idle_keep = keep, .certificate_authorities = certificate}};
    const auto url = "https://localhost:" + std::to_string(server.port()) + path;
    std::size_t refused = 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::promise<unsigned> status;
        client.start({.url = url, .body = body_of(i)}, [&status](gateway::http::answer answer) {
            if (answer.status != 200) std::cerr << answer.trouble << '\n';
            status.set_value(answer.status);
        });
        if (status.get_future().get() != 200) ++refused;
        const auto opened = client.counters().connections_opened;
        // Until the connection is really gone: the client looks at idle ones now and then.
        std::this_thread::sleep_for(std::chrono::milliseconds{opened == i + 1 ? 20 : 1'100});
    }
    const auto counts = client.counters();
    client.finish(std::chrono::milliseconds{100});
    server.finish(std::chrono::milliseconds{100});
    // The first has nothing to resume.
    const auto again = static_cast<double>(counts.tls_resumed + counts.tls_full) - 1;
    std::cout << json_line{}
                     .add("connections", static_cast<double>(counts.connections_opened))
                     .add("reconnects", again)
                     .add("resumed", static_cast<double>(counts.tls_resumed))
                     .add("resumed_share", again > 0 ? static_cast<double>(counts.tls_resumed) / again : 0)
                     .add("refused", static_cast<double>(refused))
                     .text()
              << std::endl;
    return refused == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"Our HTTP client beside a bare one"};
    std::uint16_t port = 0;
    std::size_t calls = 100'000;
    std::size_t connections = 32;
    int runs = 3;
    std::string certificate;
    std::string key;
    std::size_t again = 200;
    line.add_option("--sink-port", port);
    line.add_option("--calls", calls);
    line.add_option("--connections", connections);
    line.add_option("--runs", runs);
    line.add_option("--certificate", certificate, "Of localhost, PEM");
    line.add_option("--key", key);
    line.add_option("--reconnects", again);
    CLI11_PARSE(line, argc, argv);
    try {
        if (!certificate.empty()) return reconnects(certificate, key, again);
        return rates(port, calls, connections, runs);
    } catch (const std::exception& error) {
        std::cerr << "outgoing: " << error.what() << '\n';
        return 2;
    }
}
