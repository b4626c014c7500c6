#include "gateway/core_banking/write_queue.hpp"

#include "gateway/core_banking/write_request.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <boost/assert.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using adapters::fineract::core_reaction;
using adapters::fineract::core_verdict;

constexpr std::size_t key_most = 50;  // of Fineract's own column
constexpr std::array<std::string_view, 5> state_names{
    "queued", "done", "waiting", "refused", "stuck"};

// [["27","81",46500,"GTQ"], …]
std::string dues_json(const std::vector<adapters::fineract::sheet_due>& dues) {
    auto out = nlohmann::json::array();
    for (const auto& each : dues) {
        out.push_back({each.client_id, each.loan_id, each.due.minor, each.due.currency.view()});
    }
    return out.dump();
}

std::vector<adapters::fineract::sheet_due> read_dues(std::string_view text) {
    std::vector<adapters::fineract::sheet_due> out;
    for (const auto& each : nlohmann::json::parse(text)) {
        adapters::fineract::sheet_due one{
            each.at(0).get<std::string>(), each.at(1).get<std::string>(), {each.at(2).get<std::int64_t>()}};
        const bool known = parse_currency(each.at(3).get<std::string>(), one.due.currency);
        BOOST_ASSERT(known);
        out.push_back(std::move(one));
    }
    return out;
}

write_state state_of(std::string_view name) {
    const auto* const found = std::ranges::find(state_names, name);
    BOOST_ASSERT(found != state_names.end());
    return static_cast<write_state>(found - state_names.begin());
}

}  // namespace

std::string_view name_of(write_state what) noexcept {
    return state_names[static_cast<std::size_t>(what)];
}

write_queue::write_queue(SQLite::Database& database, core_writes_allowed allowed)
    : allowed_{allowed},
      add_{
          database,
          "INSERT INTO core_writes(key, kind, content, state, tries, due_at, asked_at, ended_at, "
          "written_id, reason) VALUES (?, ?, ?, 'queued', 0, ?, ?, 0, '', '')"},
      known_{database, "SELECT 1 FROM core_writes WHERE key = ?"},
      find_{database, "SELECT state, written_id, reason, tries FROM core_writes WHERE key = ?"},
      due_{
          database,
          "SELECT id, key, kind, content, tries FROM core_writes WHERE state = 'queued' AND "
          "due_at <= ? ORDER BY due_at, id LIMIT 1"},
      next_due_{
          database, "SELECT due_at FROM core_writes WHERE state = 'queued' ORDER BY due_at LIMIT 1"},
      end_{
          database,
          "UPDATE core_writes SET state = ?1, written_id = ?2, reason = ?3, ended_at = ?4, "
          "tries = tries + 1, content = iif(?1 = 'done', '', content) WHERE id = ?5"},
      later_{
          database,
          "UPDATE core_writes SET due_at = ?, reason = ?, tries = tries + 1 WHERE id = ?"},
      keep_draft_{
          database,
          "INSERT OR REPLACE INTO core_sheets(key, group_id, calendar_id, held_on, asked_at, dues) "
          "VALUES (?, ?, ?, ?, ?, ?)"},
      draft_{
          database,
          "SELECT group_id, calendar_id, held_on, asked_at, dues FROM core_sheets WHERE key = ?"} {}

bool write_queue::allows(std::string_view kind) const noexcept {
    return kind == "note"          ? allowed_.notes
           : kind == "application" ? allowed_.applications
                                   : allowed_.attendance;
}

write_queued write_queue::add(std::string_view key, const core_write& what, instant now) {
    BOOST_ASSERT(!key.empty() && key.size() <= key_most);
    const auto kind = kind_of(what);
    if (!allows(kind)) return write_queued::not_allowed;
    known_.bind(1, key);
    if (rows{known_}.next()) return write_queued::known;
    const auto content = content_of(what);
    add_.bind(1, key).bind(2, kind).bind(3, std::string_view{content});
    add_.bind(4, to_millis(now)).bind(5, to_millis(now)).run();
    return write_queued::queued;
}

std::optional<write_status> write_queue::find(std::string_view key) {
    find_.bind(1, key);
    rows found{find_};
    if (!found.next()) return std::nullopt;
    return write_status{
        .state = state_of(found.text(0)),
        .written_id = std::string{found.text(1)},
        .reason = std::string{found.text(2)},
        .tries = static_cast<int>(found.number(3))};
}

std::optional<due_write> write_queue::due(instant now) {
    due_.bind(1, to_millis(now));
    rows found{due_};
    if (!found.next()) return std::nullopt;
    return due_write{
        .id = found.number(0),
        .key = std::string{found.text(1)},
        .kind = std::string{found.text(2)},
        .content = std::string{found.text(3)},
        .tries = static_cast<int>(found.number(4))};
}

std::optional<instant> write_queue::next_due() {
    rows found{next_due_};
    return found.next() ? std::optional{from_millis(found.number(0))} : std::nullopt;
}

void write_queue::ended(
    const due_write& what, write_state as, std::string_view id, std::string_view reason, instant now
) {
    end_.bind(1, name_of(as)).bind(2, id).bind(3, reason).bind(4, to_millis(now)).bind(5, what.id);
    end_.run();
}

void write_queue::later(const due_write& what, std::string_view reason, instant due) {
    later_.bind(1, to_millis(due)).bind(2, reason).bind(3, what.id).run();
}

std::optional<core_trouble> write_queue::work_off(
    const due_write& what,
    const adapters::fineract::access& to,
    const core_caller& call,
    instant now
) {
    // What was allowed when it was queued may be no more.
    if (!allows(what.kind)) {
        ended(what, write_state::stuck, {}, "not allowed by core_banking.writes any more", now);
        return std::nullopt;
    }
    const auto content = read_write(what.kind, what.content);
    if (!content) {
        ended(what, write_state::stuck, {}, "what is stored cannot be read", now);
        return std::nullopt;
    }
    auto made = make_request(*content, what.key, to, call);
    if (made.wrong) {
        ended(what, write_state::refused, {}, *made.wrong, now);
        return std::nullopt;
    }
    if (made.judged) return settle(what, *made.judged, now);
    std::vector<adapters::outbound_request> calls;
    calls.push_back(std::move(*made.request));
    const auto answers = call(std::move(calls));
    if (const auto* const sheet = std::get_if<core_sheet>(&*content)) {
        return keep_draft(what, *sheet, answers, now);
    }
    return settle(what, judge_answer(answers, adapters::fineract::call_kind::write), now);
}

// It changes nothing there, so any answer that can be read will do; killed before its end is noted,
// it is asked for once more.
std::optional<core_trouble> write_queue::keep_draft(
    const due_write& what,
    const core_sheet& asked,
    const std::vector<std::optional<adapters::provider_response>>& answers,
    instant now
) {
    auto judged = judge_answer(answers, adapters::fineract::call_kind::read);
    if (judged.reaction != core_reaction::done) return settle(what, judged, now);
    const auto dues = adapters::fineract::parse_collection_sheet(answers.front()->body, asked.currency);
    if (!dues) {
        judged.reaction = core_reaction::same_again;
        judged.reason = "the collection sheet cannot be read";
        judged.tries_max = 5;
        return settle(what, judged, now);
    }
    const auto day = iso_date(asked.on);
    const auto written = dues_json(*dues);
    keep_draft_.bind(1, std::string_view{what.key}).bind(2, std::string_view{asked.group_id});
    keep_draft_.bind(3, std::string_view{asked.calendar_id}).bind(4, std::string_view{day});
    keep_draft_.bind(5, to_millis(now)).bind(6, std::string_view{written}).run();
    ended(what, write_state::done, {}, {}, now);
    return std::nullopt;
}

std::optional<sheet_draft> write_queue::draft(std::string_view key) {
    draft_.bind(1, key);
    rows found{draft_};
    if (!found.next()) return std::nullopt;
    return sheet_draft{
        .key = std::string{key},
        .group_id = std::string{found.text(0)},
        .calendar_id = std::string{found.text(1)},
        .on = parse_iso_date(found.text(2)).value_or(civil_date{}),
        .asked_at = from_millis(found.number(3)),
        .dues = read_dues(found.text(4))};
}

std::optional<core_trouble> write_queue::settle(
    const due_write& what, const core_verdict& judged, instant now
) {
    const auto told = judged.code.empty() ? judged.reason : judged.reason + ": " + judged.code;
    const auto wait = std::max<std::chrono::milliseconds>(judged.after, 5s);
    switch (judged.reaction) {
        case core_reaction::done:
            ended(what, write_state::done, judged.written_id, {}, now);
            return std::nullopt;
        case core_reaction::waiting:
            ended(what, write_state::waiting, judged.command_id, told, now);
            return std::nullopt;
        case core_reaction::gone:
        case core_reaction::refused:
            ended(what, write_state::refused, {}, told, now);
            return std::nullopt;
        case core_reaction::ask_operator:
            ended(what, write_state::stuck, {}, told, now);
            return std::nullopt;
        case core_reaction::locked:
        case core_reaction::same_again:
            if (what.tries + 1 >= judged.tries_max) {
                ended(what, write_state::stuck, {}, told, now);
                return std::nullopt;
            }
            later(what, told, now + wait);
            return std::nullopt;
        case core_reaction::not_allowed:  // reading may go on
            later(what, told, now + 15min);
            return std::nullopt;
        case core_reaction::slow_down:
        case core_reaction::stop:
            break;
    }
    later(what, told, now + wait);
    return core_trouble{judged.reaction, judged.reason, judged.after};
}

}  // namespace tertulia::gateway
