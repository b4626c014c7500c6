// A dialog as its file says it: names still unresolved, every word with its place. Made by
// read_dialog(), turned into a program by the compiler (compiler.hpp); nobody else looks at it.

#pragma once

#include "dialogs/message/time.hpp"
#include "dialogs/script/yaml_tree.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::dialogs {

struct word {
    std::string text{};
    place at{};
};

// One of these is said instead of the text at `at`, or that one.
struct variation_source {
    std::size_t at{};  // index into says
    std::vector<word> others{};
};

// What is said and where the talk goes: any of `say`, and one of `go`, `end`, `return`.
struct move_source {
    std::vector<word> says{};
    std::vector<variation_source> variations{};
    std::optional<word> go{};
    std::optional<word> returns{};
    bool end{};
    place at{};
    [[nodiscard]] bool leads_on() const noexcept { return go || returns || end; }
};

struct choice_source {
    word pick{};
    std::optional<word> title{};  // nothing: the message <ask>.<pick>
    std::vector<word> words{};
    std::optional<word> when{};
    move_source then{};
};

struct branch_source {
    std::optional<word> when{};  // nothing, nor any of the next: otherwise
    // Of a form: she has not answered this field, unless the condition holds; a draft waits.
    std::optional<word> unanswered{};
    std::optional<word> unless{};
    bool draft_waits{};
    move_source then{};
    [[nodiscard]] bool otherwise() const noexcept { return !when && !unanswered && !draft_waits; }
};

// What may stand beside a question whose answer is typed or kept.
struct answer_source {
    std::optional<word> allow{};
    std::optional<word> otherwise{};
    std::optional<word> example{};
    std::optional<word> help{};
    std::optional<word> why{};
    bool may_skip{};
    place may_skip_at{};
};

// What a form does with its answers as a whole.
enum class form_act : std::uint8_t { begin_anew, take_draft, complete };

// A form of WhatsApp's own that asks all fields at once.
struct flow_source {
    word id{};
    std::optional<word> screen{};
};

// Of a dialog that is a form: its states are made from this (form_reader.cpp).
struct form_source {
    std::vector<word> fields{};
    std::optional<milliseconds> keep_for{};
    std::optional<word> kept{};  // said when she leaves it unfinished
    place at{};
};

struct silence_source {
    milliseconds after{};
    place after_at{};
    move_source then{};
};

struct unclear_source {
    int tries{2};
    std::optional<word> say{};
    std::optional<move_source> then{};
};

inline constexpr const char* her_hour = "her_hour";  // `at:` of wait and schedule

// When something comes: so long after, or on a day, or both; at a time of the day.
struct moment_source {
    std::optional<milliseconds> after{};
    std::optional<word> day{};     // an expression that gives a date
    std::optional<int> minutes{};  // since midnight, where the institution is
    std::optional<int> working_days{};  // `after: 3 working days`
    bool at_her_hour{};            // `at: her_hour`
    place at{};
};

// Hours of the day, as minutes since midnight where the institution is: "08:00-20:00".
struct day_hours {
    int from{};
    int until{};
};

enum class verb : std::uint8_t {
    say,
    ask,
    look_up,
    branch,
    set,
    call,
    hand_over,
    end,
    wait,
    schedule,
    cancel_scheduled,
    open_case,
    settle_case,
    submit,
    report_payment,
    promise_payment,
    note_hardship,
    note_contact,
};

// Of these the outcome leads on, and nothing else.
[[nodiscard]] constexpr bool leads_by_outcome(verb does) noexcept {
    return does == verb::look_up || does == verb::report_payment || does == verb::promise_payment;
}

struct state_source {
    word name{};
    std::optional<verb> does{};  // nothing: the file does not say; a mistake already told
    place verb_at{};
    move_source then{};  // of say, ask + choose_from, set, call and end

    std::optional<word> ask{};
    std::vector<choice_source> choices{};
    place choices_at{};
    bool has_choices{};
    std::optional<word> choose_from{};
    std::optional<word> label{};
    std::optional<word> label_more{};
    std::optional<word> keep_as{};
    std::optional<word> consents{};  // `consent:` of a yes or no
    std::vector<word> expects{};
    answer_source answer{};
    std::optional<word> proves{};     // `number:` of expect: code
    std::optional<word> code_text{};  // `sends:` of it
    bool lists_choices{};  // the question is put with its choices written out: a form's review
    std::optional<flow_source> flow{};  // the question is put as this; its one choice: in words
    std::optional<silence_source> if_silent{};
    std::optional<unclear_source> if_unclear{};

    std::optional<word> look_up{};
    std::optional<word> near{};  // of look_up: payment_points, the answer that says where
    std::optional<word> only{};  // of look_up: payment_points, which of them, an expression
    std::optional<word> call{};
    std::vector<std::pair<word, word>> gives{};   // `with:` of call: its name there, an expression
    std::vector<std::pair<word, word>> brings{};  // `bring_back:`: its name here, its name there
    std::vector<std::pair<word, move_source>> outcomes{};  // `when:` of ask + expect, look_up, call
    bool has_outcomes{};
    place outcomes_at{};
    [[nodiscard]] bool expects_code() const noexcept {
        return expects.size() == 1 && expects.front().text == "code";
    }
    [[nodiscard]] bool looks_up_points() const noexcept {
        return look_up && look_up->text == "payment_points";
    }
    [[nodiscard]] bool looks_up(std::string_view what) const {
        return look_up && look_up->text == what;
    }
    [[nodiscard]] bool expects_pin() const noexcept {
        return expects.size() == 1 && expects.front().text == "pin";
    }

    std::vector<branch_source> branches{};
    std::vector<std::pair<word, word>> settings{};
    std::optional<moment_source> moment{};       // of wait and schedule
    std::optional<move_source> if_she_writes{};  // of wait
    std::optional<word> scheduled{};             // the dialog of schedule and cancel_scheduled
    std::optional<form_act> acts{};              // of set
    std::optional<word> to{};                    // of hand_over
    std::optional<word> because{};
    std::optional<word> case_kind{};   // of open_case, report_payment and note_hardship
    std::optional<word> category{};    // of open_case: one of the kind's, or an expression
    std::optional<word> about{};       // of note_contact
    std::vector<word> keeps{};         // of open_case and note_hardship: answers that go with it
    bool unnamed{};                    // of open_case: without who she is
    std::optional<word> settles{};     // of settle_case
    std::optional<word> product{};               // of submit: a name of products.yaml
    std::optional<word> amount{};  // of submit, report_payment, promise_payment: an expression
    std::optional<word> day{};     // of report_payment and promise_payment: an expression
    std::optional<word> cause{};   // of note_hardship: an expression
    std::optional<word> proof{};   // of report_payment: the answer that is her receipt
    std::optional<word> sends{};  // of say: `send_document:`
    std::optional<word> link{};   // of say: `send_link:`
    std::optional<word> maps{};  // of say: what is shown on a map after it
};

struct dialog_source {
    std::string file{};
    word name{};
    std::string about{};
    std::optional<word> plays{};
    std::vector<word> intents{};
    std::vector<word> words{};
    std::vector<word> entry_codes{};
    std::vector<word> referrals{};
    std::optional<word> referral_codes{};  // "true"
    std::vector<word> events{};
    place events_at{};
    std::optional<day_hours> between{};  // the hours events may be told in
    std::optional<word> starts_when{};
    int priority{};
    bool anywhere{};
    bool back{};
    place back_at{};
    bool wins{};
    place wins_at{};
    std::optional<word> needs{};
    std::optional<word> tone{};
    std::vector<std::pair<word, word>> takes{};  // what a call gives it: name, word of its kind
    place takes_at{};
    std::optional<word> begin{};
    std::vector<state_source> states{};
    std::optional<form_source> form{};
};

// Shape alone: keys, verbs, values. Nothing when the file is no dialog at all; what is wrong with
// the rest is in `into`, and what could be read is returned, so that all mistakes are found at
// once.
[[nodiscard]] std::optional<dialog_source> read_dialog(const source_file& file, findings& into);

// Letters, digits and _, a letter first, at most 40: short enough for three of them in a button's
// id.
[[nodiscard]] bool is_name(std::string_view text) noexcept;
// Names with points between them.
[[nodiscard]] bool is_message_key(std::string_view text) noexcept;

}  // namespace tertulia::dialogs
