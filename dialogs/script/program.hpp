// What the engine reads: every dialog compiled, every name resolved to an index, every message
// interned, every condition a tree. Made once by load_scripts(), immutable, shared between threads.

#pragma once

#include "dialogs/facts/fact_table.hpp"
#include "dialogs/meetings/agenda_book.hpp"
#include "dialogs/moderation/lexicon.hpp"
#include "dialogs/script/answer_values.hpp"
#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/expression.hpp"
#include "dialogs/script/migration.hpp"
#include "dialogs/script/products.hpp"
#include "dialogs/services/cases.hpp"
#include "dialogs/services/hardship.hpp"
#include "dialogs/services/referrals.hpp"
#include "dialogs/understanding/answers.hpp"
#include "dialogs/nudges/policy.hpp"
#include "dialogs/understanding/entities.hpp"
#include "dialogs/understanding/intents.hpp"
#include "dialogs/understanding/places.hpp"
#include "dialogs/wording/calendar.hpp"
#include "dialogs/wording/catalogue.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tertulia::dialogs {

class private_line_model;

// Indexes into a program's states and dialogs; mean nothing in another program.
struct state_index {
    std::uint32_t value{};
    auto operator<=>(const state_index&) const = default;
};
struct dialog_index {
    std::uint32_t value{};
    auto operator<=>(const dialog_index&) const = default;
};

enum class way : std::uint8_t {
    to_state,   // of the same dialog
    to_dialog,  // begins another dialog in place of this one
    to_end,     // the conversation is over
    to_caller,  // back to the dialog that called this one, with `word`
};

// One of these or the text at `at` is said, as the step's seed has it.
struct variation {
    std::size_t at{};  // index into says
    std::vector<message_id> others{};
};

// What is said, then where the talk goes.
struct move {
    std::vector<message_id> says{};
    std::vector<variation> variations{};
    way on{way::to_end};
    state_index state{};
    dialog_index dialog{};
    std::string word{};  // of to_caller
};

struct choice_row {
    std::string pick{};
    message_id title{};
    std::optional<message_id> description{};
    std::vector<std::string> words{};
    std::vector<std::string> word_keys{};  // keyword_key() of each; of no other choice of the state
    std::optional<expression> when{};      // nothing: always offered
    move then{};
};

struct silence {
    milliseconds after{};
    move then{};
    place at{};  // in the dialog's file
};

struct branch_row {
    std::optional<expression> when{};  // nothing, nor any of the next: otherwise
    // Of a form: this answer is not there yet, unless the condition holds; a draft waits.
    std::string unanswered{};
    std::optional<expression> unless{};
    bool draft_waits{};
    move then{};
    [[nodiscard]] bool otherwise() const noexcept {
        return !when && unanswered.empty() && !draft_waits;
    }
};

// When something comes. Without `minutes` it is exactly `after`, or 9 o'clock of the day.
struct moment {
    milliseconds after{};
    std::optional<expression> day{};
    std::optional<int> minutes{};  // since midnight, where the institution is
    int working_days{};            // 0: none; else that many, instead of `after`
    bool at_her_hour{};            // the one she prefers, else 9 o'clock, in place of `minutes`
};

// What becomes of the answer to a question, beside where it leads.
struct answer_rules {
    std::vector<typed_kind> kinds{};    // what she may type or send; empty: one of the choices
    std::string keep_as{};              // empty: it is not kept
    std::optional<expression> allow{};  // looked at with the answer in its place
    std::optional<message_id> otherwise{};
    std::optional<message_id> example{};  // before the last try
    std::optional<message_id> help{};
    std::optional<message_id> why{};
    std::optional<message_id> label{};       // its name, in a form
    std::optional<message_id> label_more{};  // what she answered, in words
    bool may_skip{};                         // with a choice `skip`, which keeps nothing
};
inline constexpr std::string_view skip_pick = "skip";

// The names `set:` knows.
enum class setting : std::uint8_t {
    language,
    opted_out,
    welcomed,
    prefers,
    prefers_address,
    prefers_form,
    prefers_hour,
    prefers_reminders,
    prefers_pause,
    writes_as,
    application_told,
    trusts_number,
    claim_told,
    promise_told,
    referral_code,
    referral_name,
    referral,
    referrals_told,
    referral_asked,
};

// Of setting::referral: what she says to being recommended. In the order of referral_words().
enum class referral_word : std::uint8_t { accepted, refused, hidden, shown };
[[nodiscard]] const std::vector<std::string>& referral_words();

struct setting_row {
    setting what{};
    std::string language{};  // of setting::language; of prefers…, writes_as… their word
    bool of_answer{};        // of prefers_hour and prefers_pause: the word names the answer that is it
    bool on{};               // of the others
    referral_word referral{};
};

// A value to be computed: of `set` it is kept under the name, of `call` it is given so.
struct value_row {
    std::string name{};
    expression made_of{};
};

// What a call brings back: kept under `as` by the caller, under `name` by the one called.
struct brought_row {
    std::string as{};
    std::string name{};
};

enum class agent_queue : std::uint8_t { credit_agent, branch, support };

// How a question may be answered.
enum class answer_kind : std::uint8_t { choices, loans, pin, typed, code, points, savings, options };

// Rows made of records, each leading the same way on: her loans or savings, places found, what
// hardship.yaml offers.
[[nodiscard]] constexpr bool lists_records(answer_kind of) noexcept {
    return of == answer_kind::loans || of == answer_kind::savings || of == answer_kind::points ||
           of == answer_kind::options;
}

// What a look-up looks up.
enum class record_kind : std::uint8_t { loans, points, savings };

// A form of the provider's own that asks all of a form's fields at once.
struct provider_form {
    std::string id{};      // the provider's
    std::string screen{};  // it begins with; empty: its first
    message_id button{};   // opens it
};

// A state does one verb; the members of the other verbs are empty.
struct program_state {
    std::string name{};
    dialog_index dialog{};
    verb does{verb::end};
    place at{};  // in the dialog's file, for coverage reports
    move then{};

    answer_kind answers{};
    message_id question{};
    std::vector<choice_row> choices{};
    message_id label{};  // of answer_kind::loans, savings and points
    std::optional<message_id> label_more{};
    std::optional<answer_rules> answer{};  // of typed, and of choices that are kept
    bool lists_choices{};                  // the choices are also written out below the question
    std::optional<provider_form> provider_fills{};  // of the question that opens it
    std::optional<silence> if_silent{};
    std::optional<consent_kind> consents{};         // of a yes or no: what a yes agrees to
    int tries{2};
    std::string proves{};                     // of answer_kind::code: the answer that is the number
    std::optional<message_id> code_text{};    // and what is sent there
    std::optional<message_id> unclear_say{};  // nothing: common.not_understood
    std::optional<move> unclear_then{};       // nothing: the dialog that plays fallback

    std::vector<std::pair<std::string, move>> outcomes{};  // by word
    std::vector<branch_row> branches{};
    std::vector<setting_row> settings{};
    std::vector<value_row> values{};    // of set and call, in order
    std::vector<brought_row> brings{};  // of call
    std::optional<form_act> acts{};
    std::string product{};                // of submit
    std::optional<expression> amount{};  // of submit, report_payment and promise_payment
    std::optional<expression> day{};     // of report_payment and promise_payment
    std::optional<expression> cause{};   // of note_hardship
    std::string proof{};                 // of report_payment: the answer that is her receipt
    dialog_index called{};  // of call, schedule and cancel_scheduled
    moment due{};           // of wait and schedule
    std::optional<move> if_she_writes{};
    agent_queue to{};
    std::string because{};
    std::string opens{};  // of open_case, report_payment and note_hardship: its kind
    std::string category{};                // of open_case; empty: none, or
    std::optional<expression> category_of{};  // what this gives
    std::string about{};                    // of note_contact: the stage, or the survey
    std::vector<std::string> case_keeps{};  // of open_case, note_hardship and note_contact
    bool unnamed{};                        // of open_case: not told who she is
    bool reopens{};                        // of settle_case: else it is over
    record_kind looks_up{};
    std::string near{};                // of look_up: the answer whose place is looked round
    std::optional<expression> only{};  // of look_up: which of the places there
    document_kind sends{};             // of say: a document made for her goes with it
    std::optional<message_id> file_name{};  // of that document, without its ending
    bool sends_pin_link{};             // of say: where she sets her PIN stands below its first text
    bool maps{};                       // of say: the place to pay is shown on a map after it

    // The way on for an outcome, or nullptr.
    [[nodiscard]] const move* outcome(std::string_view word) const noexcept;
};

// What a dialog may start on besides her words: names of dialogs::happened.
[[nodiscard]] const std::vector<std::string>& event_names();

// Entry codes are compared in small letters, ASCII alone.
[[nodiscard]] bool is_of_entry_code(char one) noexcept;
[[nodiscard]] std::string entry_code_key(std::string_view text);
// In their place: a code of somebody who recommends us. No entry code has such a sign.
inline constexpr std::string_view any_referral_code = "?";

// `confirmed`: somebody of the institution has made sure, by another way, that it is her who wants this.
enum class requirement : std::uint8_t { anyone, known, verified, confirmed };

// What a call gives a dialog.
struct parameter {
    std::string name{};
    fact_type type{};
};

// Of a dialog that is a form.
struct program_form {
    std::vector<state_index> fields{};  // in order
    milliseconds keep_for{};            // 0: what she leaves unfinished is not kept
    std::optional<message_id> kept{};
};

// Why an application is refused, as people are told it.
struct program_refusal {
    std::string code{};
    message_id why{};
    message_id change{};
    std::chrono::days retry{};  // she may ask again after
};

struct program_dialog {
    std::string name{};
    std::string about{};
    std::string file{};
    bool anywhere{};
    bool back{};
    bool wins{};
    requirement needs{};
    tone speaks_in{};
    state_index begin{};
    std::optional<expression> starts_when{};  // nothing: whenever its triggers come
    int priority{};
    // Its name on a button, for when we are not sure that she means it: the message
    // "<dialog>.name".
    std::optional<message_id> called{};
    std::vector<state_index> states{};
    std::vector<parameter> takes{};  // not empty: only a call begins it
    std::optional<program_form> form{};
    // Events begin it within these hours, later if need be and also by template; nothing: at once,
    // in between, to who is there.
    std::optional<day_hours> between{};
};

// The messages the engine says itself. All must exist.
struct common_messages {
    message_id not_understood{};
    message_id stale_tap{};
    message_id set_gone{};
    message_id trouble{};
    message_id choose{};
    message_id picture_received{};
    message_id voice_received{};
    message_id unsupported{};
    message_id group_private{};
    message_id returned_by_person{};
    message_id number_changed{};
    std::optional<message_id> go_on{};  // nothing: an interrupted question comes back unannounced
    std::optional<message_id> which_one{};  // nothing: two near guesses are not asked between
    std::optional<message_id> addressed_to{};  // nothing: who shares a number is not named
    std::optional<message_id> corrected{};  // nothing: no answer is corrected afterwards
};

// Lets a map of strings be asked with a view.
struct text_hash {
    using is_transparent = void;
    [[nodiscard]] std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};
template <class Value>
using text_map = std::unordered_map<std::string, Value, text_hash, std::equal_to<>>;

// The dialogs one word (intent, code…) starts, in the order they are to be tried: the first whose
// `starts_when` holds.
using started_dialogs = std::vector<dialog_index>;

// Filled by the compiler, then never changed: everything public and read only through `const`.
class program {
public:
    std::vector<program_dialog> dialogs{};
    std::vector<program_state> states{};
    std::shared_ptr<const fact_table> known{};  // the words and every condition look into it
    std::shared_ptr<const catalogue> words{};
    intent_model intents{};
    institution house{};
    std::optional<local_calendar> calendar{};  // set whenever there is a program
    place_names places{};
    std::vector<loan_product> products{};      // what may be applied for
    std::vector<program_refusal> refusals{};   // why one may be refused
    relief_rules relief{};                     // what can be done where she cannot pay
    std::vector<message_id> relief_labels{};   // the rows of its options, in their order
    std::optional<migration> moves{};          // what becomes of talks under way elsewhere
    common_messages common{};
    std::vector<case_kind> cases{};  // what operators declare; none: every kind is a plain one
    nudge_rules nudges{};                 // when we speak first
    std::vector<dialog_index> nudged{};   // the dialogs its policies begin
    // How village banks meet; none: they do not meet here. In full, for its name is a namespace's too.
    ::tertulia::dialogs::meetings::agenda_book meetings{};
    meeting_lexicon meeting_words{};             // what the moderation of meetings listens for
    // What it has learnt of private lines; null: operators have sorted none.
    std::shared_ptr<const private_line_model> private_lines{};
    std::vector<commission_rule> commissions{};  // what a recommendation earns, the oldest first

    std::optional<dialog_index> welcome{};
    std::optional<dialog_index> menu{};
    std::optional<dialog_index> fallback{};
    std::optional<dialog_index> verify{};

    text_map<dialog_index> by_name{};
    text_map<started_dialogs> by_word{};  // by keyword_key()
    text_map<started_dialogs> by_intent{};
    text_map<started_dialogs> by_code{};  // in small letters; any_referral_code: of those we give
    text_map<started_dialogs> by_referral{};
    text_map<started_dialogs> by_event{};
    text_map<std::string> intent_of_word{};  // of words whose dialog an intent starts too

    [[nodiscard]] const program_dialog& at(dialog_index of) const { return dialogs.at(of.value); }
    [[nodiscard]] const program_state& at(state_index of) const { return states.at(of.value); }
    [[nodiscard]] std::optional<dialog_index> find_dialog(std::string_view name) const noexcept;
    [[nodiscard]] std::optional<state_index> find_state(
        std::string_view dialog, std::string_view name
    ) const noexcept;

    // What a free text means here: a word that starts a dialog stands for that dialog's intent and
    // is certain; anything else is for the model. `language`: hers as far as known; else the
    // house's.
    [[nodiscard]] understood understand(std::string_view text, std::string_view language) const;
    // How figures in her texts are read.
    [[nodiscard]] reading_rules rules_of_reading(std::string_view language, instant now) const;
};

}  // namespace tertulia::dialogs
