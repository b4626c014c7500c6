// The worker that fetches what people send. It asks the ledger what is due, performs each adapter's
// walk, checks what comes, keeps it in the vault and marks the ledger; what can never be had becomes
// an event of the conversation first and is marked when that is committed. So a kill at any point
// repeats a step and loses none.
//
// Threads: every member from any thread. Its own thread reads and writes the files and holds the
// decisions; calls end on the HTTP client's thread and are handed over. It outlives the writer's
// run(), and the client is finished before it ends.

#pragma once

#include "gateway/channels/channel.hpp"
#include "gateway/http/client.hpp"
#include "gateway/insight/metrics.hpp"
#include "gateway/received/vault.hpp"
#include "gateway/store/media_ledger.hpp"
#include "gateway/turns/inbox.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

namespace tertulia::gateway {

struct fetcher_settings {
    std::filesystem::path folder{};
    std::chrono::days keep{90};
    std::size_t bytes_max{25UL * 1024 * 1024};
    std::size_t in_flight_most{4};
    std::chrono::milliseconds deadline{120'000};  // of one call
};

class fetcher {
public:
    fetcher(
        fetcher_settings how, media_ledger& ledger, inbox& into, http::client& client, const channel_table& channels,
        metrics& counts, std::function<instant()> clock
    );
    ~fetcher();
    fetcher(const fetcher&) = delete;
    fetcher& operator=(const fetcher&) = delete;

    void start();
    void poke();  // something new waits
    void stop();  // begins nothing more; what is under way is fetched again after the next start

    // The file of a kept entry, or nothing, on the fetcher's thread; false: it has ended.
    bool read(media_entry of, std::function<void(std::optional<std::string>)> done);

private:
    using job = std::function<void()>;

    void run();
    bool push(job what);
    void look(instant now);
    void sweep(instant now);
    void take(std::vector<media_entry> found, std::optional<instant> next);
    void go(media_entry of, adapters::media_step step);
    void answered(media_entry of, adapters::media_step before, http::answer answer);
    void keep(const media_entry& of, const adapters::media_step& step, const std::string& bytes);
    void again(const media_entry& of, const std::string& reason);
    void lose(const media_entry& of, const std::string& reason, bool resend = true);
    void mark(media_mark what, const char* outcome);
    void tell(const media_entry& of, media_mark what);

    fetcher_settings how_;
    media_ledger& ledger_;  // of the writer's thread: by errands only
    inbox& into_;
    http::client& client_;
    const channel_table& channels_;
    metrics& counts_;
    std::function<instant()> clock_;
    vault files_;

    std::mutex mutex_{};
    std::condition_variable wake_{};
    std::deque<job> jobs_{};
    bool stopping_{};
    bool poked_{true};  // what an earlier run left

    // Of its own thread.
    std::set<std::int64_t> under_way_{};
    bool looking_{};
    std::optional<instant> next_due_{};
    std::optional<instant> next_sweep_{};

    std::thread thread_{};
};

}  // namespace tertulia::gateway
