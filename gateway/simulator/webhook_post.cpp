#include "gateway/simulator/webhook_post.hpp"

#include "gateway/simulator/meta_json.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::gateway::simulator {

namespace {

struct parcel {
    std::shared_ptr<const std::string> body{};
    int tries{};
};

}  // namespace

struct webhook_post::state : std::enable_shared_from_this<state> {
    webhook_settings settings;
    http::client& client;
    alarm& later;
    mutable std::mutex mutex{};
    bool ended{};
    std::deque<parcel> ready{};
    std::size_t in_flight{};
    webhook_counters counted{};

    state(webhook_settings from, http::client& with, alarm& timer)
        : settings{std::move(from)}, client{with}, later{timer} {}

    void schedule(parcel what, std::chrono::milliseconds wait) {
        if (wait.count() <= 0) {
            {
                const std::scoped_lock lock{mutex};
                ready.push_back(std::move(what));
            }
            pump();
            return;
        }
        const auto kept = later.after(wait, [self = weak_from_this(), what] {
            if (const auto one = self.lock()) one->schedule(what, {});
        });
        if (!kept) drop();
    }

    void drop() {
        const std::scoped_lock lock{mutex};
        --counted.waiting;
        ++counted.given_up;
    }

    void pump() {
        for (;;) {
            parcel next;
            http::call call;
            {
                const std::scoped_lock lock{mutex};
                if (ended || ready.empty() || in_flight >= settings.in_flight_max) return;
                next = std::move(ready.front());
                ready.pop_front();
                ++in_flight;
                ++counted.posted;
                if (next.tries++ > 0) ++counted.repeated;
                call.url = settings.url;
                call.headers = {
                    {"Content-Type", "application/json"},
                    {"User-Agent", "facebookexternalua"},
                    {"X-Hub-Signature-256", signature(settings.app_secret, *next.body)}};
            }
            call.body = *next.body;
            call.deadline = std::chrono::milliseconds{10'000};
            client.start(std::move(call), [self = weak_from_this(), next](http::answer answer) {
                if (const auto one = self.lock()) one->answered(next, answer);
            });
        }
    }

    void answered(parcel what, const http::answer& answer) {
        std::chrono::milliseconds pause{};
        {
            const std::scoped_lock lock{mutex};
            --in_flight;
            if (answer.result == http::call_result::answered && answer.status == 200) {
                ++counted.acknowledged;
                --counted.waiting;
            } else if (what.tries >= settings.tries_max) {
                ++counted.given_up;
                --counted.waiting;
            } else {
                pause = settings.pause_first * (1LL << std::min(what.tries - 1, 20));
                pause = std::clamp(pause, std::chrono::milliseconds{1}, settings.pause_most);
            }
        }
        if (pause.count() > 0) schedule(std::move(what), pause);
        pump();
    }
};

webhook_post::webhook_post(webhook_settings settings, http::client& client, alarm& later)
    : self_{std::make_shared<state>(std::move(settings), client, later)} {}

webhook_post::~webhook_post() {
    const std::scoped_lock lock{self_->mutex};
    self_->ended = true;
}

void webhook_post::post(std::string body, std::chrono::milliseconds delay, int copies) {
    const auto shared = std::make_shared<const std::string>(std::move(body));
    for (int i = 0; i < copies; ++i) {
        {
            const std::scoped_lock lock{self_->mutex};
            if (self_->settings.url.empty()) return;
            if (self_->counted.waiting >= self_->settings.waiting_max) {
                ++self_->counted.given_up;
                continue;
            }
            ++self_->counted.waiting;
        }
        self_->schedule({.body = shared}, delay);
    }
}

void webhook_post::set_url(std::string url) {
    const std::scoped_lock lock{self_->mutex};
    self_->settings.url = std::move(url);
}

webhook_counters webhook_post::counters() const {
    const std::scoped_lock lock{self_->mutex};
    return self_->counted;
}

}  // namespace tertulia::gateway::simulator
