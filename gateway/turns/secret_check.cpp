#include "gateway/turns/secret_check.hpp"

#include <algorithm>

namespace tertulia::gateway {
namespace {

void wipe(std::string& secret) {
    // Through volatile, so that the compiler may not leave it out.
    std::for_each(secret.begin(), secret.end(), [](volatile char& c) { c = '\0'; });
}

}  // namespace

secret_checker::secret_checker(compare matches, finished done)
    : matches_{std::move(matches)}, done_{std::move(done)}, thread_{[this] { work(); }} {}

secret_checker::~secret_checker() {
    {
        const std::scoped_lock lock{mutex_};
        ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void secret_checker::start(secret_job job) {
    {
        const std::scoped_lock lock{mutex_};
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
}

void secret_checker::work() {
    std::unique_lock lock{mutex_};
    for (;;) {
        wake_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        auto job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        auto answer = dialogs::secret_answer::not_a_pin;
        if (!job.digits.empty()) {
            if (job.hash.empty()) {
                answer = dialogs::secret_answer::none_set;
            } else {
                answer = matches_(job.hash, job.digits) ? dialogs::secret_answer::right
                                                        : dialogs::secret_answer::wrong;
            }
        }
        wipe(job.digits);
        done_(job.party, answer);
        lock.lock();
    }
}

}  // namespace tertulia::gateway
