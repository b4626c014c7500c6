#include "gateway/core_banking/core_calls.hpp"

#include "gateway/http/client.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

namespace tertulia::gateway {
namespace {

// Answers that are still coming. Shared with the client, whose callbacks may come late.
struct under_way {
    std::mutex mutex{};
    std::condition_variable changed{};
    std::vector<std::optional<adapters::provider_response>> answers{};
    std::size_t open{};
};

void start(
    http::client& client,
    const std::shared_ptr<under_way>& shared,
    std::size_t index,
    adapters::outbound_request request,
    std::chrono::milliseconds deadline
) {
    http::call call{
        .method = std::move(request.method),
        .url = std::move(request.url),
        .headers = std::move(request.headers),
        .body = std::move(request.body),
        .deadline = deadline,
        .answer_bytes_max = adapters::fineract::answer_bytes_max};
    client.start(std::move(call), [shared, index](http::answer came) {
        const std::scoped_lock lock{shared->mutex};
        if (came.result == http::call_result::answered) {
            shared->answers[index] = adapters::provider_response{
                came.status, std::move(came.body), std::move(came.retry_after)};
        }
        --shared->open;
        shared->changed.notify_all();
    });
}

}  // namespace

core_caller call_over_http(
    http::client& client, const std::atomic<bool>& stopping, std::chrono::milliseconds deadline
) {
    return [&client, &stopping, deadline](std::vector<adapters::outbound_request> calls) {
        const auto shared = std::make_shared<under_way>();
        shared->answers.resize(calls.size());
        for (std::size_t i = 0; i < calls.size() && !stopping; ++i) {
            {
                std::unique_lock lock{shared->mutex};
                shared->changed.wait(lock, [&] { return shared->open < calls_at_once; });
                ++shared->open;
            }
            start(client, shared, i, std::move(calls[i]), deadline);
        }
        std::unique_lock lock{shared->mutex};
        shared->changed.wait(lock, [&] { return shared->open == 0; });
        return std::move(shared->answers);
    };
}

}  // namespace tertulia::gateway
