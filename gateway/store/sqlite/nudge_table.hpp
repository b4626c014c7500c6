// What turns write of nudges: what became of one, that one more is planned, a promise as it stands, a
// talk that was had. The plan itself is gateway/nudges'.
//
// Threads: the store's; inside its transaction.

#pragma once

#include "dialogs/engine/effect.hpp"
#include "gateway/store/sqlite/journal.hpp"
#include "gateway/store/sqlite/people.hpp"
#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/sqlite/subject_rows.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::gateway {

class nudge_table {
public:
    nudge_table(SQLite::Database& database, journal& seals, people& keys);

    void note(std::int64_t party, const dialogs::note_nudge& what, instant now);
    void plan(const dialogs::plan_nudge& what);
    void promise(std::int64_t party, const dialogs::note_promise& what);
    void contact(
        std::int64_t party, const seal_key& hers, const dialogs::contact_had& what, instant now
    );

    // What she wrote of her own in that talk, under that name; nothing: it is erased.
    [[nodiscard]] std::optional<std::string> words_in(std::int64_t contact, std::string_view question);
    // Talks with the assistant since then, oldest first; without those of who was erased.
    [[nodiscard]] std::vector<std::pair<instant, dialogs::contact_had>> contacts_since(instant since);

private:
    [[nodiscard]] bool is_on_board(
        std::int64_t party, std::string_view about, std::string_view question, std::string_view words,
        instant now
    );

    journal& seals_;
    people& keys_;
    statement contacts_;
    statement one_contact_;
    statement note_;
    statement put_off_;
    subject_rows subjects_;
    statement plan_;
    statement promise_;
    statement contact_;
    statement feedback_;
    statement on_board_;
    statement changed_;
};

}  // namespace tertulia::gateway
