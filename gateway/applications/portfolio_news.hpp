// What changed in the portfolio and concerns a conversation, brought there as an event, each once.
// The rows are written by the portfolio itself, in the transaction of the change, whoever makes it
// (a round of core banking, an import beside the running gateway), and go when the event's turn is
// committed; one that was brought before is recognised by its identity.
//
// Threads: one of its own, with a connection of its own.

#pragma once

#include "gateway/turns/inbox.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace tertulia::gateway {

class portfolio_news {
public:
    // Throws SQLite::Exception, newer_database.
    portfolio_news(
        const std::string& database,
        inbox& to,
        std::chrono::milliseconds look_every
    );
    ~portfolio_news();

    void start();
    void stop();  // waits for the thread

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tertulia::gateway
