// A dialog with `form:` is made into ordinary states, so that whoever runs, checks, counts or draws
// dialogs needs to know nothing of forms:
//
//   resume      a branch: is there a draft?            (only with keep_for)
//   come_back   asks: go on or anew?                   (only with keep_for)
//   go_on       takes the draft up                     (only with keep_for)
//   anew        forgets what there was
//   at_once     asks: with WhatsApp's own form         (only with flow)
//   next_field  a branch: the first field that is not answered
//   FIELD       asks, keeps, and goes back to next_field
//   review      asks: is it right? a field leads to that field, which leads back here
//   complete    the draft goes, the way on is taken
//
// Where she stands follows from what she has answered: so she may leave, come back, change a field
// or go back, and is always asked exactly what is missing.

#include "dialogs/script/dialog_reader.hpp"

#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/duration.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t fields_max = 30;
constexpr std::size_t reviewed_max = 9;  // a list has ten rows, one of them confirms
constexpr milliseconds keep_min = std::chrono::hours{1};
constexpr milliseconds keep_max = std::chrono::days{366};

constexpr std::array<std::string_view, 8> own_states{
    "resume", "come_back", "go_on", "anew", "at_once", "next_field", "review", "complete"};

move_source way_to(std::string state, place at) {
    move_source made{};
    made.go = word{std::move(state), at};
    made.at = at;
    return made;
}

state_source made_state(std::string name, verb does, place at) {
    state_source made{};
    made.name = {std::move(name), at};
    made.does = does;
    made.verb_at = at;
    return made;
}

choice_source made_choice(std::string pick, std::string goal, place at) {
    choice_source made{};
    made.pick = {std::move(pick), at};
    made.then = way_to(std::move(goal), at);
    return made;
}

}  // namespace

void dialog_reader::form(dialog_source& made, const yaml_node& root) {
    for (const auto* key : {"begin", "states"}) {
        if (const auto* extra = root.find(key)) {
            into_.error(
                rule::misplaced_key,
                extra->at,
                "a form has no '" + std::string(key) + "'",
                "it begins with its first field; what comes after it is another dialog"
            );
        }
    }
    const auto& list = *root.find("form");
    made.form.emplace().at = list.at;
    if (!list.list() || list.items.empty()) {
        into_.error(
            rule::wrong_shape,
            list.at,
            "'form' is a list: - {field: name, ask: message, expect: text}"
        );
        return;
    }
    if (list.items.size() > fields_max) {
        into_.error(
            rule::too_many_choices, list.at, "a form has at most 30 fields", "make two forms of it"
        );
    }
    form_kept(made, root);
    auto anew = made_state("anew", verb::set, list.at);
    anew.acts = form_act::begin_anew;
    const bool at_once = root.find("flow") != nullptr;
    anew.then = way_to(at_once ? "at_once" : "next_field", list.at);
    anew.then.says = texts(root, "opening");
    made.states.push_back(std::move(anew));
    if (at_once && !form_flow(made, root)) made.states.back().then = way_to("next_field", list.at);
    auto next = made_state("next_field", verb::branch, list.at);
    const auto next_at = made.states.size();
    made.states.emplace_back();
    for (const auto& item : list.items) {
        branch_source row{};
        form_field(item, made, row);
        if (row.unanswered) next.branches.push_back(std::move(row));
    }
    branch_source done{};
    done.then = way_to(root.find("review") != nullptr ? "review" : "complete", list.at);
    next.branches.push_back(std::move(done));
    made.states[next_at] = std::move(next);
    form_review(made, root);
    auto complete = made_state("complete", verb::set, list.at);
    complete.acts = form_act::complete;
    if (const auto* then = root.find("then")) {
        complete.then = way(*then, "'then'");
    } else {
        into_.error(
            rule::no_way_on,
            root.at,
            "a form needs 'then:', what happens when it is filled in",
            "then: a_dialog"
        );
        complete.then.end = true;
    }
    made.states.push_back(std::move(complete));
    if (const auto* silent = root.find("if_silent")) {
        state_source shared{};
        fill_silence(shared, *silent);
        for (auto& state : made.states) {
            if (state.does == verb::ask) state.if_silent = shared.if_silent;
        }
    }
}

// keep_for, resume and kept: all three or none.
void dialog_reader::form_kept(dialog_source& made, const yaml_node& root) {
    const auto at = made.form->at;
    const auto keep_for = text(root, "keep_for");
    const auto resume = text(root, "resume");
    made.form->kept = text(root, "kept");
    const int there = (keep_for ? 1 : 0) + (resume ? 1 : 0) + (made.form->kept ? 1 : 0);
    if (there != 0 && there != 3) {
        into_.error(
            rule::missing_key,
            root.at,
            "a form that keeps what is unfinished needs 'keep_for', 'resume' and 'kept'",
            "how long, the question when she comes back, and what she hears when she leaves"
        );
    }
    if (keep_for) {
        const auto time = parse_duration(keep_for->text);
        if (!time || *time < keep_min || *time > keep_max) {
            into_.error(
                rule::wrong_value,
                keep_for->at,
                "'keep_for' is from 1 h to 366 days",
                "write 60 days"
            );
        } else {
            made.form->keep_for = *time;
        }
    }
    made.begin = word{resume ? "resume" : "anew", at};
    if (!resume) return;
    auto draft = made_state("resume", verb::branch, at);
    draft.branches.resize(2);
    draft.branches[0].draft_waits = true;
    draft.branches[0].then = way_to("come_back", resume->at);
    draft.branches[1].then = way_to("anew", at);
    made.states.push_back(std::move(draft));
    auto ask = made_state("come_back", verb::ask, resume->at);
    ask.ask = resume;
    ask.has_choices = true;
    ask.choices_at = resume->at;
    ask.choices.push_back(made_choice("go_on", "go_on", resume->at));
    ask.choices.push_back(made_choice("anew", "anew", resume->at));
    made.states.push_back(std::move(ask));
    auto go_on = made_state("go_on", verb::set, resume->at);
    go_on.acts = form_act::take_draft;
    go_on.then = way_to("next_field", resume->at);
    made.states.push_back(std::move(go_on));
}

// False: it could not be read, which is told.
bool dialog_reader::form_flow(dialog_source& made, const yaml_node& root) {
    const auto& flow = *root.find("flow");
    if (!flow.map()) {
        into_.error(
            rule::wrong_shape,
            flow.at,
            "'flow' looks like {id: \"1234567890\", ask: message}",
            "the id is the one of Meta's console"
        );
        return false;
    }
    only(flow, flow_shape(), "'flow'");
    auto id = wanted_text(flow, "id", "'flow'");
    auto question = wanted_text(flow, "ask", "'flow'");
    if (!id || !question) return false;
    auto ask = made_state("at_once", verb::ask, flow.at);
    ask.ask = std::move(question);
    ask.has_choices = true;
    ask.choices_at = flow.at;
    ask.choices.push_back(made_choice("open", "next_field", flow.at));
    ask.flow = flow_source{.id = std::move(*id), .screen = text(flow, "screen")};
    made.states.push_back(std::move(ask));
    return true;
}

void dialog_reader::form_field(const yaml_node& item, dialog_source& of, branch_source& row) {
    if (!item.map()) {
        into_.error(
            rule::wrong_shape,
            item.at,
            "a field looks like {field: name, ask: message, expect: text}"
        );
        return;
    }
    only(item, field_shape(), "a field");
    const auto name = wanted_text(item, "field", "a field");
    if (!name) return;
    const std::string whose = "field '" + name->text + "'";
    check_name(*name, "a field");
    if (std::find(own_states.begin(), own_states.end(), name->text) != own_states.end()) {
        into_.error(
            rule::bad_name,
            name->at,
            "a field cannot be called '" + name->text + "'",
            "the form uses it"
        );
    }
    const auto& fields = of.form->fields;
    const bool again = std::any_of(fields.begin(), fields.end(), [&](const word& one) {
        return one.text == name->text;
    });
    if (again) {
        into_.error(rule::repeated_name, name->at, "this form has two fields '" + name->text + "'");
        return;
    }
    auto made = made_state(name->text, verb::ask, name->at);
    made.keep_as = *name;
    made.ask = wanted_text(item, "ask", whose);
    made.expects = texts(item, "expect");
    if (const auto* choices = item.find("choices")) form_choices(made, *choices);
    if ((item.find("expect") != nullptr) == made.has_choices) {
        into_.error(rule::answer_kind, item.at, whose + " needs either 'expect' or 'choices'");
    }
    if (made.expects_pin()) {
        into_.error(
            rule::pin_outside_verify,
            made.expects.front().at,
            "a form does not ask for a PIN",
            "write 'needs: verified'"
        );
        made.expects.front().text = "text";
    }
    made.then = way_to("next_field", name->at);
    fill_answer(made, item, whose);
    if (!made.answer.help && !made.answer.why) {
        into_.warning(
            rule::field_without_help,
            name->at,
            whose + " says neither what is meant nor why it is asked",
            "add 'help:' or 'why:', the key of a message: it is said to \"no entiendo\""
        );
    }
    if (const auto* unclear = item.find("if_unclear")) fill_unclear(made, *unclear);
    if (made.has_choices && made.answer.may_skip) {
        made.choices.push_back(made_choice("skip", "next_field", made.answer.may_skip_at));
    }
    row.unanswered = *name;
    row.unless = text(item, "skip_if");
    row.then = way_to(name->text, name->at);
    of.form->fields.push_back(*name);
    of.states.push_back(std::move(made));
}

// Names alone, or {pick: name, words: […]}: they all lead to the next field.
void dialog_reader::form_choices(state_source& made, const yaml_node& list) {
    made.has_choices = true;
    made.choices_at = list.at;
    if (!list.list() || list.items.empty()) {
        into_.error(
            rule::wrong_shape, list.at, "'choices' of a field is a list of names: [weekly, monthly]"
        );
        return;
    }
    for (const auto& item : list.items) {
        choice_source one{};
        if (item.map()) {
            only(item, field_choice_shape(), "a choice of a field");
            if (const auto pick = wanted_text(item, "pick", "a choice")) one.pick = *pick;
            one.words = texts(item, "words");
        } else if (auto pick = as_text(item, "choices")) {
            one.pick = std::move(*pick);
        }
        if (one.pick.text.empty()) continue;
        check_name(one.pick, "a choice");
        const bool again =
            std::any_of(made.choices.begin(), made.choices.end(), [&](const choice_source& other) {
                return other.pick.text == one.pick.text;
            });
        if (again)
            into_.error(
                rule::repeated_name, one.pick.at, "'" + one.pick.text + "' is offered twice"
            );
        if (one.pick.text == "skip") {
            into_.error(
                rule::bad_name,
                one.pick.at,
                "a choice cannot be called 'skip'",
                "write 'optional: true'"
            );
        }
        one.then = way_to("next_field", one.pick.at);
        made.choices.push_back(std::move(one));
    }
}

void dialog_reader::form_review(dialog_source& made, const yaml_node& root) {
    const auto review = text(root, "review");
    if (!review) return;
    if (made.form->fields.size() > reviewed_max) {
        into_.error(
            rule::too_many_choices,
            review->at,
            "a form that is looked over has at most 9 fields",
            "make two forms of it"
        );
    }
    auto ask = made_state("review", verb::ask, review->at);
    ask.ask = review;
    ask.has_choices = true;
    ask.lists_choices = true;
    ask.choices_at = review->at;
    for (const auto& field : made.form->fields) {
        auto one = made_choice(field.text, field.text, field.at);
        one.title = word{made.name.text + "." + field.text + ".label", field.at};
        const bool may_be_passed_over =
            std::any_of(made.states.begin(), made.states.end(), [&](const state_source& state) {
                return state.name.text == "next_field" &&
                       std::any_of(
                           state.branches.begin(),
                           state.branches.end(),
                           [&](const branch_source& row) {
                               return row.unless && row.unanswered->text == field.text;
                           }
                       );
            });
        if (may_be_passed_over) one.when = word{"has(answer." + field.text + ")", field.at};
        ask.choices.push_back(std::move(one));
    }
    auto confirm = made_choice("confirm", "complete", review->at);
    for (const auto* yes :
         {"si",
          "sí",
          "ok",
          "esta bien",
          "todo bien",
          "correcto",
          "enviar",
          "yes",
          "all right",
          "it is right",
          "send",
          "oui",
          "d'accord",
          "c'est bon",
          "envoyer"}) {
        confirm.words.push_back({yes, review->at});
    }
    ask.choices.push_back(std::move(confirm));
    made.states.push_back(std::move(ask));
}

}  // namespace tertulia::dialogs
