#include "gateway/http/client.hpp"

#include "gateway/http/client_connection.hpp"
#include "gateway/http/signals.hpp"
#include "gateway/http/trouble.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

#include <algorithm>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace tertulia::gateway::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using namespace std::chrono_literals;
using timer_type = asio::basic_waitable_timer<steady, asio::wait_traits<steady>, executor>;

constexpr auto tick_busy = 50ms;
constexpr auto tick_idle = 1'000ms;

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
    });
}

bool is_value(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code < 0x20 && c != '\t') || code == 0x7f;
    });
}

bool is_ours(std::string_view name) {
    static constexpr std::string_view own[] = {
        "host", "content-length", "transfer-encoding", "connection", "expect", "upgrade"};
    return std::any_of(std::begin(own), std::end(own), [&](std::string_view each) {
        return each.size() == name.size() &&
               std::equal(each.begin(), each.end(), name.begin(), [](char low, char c) {
                   return low == (c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
               });
    });
}

// Null if the call can be made. A header with a line end in it would be a second request, and one
// that says where the body ends could be one.
const char* objection(const call& what) {
    if (!is_token(what.method)) return "the method is not one";
    for (const auto& [name, value] : what.headers) {
        if (!is_token(name) || !is_value(value)) return "a header is not well-formed";
        if (is_ours(name)) return "a header is the client's own to set";
    }
    return nullptr;
}

}  // namespace

class client::implementation {
public:
    explicit implementation(client_settings settings) {
        shared_.settings = std::move(settings);
        shared_.tls = make_client_tls(shared_.settings.certificate_authorities);
        const signals_blocked meanwhile;
        thread_ = std::thread{[this] {
            asio::co_spawn(shared_.context, keep_time(), asio::detached);
            shared_.context.run();
        }};
    }
    implementation(const implementation&) = delete;
    implementation& operator=(const implementation&) = delete;
    ~implementation() { finish(0ms); }

    void start(call&& what, std::function<void(answer)>&& done) {
        job made;
        made.deadline = steady::now() + what.deadline;
        made.done = std::move(done);
        made.refused = objection(what);
        if (auto parsed = parse_url(what.url)) {
            made.to = std::move(*parsed);
        } else {
            made.refused = "the URL is not an http or https one";
        }
        made.what = std::move(what);
        {
            const std::lock_guard held{mutex_};
            if (!closed_) {
                shared_.outstanding.fetch_add(1, std::memory_order_relaxed);
                inbox_.push_back(std::move(made));
                if (!std::exchange(woken_, true)) {
                    asio::post(shared_.context, [this] { read_inbox(); });
                }
                return;
            }
        }
        made.done(answer{.trouble = "the client has ended"});
    }

    void finish(std::chrono::milliseconds deadline) {
        {
            const std::lock_guard held{mutex_};
            closed_ = true;
        }
        if (!thread_.joinable()) return;
        {
            std::unique_lock held{shared_.mutex};
            shared_.emptied.wait_for(held, deadline, [this] {
                return shared_.outstanding.load() == 0;
            });
        }
        asio::post(shared_.context, [this] { end(); });
        thread_.join();
    }

    client_shared shared_{};

private:
    // --- on the client's thread
    void read_inbox() {
        std::vector<job> fresh;
        {
            const std::lock_guard held{mutex_};
            woken_ = false;
            fresh.swap(inbox_);
        }
        for (auto& each : fresh) accept(std::move(each));
        if (std::exchange(resting_, false)) ticker_.cancel();
    }

    void accept(job&& fresh) {
        if (fresh.refused != nullptr || shared_.ending) {
            const auto* why = fresh.refused != nullptr ? fresh.refused : "the client has ended";
            shared_.finish_job(fresh, answer{.trouble = why});
            return;
        }
        auto& host = pool_of(fresh.to);
        if (host.waiting.size() >= shared_.settings.waiting_per_host_max) {
            shared_.finish_job(fresh, answer{.trouble = "too many calls wait for this host"});
            return;
        }
        host.waiting.push_back(std::move(fresh));
        shared_.waiting.fetch_add(1, std::memory_order_relaxed);
        employ(host);
    }

    host_pool& pool_of(const url_parts& at) {
        const auto is = [&](const host_pool& known) {
            return known.at.port == at.port && known.at.secure == at.secure &&
                   known.at.host == at.host;
        };
        if (last_ != nullptr && is(*last_)) return *last_;
        for (auto& known : hosts_) {
            if (is(*known)) {
                last_ = known.get();
                return *last_;
            }
        }
        hosts_.push_back(std::make_unique<host_pool>());
        last_ = hosts_.back().get();
        last_->at = at;
        return *last_;
    }

    // Gives the host's next call to the connection used last, or to a new one.
    void employ(host_pool& host) {
        if (!host.idle.empty()) {
            auto* next = host.idle.back();
            host.idle.pop_back();
            next->wake();
        } else if (host.connections.size() < shared_.settings.connections_per_host_max) {
            auto made = std::make_shared<client_connection>(shared_, host);
            host.connections.insert(made.get());
            asio::co_spawn(
                shared_.context, client_connection::live(std::move(made)), asio::detached
            );
        }
    }

    task<> keep_time() {
        while (!shared_.ending) {
            resting_ = shared_.outstanding.load(std::memory_order_relaxed) == 0;
            error_code ignored;
            ticker_.expires_after(resting_ ? tick_idle : tick_busy);
            co_await ticker_.async_wait(asio::redirect_error(awaiting, ignored));
            const auto now = steady::now();
            for (std::size_t index = 0; index < hosts_.size(); ++index) tick(*hosts_[index], now);
        }
    }

    void tick(host_pool& host, steady::time_point now) {
        // A copy: a connection that is told to stop may leave the pool at once.
        const std::vector<client_connection*> all(host.connections.begin(), host.connections.end());
        for (auto* each : all) each->keep_time(now);
        give_up(host, [now](const job& waiting) { return now >= waiting.deadline; });
        // What a connection that ended badly has left behind.
        if (!host.waiting.empty() && host.connections.empty()) employ(host);
    }

    template <class Condition>
    void give_up(host_pool& host, Condition hopeless) {
        const auto kept =
            std::stable_partition(host.waiting.begin(), host.waiting.end(), [&](const job& each) {
                return !hopeless(each);
            });
        std::vector<job> late(
            std::make_move_iterator(kept), std::make_move_iterator(host.waiting.end())
        );
        host.waiting.erase(kept, host.waiting.end());
        shared_.waiting.fetch_sub(late.size(), std::memory_order_relaxed);
        for (auto& each : late) shared_.finish_job(each, answer{.trouble = "not sent in time"});
    }

    void end() {
        read_inbox();
        shared_.ending = true;
        for (auto& host : hosts_) {
            give_up(*host, [](const job&) { return true; });
            const std::vector<client_connection*> all(
                host->connections.begin(), host->connections.end()
            );
            for (auto* each : all) each->break_off();
        }
        ticker_.cancel();
        alive_.reset();
    }

    asio::executor_work_guard<executor> alive_{shared_.context.get_executor()};
    timer_type ticker_{shared_.context.get_executor()};
    std::vector<std::unique_ptr<host_pool>> hosts_{};  // few: one per provider
    host_pool* last_{};
    bool resting_{false};

    std::mutex mutex_{};
    std::vector<job> inbox_{};  // these three under mutex_
    bool woken_{false};
    bool closed_{false};
    std::thread thread_{};
};

client::client(client_settings settings)
    : self_{std::make_unique<implementation>(std::move(settings))} {}
client::~client() = default;

void client::start(call what, std::function<void(answer)> done) {
    self_->start(std::move(what), std::move(done));
}

void client::finish(std::chrono::milliseconds deadline) {
    self_->finish(deadline);
}

client_counters client::counters() const noexcept {
    const auto& from = self_->shared_;
    return {
        .connections_opened = from.opened.load(std::memory_order_relaxed),
        .tls_resumed = from.resumed.load(std::memory_order_relaxed),
        .tls_full = from.full.load(std::memory_order_relaxed),
        .calls = from.calls.load(std::memory_order_relaxed),
        .waiting = from.waiting.load(std::memory_order_relaxed),
    };
}

}  // namespace tertulia::gateway::http
