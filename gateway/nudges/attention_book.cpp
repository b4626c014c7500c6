#include "gateway/nudges/attention_book.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>

namespace tertulia::gateway {
namespace {

dialogs::attention attention_named(std::string_view name) {
    return dialogs::parse_attention(name).value_or(dialogs::attention::usual);
}

}  // namespace

attention_book::attention_book(SQLite::Database& database)
    : database_{database},
      known_{database, "SELECT 1 FROM clients WHERE id = ?"},
      add_{
          database,
          "INSERT INTO attentions(client_id, wants, until, who, why, at) VALUES (?, ?, ?, ?, ?, ?)"},
      changed_{database, "INSERT OR IGNORE INTO nudge_changes(client_id) VALUES (?)"},
      last_{
          database,
          "SELECT wants, until FROM attentions WHERE client_id = ? ORDER BY id DESC LIMIT 1"},
      all_{
          database,
          "SELECT wants, until, who, why, at FROM attentions WHERE client_id = ? ORDER BY id"},
      segments_{
          database,
          "SELECT DISTINCT segment FROM nudge_subjects WHERE client_id = ? AND loan_id <> '' AND "
          "segment <> ''"},
      erase_{
          database,
          "UPDATE attentions SET why = '' WHERE why <> '' AND client_id IN (SELECT client_id FROM "
          "client_phones WHERE phone IN (SELECT value FROM identities WHERE party = ?1 UNION SELECT "
          "'+' || value FROM identities WHERE party = ?1))"} {}

std::string attention_book::set(
    const attention_note& what, const dialogs::nudge_rules& rules,
    const dialogs::local_calendar& calendar
) {
    known_.bind(1, std::string_view{what.client_id});
    if (!rows{known_}.next()) return "there is no client '" + what.client_id + "' in the portfolio";
    const auto fits = [](const std::string& text) {
        return !text.empty() && text.size() <= attention_words_bytes_max;
    };
    if (!fits(what.who)) return "say who asks for it, in up to 200 bytes";
    if (!fits(what.why)) return "say why, in up to 200 bytes";
    const auto days =
        what.until.ok() ? days_between(calendar.date_of(what.at), what.until) : -1;
    if (days < 0 || days > attention_days_most) {
        return "it holds until a day from today to " + std::to_string(attention_days_most) +
               " days from now";
    }
    if (what.wanted == dialogs::attention::more) {
        const auto* policy = rules.counting_from(dialogs::nudge_anchor::instalment);
        std::string hers;
        bool is_more = false;
        segments_.bind(1, std::string_view{what.client_id});
        for (rows found{segments_}; found.next();) {
            const auto* segment = policy == nullptr ? nullptr : policy->find(found.text(0));
            hers += (hers.empty() ? "" : ", ") + std::string{found.text(0)};
            is_more = is_more || (segment != nullptr && !segment->more.empty());
        }
        if (!is_more) {
            return hers.empty() ? "she is not reminded of anything yet"
                                : "there is no more than what is sent to '" + hers +
                                      "': the policy names no segment with 'more:' there";
        }
    }
    const auto over = calendar.at(plus_days(what.until, 1), 0, 0);
    SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
    add_.bind(1, std::string_view{what.client_id}).bind(2, dialogs::name_of(what.wanted));
    add_.bind(3, to_millis(over)).bind(4, std::string_view{what.who});
    add_.bind(5, std::string_view{what.why}).bind(6, to_millis(what.at)).run();
    changed_.bind(1, std::string_view{what.client_id}).run();
    transaction.commit();
    return {};
}

attention_book::held attention_book::of(std::string_view client_id, instant now) {
    last_.bind(1, client_id);
    rows found{last_};
    if (!found.next() || from_millis(found.number(1)) <= now) return {};
    return {attention_named(found.text(0)), from_millis(found.number(1))};
}

std::vector<attention_note> attention_book::all_of(
    std::string_view client_id, const dialogs::local_calendar& calendar
) {
    std::vector<attention_note> made;
    all_.bind(1, client_id);
    for (rows found{all_}; found.next();) {
        made.push_back(
            {.client_id = std::string{client_id},
             .wanted = attention_named(found.text(0)),
             .until = plus_days(calendar.date_of(from_millis(found.number(1))), -1),
             .who = std::string{found.text(2)},
             .why = std::string{found.text(3)},
             .at = from_millis(found.number(4))}
        );
    }
    return made;
}

void attention_book::erase_words(party_id of) {
    database_.exec("PRAGMA secure_delete = ON");
    erase_.bind(1, of.value).run();
    database_.exec("PRAGMA secure_delete = OFF");
}

std::string in_words(const attention_note& of, const dialogs::local_calendar& calendar) {
    const auto what = of.wanted == dialogs::attention::less   ? "fewer reminders"
                      : of.wanted == dialogs::attention::none ? "no reminders"
                      : of.wanted == dialogs::attention::more ? "more reminders"
                                                              : "reminders as usual";
    return std::string{what} + " until " + iso_date(of.until) + ", by " + of.who + " on " +
           iso_date(calendar.date_of(of.at)) + (of.why.empty() ? "; why is erased" : ": " + of.why);
}

}  // namespace tertulia::gateway
