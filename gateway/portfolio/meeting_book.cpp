#include "gateway/portfolio/meeting_book.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "gateway/documents/csv_field.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <set>
#include <utility>

namespace tertulia::gateway {
namespace {

namespace meetings = dialogs::meetings;

// Of a yes or no that there is none of.
constexpr std::int64_t neither = -1;

std::int64_t as_number(const std::optional<bool>& of) { return of ? std::int64_t{*of ? 1 : 0} : neither; }

std::optional<bool> as_answer(std::int64_t stored) {
    return stored == neither ? std::nullopt : std::optional{stored == 1};
}

std::string_view in_csv(const std::optional<bool>& of) { return !of ? "" : *of ? "yes" : "no"; }

int minutes_after(instant from, instant at) {
    return static_cast<int>(std::chrono::floor<std::chrono::minutes>(at - from).count());
}

}  // namespace

std::vector<member_engagement> engagement_of(
    const meetings::meeting& of, std::span<const meetings::line> lines
) {
    std::vector<member_engagement> out;
    const auto begun = std::max(of.planned.start, of.opened);
    for (const auto& member : of.planned.members) {
        auto& one = out.emplace_back();
        one.client_id = member.id;
        const auto record = std::ranges::find(of.members, member.id, &meetings::member_record::id);
        if (record == of.members.end()) continue;
        one.attends = record->attends;
        if (one.attends == meetings::attendance::late && record->checked_in > begun) {
            one.minutes_late = minutes_after(begun, record->checked_in);
        }
        if (record->asked_quiz && record->answered_quiz) one.quiz_right = record->quiz_right;
        if (member.owes.instalment.minor > 0) {
            one.paid_in_time = record->paid.minor >= member.owes.instalment.minor;
        }
    }
    std::set<std::pair<std::string_view, int>> votes;  // one a request, however often she changed it
    for (const auto& line : lines) {
        const auto& what = line.what;
        const auto who = std::ranges::find(out, what.by.id, &member_engagement::client_id);
        if (what.by.as != meetings::role::member || who == out.end()) continue;
        if (what.what.what == meetings::verb::said ||
            what.what.what == meetings::verb::quiz_answer) {
            ++who->spoke;
        } else if (what.what.what == meetings::verb::cast_vote &&
                   votes.emplace(what.by.id, what.what.number).second) {
            ++who->voted;
        }
    }
    return out;
}

meeting_book::meeting_book(SQLite::Database& database)
    : database_{database},
      meeting_{
          database,
          "INSERT OR IGNORE INTO group_meetings(group_id, number, held_on, ended_as, currency, "
          "internal_cash) VALUES (?, ?, ?, ?, ?, ?)"},
      person_{
          database,
          "INSERT INTO meeting_attendance(group_id, number, client_id, attends, minutes_late, "
          "spoke, voted, paid_in_time, quiz_right) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
      after_{
          database,
          "SELECT meeting_attendance.id, group_id, number, held_on, client_id, attends, "
          "minutes_late, spoke, voted, paid_in_time, quiz_right FROM meeting_attendance JOIN group_meetings "
          "USING (group_id, number) WHERE meeting_attendance.id > ? ORDER BY meeting_attendance.id "
          "LIMIT ?"} {}

bool meeting_book::keep(
    const meetings::minutes& what, std::span<const member_engagement> people, civil_date held_on
) {
    SQLite::Transaction whole{database_, SQLite::TransactionBehavior::IMMEDIATE};
    const auto day = iso_date(held_on);
    meeting_.bind(1, what.group_id).bind(2, std::int64_t{what.number});
    meeting_.bind(3, std::string_view{day}).bind(4, static_cast<std::int64_t>(what.ended_as));
    meeting_.bind(5, what.internal_cash_after.currency.view());
    meeting_.bind(6, what.internal_cash_after.minor).run();
    if (database_.getChanges() == 0) return false;
    for (const auto& one : people) {
        person_.bind(1, what.group_id).bind(2, std::int64_t{what.number});
        person_.bind(3, std::string_view{one.client_id});
        person_.bind(4, static_cast<std::int64_t>(one.attends));
        person_.bind(5, std::int64_t{one.minutes_late}).bind(6, std::int64_t{one.spoke});
        person_.bind(7, std::int64_t{one.voted}).bind(8, as_number(one.paid_in_time));
        person_.bind(9, as_number(one.quiz_right)).run();
    }
    whole.commit();
    return true;
}

std::vector<attendance_row> meeting_book::after(std::int64_t id, std::size_t most) {
    std::vector<attendance_row> out;
    after_.bind(1, id).bind(2, static_cast<std::int64_t>(most));
    rows found{after_};
    while (found.next()) {
        auto& one = out.emplace_back();
        one.id = found.number(0);
        one.group_id = found.text(1);
        one.number = static_cast<int>(found.number(2));
        one.held_on = parse_iso_date(found.text(3)).value_or(civil_date{});
        one.who.client_id = found.text(4);
        one.who.attends = static_cast<meetings::attendance>(found.number(5));
        one.who.minutes_late = static_cast<int>(found.number(6));
        one.who.spoke = static_cast<int>(found.number(7));
        one.who.voted = static_cast<int>(found.number(8));
        one.who.paid_in_time = as_answer(found.number(9));
        one.who.quiz_right = as_answer(found.number(10));
    }
    return out;
}

std::string csv_of(std::span<const attendance_row> all) {
    std::string out{
        "id,group_id,meeting,held_on,client_id,attendance,minutes_late,spoke,voted,paid_in_time,quiz_right\r\n"};
    for (const auto& one : all) {
        out += std::to_string(one.id) + ',' + csv_field(one.group_id) + ',' +
               std::to_string(one.number) + ',' + iso_date(one.held_on) + ',' +
               csv_field(one.who.client_id) + ',' + std::string{name_of(one.who.attends)} + ',' +
               std::to_string(one.who.minutes_late) + ',' + std::to_string(one.who.spoke) + ',' +
               std::to_string(one.who.voted) + ',';
        out += std::string{in_csv(one.who.paid_in_time)} + ',' + std::string{in_csv(one.who.quiz_right)};
        out += "\r\n";
    }
    return out;
}

}  // namespace tertulia::gateway
