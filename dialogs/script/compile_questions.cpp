// Questions: what may be answered, what silence and misunderstanding lead to.

#include "dialogs/script/compiler_parts.hpp"
#include "dialogs/script/dialog_shapes.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr milliseconds silence_min = std::chrono::minutes{1};
constexpr milliseconds silence_max = std::chrono::days{30};
constexpr std::size_t buttons_max = 3;
constexpr std::size_t rows_max = 10;

}  // namespace

void compiler::compile_ask(const state_source& from, program_state& into) {
    if (from.ask) {
        into.question =
            message(*from.ask, from.expects.empty() ? message_part::body : message_part::text);
    }
    if (from.expects_pin()) {
        into.answers = answer_kind::pin;
        if (program_->verify != dialog_ && !plays_verify()) {
            error(
                rule::pin_outside_verify,
                from.expects.front().at,
                "only the dialog that plays verify asks for a PIN",
                "write 'needs: verified' where it is needed"
            );
        }
        compile_outcomes(from, into, &pin_outcomes());
    } else if (from.expects_code()) {
        into.answers = answer_kind::code;
        if (from.proves) into.proves = answer_of_text(*from.proves);
        if (from.code_text) into.code_text = message(*from.code_text, message_part::text);
        compile_outcomes(from, into, &code_outcomes());
    } else if (from.choose_from) {
        compile_choose_from(from, into);
    } else if (!from.expects.empty()) {
        compile_typed(from, into);
    } else {
        compile_choices(from, into);
        compile_answer(from, into);
        into.lists_choices = from.lists_choices;
        if (from.flow && !into.choices.empty()) {
            into.provider_fills = provider_form{
                .id = from.flow->id.text,
                .screen = from.flow->screen ? from.flow->screen->text : std::string{},
                .button = into.choices.front().title};
        }
    }
    if (from.consents) {
        into.consents = parse_consent_kind(from.consents->text);
        if (!into.consents) {
            not_found(
                rule::unknown_word,
                *from.consents,
                "there is no consent called '" + from.consents->text + "'",
                consent_words()
            );
        }
    }
    if (from.if_silent) compile_silence(*from.if_silent, into);
    if (from.if_unclear) {
        into.tries = from.if_unclear->tries;
        if (from.if_unclear->say) {
            into.unclear_say = message(*from.if_unclear->say, message_part::text);
        }
        if (from.if_unclear->then) into.unclear_then = way_on(*from.if_unclear->then);
    }
}

void compiler::compile_choose_from(const state_source& from, program_state& into) {
    const auto& what = from.choose_from->text;
    const bool points = what == "payment_points";
    const bool savings = what == "savings";
    const bool options = what == "hardship_options";
    const std::string kept = points ? "point" : savings ? "saving" : options ? "option" : "loan";
    into.answers = points    ? answer_kind::points
                   : options ? answer_kind::options
                   : savings ? answer_kind::savings
                             : answer_kind::loans;
    const auto& known = choosable_words();
    if (std::ranges::find(known, what) == known.end()) {
        not_found(
            rule::unknown_word, *from.choose_from, "nobody can choose from '" + what + "'", known
        );
    }
    if (options && from_.relief->rules.options.empty()) {
        error(
            rule::nothing_to_choose,
            from.choose_from->at,
            "dialogs/hardship.yaml offers nothing",
            "name what can be offered below its 'options:'"
        );
    }
    if (!points && !options) {
        want_verified(
            from.choose_from->at,
            savings ? "choosing from her savings" : "choosing from her loans"
        );
    }
    if (from.label) into.label = message(*from.label, message_part::row);
    if (from.label_more) into.label_more = message(*from.label_more, message_part::description);
    if (!from.keep_as) {
        error(
            rule::missing_key,
            from.choose_from->at,
            "nothing keeps what she chooses",
            "add 'keep_as: " + kept + "'"
        );
    } else if (from.keep_as->text != kept) {
        not_found(
            rule::unknown_word,
            *from.keep_as,
            "what she chooses cannot be kept as '" + from.keep_as->text + "'",
            {kept}
        );
    }
    into.then = way_on(from.then);
}

void compiler::compile_choices(const state_source& from, program_state& into) {
    into.answers = answer_kind::choices;
    const auto always = static_cast<std::size_t>(std::count_if(
        from.choices.begin(), from.choices.end(), [](const choice_source& one) { return !one.when; }
    ));
    if (from.choices.size() > rows_max) {
        error(
            rule::too_many_choices,
            from.choices_at,
            "state '" + from.name.text + "' offers " + std::to_string(from.choices.size()) +
                " choices, but a list holds only 10",
            "make two questions of it"
        );
    }
    if (always == 0 && !from.choices.empty()) {
        error(
            rule::nothing_to_choose,
            from.choices_at,
            "every choice here has a 'when': there may be nothing to choose",
            "leave one without"
        );
    }
    const auto part = always > buttons_max ? message_part::row : message_part::button;
    std::map<std::string, std::string> words_of_picks;
    for (const auto& one : from.choices) {
        choice_row made{};
        made.pick = one.pick.text;
        if (from.ask && !one.pick.text.empty()) {
            const auto key = one.title ? one.title->text : from.ask->text + "." + one.pick.text;
            made.title = message({key, one.title ? one.title->at : one.pick.at}, part);
            made.description =
                optional_message(key + ".more", one.pick.at, message_part::description);
        }
        for (const auto& typed : one.words) {
            auto key = keyword_key(typed.text);
            if (key.empty()) {
                error(
                    rule::no_letters, typed.at, "'" + typed.text + "' has no letters to recognise"
                );
                continue;
            }
            const auto [at, is_new] = words_of_picks.emplace(key, one.pick.text);
            if (!is_new && at->second != one.pick.text) {
                error(
                    rule::repeated_word,
                    typed.at,
                    "'" + typed.text + "' means '" + at->second + "' already"
                );
            }
            made.words.push_back(typed.text);
            made.word_keys.push_back(std::move(key));
        }
        if (one.when) made.when = condition(*one.when);
        answered_ = from.keep_as.has_value();
        made.then = way_on(one.then);
        answered_ = false;
        into.choices.push_back(std::move(made));
    }
    check_titles(from, into);
}

void compiler::compile_silence(const silence_source& from, program_state& into) {
    if (from.after != milliseconds{} && (from.after < silence_min || from.after > silence_max)) {
        error(rule::silence_length, from.after_at, "silence is from 1 min to 30 days");
    }
    nobody_there_ = true;
    into.if_silent = silence{.after = from.after, .then = way_on(from.then), .at = from.after_at};
    nobody_there_ = false;
}

}  // namespace tertulia::dialogs
