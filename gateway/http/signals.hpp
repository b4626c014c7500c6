// Threads started while one of these lives receive no signal: signals are main's, and one delivered
// to an I/O thread would interrupt it for nothing.

#pragma once

#include <pthread.h>
#include <signal.h>

namespace tertulia::gateway::http {

class signals_blocked {
public:
    signals_blocked() noexcept {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~signals_blocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    signals_blocked(const signals_blocked&) = delete;
    signals_blocked& operator=(const signals_blocked&) = delete;

private:
    sigset_t before_{};
};

}  // namespace tertulia::gateway::http
