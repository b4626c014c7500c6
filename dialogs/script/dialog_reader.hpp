// A dialog's file read key by key, for the dialog_reader*.cpp files that share it: the values every
// verb has, the verbs, and the questions. Shape alone; see dialog_source.hpp.

#pragma once

#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/shape.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

class dialog_reader {
public:
    explicit dialog_reader(findings& into) : into_(into) {}
    std::optional<dialog_source> dialog(const source_file& file, const yaml_node& root);

private:
    void check_name(const word& name, const std::string& whose);
    void only(const yaml_node& map, const map_shape& of, const std::string& whose);
    std::optional<word> as_text(const yaml_node& value, std::string_view key);
    std::optional<word> text(const yaml_node& map, std::string_view key);
    std::optional<word> wanted_text(
        const yaml_node& map, std::string_view key, const std::string& whose
    );
    std::vector<word> texts(const yaml_node& map, std::string_view key);
    bool truth(const yaml_node& map, std::string_view key);
    move_source move(const yaml_node& map);
    move_source way(const yaml_node& value, const std::string& what);
    void lead_on(move_source& of, const std::string& what);
    void read_says(const yaml_node& map, move_source& into);
    // `after`: the key a length of time stands under, "for" or "after".
    moment_source moment(const yaml_node& map, std::string_view after, const std::string& whose);
    std::optional<int> clock(const word& written);
    std::optional<day_hours> hours(const word& written);
    void fill_submit(state_source& made, const yaml_node& map, const std::string& whose);
    void fill_wait(state_source& made, const yaml_node& value, const std::string& whose);
    void fill_schedule(state_source& made, const yaml_node& map, const std::string& whose);
    void fill_triggers(dialog_source& made, const yaml_node& map);
    state_source state(const yaml_entry& entry);
    void fill(state_source& made, const yaml_node& value, const std::string& whose);
    void fill_ask(state_source& made, const yaml_node& value, const std::string& whose);
    void fill_code(state_source& made, const yaml_node& value, const std::string& whose);
    void fill_choices(state_source& made, const yaml_node& choices, const std::string& whose);
    void fill_outcomes(state_source& made, const yaml_node& value, const std::string& whose);
    // The same where a way on could stand in their place: not both.
    void fill_only_outcomes(state_source& made, const yaml_node& value, const std::string& whose);
    void fill_branch(state_source& made, const yaml_node& list, const std::string& whose);
    void fill_set(state_source& made, const yaml_node& map, const std::string& whose);
    void fill_open_case(
        state_source& made, const yaml_node& map, const std::string& whose
    );
    void fill_keeps(state_source& made, const yaml_node& map);
    // dialog_reader_payments.cpp: what she says of her payments
    void fill_payment(state_source& made, const yaml_node& value, const std::string& whose);
    void fill_note_contact(state_source& made, const yaml_node& map, const std::string& whose);
    void fill_note_hardship(state_source& made, const yaml_node& map, const std::string& whose);
    void fill_hand_over(state_source& made, const yaml_node& map, const std::string& whose);
    void fill_silence(state_source& made, const yaml_node& map);
    void fill_unclear(state_source& made, const yaml_node& map);
    // dialog_reader_answers.cpp: what she types, and what is kept of it
    void fill_expected(state_source& made, const yaml_node& value, const std::string& whose);
    void fill_answer(state_source& made, const yaml_node& value, const std::string& whose);
    // dialog_reader_calls.cpp: what a call gives and brings back
    void fill_takes(dialog_source& made, const yaml_node& map);
    void fill_call(state_source& made, const yaml_node& value, const std::string& whose);
    void fill_brought(state_source& made, const yaml_node& value);
    // form_reader.cpp: `form:` in place of `states:`
    void form(dialog_source& made, const yaml_node& root);
    void form_field(const yaml_node& item, dialog_source& of, branch_source& row);
    void form_choices(state_source& made, const yaml_node& list);
    void form_kept(dialog_source& made, const yaml_node& root);
    void form_review(dialog_source& made, const yaml_node& root);
    bool form_flow(dialog_source& made, const yaml_node& root);
    findings& into_;
};

}  // namespace tertulia::dialogs
