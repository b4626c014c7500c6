#include "dialogs/engine/migrate.hpp"

#include "dialogs/engine/talk.hpp"
#include "dialogs/script/answer_values.hpp"
#include "dialogs/script/program.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace tertulia::dialogs {
namespace {

using kept_answers = std::map<std::string, std::string>;

std::pair<std::string_view, std::string_view> halves(std::string_view state) {
    const auto point = state.find('.');
    if (point == std::string_view::npos) return {state, {}};
    return {state.substr(0, point), state.substr(point + 1)};
}

std::optional<state_index> find(const program& in, std::string_view state) {
    const auto [dialog, name] = halves(state);
    return in.find_state(dialog, name);
}

bool fits(const program& in, std::string_view path, std::string_view text) {
    const auto field = in.known->find(path);
    if (!field) return false;
    const auto answer = parse_typed_answer(text);
    // What is no answer is a note of the engine's: she left it out.
    return !answer || type_of(answer->kind) == in.known->fields()[*field].type;
}

kept_answers renamed(const program& in, const kept_answers& before) {
    kept_answers now;
    for (const auto& [key, text] : before) {
        if (!key.starts_with(answer_prefix)) {
            now.emplace(key, text);
            continue;
        }
        auto path = std::string(answer_prefix);
        path += in.moves->answer_now(std::string_view(key).substr(answer_prefix.size()));
        if (fits(in, path, text)) now.emplace(std::move(path), text);
    }
    return now;
}

// Where it stands now, marked as before; nothing where it cannot.
std::optional<frame> moved(const program& in, const frame& before) {
    std::string_view name = before.state;
    const bool marked = name.starts_with('+') || name.starts_with('?');
    const auto mark = marked ? std::string(name.substr(0, 1)) : std::string{};
    if (marked) name.remove_prefix(1);
    const auto state = in.moves->state_now(before.dialog, name);
    const auto found = find(in, state);
    if (!found) return std::nullopt;
    const auto does = in.at(*found).does;
    const bool can_stand = does == verb::ask || does == verb::wait || does == verb::call;
    if (!marked && !can_stand) return std::nullopt;
    frame now{.kept = renamed(in, before.kept)};
    now.dialog = in.at(in.at(*found).dialog).name;
    now.state = mark + in.at(*found).name;
    return now;
}

// A call goes on once the dialog it called has ended: that must be the one above.
bool are_callers(const program& in, const std::vector<frame>& frames) {
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const auto found = in.find_state(frames[i].dialog, frames[i].state);
        if (!found || in.at(*found).does != verb::call) continue;
        const bool above = i + 1 < frames.size() &&
                           frames[i + 1].dialog == in.at(in.at(*found).called).name;
        if (!above) return false;
    }
    return true;
}

}  // namespace

std::optional<session> moved_to(const script_set& scripts, const session& from) {
    const auto& in = scripts.compiled();
    if (from.frames.empty() || from.script_set == scripts.short_version() || !in.moves ||
        !in.moves->covers(from.script_set)) {
        return std::nullopt;
    }
    auto now = from;
    now.script_set = scripts.short_version();
    for (auto& one : now.frames) {
        auto there = moved(in, one);
        if (!there) return std::nullopt;
        one = std::move(*there);
    }
    if (!are_callers(in, now.frames)) return std::nullopt;
    for (auto& one : now.later) {
        if (!one.timer.starts_with(wait_timer)) continue;
        const auto [dialog, state] = halves(one.what);
        one.what = in.moves->state_now(dialog, state);
    }
    return now;
}

void rename_what_waits(const script_set& scripts, session& at) {
    const auto& in = scripts.compiled();
    if (!in.moves) return;
    for (auto& one : at.drafts) {
        if (!in.find_dialog(one.dialog)) one.dialog = in.moves->dialog_now(one.dialog);
        for (const auto& [before, now] : in.moves->answers) {
            auto old = one.answers.extract(std::string(answer_prefix) + before);
            if (old.empty()) continue;
            old.key() = std::string(answer_prefix) + now;
            one.answers.insert(std::move(old));
        }
    }
    for (auto& one : at.later) {
        if (one.timer.starts_with(begin_timer)) {
            if (!in.find_dialog(one.what)) one.what = in.moves->dialog_now(one.what);
        } else if (one.timer.starts_with(claim_timer) || one.timer.starts_with(promise_timer) ||
                   one.timer.starts_with(quiet_timer)) {
            continue;  // of a payment, not of a state
        } else if (!one.timer.starts_with(wait_timer) && !find(in, one.what)) {
            const auto [dialog, state] = halves(one.what);
            one.what = in.moves->state_now(dialog, state);
        }
    }
}

}  // namespace tertulia::dialogs
