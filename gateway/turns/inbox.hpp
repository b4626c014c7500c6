// The bounded queue before the writer. Everything that happens comes through here, from any thread.

#pragma once

#include "gateway/turns/admission.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

namespace tertulia::gateway {

struct secret_checked {
    party_id party{};
    dialogs::secret_answer answer{};
};

// What the writer takes in one go.
struct inbox_batch {
    std::vector<admission> admissions{};
    std::vector<send_result> results{};
    std::vector<line_change> lines{};
    std::vector<secret_checked> secrets{};
    std::vector<replay_dead_letter> replays{};
    std::vector<agent_request> agents{};
    std::vector<occurrence> occurrences{};
    std::vector<errand> errands{};
    bool ending{};

    [[nodiscard]] bool empty() const noexcept {
        return admissions.empty() && results.empty() && lines.empty() && secrets.empty() &&
               replays.empty() && agents.empty() && occurrences.empty() && errands.empty();
    }
};

class inbox {
public:
    // `weight_max`: elements of POSTs waiting; about two seconds of work.
    explicit inbox(std::size_t weight_max) : weight_max_{weight_max} {}

    // False: full, or closed. Whole or not at all; then `what` is untouched.
    [[nodiscard]] bool admit(admission& what);
    // While the store fails nothing more is taken; the queue is then "full" to everybody.
    void open_door(bool open);

    void add(send_result what);
    void add(std::vector<send_result> what);  // several at once are one batch of the writer's
    void add(line_change what);
    void add(secret_checked what);
    void add(replay_dead_letter what);
    void add(agent_request what);
    void add(occurrence what);
    void add(errand what);
    void close();  // take() still hands out what is there

    // Waits until there is something, the time has come or the inbox is closed; then takes whole
    // admissions up to about `weight` elements, and everything else.
    [[nodiscard]] inbox_batch take(
        std::optional<std::chrono::steady_clock::time_point> until, std::size_t weight
    );
    [[nodiscard]] std::size_t weight() const;

private:
    template <class Item>
    void push(std::vector<Item>& to, Item what);

    const std::size_t weight_max_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    inbox_batch waiting_;
    std::size_t weight_{};
    bool door_open_{true};
};

}  // namespace tertulia::gateway
