// Brings nudges to their conversations, each at its moment and once: plans the day when it begins, takes
// up what changes in the portfolio, hands on what falls due as fast as the channels carry it. Whether
// one is really said is decided in the conversation, in the turn it becomes.
//
// Threads: one of its own, with a connection of its own; nothing is kept in memory that a restart
// would miss.

#pragma once

#include "dialogs/message/time.hpp"
#include "dialogs/script/script_set.hpp"
#include "dialogs/wording/calendar.hpp"
#include "gateway/turns/inbox.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace tertulia::gateway {

struct nudge_desk_parts {
    std::string database{};
    inbox& to;
    std::function<std::shared_ptr<const dialogs::script_set>()> scripts{};  // from any thread
    std::chrono::milliseconds look_every{1000};
    std::size_t a_second{40};  // handed on at most; below what the channels carry
    std::function<bool()> crowded{};  // on the writer thread: what is to be sent waits already
    dialogs::local_calendar calendar;
    std::function<instant()> clock{};
};

class nudge_desk {
public:
    // Throws SQLite::Exception, newer_database.
    explicit nudge_desk(nudge_desk_parts with);
    ~nudge_desk();

    void start();
    void stop();  // waits for the thread

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tertulia::gateway
