#include "gateway/simulator/plain_listener.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <optional>
#include <thread>
#include <utility>

namespace tertulia::gateway::simulator {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;

namespace {

constexpr std::chrono::seconds quiet_most{120};
constexpr std::uint64_t plain_body_bytes_max = 17U * 1024 * 1024;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

graph_answer ask(
    const plain_listener::handler& handle,
    const beast::http::request<beast::http::string_body>& heard
) {
    const auto target = view(heard.target());
    const auto mark = target.find('?');
    return handle({
        .method = view(heard.method_string()),
        .path = target.substr(0, mark),
        .query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1),
        .authorization = view(heard[beast::http::field::authorization]),
        .content_type = view(heard[beast::http::field::content_type]),
        .body = heard.body(),
    });
}

// Any error ends the connection: the exception is dropped where the coroutine was spawned.
asio::awaitable<void> serve_connection(beast::tcp_stream stream, plain_listener::handler handle) {
    beast::flat_buffer buffer;
    for (;;) {
        beast::http::request_parser<beast::http::string_body> parser;
        parser.body_limit(plain_body_bytes_max);
        stream.expires_after(quiet_most);
        co_await beast::http::async_read(stream, buffer, parser, asio::use_awaitable);
        const auto heard = parser.release();
        auto answer = ask(handle, heard);
        if (answer.delay.count() > 0) {
            asio::steady_timer timer{stream.get_executor(), answer.delay};
            co_await timer.async_wait(asio::use_awaitable);
        }
        if (answer.dropped) {
            stream.close();
            co_return;
        }
        beast::http::response<beast::http::string_body> said;
        said.version(11);
        said.result(answer.status);
        said.set(beast::http::field::content_type, answer.content_type);
        said.body() = std::move(answer.body);
        said.keep_alive(heard.keep_alive());
        said.prepare_payload();
        stream.expires_after(quiet_most);
        co_await beast::http::async_write(stream, said, asio::use_awaitable);
        if (!heard.keep_alive()) co_return;
    }
}

asio::awaitable<void> accept_connections(tcp::acceptor* acceptor, plain_listener::handler handle) {
    for (;;) {
        auto socket = co_await acceptor->async_accept(asio::use_awaitable);
        socket.set_option(tcp::no_delay{true});
        beast::tcp_stream stream{std::move(socket)};
        auto serving = serve_connection(std::move(stream), handle);
        asio::co_spawn(acceptor->get_executor(), std::move(serving), asio::detached);
    }
}

}  // namespace

class plain_listener::implementation {
public:
    implementation(const std::string& address, std::uint16_t port, handler handle)
        : acceptor_{io_, tcp::endpoint{asio::ip::make_address(address), port}} {
        auto accepting = accept_connections(&acceptor_, std::move(handle));
        asio::co_spawn(io_, std::move(accepting), asio::detached);
        thread_ = std::thread{[this] { io_.run(); }};
    }
    ~implementation() {
        io_.stop();
        thread_.join();
    }
    implementation(const implementation&) = delete;
    implementation& operator=(const implementation&) = delete;

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

private:
    asio::io_context io_{1};
    tcp::acceptor acceptor_;
    std::thread thread_{};
};

plain_listener::plain_listener(const std::string& address, std::uint16_t port, handler handle)
    : self_{std::make_unique<implementation>(address, port, std::move(handle))} {}
plain_listener::~plain_listener() = default;
std::uint16_t plain_listener::port() const noexcept { return self_->port(); }

}  // namespace tertulia::gateway::simulator
