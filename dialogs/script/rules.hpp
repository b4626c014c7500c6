// The rules operators' files are held to. Each has an id that stays, whatever its words become:
// editors, pipelines and people silence or count by it. What a rule means is in the table of
// rules.cpp and in dialogs/README.md; a rule without a test that breaks it does not pass (tests/
// unit/gateway/commands/rules_test.cpp).

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tertulia::dialogs {

enum class severity : std::uint8_t { warning, error };

// In the order of the table, which tells what each means.
enum class rule : std::uint8_t {
    // files
    unreadable,
    ignored_file,
    empty_file,
    not_utf8,
    not_yaml,
    tab_indent,
    yaml_feature,
    second_document,
    repeated_key,
    too_large,
    file_name,
    // shape
    wrong_shape,
    wrong_value,
    wrong_order,
    unknown_key,
    missing_key,
    misplaced_key,
    bad_name,
    repeated_name,
    unknown_word,
    // dialogs and their states
    no_dialog,
    unknown_dialog,
    unknown_state,
    no_verb,
    two_verbs,
    no_way_on,
    two_ways_on,
    otherwise_last,
    missing_role,
    repeated_role,
    repeated_trigger,
    no_letters,
    must_be_open,
    endless_call,
    endless_loop,
    never_returns,
    called_only,
    wrong_parameter,
    never_kept,
    value_kind,
    unknown_outcome,
    missing_outcome,
    unreachable_dialog,
    unreachable_state,
    dead_end,
    // questions
    answer_kind,
    too_many_choices,
    nothing_to_choose,
    repeated_title,
    unknown_choice,
    repeated_word,
    silence_length,
    outside_window,
    // what is hers alone
    needs_verified,
    nobody_there,
    pin_outside_verify,
    // conditions
    bad_condition,
    unknown_fact,
    maybe_missing,
    // messages and phrases
    bad_message,
    bad_variant,
    unknown_media,
    bad_media,
    text_alone,
    bad_template,
    unknown_message,
    missing_message,
    missing_text,
    text_too_long,
    empty_text,
    line_break,
    unused_message,
    sms_too_long,
    sender_without_answers,
    missing_language,
    unspoken_language,
    unknown_language,
    unchosen_language,
    stale_translation,
    unknown_intent,
    unused_intent,
    missing_phrases,
    // how the texts sound
    jargon,
    forbidden_text,
    informal_address,
    long_sentence,
    shouting,
    // the institution and its config
    no_language,
    unknown_time_zone,
    unset_variable,
    unsafe_simulator,
    // forms
    field_without_help,
    // tests
    golden_differs,
    // policies of nudges
    never_said,
};

struct rule_row {
    rule is{};
    std::string_view id{};  // kebab-case
    severity level{severity::error};
    std::string_view about{};  // a sentence for people
};

// Every rule, in the order of the enum.
[[nodiscard]] std::span<const rule_row> all_rules() noexcept;
[[nodiscard]] const rule_row& row_of(rule one) noexcept;
[[nodiscard]] std::optional<rule> find_rule(std::string_view id) noexcept;

}  // namespace tertulia::dialogs
