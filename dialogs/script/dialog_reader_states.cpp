// States: which verb, and what stands beside it.

#include "dialogs/script/dialog_reader.hpp"

#include "dialogs/script/dialog_shapes.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs {
namespace {

std::vector<std::string> verbs() {
    std::vector<std::string> all;
    for (const auto& one : verb_shapes()) all.push_back(one.key);
    return all;
}

bool may_stand_in(const map_shape& shape, std::string_view key) {
    return std::any_of(shape.keys.begin(), shape.keys.end(), [&](const key_shape& one) {
        return one.key == key;
    });
}

}  // namespace

state_source dialog_reader::state(const yaml_entry& entry) {
    state_source made{};
    made.name = {entry.key, entry.at};
    check_name(made.name, "a state");
    const auto& value = entry.value;
    const std::string whose = "state '" + entry.key + "'";
    if (!value.map()) {
        into_.error(
            rule::no_verb,
            entry.at,
            whose +
                " needs a verb: say, ask, look_up, "
                "branch, set, call, hand_over, open_case, settle_case, wait, schedule, "
                "cancel_scheduled, submit, report_payment, promise_payment, note_hardship, note_contact or end"
        );
        return made;
    }
    const verb_shape* shape = nullptr;
    for (const auto& candidate : verb_shapes()) {
        const auto at =
            std::find_if(value.entries.begin(), value.entries.end(), [&](const yaml_entry& one) {
                return one.key == candidate.key;
            });
        if (at == value.entries.end()) continue;
        if (shape == nullptr) {
            shape = &candidate;
            made.verb_at = at->at;
        } else if (!may_stand_in(shape->shape(), candidate.key)) {
            into_.error(
                rule::two_verbs,
                at->at,
                whose + " has two verbs: '" + shape->key + "' and '" + candidate.key + "'",
                "make two states of it"
            );
            return made;
        }
    }
    if (shape == nullptr) {
        std::string mend;
        for (const auto& one : value.entries) {
            if (mend.empty()) mend = mend_for(one.key, verbs());
        }
        into_.error(
            rule::no_verb,
            entry.at,
            whose +
                " has no verb: say, ask, look_up, branch, set, call, "
                "hand_over, open_case, settle_case, wait, schedule, cancel_scheduled, submit, "
                "report_payment, promise_payment, note_hardship, note_contact or end",
            std::move(mend)
        );
        return made;
    }
    only(value, shape->shape(), whose + ", which does '" + shape->key + "',");
    made.does = shape->does;
    fill(made, value, whose);
    return made;
}

void dialog_reader::fill(state_source& made, const yaml_node& value, const std::string& whose) {
    made.then = move(value);
    made.then.at = made.name.at;
    switch (*made.does) {
        case verb::say:
            if (made.then.says.empty())
                into_.error(rule::missing_key, made.verb_at, whose + " says nothing");
            made.maps = text(value, "show_on_map");
            made.sends = text(value, "send_document");
            made.link = text(value, "send_link");
            lead_on(made.then, whose);
            break;
        case verb::end:
            break;
        case verb::ask:
            fill_ask(made, value, whose);
            break;
        case verb::look_up:
            made.look_up = text(value, "look_up");
            made.near = text(value, "near");
            made.only = text(value, "only");
            fill_outcomes(made, value, whose);
            break;
        case verb::branch:
            fill_branch(made, *value.find("branch"), whose);
            break;
        case verb::set:
            fill_set(made, *value.find("set"), whose);
            break;
        case verb::call:
            fill_call(made, value, whose);
            break;
        case verb::hand_over:
            fill_hand_over(made, *value.find("hand_over"), whose);
            break;
        case verb::wait:
            fill_wait(made, value, whose);
            break;
        case verb::schedule:
            fill_schedule(made, *value.find("schedule"), whose);
            break;
        case verb::submit:
            fill_submit(made, *value.find("submit"), whose);
            break;
        case verb::report_payment:
        case verb::promise_payment:
            fill_payment(made, value, whose);
            break;
        case verb::note_hardship:
            fill_note_hardship(made, *value.find("note_hardship"), whose);
            break;
        case verb::note_contact:
            fill_note_contact(made, *value.find("note_contact"), whose);
            break;
        case verb::cancel_scheduled:
            made.scheduled = text(value, "cancel_scheduled");
            lead_on(made.then, whose);
            break;
        case verb::open_case:
            fill_open_case(made, *value.find("open_case"), whose);
            break;
        case verb::settle_case:
            made.settles = text(value, "settle_case");
            lead_on(made.then, whose);
            break;
    }
}

void dialog_reader::fill_only_outcomes(
    state_source& made, const yaml_node& value, const std::string& whose
) {
    fill_outcomes(made, value, whose);
    if (!made.then.leads_on()) return;
    into_.error(
        rule::two_ways_on, made.verb_at, whose + " has both 'when' and a way on", "keep one of them"
    );
}

void dialog_reader::fill_outcomes(
    state_source& made, const yaml_node& value, const std::string& whose
) {
    const auto* when = value.find("when");
    made.has_outcomes = true;
    made.outcomes_at = when == nullptr ? made.verb_at : when->at;
    if (when == nullptr || !when->map()) {
        into_.error(
            rule::missing_key,
            made.outcomes_at,
            whose + " needs 'when:' with a way on for each outcome"
        );
        return;
    }
    for (const auto& entry : when->entries) {
        made.outcomes.emplace_back(
            word{entry.key, entry.at}, way(entry.value, "'" + entry.key + "'")
        );
    }
}

void dialog_reader::fill_branch(
    state_source& made, const yaml_node& list, const std::string& whose
) {
    if (!list.list() || list.items.empty()) {
        into_.error(rule::wrong_shape, list.at, "'branch' is a list: - {when: \"…\", go: state}");
        return;
    }
    for (const auto& item : list.items) {
        if (!item.map()) {
            into_.error(rule::wrong_shape, item.at, "a branch looks like {when: \"…\", go: state}");
            continue;
        }
        only(item, branch_shape(), "a branch");
        branch_source one{};
        one.when = text(item, "when");
        const bool otherwise = truth(item, "otherwise");
        if (one.when.has_value() == otherwise) {
            into_.error(
                rule::wrong_shape,
                item.at,
                "a branch needs either 'when: \"…\"' or 'otherwise: true'"
            );
            one.when.reset();
        }
        if (!made.branches.empty() && made.branches.back().otherwise()) {
            into_.error(
                rule::otherwise_last, item.at, "nothing comes after 'otherwise'", "put it last"
            );
        }
        one.then = move(item);
        lead_on(one.then, "this branch");
        made.branches.push_back(std::move(one));
    }
    if (!made.branches.empty() && made.branches.back().when) {
        into_.error(
            rule::otherwise_last,
            list.at,
            whose + " does not say what to do when nothing applies",
            "add - {otherwise: true, go: …} at the end"
        );
    }
}

void dialog_reader::fill_set(state_source& made, const yaml_node& map, const std::string& whose) {
    if (!map.map() || map.entries.empty()) {
        into_.error(
            rule::wrong_shape, map.at, whose + " sets nothing", "write set: {language: es}"
        );
    }
    for (const auto& entry : map.entries) {
        check_name({entry.key, entry.at}, "a value");
        if (auto to = as_text(entry.value, entry.key)) {
            made.settings.emplace_back(word{entry.key, entry.at}, std::move(*to));
        }
    }
    lead_on(made.then, whose);
}

void dialog_reader::fill_open_case(
    state_source& made, const yaml_node& map, const std::string& whose
) {
    lead_on(made.then, whose);
    if (!map.map()) {
        into_.error(rule::wrong_shape, map.at, whose + " needs open_case: {kind: …}");
        return;
    }
    only(map, open_case_shape(), "'open_case'");
    made.case_kind = wanted_text(map, "kind", "'open_case'");
    made.category = text(map, "category");
    made.unnamed = truth(map, "unnamed");
    fill_keeps(made, map);
}

void dialog_reader::fill_keeps(state_source& made, const yaml_node& map) {
    const auto* keep = map.find("keep");
    if (keep == nullptr) return;
    const std::vector<yaml_node> one{*keep};
    for (const auto& item : keep->list() ? keep->items : one) {
        if (auto name = as_text(item, "keep")) made.keeps.push_back(std::move(*name));
    }
}

void dialog_reader::fill_submit(
    state_source& made, const yaml_node& map, const std::string& whose
) {
    if (!map.map()) {
        into_.error(
            rule::wrong_shape,
            map.at,
            whose + " needs submit: {application: PRODUCT, amount: \"answer.…\"}"
        );
    } else {
        only(map, submit_shape(), "'submit'");
        made.product = wanted_text(map, "application", "'submit'");
        made.amount = text(map, "amount");
    }
    lead_on(made.then, whose);
}

void dialog_reader::fill_hand_over(
    state_source& made, const yaml_node& map, const std::string& whose
) {
    if (!map.map()) {
        into_.error(rule::wrong_shape, map.at, whose + " needs hand_over: {to: …, because: …}");
        return;
    }
    only(map, hand_over_shape(), "'hand_over'");
    if (const auto* silent = map.find("if_silent")) fill_silence(made, *silent);
    made.to = wanted_text(map, "to", "'hand_over'");
    made.because = wanted_text(map, "because", "'hand_over'");
    if (made.because) check_name(*made.because, "a reason");
}

}  // namespace tertulia::dialogs
