#include "gateway/nudges/campaign_book.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/gates.hpp"
#include "dialogs/script/dialog_source.hpp"
#include "gateway/nudges/known_staff.hpp"
#include "gateway/store/nudge_id.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <array>

namespace tertulia::gateway {
namespace {

using dialogs::nudge_anchor;

constexpr std::array<std::string_view, 5> campaign_state_names{
    "prepared", "running", "paused", "ended", "done"};
constexpr std::int64_t held_until = 4'102'444'800'000;  // the year 2100: a pause has no end of its own
constexpr std::chrono::milliseconds a_minute_long = std::chrono::minutes{1};

// Of the plan, rows that are a campaign's: the policy's place in nudge_id().
constexpr std::string_view is_of_campaign =
    "((nudges.id >> 8) & 15) = 5 AND EXISTS (SELECT 1 FROM campaign_people JOIN campaigns ON "
    "campaigns.id = campaign_people.campaign WHERE nudge = nudges.id AND client_id = (SELECT client_id "
    "FROM nudge_subjects WHERE nudge_subjects.id = ((nudges.id >> 12) & 17179869183)) AND ";
static_assert(nudge_step_bits == 8 && nudge_policy_bits == 4);
static_assert(static_cast<int>(nudge_anchor::campaign) == 5);

std::string of_campaign(std::string_view update, std::string_view which) {
    return std::string{update} + std::string{is_of_campaign} + std::string{which} + ")";
}

campaign_result refused(std::string words) {
    return {campaign_answer::refused, std::move(words)};
}
campaign_result bad(std::string words) { return {campaign_answer::bad, std::move(words)}; }

std::string nobody_of_staff(const campaign_act& how, const std::string& does) {
    const auto who = how.by.empty() ? "say who " + does + " it" : "'" + how.by + "' is nobody of the staff, or several";
    return who + ": two people we know stand behind it: " + staff_named(how.staff);
}

std::string people_in_words(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " person" : " people");
}

}  // namespace

std::string_view name_of(campaign_state state) noexcept {
    return campaign_state_names[static_cast<std::size_t>(state)];
}

bool campaign_audience::is_nobody() const noexcept {
    return !everybody && branch.empty() && group.empty() && officer.empty() && product.empty() &&
           segment.empty();
}

std::string in_words(const campaign_audience& of) {
    std::string text;
    const auto add = [&text](std::string_view what, const std::string& value) {
        if (value.empty()) return;
        text += (text.empty() ? "" : ", ") + std::string{what} + " " + value;
    };
    add("branch", of.branch);
    add("group", of.group);
    add("officer", of.officer);
    add("product", of.product);
    add("segment", of.segment);
    return text.empty() ? "everybody with a running loan" : text;
}

campaign_book::campaign_book(SQLite::Database& database)
    : database_{database},
      subjects_{database},
      add_{
          database,
          "INSERT INTO campaigns(name, says, audience, a_minute, until) VALUES (?, ?, ?, ?, ?)"},
      add_person_{database, "INSERT INTO campaign_people(campaign, client_id) VALUES (?, ?)"},
      named_{
          database,
          "SELECT id, name, says, audience, a_minute, until, state FROM campaigns WHERE name = ?"},
      in_state_{
          database,
          "SELECT id, name, says, audience, a_minute, until, state FROM campaigns WHERE state = ? "
          "ORDER BY id"},
      newest_{
          database,
          "SELECT id, name, says, audience, a_minute, until, state FROM campaigns ORDER BY id DESC "
          "LIMIT 200"},
      move_{database, "UPDATE campaigns SET state = ? WHERE id = ?"},
      note_{
          database, "INSERT INTO campaign_history(campaign, at, who, what) VALUES (?, ?, ?, ?)"},
      history_{
          database, "SELECT at, who, what FROM campaign_history WHERE campaign = ? ORDER BY id"},
      people_{
          database,
          "SELECT DISTINCT clients.id FROM clients JOIN loans ON loans.client_id = clients.id "
          "WHERE loans.status = 'active' AND (?1 = '' OR clients.branch_id = ?1) AND "
          "(?2 = '' OR clients.group_id = ?2) AND (?3 = '' OR clients.officer_id = ?3) AND "
          "(?4 = '' OR loans.product = ?4) AND (?5 = '' OR EXISTS (SELECT 1 FROM nudge_subjects "
          "WHERE nudge_subjects.client_id = clients.id AND loan_id = loans.id AND segment = ?5)) "
          "ORDER BY clients.id"},
      held_{database, "SELECT count(*) FROM campaigns WHERE state = 2"},
      counts_{
          database,
          "SELECT min(nudge, 1) AS stage, nudges.state, nudges.reason, hers.reason, count(*) FROM "
          "campaign_people AS hers LEFT JOIN nudges ON nudges.id = nudge WHERE campaign = ? "
          "GROUP BY stage, nudges.state, nudges.reason, hers.reason"},
      hold_{
          database,
          of_campaign(
              "UPDATE nudges SET due = ?1 WHERE state = 0 AND due <= ?2 AND ", "campaigns.state = 2"
          )},
      let_go_{
          database,
          of_campaign(
              "UPDATE nudges SET due = ?1 WHERE state = 0 AND due = ?2 AND ", "campaigns.id = ?3"
          )},
      stop_{
          database,
          of_campaign(
              "UPDATE nudges SET state = 2, gate = ?1, reason = 'campaign_ended', decided = ?2 WHERE "
              "state = 0 AND ",
              "campaigns.id = ?3"
          )},
      nobody_more_{
          database,
          "UPDATE campaign_people SET nudge = -1, reason = ? WHERE campaign = ? AND nudge = 0"},
      lately_{
          database,
          "SELECT count(*) FROM campaign_people WHERE campaign = ? AND nudge > 0 AND released > ? AND "
          "released <= ?"},
      next_{
          database,
          "SELECT client_id FROM campaign_people WHERE campaign = ? AND nudge = 0 AND "
          "not_before <= ? LIMIT ?"},
      under_way_{
          database,
          of_campaign("SELECT 1 WHERE EXISTS (SELECT 1 FROM campaign_people WHERE campaign = ?1 AND "
                      "nudge = 0) OR EXISTS (SELECT 1 FROM nudges WHERE state = 0 AND ",
                      "campaigns.id = ?1)")},
      not_today_{
          database,
          "UPDATE campaign_people SET not_before = ? WHERE campaign = ? AND client_id = ?"},
      put_{
          database,
          "INSERT OR IGNORE INTO nudges(id, segment, anchor, instalment, due) "
          "VALUES (?, ?, ?, 0, ?)"},
      released_{
          database,
          "UPDATE campaign_people SET nudge = ?, released = ? WHERE campaign = ? AND client_id = ?"},
      own_{database} {}

// ---- what people do

campaign_result campaign_book::prepare(
    const campaign_draft& draft, const campaign_act& how, const dialogs::nudge_rules& rules
) {
    if (!dialogs::is_name(draft.name)) {
        return bad("'" + draft.name + "' cannot be a name: small letters, digits and _, a letter first");
    }
    const auto* who = staff_called(how.staff, how.by);
    if (who == nullptr) return bad(nobody_of_staff(how, "prepares"));
    const auto* policy = rules.counting_from(nudge_anchor::campaign);
    if (policy == nullptr) {
        return bad("no policy of nudges/ counts from campaigns: there is nothing that may be said");
    }
    if (policy->find(draft.says) == nullptr) {
        std::string all;
        for (const auto& one : policy->segments) all += (all.empty() ? "" : ", ") + one.name;
        return bad("the policy '" + policy->name + "' has no '" + draft.says + "': it has " + all);
    }
    if (draft.a_minute < 1 || draft.a_minute > campaign_a_minute_most) {
        return bad("from 1 to " + std::to_string(campaign_a_minute_most) + " people a minute");
    }
    const auto days = draft.until.ok() ? days_between(how.today, draft.until) : -1;
    if (days < 0 || days > campaign_days_most) {
        return bad(
            "the last day is from today to " + std::to_string(campaign_days_most) + " days from now"
        );
    }
    if (draft.to.is_nobody()) return bad("say whom: a branch, group, officer, product or segment, or everybody");
    const auto all = people_of(draft.to);
    if (all.empty()) {
        return bad("nobody with a running loan is in: " + in_words(draft.to) + known_of(draft.to));
    }
    if (named(draft.name)) {
        return refused("there is a campaign '" + draft.name + "' already: names are used once");
    }
    const auto to = in_words(draft.to);
    SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
    add_.bind(1, std::string_view{draft.name}).bind(2, std::string_view{draft.says});
    add_.bind(3, std::string_view{to}).bind(4, draft.a_minute).bind(5, day_number(draft.until)).run();
    const auto id = database_.getLastInsertRowid();
    for (const auto& one : all) add_person_.bind(1, id).bind(2, std::string_view{one}).run();
    auto known = how;
    known.by = who->id;
    note(id, known, "prepared");
    transaction.commit();
    return {
        campaign_answer::done,
        draft.name + " is prepared for " + people_in_words(all.size()) + " (" + to +
            "). Nothing leaves before somebody else approves it."};
}

campaign_result campaign_book::approve(std::string_view name, const campaign_act& how) {
    const auto one = named(name);
    if (!one) return {campaign_answer::unknown, "there is no campaign '" + std::string{name} + "'"};
    const auto* who = staff_called(how.staff, how.by);
    if (who == nullptr) return bad(nobody_of_staff(how, "approves"));
    if (one->state != campaign_state::prepared) {
        return refused(one->name + " is " + std::string{name_of(one->state)} + ": there is nothing to approve");
    }
    const auto first = who_prepared(one->id);
    const auto* before = staff_called(how.staff, first);
    if (before == nullptr) {
        return refused("who prepared it, '" + first + "', is nobody of the staff: end it, and prepare another");
    }
    if (is_same_person(*before, *who)) {
        return refused(first + " has prepared it: somebody else has to approve it");
    }
    if (one->until < day_number(how.today)) {
        return refused("its last day, " + iso_date(day_of_number(one->until)) + ", is over: prepare it anew");
    }
    SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
    move(*one, campaign_state::running);
    auto known = how;
    known.by = who->id;
    note(one->id, known, "approved");
    transaction.commit();
    return {
        campaign_answer::done,
        one->name + " is approved: up to " + std::to_string(one->a_minute) +
            " people a minute, within the hours people may be written to"};
}

campaign_result campaign_book::pause(std::string_view name, const campaign_act& how) {
    const auto one = named(name);
    if (!one) return {campaign_answer::unknown, "there is no campaign '" + std::string{name} + "'"};
    if (one->state != campaign_state::running) {
        return refused(one->name + " is " + std::string{name_of(one->state)} + ", and does not run");
    }
    SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
    move(*one, campaign_state::paused);
    hold(instant{std::chrono::milliseconds{held_until - 1}});
    note(one->id, how, "paused");
    transaction.commit();
    return {
        campaign_answer::done,
        one->name + " is paused. What was already on its way may still arrive."};
}

campaign_result campaign_book::resume(std::string_view name, const campaign_act& how) {
    const auto one = named(name);
    if (!one) return {campaign_answer::unknown, "there is no campaign '" + std::string{name} + "'"};
    if (one->state != campaign_state::paused) {
        return refused(one->name + " is " + std::string{name_of(one->state)} + ", and not paused");
    }
    SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
    move(*one, campaign_state::running);
    let_go_.bind(1, to_millis(how.at)).bind(2, held_until).bind(3, one->id).run();
    note(one->id, how, "resumed");
    transaction.commit();
    return {campaign_answer::done, one->name + " goes on"};
}

campaign_result campaign_book::end(std::string_view name, const campaign_act& how) {
    const auto one = named(name);
    if (!one) return {campaign_answer::unknown, "there is no campaign '" + std::string{name} + "'"};
    if (one->state == campaign_state::ended || one->state == campaign_state::done) {
        return refused(one->name + " is " + std::string{name_of(one->state)} + " already");
    }
    SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
    move(*one, campaign_state::ended);
    stop_.bind(1, static_cast<std::int64_t>(dialogs::gate::row)).bind(2, to_millis(how.at));
    stop_.bind(3, one->id).run();
    nobody_more(*one, "campaign_ended");
    note(one->id, how, "ended");
    transaction.commit();
    return {campaign_answer::done, one->name + " is ended: nobody else hears of it"};
}

std::optional<campaign_view> campaign_book::find(std::string_view name) {
    const auto one = named(name);
    if (!one) return std::nullopt;
    auto made = view_of(*one);
    history_.bind(1, one->id);
    for (rows found{history_}; found.next();) {
        made.history.push_back(
            {from_millis(found.number(0)), std::string{found.text(1)}, std::string{found.text(2)}}
        );
    }
    return made;
}

std::vector<campaign_view> campaign_book::all() {
    std::vector<row> each;
    for (rows found{newest_}; found.next();) {
        each.push_back(
            {found.number(0), std::string{found.text(1)}, std::string{found.text(2)},
             std::string{found.text(3)}, static_cast<int>(found.number(4)),
             static_cast<int>(found.number(5)), static_cast<campaign_state>(found.number(6))}
        );
    }
    std::vector<campaign_view> made;
    for (const auto& one : each) made.push_back(view_of(one));
    return made;
}

// ---- what the gateway does

std::size_t campaign_book::go_on(
    const dialogs::nudge_rules& rules, const dialogs::contact_calendar& when, instant now
) {
    bool any_paused = false;
    if (rows found{held_}; found.next()) any_paused = found.number(0) > 0;
    if (any_paused) hold(now);
    const auto running = in_state(campaign_state::running);
    if (running.empty()) return 0;
    const auto* policy = rules.counting_from(nudge_anchor::campaign);
    const auto today = day_number(when.local().date_of(now));
    const bool open = when.open_at(now);
    std::size_t made = 0;
    for (const auto& one : running) {
        if (today > one.until) {
            SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
            nobody_more(one, "no_day_left");
            move(one, campaign_state::done);
            note(one.id, {.by = {}, .at = now, .today = {}}, "its last day is over");
            transaction.commit();
            continue;
        }
        // What is no longer declared waits until it is again: it would be refused to everybody at once.
        const bool is_there = policy != nullptr && policy->find(one.says) != nullptr;
        if (open && is_there) made += release(one, today, now);
    }
    return made;
}

std::size_t campaign_book::release(const row& of, int today, instant now) {
    lately_.bind(1, of.id).bind(2, to_millis(now - a_minute_long)).bind(3, to_millis(now));
    std::int64_t room = of.a_minute;
    if (rows found{lately_}; found.next()) room -= found.number(0);
    if (room <= 0) return 0;
    std::vector<std::string> turn;
    next_.bind(1, of.id).bind(2, today).bind(3, room);
    for (rows found{next_}; found.next();) turn.emplace_back(found.text(0));
    under_way_.bind(1, of.id);
    const bool over = turn.empty() && !rows{under_way_}.next();
    if (turn.empty() && !over) return 0;  // the others wait for another day, or for their moment
    SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
    std::size_t made = 0;
    for (const auto& client : turn) {
        const auto wait = [&] {
            not_today_.bind(1, today + 1).bind(2, of.id).bind(3, std::string_view{client}).run();
        };
        if (own_.has(client, today)) {
            wait();
            continue;
        }
        const auto id = nudge_id(
            {.day = today,
             .subject = subjects_.of({}, client),
             .policy = nudge_anchor::campaign,
             .step = static_cast<int>(of.id % 256) - nudge_step_zero}
        );
        // Evenly within the minute: a pause catches those whose moment has not come.
        const auto due = now + a_minute_long * static_cast<std::int64_t>(made) / of.a_minute;
        const auto before = database_.getTotalChanges();
        put_.bind(1, id).bind(2, std::string_view{of.says}).bind(3, of.until);
        put_.bind(4, to_millis(due)).run();
        if (database_.getTotalChanges() == before) {
            wait();
            continue;
        }
        released_.bind(1, id).bind(2, to_millis(now)).bind(3, of.id);
        released_.bind(4, std::string_view{client}).run();
        ++made;
    }
    if (over) {
        move(of, campaign_state::done);
        note(of.id, {.by = {}, .at = now, .today = {}}, "everybody has had her turn");
    }
    transaction.commit();
    return made;
}

// What was put into the plan before the pause, or put off until after it.
void campaign_book::hold(instant now) {
    hold_.bind(1, held_until).bind(2, to_millis(now)).run();
}

void campaign_book::nobody_more(const row& of, std::string_view reason) {
    nobody_more_.bind(1, reason).bind(2, of.id).run();
}

// ---- rows

void campaign_book::note(std::int64_t campaign, const campaign_act& how, std::string_view what) {
    note_.bind(1, campaign).bind(2, to_millis(how.at)).bind(3, std::string_view{how.by});
    note_.bind(4, what).run();
}

void campaign_book::move(const row& of, campaign_state to) {
    move_.bind(1, static_cast<std::int64_t>(to)).bind(2, of.id).run();
}

std::vector<campaign_book::row> campaign_book::in_state(campaign_state state) {
    std::vector<row> all;
    in_state_.bind(1, static_cast<std::int64_t>(state));
    for (rows found{in_state_}; found.next();) {
        all.push_back(
            {found.number(0), std::string{found.text(1)}, std::string{found.text(2)},
             std::string{found.text(3)}, static_cast<int>(found.number(4)),
             static_cast<int>(found.number(5)), static_cast<campaign_state>(found.number(6))}
        );
    }
    return all;
}

std::optional<campaign_book::row> campaign_book::named(std::string_view name) {
    named_.bind(1, name);
    rows found{named_};
    if (!found.next()) return std::nullopt;
    return row{
        found.number(0), std::string{found.text(1)}, std::string{found.text(2)},
        std::string{found.text(3)}, static_cast<int>(found.number(4)),
        static_cast<int>(found.number(5)), static_cast<campaign_state>(found.number(6))};
}

campaign_view campaign_book::view_of(const row& of) {
    campaign_view made{
        .name = of.name,
        .says = of.says,
        .to = of.to,
        .a_minute = of.a_minute,
        .until = day_of_number(of.until),
        .state = of.state};
    counts_.bind(1, of.id);
    for (rows found{counts_}; found.next();) {
        const auto count = found.number(4);
        made.people += count;
        if (found.number(0) == 0) {
            made.to_come += count;
        } else if (found.number(0) < 0) {
            made.kept[std::string{found.text(3)}] += count;
        } else if (found.number(1) == 0) {
            made.waiting += count;
        } else if (found.number(1) == 1) {
            made.sent += count;
        } else {
            made.kept[std::string{found.text(2)}] += count;
        }
    }
    return made;
}

std::vector<std::string> campaign_book::people_of(const campaign_audience& to) {
    std::vector<std::string> all;
    people_.bind(1, std::string_view{to.branch}).bind(2, std::string_view{to.group});
    people_.bind(3, std::string_view{to.officer}).bind(4, std::string_view{to.product});
    people_.bind(5, std::string_view{to.segment});
    for (rows found{people_}; found.next();) all.emplace_back(found.text(0));
    return all;
}

std::string campaign_book::who_prepared(std::int64_t campaign) {
    history_.bind(1, campaign);
    rows found{history_};
    return found.next() ? std::string{found.text(1)} : std::string{};
}

// What could have been meant: the values there are of what was named.
std::string campaign_book::known_of(const campaign_audience& to) {
    std::string said;
    const auto list = [&](bool asked, std::string_view what, const char* sql) {
        if (!asked) return;
        statement all{database_, sql};
        std::string names;
        for (rows found{all}; found.next();) {
            names += (names.empty() ? "" : ", ") + std::string{found.text(0)};
        }
        said += "; " + std::string{what} + ": " + (names.empty() ? "none" : names);
    };
    constexpr auto active = " WHERE status = 'active' ";
    list(!to.branch.empty(), "branches", "SELECT id FROM branches ORDER BY id LIMIT 20");
    list(!to.officer.empty(), "officers", "SELECT id FROM officers ORDER BY id LIMIT 20");
    list(!to.group.empty(), "groups", "SELECT id FROM village_banks ORDER BY id LIMIT 20");
    list(
        !to.product.empty(), "products",
        (std::string{"SELECT DISTINCT product FROM loans"} + active + "ORDER BY 1 LIMIT 20").c_str()
    );
    list(
        !to.segment.empty(), "segments",
        "SELECT DISTINCT segment FROM nudge_subjects WHERE loan_id <> '' AND segment <> '' "
        "ORDER BY 1 LIMIT 20"
    );
    return said;
}

}  // namespace tertulia::gateway
