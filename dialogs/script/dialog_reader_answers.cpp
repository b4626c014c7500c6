// Questions she answers in her own words, and what stands beside them.

#include "dialogs/script/dialog_reader.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs {

void dialog_reader::fill_expected(
    state_source& made, const yaml_node& value, const std::string& whose
) {
    for (std::size_t i = 0; i < made.expects.size(); ++i) {
        const auto& one = made.expects[i];
        const bool again = std::any_of(
            made.expects.begin(),
            made.expects.begin() + static_cast<std::ptrdiff_t>(i),
            [&](const word& other) { return other.text == one.text; }
        );
        if (again)
            into_.error(rule::repeated_name, one.at, whose + " expects '" + one.text + "' twice");
    }
    const bool yes_no = made.expects.size() == 1 && made.expects.front().text == "yes_no";
    const auto* when = value.find("when");
    if (yes_no && when != nullptr) {
        fill_only_outcomes(made, value, whose);
        return;
    }
    if (when != nullptr) {
        into_.error(
            rule::misplaced_key,
            when->at,
            "'when' belongs to 'expect: pin' and 'expect: yes_no'",
            "every other answer goes one way on: look at it in a branch"
        );
    }
    if (!made.expects.empty()) lead_on(made.then, whose);
}

void dialog_reader::fill_answer(
    state_source& made, const yaml_node& value, const std::string& whose
) {
    auto& answer = made.answer;
    answer.allow = text(value, "allow");
    answer.otherwise = text(value, "otherwise");
    answer.example = text(value, "example");
    answer.help = text(value, "help");
    answer.why = text(value, "why");
    answer.may_skip = truth(value, "optional");
    if (const auto* optional = value.find("optional")) answer.may_skip_at = optional->at;

    const bool yes_no = made.expects.size() == 1 && made.expects.front().text == "yes_no";
    if (made.consents && !yes_no) {
        into_.error(
            rule::misplaced_key,
            made.consents->at,
            "'consent' belongs to 'expect: yes_no': only a clear yes is one"
        );
    }
    const bool typed = !made.expects.empty() && !made.expects_pin();
    const auto refuse = [&](std::string_view key, const char* to) {
        if (const auto* extra = value.find(key)) {
            into_.error(
                rule::misplaced_key, extra->at, "'" + std::string(key) + "' belongs to " + to
            );
        }
    };
    if (!typed) {
        for (const auto* key : {"allow", "otherwise", "example"}) {
            refuse(key, "'expect', where she types the answer");
        }
    }
    if (!typed && !made.has_choices) {
        for (const auto* key : {"help", "why", "optional"}) {
            refuse(key, "a question with 'expect' or 'choices'");
        }
        if (!made.choose_from) refuse("keep_as", "'expect', 'choices' and 'choose_from'");
    }
    if (answer.otherwise && !answer.allow) {
        into_.error(
            rule::misplaced_key,
            answer.otherwise->at,
            "'otherwise' is said when 'allow' does not hold, and there is none",
            "add allow: \"answer." + (made.keep_as ? made.keep_as->text : "NAME") + " …\""
        );
    }
    if (answer.allow && !answer.otherwise) {
        into_.error(
            rule::missing_key,
            answer.allow->at,
            whose + " does not say what she hears when this does not hold",
            "add 'otherwise: message'"
        );
    }
    if (answer.may_skip && !made.keep_as) {
        into_.error(
            rule::misplaced_key,
            answer.may_skip_at,
            "'optional' needs 'keep_as', to know later that she left it out"
        );
    }
    if (made.keep_as && !made.choose_from) check_name(*made.keep_as, "an answer");
}

}  // namespace tertulia::dialogs
