#include "gateway/http/connection.hpp"

#include "gateway/http/trouble.hpp"

#include <boost/asio/redirect_error.hpp>

#include <sys/socket.h>

#include <algorithm>
#include <typeinfo>
#include <utility>

namespace tertulia::gateway::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto linger_deadline = 1s;
constexpr std::size_t linger_bytes_max = 16UL * 1024 * 1024;  // four of the largest bodies
constexpr std::size_t write_progress_bytes = 16UL * 1024;
constexpr std::size_t kept_answer_bytes_max = 16UL * 1024;

// Whose handler runs on this thread now, so that its answer needs no mailbox.
thread_local const mailbox* mailbox_of_this_thread = nullptr;

std::string_view slug_of(unsigned status) {
    switch (status) {
        case 408:
            return "request-timeout";
        case 411:
            return "length-required";
        case 413:
            return "content-too-large";
        case 414:
            return "target-too-long";
        case 417:
            return "expectation-failed";
        case 431:
            return "header-too-large";
        case 501:
            return "not-implemented";
        case 503:
            return "overloaded";
        case 505:
            return "version-not-supported";
        default:
            return "malformed-request";
    }
}

}  // namespace

connection::connection(io_thread& thread, socket_type socket, ssl_owner tls, purpose why)
    : thread_{&thread}, mail_{thread.mail()}, socket_{std::move(socket)}, purpose_{why} {
    const int descriptor = socket_->native_handle();
    if (tls) {
        stream_.emplace(descriptor, std::move(tls));
    } else {
        stream_.emplace(descriptor);
    }
    since_ = thread.now();
    boost::system::error_code ignored;
    const auto from = socket_->remote_endpoint(ignored);
    if (!ignored) {
        auto address = from.address();
        if (address.is_v6() && address.to_v6().is_v4_mapped()) {
            address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
        }
        remote_ = address.to_string();
    }
    thread.joined(*this);
}

task<> connection::live(std::shared_ptr<connection> self) {
    mailbox_of_this_thread = self->mail_.get();
    try {
        if (self->purpose_ == purpose::turn_away) {
            self->refuse(503, "overloaded", "Too many connections", "Try again shortly.");
            self->broken_off_ = true;
            if (co_await self->write(self->outgoing(false))) co_await self->linger();
        } else {
            co_await self->serve();
        }
    } catch (const std::exception& thrown) {
        report_trouble("a connection was dropped", typeid(thrown).name());
    }
    self->end();
}

// The hot path: no coroutine of its own is started for an ordinary request in the clear.
task<> connection::serve() {
    if (stream_->secure() && !co_await shake_hands()) co_return;
    for (;;) {
        phase_ = phase::idle;
        since_ = thread_->now();
        auto progress = reader_ ? reader_->next() : reading::need_more;
        while (progress != reading::complete && !answered_) {
            if (progress == reading::bad) {
                answer_fault();
                break;
            }
            if (progress == reading::header) {
                if (!admit()) break;
                progress = reader_->go_on(routed_.to->body_bytes_max);
                if (progress == reading::need_more && reader_->expects_continue() &&
                    !reader_->body_begun() && !co_await write("HTTP/1.1 100 Continue\r\n\r\n")) {
                    co_return;
                }
                continue;
            }
            const bool idle = !reader_ || reader_->untouched();
            if (idle && thread_->stopping()) co_return;
            enter(idle ? phase::idle : reader_->in_body() ? phase::body : phase::header);
            std::size_t got = 0;
            if (!reader_) {
                const bool readable = co_await wait_for(io_status::want_read);
                if (!readable) co_return;
                reader_ = thread_->lend_reader();
            }
            const auto room = reader_->room();
            if (stream_->secure()) {
                got = co_await read_secure(room.data(), room.size());
            } else {
                boost::system::error_code failed;
                got = co_await socket_->async_read_some(
                    asio::buffer(room.data(), room.size()), asio::redirect_error(awaiting, failed)
                );
            }
            const auto heard = std::exchange(signal_, signal::none);
            if (got > 0 && heard != signal::close) {
                progress = reader_->took(got);
            } else if (heard == signal::release_buffer && idle) {
                thread_->give_back(std::move(reader_));
                release_answers();
            } else if (heard == signal::expired && !idle) {
                thread_counters::add(thread_->counters().timed_out);
                refuse(408, slug_of(408), "Request timeout", "The request did not arrive in time.");
                broken_off_ = true;
            } else {
                co_return;
            }
        }
        if (!answered_) {
            dispatch();
            if (!answered_) {
                enter(phase::answering);
                co_await parked_.wait();
                const auto heard = std::exchange(signal_, signal::none);
                if (heard == signal::close && !answered_) co_return;
            }
        }
        const bool keep = !broken_off_ && reader_->keep_alive() && !thread_->stopping();
        const auto out = outgoing(keep);
        const auto step = stream_->write_some(out);  // nearly always all of it
        if (step.bytes < out.size()) {
            const bool written = co_await write(out.substr(step.bytes));
            if (!written) co_return;
        }
        answered_ = false;
        shared_.reset();
        if (own_.bytes.capacity() > kept_answer_bytes_max) release_answers();
        if (!keep) {
            co_await linger();
            co_return;
        }
    }
}

task<bool> connection::shake_hands() {
    enter(phase::handshake);
    for (;;) {
        const auto step = stream_->handshake();
        if (step.status == io_status::done) co_return true;
        if (step.status != io_status::want_read && step.status != io_status::want_write) {
            co_return false;
        }
        const bool ready = co_await wait_for(step.status);
        if (!ready) co_return false;
    }
}

// False: the deadline passed, or the connection is to end.
task<bool> connection::wait_for(io_status want) {
    boost::system::error_code failed;
    co_await socket_->async_wait(
        want == io_status::want_read ? socket_type::wait_read : socket_type::wait_write,
        asio::redirect_error(awaiting, failed)
    );
    if (signal_ == signal::release_buffer) signal_ = signal::none;
    co_return !failed && signal_ != signal::close;
}

// 0: see signal_, or the client is gone.
task<std::size_t> connection::read_secure(char* to, std::size_t bytes_max) {
    for (;;) {
        const auto step = stream_->read_some(to, bytes_max);
        if (step.status == io_status::done) co_return step.bytes;
        if (step.status != io_status::want_read && step.status != io_status::want_write) {
            co_return 0;
        }
        boost::system::error_code failed;
        co_await socket_->async_wait(
            step.status == io_status::want_read ? socket_type::wait_read : socket_type::wait_write,
            asio::redirect_error(awaiting, failed)
        );
        if (failed || signal_ == signal::close) co_return 0;
    }
}

// The deadline begins anew with every write_progress_bytes, so that a slow line may take its time
// over a large answer, but a client that sips may not.
task<bool> connection::write(std::string_view what) {
    std::size_t moved = 0;
    while (!what.empty()) {
        const auto step = stream_->write_some(what);
        if (step.status == io_status::done) {
            what.remove_prefix(step.bytes);
            moved += step.bytes;
            if (moved >= write_progress_bytes) {
                moved = 0;
                since_ = thread_->now();
            }
            continue;
        }
        if (step.status != io_status::want_read && step.status != io_status::want_write) {
            co_return false;
        }
        enter(phase::writing);
        const bool ready = co_await wait_for(step.status);
        if (!ready) co_return false;
    }
    co_return true;
}

// Closing a socket with unread bytes resets it, and the reset overtakes the answer. So: say that no
// more will come, and read what the client still sends, for a while.
task<> connection::linger() {
    enter(phase::lingering);
    stream_->say_goodbye();
    boost::system::error_code failed;
    socket_->shutdown(socket_type::shutdown_send, failed);
    char unread[2048];
    std::size_t total = 0;
    while (total < linger_bytes_max) {
        const auto got = ::recv(socket_->native_handle(), unread, sizeof unread, MSG_DONTWAIT);
        if (got > 0) {
            total += static_cast<std::size_t>(got);
            continue;
        }
        if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) co_return;
        const bool readable = co_await wait_for(io_status::want_read);
        if (!readable) co_return;
    }
}

void connection::enter(phase now) {
    if (now == phase_) return;
    phase_ = now;
    since_ = thread_->now();
}

std::chrono::milliseconds connection::deadline() const {
    const auto& settings = thread_->settings();
    switch (phase_) {
        case phase::idle:
            return settings.idle_deadline;
        case phase::handshake:
        case phase::header:
            return settings.header_deadline;
        case phase::body:
            return settings.body_deadline;
        case phase::answering:
            return settings.answer_deadline;
        case phase::writing:
            return settings.write_deadline;
        case phase::lingering:
            break;
    }
    return std::min<std::chrono::milliseconds>(linger_deadline, settings.write_deadline);
}

void connection::keep_time() {
    const auto quiet = thread_->now() - since_;
    // since_ may be a tick older than the truth: a deadline is met late rather than early.
    if (quiet >= deadline() + thread_->tick()) {
        if (phase_ == phase::answering) {
            thread_counters::add(thread_->counters().timed_out);
            refuse(504, "no-answer", "No answer in time", "");
            parked_.wake();
            return;
        }
        if (phase_ == phase::handshake || phase_ == phase::writing) {
            thread_counters::add(thread_->counters().timed_out);
        }
        interrupt(signal::expired);
    } else if (phase_ == phase::idle && reader_ && quiet >= 2 * thread_->tick()) {
        interrupt(signal::release_buffer);
    }
}

void connection::finish_soon() {
    if (phase_ == phase::idle) interrupt(signal::close);
}

void connection::close_now() {
    interrupt(signal::close);
    parked_.wake();
}

void connection::interrupt(signal why) {
    signal_ = why;
    boost::system::error_code ignored;
    if (socket_) socket_->cancel(ignored);
}

bool connection::admit() {
    routed_ = thread_->shared().routing.find(reader_->method(), reader_->path());
    if (routed_.to != nullptr) return true;
    // What follows the header stays unread, so the connection ends unless nothing does.
    broken_off_ = reader_->has_body();
    const bool head = reader_->method() == "HEAD";
    if (routed_.allow.empty()) {
        serialise(nothing_here(), own_);
        answered_ = true;
    } else {
        auto made = problem(405, "method-not-allowed", "Method not allowed", "");
        made.headers.emplace_back("Allow", std::string{routed_.allow});
        serialise(made, own_);
        answered_ = true;
    }
    routed_.head_only = head;
    return false;
}

void connection::dispatch() {
    thread_counters::add(thread_->counters().requests);
    request asked{
        .method = reader_->method(),
        .path = reader_->path(),
        .query = reader_->query(),
        .body = reader_->body(),
        .content_type = reader_->content_type(),
        .remote_address = remote_,
        .header = {},
        .header_lines = {},
    };
    asked.header = [reader = reader_.get()](std::string_view name) { return reader->header(name); };
    asked.header_lines = [reader = reader_.get()](std::string_view name) {
        return reader->header_lines(name);
    };
    ++number_;
    in_handler_ = true;
    try {
        routed_.to->handle(asked, reply{shared_from_this(), number_});
    } catch (const std::exception& thrown) {
        // Its reply answers 500 by being destroyed. what() may quote the request: not logged.
        report_trouble("a handler threw", typeid(thrown).name());
    } catch (...) {
        report_trouble("a handler threw", "something else");
    }
    in_handler_ = false;
}

void connection::refuse(
    unsigned status, std::string_view type, std::string_view title, std::string_view detail
) {
    serialise(problem(status, type, title, detail), own_);
    shared_.reset();
    answered_ = true;
}

void connection::answer_fault() {
    thread_counters::add(thread_->counters().bad_requests);
    const auto status = reader_->fault_status();
    routed_ = {};
    refuse(status, slug_of(status), reason_of(status), reader_->fault_detail());
    broken_off_ = true;
}

std::string_view connection::outgoing(bool keep) {
    const auto& made = shared_ ? *shared_ : own_;
    adaptation how;
    how.head_only = routed_.head_only;
    how.close = !keep;
    how.say_keep = keep && reader_->is_http_1_0();
    if (!how.any()) return made.bytes;
    adapt(made, how, adapted_);
    return adapted_.bytes;
}

bool connection::answering_here(std::uint64_t number) const noexcept {
    return mailbox_of_this_thread == mail_.get() && in_handler_ && number == number_ && !answered_;
}

void connection::answer(std::uint64_t number, response&& what) {
    if (mailbox_of_this_thread == mail_.get() && in_handler_ && number == number_) {
        if (answered_) return;
        serialise(what, own_);
        answered_ = true;
        return;
    }
    auto made = std::make_shared<wire>();
    serialise(what, *made);
    mail_->put({shared_from_this(), number, std::move(made)});
}

void connection::deliver(std::uint64_t number, std::shared_ptr<const wire> what) {
    const bool expected = in_handler_ || parked_.occupied();  // not: it came after its 504
    if (!open_ || answered_ || number != number_ || !expected) return;
    shared_ = std::move(what);
    answered_ = true;
    parked_.wake();
}

void connection::release_answers() noexcept {
    own_ = {};
    adapted_ = {};
}

// Called once, at the end of the coroutine: what is left may be freed on any thread.
void connection::end() noexcept {
    open_ = false;
    answered_ = true;
    stream_->say_goodbye();
    stream_.reset();
    socket_.reset();
    if (reader_) thread_->give_back(std::move(reader_));
    shared_.reset();
    thread_->left(*this);
    thread_ = nullptr;
}

// --- reply

reply::reply() noexcept = default;
reply::reply(std::shared_ptr<connection> to, std::uint64_t request_number)
    : to_{std::move(to)}, number_{request_number} {}
reply::reply(reply&&) noexcept = default;

reply& reply::operator=(reply&& other) noexcept {
    reply dropped{std::move(*this)};
    to_ = std::move(other.to_);
    number_ = other.number_;
    return *this;
}

reply::~reply() {
    if (!to_) return;
    try {
        std::move(*this).send(problem(500, "no-answer", "Internal error", ""));
    } catch (const std::exception&) {
        // Out of memory: answer_deadline ends the wait instead.
    }
}

void reply::send(response what) && {
    const auto to = std::exchange(to_, nullptr);
    if (to) to->answer(number_, std::move(what));
}

void reply::send_all(std::vector<reply>&& to, const response& what) {
    const auto made = std::make_shared<wire>();
    serialise(what, *made);
    std::sort(to.begin(), to.end(), [](const reply& one, const reply& other) {
        const auto* of_one = one.to_ ? one.to_->mail().get() : nullptr;
        const auto* of_other = other.to_ ? other.to_->mail().get() : nullptr;
        return std::less<>{}(of_one, of_other);
    });
    std::vector<delivery> batch;
    std::shared_ptr<mailbox> box;
    const auto post = [&] {
        if (!batch.empty()) box->put(std::exchange(batch, {}));
    };
    for (auto& each : to) {
        auto answered = std::exchange(each.to_, nullptr);
        if (!answered) continue;
        if (answered->answering_here(each.number_)) {
            answered->deliver(each.number_, made);
            continue;
        }
        if (answered->mail() != box) {
            post();
            box = answered->mail();
        }
        batch.push_back({std::move(answered), each.number_, made});
    }
    post();
    to.clear();
}

}  // namespace tertulia::gateway::http
