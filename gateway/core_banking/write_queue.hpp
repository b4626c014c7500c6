// What we write to core banking: kept until it is done, sent again with the same key until there is
// an answer, and written once however often it is sent. Notes, applications and attendance alone,
// and each only where the configuration allows it. A collection sheet is only asked for, and kept as
// a draft: to save one there moves money, which a person does.
//
// Threads: the connection's. Errors: SQLite::Exception.

#pragma once

#include "adapters/fineract/fineract.hpp"
#include "gateway/config/core_banking_config.hpp"
#include "gateway/core_banking/core_reader.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::gateway {

struct core_note {
    adapters::fineract::note_owner owner{};
    std::string owner_id{};
    std::string text{};
};

// The rest of its terms is the product's template, asked for when it is sent.
struct core_application {
    std::string client_id{};
    std::string product_id{};
    money principal{};
    civil_date submitted_on{};
    civil_date wanted_on{};
    std::string external_id{};
    std::string note{};
};

// What core banking proposes that a group pays on a day. Asked for where attendance may be written.
struct core_sheet {
    std::string group_id{};
    std::string calendar_id{};
    civil_date on{};
    currency_code currency{};
};

using core_write =
    std::variant<core_note, core_application, adapters::fineract::attendance, core_sheet>;

// As it is stored: JSON, one form a kind.
[[nodiscard]] std::string_view kind_of(const core_write& what) noexcept;
[[nodiscard]] std::string content_of(const core_write& what);
[[nodiscard]] std::optional<core_write> read_write(std::string_view kind, std::string_view content);

enum class write_state : std::uint8_t {
    queued,
    done,     // written_id says as what
    waiting,  // for a checker's approval there; written_id is the command's
    refused,  // core banking will not have it; reason says why
    stuck,    // a person must look
};
[[nodiscard]] std::string_view name_of(write_state what) noexcept;

enum class write_queued : std::uint8_t {
    queued,
    known,        // that key is there already: the same write, whatever became of it
    not_allowed,  // by the configuration; nothing is kept
};

struct due_write {
    std::int64_t id{};
    std::string key{};
    std::string kind{};
    std::string content{};
    int tries{};
};

struct write_status {
    write_state state{};
    std::string written_id{};
    std::string reason{};
    int tries{};
};

// What somebody wants written, and what has become of it in the end.
struct core_proposal {
    std::string key{};
    core_write what{};
};
struct core_settled {
    std::string key{};
    write_status how{};  // never queued
};

// A sheet as it was proposed, for a person to compare with what was paid and to save there.
struct sheet_draft {
    std::string key{};
    std::string group_id{};
    std::string calendar_id{};
    civil_date on{};
    instant asked_at{};
    std::vector<adapters::fineract::sheet_due> dues{};
};

class write_queue {
public:
    // Of a connection of open_core_tables().
    write_queue(SQLite::Database& database, core_writes_allowed allowed);

    // `key` is ours, of 1 to 50 characters, the same for the same write for ever. May be called in a
    // transaction of the caller's.
    [[nodiscard]] write_queued add(std::string_view key, const core_write& what, instant now);
    [[nodiscard]] std::optional<write_status> find(std::string_view key);

    // Nothing: not asked for under that key, or not answered yet.
    [[nodiscard]] std::optional<sheet_draft> draft(std::string_view key);

    [[nodiscard]] std::optional<due_write> due(instant now);
    [[nodiscard]] std::optional<instant> next_due();
    // Sends it and keeps what became of it. What is returned is trouble of all calls, not of this
    // one alone: wait with everything.
    [[nodiscard]] std::optional<core_trouble> work_off(
        const due_write& what,
        const adapters::fineract::access& to,
        const core_caller& call,
        instant now
    );

private:
    [[nodiscard]] std::optional<core_trouble> keep_draft(
        const due_write& what,
        const core_sheet& asked,
        const std::vector<std::optional<adapters::provider_response>>& answers,
        instant now
    );
    [[nodiscard]] bool allows(std::string_view kind) const noexcept;
    void ended(const due_write& what, write_state as, std::string_view id, std::string_view reason, instant now);
    void later(const due_write& what, std::string_view reason, instant due);
    [[nodiscard]] std::optional<core_trouble> settle(
        const due_write& what, const adapters::fineract::core_verdict& judged, instant now
    );

    core_writes_allowed allowed_;
    statement add_, known_, find_, due_, next_due_, end_, later_, keep_draft_, draft_;
};

}  // namespace tertulia::gateway
