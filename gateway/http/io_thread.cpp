#include "gateway/http/io_thread.hpp"

#include "gateway/http/connection.hpp"
#include "gateway/http/trouble.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/socket_base.hpp>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <iterator>
#include <sstream>
#include <system_error>
#include <typeinfo>
#include <utility>

namespace tertulia::gateway::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using boost::system::error_code;

constexpr std::size_t spare_readers_max = 64;
constexpr std::size_t turned_away_max = 64;  // answered 503 at once; beyond it only closed
constexpr int backlog = 4096;

std::chrono::milliseconds tick_of(const server_settings& settings) {
    const auto shortest = std::min(
        {settings.header_deadline,
         settings.body_deadline,
         settings.write_deadline,
         settings.idle_deadline,
         settings.answer_deadline}
    );
    return std::clamp<std::chrono::milliseconds>(shortest / 8, 5ms, 250ms);
}

}  // namespace

// --- mailbox

void mailbox::wake(std::unique_lock<std::mutex>&) {
    if (std::exchange(woken_, true)) return;
    // Under the lock, so that close() cannot pass between the test and the post.
    asio::post(*context_, [owner = owner_] { owner->read_mail(); });
}

void mailbox::put(std::vector<delivery>&& mail) {
    std::unique_lock held{mutex_};
    if (context_ == nullptr) return;
    if (waiting_.empty()) {
        waiting_ = std::move(mail);
    } else {
        std::move(mail.begin(), mail.end(), std::back_inserter(waiting_));
    }
    wake(held);
}

void mailbox::put(delivery mail) {
    std::unique_lock held{mutex_};
    if (context_ == nullptr) return;
    waiting_.push_back(std::move(mail));
    wake(held);
}

std::vector<delivery> mailbox::take() {
    const std::lock_guard held{mutex_};
    woken_ = false;
    return std::exchange(waiting_, {});
}

void mailbox::close() {
    std::vector<delivery> dropped;  // freed after the lock: it may hold the last owner of a shell
    const std::lock_guard held{mutex_};
    context_ = nullptr;
    dropped.swap(waiting_);
}

// --- what the threads share

tls_context server_shared::tls() {
    const std::lock_guard held{mutex};
    return tls_;
}

void server_shared::set_tls(tls_context fresh) {
    const std::lock_guard held{mutex};
    tls_.swap(fresh);
}

bool server_shared::enter() {
    if (open.fetch_add(1, std::memory_order_relaxed) < settings.connections_max) return true;
    open.fetch_sub(1, std::memory_order_relaxed);
    return false;
}

void server_shared::leave() {
    if (open.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    const std::lock_guard held{mutex};
    emptied.notify_all();
}

// --- the thread

io_thread::io_thread(server_shared& shared, const tcp::endpoint& at)
    : shared_{shared}, mail_{std::make_shared<mailbox>(context_)} {
    mail_->owner_ = this;
    tick_ = tick_of(settings());
    now_ = steady::now();
    budget_.left = settings().bodies_bytes_max / std::max(1U, settings().io_threads);
    error_code failed;
    const auto check = [&](const char* what) {
        if (!failed) return;
        std::ostringstream told;
        told << what << ' ' << at;
        throw std::system_error(failed.value(), std::system_category(), told.str());
    };
    acceptor_.open(at.protocol(), failed);
    check("cannot open a socket for");
    acceptor_.set_option(asio::socket_base::reuse_address{true}, failed);
    if (settings().io_threads > 1) {
        // The kernel then spreads connections over the threads' own acceptors.
        const int on = 1;
        if (::setsockopt(acceptor_.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) !=
            0) {
            throw std::system_error(errno, std::generic_category(), "SO_REUSEPORT");
        }
    }
    acceptor_.bind(at, failed);
    check("cannot listen on");
    acceptor_.listen(backlog, failed);
    check("cannot listen on");
}

io_thread::~io_thread() {
    mail_->close();
}

void io_thread::run() {
    asio::co_spawn(context_, keep_time(), asio::detached);
    asio::co_spawn(context_, accept(), asio::detached);
    context_.run();
    mail_->close();
}

task<> io_thread::accept() {
    for (;;) {
        error_code failed;
        auto socket = co_await acceptor_.async_accept(asio::redirect_error(awaiting, failed));
        if (stopping_) co_return;
        if (!failed) {
            try {
                welcome(std::move(socket));
            } catch (const std::exception& thrown) {
                report_trouble("cannot serve a connection", typeid(thrown).name());
            }
            continue;
        }
        if (failed == asio::error::operation_aborted || failed == asio::error::bad_descriptor) {
            co_return;
        }
        if (failed == asio::error::connection_aborted) continue;
        // Out of descriptors or memory: it passes when some connection ends.
        report_trouble("cannot accept a connection", failed.message());
        pause_.expires_after(100ms);
        co_await pause_.async_wait(asio::redirect_error(awaiting, failed));
    }
}

void io_thread::welcome(socket_type socket) {
    thread_counters::add(counters_.connections_total);
    error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    socket.native_non_blocking(true, ignored);
    const auto context = shared_.tls();
    if (!shared_.enter()) {
        thread_counters::add(counters_.connections_refused);
        // Through TLS the refusal would cost a handshake: the close must do.
        if (context || turned_away_ >= turned_away_max) return;
        auto away = std::make_shared<connection>(
            *this, std::move(socket), ssl_owner{}, connection::purpose::turn_away
        );
        ++turned_away_;
        asio::co_spawn(context_, connection::live(std::move(away)), [this](std::exception_ptr) {
            --turned_away_;
        });
        return;
    }
    std::shared_ptr<connection> made;
    try {
        auto tls = context ? accept_with(context) : ssl_owner{};
        made = std::make_shared<connection>(
            *this, std::move(socket), std::move(tls), connection::purpose::serve
        );
    } catch (...) {
        shared_.leave();
        throw;
    }
    asio::co_spawn(context_, connection::live(std::move(made)), [this](std::exception_ptr) {
        shared_.leave();
    });
}

// Everybody's deadlines, a few times a second: a timer per operation would double its cost.
task<> io_thread::keep_time() {
    while (!ending_) {
        error_code ignored;
        ticker_.expires_after(tick_);
        co_await ticker_.async_wait(asio::redirect_error(awaiting, ignored));
        now_ = steady::now();
        for (auto* each = first_; each != nullptr;) {
            auto* following = each->next;  // keep_time() may end it
            each->keep_time();
            each = following;
        }
    }
}

void io_thread::read_mail() {
    for (auto& mail : mail_->take()) {
        const auto to = std::move(mail.to);
        to->deliver(mail.request_number, std::move(mail.what));
    }
}

void io_thread::stop_accepting() {
    asio::post(context_, [this] {
        if (std::exchange(stopping_, true)) return;
        error_code ignored;
        acceptor_.close(ignored);
        pause_.cancel();
        for (auto* each = first_; each != nullptr; each = each->next) each->finish_soon();
    });
}

void io_thread::close_all() {
    asio::post(context_, [this] {
        for (auto* each = first_; each != nullptr;) {
            auto* following = each->next;
            each->close_now();
            each = following;
        }
    });
}

void io_thread::let_end() {
    asio::post(context_, [this] {
        ending_ = true;
        ticker_.cancel();
        alive_.reset();
    });
}

std::unique_ptr<request_reader> io_thread::lend_reader() {
    if (spare_readers_.empty()) {
        return std::make_unique<request_reader>(settings().header_bytes_max, budget_);
    }
    auto lent = std::move(spare_readers_.back());
    spare_readers_.pop_back();
    return lent;
}

void io_thread::give_back(std::unique_ptr<request_reader> reader) noexcept {
    if (spare_readers_.size() >= spare_readers_max) return;
    reader->forget();
    spare_readers_.push_back(std::move(reader));
}

void io_thread::joined(connection& who) noexcept {
    who.next = first_;
    if (first_ != nullptr) first_->previous = &who;
    first_ = &who;
}

void io_thread::left(connection& who) noexcept {
    (who.previous != nullptr ? who.previous->next : first_) = who.next;
    if (who.next != nullptr) who.next->previous = who.previous;
    who.previous = who.next = nullptr;
}

}  // namespace tertulia::gateway::http
