#include "gateway/http/client_connection.hpp"

#include "gateway/http/trouble.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/redirect_error.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <charconv>
#include <typeinfo>
#include <utility>

namespace tertulia::gateway::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using namespace std::chrono_literals;

bool idempotent_without_body(std::string_view method) {
    return method == "GET" || method == "HEAD" || method == "DELETE";
}

void render(const job& from, std::string& into) {
    into.clear();
    into += from.what.method;
    into += ' ';
    into += from.to.target;
    into += " HTTP/1.1\r\nHost: ";
    into += from.to.authority;
    into += "\r\n";
    for (const auto& [name, value] : from.what.headers) {
        into += name;
        into += ": ";
        into += value;
        into += "\r\n";
    }
    if (!from.what.body.empty() || !idempotent_without_body(from.what.method)) {
        into += "Content-Length: ";
        into += std::to_string(from.what.body.size());
        into += "\r\n";
    }
    into += "\r\n";
    into += from.what.body;
}

}  // namespace

void client_shared::finish_job(job& ended, answer with) {
    calls.fetch_add(1, std::memory_order_relaxed);
    try {
        ended.done(std::move(with));
    } catch (const std::exception& thrown) {
        report_trouble("the receiver of an answer threw", typeid(thrown).name());
    }
    ended.done = nullptr;  // what it holds may be waited for by whoever waits for us
    if (outstanding.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    const std::lock_guard held{mutex};
    emptied.notify_all();
}

task<> client_connection::live(std::shared_ptr<client_connection> self) {
    try {
        co_await self->serve();
    } catch (const std::exception& thrown) {
        report_trouble("a connection was dropped", typeid(thrown).name());
    }
    self->drop();
    std::erase(self->host_.idle, self.get());
    self->host_.connections.erase(self.get());
}

task<> client_connection::serve() {
    for (;;) {
        while (!host_.waiting.empty()) {
            auto next = std::move(host_.waiting.front());
            host_.waiting.pop_front();
            shared_.waiting.fetch_sub(1, std::memory_order_relaxed);
            answer got;
            try {
                got = co_await perform(next);
            } catch (const std::exception& thrown) {
                // Out of memory or descriptors: whether bytes left is what the stream counted.
                got = {.trouble = typeid(thrown).name()};
                if (stream_ && stream_->bytes_out() > 0) got.result = call_result::unknown;
                drop();
            }
            cancelled_ = false;
            limit_ = steady::time_point::max();
            shared_.finish_job(next, std::move(got));
        }
        if (!stream_ || shared_.ending) co_return;
        idle_ = true;
        limit_ = steady::now() + shared_.settings.idle_keep;
        host_.idle.push_back(this);
        co_await parked_.wait();
        idle_ = false;
        rested_ = true;
        if (cancelled_) co_return;
    }
}

task<answer> client_connection::perform(job& what) {
    if (steady::now() >= what.deadline) co_return answer{.trouble = "not sent in time"};
    render(what, request_);
    for (int attempt = 0;; ++attempt) {
        const bool kept = stream_.has_value() && (!std::exchange(rested_, false) || still_usable());
        if (!kept) {
            drop();
            const bool connected = co_await connect(what);
            if (!connected) {
                drop();
                co_return answer{.trouble = trouble_};
            }
        }
        limit_ = what.deadline;
        const auto before = stream_->bytes_out();
        const bool written = co_await write(request_);
        if (!written && stream_->bytes_out() == before) {
            drop();
            // The server had closed it, and not a byte has left: a new connection may try.
            if (kept && attempt == 0 && !cancelled_) continue;
            co_return answer{.trouble = cancelled_ ? "not sent in time" : "the connection closed"};
        }
        break;
    }
    // Also when the request was cut: the server may have answered before reading all of it.
    reader_.start(
        what.what.answer_bytes_max,
        what.what.method == "HEAD" ? response_reader::body_rule::none_after_head
                                   : response_reader::body_rule::as_announced
    );
    const auto read = co_await read_answer();
    answer made;
    made.status = reader_.status();
    if (read == answer_reading::complete) {
        made.result = call_result::answered;
        made.body = reader_.take_body();
        made.retry_after = reader_.take_retry_after();
        made.location = reader_.take_location();
        if (!reader_.keep_alive()) drop();
        co_return made;
    }
    made.result = call_result::unknown;
    made.trouble = read == answer_reading::too_large ? "the answer is too large"
                   : cancelled_                      ? "no answer in time"
                   : reader_.untouched()             ? "the connection closed without an answer"
                                                     : "the answer was cut short or is not HTTP";
    drop();
    co_return made;
}

// A connection that rested is asked before it is used: the server may have closed it meanwhile, and
// a request written to it would end as `unknown`.
bool client_connection::still_usable() {
    char unexpected = 0;
    return stream_->read_some(&unexpected, 1).status == io_status::want_read;
}

task<bool> client_connection::connect(const job& what) {
    trouble_ = "cannot connect";
    const auto last = std::min(what.deadline, steady::now() + shared_.settings.connect_deadline);
    limit_ = last;
    const auto found = co_await look_up();
    if (found.empty()) {
        trouble_ = cancelled_ ? "the name was not found in time" : "the name was not found";
        co_return false;
    }
    for (std::size_t index = 0; index < found.size() && !cancelled_; ++index) {
        // The addresses share what time is left, so that a dead first one does not take it all.
        const auto share = (last - steady::now()) / static_cast<long>(found.size() - index);
        limit_ = steady::now() + share;
        socket_.emplace(shared_.context.get_executor());
        error_code failed;
        co_await socket_->async_connect(found[index], asio::redirect_error(awaiting, failed));
        if (cancelled_ && steady::now() < last) cancelled_ = shared_.ending;
        if (failed) {
            trouble_ = failed == asio::error::operation_aborted
                           ? "connecting took too long"
                           : "cannot connect: " + failed.message();
            continue;
        }
        shared_.opened.fetch_add(1, std::memory_order_relaxed);
        socket_->set_option(tcp::no_delay{true}, failed);
        socket_->native_non_blocking(true, failed);
        if (!host_.at.secure) {
            stream_.emplace(socket_->native_handle());
            co_return true;
        }
        auto tls = connect_with(shared_.tls, host_.at.host, host_.sessions);
        stream_.emplace(socket_->native_handle(), std::move(tls));
        limit_ = last;
        co_return co_await shake_hands();
    }
    co_return false;
}

// The resolver's own thread may be stuck for longer than we are willing to wait, so the coroutine
// parks, and an answer that comes too late is ignored.
task<client_connection::endpoints> client_connection::look_up() {
    error_code not_an_address;
    const auto address = asio::ip::make_address(host_.at.host, not_an_address);
    if (!not_an_address) co_return endpoints{{address, host_.at.port}};
    using resolver = asio::ip::basic_resolver<tcp, executor>;
    auto asked = std::make_shared<resolver>(shared_.context.get_executor());
    looked_up_.reset();
    const auto number = ++lookup_;
    auto told = [self = shared_from_this(),
                 asked,
                 number](const error_code&, const resolver::results_type& results) {
        if (number != self->lookup_) return;
        self->looked_up_.emplace();
        for (const auto& each : results) self->looked_up_->push_back(each.endpoint());
        self->parked_.wake();
    };
    asked->async_resolve(host_.at.host, std::to_string(host_.at.port), std::move(told));
    co_await parked_.wait();
    ++lookup_;
    asked->cancel();
    co_return looked_up_ ? std::move(*looked_up_) : endpoints{};
}

task<bool> client_connection::shake_hands() {
    for (;;) {
        const auto step = stream_->handshake();
        if (step.status == io_status::done) break;
        if (step.status != io_status::want_read && step.status != io_status::want_write) {
            const auto verdict = SSL_get_verify_result(stream_->tls());
            trouble_ = verdict == X509_V_OK ? std::string{"TLS handshake failed"}
                                            : std::string{"TLS certificate refused: "} +
                                                  X509_verify_cert_error_string(verdict);
            co_return false;
        }
        const bool ready = co_await wait_for(step.status);
        if (!ready) {
            trouble_ = "the TLS handshake took too long";
            co_return false;
        }
    }
    auto& counter = SSL_session_reused(stream_->tls()) != 0 ? shared_.resumed : shared_.full;
    counter.fetch_add(1, std::memory_order_relaxed);
    co_return true;
}

task<bool> client_connection::write(std::string_view what) {
    while (!what.empty()) {
        const auto step = stream_->write_some(what);
        if (step.status == io_status::done) {
            what.remove_prefix(step.bytes);
            continue;
        }
        if (step.status != io_status::want_read && step.status != io_status::want_write) {
            co_return false;
        }
        const bool ready = co_await wait_for(step.status);
        if (!ready) co_return false;
    }
    co_return true;
}

task<answer_reading> client_connection::read_answer() {
    for (;;) {
        const auto room = reader_.room();
        io_step step;
        if (stream_->secure()) {
            step = stream_->read_some(room.data(), room.size());
        } else {
            // Asio's own read costs one system call less than waiting and then reading.
            error_code failed;
            step.bytes = co_await socket_->async_read_some(
                asio::buffer(room.data(), room.size()), asio::redirect_error(awaiting, failed)
            );
            step.status = !failed                      ? io_status::done
                          : failed == asio::error::eof ? io_status::ended
                                                       : io_status::failed;
        }
        switch (step.status) {
            case io_status::done: {
                const auto read = reader_.took(step.bytes);
                if (read != answer_reading::need_more) co_return read;
                break;
            }
            case io_status::ended:
                co_return reader_.ended();
            case io_status::failed:
                co_return answer_reading::bad;
            default: {
                const bool ready = co_await wait_for(step.status);
                if (!ready) co_return answer_reading::bad;
            }
        }
    }
}

task<bool> client_connection::wait_for(io_status want) {
    error_code failed;
    co_await socket_->async_wait(
        want == io_status::want_read ? socket_type::wait_read : socket_type::wait_write,
        asio::redirect_error(awaiting, failed)
    );
    co_return !failed && !cancelled_;
}

void client_connection::keep_time(steady::time_point now) {
    if (now >= limit_ || (idle_ && !still_usable())) break_off();
}

void client_connection::break_off() {
    cancelled_ = true;
    limit_ = steady::time_point::max();
    error_code ignored;
    if (socket_) socket_->cancel(ignored);
    if (idle_) std::erase(host_.idle, this);
    parked_.wake();
}

void client_connection::drop() {
    if (stream_) stream_->say_goodbye();
    stream_.reset();
    socket_.reset();
}

}  // namespace tertulia::gateway::http
