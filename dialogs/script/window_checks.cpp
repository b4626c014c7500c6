#include "dialogs/script/window_checks.hpp"

#include "dialogs/meetings/words.hpp"
#include "dialogs/script/yaml_tree.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace tertulia::dialogs {
namespace {

constexpr milliseconds window = std::chrono::hours{24};

bool may_leave_window(const moment& due) noexcept {
    const milliseconds until_clock = due.minutes ? milliseconds{window} : milliseconds{};
    return due.day.has_value() || due.working_days > 0 || due.after >= window || due.after + until_clock > window;
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

// A text for SMS helps only where something carries it; of a house without channels nothing is known.
bool sms_goes_out(const institution& house) {
    return house.channels.empty() ||
           std::any_of(house.channels.begin(), house.channels.end(), [](const auto& one) {
               return one.kind == channel_kind::sms;
           });
}

bool may_go_out(const program& of, message_id what) {
    if (of.words->has_template(what)) return true;
    const auto forms = of.words->forms(what);
    return sms_goes_out(of.house) &&
           std::all_of(
               of.house.languages.begin(),
               of.house.languages.end(),
               [&](const language_tag& language) {
                   return std::any_of(forms.begin(), forms.end(), [&](const message_form& form) {
                       return form.when.channel() == channel_kind::sms && form.language == language;
                   });
               }
           );
}

void check_said(const program& of, const std::set<message_id>& said, place at, findings& noted) {
    for (const auto what : said) {
        if (may_go_out(of, what)) continue;
        noted.error(
            rule::outside_window,
            at,
            "'" + of.words->key(what) +
                "' may be said here when she has not written for 24 hours, and only an approved "
                "template or an SMS may go out then",
            std::string("give it a 'template:'") +
                (sms_goes_out(of.house) ? " or an 'sms:' text" : "") +
                " in every language, or let it come sooner"
        );
    }
}

// Nobody answers a question, or no person comes.
void check_silence(const program& of, const program_state& state, findings& noted) {
    const auto& silent = state.if_silent;
    if (!silent || silent->after < window) return;
    first_words words(of);
    words.follow(silent->then);
    auto said = words.said();
    const auto& form = of.at(state.dialog).form;
    if (state.does == verb::ask && form && form->kept) said.insert(*form->kept);
    check_said(of, said, silent->at, noted);
}

// What becomes of a case is told whenever it happens, and may be days after she wrote.
void check_case_events(const program& of, std::vector<diagnostic>& problems) {
    for (const auto& event : event_names()) {
        if (!event.starts_with("case_")) continue;
        const auto begun = of.by_event.find(event);
        if (begun == of.by_event.end()) continue;
        for (const auto dialog : begun->second) {
            const auto& it = of.at(dialog);
            first_words words(of);
            words.enter(it.begin);
            findings noted(it.file, problems);
            check_said(of, words.said(), of.at(it.begin).at, noted);
        }
    }
}

// An invitation, and whatever else a meeting says to who has not written.
void check_meetings(const program& of, std::vector<diagnostic>& problems) {
    if (of.meetings.all.empty()) return;
    std::set<message_id> said;
    for (const auto key : meetings::words_begun()) {
        if (const auto found = of.words->find(key)) said.insert(*found);
    }
    findings noted("messages", problems);
    check_said(of, said, {}, noted);
}

bool needs_her(requirement what) noexcept {
    return what == requirement::verified || what == requirement::confirmed;
}

void check_state(const program& of, const program_state& state, findings& noted) {
    if (state.does == verb::schedule && needs_her(of.at(state.called).needs)) {
        noted.error(
            rule::must_be_open,
            state.at,
            "'" + of.at(state.called).name + "' needs her PIN, which is never asked out of nowhere",
            "schedule a dialog that is open, and go there from it"
        );
    }
    check_silence(of, state, noted);
    if (state.does != verb::wait && state.does != verb::schedule) return;
    if (!may_leave_window(state.due)) return;
    first_words words(of);
    if (state.does == verb::wait) {
        words.follow(state.then);
    } else {
        words.enter(of.at(state.called).begin);
    }
    check_said(of, words.said(), state.at, noted);
}

}  // namespace

void check_window(const program& of, std::vector<diagnostic>& problems) {
    for (const auto& dialog : of.dialogs) {
        if (!dialog.between || dialog.states.empty()) continue;
        findings noted(dialog.file, problems);
        first_words words(of);
        words.enter(dialog.begin);
        check_said(of, words.said(), of.at(dialog.begin).at, noted);
    }
    for (const auto dialog : of.nudged) {
        const auto& it = of.at(dialog);
        if (it.states.empty()) continue;
        findings noted(it.file, problems);
        first_words words(of);
        words.enter(it.begin);
        check_said(of, words.said(), of.at(it.begin).at, noted);
    }
    for (const auto& state : of.states) {
        findings noted(of.at(state.dialog).file, problems);
        check_state(of, state, noted);
    }
    check_case_events(of, problems);
    check_meetings(of, problems);
}

}  // namespace tertulia::dialogs
