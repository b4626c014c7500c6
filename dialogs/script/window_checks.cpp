#include "dialogs/script/window_checks.hpp"

#include "dialogs/script/yaml_tree.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace tertulia::dialogs {
namespace {

constexpr milliseconds window = std::chrono::hours{24};

bool may_leave_window(const moment& due) noexcept {
    const milliseconds until_clock = due.minutes ? milliseconds{window} : milliseconds{};
    return due.day.has_value() || due.after >= window || due.after + until_clock > window;
}

// Everything that may be said from somewhere on until something is waited for.
class first_words {
public:
    explicit first_words(const program& of) : program_(of) {}

    void follow(const move& from) {
        add(from);
        if (from.on == way::to_state) enter(from.state);
        if (from.on == way::to_dialog) enter(program_.at(from.dialog).begin);
    }
    void enter(state_index from) {
        if (!seen_.insert(from).second) return;
        const auto& state = program_.at(from);
        if (state.does == verb::ask) said_.insert(state.question);
        if (state.does == verb::hand_over) add(state.then);
        if (state.does == verb::ask || state.does == verb::hand_over || state.does == verb::wait) {
            return;
        }
        if (state.does == verb::call) enter(program_.at(state.called).begin);
        for (const auto& row : state.branches) follow(row.then);
        for (const auto& [word, then] : state.outcomes) follow(then);
        if (state.branches.empty() && state.outcomes.empty()) follow(state.then);
    }
    [[nodiscard]] const std::set<message_id>& said() const noexcept { return said_; }

private:
    void add(const move& of) {
        said_.insert(of.says.begin(), of.says.end());
        for (const auto& one : of.variations) said_.insert(one.others.begin(), one.others.end());
    }

    const program& program_;
    std::set<state_index> seen_{};
    std::set<message_id> said_{};
};

bool has_sms(const program& of, message_id what) {
    const auto forms = of.words->forms(what);
    return std::all_of(
        of.house.languages.begin(),
        of.house.languages.end(),
        [&](const language_tag& language) {
            return std::any_of(forms.begin(), forms.end(), [&](const message_form& form) {
                return form.when.channel() == channel_kind::sms && form.language == language;
            });
        }
    );
}

void check_state(const program& of, const program_state& state, findings& noted) {
    if (state.does == verb::schedule && of.at(state.called).needs == requirement::verified) {
        noted.error(
            rule::must_be_open,
            state.at,
            "'" + of.at(state.called).name + "' needs her PIN, which is never asked out of nowhere",
            "schedule a dialog that is open, and go there from it"
        );
    }
    if (state.does != verb::wait && state.does != verb::schedule) return;
    if (!may_leave_window(state.due)) return;
    first_words words(of);
    if (state.does == verb::wait) {
        words.follow(state.then);
    } else {
        words.enter(of.at(state.called).begin);
    }
    for (const auto what : words.said()) {
        if (has_sms(of, what)) continue;
        noted.error(
            rule::outside_window,
            state.at,
            "'" + of.words->key(what) +
                "' may be said here when she has not written for 24 hours, and only an approved "
                "template or an SMS may go out then",
            "give it an 'sms:' text in every language, or let it come sooner"
        );
    }
}

}  // namespace

void check_window(const program& of, std::vector<diagnostic>& problems) {
    for (const auto& state : of.states) {
        findings noted(of.at(state.dialog).file, problems);
        check_state(of, state, noted);
    }
}

}  // namespace tertulia::dialogs
