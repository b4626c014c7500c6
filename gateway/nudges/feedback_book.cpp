#include "gateway/nudges/feedback_book.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/gates.hpp"
#include "gateway/nudges/known_staff.hpp"
#include "gateway/store/nudge_id.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <array>
#include <set>

namespace tertulia::gateway {
namespace {

using dialogs::nudge_anchor;

constexpr std::array<std::string_view, 4> feedback_decision_names{
    "open", "adopted", "declined", "later"};
constexpr std::int64_t told_at_once_most = 1000;  // looked at in one go; the others come after them

// feedback.tells; 2: the telling is over, well or not.
constexpr std::int64_t nobody_to_tell = 0;
constexpr std::int64_t is_to_be_told = 1;

feedback_result bad_idea(std::string words) { return {feedback_answer::bad, std::move(words)}; }

// It is a parameter of a template, which takes no line breaks.
std::string wrong_with_words(std::string_view words) {
    if (words.find_first_not_of(' ') == std::string_view::npos) {
        return "say in words what was decided: who gave the idea reads it where it is adopted";
    }
    if (words.size() > feedback_words_bytes_max) {
        return "the words have " + std::to_string(words.size()) + " bytes: at most " +
               std::to_string(feedback_words_bytes_max);
    }
    const bool is_one_line = std::ranges::none_of(words, [](char one) {
        return static_cast<unsigned char>(one) < 0x20U;
    });
    return is_one_line ? std::string{} : "write the words in one line, without tabs";
}

std::string told_of(const feedback_idea& of, std::int64_t tells, std::int64_t nudge, int state, int gate,
                    std::string_view reason) {
    if (of.decision != feedback_decision::adopted) return {};
    if (tells == nobody_to_tell) return "nobody to tell";
    if (nudge != 0 && state == 1) return "told";
    if (tells == is_to_be_told) return "waits";
    if (nudge == 0) return "not told: no_day_left";
    const auto known = gate >= 0 && gate < static_cast<int>(dialogs::gates);
    return "not told: " +
           (known ? std::string{dialogs::name_of(static_cast<dialogs::gate>(gate))} + ", " : std::string{}) +
           std::string{reason};
}

}  // namespace

std::string_view name_of(feedback_decision decision) noexcept {
    return feedback_decision_names[static_cast<std::size_t>(decision)];
}

std::optional<feedback_decision> parse_feedback_decision(std::string_view name) noexcept {
    const auto found = std::ranges::find(feedback_decision_names, name);
    if (found == feedback_decision_names.end()) return std::nullopt;
    return static_cast<feedback_decision>(found - feedback_decision_names.begin());
}

feedback_book::feedback_book(SQLite::Database& database)
    : database_{database},
      subjects_{database},
      all_{
          database,
          "SELECT feedback.id, contact, at, about, question, decision, owner, words, feedback.decided, "
          "tells, nudge, nudges.state, nudges.gate, nudges.reason FROM feedback LEFT JOIN nudges ON "
          "nudges.id = nudge WHERE (?1 = 0 OR decision = 0) ORDER BY feedback.id DESC LIMIT ?2"},
      one_{database, "SELECT client_id, decision FROM feedback WHERE id = ?"},
      decide_{
          database,
          "UPDATE feedback SET decision = ?, owner = ?, words = ?, decided = ?, tells = ? WHERE id = ?"},
      to_tell_{
          database,
          "SELECT feedback.id, client_id, feedback.decided, nudge, nudges.state, nudges.gate, "
          "nudges.reason FROM feedback LEFT JOIN nudges ON nudges.id = nudge WHERE tells = 1 "
          "ORDER BY feedback.id LIMIT ?"},
      over_{database, "UPDATE feedback SET tells = 2 WHERE id = ?"},
      put_{
          database,
          "INSERT OR IGNORE INTO nudges(id, segment, anchor, instalment, due) VALUES (?, ?, ?, ?, ?)"},
      planned_{database, "UPDATE feedback SET nudge = ? WHERE id = ?"},
      own_{database},
      erase_open_{
          database,
          "DELETE FROM feedback WHERE decision = 0 AND (party = ?1 OR party IN (SELECT id FROM parties "
          "WHERE forwarded_to = ?1))"},
      erase_decided_{
          database,
          "UPDATE feedback SET client_id = '', contact = 0, tells = 0 WHERE party = ?1 OR party IN "
          "(SELECT id FROM parties WHERE forwarded_to = ?1)"} {}

// ---- what people do

std::vector<feedback_idea> feedback_book::list(
    bool open_only, std::size_t most, const words_of_contact& words
) {
    std::vector<feedback_idea> made;
    all_.bind(1, open_only ? 1 : 0).bind(2, static_cast<std::int64_t>(most));
    for (rows found{all_}; found.next();) {
        feedback_idea one{
            .id = found.number(0),
            .at = from_millis(found.number(2)),
            .about = std::string{found.text(3)},
            .question = std::string{found.text(4)},
            .words = words(found.number(1), found.text(4)).value_or(std::string{}),
            .decision = static_cast<feedback_decision>(found.number(5)),
            .owner = std::string{found.text(6)},
            .answer = std::string{found.text(7)},
            .decided = from_millis(found.number(8)),
            .told = {}};
        one.told = told_of(
            one, found.number(9), found.number(10), static_cast<int>(found.number(11)),
            static_cast<int>(found.number(12)), found.text(13)
        );
        made.push_back(std::move(one));
    }
    return made;
}

feedback_result feedback_book::decide(
    std::span<const std::int64_t> ideas, const feedback_verdict& what,
    std::span<const staff_person> staff, const dialogs::nudge_rules& rules
) {
    if (ideas.empty() || ideas.size() > feedback_ideas_most) {
        return bad_idea(
            "name from 1 to " + std::to_string(feedback_ideas_most) + " ideas by their numbers on the board"
        );
    }
    if (what.decision == feedback_decision::open) {
        return bad_idea("the decision is adopted, declined or later");
    }
    const auto* known = staff_called(staff, what.owner);
    if (known == nullptr) {
        return bad_idea(
            "'" + what.owner + "' is nobody of the staff, and an idea has an owner: " + staff_named(staff)
        );
    }
    const auto& owner = known->id;
    if (const auto wrong = wrong_with_words(what.words); !wrong.empty()) return bad_idea(wrong);
    SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
    const bool adopted = what.decision == feedback_decision::adopted;
    std::set<std::string> told;
    for (const auto idea : ideas) {
        std::string client;
        one_.bind(1, idea);
        {
            rows found{one_};
            if (!found.next()) {
                return {
                    feedback_answer::unknown,
                    "there is no idea " + std::to_string(idea) + " on the board: `contact feedback list` has them"};
            }
            if (found.number(1) == static_cast<std::int64_t>(feedback_decision::adopted)) {
                return {
                    feedback_answer::refused,
                    "idea " + std::to_string(idea) +
                        " is adopted, and who gave it is told so: that is not taken back"};
            }
            client = found.text(0);
        }
        // Two ideas of hers that are one are told once.
        const bool tells = adopted && !client.empty() && told.insert(client).second;
        decide_.bind(1, static_cast<std::int64_t>(what.decision)).bind(2, std::string_view{owner});
        decide_.bind(3, std::string_view{what.words}).bind(4, to_millis(what.at));
        decide_.bind(5, tells ? is_to_be_told : nobody_to_tell).bind(6, idea).run();
    }
    transaction.commit();
    std::string all;
    for (const auto idea : ideas) all += (all.empty() ? "" : ", ") + std::to_string(idea);
    all += ": " + std::string{name_of(what.decision)} + ", with " + owner;
    if (!adopted) return {feedback_answer::done, all};
    if (rules.counting_from(nudge_anchor::feedback) == nullptr) {
        return {
            feedback_answer::done,
            all + ". Nobody is told: no policy of nudges/ counts from feedback"};
    }
    return {
        feedback_answer::done, all + ". " + std::to_string(told.size()) +
                                   (told.size() == 1 ? " client hears" : " clients hear") +
                                   " of it, once, when she may be written to"};
}

void feedback_book::erase(party_id of) {
    database_.exec("PRAGMA secure_delete = ON");
    erase_open_.bind(1, of.value).run();
    erase_decided_.bind(1, of.value).run();
    database_.exec("PRAGMA secure_delete = OFF");
}

// ---- what the gateway does

std::size_t feedback_book::go_on(
    const dialogs::nudge_rules& rules, const dialogs::contact_calendar& when, instant now
) {
    const auto* policy = rules.counting_from(nudge_anchor::feedback);
    if (policy == nullptr || policy->segments.empty() || !when.open_at(now)) return 0;
    const auto today = when.local().date_of(now);
    std::vector<row> over;
    std::vector<row> turn;
    for (auto& one : still_to_tell()) {
        const auto until = plus_days(when.local().date_of(one.decided), feedback_told_within_days);
        const bool was_capped = one.nudge != 0 && one.state == 2 &&
                                one.gate == static_cast<int>(dialogs::gate::caps) &&
                                one.reason != "said_before";
        if (one.nudge != 0 && one.state == 0) continue;  // in the plan
        if ((one.nudge != 0 && !was_capped) || today > until) {
            over.push_back(std::move(one));
            continue;
        }
        const bool was_today = was_capped && nudge_at(one.nudge).day == day_number(today);
        const auto spread = static_cast<std::uint64_t>(one.id);
        const bool is_hour = now >= dialogs::moment_on(today, std::nullopt, *policy, spread, when);
        if (was_today || !is_hour || own_.has(one.client_id, day_number(today))) continue;
        one.until = day_number(until);
        turn.push_back(std::move(one));
    }
    if (over.empty() && turn.empty()) return 0;
    SQLite::Transaction transaction{database_, SQLite::TransactionBehavior::IMMEDIATE};
    for (const auto& one : over) over_.bind(1, one.id).run();
    std::set<std::string> spoken_to;  // one idea a day
    std::size_t made = 0;
    for (const auto& one : turn) {
        if (!spoken_to.insert(one.client_id).second) continue;
        if (put(one, policy->segments.front().name, day_number(today), now)) ++made;
    }
    transaction.commit();
    return made;
}

bool feedback_book::put(const row& of, const std::string& says, int today, instant now) {
    const auto id = nudge_id(
        {.day = today,
         .subject = subjects_.of({}, of.client_id),
         .policy = nudge_anchor::feedback,
         .step = static_cast<int>(of.id % 256) - nudge_step_zero}
    );
    const auto before = database_.getTotalChanges();
    put_.bind(1, id).bind(2, std::string_view{says}).bind(3, of.until).bind(4, of.id);
    put_.bind(5, to_millis(now)).run();
    if (database_.getTotalChanges() == before) return false;  // another of hers has that place today
    planned_.bind(1, id).bind(2, of.id).run();
    return true;
}

std::vector<feedback_book::row> feedback_book::still_to_tell() {
    std::vector<row> all;
    to_tell_.bind(1, told_at_once_most);
    for (rows found{to_tell_}; found.next();) {
        row one{
            .id = found.number(0),
            .client_id = std::string{found.text(1)},
            .decided = from_millis(found.number(2)),
            .nudge = found.number(3),
            .state = {},
            .gate = static_cast<int>(found.number(5)),
            .reason = std::string{found.text(6)}};
        if (!found.is_null(4)) one.state = static_cast<int>(found.number(4));
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace tertulia::gateway
