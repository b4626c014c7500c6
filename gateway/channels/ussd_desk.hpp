// USSD sessions of Africa's Talking: each key press is a request, and what the turn says is its
// answer. A screen too long goes page by page; a request made again gets the answer it had; a turn
// that takes too long is announced and shown at the next key press, for the network ends the session
// of whoever lets it wait.
//
// What is here lives for a session, three minutes at most, and in memory: after a restart a key
// press is an event like any other, and a repeated one says that it was received.
//
// Threads: step() and ended() from any I/O thread, spoken() from the writer's, and one of its own
// for turns that take too long.

#pragma once

#include "adapters/africas_talking/africas_talking.hpp"
#include "gateway/config/channel_config.hpp"
#include "gateway/http/http.hpp"
#include "gateway/turns/inbox.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tertulia::gateway {

inline constexpr std::size_t ussd_sessions_max = 10'000;
inline constexpr std::chrono::minutes ussd_session_life{5};

class ussd_desk : public std::enable_shared_from_this<ussd_desk> {
public:
    // `to` outlives it.
    ussd_desk(ussd_settings settings, inbox& to, std::function<instant()> clock);
    ~ussd_desk();
    ussd_desk(const ussd_desk&) = delete;
    ussd_desk& operator=(const ussd_desk&) = delete;

    void step(const adapters::africas_talking::ussd_step& what, http::reply answer);
    void ended(const std::string& session_id);

private:
    using steady = std::chrono::steady_clock;
    struct session {
        std::string text{};        // all inputs of the step that was last asked about
        std::string turn_text{};   // of the step whose turn is under way or was the last
        std::string body{};        // the answer to `text`; empty: none yet
        std::string rest{};        // pages not yet shown
        adapters::africas_talking::ussd_after then{};  // after the last of them
        std::string late_body{};   // what the turn said after its time was up
        bool in_turn{};            // a turn is under way
        bool is_late{};            // and was announced
        std::vector<http::reply> waiting{};
        steady::time_point since{};
    };
    struct deadline {
        steady::time_point at{};
        std::string session_id{};
        std::string text{};
    };

    void spoken(const std::string& session_id, const std::string& text, said_in_reply said);
    [[nodiscard]] std::string screen_of(session& of, const said_in_reply& said) const;
    [[nodiscard]] std::string next_page(session& of) const;
    [[nodiscard]] session* session_of(const std::string& id, steady::time_point now);
    [[nodiscard]] bool ask(
        const adapters::africas_talking::ussd_step& what, std::string input, session& in
    );
    void watch();
    void announce(const deadline& what);

    const ussd_settings settings_;
    inbox& inbox_;
    const std::function<instant()> clock_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::unordered_map<std::string, session> sessions_;
    std::deque<deadline> deadlines_;  // soonest first: all wait equally long
    bool ending_{};
    std::thread watcher_;  // last: it looks at all of the above
};

}  // namespace tertulia::gateway
