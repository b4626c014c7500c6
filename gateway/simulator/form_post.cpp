#include "gateway/simulator/form_post.hpp"

#include <mutex>
#include <utility>

namespace tertulia::gateway::simulator {

namespace {

constexpr std::chrono::seconds patience{15};

}  // namespace

struct form_post::state : std::enable_shared_from_this<state> {
    state(std::string token, http::client& with) : auth_token{std::move(token)}, client{with} {}

    const std::string auth_token;
    http::client& client;
    mutable std::mutex mutex{};
    bool ended{};
    std::size_t in_flight{};
    webhook_counters counted{};

    void start(http::call call, bool is_last) {
        {
            const std::scoped_lock lock{mutex};
            if (ended) return;
            ++counted.posted;
            if (is_last) ++counted.repeated;
        }
        auto again = call;
        client.start(
            std::move(call),
            [self = weak_from_this(), again = std::move(again), is_last](http::answer answer) {
                if (const auto one = self.lock()) one->answered(again, is_last, answer);
            }
        );
    }

    void answered(const http::call& call, bool is_last, const http::answer& answer) {
        if (answer.result == http::call_result::not_sent && !is_last) return start(call, true);
        const std::scoped_lock lock{mutex};
        --in_flight;
        const bool fine = answer.result == http::call_result::answered && answer.status >= 200 && answer.status < 300;
        ++(fine ? counted.acknowledged : counted.given_up);
    }
};

form_post::form_post(std::string auth_token, http::client& client)
    : self_{std::make_shared<state>(std::move(auth_token), client)} {}

form_post::~form_post() {
    const std::scoped_lock lock{self_->mutex};
    self_->ended = true;
}

void form_post::post(std::string url, const adapters::form_fields& fields) {
    adapters::form_writer form;
    for (const auto& each : fields) form.add(each.name, each.value);
    http::call call;
    call.url = std::move(url);
    call.headers = {
        {"Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"},
        {"User-Agent", "TwilioProxy/1.1"},
        {"X-Twilio-Signature", twilio_signature(call.url, fields, self_->auth_token)}};
    call.body = form.take();
    call.deadline = patience;
    {
        const std::scoped_lock lock{self_->mutex};
        if (self_->in_flight >= in_flight_max) {
            ++self_->counted.given_up;
            return;
        }
        ++self_->in_flight;
    }
    self_->start(std::move(call), false);
}

webhook_counters form_post::counters() const {
    const std::scoped_lock lock{self_->mutex};
    auto all = self_->counted;
    all.waiting = self_->in_flight;
    return all;
}

}  // namespace tertulia::gateway::simulator
