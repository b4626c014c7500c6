#include "gateway/nudges/preview.hpp"

#include "dialogs/clients/contact.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/gates.hpp"
#include "dialogs/nudges/plain_words.hpp"
#include "gateway/nudges/parties_of.hpp"
#include "gateway/store/nudge_id.hpp"

#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace tertulia::gateway {
namespace {

constexpr int days_of_week = 7;

// What is known of her conversation that keeps everything back. records is the store's: the last of
// opt_out and opt_in holds, and the last reason to leave her alone.
class reach {
public:
    explicit reach(SQLite::Database& database)
        : number_{
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
              "SELECT kind, detail FROM records WHERE kind IN ('opt_out', 'opt_in', 'quiet') AND "
              "party IN (" +
                  parties_of("?1") + ") ORDER BY id"} {}

    std::string channel_of(const std::string& client) {
        whatsapp_.bind(1, std::string_view{client});
        if (rows{whatsapp_}.next()) return "whatsapp";
        number_.bind(1, std::string_view{client});
        return rows{number_}.next() ? "sms" : "none";
    }

    // What a segment names, where she can be written to by it: SMS by any number of hers, WhatsApp where
    // she has written by it.
    std::string of_segment(const std::string& client, const std::string& usual, std::string_view named) {
        if (named.empty() || usual == "none" || usual == named) return usual;
        if (named != "sms") return usual;
        phone_.bind(1, std::string_view{client});
        return rows{phone_}.next() ? std::string{named} : usual;
    }

    bool reaches(const std::string& client, std::string_view kind) {
        auto& found = kind == "sms" ? phone_ : whatsapp_;
        found.bind(1, std::string_view{client});
        return rows{found}.next();
    }

    std::string kept_by(const std::string& client) {
        std::string quiet;
        bool opted_out = false;
        records_.bind(1, std::string_view{client});
        for (rows found{records_}; found.next();) {
            if (found.text(0) == "quiet") {
                quiet = found.text(1);
            } else {
                opted_out = found.text(0) == "opt_out";
            }
        }
        return opted_out ? "opted_out" : quiet;
    }

private:
    statement number_;
    statement whatsapp_;
    statement phone_;
    statement records_;
};

// The talk that stands for her in the plan, whose day stays.
std::optional<dialogs::contact_due_on> standing_talk(
    SQLite::Database& database, const std::string& client
) {
    statement stands{
        database, "SELECT segment, anchor FROM nudge_subjects WHERE client_id = ? AND loan_id = ''"};
    stands.bind(1, std::string_view{client});
    rows found{stands};
    if (!found.next() || found.number(1) == 0) return std::nullopt;
    const auto stage = dialogs::parse_contact_stage(found.text(0));
    if (!stage) return std::nullopt;
    return dialogs::contact_due_on{*stage, day_of_number(static_cast<int>(found.number(1)))};
}

// The talks that come if she answers each at the first try.
std::vector<preview_line> contacts_of(
    SQLite::Database& database, const plan_rules& by, const std::string& client,
    const std::vector<loan>& loans, int days
) {
    std::vector<preview_line> all;
    const auto* policy = by.rules.counting_from(dialogs::nudge_anchor::contact);
    if (policy == nullptr) return all;
    std::vector<dialogs::past_contact> had;
    statement talks{
        database, "SELECT at, about FROM contacts WHERE client_id = ? AND outcome = 'reached'"};
    talks.bind(1, std::string_view{client});
    for (rows found{talks}; found.next();) {
        had.push_back(
            {.on = by.when.local().date_of(from_millis(found.number(0))),
             .about = std::string{found.text(1)}}
        );
    }
    const auto open = standing_talk(database, client);
    auto at = by.today;
    const auto last = plus_days(by.today, days - 1);
    while (at <= last) {
        auto due = dialogs::contact_due(loans, had, by.rules.hard_seasons, {}, at);
        if (due) due->on = talk_day(by.rules, client, *due, open);
        if (due && had.empty() && due->stage == dialogs::contact_stage::any && due->on == at) {
            due->on = plus_days(at, days_to_first_talk(client));
        }
        if (!due || due->on > last) break;
        const std::string stage{dialogs::name_of(due->stage)};
        const auto* segment = policy->find(stage);
        if (segment != nullptr && !segment->steps.empty()) {
            const auto& step = segment->steps.front();
            const auto on = dialogs::landing_of(step, due->on, by.when);
            if (on >= by.today && on <= last) {
                all.push_back(
                    {.on = on,
                     .client_id = client,
                     .policy = policy->name,
                     .segment = stage,
                     .day = step.day,
                     .anchor = due->on,
                     .dialog = step.begins,
                     .task = step.task}
                );
            }
        }
        had.push_back({.on = due->on, .about = stage});
        at = plus_days(due->on, 1);
    }
    return all;
}

void count(preview_counts& into, const preview_line& one) {
    if (!one.dialog.empty()) ++(one.kept_by.empty() ? into.messages : into.kept);
    if (!one.task.empty()) ++into.tasks;
}

}  // namespace

preview preview_of(
    SQLite::Database& database, const plan_rules& by, int days, const std::string& client_id,
    reached_as how, const std::function<void(const preview_line&)>& each,
    const price_of_message& price
) {
    portfolio_reader reader{database};
    reach ways{database};
    attention_book attentions{database};
    statement clients{
        database,
        "SELECT DISTINCT client_id FROM loans WHERE status = 'active' AND client_id <> '' AND "
        "(?1 = '' OR client_id = ?1) ORDER BY client_id"};
    statement broken{
        database,
        "SELECT count(*) FROM promises WHERE client_id = ? AND state = 2 AND promised_for >= ?"};
    const auto since = iso_date(plus_days(by.today, -static_cast<int>(by.broken_within.count())));
    const bool one_channel = by.rules.limits.one_channel_a_week ||
                             dialogs::rule_of_country(by.rules.country).one_channel_a_week;
    std::vector<std::string> all;
    clients.bind(1, std::string_view{client_id});
    for (rows found{clients}; found.next();) all.emplace_back(found.text(0));
    preview made{
        .from = by.today, .days = days, .clients = static_cast<std::int64_t>(all.size())};
    for (const auto& client : all) {
        broken.bind(1, std::string_view{client}).bind(2, std::string_view{since});
        int not_kept = 0;
        if (rows found{broken}; found.next()) not_kept = static_cast<int>(found.number(0));
        const auto loans = reader.loans_ever(client);
        const auto held = attentions.of(client, by.now);
        const auto lines = dialogs::forecast(
            loans, not_kept, by.rules, by.when, by.today, days,
            {held.wanted, by.when.local().date_of(held.until)}
        );
        const auto talks = contacts_of(database, by, client, loans, days);
        if (lines.empty() && talks.empty()) continue;
        const auto channel =
            how == reached_as::if_all_wrote ? "whatsapp" : ways.channel_of(client);
        auto kept = ways.kept_by(client);
        if (kept.empty() && channel == "none") kept = "never_wrote";
        std::vector<std::pair<civil_date, std::string>> went;  // what is said, and by which kind
        const auto take = [&](preview_line one) {
            const bool said = one.kept_by.empty() && !one.dialog.empty();
            const auto by_another = [&] {
                return std::ranges::find_if(went, [&](const auto& other) {
                    return std::abs(days_between(other.first, one.on)) < days_of_week &&
                           other.second != one.channel;
                });
            };
            if (said && one_channel) {
                // By the channel of her week, where she can be written to by that.
                const auto other = by_another();
                const bool reaches = other != went.end() && (how == reached_as::if_all_wrote ||
                                                             ways.reaches(client, other->second));
                if (reaches) one.channel = other->second;
            }
            const bool second = said && one_channel && by_another() != went.end();
            if (second) one.kept_by = "second_channel";
            if (said && !second) went.emplace_back(one.on, one.channel);
            count(made.by_day[days_between(by.today, one.on)], one);
            count(made.by_segment[one.segment], one);
            count(made.by_channel[one.channel], one);
            if (!one.kept_by.empty() && !one.dialog.empty()) ++made.kept_by[one.kept_by];
            if (one.kept_by.empty() && !one.dialog.empty()) {
                const auto costs = price ? price(one.dialog, one.channel) : std::nullopt;
                if (costs) made.cost_micros[costs->currency] += costs->micros;
                if (!costs) ++made.unpriced;
            }
            if (each) each(one);
        };
        for (auto one : talks) {
            const bool taken = std::ranges::any_of(lines, [&](const dialogs::forecast_line& other) {
                return other.on == one.on && other.step->speaks() && other.kept_by.empty();
            });
            const auto* policy = by.rules.find(one.policy);
            const auto* segment = policy == nullptr ? nullptr : policy->find(one.segment);
            one.channel = ways.of_segment(
                client, channel, segment == nullptr ? std::string_view{} : std::string_view{segment->channel}
            );
            one.kept_by = !kept.empty() ? kept : taken ? "cap_of_day" : "";
            take(one);
        }
        for (const auto& line : lines) {
            preview_line one{
                .on = line.on,
                .client_id = client,
                .loan_id = line.loan_id,
                .policy = line.policy->name,
                .segment = line.segment->name,
                .day = line.step->day,
                .anchor = line.anchor,
                .dialog = line.step->begins,
                .task = line.step->task,
                .channel = ways.of_segment(client, channel, line.segment->channel),
                .kept_by = kept.empty() ? std::string{line.kept_by} : kept};
            take(one);
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
