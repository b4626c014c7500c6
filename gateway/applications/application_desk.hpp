// Brings every application that was sent to core banking once, and notes what becomes of it there.
// An application is in the store before this hears of it; whatever is killed in between, the next
// start looks at all that may not be written yet and proposes it again under the same key.
//
// Threads: poke() and settled() from any; the rest happens on the writer thread, by errands.

#pragma once

#include "dialogs/wording/calendar.hpp"
#include "gateway/core_banking/core_banking.hpp"
#include "gateway/store/application_ledger.hpp"
#include "gateway/turns/inbox.hpp"

#include <atomic>
#include <functional>
#include <set>
#include <string>

namespace tertulia::gateway {

class application_desk {
public:
    application_desk(
        application_ledger& ledger,
        inbox& writer,
        dialogs::local_calendar calendar,
        std::function<instant()> clock
    );

    void start(core_banking& core);  // before anybody pokes
    void poke();                     // there may be new ones
    void settled(core_settled what);

private:
    void look();
    void take(const application_entry& one);
    void mark(application_mark what);

    application_ledger& ledger_;
    inbox& writer_;
    dialogs::local_calendar calendar_;
    std::function<instant()> clock_;
    core_banking* core_{};
    std::atomic<bool> poked_{};
    std::set<std::string> proposed_{};  // by number; the writer thread's
};

}  // namespace tertulia::gateway
