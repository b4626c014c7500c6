// Keeps the portfolio in step with Fineract: one small step at a time, each stored with how far it
// has come in the same transaction, so that a killed process goes on where it was.
//
// When core banking does not answer, what is known stays and grows old: `as_of` is when the last
// round that ended had begun. Steps then come less and less often, never more than five minutes
// apart.
//
// Threads: one at a time. The connection is its own.

#pragma once

#include "gateway/core_banking/core_reader.hpp"
#include "gateway/core_banking/core_rows.hpp"
#include "gateway/core_banking/sync_plan.hpp"
#include "gateway/core_banking/write_queue.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct sync_settings {
    reader_settings reading{};
    sync_rhythm rhythm{};
    core_writes_allowed writes{};
    std::string time_zone{};
    std::chrono::milliseconds hint_wait{2'000};  // a hook speaks before its transaction is committed
};

struct sync_step {
    bool worked{};   // another step may follow at once
    instant next{};  // else when
    std::string trouble{};           // for logs; empty: all went well
    bool needs_operator{};           // nothing gets better by waiting
    std::vector<std::string> notes{};
    bool round_ended{};
    std::optional<core_settled> settled{};  // a write that has come to its end
};

class fineract_sync {
public:
    // Throws SQLite::Exception, newer_database, std::runtime_error for an unknown time zone.
    fineract_sync(const std::string& database, sync_settings how, core_caller call);
    ~fineract_sync();

    // Throws SQLite::Exception where nothing could be stored; the next step tries the same.
    [[nodiscard]] sync_step step(instant now);
    // What a hook told of: read again soon, whatever the rounds do.
    void hint(const adapters::fineract::hint& about, instant now);

    // Into the queue, once. What is there already and has ended, or may not be written, comes back.
    [[nodiscard]] std::optional<core_settled> propose(const core_proposal& what, instant now);

    [[nodiscard]] sync_cursor cursor();
    [[nodiscard]] write_queue& writes() noexcept { return writes_; }

private:
    [[nodiscard]] std::optional<core_settled> ended(std::string_view key);
    [[nodiscard]] sync_step step_hint(const read_hint& hint, instant now);
    [[nodiscard]] sync_step step_page(const sync_cursor& at, instant now);
    [[nodiscard]] sync_step after_trouble(const core_trouble& what, instant now);
    void store(const core_found& found, std::int64_t pass, instant now);

    std::unique_ptr<SQLite::Database> database_;
    sync_settings how_;
    core_rows rows_;
    core_reader reader_;
    core_caller call_;
    write_queue writes_;
    dialogs::local_calendar calendar_;
    instant quiet_until_{};
    int failures_{};
};

}  // namespace tertulia::gateway
