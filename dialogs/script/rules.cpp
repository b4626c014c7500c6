#include "dialogs/script/rules.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tertulia::dialogs {
namespace {

constexpr auto error = severity::error;
constexpr auto warning = severity::warning;

constexpr std::array rows{
    rule_row{rule::unreadable, "unreadable", error, "A file or folder cannot be read."},
    rule_row{
        rule::ignored_file,
        "ignored-file",
        warning,
        "A file looks like one of ours, but is not read."},
    rule_row{rule::empty_file, "empty-file", error, "A file holds nothing."},
    rule_row{rule::not_utf8, "not-utf8", error, "A file is not text in UTF-8."},
    rule_row{rule::not_yaml, "not-yaml", error, "A file is not YAML."},
    rule_row{rule::tab_indent, "tab-indent", error, "A tab indents a line."},
    rule_row{rule::yaml_feature, "yaml-feature", error, "An anchor, an alias or a tag of YAML."},
    rule_row{rule::second_document, "second-document", error, "Two YAML documents in one file."},
    rule_row{rule::repeated_key, "repeated-key", error, "A key is written twice."},
    rule_row{
        rule::too_large,
        "too-large",
        error,
        "A file is too long or too deep, or there are too many."},
    rule_row{rule::file_name, "file-name", error, "A file is not called as what is in it."},

    rule_row{rule::wrong_shape, "wrong-shape", error, "A list, a map or a text is wanted here."},
    rule_row{rule::wrong_value, "wrong-value", error, "A value is not of its key's kind."},
    rule_row{rule::wrong_order, "wrong-order", error, "A test expects before anything happens."},
    rule_row{rule::unknown_key, "unknown-key", error, "There is no such key here."},
    rule_row{rule::missing_key, "missing-key", error, "A key that is needed is not there."},
    rule_row{rule::misplaced_key, "misplaced-key", error, "A key needs another one beside it."},
    rule_row{rule::bad_name, "bad-name", error, "A name has signs a name cannot have."},
    rule_row{rule::repeated_name, "repeated-name", error, "Two things have one name."},
    rule_row{
        rule::unknown_word, "unknown-word", error, "A key takes one of a few words; this is none."},

    rule_row{rule::no_dialog, "no-dialog", error, "There is no dialog at all."},
    rule_row{rule::unknown_dialog, "unknown-dialog", error, "There is no dialog of that name."},
    rule_row{
        rule::unknown_state, "unknown-state", error, "There is no state or dialog of that name."},
    rule_row{rule::no_verb, "no-verb", error, "A state does nothing."},
    rule_row{rule::two_verbs, "two-verbs", error, "A state or a step does two things."},
    rule_row{rule::no_way_on, "no-way-on", error, "Nothing says where the talk goes next."},
    rule_row{rule::two_ways_on, "two-ways-on", error, "The talk would go two ways at once."},
    rule_row{
        rule::otherwise_last,
        "otherwise-last",
        error,
        "A branch needs 'otherwise', once and at its end."},
    rule_row{rule::missing_role, "missing-role", error, "No dialog plays a part that is needed."},
    rule_row{rule::repeated_role, "repeated-role", error, "Two dialogs play one part."},
    rule_row{
        rule::repeated_trigger,
        "repeated-trigger",
        error,
        "A trigger starts two dialogs that nothing tells apart."},
    rule_row{rule::no_letters, "no-letters", error, "A word has no letters to recognise."},
    rule_row{rule::must_be_open, "must-be-open", error, "This dialog must be open to everyone."},
    rule_row{rule::endless_call, "endless-call", error, "A dialog calls itself."},
    rule_row{
        rule::endless_loop,
        "endless-loop",
        error,
        "The talk may go round without asking anything."},
    rule_row{rule::never_returns, "never-returns", error, "A dialog that is called never returns."},
    rule_row{
        rule::called_only,
        "called-only",
        error,
        "A dialog that takes values is begun otherwise than by a call."},
    rule_row{
        rule::wrong_parameter,
        "wrong-parameter",
        error,
        "A call does not give what the called dialog takes."},
    rule_row{
        rule::never_kept,
        "never-kept",
        error,
        "A call brings back what the called dialog never keeps."},
    rule_row{
        rule::value_kind,
        "value-kind",
        error,
        "A value is of a type its name does not have elsewhere, or that cannot be kept."},
    rule_row{
        rule::unknown_outcome,
        "unknown-outcome",
        error,
        "A way on for an outcome that never comes."},
    rule_row{
        rule::missing_outcome, "missing-outcome", error, "An outcome that may come has no way on."},
    rule_row{rule::unreachable_dialog, "unreachable-dialog", warning, "Nothing leads to a dialog."},
    rule_row{rule::unreachable_state, "unreachable-state", warning, "Nothing leads to a state."},
    rule_row{rule::dead_end, "dead-end", warning, "No answer ever leads to an end or a person."},

    rule_row{
        rule::answer_kind, "answer-kind", error, "A question expects no kind of answer, or two."},
    rule_row{rule::too_many_choices, "too-many-choices", error, "More choices than a list holds."},
    rule_row{rule::nothing_to_choose, "nothing-to-choose", error, "Every choice may be left out."},
    rule_row{
        rule::repeated_title, "repeated-title", error, "Two choices of a question read the same."},
    rule_row{rule::unknown_choice, "unknown-choice", error, "No question has such a choice."},
    rule_row{rule::repeated_word, "repeated-word", error, "A word means two choices."},
    rule_row{
        rule::silence_length,
        "silence-length",
        error,
        "A silence, wait or delay is too short or too long."},
    rule_row{
        rule::outside_window,
        "outside-window",
        error,
        "After 24 hours of silence only a template or an SMS may be sent."},

    rule_row{
        rule::needs_verified, "needs-verified", error, "This is hers alone: she must be verified."},
    rule_row{
        rule::nobody_there,
        "nobody-there",
        error,
        "Something personal is said when nobody answers."},
    rule_row{
        rule::pin_outside_verify,
        "pin-outside-verify",
        error,
        "Only the dialog that plays verify asks for a PIN."},

    rule_row{rule::bad_condition, "bad-condition", error, "A condition cannot be understood."},
    rule_row{rule::unknown_fact, "unknown-fact", error, "A condition looks at no known fact."},
    rule_row{
        rule::maybe_missing, "maybe-missing", warning, "A condition looks at what may be missing."},

    rule_row{rule::bad_message, "bad-message", error, "A text cannot be understood."},
    rule_row{
        rule::bad_variant, "bad-variant", error, "A variant has no such condition, or never holds."},
    rule_row{rule::unknown_media, "unknown-media", error, "There is no such picture or recording."},
    rule_row{rule::bad_media, "bad-media", error, "A file cannot be shown where it stands."},
    rule_row{
        rule::text_alone, "text-alone", warning, "Pictures cannot be fetched; only texts go out."},
    rule_row{
        rule::bad_template,
        "bad-template",
        error,
        "A template is not one a provider approves, or not the same everywhere."},
    rule_row{rule::unknown_message, "unknown-message", error, "There is no such message."},
    rule_row{
        rule::missing_message, "missing-message", error, "The assistant itself says this message."},
    rule_row{rule::missing_text, "missing-text", error, "A text is missing in a language."},
    rule_row{
        rule::text_too_long, "text-too-long", error, "A text is longer than its place can show."},
    rule_row{rule::empty_text, "empty-text", error, "A text has nothing in it to read."},
    rule_row{rule::line_break, "line-break", error, "A button or a row has more than one line."},
    rule_row{rule::unused_message, "unused-message", warning, "Nothing says a message."},
    rule_row{rule::sms_too_long, "sms-too-long", warning, "An SMS takes more than three parts."},
    rule_row{
        rule::sender_without_answers,
        "sender-without-answers",
        warning,
        "An SMS channel writes under a name, which nobody can answer and not every network shows."},
    rule_row{rule::missing_language, "missing-language", error, "A language has no messages file."},
    rule_row{
        rule::unspoken_language,
        "unspoken-language",
        error,
        "The institution, or this test, does not speak that language."},
    rule_row{rule::unknown_language, "unknown-language", error, "There is no such language."},
    rule_row{
        rule::unchosen_language, "unchosen-language", warning, "No dialog lets her choose a language."},
    rule_row{
        rule::stale_translation,
        "stale-translation",
        warning,
        "A text has changed since it was translated."},
    rule_row{rule::unknown_intent, "unknown-intent", error, "An intent has no phrases."},
    rule_row{rule::unused_intent, "unused-intent", warning, "No dialog starts on an intent."},
    rule_row{
        rule::missing_phrases, "missing-phrases", warning, "A language has no file of phrases."},

    rule_row{rule::jargon, "jargon", warning, "A word of the bank where a plainer one would do."},
    rule_row{rule::forbidden_text, "forbidden-text", warning, "What is never said to a client."},
    rule_row{
        rule::informal_address, "informal-address", warning, "Too familiar a way to address her."},
    rule_row{
        rule::long_sentence, "long-sentence", warning, "A sentence is too long for its readers."},
    rule_row{rule::shouting, "shouting", warning, "Capitals or rows of exclamation marks."},

    rule_row{rule::no_language, "no-language", error, "The institution speaks no language."},
    rule_row{rule::unknown_time_zone, "unknown-time-zone", error, "There is no such time zone."},
    rule_row{
        rule::unset_variable, "unset-variable", error, "A variable of the environment is not set."},
    rule_row{
        rule::unsafe_simulator,
        "unsafe-simulator",
        error,
        "The simulator would be open to strangers."},

    rule_row{
        rule::field_without_help,
        "field-without-help",
        warning,
        "A field of a form says neither what is meant nor why it is asked."},

    rule_row{
        rule::golden_differs, "golden-differs", error, "A golden test cannot be written anew."},

    rule_row{
        rule::never_said,
        "never-said",
        warning,
        "A policy of nudges has what is never said, or not as it reads."},
};

constexpr bool in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (static_cast<std::size_t>(rows[i].is) != i) return false;
    }
    return true;
}
static_assert(in_order(), "the table of rules goes in the order of the enum");

}  // namespace

std::span<const rule_row> all_rules() noexcept {
    return rows;
}

const rule_row& row_of(rule one) noexcept {
    return rows[static_cast<std::size_t>(one)];
}

std::optional<rule> find_rule(std::string_view id) noexcept {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const rule_row& row) { return row.id == id; });
    if (found == rows.end()) return std::nullopt;
    return found->is;
}

}  // namespace tertulia::dialogs
