// What she says of her payments: that she has paid, when she will, that she cannot.

#include "dialogs/script/dialog_reader.hpp"
#include "dialogs/script/dialog_shapes.hpp"

namespace tertulia::dialogs {

void dialog_reader::fill_payment(
    state_source& made, const yaml_node& value, const std::string& whose
) {
    const bool claim = made.does == verb::report_payment;
    const std::string key = claim ? "report_payment" : "promise_payment";
    const auto& map = *value.find(key);
    fill_outcomes(made, value, whose);
    if (!map.map()) {
        into_.error(
            rule::wrong_shape,
            map.at,
            whose + " needs " + key + (claim ? ": {case: …}" : ": {on: \"answer.…\"}")
        );
        return;
    }
    only(map, claim ? report_payment_shape() : promise_payment_shape(), "'" + key + "'");
    made.amount = text(map, "amount");
    if (claim) {
        made.day = text(map, "on");
        made.proof = text(map, "proof");
        made.case_kind = wanted_text(map, "case", "'" + key + "'");
    } else {
        made.day = wanted_text(map, "on", "'" + key + "'");
    }
}

void dialog_reader::fill_note_hardship(
    state_source& made, const yaml_node& map, const std::string& whose
) {
    lead_on(made.then, whose);
    if (!map.map()) {
        into_.error(
            rule::wrong_shape, map.at, whose + " needs note_hardship: {cause: \"answer.…\"}"
        );
        return;
    }
    only(map, note_hardship_shape(), "'note_hardship'");
    made.cause = text(map, "cause");
    made.case_kind = text(map, "case");
    fill_keeps(made, map);
    if (made.case_kind || made.keeps.empty()) return;
    into_.error(
        rule::missing_key, map.at, "'keep' goes with a case, and none is opened", "add 'case:'"
    );
}

void dialog_reader::fill_note_contact(
    state_source& made, const yaml_node& map, const std::string& whose
) {
    lead_on(made.then, whose);
    if (!map.map()) {
        into_.error(
            rule::wrong_shape, map.at, whose + " needs note_contact: {about: mid, keep: [words]}"
        );
        return;
    }
    only(map, note_contact_shape(), "'note_contact'");
    made.about = wanted_text(map, "about", "'note_contact'");
    fill_keeps(made, map);
}

}  // namespace tertulia::dialogs
