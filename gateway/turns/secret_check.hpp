// Secrets she types are compared off the writer thread (Argon2id takes tens of milliseconds) and
// never stored: the digits live in one job and are wiped with it.

#pragma once

#include "dialogs/engine/event.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace tertulia::gateway {

struct secret_job {
    party_id party{};
    std::string hash{};    // the stored Argon2id string; empty: none set
    std::string digits{};  // what she typed; empty: it was no PIN
};

class secret_checker {
public:
    using compare = std::function<bool(const std::string& hash, const std::string& digits)>;
    using finished = std::function<void(party_id, dialogs::secret_answer)>;

    // `done` runs on the checker's own thread.
    secret_checker(compare matches, finished done);
    ~secret_checker();
    secret_checker(const secret_checker&) = delete;
    secret_checker& operator=(const secret_checker&) = delete;

    void start(secret_job job);

private:
    void work();

    compare matches_;
    finished done_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<secret_job> jobs_;
    bool ending_{};
    std::thread thread_;  // last: starts when everything else stands
};

}  // namespace tertulia::gateway
