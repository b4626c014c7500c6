// The embedded store: one SQLite file, one writer thread. A commit appends to a journal and syncs
// once; what turns read (sessions, timers, outbox, event identities) are projections of the journal,
// kept in memory while fresh and written behind, a slice with each commit. At start the journal is
// replayed from the position the tables are certain to hold.
//
// Threads: one, the writer's (a checkpoint thread of its own has a connection of its own).

#pragma once

#include "gateway/store/application_ledger.hpp"
#include "gateway/store/meeting_ledger.hpp"
#include "gateway/store/referral_ledger.hpp"
#include "gateway/store/media_ledger.hpp"
#include "gateway/store/store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace tertulia::gateway {

// What a commit promises. Only `synced` is for service: the others exist to measure what the promise
// costs and to prove that the crash tests would notice its absence.
enum class durability : std::uint8_t {
    synced,    // on the disk when commit() returns
    unsynced,  // handed to the operating system: a power cut loses it
    memory,    // nothing is written at all; gone at the end
};

struct sqlite_settings {
    std::string path{};  // of the database file; its folder exists
    std::int64_t cache_bytes{64 * 1024 * 1024};
    int page_bytes{4096};  // of a new file
    std::size_t people_cached_most{100'000};
    int remember_days{10};  // event identities; providers redeliver for seven
    std::size_t seen_in_memory_most{2'000'000};
    std::size_t generation_turns{20'000};  // that many turns are written behind together
    std::chrono::days keep{400};           // journal rows; at least keep_least
    bool checkpoint_thread{true};          // false: between commits, for tests that must repeat
    durability promise{durability::synced};
    std::string vfs{};  // empty: the operating system's
};
// Statuses come up to 30 days after a send, and name it by its row.
inline constexpr std::chrono::days keep_least{31};

// A kept record: consents, opt-outs, merges. They outlive the journal and the person's key.
struct kept_record {
    std::int64_t id{};
    party_id party{};
    instant at{};
    std::string kind{};
    std::string detail{};
};

// One thing the journal says, for replays and reports.
struct journal_entry {
    std::int64_t seq{};
    instant at{};
    const turn* one{};                   // or
    const std::vector<send_mark>* marks{};  // with
    const std::vector<status_record>* statuses{};
};

class sqlite_store final : public store {
public:
    // Opens or makes the file and brings its tables up to date. Throws newer_database,
    // SQLite::Exception, damaged_row, or std::invalid_argument for settings that make no sense.
    explicit sqlite_store(sqlite_settings how);
    ~sqlite_store() override;  // does not checkpoint: what was committed is safe without

    [[nodiscard]] std::vector<opened> open(std::span<const incoming> events) override;
    void commit(const batch& what) override;
    [[nodiscard]] std::int64_t next_outbox_id() override;
    [[nodiscard]] std::vector<outbox_entry_state> pending_sends() override;
    [[nodiscard]] std::optional<outbox_entry_state> find_send(std::int64_t outbox_id) override;
    [[nodiscard]] std::optional<outbox_entry_state> find_send_by_provider_id(
        std::string_view channel, std::string_view provider_id
    ) override;
    [[nodiscard]] std::vector<kept_part> waiting_parts() override;
    [[nodiscard]] std::optional<party_id> find_party(const identity& of) override;
    [[nodiscard]] std::vector<identity> identities_of(party_id whose) override;
    [[nodiscard]] std::string one_time_code(party_id whose, std::string_view what) override;
    [[nodiscard]] std::vector<pending_timer> due_timers(instant until, std::size_t most) override;
    [[nodiscard]] std::optional<instant> next_timer() override;
    [[nodiscard]] std::vector<channel_fact> channel_facts() override;
    [[nodiscard]] std::vector<usage_count> usage(std::string_view channel) override;
    [[nodiscard]] std::vector<channel_notice> notices(std::size_t most) override;
    [[nodiscard]] std::vector<pending_told> waiting_told() override;
    [[nodiscard]] std::vector<kept_case> cases(const case_filter& which, std::size_t most) override;
    [[nodiscard]] std::optional<kept_case> find_case(std::string_view number) override;
    [[nodiscard]] std::vector<case_event> case_history(std::string_view number) override;
    void note_case_view(
        std::string_view number, instant at, std::string_view who, std::string_view what
    ) override;
    void keep_script_set(const script_set_row& set) override;
    [[nodiscard]] std::optional<script_set_row> script_set(std::uint64_t short_version) override;
    std::int64_t publish(const script_set_row& set, const publication& what) override;
    [[nodiscard]] std::vector<publication> publications() override;
    [[nodiscard]] std::map<std::uint64_t, std::size_t> conversations_under_way(
        const session_test& counted = {}
    ) override;
    [[nodiscard]] std::vector<dead_letter> dead_letters(std::size_t most) override;
    void drop_dead_letter(std::int64_t id) override;
    void checkpoint() override;

    // What people sent, and where it is. A store in memory notes nothing of the kind.
    [[nodiscard]] media_ledger& received() noexcept;
    // Applications for a loan; a store in memory notes none either.
    [[nodiscard]] application_ledger& applications() noexcept;
    [[nodiscard]] referral_ledger& referrals() noexcept;
    [[nodiscard]] meeting_ledger& meetings() noexcept;

    // Talks the assistant had since then, as contact_had, oldest first; without those of who was erased.
    [[nodiscard]] std::vector<std::pair<instant, dialogs::contact_had>> contacts_since(instant since);

    // What she wrote of her own in one of them (feedback.contact); nothing: it is erased.
    [[nodiscard]] std::optional<std::string> words_in_contact(
        std::int64_t contact, std::string_view question
    );

    // The turns of one person still in the journal, oldest first, those of parties merged into her
    // included. Empty for somebody erased.
    [[nodiscard]] std::vector<turn> journal_of(party_id party);
    // The whole journal in order, without what was erased, until `visit` says false.
    void visit_journal(const std::function<bool(const journal_entry&)>& visit);
    [[nodiscard]] std::vector<kept_record> records_of(party_id party);
    // Everybody's of that kind after that id, oldest first.
    [[nodiscard]] std::vector<kept_record> records_named(
        std::string_view kind, std::int64_t after, std::size_t most
    );
    // Destroys her key and all that is hers but her records, one of which says by whom. Not to be
    // undone.
    void erase_person(party_id party, instant now, std::string_view by);

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tertulia::gateway
