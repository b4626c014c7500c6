// The compiler at work, for the compile_*.cpp files that share it: names first, then each dialog
// with its states, then what needs all of them. Nobody else includes this; see compiler.hpp.

#pragma once

#include "dialogs/script/compiler.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tertulia::dialogs {

// How a message stands in the talk, which limits its length.
enum class message_part { text, body, button, row, description };

// What becomes of an expression where it is missing: it does not hold, or nothing is kept.
enum class meant_as { condition, value };

class compiler {
public:
    compiler(const compiler_input& from, std::vector<diagnostic>& problems)
        : from_(from), problems_(problems) {}
    compiled run();

private:
    [[nodiscard]] findings noted() { return {source_->file, problems_}; }
    void error(rule breaks, place at, std::string what, std::string mend = {});
    void warning(rule breaks, place at, std::string what, std::string mend = {});
    void not_found(
        rule breaks,
        const word& name,
        const std::string& what,
        const std::vector<std::string>& known
    );
    void name_everything();
    std::vector<std::string> state_names() const;
    std::optional<state_index> state_called(const std::string& name) const;
    message_id message(const word& key, message_part part);
    void check_length(const word& key, message_id found, message_part part);
    void check_one_line(const word& key, message_id found, message_part part);
    void check_titles(const state_source& from, const program_state& into);
    std::optional<message_id> optional_message(const std::string& key, place at, message_part part);
    move way_on(const move_source& from, message_part part = message_part::text);
    move words_of_move(const move_source& from, message_part part);
    void resolve(const word& name, move& into);
    std::optional<expression> condition(
        const word& when,
        fact_type wanted = fact_type::boolean,
        meant_as meaning = meant_as::condition
    );
    bool surely_there(std::string_view path) const;
    void compile_dialog(const dialog_source& source, dialog_index index);
    void play(const dialog_source& source, const word& role);
    void add_triggers(const dialog_source& source, program_dialog& dialog);
    void add_trigger(
        text_map<started_dialogs>& into,
        std::string key,
        const word& written,
        const dialog_source& source
    );
    void add_events(const dialog_source& source);
    void order_triggers();
    void compile_state(const state_source& from, program_state& into);
    void compile_document(const state_source& from, program_state& into);
    void compile_link(const state_source& from, program_state& into);
    void check_confirmed(const word& at);
    void compile_look_up(const state_source& from, program_state& into);
    void compile_near(const state_source& from, program_state& into);
    void compile_choose_from(const state_source& from, program_state& into);
    void want_verified(place at, const std::string& what);
    void compile_outcomes(
        const state_source& from, program_state& into, const std::vector<std::string>* possible
    );
    void compile_ask(const state_source& from, program_state& into);
    bool plays_verify() const { return source_->plays && source_->plays->text == "verify"; }
    void compile_choices(const state_source& from, program_state& into);
    // compile_answers.cpp
    void compile_typed(const state_source& from, program_state& into);
    void compile_answer(const state_source& from, program_state& into);
    std::vector<typed_kind> kinds_of(const state_source& from);
    void add_button(
        const state_source& from, std::string_view pick, const move& then, program_state& into
    );
    void compile_form(const dialog_source& source, program_dialog& into);
    void relies_on(const std::string& path, place at, std::string what, std::string mend);
    void compile_silence(const silence_source& from, program_state& into);
    [[nodiscard]] std::string answer_of_text(const word& name);
    void check_answer_type(const word& name, fact_type type, const std::string& otherwise);
    void compile_setting(const word& name, const word& to, program_state& into);
    void compile_call(const state_source& from, program_state& into);
    // compile_values.cpp: what is set, given and brought back
    void name_parameters(const dialog_source& source, program_dialog& into);
    void check_parameters(const dialog_source& source);
    void compile_value(const word& name, const word& made_of, program_state& into);
    void compile_given(const state_source& from, const program_dialog& to, program_state& into);
    void only_called(dialog_index begun, place at, const std::string& how);
    void find_called(const word& name, program_state& into);
    moment when_of(const moment_source& from, milliseconds least, milliseconds most);
    void compile_wait(const state_source& from, program_state& into);
    void compile_schedule(const state_source& from, program_state& into);
    void compile_submit(const state_source& from, program_state& into);
    void compile_hand_over(const state_source& from, program_state& into);
    // compile_cases.cpp
    const case_kind* find_kind(const word& name);
    void compile_open_case(const state_source& from, program_state& into);
    void compile_keeps(const state_source& from, program_state& into);
    // compile_payments.cpp
    void compile_report_payment(const state_source& from, program_state& into);
    void compile_promise_payment(const state_source& from, program_state& into);
    void compile_note_hardship(const state_source& from, program_state& into);
    void case_opened(const state_source& from, program_state& into);
    void relief_found();
    // compile_moderation.cpp
    void moderation_found();
    // compile_nudges.cpp
    std::string nudged_dialog(const word& name);
    nudge_segment compile_segment(const segment_source& from, nudge_anchor counts_from);
    void warn_of_steps(const segment_source& from, nudge_anchor counts_from);
    void warn_of_hour(const policy_source& from, const contact_calendar& when);
    void warn_of_limits(const contact_calendar& when);
    void warn_of_reach(const policy_source& from, const nudge_policy& made);
    void check_more(const policy_source& from, const nudge_policy& made);
    void check_channel(const word& named);
    void nudges_found();
    void compile_note_contact(const state_source& from, program_state& into);
    // compile_meetings.cpp
    void agendas_found();
    void check_agenda(const agenda_source& from);
    void check_agenda_texts(const agenda_source& from);
    void meeting_words_found();
    void check_told(const std::string& key, const std::vector<std::string>& told);
    void compile_settle_case(const state_source& from, program_state& into);
    void case_words_found();
    void train();
    void refusals_found();
    void common_messages_found();
    void names_found();
    void check_roles();
    const compiler_input& from_;
    std::vector<diagnostic>& problems_;
    compiled made_{};
    program* program_{};
    std::vector<std::optional<dialog_index>> own_{};  // by source; nothing: a second of its name
    std::vector<std::string> dialog_names_{};
    std::vector<std::string> message_keys_{};
    std::size_t unknown_messages_{};
    std::set<std::string> intents_{};
    // The dialog at hand.
    const dialog_source* source_{};
    dialog_index dialog_{};
    std::unordered_map<std::string, state_index> states_{};  // the first of each name
    requirement needs_{};
    bool looks_up_{};         // her loans
    bool looks_up_savings_{};
    bool looks_up_points_{};  // places to pay
    bool nobody_there_{};                 // compiling what happens in silence
    std::optional<state_index> state_{};  // the one at hand
    std::set<std::string> set_here_{};    // by the state at hand, before what is compiled now
    bool of_policy_{};                    // compiling whom a segment of a policy holds
    bool answered_{};                     // compiling what comes with or after its answer
};

}  // namespace tertulia::dialogs
