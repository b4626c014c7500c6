#include "gateway/nudges/contact_book.hpp"

#include "dialogs/clients/contact.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "gateway/nudges/preview.hpp"
#include "gateway/store/nudge_id.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <SQLiteCpp/Database.h>

namespace tertulia::gateway {
namespace {

constexpr int looked_back = 35;

}  // namespace

const std::vector<std::string>& contact_outcomes() {
    static const std::vector<std::string> all{
        "reached", "no_answer", "wrong_number", "call_back", "refused"};
    return all;
}

bool note_contact_by_staff(SQLite::Database& database, const contact_note& what) {
    statement known{database, "SELECT 1 FROM clients WHERE id = ?"};
    known.bind(1, std::string_view{what.client_id});
    if (!rows{known}.next()) return false;
    statement add{
        database,
        "INSERT INTO contacts(seq, party, client_id, at, about, who, outcome, body) "
        "VALUES (0, 0, ?, ?, ?, ?, ?, x'')"};
    add.bind(1, std::string_view{what.client_id}).bind(2, to_millis(what.at));
    add.bind(3, std::string_view{what.about}).bind(4, std::string_view{what.who});
    add.bind(5, std::string_view{what.outcome}).run();
    statement changed{database, "INSERT OR IGNORE INTO nudge_changes(client_id) VALUES (?)"};
    changed.bind(1, std::string_view{what.client_id}).run();
    return true;
}

contact_coverage coverage_of(
    SQLite::Database& database, const dialogs::nudge_rules& rules,
    const dialogs::local_calendar& calendar, instant now, int days
) {
    statement clients{
        database,
        "SELECT DISTINCT client_id, officer_id FROM loans JOIN clients ON clients.id = client_id "
        "WHERE loans.status = 'active' ORDER BY client_id"};
    statement last{
        database,
        "SELECT at, about, who, outcome FROM contacts WHERE client_id = ? ORDER BY at DESC LIMIT 1"};
    statement talked{
        database,
        "SELECT at, about, who FROM contacts WHERE client_id = ? AND outcome = 'reached' AND at >= ? "
        "ORDER BY at DESC LIMIT 1"};
    statement stands{
        database, "SELECT segment, anchor FROM nudge_subjects WHERE client_id = ? AND loan_id = ''"};
    const auto today = calendar.date_of(now);
    const auto since = calendar.at(plus_days(today, -days), 0, 0);
    contact_coverage made;
    for (rows found{clients}; found.next();) {
        contact_state one{
            .client_id = std::string{found.text(0)}, .officer_id = std::string{found.text(1)}};
        ++made.active;
        talked.bind(1, std::string_view{one.client_id}).bind(2, to_millis(since));
        if (rows had{talked}; had.next()) {
            one.reached = true;
            one.why = "talked on " + iso_date(calendar.date_of(from_millis(had.number(0)))) +
                      " about " + std::string{had.text(1)};
            if (!had.text(2).empty()) one.why += ", noted by " + std::string{had.text(2)};
            ++made.reached;
            made.each.push_back(std::move(one));
            continue;
        }
        const auto add = [&one](const std::string& text) {
            one.why += (one.why.empty() ? "" : "; ") + text;
        };
        stands.bind(1, std::string_view{one.client_id});
        bool is_due = false;
        if (rows at{stands}; at.next() && at.number(1) > 0) {
            const auto day = day_of_number(static_cast<int>(at.number(1)));
            is_due = day <= today;
            add(std::string{at.text(0)} + (is_due ? " is due since " : " comes on ") + iso_date(day));
        } else {
            add("not planned yet");
        }
        if (is_due) {
            for (const auto& row : plan_of(database, rules, one.client_id, today, looked_back)) {
                const auto policy = rules.find(row.what.policy);
                if (policy == nullptr || policy->counts_from != dialogs::nudge_anchor::contact) continue;
                add("try of day " + std::to_string(row.what.day) + ": " + row.said);
            }
        }
        last.bind(1, std::string_view{one.client_id});
        if (rows tried{last}; tried.next() && tried.text(3) != "reached") {
            add("call of " + iso_date(calendar.date_of(from_millis(tried.number(0)))) + ": " +
                std::string{tried.text(3)});
        }
        made.each.push_back(std::move(one));
    }
    return made;
}

}  // namespace tertulia::gateway
