#include "gateway/store/sqlite/nudge_table.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/script/answer_values.hpp"
#include "gateway/store/codec.hpp"
#include "gateway/store/nudge_id.hpp"

#include <SQLiteCpp/Database.h>

#include <algorithm>

namespace tertulia::gateway {
namespace {

// What she wrote of her own: an answer in words, or her words as a dialog kept them. What she saves for is
// hers, and no idea for us.
std::optional<std::string> free_words(std::string_view name, const std::string& kept) {
    constexpr std::string_view goal = "goal";
    if (name == goal) return std::nullopt;
    const auto answer = dialogs::parse_typed_answer(kept);
    const bool in_words = !answer || answer->kind == dialogs::typed_kind::text;
    auto words = answer ? answer->value : kept;
    if (!in_words || words.find_first_not_of(" \t\r\n") == std::string::npos) return std::nullopt;
    return words;
}

}  // namespace

nudge_table::nudge_table(SQLite::Database& database, journal& seals, people& keys)
    : seals_{seals},
      keys_{keys},
      contacts_{
          database,
          "SELECT seq, party, at, body FROM contacts WHERE seq > 0 AND at >= ? ORDER BY seq"},
      one_contact_{database, "SELECT party, body FROM contacts WHERE seq = ? AND seq > 0"},
      note_{
          database,
          "UPDATE nudges SET state = ?, gate = ?, reason = ?, numbers = ?, dialog = ?, "
          "decided = ?, party = ? WHERE id = ?"},
      put_off_{
          database,
          "UPDATE nudges SET state = 0, due = ?, gate = ?, reason = ?, numbers = ?, decided = ?, "
          "party = ? WHERE id = ?"},
      subjects_{database},
      plan_{
          database,
          "INSERT OR IGNORE INTO nudges(id, segment, anchor, instalment, due) "
          "VALUES (?, ?, ?, ?, ?)"},
      promise_{
          database,
          "INSERT INTO promises(loan_id, promised_for, client_id, party, made_at, state, changed_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(loan_id, promised_for) DO UPDATE SET "
          "state = excluded.state, changed_at = excluded.changed_at"},
      contact_{
          database,
          "INSERT INTO contacts(seq, party, client_id, at, about, who, outcome, body) "
          "VALUES (?, ?, ?, ?, ?, '', 'reached', ?)"},
      feedback_{
          database,
          "INSERT INTO feedback(contact, party, client_id, at, about, question) "
          "VALUES (?, ?, ?, ?, ?, ?)"},
      on_board_{
          database,
          "SELECT contact FROM feedback WHERE party = ? AND about = ? AND question = ? AND at >= ?"},
      changed_{database, "INSERT OR IGNORE INTO nudge_changes(client_id) VALUES (?)"} {}

void nudge_table::note(std::int64_t party, const dialogs::note_nudge& what, instant now) {
    const auto& said = what.verdict;
    const auto gate = static_cast<std::int64_t>(said.by);
    if (said.answer == dialogs::nudge_answer::later) {
        put_off_.bind(1, to_millis(said.again)).bind(2, gate).bind(3, std::string_view{said.reason});
        put_off_.bind(4, std::string_view{said.numbers}).bind(5, to_millis(now)).bind(6, party);
        put_off_.bind(7, what.id).run();
        return;
    }
    const bool sent = said.answer == dialogs::nudge_answer::go;
    note_.bind(1, sent ? 1 : 2).bind(2, sent ? -1 : gate).bind(3, std::string_view{said.reason});
    note_.bind(4, std::string_view{said.numbers}).bind(5, std::string_view{what.dialog});
    note_.bind(6, to_millis(now)).bind(7, party).bind(8, what.id).run();
}

void nudge_table::plan(const dialogs::plan_nudge& made) {
    const auto& what = made.what;
    const auto subject = subjects_.of(what.loan_id, what.client_id);
    const auto day = std::chrono::floor<std::chrono::days>(what.due).time_since_epoch().count();
    plan_.bind(
        1,
        nudge_id(
            {.day = static_cast<int>(day),
             .subject = subject,
             .policy = made.counts_from,
             .step = what.day}
        )
    );
    plan_.bind(2, std::string_view{what.segment}).bind(3, day_number(what.anchor));
    plan_.bind(4, what.instalment).bind(5, to_millis(what.due)).run();
}

void nudge_table::promise(std::int64_t party, const dialogs::note_promise& what) {
    const auto& one = what.as_is;
    const auto day = iso_date(one.on);
    promise_.bind(1, std::string_view{one.loan_id}).bind(2, std::string_view{day});
    promise_.bind(3, std::string_view{one.client_id}).bind(4, party).bind(5, to_millis(one.made_at));
    promise_.bind(6, static_cast<std::int64_t>(one.state)).bind(7, to_millis(one.changed_at)).run();
    changed_.bind(1, std::string_view{one.client_id}).run();
}

void nudge_table::contact(
    std::int64_t party, const seal_key& hers, const dialogs::contact_had& what, instant now
) {
    const auto seq = seals_.take_row();
    std::string plain;
    encode(what, plain);
    std::string sealed;
    seals_.seal(seq, hers, plain, sealed);
    contact_.bind(1, seq).bind(2, party).bind(3, std::string_view{what.client_id});
    contact_.bind(4, to_millis(now)).bind(5, std::string_view{what.about});
    contact_.bind_blob(6, sealed).run();
    for (const auto& [name, kept] : what.answers) {
        const auto words = free_words(name, kept);
        if (!words || is_on_board(party, what.about, name, *words, now)) continue;
        feedback_.bind(1, seq).bind(2, party).bind(3, std::string_view{what.client_id});
        feedback_.bind(4, to_millis(now)).bind(5, std::string_view{what.about});
        feedback_.bind(6, std::string_view{name}).run();
    }
    if (what.client_id.empty()) return;
    changed_.bind(1, std::string_view{what.client_id}).run();
}

// A talk is noted more than once while it goes on, with what she said before.
bool nudge_table::is_on_board(
    std::int64_t party, std::string_view about, std::string_view question, std::string_view words,
    instant now
) {
    std::vector<std::int64_t> lately;
    on_board_.bind(1, party).bind(2, about).bind(3, question);
    on_board_.bind(4, to_millis(now - std::chrono::days{1}));
    for (rows found{on_board_}; found.next();) lately.push_back(found.number(0));
    return std::ranges::any_of(lately, [&](std::int64_t contact) {
        return words_in(contact, question) == words;
    });
}

std::optional<std::string> nudge_table::words_in(
    std::int64_t contact, std::string_view question
) {
    std::int64_t party{};
    std::string body;
    one_contact_.bind(1, contact);
    {
        rows found{one_contact_};
        if (!found.next()) return std::nullopt;
        party = found.number(0);
        body = found.blob(1);
    }
    const auto key = keys_.key_of(party);
    if (!key) return std::nullopt;
    const auto had = decode_contact(seals_.unseal(contact, party, *key, body));
    const auto at = had.answers.find(std::string{question});
    return at == had.answers.end() ? std::nullopt : free_words(question, at->second);
}

std::vector<std::pair<instant, dialogs::contact_had>> nudge_table::contacts_since(instant since) {
    struct row {
        std::int64_t seq{};
        std::int64_t party{};
        instant at{};
        std::string body{};
    };
    std::vector<row> read;
    contacts_.bind(1, to_millis(since));
    for (rows found{contacts_}; found.next();) {
        read.push_back(
            {found.number(0), found.number(1), from_millis(found.number(2)),
             std::string{found.blob(3)}}
        );
    }
    std::vector<std::pair<instant, dialogs::contact_had>> out;
    for (const auto& one : read) {
        const auto key = keys_.key_of(one.party);
        if (!key) continue;
        out.emplace_back(
            one.at, decode_contact(seals_.unseal(one.seq, one.party, *key, one.body))
        );
    }
    return out;
}

}  // namespace tertulia::gateway
