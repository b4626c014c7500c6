#include "gateway/delivery/read_marks.hpp"

#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::size_t answer_bytes_max = 16UL * 1024;

}  // namespace

read_marks::read_marks(
    http::client& client, request of, std::chrono::milliseconds deadline, std::size_t in_flight_max
)
    : client_{client},
      of_{std::move(of)},
      deadline_{deadline},
      in_flight_max_{in_flight_max},
      in_flight_{std::make_shared<std::atomic<std::size_t>>(0)} {}

void read_marks::read(const std::string& channel, const std::string& message_id) {
    if (*in_flight_ >= in_flight_max_) return;
    auto made = of_(channel, message_id);
    if (!made) return;
    ++*in_flight_;
    http::call call{
        .method = std::move(made->method),
        .url = std::move(made->url),
        .headers = std::move(made->headers),
        .body = std::move(made->body),
        .deadline = deadline_,
        .answer_bytes_max = answer_bytes_max,
    };
    client_.start(std::move(call), [count = in_flight_](const http::answer&) { --*count; });
}

}  // namespace tertulia::gateway
