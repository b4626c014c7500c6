#include "gateway/delivery/sender.hpp"

#include <utility>

namespace tertulia::gateway {

struct sender::shared {
    http::client& client;
    sender::render rendered;
    sender::judge judged;
    sender::report reported;
    std::chrono::milliseconds deadline;
    std::size_t in_flight_max;
    std::atomic<std::size_t> in_flight{};

    void answered(const std::shared_ptr<const outbox_entry>& entry, http::answer answer);
};

void sender::shared::answered(
    const std::shared_ptr<const outbox_entry>& entry, http::answer answer
) {
    call_outcome ended;
    ended.http_status = answer.status;
    switch (answer.result) {
        case http::call_result::answered:
            ended.ended = call_outcome::how::answered;
            ended.verdict = judged(
                *entry, {.status = answer.status,
                         .body = std::move(answer.body),
                         .retry_after = std::move(answer.retry_after)}
            );
            break;
        case http::call_result::not_sent: ended.ended = call_outcome::how::not_sent; break;
        case http::call_result::unknown: ended.ended = call_outcome::how::unknown; break;
    }
    --in_flight;
    reported(entry->id, std::move(ended));
}

sender::sender(
    http::client& client, render rendered, judge judged, report reported,
    std::chrono::milliseconds deadline, std::size_t in_flight_max
)
    : self_{new shared{
          client, std::move(rendered), std::move(judged), std::move(reported), deadline,
          in_flight_max}} {}

std::size_t sender::in_flight() const noexcept { return self_->in_flight; }

void sender::send(std::shared_ptr<const outbox_entry> entry) {
    auto request = self_->rendered(*entry);
    if (!request) {
        call_outcome ended;
        ended.ended = call_outcome::how::unrenderable;
        ended.verdict.reason = request.error().message();
        self_->reported(entry->id, std::move(ended));
        return;
    }
    if (++self_->in_flight > self_->in_flight_max) {
        --self_->in_flight;
        self_->reported(entry->id, {.ended = call_outcome::how::not_sent});
        return;
    }
    http::call call{
        .method = std::move(request->method),
        .url = std::move(request->url),
        .headers = std::move(request->headers),
        .body = std::move(request->body),
        .deadline = self_->deadline,
    };
    self_->client.start(
        std::move(call), [self = self_, entry = std::move(entry)](http::answer answer) {
            self->answered(entry, std::move(answer));
        }
    );
}

}  // namespace tertulia::gateway
