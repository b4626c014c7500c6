// An operator's dialog test as its file says it. The format, key by key, is in dialogs/README.md;
// made by read_tests(), played by rehearse().

#pragma once

#include "dialogs/engine/event.hpp"
#include "dialogs/facts/facts.hpp"
#include "dialogs/rehearsal/stand_in.hpp"
#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/script/yaml_tree.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tertulia::dialogs {

// One text for every language, or one for each.
struct text_by_language {
    std::string same{};
    std::map<language_tag, std::string> each{};  // not empty: `same` does not count
    place at{};
    [[nodiscard]] const std::string& in(const language_tag& language) const;
};

// ---- what happens

struct she_types {
    text_by_language text{};
};
// Taps what the last question offers, by its pick or, of her loans, as it reads.
struct she_taps {
    std::string pick{};
    bool earlier{};  // on the question before the last
};
struct she_sends {
    inbound_content content{};
    std::string device{};
};
struct she_gives_pin {
    secret_answer answer{};
    bool is_code{};  // the one-time code that proves a number
};
struct time_passes {
    milliseconds time{};
};
struct agent_acts {
    std::string action{};
};
struct comes_from_ad {
    std::string id{};
    text_by_language text{};  // what the ad wrote for her
};
struct it_happens {
    std::string what{};
};
// The plan has it fall due: the step of a policy that begins this dialog.
struct nudge_falls_due {
    std::string dialog{};
};
// She goes on there.
struct moves_to_channel {
    std::string name{};
};
// What we said last does not arrive, or cannot be shown to be for her any more.
struct said_is_lost {
    failure means{};
};
struct core_becomes {
    core_state state{};
};

// Core banking has this of her from here on; what it does not name stays as it was.
struct given_facts;  // below
struct core_has {
    std::shared_ptr<const given_facts> of{};
};

// What a colleague writes or taps in her own conversation.
struct officer_does {
    text_by_language text{};
    std::string pick{};  // not empty: she taps that
};
// Core banking has another state of the application she sent last, and it is told.
struct application_becomes {
    loan_status state{};
    std::optional<civil_date> until{};  // of an approved one
    std::string reason{};               // of a rejected one
};

// Core banking has a payment on her loan, and it is told.
struct payment_appears {
    std::string amount{};  // of the institution's money: "250.00"
    std::optional<civil_date> on{};  // nothing: today
    std::string receipt{};
};

// What has become of the one she recommended last; `consented` is one more.
struct referral_becomes {
    referral_state state{};
    std::optional<money> amount{};  // earned with it
    bool hidden{};
};

// ---- what must come of it

enum class bot_line : std::uint8_t {
    message,   // the one named
    nothing,   // silence, said aloud
    anything,  // whatever it says is well
};
struct bot_says {
    bot_line what{};
    std::string key{};
    std::vector<std::string> or_keys{};                // `one_of`: any of these instead
    std::vector<text_by_language> parts{};             // `says`: all of them are in the text
    std::vector<text_by_language> not_parts{};         // `says_not`: none of them is
    std::optional<text_by_language> text{};            // the whole text, word for word
    std::optional<std::vector<std::string>> offers{};  // the picks, in order
    std::optional<std::vector<std::string>> shows{};   // the files, in order
    std::string by_template{};                         // the name of one; empty: as it may be
    std::string by{};                                  // the channel; empty: whichever
    std::optional<std::vector<text_by_language>> gaps{};  // what stands in its gaps, in order
};
// What she hears there.
struct officer_hears {
    bot_says line{};
};
struct talk_ends {};
struct handed_over {
    std::string to{};  // credit_agent, branch, support
    std::string because{};
};
struct stands_at {
    std::string state{};  // "dialog.state"
};
struct record_kept {
    std::string kind{};
};
struct answers_kept {
    std::vector<std::pair<std::string, std::string>> each{};  // name, kind:value or "none"
};

using test_step_kind = std::variant<
    she_types,
    she_taps,
    she_sends,
    she_gives_pin,
    time_passes,
    agent_acts,
    comes_from_ad,
    it_happens,
    nudge_falls_due,
    moves_to_channel,
    said_is_lost,
    core_becomes,
    core_has,
    officer_does,
    application_becomes,
    payment_appears,
    referral_becomes,
    bot_says,
    talk_ends,
    handed_over,
    stands_at,
    record_kept,
    answers_kept,
    officer_hears>;

struct test_step {
    test_step_kind does{};
    place at{};
    int line{};  // of the item it stands in; a list of messages is several steps of one item
    [[nodiscard]] bool expects() const noexcept;  // else it happens
};

// ---- who she is

struct given_loan {
    std::string product{};
    int instalments{};
    int paid{};
    money each{};
    std::optional<civil_date> next_due{};  // of the first that is not paid
    int every_days{28};
    std::optional<money> payoff{};  // what closes it that day; nothing: nobody says
};

struct given_savings {
    std::string product{};
    money balance{};
    std::optional<money> available{};  // nothing: all of it
};

struct given_facts {
    std::string person{};  // of the cast; empty: nobody on file unless first_name is given
    std::optional<std::string> first_name{};
    std::optional<std::string> courtesy{};
    std::optional<std::string> officer{};  // her courtesy; "": none
    std::optional<std::string> branch{};   // its name; "": none
    std::optional<std::string> pin{};      // "": none
    std::optional<bool> met_officer{};
    std::optional<std::vector<given_loan>> loans{};
    std::optional<std::vector<given_savings>> savings{};
    std::vector<payment_point> payment_points{};
    core_state core{core_state::up};
    std::optional<local_time> at{};
    std::string channel{"whatsapp"};
    bool language_unknown{};
    bool first_time{};
    bool verified{};
    bool opted_out{};
    bool no_number{};           // only her WhatsApp user id is known
    std::string shared_with{};  // of the cast; the number is hers, too
    std::string prefers{};
    bool another_at_desk{};  // not her own credit agent, but somebody else works on cases
    std::vector<introduction> referrers{};  // whose codes there are
    bool works_here{};                      // she is one of the institution's own
};

struct dialog_test {
    std::string name{};
    std::string file{};
    place at{};
    std::vector<language_tag> languages{};
    std::vector<archetype> archetypes{};  // empty: as she is
    given_facts given{};
    std::vector<test_step> talk{};
    place talk_at{};
    std::vector<text_by_language> never_says{};
    bool golden{};
};

// All tests of a file; what is wrong with it is in `problems`, and then nothing is returned.
// Names of messages, states, picks, people and languages are looked up here.
[[nodiscard]] std::vector<dialog_test> read_tests(
    const source_file& file,
    const program& script,
    const rehearsal_cast& cast,
    std::vector<diagnostic>& problems
);

// "2026-11-23 10:40".
[[nodiscard]] std::optional<local_time> parse_local_time(std::string_view text) noexcept;

}  // namespace tertulia::dialogs
