#include "gateway/smpp/lines.hpp"

#include "gateway/http/signals.hpp"
#include "gateway/smpp/line.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace tertulia::gateway::smpp {

namespace asio = boost::asio;

class lines::implementation {
public:
    implementation(
        const std::vector<adapters::smpp::channel_settings>& channels,
        inbox& to,
        metrics& counts,
        std::function<instant()> clock,
        std::uint64_t seed
    ) {
        for (const auto& one : channels) {
            lines_.push_back(std::make_unique<line>(
                one,
                line_parts{
                    .context = context_,
                    .to = to,
                    .counts = counts,
                    .clock = clock,
                    .in_flight = in_flight_,
                    .over = [this] { one_is_over(); }},
                seed++
            ));
        }
    }
    implementation(const implementation&) = delete;
    implementation& operator=(const implementation&) = delete;
    ~implementation() { finish(std::chrono::milliseconds{0}); }

    [[nodiscard]] line* find(std::string_view channel) const noexcept {
        const auto found =
            std::ranges::find_if(lines_, [&](const auto& one) { return one->name() == channel; });
        return found == lines_.end() ? nullptr : found->get();
    }

    void start() {
        if (lines_.empty()) return;
        const http::signals_blocked meanwhile;
        thread_ = std::thread{[this] { context_.run(); }};
        asio::post(context_, [this] {
            for (const auto& one : lines_) one->start();
        });
    }

    void send(std::shared_ptr<const outbox_entry> entry) {
        auto* to = find(entry->message.to.channel);
        ++in_flight_;
        asio::post(context_, [to, entry = std::move(entry)] { to->send(*entry); });
    }

    [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }

    void stop_accepting() {
        asio::post(context_, [this] {
            for (const auto& one : lines_) one->close_door();
        });
    }

    void finish(std::chrono::milliseconds deadline) {
        if (!thread_.joinable()) return;
        asio::post(context_, [this] {
            for (const auto& one : lines_) one->stop();
        });
        {
            std::unique_lock held{mutex_};
            ended_.wait_for(held, deadline, [this] { return over_ == lines_.size(); });
        }
        context_.stop();
        thread_.join();
    }

private:
    void one_is_over() {
        const std::lock_guard held{mutex_};
        ++over_;
        ended_.notify_all();
    }

    asio::io_context context_{1};
    asio::executor_work_guard<asio::io_context::executor_type> alive_{context_.get_executor()};
    std::atomic<std::size_t> in_flight_{};
    std::vector<std::unique_ptr<line>> lines_{};
    std::mutex mutex_{};
    std::condition_variable ended_{};
    std::size_t over_{};  // under mutex_
    std::thread thread_{};
};

lines::lines(
    const std::vector<adapters::smpp::channel_settings>& channels,
    inbox& to,
    metrics& counts,
    std::function<instant()> clock,
    std::uint64_t seed
)
    : self_{std::make_unique<implementation>(channels, to, counts, std::move(clock), seed)} {}

lines::~lines() = default;

bool lines::has(std::string_view channel) const noexcept {
    return self_->find(channel) != nullptr;
}
void lines::start() { self_->start(); }
void lines::send(std::shared_ptr<const outbox_entry> entry) { self_->send(std::move(entry)); }
std::size_t lines::in_flight() const noexcept { return self_->in_flight(); }
void lines::stop_accepting() { self_->stop_accepting(); }
void lines::finish(std::chrono::milliseconds deadline) { self_->finish(deadline); }

}  // namespace tertulia::gateway::smpp
