// The writer: takes what has queued up, makes a turn of every event, commits the batch in one
// transaction, and only then answers the webhooks and lets messages leave. It holds no rule of any
// dialog and none of delivery; it keeps the order and the promise.
//
// When the disk refuses, the batch stays in memory and is committed again until it succeeds; the
// webhooks in it are answered 503 at once and recognised when they are redelivered. Meanwhile the
// inbox is closed, so memory stays bounded.
//
// Threads: run() is the writer thread. Everything else goes through the inbox.

#pragma once

#include "gateway/accounts/account_watch.hpp"
#include "gateway/delivery/planner.hpp"
#include "gateway/insight/metrics.hpp"
#include "gateway/portfolio/mirror.hpp"
#include "gateway/store/referral_ledger.hpp"
#include "gateway/store/store.hpp"
#include "gateway/turns/early_statuses.hpp"
#include "gateway/turns/inbox.hpp"
#include "gateway/turns/long_messages.hpp"
#include "gateway/turns/script_library.hpp"
#include "gateway/turns/secret_check.hpp"

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tertulia::gateway {

struct executor_parts {
    inbox& incoming;
    gateway::store& store;
    gateway::mirror& mirror;
    script_library& scripts;
    gateway::planner& planner;
    metrics& counts;
    std::function<instant()> clock{};
    account_watch* accounts{};  // hears what providers say of our accounts; null: nobody does
    // Called after the commit that released them, on the writer thread; must only queue.
    std::function<void(std::shared_ptr<const outbox_entry>)> send{};
    // One message as the channel needs it: several when one request cannot hold it.
    std::function<std::vector<outbound_message>(outbound_message)> split{};
    // It is committed and its answer leaves: called before that, on the writer thread.
    std::function<void(const inbound_message&)> answering{};
    // Somebody sent a file: called after the commit that noted it, on the writer thread.
    std::function<void()> media_came{};
    // What a failed status's code asks for on that channel; null: it only ends the message.
    std::function<adapters::verdict(std::string_view channel, int code)> reaction_to{};
    // A status says why one of ours failed; on the writer thread.
    std::function<void(std::string_view channel, std::int64_t outbox_id, int code)> failed{};
    // Who of the institution works on cases, as it is now; null: nobody does.
    std::function<std::shared_ptr<const std::vector<staff_person>>()> staff{};
    // Somebody sent an application for a loan: called after the commit that keeps it, on the writer
    // thread.
    std::function<void()> application_came{};
    // Who recommends whom; null: nobody does. And a word of that came: as application_came.
    referral_ledger* referrals{};
    std::function<void()> referral_came{};
    // What became of a meeting is for a desk: as application_came.
    std::function<void()> meeting_news{};
    // Compares a PIN with its Argon2id string; called on a thread of its own.
    secret_checker::compare pin_matches{};
    std::size_t batch_weight{2'048};
};

class executor {
public:
    explicit executor(executor_parts parts);
    ~executor();
    executor(const executor&) = delete;
    executor& operator=(const executor&) = delete;

    // Until the inbox is closed and empty; checkpoints the store before it returns.
    void run();

    // True while the last commit succeeded: for /readyz, from any thread.
    [[nodiscard]] bool store_well() const noexcept { return store_well_; }

private:
    struct posting;   // one POST: answered when nothing of it is outstanding
    struct item;      // one event on its way through a batch
    struct work;      // one batch being made

    void collect(inbox_batch& taken, work& made);
    void add_message(inbound_message message, const std::shared_ptr<posting>& from, work& made);
    void add_piece(sms_part piece, const std::shared_ptr<posting>& from, work& made);
    void add_given_up(work& made);
    void add_told(work& made);
    // What the turn tells others: each becomes an event of theirs once this batch is committed.
    void queue_told(const turn& one, work& made);
    void tell_of_cases(const turn& of, work& made);
    void add_agent(agent_request request, work& made);
    void add_status(status_update status, work& made);
    [[nodiscard]] std::int64_t leaves_again(const status_update& status, work& made);
    void settle(const send_result& result, work& made);
    void add_outcomes(work& made);
    void tell_operator(const turn& of, work& made);
    void add_due_timers(work& made);
    void handle_all(work& made);
    void handle(item& one, opened& known, work& made);
    void count_price(const item& one, work& made);
    [[nodiscard]] bool drop_blocked(item& one, const opened& known, work& made);
    [[nodiscard]] bool park_secret(item& one, const opened& known, const dialogs::session& session);
    [[nodiscard]] bool keep_piece(item& one, const opened& known, work& made);
    [[nodiscard]] dialogs::secret_answer compare_code(
        item& one, const opened& known, const dialogs::number_proof& proof,
        const std::string& digits
    );
    [[nodiscard]] std::shared_ptr<const outbox_entry> with_codes(
        std::shared_ptr<const outbox_entry> entry
    );
    void read_recommended(facts& into, const dialogs::event& what, const dialogs::session& of);
    void make_turn(item& one, const opened& known, dialogs::session& session, work& made);
    void make_dead_letter(
        item& one, const opened& known, const dialogs::session& session, const facts& seen,
        const std::string& reason, work& made
    );
    // What is said in reply to `asked` stays with it; the rest is queued.
    void queue_sends(turn& one, posting* asked, work& made);
    void commit(work& made);
    void finish(work& made);
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> wake_at();

    executor_parts parts_;
    long_messages long_messages_;
    std::atomic<bool> store_well_{true};
    // Conversations waiting for a secret to be compared, with what arrived meanwhile, in order.
    std::unordered_map<std::int64_t, std::deque<item>> parked_;
    early_statuses early_{};
    std::deque<pending_told> told_;  // committed, and not yet turns, in order
    std::int64_t newest_told_{};
    std::shared_ptr<const std::vector<staff_person>> staff_{};  // of the batch at hand
    std::uint64_t agent_requests_{};  // tells two of the same instant apart
    secret_checker secrets_;  // last: its thread reports into the inbox
};

}  // namespace tertulia::gateway
