#include "gateway/nudges/plan_book.hpp"

#include "dialogs/clients/contact.hpp"
#include "dialogs/engine/agent_actions.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/talks.hpp"
#include "dialogs/nudges/touches_elsewhere.hpp"
#include "gateway/nudges/parties_of.hpp"
#include "gateway/store/nudge_id.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <algorithm>
#include <optional>

namespace tertulia::gateway {
namespace {

using dialogs::nudge_anchor;

constexpr std::size_t slice_rows = 80;
constexpr int checkpoint_pages = 1000;  // SQLite's own default
constexpr std::uint64_t spread_over = 30;  // minutes, as moment_on() spreads them
constexpr int planned_before_days = 30;               // a nudge may have been put off so long
constexpr int looked_back_days = 14;  // waiting rows of what is paid are looked for so far back

}  // namespace

std::vector<todays_step> steps_of_day(
    const dialogs::nudge_rules& rules, civil_date day, const dialogs::contact_calendar& when
) {
    std::vector<todays_step> all;
    for (const auto& policy : rules.policies) {
        // These are planned where they are made.
        if (policy.counts_from == nudge_anchor::promise) continue;
        if (policy.counts_from == nudge_anchor::survey) continue;
        if (policy.counts_from == nudge_anchor::campaign) continue;
        if (policy.counts_from == nudge_anchor::feedback) continue;
        std::vector<instant> moments;
        for (std::uint64_t i = 0; i < spread_over; ++i) {
            moments.push_back(dialogs::moment_on(day, std::nullopt, policy, i, when));
        }
        for (const auto& one : dialogs::landings_on(policy, day, when)) {
            all.push_back({.policy = &policy, .what = one, .moments = moments});
        }
    }
    return all;
}

plan_book::plan_book(SQLite::Database& database)
    : database_{database},
      reader_{database},
      attentions_{database},
      changed_loans_{database, "SELECT loan_id FROM loan_changes LIMIT ?"},
      changed_clients_{database, "SELECT client_id FROM nudge_changes LIMIT ?"},
      loan_done_{database, "DELETE FROM loan_changes WHERE loan_id = ?"},
      client_done_{database, "DELETE FROM nudge_changes WHERE client_id = ?"},
      client_of_loan_{
          database,
          "SELECT client_id FROM loans WHERE id = ?1 UNION "
          "SELECT client_id FROM nudge_subjects WHERE loan_id = ?1"},
      expired_{
          database,
          "INSERT OR IGNORE INTO nudge_changes(client_id) "
          "SELECT client_id FROM nudge_subjects WHERE until > 0 AND until < ?"},
      attention_over_{
          database,
          "INSERT OR IGNORE INTO nudge_changes(client_id) "
          "SELECT client_id FROM attentions WHERE until BETWEEN ? AND ?"},
      last_version_{database, "SELECT version FROM nudge_days ORDER BY day DESC LIMIT 1"},
      all_changed_{
          database,
          "INSERT OR IGNORE INTO nudge_changes(client_id) SELECT client_id FROM nudge_subjects"},
      planned_{database, "SELECT 1 FROM nudge_days WHERE day = ? AND version = ?"},
      note_day_{
          database, "INSERT OR REPLACE INTO nudge_days(day, version, at) VALUES (?, ?, ?)"},
      subjects_{database},
      stand_{
          database,
          "UPDATE nudge_subjects SET segment = ?, anchor = ?, instalment = ?, until = ? "
          "WHERE id = ? AND (segment <> ?1 OR anchor <> ?2 OR instalment <> ?3 OR until <> ?4)"},
      loans_at_{
          database,
          "SELECT id, instalment FROM nudge_subjects WHERE anchor = ? AND segment = ? AND "
          "loan_id <> ''"},
      talks_at_{
          database,
          "SELECT id, 0 FROM nudge_subjects WHERE anchor = ? AND segment = ? AND loan_id = ''"},
      ending_on_{
          database,
          "SELECT nudge_subjects.id, 0 FROM loans JOIN nudge_subjects ON "
          "nudge_subjects.loan_id = loans.id AND nudge_subjects.client_id = loans.client_id WHERE "
          "matures_on = ? AND status = 'active'"},
      stands_at_{database, "SELECT segment, anchor FROM nudge_subjects WHERE id = ?"},
      had_{
          database,
          "SELECT at, about FROM contacts WHERE client_id = ? AND outcome = 'reached' "
          "ORDER BY at DESC LIMIT 100"},
      waiting_{
          database, "SELECT id, anchor FROM nudges WHERE id >= ? AND id < ? AND state = 0"},
      put_{
          database,
          // What was taken out as paid comes back with a payment that is taken back.
          "INSERT INTO nudges(id, segment, anchor, instalment, due) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT(id) DO UPDATE SET segment = excluded.segment, anchor = excluded.anchor, "
          "instalment = excluded.instalment, due = excluded.due, state = 0, gate = -1, reason = '' "
          "WHERE state = 2 AND party = 0 AND reason IN ('paid', 'talked')"},
      cancel_{
          database,
          "UPDATE nudges SET state = 2, gate = ?, reason = ?, decided = ? WHERE id = ?"},
      due_{
          database,
          "SELECT nudges.id, nudges.segment, nudges.anchor, nudges.instalment, nudges.due, loan_id, "
          "client_id FROM nudges JOIN nudge_subjects ON nudge_subjects.id = "
          "((nudges.id >> 12) & 17179869183) WHERE state = 0 AND due <= ? ORDER BY due LIMIT ?"},
      phones_{database, "SELECT phones FROM clients WHERE id = ?"},
      shared_{
          database, "SELECT 1 FROM client_phones WHERE phone = ? AND client_id <> ? LIMIT 1"},
      idea_{
          database,
          "SELECT owner, words FROM feedback WHERE id = ? AND client_id = ? AND decision = 1 AND tells = 1"},
      subjects_of_{database, "SELECT id, loan_id FROM nudge_subjects WHERE client_id = ?"},
      sent_{
          database,
          "SELECT id, instalment, numbers, decided, party FROM nudges WHERE id >= ? AND id < ? AND "
          "state = 1 AND dialog <> '' AND decided > ?"},
      touched_{
          database,
          "SELECT party, at, detail FROM records WHERE kind = ? AND party IN (" + parties_of("?2") +
              ") AND at > ? ORDER BY id"},
      refuse_{
          database,
          "UPDATE nudges SET state = 2, gate = ?, reason = ?, decided = ? WHERE id = ? AND "
          "state = 0"},
      keep_back_{
          database,
          "UPDATE nudges SET state = 2, gate = ?, reason = ?, numbers = ?, decided = ? WHERE id = ? "
          "AND state = 0"},
      settle_{
          database,
          "UPDATE nudges SET state = 2, gate = ?, reason = 'step_broke', decided = ? "
          "WHERE id = ? AND state = 0 AND due = ?"},
      broken_{
          database,
          "SELECT count(*) FROM promises WHERE client_id = ? AND state = 2 AND promised_for >= ?"} {
    static_assert(nudge_policy_bits + nudge_step_bits == 12 && nudge_subjects_max == 17179869183);
}

// ---- how loans stand

std::size_t plan_book::take_changes(const plan_rules& by, std::size_t most) {
    std::vector<std::string> loans;
    std::vector<std::string> clients;
    const auto read = [most](statement& from, std::vector<std::string>& into) {
        from.bind(1, static_cast<std::int64_t>(most));
        for (rows found{from}; found.next();) into.emplace_back(found.text(0));
    };
    read(changed_loans_, loans);
    read(changed_clients_, clients);
    if (loans.empty() && clients.empty()) return 0;
    SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
    for (const auto& loan : loans) {
        client_of_loan_.bind(1, std::string_view{loan});
        for (rows found{client_of_loan_}; found.next();) clients.emplace_back(found.text(0));
        loan_done_.bind(1, std::string_view{loan}).run();
    }
    std::ranges::sort(clients);
    clients.erase(std::unique(clients.begin(), clients.end()), clients.end());
    for (const auto& client : clients) {
        client_done_.bind(1, std::string_view{client}).run();
        if (!client.empty()) stand_anew(client, by);
    }
    transaction.commit();
    return clients.size();
}

void plan_book::expire(civil_date today) {
    expired_.bind(1, day_number(today)).run();
    // Longer than the gateway is ever down; who is looked at in vain costs nothing.
    const auto day = instant{std::chrono::sys_days{today}};
    attention_over_.bind(1, to_millis(day - std::chrono::days{45}));
    attention_over_.bind(2, to_millis(day + std::chrono::days{1})).run();
}

void plan_book::note_policies(std::string_view version) {
    {
        rows last{last_version_};
        if (!last.next() || last.text(0) == version) return;
    }
    all_changed_.run();
}

int plan_book::broken_promises(std::string_view client_id, const plan_rules& by) {
    const auto since = iso_date(plus_days(by.today, -static_cast<int>(by.broken_within.count())));
    broken_.bind(1, client_id).bind(2, std::string_view{since});
    rows found{broken_};
    return found.next() ? static_cast<int>(found.number(0)) : 0;
}

void plan_book::stand_anew(const std::string& client_id, const plan_rules& by) {
    const auto loans = reader_.loans_ever(client_id);
    const auto* policy = by.rules.counting_from(nudge_anchor::instalment);
    const int broken = broken_promises(client_id, by);
    const auto wanted = attentions_.of(client_id, by.now).wanted;
    for (const auto& one : loans) {
        stand_point now;
        auto stands = policy == nullptr ? std::nullopt
                                        : dialogs::standing_of(loans, one, by.today);
        if (stands) {
            stands->history.broken_promises = broken;
            const auto* segment = policy->segment_of(stands->history, wanted);
            now = {
                .segment = segment == nullptr ? std::string{} : segment->name,
                .anchor = stands->due,
                .instalment = stands->instalment,
                .until = stands->until};
        }
        stand(subjects_.of(one.id, client_id), nudge_anchor::instalment, now, by);
    }
    if (by.rules.counting_from(nudge_anchor::contact) != nullptr) stand_for_contact(client_id, loans, by);
}

void plan_book::stand_for_contact(
    const std::string& client_id, std::span<const loan> loans, const plan_rules& by
) {
    const auto subject = subjects_.of({}, client_id);
    std::optional<dialogs::contact_due_on> open;
    stands_at_.bind(1, subject);
    if (rows found{stands_at_}; found.next() && found.number(1) > 0) {
        if (const auto stage = dialogs::parse_contact_stage(found.text(0))) {
            open = {*stage, day_of_number(static_cast<int>(found.number(1)))};
        }
    }
    std::vector<dialogs::past_contact> had;
    had_.bind(1, std::string_view{client_id});
    for (rows found{had_}; found.next();) {
        had.push_back(
            {.on = by.when.local().date_of(from_millis(found.number(0))),
             .about = std::string{found.text(1)}}
        );
    }
    const auto due =
        dialogs::talk_to_plan(by.rules, client_id, loans, had, open, by.today);
    stand_point now;
    if (due) {
        now = {
            .segment = std::string{dialogs::name_of(due->stage)},
            .anchor = due->on,
            .until = plus_days(due->on, dialogs::contact_every_days - 1)};
    }
    stand(subject, nudge_anchor::contact, now, by);
}

void plan_book::stand(
    std::int64_t subject, nudge_anchor policy, const stand_point& now, const plan_rules& by
) {
    const auto anchor = now.anchor ? day_number(*now.anchor) : 0;
    stand_.bind(1, std::string_view{now.segment}).bind(2, anchor).bind(3, now.instalment);
    stand_.bind(4, now.anchor ? day_number(now.until) : 0).bind(5, subject).run();
    const auto today = day_number(by.today);
    std::vector<std::int64_t> over;
    for (int day = today - looked_back_days; day <= today; ++day) {
        waiting_.bind(1, first_nudge_of(day, subject)).bind(2, first_nudge_of(day, subject + 1));
        for (rows found{waiting_}; found.next();) {
            const bool other = nudge_at(found.number(0)).policy == policy && found.number(1) != anchor;
            if (other) over.push_back(found.number(0));
        }
    }
    for (const auto id : over) {
        cancel_.bind(1, static_cast<std::int64_t>(dialogs::gate::balance));
        cancel_.bind(2, std::string_view{policy == nudge_anchor::contact ? "talked" : "paid"});
        cancel_.bind(3, to_millis(by.now)).bind(4, id).run();
    }
    if (!now.anchor) return;
    for (const auto& step : by.steps) {
        const bool its = step.policy->counts_from == policy &&
                         step.what.segment->name == now.segment && step.what.anchor == *now.anchor;
        if (!its) continue;
        const auto turn = static_cast<std::uint64_t>(subject) % step.moments.size();
        put(subject, step, now.instalment, step.moments[turn], by);
    }
}

// ---- a day

bool plan_book::is_planned(civil_date day, std::string_view version) {
    planned_.bind(1, day_number(day)).bind(2, version);
    return rows{planned_}.next();
}

void plan_book::put(
    std::int64_t subject, const todays_step& step, int instalment, instant due,
    const plan_rules& by
) {
    put_.bind(
        1,
        nudge_id(
            {.day = day_number(by.today),
             .subject = subject,
             .policy = step.policy->counts_from,
             .step = step.what.step->day}
        )
    );
    put_.bind(2, std::string_view{step.what.segment->name}).bind(3, day_number(step.what.anchor));
    put_.bind(4, instalment);
    put_.bind(5, to_millis(due)).run();
}

namespace {

// A plan that a power cut takes is made again, as the day is noted last and for good: its slices do not
// wait for the disk, where the turns of who writes meanwhile would wait behind them.
class made_again_if_lost {
public:
    explicit made_again_if_lost(SQLite::Database& in) : in_{in} {
        in_.exec("PRAGMA synchronous = NORMAL");
        sqlite3_wal_autocheckpoint(in_.getHandle(), 0);
    }
    ~made_again_if_lost() {
        sqlite3_wal_autocheckpoint(in_.getHandle(), checkpoint_pages);
        in_.tryExec("PRAGMA synchronous = FULL");
    }
    made_again_if_lost(const made_again_if_lost&) = delete;
    made_again_if_lost& operator=(const made_again_if_lost&) = delete;

private:
    SQLite::Database& in_;
};

}  // namespace

// All of the day together and then in the order of the table, their moments in that order, too: so each
// page of it and of the index of what waits is written once, and a slice writes a few pages.
std::size_t plan_book::plan_day(const plan_rules& by, const std::function<void()>& breathe) {
    struct to_plan {
        std::int64_t subject{};
        int instalment{};
        std::uint32_t step{};
    };
    std::vector<to_plan> all;
    const auto before = database_.getTotalChanges();
    for (std::uint32_t index = 0; index < by.steps.size(); ++index) {
        const auto& step = by.steps[index];
        const auto anchor = step.policy->counts_from;
        const auto day = iso_date(step.what.anchor);
        auto& from = anchor == nudge_anchor::loan_end  ? ending_on_
                     : anchor == nudge_anchor::contact ? talks_at_
                                                       : loans_at_;
        if (anchor == nudge_anchor::loan_end) {
            from.bind(1, std::string_view{day});
        } else {
            from.bind(1, day_number(step.what.anchor));
            from.bind(2, std::string_view{step.what.segment->name});
        }
        for (rows found{from}; found.next();) {
            all.push_back({found.number(0), static_cast<int>(found.number(1)), index});
        }
    }
    std::ranges::sort(all, {}, &to_plan::subject);
    {
        const made_again_if_lost meanwhile{database_};
        for (std::size_t i = 0; i < all.size(); i += slice_rows) {
            SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
            const auto end = std::min(all.size(), i + slice_rows);
            for (auto k = i; k < end; ++k) {
                const auto& one = all[k];
                const auto& step = by.steps[one.step];
                put(one.subject, step, one.instalment, step.moments[k * step.moments.size() / all.size()], by);
            }
            transaction.commit();
            breathe();
        }
    }
    const auto made = static_cast<std::size_t>(database_.getTotalChanges() - before);
    note_day_.bind(1, day_number(by.today)).bind(2, by.version).bind(3, to_millis(by.now)).run();
    return made;
}

// ---- what falls due

std::vector<due_nudge> plan_book::due(
    const dialogs::nudge_rules& rules, instant now, std::size_t most,
    const std::function<bool(const std::string& client_id)>& left_out
) {
    std::vector<due_nudge> all;
    due_.bind(1, to_millis(now)).bind(2, static_cast<std::int64_t>(most));
    for (rows found{due_}; found.next();) {
        const auto place = nudge_at(found.number(0));
        due_nudge one;
        one.what.client_id = found.text(6);
        if (left_out && left_out(one.what.client_id)) continue;
        one.what.id = found.number(0);
        const auto* policy = rules.counting_from(place.policy);
        one.what.policy = policy == nullptr ? dialogs::name_of(place.policy) : policy->name;
        one.what.segment = found.text(1);
        one.what.day = day_of_step(place);
        const auto* step =
            policy == nullptr ? nullptr : policy->step_of(one.what.segment, one.what.day);
        one.has_task = step != nullptr && !step->task.empty();
        one.what.anchor = day_of_number(static_cast<int>(found.number(2)));
        one.what.instalment = static_cast<int>(found.number(3));
        one.what.due = from_millis(found.number(4));
        one.what.loan_id = found.text(5);
        all.push_back(std::move(one));
    }
    for (auto& one : all) {
        look_for_attention(one, rules, now);
        if (nudge_at(one.what.id).policy == nudge_anchor::feedback) look_for_answer(one);
        phones_.bind(1, std::string_view{one.what.client_id});
        rows found{phones_};
        if (!found.next()) continue;
        one.phones = split_phones(found.text(0));
        if (one.phones.size() < 2) continue;
        look_for_touches(one, rules, now);
        for (const auto& phone : one.phones) {
            shared_.bind(1, std::string_view{phone}).bind(2, std::string_view{one.what.client_id});
            if (rows known{shared_}; known.next()) one.shared_phones.push_back(phone);
        }
    }
    return all;
}

void plan_book::look_for_answer(due_nudge& one) {
    idea_.bind(1, one.what.instalment).bind(2, std::string_view{one.what.client_id});
    rows found{idea_};
    if (!found.next()) return;
    one.answered_by = found.text(0);
    one.answer = found.text(1);
}

// She may have a conversation by each of them.
void plan_book::look_for_touches(
    due_nudge& one, const dialogs::nudge_rules& rules, instant now
) {
    const auto& client = one.what.client_id;
    const auto since = to_millis(now - touches_looked_back);
    const auto today = day_number(civil_date{std::chrono::floor<std::chrono::days>(now)}) + 1;
    std::vector<std::pair<std::int64_t, std::string>> hers;
    subjects_of_.bind(1, std::string_view{client});
    for (rows found{subjects_of_}; found.next();) hers.emplace_back(found.number(0), found.text(1));
    for (const auto& [subject, loan] : hers) {
        for (int day = today - planned_before_days; day <= today; ++day) {
            sent_.bind(1, first_nudge_of(day, subject)).bind(2, first_nudge_of(day, subject + 1));
            sent_.bind(3, since);
            for (rows found{sent_}; found.next();) {
                const auto place = nudge_at(found.number(0));
                const auto* policy = rules.counting_from(place.policy);
                one.touches.push_back(
                    {.party = {found.number(4)},
                     .what = {
                         .at = from_millis(found.number(3)),
                         .client_id = client,
                         .loan_id = loan,
                         .instalment = static_cast<int>(found.number(1)),
                         .policy = policy == nullptr ? std::string{dialogs::name_of(place.policy)}
                                                     : policy->name,
                         .day = day_of_step(place),
                         .nudge = found.number(0),
                         .channel = std::string{found.text(2)}}}
                );
            }
        }
    }
    touched_.bind(1, dialogs::touched_record).bind(2, std::string_view{client}).bind(3, since);
    for (rows found{touched_}; found.next();) {
        const auto detail = found.text(2);
        const auto blank = detail.find(' ');
        if (blank == std::string_view::npos || detail.substr(blank + 1) != client) continue;
        one.touches.push_back(
            {.party = {found.number(0)},
             .what = {
                 .at = from_millis(found.number(1)),
                 .client_id = client,
                 .nudge = dialogs::touch_of_no_nudge,
                 .channel = std::string{detail.substr(0, blank)}}}
        );
    }
    std::ranges::sort(one.touches, {}, [](const touch_of_party& it) { return it.what.at; });
}

// A step that has a task, too, is handed on: people have something to do.
void plan_book::look_for_attention(
    due_nudge& one, const dialogs::nudge_rules& rules, instant now
) {
    const auto* policy = rules.find(one.what.policy);
    if (policy == nullptr || policy->counts_from != nudge_anchor::instalment || one.has_task) return;
    const auto* segment = policy->find(one.what.segment);
    const auto* step = policy->step_of(one.what.segment, one.what.day);
    if (step == nullptr || one.what.day > 0) return;
    const auto held = attentions_.of(one.what.client_id, now);
    if (!segment->keeps_back(held.wanted, *step)) return;
    one.kept_by = "officer_" + std::string{dialogs::name_of(held.wanted)};
    one.kept_until = "until " + iso_date(civil_date{std::chrono::floor<std::chrono::days>(held.until - std::chrono::hours{12})});
}

void plan_book::keep_back(const due_nudge& what, instant now) {
    keep_back_.bind(1, static_cast<std::int64_t>(dialogs::gate::opt_out));
    keep_back_.bind(2, std::string_view{what.kept_by}).bind(3, std::string_view{what.kept_until});
    keep_back_.bind(4, to_millis(now)).bind(5, what.what.id).run();
}

void plan_book::settle(std::span<const handed_nudge> what, instant now) {
    if (what.empty()) return;
    SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
    for (const auto& one : what) {
        settle_.bind(1, static_cast<std::int64_t>(dialogs::gate::row)).bind(2, to_millis(now));
        settle_.bind(3, one.id).bind(4, to_millis(one.due)).run();
    }
    transaction.commit();
}

void plan_book::refuse(std::int64_t id, std::string_view reason, instant now) {
    refuse_.bind(1, static_cast<std::int64_t>(dialogs::gate::consent)).bind(2, reason);
    refuse_.bind(3, to_millis(now)).bind(4, id).run();
}

}  // namespace tertulia::gateway
