// Asks the providers that do not call for ever what they have on record, and lets what never reached
// us in by the door every webhook takes, so that what is known already is recognised there. It holds
// no rule: polling.hpp says when, settling.hpp what became of a send without an answer.
//
// What was read is kept until the inbox has room for it, since Infobip hands a message out once; how
// far a list was read is written only when what it held is committed.
//
// Threads: a thread of its own decides; answers come on the client's, commits on the writer's. All
// members but start() and stop() are private to those.

#pragma once

#include "gateway/channels/channel.hpp"
#include "gateway/delivery/planner.hpp"
#include "gateway/http/client.hpp"
#include "gateway/insight/metrics.hpp"
#include "gateway/reconcile/poll_positions.hpp"
#include "gateway/reconcile/polling.hpp"
#include "gateway/turns/inbox.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tertulia::gateway {

// All outlive it.
struct reconciler_parts {
    inbox& incoming;
    http::client& client;
    const gateway::planner& planner;  // asked on the writer thread only
    poll_positions& positions;
    metrics& counts;
    std::function<instant()> clock{};
    std::function<std::uint64_t()> turned_away{};  // callbacks refused so far; any thread
};

class reconciler {
public:
    explicit reconciler(reconciler_parts parts);
    ~reconciler();
    reconciler(const reconciler&) = delete;
    reconciler& operator=(const reconciler&) = delete;

    // Before start(): a channel to ask. One without a list is left alone.
    void add(const channel& which, const reconcile_config& how);
    void start();
    // Asks nothing more, and waits at most so long for what is under way, so that nothing read is
    // lost. The writer must still run.
    void stop(std::chrono::milliseconds deadline);

private:
    struct watched;
    struct page;

    void run();
    void look_around(instant now);
    void begin(watched& one, instant now);
    void call(watched& one, adapters::outbound_request request, void (reconciler::*then)(watched&, http::answer));
    void page_came(watched& one, http::answer answer);
    void rest_came(watched& one, http::answer answer);
    void complete(watched& one);
    void hand_over(watched& one);
    void let_in(watched& one, store& from);
    void committed(watched& one, std::size_t fresh);
    void fail(watched& one, const http::answer& answer, const char* what);
    [[nodiscard]] bool idle() const;

    reconciler_parts parts_;
    // Recursive: a client that is ending answers within the call itself.
    mutable std::recursive_mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<std::unique_ptr<watched>> all_{};
    bool looking_{};
    bool ending_{};
    std::thread thread_{};
};

}  // namespace tertulia::gateway
