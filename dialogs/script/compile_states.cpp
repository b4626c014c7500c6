// States that ask nothing: look-ups, branches, settings, calls and hand-overs.

#include "dialogs/script/answer_names.hpp"
#include "dialogs/script/compiler_parts.hpp"
#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/preference_settings.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::dialogs {
namespace {

// What gateway/documents/statement.cpp says in a statement.
constexpr std::array words_of_statement{
    "document.statement", "document.for", "document.as_of", "document.loan", "document.owed",
    "document.payoff", "document.number", "document.due", "document.total", "document.paid",
    "document.left", "document.payments", "document.date", "document.amount", "document.place",
    "document.note", "document.reversed", "document.savings", "document.product",
    "document.balance", "document.available", "document.closing"};

// What gateway/documents/pin_page.cpp says.
constexpr std::array words_of_pin_page{
    "title", "rules", "first", "second", "save", "not_six_digits", "repeats", "sequence",
    "birth_date", "differ", "done", "gone"};

}  // namespace

void compiler::compile_state(const state_source& from, program_state& into) {
    if (!from.does) return;
    into.does = *from.does;
    switch (*from.does) {
        case verb::ask:
            compile_ask(from, into);
            break;
        case verb::look_up:
            compile_look_up(from, into);
            break;
        case verb::branch:
            for (const auto& row : from.branches) {
                branch_row made{};
                if (row.when) made.when = condition(*row.when);
                if (row.unanswered) made.unanswered = row.unanswered->text;
                if (row.unless) {
                    // An answer that is not there leaves the field to be asked: no slip.
                    const auto here = std::exchange(state_, std::nullopt);
                    made.unless = condition(*row.unless);
                    state_ = here;
                }
                made.draft_waits = row.draft_waits;
                made.then = way_on(row.then);
                into.branches.push_back(std::move(made));
            }
            break;
        case verb::set:
            for (const auto& [name, to] : from.settings) compile_setting(name, to, into);
            set_here_.clear();
            into.acts = from.acts;
            into.then = way_on(from.then);
            break;
        case verb::call:
            compile_call(from, into);
            break;
        case verb::hand_over:
            compile_hand_over(from, into);
            break;
        case verb::wait:
            compile_wait(from, into);
            break;
        case verb::schedule:
        case verb::cancel_scheduled:
            compile_schedule(from, into);
            break;
        case verb::open_case:
            compile_open_case(from, into);
            break;
        case verb::settle_case:
            compile_settle_case(from, into);
            break;
        case verb::submit:
            compile_submit(from, into);
            break;
        case verb::report_payment:
            compile_report_payment(from, into);
            break;
        case verb::promise_payment:
            compile_promise_payment(from, into);
            break;
        case verb::note_hardship:
            compile_note_hardship(from, into);
            break;
        case verb::note_contact:
            compile_note_contact(from, into);
            break;
        case verb::say:
        case verb::end:
            into.then = way_on(from.then);
            into.maps = from.maps.has_value();
            if (from.sends) compile_document(from, into);
            if (from.link) compile_link(from, into);
            if (from.maps && from.maps->text != "point") {
                not_found(
                    rule::unknown_word,
                    *from.maps,
                    "'" + from.maps->text + "' is on no map",
                    {"point"}
                );
            }
            break;
    }
}

void compiler::compile_document(const state_source& from, program_state& into) {
    const auto& words = document_words();
    const auto at = std::ranges::find(words, from.sends->text);
    if (at == words.end()) {
        not_found(
            rule::unknown_word,
            *from.sends,
            "there is no document called '" + from.sends->text + "'",
            words
        );
        return;
    }
    want_verified(from.sends->at, "sending a document of hers");
    into.sends = static_cast<document_kind>(at - words.begin() + 1);
    if (into.sends != document_kind::my_data) {
        for (const auto* key : words_of_statement) {
            (void)message({key, from.sends->at}, message_part::text);
        }
    }
    if (from.then.says.empty()) return;
    const auto key = from.then.says.front().text + ".file";
    into.file_name = optional_message(key, from.sends->at, message_part::text);
}

void compiler::compile_link(const state_source& from, program_state& into) {
    if (from.link->text != "pin") {
        not_found(
            rule::unknown_word, *from.link, "no address is called '" + from.link->text + "'", {"pin"}
        );
    }
    if (needs_ != requirement::confirmed) {
        want_verified(from.link->at, "sending the address where a PIN is set");
    }
    into.sends_pin_link = true;
    for (const auto* key : words_of_pin_page) {
        (void)message({std::string{"pin_page."} + key, from.link->at}, message_part::text);
    }
    if (from.then.says.empty()) return;
    // Said in place of it where nobody can open an address of ours.
    (void)message({from.then.says.front().text + ".no_link", from.link->at}, message_part::text);
}

void compiler::compile_look_up(const state_source& from, program_state& into) {
    const bool of_points = from.looks_up_points();
    if (from.look_up &&
        std::ranges::find(record_words(), from.look_up->text) == record_words().end()) {
        not_found(
            rule::unknown_word,
            *from.look_up,
            "nothing called '" + from.look_up->text + "' can be looked up",
            record_words()
        );
    }
    if (of_points) {
        into.looks_up = record_kind::points;
        compile_near(from, into);
    } else {
        const bool of_savings = from.looks_up("savings");
        into.looks_up = of_savings ? record_kind::savings : record_kind::loans;
        want_verified(
            from.verb_at, of_savings ? "looking up her savings" : "looking up her loans"
        );
        for (const auto& key : {from.near, from.only}) {
            if (!key) continue;
            error(
                rule::misplaced_key,
                key->at,
                "'near' and 'only' belong to 'look_up: payment_points'"
            );
        }
    }
    compile_outcomes(from, into, &look_up_outcomes(of_points));
}

// Places to pay are looked for near an answer that is a place.
void compiler::compile_near(const state_source& from, program_state& into) {
    if (!from.near) {
        error(
            rule::missing_key,
            from.look_up->at,
            "near what are the places to pay to be?",
            "add 'near:' with the name of an answer, kept by a question with 'expect: location'"
        );
        return;
    }
    into.near = from.near->text;
    std::vector<std::string> places;
    for (const auto& dialog : from_.dialogs) {
        for (const auto& state : dialog.states) {
            const bool of_place =
                std::any_of(state.expects.begin(), state.expects.end(), [](const word& one) {
                    return one.text == name_of(typed_kind::location);
                });
            if (of_place && state.keep_as) places.push_back(state.keep_as->text);
        }
    }
    if (std::find(places.begin(), places.end(), into.near) == places.end()) {
        not_found(
            rule::unknown_word,
            *from.near,
            "no question with 'expect: location' is kept as '" + into.near + "'",
            places
        );
    } else {
        relies_on(
            std::string{answer_prefix} + into.near,
            from.near->at,
            "some way leads here without the answer '" + into.near +
                "': then no place is found",
            "ask for it on every way"
        );
    }
    if (from.only) {
        const auto looked_up = std::exchange(looks_up_points_, true);  // there is one, while it is asked
        into.only = condition(*from.only);
        looks_up_points_ = looked_up;
    }
}

void compiler::want_verified(place at, const std::string& what) {
    if (needs_ == requirement::verified) return;
    error(
        rule::needs_verified,
        at,
        what + " tells who has borrowed",
        "this dialog needs 'needs: verified'"
    );
}

void compiler::compile_outcomes(
    const state_source& from, program_state& into, const std::vector<std::string>* possible
) {
    for (const auto& [name, then] : from.outcomes) {
        if (possible != nullptr &&
            std::find(possible->begin(), possible->end(), name.text) == possible->end()) {
            not_found(
                rule::unknown_outcome,
                name,
                "there is no outcome '" + name.text + "' here",
                *possible
            );
        }
        into.outcomes.emplace_back(name.text, way_on(then));
    }
    if (possible == nullptr) return;
    for (const auto& name : *possible) {
        if (into.outcome(name) != nullptr) continue;
        error(
            rule::missing_outcome,
            from.outcomes_at,
            "state '" + from.name.text +
                "' does not say what to do when the "
                "outcome is '" +
                name + "'",
            "add '" + name + ": …'"
        );
    }
}

void compiler::compile_setting(const word& name, const word& to, program_state& into) {
    const auto& settings = setting_words();
    const auto at = std::find(settings.begin(), settings.end(), name.text);
    if (at == settings.end()) {
        // Whoever misspells `opted_out` must not get a value that nobody looks at.
        if (names_value(name.text)) {
            compile_value(name, to, into);
        } else {
            not_found(
                rule::unknown_word,
                name,
                "'" + name.text +
                    "' cannot be set, nor be a value of its own: it reads too much "
                    "like a setting",
                settings
            );
        }
        return;
    }
    setting_row made{};
    made.what = static_cast<setting>(at - settings.begin());
    if (made.what == setting::language) {
        const auto& spoken = from_.house->languages;
        if (std::find(spoken.begin(), spoken.end(), to.text) == spoken.end()) {
            not_found(
                rule::unspoken_language,
                to,
                "the institution does not speak '" + to.text + "'",
                spoken
            );
        }
        made.language = to.text;
    } else if (made.what == setting::prefers) {
        static const std::vector<std::string> kinds{"whatsapp", "sms", "any"};
        if (std::find(kinds.begin(), kinds.end(), to.text) == kinds.end()) {
            not_found(
                rule::unknown_word, to, "nobody can prefer '" + to.text + "'", kinds
            );
        }
        made.language = to.text;
    } else if (const auto* preference = preference_of(made.what)) {
        const auto& kinds = preference->words;
        const bool known = std::ranges::find(kinds, to.text) != kinds.end();
        const bool pauses = made.what == setting::prefers_pause;
        if ((pauses || made.what == setting::prefers_hour) && !known &&
            program_->known->find(std::string{answer_prefix} + to.text)) {
            made.of_answer = true;
            if (pauses) {
                check_answer_type(to, fact_type::date, "no day");
            } else {
                check_answer_type(to, fact_type::number, "no number");
            }
        } else if (!known && pauses) {
            error(
                rule::unknown_word, to.at, "nobody can prefer '" + to.text + "'",
                "write any, or the name of an answer that is a day: keep it first, in a state before"
            );
        } else if (!known) {
            not_found(rule::unknown_word, to, "nobody can prefer '" + to.text + "'", kinds);
        }
        made.language = to.text;
    } else if (made.what == setting::writes_as || made.what == setting::referral_name) {
        made.language = answer_of_text(to);
    } else if (made.what == setting::trusts_number && needs_ != requirement::confirmed) {
        error(
            rule::needs_verified,
            name.at,
            "a number is trusted again once somebody has made sure that it is hers",
            "this dialog needs 'needs: confirmed'"
        );
    } else if (made.what == setting::referral) {
        const auto& words = referral_words();
        const auto word = std::ranges::find(words, to.text);
        if (word == words.end()) {
            not_found(rule::unknown_word, to, "nobody can be '" + to.text + "' so", words);
        } else {
            made.referral = static_cast<referral_word>(word - words.begin());
        }
    } else if (to.text == "true" || to.text == "false") {
        made.on = to.text == "true";
    } else {
        error(rule::wrong_value, to.at, "'" + name.text + "' is true or false");
    }
    into.settings.push_back(std::move(made));
}

void compiler::check_answer_type(const word& name, fact_type type, const std::string& otherwise) {
    const auto found = program_->known->find(std::string{answer_prefix} + name.text);
    if (found && program_->known->fields()[*found].type != type) {
        error(rule::wrong_value, name.at, "the answer '" + name.text + "' is " + otherwise);
    }
}

// The name of an answer that is a text, such as a name or a number.
std::string compiler::answer_of_text(const word& name) {
    const auto path = std::string{answer_prefix} + name.text;
    const auto found = program_->known->find(path);
    if (!found) {
        std::vector<std::string> there;
        for (const auto& one : program_->known->fields().subspan(fact_schema().size())) {
            there.emplace_back(one.path.substr(answer_prefix.size()));
        }
        not_found(
            rule::unknown_word, name, "no question keeps an answer '" + name.text + "'", there
        );
    }
    check_answer_type(name, fact_type::text, "no text");
    return name.text;
}

void compiler::find_called(const word& name, program_state& into) {
    if (const auto called = program_->find_dialog(name.text)) {
        into.called = *called;
        return;
    }
    made_.linked = false;
    if (from_.broken_dialogs.contains(name.text)) return;
    error(
        rule::unknown_dialog,
        name.at,
        "there is no dialog called '" + name.text + "'",
        mend_for(name.text, dialog_names_)
    );
}

void compiler::compile_call(const state_source& from, program_state& into) {
    if (from.call) find_called(*from.call, into);
    if (const auto called = from.call ? program_->find_dialog(from.call->text) : std::nullopt) {
        compile_given(from, program_->at(*called), into);
    }
    compile_outcomes(from, into, nullptr);
    if (!from.has_outcomes) into.then = way_on(from.then);
}

void compiler::compile_submit(const state_source& from, program_state& into) {
    into.then = way_on(from.then);
    if (from.amount) into.amount = condition(*from.amount, fact_type::money, meant_as::value);
    if (!from.product) return;
    into.product = from.product->text;
    std::vector<std::string> names;
    for (const auto& one : from_.products->products) names.push_back(one.name);
    if (std::ranges::find(names, into.product) != names.end()) return;
    not_found(
        rule::unknown_word,
        *from.product,
        "no product is called '" + into.product + "' in " + std::string{products_file},
        names
    );
}

void compiler::compile_hand_over(const state_source& from, program_state& into) {
    into.then = words_of_move(from.then, message_part::text);
    if (from.because) into.because = from.because->text;
    if (from.because && !program_->cases.empty()) (void)find_kind(*from.because);
    if (from.if_silent) compile_silence(*from.if_silent, into);
    if (!from.to) return;
    const auto& queues = queue_words();
    const auto at = std::find(queues.begin(), queues.end(), from.to->text);
    if (at == queues.end()) {
        not_found(rule::unknown_word, *from.to, "nobody is called '" + from.to->text + "'", queues);
    } else {
        into.to = static_cast<agent_queue>(at - queues.begin());
    }
}

}  // namespace tertulia::dialogs
