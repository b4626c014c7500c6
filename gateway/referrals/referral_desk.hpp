// Follows those who were recommended through the portfolio: whenever that changes, and once a day, it
// looks at every referral that is open and notes what has come of it (referral_judgement.hpp). The
// referrer's conversation is told by an event, once, whatever is killed in between: what no
// conversation has yet stands in the ledger, and the event is recognised by its identity.
//
// Threads: poke() from any; one of its own reads the portfolio by a connection of its own; the ledger
// is used on the writer thread only, by errands.

#pragma once

#include "dialogs/message/time.hpp"
#include "dialogs/wording/calendar.hpp"
#include "gateway/store/referral_ledger.hpp"
#include "gateway/turns/inbox.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace tertulia::gateway {

class referral_desk {
public:
    // Throws SQLite::Exception, newer_database.
    referral_desk(
        const std::string& database,
        referral_ledger& ledger,
        inbox& to,
        std::chrono::milliseconds look_every,
        dialogs::local_calendar calendar,
        std::function<instant()> clock
    );
    ~referral_desk();

    void start();
    void poke();  // somebody agreed, applied or was paid
    void stop();  // waits for the thread

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tertulia::gateway
