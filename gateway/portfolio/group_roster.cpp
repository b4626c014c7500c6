#include "gateway/portfolio/group_roster.hpp"

#include "adapters/ledger/ledger.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "gateway/portfolio/portfolio_reader.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace tertulia::gateway {
namespace {

namespace meetings = dialogs::meetings;
using adapters::ledger::group_office;
using adapters::ledger::parse_group_office;

constexpr int steps_most = 1'200;  // of a rhythm: a date so old that it is of no use

struct duration {
    int count{};
    char unit{};  // D, W, M
};

std::optional<duration> read_rhythm(std::string_view text) {
    if (text.size() < 3 || text.front() != 'P') return std::nullopt;
    duration out{.unit = text.back()};
    const auto digits = text.substr(1, text.size() - 2);
    const auto* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, out.count);
    const bool unit = out.unit == 'D' || out.unit == 'W' || out.unit == 'M';
    if (error != std::errc{} || stopped != end || out.count < 1 || out.count > 999 || !unit) {
        return std::nullopt;
    }
    return out;
}

meetings::role role_of(group_office what) noexcept {
    switch (what) {
        case group_office::president:
            return meetings::role::president;
        case group_office::treasurer:
            return meetings::role::treasurer;
        case group_office::secretary:
            return meetings::role::secretary;
        case group_office::deputy:
            return meetings::role::deputy;
        case group_office::handler:
            return meetings::role::handler;
    }
    return meetings::role::member;
}

// "10:30", as the import has checked it.
std::optional<std::pair<int, int>> read_clock(std::string_view text) {
    int hour = 0;
    int minute = 0;
    if (text.size() != 5) return std::nullopt;
    const auto good = [](std::from_chars_result got, const char* end) {
        return got.ec == std::errc{} && got.ptr == end;
    };
    const auto* const at = text.data();
    if (!good(std::from_chars(at, at + 2, hour), at + 2) ||
        !good(std::from_chars(at + 3, at + 5, minute), at + 5)) {
        return std::nullopt;
    }
    return std::pair{hour, minute};
}

meetings::roster_member* find(group_roster& in, std::string_view id) {
    const auto found = std::ranges::lower_bound(
        in.members, id, {}, [](const auto& each) { return std::string_view{each.id}; }
    );
    return found == in.members.end() || found->id != id ? nullptr : &*found;
}

std::vector<std::pair<std::string, std::string>> ids_and_names(statement& bound) {
    std::vector<std::pair<std::string, std::string>> out;
    for (rows found{bound}; found.next();) out.emplace_back(found.text(0), found.text(1));
    return out;
}

std::string joined(std::string_view first, std::string_view last) {
    std::string out{first};
    if (!last.empty()) out.append(" ").append(last);
    return out;
}

}  // namespace

std::optional<civil_date> next_by_rhythm(
    civil_date day, std::string_view rhythm, unsigned anchor
) {
    const auto by = read_rhythm(rhythm);
    if (!by || !day.ok()) return std::nullopt;
    if (by->unit != 'M') return plus_days(day, by->count * (by->unit == 'W' ? 7 : 1));
    const auto month = day.year() / day.month() + std::chrono::months{by->count};
    const auto last = (month / std::chrono::last).day();
    const auto kept = anchor == 0 ? day.day() : std::chrono::day{anchor};
    return month / std::min(kept, last);
}

void lay_out(const group_roster& from, meetings::plan& what) {
    what.group_id = from.group_id;
    what.group_name = from.group_name;
    what.number = from.number;
    what.members = from.members;
    what.moderator = from.moderator;
    what.backup = from.backup;
    what.supervisor = from.supervisor;
    what.currency = from.currency;
    what.internal_cash = from.internal_cash;
    what.rules = from.rules;
    what.next = from.next;
    if (!from.start) return;
    const auto lasts = what.end > what.start ? what.end - what.start : milliseconds{};
    what.start = *from.start;
    what.end = what.start + lasts;
}

void decide_by(const group_roster& from, meetings::bylaws& into) {
    if (!from.rules_known) return;
    const auto& decided = from.rules;
    if (from.quorum_known) {
        into.quorum_numerator = decided.quorum_numerator;
        into.quorum_denominator = decided.quorum_denominator;
    }
    if (decided.fine_late) into.fine_late = decided.fine_late;
    if (decided.fine_absent) into.fine_absent = decided.fine_absent;
    if (decided.fine_other) into.fine_other = decided.fine_other;
    into.tells_totals = decided.tells_totals;
}

group_roster_reader::group_roster_reader(
    SQLite::Database& database, const dialogs::local_calendar& calendar, const institution& house
)
    : calendar_{calendar},
      house_{house},
      meeting_groups_{
          database,
          "SELECT id FROM village_banks WHERE next_meeting <> '' AND meeting_time <> '' ORDER BY id"},
      all_groups_{database, "SELECT id, name FROM village_banks ORDER BY name, id LIMIT ?"},
      groups_of_{
          database,
          "SELECT id, name FROM village_banks WHERE officer_id = ? ORDER BY name, id LIMIT ?"},
      group_{
          database,
          "SELECT name, branch_id, officer_id, meeting_rhythm, next_meeting, meeting_time FROM "
          "village_banks WHERE id = ?"},
      members_{
          database,
          "SELECT id, first_name, last_name, phones FROM clients WHERE group_id = ? AND "
          "status = 'active' ORDER BY id"},
      // An office that core banking names is the one it names.
      offices_{
          database,
          "SELECT client_id, roles, 1 FROM core_leaders WHERE group_id = ?1 UNION ALL "
          "SELECT client_id, roles, 0 FROM leaders WHERE group_id = ?1 ORDER BY 3 DESC, 1"},
      relatives_{
          database,
          "SELECT client_id, relative_id FROM relatives WHERE "
          "client_id IN (SELECT id FROM clients WHERE group_id = ?1) AND "
          "relative_id IN (SELECT id FROM clients WHERE group_id = ?1) ORDER BY 1, 2"},
      dues_{
          database,
          "SELECT loans.client_id, loans.id, loans.currency, due, total - paid FROM loans JOIN "
          "instalments ON loan_id = loans.id WHERE loans.group_id = ? AND status = 'active' AND "
          "paid < total ORDER BY loans.client_id, disbursed_on, loans.id, number"},
      bylaws_{
          database,
          "SELECT currency, quorum_numerator, quorum_denominator, internal_cash, internal_cash_on, "
          "savings, tells_totals, fine_late, fine_absent, fine_other FROM bylaws WHERE group_id = ?"},
      last_{
          database,
          "SELECT number, held_on, currency, internal_cash FROM group_meetings WHERE group_id = ? "
          "ORDER BY number DESC LIMIT 1"},
      calendar_of_{database, "SELECT calendar_id FROM core_calendars WHERE group_id = ?"},
      officer_{
          database,
          "SELECT id, first_name, courtesy, branch_id FROM officers WHERE id = ?"},
      colleague_{
          database,
          "SELECT id, first_name, courtesy FROM officers WHERE branch_id = ? AND id <> ? "
          "ORDER BY phone = '', id LIMIT 1"},
      mark_{database, "SELECT ifnull(max(id), 0) FROM payment_arrivals"},
      arrived_{
          database,
          "SELECT came.id, loans.client_id, loans.id, payments.id, amount, loans.currency, paid_on "
          "FROM payment_arrivals AS came JOIN payments ON payments.id = came.payment_id "
          "JOIN loans ON loans.id = payments.loan_id "
          "JOIN clients ON clients.id = loans.client_id "
          "WHERE came.id > ?2 AND clients.group_id = ?1 AND reversed = 0 AND paid_on >= ?3 "
          "ORDER BY came.id LIMIT 200"},
      shared_{database, "SELECT count(*) FROM client_phones WHERE phone = ?"} {}

std::vector<std::string> group_roster_reader::groups_that_meet() {
    std::vector<std::string> out;
    rows found{meeting_groups_};
    while (found.next()) out.emplace_back(found.text(0));
    return out;
}

std::vector<std::pair<std::string, std::string>> group_roster_reader::groups(std::size_t most) {
    all_groups_.bind(1, static_cast<std::int64_t>(most));
    return ids_and_names(all_groups_);
}

std::vector<std::pair<std::string, std::string>> group_roster_reader::groups_of(
    std::string_view officer_id, std::size_t most
) {
    groups_of_.bind(1, officer_id).bind(2, static_cast<std::int64_t>(most));
    return ids_and_names(groups_of_);
}

std::optional<group_roster> group_roster_reader::read(
    std::string_view group_id,
    civil_date today,
    std::span<const staff_person> staff,
    std::optional<civil_date> on
) {
    group_roster out{.group_id = std::string{group_id}, .currency = house_.currency};
    out.savings_due.currency = out.currency;
    std::string branch_id;
    std::string officer_id;
    std::string rhythm;
    std::optional<civil_date> known;
    std::optional<std::pair<int, int>> clock;
    {
        group_.bind(1, group_id);
        rows found{group_};
        if (!found.next()) return std::nullopt;
        out.group_name = found.text(0);
        branch_id = found.text(1);
        out.branch_id = branch_id;
        officer_id = found.text(2);
        rhythm = found.text(3);
        known = parse_iso_date(found.text(4));
        clock = read_clock(found.text(5));
    }
    // From the day core banking told, onwards: it may be of a meeting that is over.
    std::optional<civil_date> after;
    if (known) {
        const auto anchor = static_cast<unsigned>(known->day());
        const auto first = on.value_or(std::max(today, *known));
        auto at = known;
        for (int i = 0; i < steps_most && at && *at < first; ++i) {
            at = next_by_rhythm(*at, rhythm, anchor);
        }
        out.on = on ? on : at;
        after = at;
        for (int i = 0; i < 2 && out.on && after && *after <= *out.on; ++i) {
            after = next_by_rhythm(*after, rhythm, anchor);
        }
        if (after && out.on && *after <= *out.on) after.reset();
    } else {
        out.on = on;
    }
    if (clock && out.on) out.start = calendar_.at(*out.on, clock->first, clock->second);
    if (clock && after) out.next = calendar_.at(*after, clock->first, clock->second);
    const auto closed = [&](civil_date day) {
        return std::ranges::find(house_.holidays, day) != house_.holidays.end();
    };
    out.on_holiday = out.on && closed(*out.on);
    if (out.on_holiday) {
        auto day = *out.on;
        do day = plus_days(day, 1);
        while (closed(day));
        out.instead = day;
    }
    read_bylaws(group_id, out);
    read_cash(group_id, out);
    const auto by = out.on.value_or(today);
    read_members(group_id, by, out);
    // Due at this meeting is what is due by its day, else the next one before the meeting after.
    read_dues(group_id, after ? plus_days(*after, -1) : by, out);
    read_officers(officer_id, branch_id, staff, out);
    out.core.group_id = group_id;
    calendar_of_.bind(1, group_id);
    rows found{calendar_of_};
    if (found.next()) out.core.calendar_id = found.text(0);
    return out;
}

void group_roster_reader::read_members(
    std::string_view group_id, civil_date by, group_roster& into
) {
    std::map<std::string, std::vector<std::string>, std::less<>> shared;
    {
        members_.bind(1, group_id);
        rows found{members_};
        while (found.next()) {
            if (into.members.size() == meetings::members_max) {
                ++into.left_out;
                continue;
            }
            meetings::roster_member one{
                .id = std::string{found.text(0)},
                .first_name = std::string{found.text(1)},
                .full_name = joined(found.text(1), found.text(2))};
            const auto phones = split_phones(found.text(3));
            for (const auto& each : phones) {
                shared_.bind(1, std::string_view{each});
                rows owners{shared_};
                if (owners.next() && owners.number(0) == 1) {
                    one.phone = each;
                    break;
                }
            }
            if (one.phone.empty() && !phones.empty()) {
                one.phone = phones.front();
                shared[one.phone].push_back(one.id);
            }
            one.agrees_totals = into.rules.tells_totals;  // they say that every member does
            one.owes = {.instalment = {0, into.currency}, .due = by, .savings = into.savings_due};
            into.members.push_back(std::move(one));
        }
    }
    // A number shared with somebody outside the group is noted too: it is not hers alone.
    for (auto& [phone, ids] : shared) into.sharing.push_back(std::move(ids));
    std::ranges::sort(into.sharing);
    read_offices(group_id, into);
    read_relatives(group_id, into);
}

void group_roster_reader::read_offices(std::string_view group_id, group_roster& into) {
    offices_.bind(1, group_id);
    rows found{offices_};
    meetings::role_set named_by_core = 0;
    while (found.next()) {
        const bool core = found.number(2) == 1;
        auto* const who = find(into, found.text(0));
        for (const auto& word : split_phones(found.text(1))) {  // the same form: words by bars
            const auto office = parse_group_office(word);
            if (!office) throw damaged_portfolio{"unknown office '" + word + "'"};
            const auto role = role_of(*office);
            if (!core && has(named_by_core, role)) continue;
            if (core) named_by_core |= meetings::only(role);
            if (who != nullptr) who->roles |= meetings::only(role);
        }
    }
}

void group_roster_reader::read_relatives(std::string_view group_id, group_roster& into) {
    relatives_.bind(1, group_id);
    rows found{relatives_};
    while (found.next()) {
        auto* const one = find(into, found.text(0));
        auto* const other = find(into, found.text(1));
        if (one == nullptr || other == nullptr) continue;
        one->relatives.push_back(other->id);
        other->relatives.push_back(one->id);
    }
}

// Of her oldest loan of the group that still has something open: what is due by the day of the
// meeting, all of it, and where nothing is, the next instalment before `before` has passed.
void group_roster_reader::read_dues(
    std::string_view group_id, civil_date before, group_roster& into
) {
    dues_.bind(1, group_id);
    rows found{dues_};
    while (found.next()) {
        auto* const who = find(into, found.text(0));
        if (who == nullptr || found.text(2) != into.currency.view()) continue;
        auto& owes = who->owes;
        const auto loan_id = found.text(1);
        if (!owes.loan_id.empty() && owes.loan_id != loan_id) continue;
        const auto due = parse_iso_date(found.text(3));
        if (!due) throw damaged_portfolio{"loan " + std::string{loan_id} + ": an instalment without a day"};
        const bool by_then = !into.on || *due <= *into.on;
        if (!by_then && (owes.instalment.minor > 0 || *due > before)) continue;
        if (owes.instalment.minor == 0) owes.due = *due;
        owes.loan_id = loan_id;
        owes.instalment.minor += found.number(4);
    }
}

void group_roster_reader::read_bylaws(std::string_view group_id, group_roster& into) {
    bylaws_.bind(1, group_id);
    rows found{bylaws_};
    if (!found.next()) return;
    if (!parse_currency(found.text(0), into.currency)) {
        throw damaged_portfolio{"the bylaws of a group have no currency"};
    }
    auto& rules = into.rules;
    into.rules_known = true;
    into.quorum_known = found.number(1) > 0;
    if (into.quorum_known) {
        rules.quorum_numerator = static_cast<int>(found.number(1));
        rules.quorum_denominator = static_cast<int>(found.number(2));
    }
    const auto amount = [&](int column) -> std::optional<money> {
        if (found.number(column) < 0) return std::nullopt;
        return money{found.number(column), into.currency};
    };
    into.savings_due = amount(5).value_or(money{0, into.currency});
    rules.tells_totals = found.number(6) != 0;
    rules.fine_late = amount(7);
    rules.fine_absent = amount(8);
    rules.fine_other = amount(9);
}

// The pot as its last meeting left it, or as it was counted since.
void group_roster_reader::read_cash(std::string_view group_id, group_roster& into) {
    into.internal_cash = {0, into.currency};
    std::optional<civil_date> held;
    {
        last_.bind(1, group_id);
        rows found{last_};
        if (found.next()) {
            into.number = static_cast<int>(found.number(0)) + 1;
            held = parse_iso_date(found.text(1));
            if (found.text(2) == into.currency.view()) {
                into.internal_cash.minor = found.number(3);
                into.cash_known = true;
            }
        }
    }
    bylaws_.bind(1, group_id);
    rows found{bylaws_};
    if (!found.next() || found.number(3) < 0) return;
    const auto counted = parse_iso_date(found.text(4));
    if (into.cash_known && !(counted && held && *counted > *held)) return;
    into.internal_cash.minor = found.number(3);
    into.cash_known = true;
}

void group_roster_reader::read_officers(
    const std::string& officer_id,
    const std::string& branch_id,
    std::span<const staff_person> staff,
    group_roster& into
) {
    const auto named = [&](const rows& found) {
        meetings::officer out{.id = "officer:" + std::string{found.text(0)}};
        out.name = found.text(2).empty() ? found.text(1) : found.text(2);
        const auto known = std::ranges::find(staff, out.id, &staff_person::id);
        if (known != staff.end()) out.name = known->name;
        return out;
    };
    {
        officer_.bind(1, std::string_view{officer_id});
        rows found{officer_};
        if (found.next()) into.moderator = named(found);
    }
    {
        colleague_.bind(1, std::string_view{branch_id}).bind(2, std::string_view{officer_id});
        rows found{colleague_};
        if (!branch_id.empty() && found.next()) into.backup = named(found);
    }
    const auto supervises = [](const staff_person& who) {
        return std::ranges::find(who.desks, "supervisor") != who.desks.end();
    };
    auto chief = std::ranges::find_if(staff, [&](const staff_person& who) {
        return supervises(who) && who.branch_id == branch_id;
    });
    if (chief == staff.end()) chief = std::ranges::find_if(staff, supervises);
    if (chief != staff.end()) into.supervisor = {chief->id, chief->name};
}

std::int64_t group_roster_reader::payment_mark() {
    rows found{mark_};
    return found.next() ? found.number(0) : 0;
}

std::vector<arrived_payment> group_roster_reader::payments_since(
    std::string_view group_id, std::int64_t mark, std::optional<civil_date> paid_from
) {
    std::vector<arrived_payment> out;
    const auto from = paid_from ? iso_date(*paid_from) : std::string{};
    arrived_.bind(1, group_id).bind(2, mark).bind(3, std::string_view{from});
    rows found{arrived_};
    while (found.next()) {
        currency_code currency;
        if (!parse_currency(found.text(5), currency)) {
            throw damaged_portfolio{"loan " + std::string{found.text(2)} + " has no currency"};
        }
        out.push_back(
            {.mark = found.number(0),
             .client_id = std::string{found.text(1)},
             .loan_id = std::string{found.text(2)},
             .transaction = std::string{found.text(3)},
             .amount = {found.number(4), currency},
             .paid_on = parse_iso_date(found.text(6)).value_or(civil_date{})}
        );
    }
    return out;
}

}  // namespace tertulia::gateway
