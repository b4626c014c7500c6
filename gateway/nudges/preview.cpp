#include "gateway/nudges/preview.hpp"

#include "dialogs/clients/contact.hpp"
#include "dialogs/clients/preferences.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/gates.hpp"
#include "dialogs/nudges/plain_words.hpp"
#include "dialogs/nudges/standing.hpp"
#include "dialogs/services/payment_claims.hpp"
#include "dialogs/services/record_fields.hpp"
#include "gateway/nudges/parties_of.hpp"
#include "gateway/store/nudge_id.hpp"

#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace tertulia::gateway {
namespace {

// What has no day of its own (an open complaint, a case that is worked on) is not known to hold longer.
constexpr int known_ahead_days = 7;
constexpr int decided_before_days = 30 + dialogs::ladder_days_most;  // a nudge may have been put off so long
constexpr int case_closed = 4;                                       // as in the table cases

// What was sent or decided before, of one subject of the plan.
struct decided_row {
    std::int64_t subject{};
    std::int64_t id{};
    int anchor{};
    int instalment{};
    bool said{};
    std::int64_t at{};
    std::string channel{};
};

// All that is known of one client on the first day: what the planner looks at, and of her conversations
// what the records say.
class what_is_known {
public:
    what_is_known(SQLite::Database& database, const plan_rules& by, int days, const std::string& client)
        : by_{by},
          reader_{database},
          attentions_{database},
          broken_{
              database,
              "SELECT count(*) FROM promises WHERE client_id = ? AND state = 2 AND promised_for >= ?"},
          promises_{
              database, "SELECT loan_id, promised_for FROM promises WHERE client_id = ? AND state = 0"},
          group_{database, "SELECT group_id FROM clients WHERE id = ?"},
          number_{
              database,
              "SELECT 1 FROM identities WHERE value IN (SELECT phone FROM client_phones WHERE "
              "client_id = ?) LIMIT 1"},
          whatsapp_{
              database,
              "SELECT 1 FROM identities WHERE value IN (SELECT substr(phone, 2) FROM client_phones "
              "WHERE client_id = ?) LIMIT 1"},
          phone_{database, "SELECT 1 FROM client_phones WHERE client_id = ? LIMIT 1"},
          records_{
              database,
              "SELECT kind, detail, party, at FROM records WHERE kind IN ('opt_out', 'opt_in', "
              "'quiet', 'hardship', 'payment_claim', 'touched', 'preference') AND party IN (" +
                  parties_of("?1") + ") ORDER BY id"},
          case_{database, "SELECT state FROM cases WHERE number = ?"},
          talks_{
              database, "SELECT at, about FROM contacts WHERE client_id = ? AND outcome = 'reached'"},
          subjects_{
              database, "SELECT id, loan_id, segment, anchor FROM nudge_subjects WHERE client_id = ?"} {
        read_decided(database, days, client);
        known_on_ = by.when.local().date_of(by.now);
        claims_until_ = known_on_;
        for (int left = by.claim_days; left > 0;) {
            claims_until_ = plus_days(claims_until_, 1);
            // In a country without any contact day at all every day counts.
            const bool works = by.when.contact_day(claims_until_) || !by.when.opens(by.now);
            if (works) --left;
        }
    }

    dialogs::forecast_client of(const std::string& client, reached_as how) {
        dialogs::forecast_client her{.id = client, .loans = reader_.loans_ever(client)};
        her.broken_promises = broken_promises(client);
        her.unit = unit_of(client);
        const auto held = attentions_.of(client, by_.now);
        her.asked = {held.wanted, by_.when.local().date_of(held.until)};
        her.reach = reach_of(client, how);
        read_talks(her);
        promises_.bind(1, std::string_view{client});
        for (rows found{promises_}; found.next();) {
            if (const auto on = parse_iso_date(found.text(1))) {
                her.promises.push_back({std::string{found.text(0)}, *on});
            }
        }
        read_records(her);
        read_plan(her);
        return her;
    }

private:
    bool any(statement& of, const std::string& client) {
        of.bind(1, std::string_view{client});
        return rows{of}.next();
    }

    int broken_promises(const std::string& client) {
        const auto since =
            iso_date(plus_days(by_.today, -static_cast<int>(by_.broken_within.count())));
        broken_.bind(1, std::string_view{client}).bind(2, std::string_view{since});
        rows found{broken_};
        return found.next() ? static_cast<int>(found.number(0)) : 0;
    }

    std::string unit_of(const std::string& client) {
        group_.bind(1, std::string_view{client});
        rows found{group_};
        return found.next() && !found.text(0).empty() ? std::string{found.text(0)} : client;
    }

    dialogs::forecast_reach reach_of(const std::string& client, reached_as how) {
        const bool by_phone = any(phone_, client);
        if (how == reached_as::if_all_wrote) return {"whatsapp", by_phone, true};
        const bool by_whatsapp = any(whatsapp_, client);
        const auto* usual = by_whatsapp ? "whatsapp" : any(number_, client) ? "sms" : "";
        return {usual, by_phone, by_whatsapp};
    }

    void read_talks(dialogs::forecast_client& her) {
        talks_.bind(1, std::string_view{her.id});
        for (rows found{talks_}; found.next();) {
            her.talks.push_back(
                {.on = by_.when.local().date_of(from_millis(found.number(0))),
                 .about = std::string{found.text(1)}}
            );
        }
    }

    // As her conversations told it: of opt_out and opt_in the last, of the others the last of each.
    void read_records(dialogs::forecast_client& her) {
        std::map<std::int64_t, std::string> quiet;
        std::map<std::int64_t, std::string> hardship;
        std::map<std::int64_t, std::vector<dialogs::preference>> wishes;
        std::map<std::string, std::string> claims;  // by number, the loan of those that are open
        records_.bind(1, std::string_view{her.id});
        for (rows found{records_}; found.next();) {
            const auto kind = found.text(0);
            const std::string detail{found.text(1)};
            if (kind == "quiet") {
                quiet[found.number(2)] = detail;
            } else if (kind == "hardship") {
                hardship[found.number(2)] = detail;
            } else if (kind == "payment_claim") {
                note_claim(detail, claims);
            } else if (kind == "preference") {
                note_preference(detail, found.number(2), wishes);
            } else if (kind == "touched") {
                note_touch(detail, from_millis(found.number(3)), her);
            } else {
                her.opted_out = kind == "opt_out";
            }
        }
        for (const auto& [party, why] : quiet) {
            if (why == "dispute") her.disputes_until = plus_days(known_on_, known_ahead_days);
        }
        for (const auto& [party, all] : wishes) {
            her.wants_none |= dialogs::wants_fewer_reminders(all);
            her.paused_until = std::max(her.paused_until, dialogs::paused_until(all, by_.today));
        }
        for (const auto& [party, detail] : hardship) note_hardship(detail, her);
        for (const auto& [number, loan] : claims) her.claims.push_back({loan, claims_until_});
    }

    // "reminders=less asked": by the conversation in which she said so.
    static void note_preference(
        std::string_view detail, std::int64_t party,
        std::map<std::int64_t, std::vector<dialogs::preference>>& of
    ) {
        const auto sign = detail.find('=');
        const auto end = detail.find(' ', sign);
        if (sign == std::string_view::npos || end == std::string_view::npos) return;
        const std::string value{detail.substr(sign + 1, end - sign - 1)};
        dialogs::prefer(of[party], detail.substr(0, sign), value, detail.substr(end + 1), {});
    }

    static void note_claim(const std::string& detail, std::map<std::string, std::string>& open) {
        const auto fields = dialogs::fields_of_record(detail);
        if (fields.size() < 3) return;
        if (fields[1] == dialogs::name_of(dialogs::claim_state::open)) {
            open[fields[0]] = fields[2];
        } else {
            open.erase(fields[0]);
        }
    }

    // To its day, or as long as somebody works on it.
    void note_hardship(const std::string& detail, dialogs::forecast_client& her) {
        const auto fields = dialogs::fields_of_record(detail);
        if (fields.size() < 3) return;
        std::optional<civil_date> until = parse_iso_date(fields[1]);
        case_.bind(1, std::string_view{fields[2]});
        if (rows found{case_}; found.next() && found.number(0) < case_closed) {
            const auto known = plus_days(known_on_, known_ahead_days);
            until = until ? std::max(*until, known) : known;
        }
        if (until) her.hardship_until = std::max(her.hardship_until.value_or(*until), *until);
    }

    // "whatsapp C12": something was said to her that is not of the plan.
    void note_touch(const std::string& detail, instant at, dialogs::forecast_client& her) {
        const auto blank = detail.find(' ');
        if (blank == std::string::npos || detail.substr(blank + 1) != her.id) return;
        if (at + touches_looked_back < first_moment()) return;
        remember(her.touches, {.at = at, .client_id = her.id, .channel = detail.substr(0, blank)});
    }

    [[nodiscard]] instant first_moment() const { return by_.when.local().at(by_.today, 0, 0); }

    void read_plan(dialogs::forecast_client& her) {
        std::vector<std::pair<std::int64_t, std::string>> hers;
        subjects_.bind(1, std::string_view{her.id});
        for (rows found{subjects_}; found.next();) {
            hers.emplace_back(found.number(0), found.text(1));
            if (!found.text(1).empty() || found.number(3) == 0) continue;
            if (const auto stage = dialogs::parse_contact_stage(found.text(2))) {
                her.talk = dialogs::contact_due_on{
                    .stage = *stage, .on = day_of_number(static_cast<int>(found.number(3)))};
            }
        }
        for (const auto& [subject, loan] : hers) {
            auto next = std::ranges::lower_bound(decided_, subject, {}, &decided_row::subject);
            for (; next != decided_.end() && next->subject == subject; ++next) {
                const auto& one = *next;
                const auto place = nudge_at(one.id);
                her.over.push_back(
                    {place.policy, loan, day_of_number(one.anchor), day_of_step(place)}
                );
                if (!one.said) continue;
                const auto* policy = by_.rules.counting_from(place.policy);
                her.touches.push_back(
                    {.at = from_millis(one.at),
                     .client_id = her.id,
                     .loan_id = loan,
                     .instalment = one.instalment,
                     .policy = policy == nullptr ? std::string{} : policy->name,
                     .day = day_of_step(place),
                     .nudge = one.id,
                     .channel = one.channel}
                );
            }
        }
        std::ranges::sort(her.touches, {}, &dialogs::touch::at);
    }

    // In one pass over the days; by subject afterwards. What was taken out as paid is planned again when
    // the payment is taken back.
    void read_decided(SQLite::Database& database, int days, const std::string& client) {
        statement all{
            database,
            "SELECT (id >> 12) & 17179869183, id, anchor, instalment, state = 1 AND dialog <> '', "
            "decided, numbers FROM nudges WHERE id >= ?1 AND id < ?2 AND (state = 1 OR (state = 2 AND "
            "NOT (party = 0 AND reason IN ('paid', 'talked')))) AND (?3 = '' OR "
            "(id >> 12) & 17179869183 IN (SELECT id FROM nudge_subjects WHERE client_id = ?3))"};
        all.bind(1, first_nudge_of(day_number(by_.today) - decided_before_days));
        all.bind(2, first_nudge_of(day_number(by_.today) + days)).bind(3, std::string_view{client});
        for (rows found{all}; found.next();) {
            decided_.push_back(
                {.subject = found.number(0),
                 .id = found.number(1),
                 .anchor = static_cast<int>(found.number(2)),
                 .instalment = static_cast<int>(found.number(3)),
                 .said = found.number(4) == 1,
                 .at = found.number(5),
                 .channel = std::string{found.text(6)}}
            );
        }
        std::ranges::stable_sort(decided_, {}, &decided_row::subject);
    }

    const plan_rules& by_;
    portfolio_reader reader_;
    attention_book attentions_;
    statement broken_;
    statement promises_;
    statement group_;
    statement number_;
    statement whatsapp_;
    statement phone_;
    statement records_;
    statement case_;
    statement talks_;
    statement subjects_;
    std::vector<decided_row> decided_{};
    civil_date known_on_{};
    civil_date claims_until_{};
};

void count(preview_counts& into, const preview_line& one) {
    if (!one.dialog.empty()) ++(one.kept_by.empty() ? into.messages : into.kept);
    if (one.opens_task) ++into.tasks;
}

void count(preview& made, const preview_line& one, const price_of_message& price) {
    count(made.by_day[days_between(made.from, one.on)], one);
    count(made.by_segment[one.segment], one);
    count(made.by_channel[one.channel], one);
    if (one.dialog.empty()) return;
    if (!one.kept_by.empty()) {
        ++made.kept_by[one.kept_by];
        ++made.kept_by_day[days_between(made.from, one.on)][one.kept_by];
        return;
    }
    const auto costs = price ? price(one.dialog, one.channel) : std::nullopt;
    if (costs) made.cost_micros[costs->currency] += costs->micros;
    if (!costs) ++made.unpriced;
}

}  // namespace

preview_counts preview::whole() const {
    preview_counts all;
    for (const auto& [day, counts] : by_day) all += counts;
    return all;
}

preview preview_of(
    SQLite::Database& database, const plan_rules& by, int days, const std::string& client_id,
    reached_as how, const std::function<void(const preview_line&)>& each,
    const price_of_message& price
) {
    statement clients{
        database,
        "SELECT DISTINCT client_id FROM loans WHERE status = 'active' AND client_id <> '' AND "
        "(?1 = '' OR client_id = ?1) ORDER BY client_id"};
    std::vector<std::string> all;
    clients.bind(1, std::string_view{client_id});
    for (rows found{clients}; found.next();) all.emplace_back(found.text(0));
    preview made{
        .from = by.today, .days = days, .clients = static_cast<std::int64_t>(all.size())};
    what_is_known known{database, by, days, client_id};
    for (const auto& client : all) {
        const auto lines =
            dialogs::forecast(known.of(client, how), by.rules, by.when, by.today, days);
        for (const auto& line : lines) {
            const preview_line one{
                .on = line.on,
                .client_id = client,
                .loan_id = line.loan_id,
                .policy = line.policy->name,
                .segment = line.segment->name,
                .day = line.step->day,
                .anchor = line.anchor,
                .dialog = std::string{line.dialog},
                .task = line.step->task,
                .channel = line.channel.empty() ? "none" : line.channel,
                .kept_by = line.kept_by,
                .opens_task = line.opens_task};
            count(made, one, price);
            if (each) each(one);
        }
    }
    return made;
}

std::vector<plan_entry> plan_of(
    SQLite::Database& database, const dialogs::nudge_rules& rules, const std::string& client_id,
    civil_date until, int days
) {
    statement subjects{database, "SELECT id, loan_id FROM nudge_subjects WHERE client_id = ?"};
    statement found{
        database,
        "SELECT id, segment, anchor, instalment, due, state, gate, reason, numbers, dialog, decided "
        "FROM nudges WHERE id >= ? AND id < ? ORDER BY id"};
    std::vector<std::pair<std::int64_t, std::string>> hers;
    subjects.bind(1, std::string_view{client_id});
    for (rows at{subjects}; at.next();) hers.emplace_back(at.number(0), at.text(1));
    std::vector<plan_entry> all;
    const int last = day_number(until);
    for (int day = last - days; day <= last; ++day) {
        for (const auto& [subject, loan] : hers) {
            found.bind(1, first_nudge_of(day, subject)).bind(2, first_nudge_of(day, subject + 1));
            for (rows at{found}; at.next();) {
                const auto place = nudge_at(at.number(0));
                const auto* policy = rules.counting_from(place.policy);
                plan_entry one;
                one.what = {
                    .id = at.number(0),
                    .policy = policy == nullptr
                                  ? std::string{dialogs::name_of(place.policy)}
                                  : policy->name,
                    .segment = std::string{at.text(1)},
                    .day = day_of_step(place),
                    .anchor = day_of_number(static_cast<int>(at.number(2))),
                    .client_id = client_id,
                    .loan_id = loan,
                    .instalment = static_cast<int>(at.number(3)),
                    .due = from_millis(at.number(4))};
                one.state = static_cast<int>(at.number(5));
                one.dialog = at.text(9);
                one.decided = from_millis(at.number(10));
                const dialogs::nudge_verdict verdict{
                    .answer = one.state == 1   ? dialogs::nudge_answer::go
                              : one.state == 2 ? dialogs::nudge_answer::never
                                               : dialogs::nudge_answer::later,
                    .by = static_cast<dialogs::gate>(std::max<std::int64_t>(at.number(6), 0)),
                    .reason = std::string{at.text(7)},
                    .numbers = std::string{at.text(8)},
                    .again = {},
                    .with_task = false};
                const bool of_people = one.state == 1 && one.dialog.empty();
                const bool waits = one.state == 0 && verdict.reason.empty();
                one.said = waits ? "waits" : of_people ? "asked of people" : dialogs::in_words(verdict);
                if (!verdict.reason.empty()) {
                    one.why = dialogs::plainly(verdict.reason, verdict.numbers);
                }
                all.push_back(std::move(one));
            }
        }
    }
    return all;
}

}  // namespace tertulia::gateway
