// How a coroutine of this folder waits for something that is not a socket: it parks, and somebody
// on the same thread wakes it. Internal to http/: it includes Asio.

#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>
#include <utility>

namespace tertulia::gateway::http {

// The concrete executor, not any_io_executor: one indirection less in every operation.
using executor = boost::asio::io_context::executor_type;
template <class T = void>
using task = boost::asio::awaitable<T, executor>;
using awaiting_t = boost::asio::use_awaitable_t<executor>;
inline constexpr awaiting_t awaiting{};

// One place for one coroutine. Both calls belong to the thread that runs the coroutine; who parks
// somebody must wake them before the io_context ends, or the frame is never freed.
class parking_place {
public:
    [[nodiscard]] bool occupied() const noexcept { return waiting_.has_value(); }

    [[nodiscard]] task<> wait() {
        return boost::asio::async_initiate<const awaiting_t, void()>(
            [](auto&& resume, parking_place* place) {
                place->waiting_.emplace(std::forward<decltype(resume)>(resume));
            },
            awaiting,
            this
        );
    }

    // Runs the coroutine until it next waits, then returns. Nothing if nobody is parked.
    void wake() {
        if (!waiting_) return;
        auto resume = std::move(*waiting_);
        waiting_.reset();
        std::move(resume)();
    }

private:
    using handler_type = boost::asio::async_result<awaiting_t, void()>::handler_type;
    std::optional<handler_type> waiting_{};
};

}  // namespace tertulia::gateway::http
