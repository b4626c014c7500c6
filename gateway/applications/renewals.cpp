#include "gateway/applications/renewals.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <string>
#include <vector>

namespace tertulia::gateway {
namespace {

constexpr int first_step = 30;

struct ending {
    std::string loan_id{};
    std::string client_id{};
    int days{};  // the step: 30, 14 or 3
};

}  // namespace

// A step is open as long as neither it nor a later one is noted. records is the store's: the last of
// opt_out and opt_in holds.
renewals::renewals(SQLite::Database& database)
    : database_{database},
      due_{
          database,
          "SELECT id, client_id, CASE WHEN matures_on <= ?3 THEN 3 WHEN matures_on <= ?2 THEN 14 "
          "ELSE 30 END AS days FROM loans WHERE status = 'active' AND matures_on > ?4 AND "
          "matures_on <= ?1 AND NOT EXISTS (SELECT 1 FROM renewals WHERE loan_id = loans.id AND "
          "renewals.days <= CASE WHEN loans.matures_on <= ?3 THEN 3 WHEN loans.matures_on <= ?2 "
          "THEN 14 ELSE 30 END)"},
      is_late_{
          database,
          "SELECT 1 FROM instalments, loans WHERE loans.client_id = ? AND loans.status = 'active' AND "
          "instalments.loan_id = loans.id AND instalments.due < ? AND "
          "instalments.paid < instalments.total LIMIT 1"},
      opted_out_{
          database,
          "SELECT kind FROM records WHERE kind IN ('opt_out', 'opt_in') AND party IN (SELECT party "
          "FROM identities WHERE value IN (SELECT phone FROM client_phones WHERE client_id = ?1 "
          "UNION SELECT substr(phone, 2) FROM client_phones WHERE client_id = ?1)) "
          "ORDER BY id DESC LIMIT 1"},
      note_{database, "INSERT INTO renewals(loan_id, days, at, reason) VALUES (?, ?, ?, ?)"},
      tell_{
          database,
          "INSERT INTO portfolio_news(at, client_id, what) VALUES (?, ?, 'loan_ending')"} {}

std::size_t renewals::note(civil_date today, instant now) {
    const auto in = [&](int days) { return iso_date(plus_days(today, days)); };
    SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
    std::vector<ending> all;
    const auto thirty = in(first_step);
    const auto fourteen = in(14);
    const auto three = in(3);
    const auto this_day = in(0);
    due_.bind(1, std::string_view{thirty}).bind(2, std::string_view{fourteen});
    due_.bind(3, std::string_view{three}).bind(4, std::string_view{this_day});
    for (rows found{due_}; found.next();) {
        all.push_back(
            {std::string{found.text(0)}, std::string{found.text(1)},
             static_cast<int>(found.number(2))}
        );
    }
    for (const auto& one : all) {
        std::string_view reason;
        is_late_.bind(1, std::string_view{one.client_id}).bind(2, std::string_view{this_day});
        if (rows{is_late_}.next()) reason = "late";
        opted_out_.bind(1, std::string_view{one.client_id});
        if (rows wish{opted_out_}; wish.next() && wish.text(0) == "opt_out") reason = "opted_out";
        note_.bind(1, std::string_view{one.loan_id}).bind(2, one.days).bind(3, to_millis(now));
        note_.bind(4, reason).run();
        if (!reason.empty()) continue;
        tell_.bind(1, to_millis(now)).bind(2, std::string_view{one.client_id}).run();
    }
    transaction.commit();
    return all.size();
}

}  // namespace tertulia::gateway
