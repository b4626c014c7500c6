// What is to be sent and what became of it. Pending sends are in memory whole; a final one is a
// short row, and its message is read from the journal row of its turn when somebody asks.

#pragma once

#include "gateway/store/sqlite/recent_cache.hpp"
#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/sqlite/write_behind.hpp"
#include "gateway/store/store.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace tertulia::gateway {

class outbox {
public:
    // `read_entry` finds the message of an outbox id in a journal row; nothing if the row or its key
    // is no more.
    outbox(
        SQLite::Database& database,
        std::function<std::optional<outbox_entry>(std::int64_t row, std::int64_t id)> read_entry
    );

    // After a commit, or from the journal at start.
    void add(const outbox_entry& entry, std::int64_t row);
    void mark(const send_mark& what);
    // At start, when the journal has been read: fills in what is still pending.
    void complete_pending();

    [[nodiscard]] std::vector<outbox_entry_state> pending() const;
    [[nodiscard]] std::optional<outbox_entry_state> find(std::int64_t id);
    [[nodiscard]] std::optional<outbox_entry_state> find(
        std::string_view channel, std::string_view provider_id
    );
    [[nodiscard]] std::int64_t newest_id() const noexcept { return newest_id_; }
    // The journal must keep the rows of pending sends.
    [[nodiscard]] std::optional<std::int64_t> oldest_pending_row() const;
    // Her pending sends are not sent any more.
    [[nodiscard]] std::vector<std::int64_t> pending_of(std::int64_t party) const;

    void freeze();
    std::size_t slice(std::size_t most);
    void written();
    void undone() noexcept;
    [[nodiscard]] std::size_t left() const noexcept { return rows_.left() + providers_.left(); }

    void discard();
    void forget_recent() { recent_ = recent_cache<std::int64_t, outbox_entry_state>{recent_most}; }

    // Inside a transaction: final rows older than `keep_after`, provider ids older than
    // `index_after`; says how many went.
    std::int64_t trim(instant keep_after, instant index_after, std::int64_t most);

private:
    struct row {
        std::int64_t seq{};
        std::int64_t party{};
        outbox_state state{};
        int tries{};
        int error_code{};
        instant at{};
        std::string provider_id{};
    };
    struct pending_send {
        outbox_entry_state what{};
        row known{};
        bool complete{};  // `what.entry` is there
    };
    static constexpr std::size_t recent_most = 8192;
    using provider_key = std::tuple<std::int64_t, std::int64_t, std::int64_t>;  // bucket, hash, id

    [[nodiscard]] std::optional<row> row_of(std::int64_t id);
    [[nodiscard]] std::optional<outbox_entry_state> state_of(std::int64_t id, const row& known);
    void index(std::int64_t id, std::string_view channel, const std::string& provider_id, instant at);

    std::function<std::optional<outbox_entry>(std::int64_t, std::int64_t)> read_entry_;
    std::map<std::int64_t, pending_send> pending_{};
    recent_cache<std::int64_t, outbox_entry_state> recent_{recent_most};
    write_behind<boost::unordered_flat_map<std::int64_t, row>> rows_{};
    write_behind<std::map<provider_key, instant>> providers_{};
    std::map<std::int64_t, instant> buckets_{};  // the newest entry of each, those in memory too
    std::int64_t newest_id_{};

    statement read_;
    statement write_;
    statement write_provider_;
    statement write_bucket_;
    statement read_provider_;
    statement oldest_;
    statement drop_;
    statement drop_providers_;
    statement bucket_left_;
    statement drop_bucket_;
};

}  // namespace tertulia::gateway
