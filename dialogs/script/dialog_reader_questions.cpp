// Questions: what may be answered, and what follows silence and misunderstanding.

#include "dialogs/script/dialog_reader.hpp"

#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/duration.hpp"

#include <algorithm>

namespace tertulia::dialogs {

void dialog_reader::fill_ask(state_source& made, const yaml_node& value, const std::string& whose) {
    made.ask = text(value, "ask");
    made.choose_from = text(value, "choose_from");
    made.label = text(value, "label");
    made.label_more = text(value, "label_more");
    made.keep_as = text(value, "keep_as");
    made.consents = text(value, "consent");
    made.expects = texts(value, "expect");
    if (const auto* choices = value.find("choices")) fill_choices(made, *choices, whose);
    const bool expects = value.find("expect") != nullptr;
    const int kinds = (made.has_choices ? 1 : 0) + (made.choose_from ? 1 : 0) + (expects ? 1 : 0);
    if (kinds != 1) {
        into_.error(
            rule::answer_kind,
            made.verb_at,
            kinds == 0 ? whose + " asks, but nothing says what may be answered"
                       : whose + " expects two kinds of answer",
            "it needs one of 'choices', 'choose_from' and 'expect'"
        );
    }
    fill_code(made, value, whose);
    if (made.expects_pin() || made.expects_code()) {
        fill_outcomes(made, value, whose);
    } else if (expects) {
        fill_expected(made, value, whose);
    } else if (const auto* when = value.find("when")) {
        into_.error(
            rule::misplaced_key, when->at, "'when' belongs to 'expect'; a choice has its own way on"
        );
    }
    if (made.choose_from) {
        if (!made.label)
            into_.error(
                rule::missing_key, made.choose_from->at, whose + " needs 'label:' for its rows"
            );
        lead_on(made.then, whose);
    } else {
        for (const auto* key : {"label", "label_more"}) {
            if (const auto* extra = value.find(key)) {
                into_.error(
                    rule::misplaced_key,
                    extra->at,
                    "'" + std::string(key) + "' belongs to 'choose_from'"
                );
            }
        }
    }
    if (made.has_choices || made.expects_pin() || made.expects_code()) {
        for (const auto* key : {"go", "end", "return"}) {
            if (const auto* extra = value.find(key)) {
                into_.error(
                    rule::misplaced_key,
                    extra->at,
                    "'" + std::string(key) + "' belongs to 'choose_from' and 'expect'",
                    made.has_choices ? "each choice has its own way on" : ""
                );
            }
        }
    }
    fill_answer(made, value, whose);
    if (made.has_choices && made.answer.may_skip) {
        into_.error(
            rule::misplaced_key,
            made.answer.may_skip_at,
            "'optional' belongs to 'expect'",
            "offer it as a choice"
        );
    }
    if (const auto* silent = value.find("if_silent")) fill_silence(made, *silent);
    if (const auto* unclear = value.find("if_unclear")) fill_unclear(made, *unclear);
}

void dialog_reader::fill_code(
    state_source& made, const yaml_node& value, const std::string& whose
) {
    made.proves = text(value, "number");
    made.code_text = text(value, "sends");
    for (const auto& [key, given] : {std::pair{"number", &made.proves}, {"sends", &made.code_text}}) {
        if (given->has_value() == made.expects_code()) continue;
        into_.error(
            made.expects_code() ? rule::missing_key : rule::misplaced_key,
            given->has_value() ? (*given)->at : made.verb_at,
            made.expects_code() ? whose + " needs '" + key + ":' beside 'expect: code'"
                                : "'" + std::string{key} + "' belongs to 'expect: code'",
            made.expects_code() ? "number: the answer to prove, sends: the message with the code"
                                : ""
        );
    }
}

void dialog_reader::fill_choices(
    state_source& made, const yaml_node& choices, const std::string& whose
) {
    made.has_choices = true;
    made.choices_at = choices.at;
    if (!choices.list() || choices.items.empty()) {
        into_.error(
            rule::wrong_shape, choices.at, "'choices' is a list: - {pick: name, go: state}"
        );
        return;
    }
    for (const auto& item : choices.items) {
        if (!item.map()) {
            into_.error(rule::wrong_shape, item.at, "a choice looks like {pick: name, go: state}");
            continue;
        }
        only(item, choice_shape(), "a choice");
        choice_source one{};
        if (const auto pick = wanted_text(item, "pick", "a choice")) {
            one.pick = *pick;
            check_name(*pick, "a choice");
            const bool again = std::any_of(
                made.choices.begin(),
                made.choices.end(),
                [&](const choice_source& other) { return other.pick.text == pick->text; }
            );
            if (again)
                into_.error(
                    rule::repeated_name, pick->at, whose + " offers '" + pick->text + "' twice"
                );
        } else {
            one.pick.at = item.at;
        }
        one.words = texts(item, "words");
        one.when = text(item, "when");
        one.then = move(item);
        lead_on(one.then, "this choice");
        made.choices.push_back(std::move(one));
    }
}

void dialog_reader::fill_silence(state_source& made, const yaml_node& map) {
    if (!map.map()) {
        into_.error(rule::wrong_shape, map.at, "'if_silent' looks like {after: 30 min, end: true}");
        return;
    }
    only(map, silence_shape(), "'if_silent'");
    silence_source silence{};
    if (const auto after = wanted_text(map, "after", "'if_silent'")) {
        const auto time = parse_duration(after->text);
        silence.after_at = after->at;
        if (!time) {
            into_.error(
                rule::wrong_value,
                after->at,
                "'" + after->text + "' is no length of time",
                "write 30 min, 2 h or 3 days"
            );
        } else {
            silence.after = *time;
        }
    }
    silence.then = move(map);
    lead_on(silence.then, "'if_silent'");
    made.if_silent = std::move(silence);
}

void dialog_reader::fill_unclear(state_source& made, const yaml_node& map) {
    if (!map.map()) {
        into_.error(rule::wrong_shape, map.at, "'if_unclear' looks like {tries: 2, then: state}");
        return;
    }
    only(map, unclear_shape(), "'if_unclear'");
    unclear_source unclear{};
    if (const auto tries = text(map, "tries")) {
        if (tries->text.size() == 1 && tries->text[0] >= '1' && tries->text[0] <= '9') {
            unclear.tries = tries->text[0] - '0';
        } else {
            into_.error(rule::wrong_value, tries->at, "'tries' is a number from 1 to 9");
        }
    }
    unclear.say = text(map, "say");
    if (const auto* then = map.find("then")) unclear.then = way(*then, "'then'");
    made.if_unclear = std::move(unclear);
}

}  // namespace tertulia::dialogs
