// read_tests(): shape and names of a test file. What a talk gives is rehearse.cpp's business.

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/facts/names.hpp"
#include "dialogs/rehearsal/given_reader.hpp"
#include "dialogs/rehearsal/test_shapes.hpp"
#include "dialogs/rehearsal/test_source.hpp"

#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/duration.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace tertulia::dialogs {
namespace {

using names = std::vector<std::string>;

std::string listed(const names& words) {
    std::string all;
    for (const auto& one : words) all += (all.empty() ? "" : ", ") + one;
    return all;
}

class test_file_reader {
public:
    test_file_reader(const program& script, const rehearsal_cast& cast, findings& noted)
        : script_(script), cast_(cast), noted_(noted) {
        for (const auto& state : script.states) {
            states_.push_back(script.at(state.dialog).name + "." + state.name);
            for (const auto& row : state.choices) picks_.insert(row.pick);
        }
        for (std::uint32_t id = 0; id < script.words->size(); ++id) {
            messages_.push_back(script.words->key(message_id{id}));
        }
        std::sort(messages_.begin(), messages_.end());
    }

    std::vector<dialog_test> file(const yaml_node& root) {
        std::vector<dialog_test> all;
        if (root.list()) {
            for (const auto& item : root.items) all.push_back(test(item));
        } else {
            all.push_back(test(root));
        }
        std::set<std::string> seen;
        for (const auto& one : all) {
            if (!one.name.empty() && !seen.insert(one.name).second) {
                noted_.error(
                    rule::repeated_name,
                    one.at,
                    "two tests of this file are called '" + one.name + "'"
                );
            }
        }
        return all;
    }

private:
    // ---- small shapes

    void unknown_keys(const yaml_node& map, const names& known) {
        for (const auto& entry : map.entries) {
            if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
            auto mend = mend_for(entry.key, known);
            if (mend.empty()) mend = "what may stand here: " + listed(known);
            noted_.error(
                rule::unknown_key,
                entry.at,
                "a test has no '" + entry.key + "' here",
                std::move(mend)
            );
        }
    }
    // The word, or an error that names what may stand there.
    names nudged_names() const {
        names all;
        for (const auto& policy : script_.nudges.policies) {
            for (const auto& segment : policy.segments) {
                for (const auto& step : segment.steps) {
                    for (const auto& name : {step.begins, step.task}) {
                        if (!name.empty()) all.push_back(name);
                    }
                }
            }
        }
        std::ranges::sort(all);
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }
    std::string one_of(const yaml_node& node, const names& known, const std::string& what) {
        if (node.scalar() && std::find(known.begin(), known.end(), node.text) != known.end()) {
            return node.text;
        }
        auto mend = mend_for(node.text, known);
        if (mend.empty()) mend = "it is one of: " + listed(known);
        noted_.error(
            rule::unknown_word,
            node.at,
            node.scalar() ? "'" + node.text + "' is no " + what : "this should be a " + what,
            std::move(mend)
        );
        return {};
    }
    bool yes(const yaml_node& node, const std::string& key) {
        if (node.scalar() && (node.text == "true" || node.text == "false")) {
            return node.text == "true";
        }
        noted_.error(rule::wrong_value, node.at, "'" + key + "' is true or false");
        return false;
    }
    std::string message_key(const yaml_node& node) {
        if (node.scalar() && script_.words->find(node.text)) return node.text;
        noted_.error(
            rule::unknown_message,
            node.at,
            node.scalar() ? "there is no message '" + node.text + "'"
                          : "the key of a message belongs here",
            node.scalar() ? mend_for(node.text, messages_) : "for example  bot: menu.what"
        );
        return {};
    }
    [[nodiscard]] bool by_language(const yaml_node& node) const {
        const auto& spoken = script_.house.languages;
        return node.map() && !node.entries.empty() &&
               std::any_of(node.entries.begin(), node.entries.end(), [&](const auto& entry) {
                   return std::find(spoken.begin(), spoken.end(), entry.key) != spoken.end();
               });
    }
    text_by_language text(const yaml_node& node, const dialog_test& of) {
        text_by_language made{};
        made.at = node.at;
        if (node.scalar()) {
            made.same = node.text;
            return made;
        }
        if (!node.map()) {
            noted_.error(
                rule::wrong_shape,
                node.at,
                "a text belongs here",
                "or one a language: {es: …, en: …}"
            );
            return made;
        }
        for (const auto& entry : node.entries) {
            if (std::find(of.languages.begin(), of.languages.end(), entry.key) ==
                of.languages.end()) {
                noted_.error(
                    rule::unspoken_language,
                    entry.at,
                    "this test is not played in '" + entry.key + "'",
                    "its languages are in `in:`; without it, all the institution speaks"
                );
            } else if (!entry.value.scalar() || entry.value.text.empty()) {
                noted_.error(rule::wrong_value, entry.value.at, "'" + entry.key + "' needs a text");
            } else {
                made.each[entry.key] = entry.value.text;
            }
        }
        std::string there;
        for (const auto& [language, text] : made.each) {
            there += (there.empty() ? "" : ", ") + language;
        }
        for (const auto& language : of.languages) {
            if (!made.each.contains(language)) {
                noted_.error(
                    rule::missing_text,
                    node.at,
                    "there is no text in '" + language + "', in which this test is played too",
                    "add it, or say in which languages the test is played: in: [" + there + "]"
                );
                made.each[language];
            }
        }
        return made;
    }
    std::vector<text_by_language> texts(const yaml_node& node, const dialog_test& of) {
        std::vector<text_by_language> all;
        if (node.list()) {
            for (const auto& item : node.items) all.push_back(text(item, of));
        } else {
            all.push_back(text(node, of));
        }
        return all;
    }

    // ---- a test

    dialog_test test(const yaml_node& root) {
        dialog_test made{};
        made.file = noted_.file();
        made.at = root.at;
        if (!root.map()) {
            noted_.error(
                rule::wrong_shape, root.at, "a test looks like  test: what must stay true"
            );
            return made;
        }
        unknown_keys(root, dialog_test_shape().names());
        const auto* name = root.find("test");
        if (name == nullptr || !name->scalar() || name->text.empty()) {
            noted_.error(
                rule::missing_key,
                root.at,
                "a test needs a name",
                "test: what must stay true, in words"
            );
        } else {
            made.name = name->text;
            made.at = name->at;
        }
        languages(root.find("in"), made);
        if (const auto* list = root.find("archetypes")) archetypes(*list, made);
        if (const auto* given = root.find("given")) {
            made.given = read_given(*given, script_.house.currency, cast_, noted_);
        }
        if (const auto* golden = root.find("golden")) made.golden = yes(*golden, "golden");
        if (const auto* never = root.find("never_says")) made.never_says = texts(*never, made);
        const auto* talk = root.find("talk");
        if (talk == nullptr || !talk->list() || talk->items.empty()) {
            noted_.error(
                rule::missing_key,
                talk == nullptr ? root.at : talk->at,
                "a test needs a talk",
                "talk: a list of  - she: …  and  - bot: …"
            );
            return made;
        }
        made.talk_at = talk->at;
        for (const auto& item : talk->items) step(item, made);
        if (!made.talk.empty() && made.talk.front().expects()) {
            noted_.error(
                rule::wrong_order,
                made.talk.front().at,
                "nothing has happened yet",
                "a talk begins with  - she: …"
            );
        }
        return made;
    }

    void languages(const yaml_node* list, dialog_test& made) {
        const auto& spoken = script_.house.languages;
        if (list == nullptr) {
            made.languages = spoken;
            return;
        }
        if (!list->list() || list->items.empty()) {
            noted_.error(
                rule::wrong_shape, list->at, "`in` is a list of languages", "in: [es, en, fr]"
            );
            made.languages = spoken;
            return;
        }
        for (const auto& item : list->items) {
            const auto word = one_of(item, spoken, "language the institution speaks");
            if (!word.empty()) made.languages.push_back(word);
        }
    }

    void archetypes(const yaml_node& list, dialog_test& made) {
        static const names known{"nascent", "experimenter", "emerger", "enabled"};
        if (!list.list()) {
            noted_.error(
                rule::wrong_shape,
                list.at,
                "`archetypes` is a list",
                "archetypes: [nascent, enabled]"
            );
            return;
        }
        for (const auto& item : list.items) {
            const auto word = one_of(item, known, "archetype");
            if (const auto found = parse_archetype(word)) made.archetypes.push_back(*found);
        }
    }

    // ---- a step of the talk

    void step(const yaml_node& item, dialog_test& of) {
        if (!item.map() || item.entries.empty()) {
            noted_.error(rule::wrong_shape, item.at, "a step looks like  she: …  or  bot: …");
            return;
        }
        line_ = item.at.line;
        auto steps = happening_keys();
        steps.insert(steps.end(), expecting_keys().begin(), expecting_keys().end());
        const yaml_entry* what = nullptr;
        for (const auto& entry : item.entries) {
            if (std::find(steps.begin(), steps.end(), entry.key) == steps.end()) continue;
            if (what != nullptr) {
                noted_.error(
                    rule::two_verbs,
                    entry.at,
                    "'" + what->key + "' and '" + entry.key + "' are two steps",
                    "begin a line with  - " + entry.key + ":"
                );
                return;
            }
            what = &entry;
        }
        if (what == nullptr) {
            auto mend = mend_for(item.entries.front().key, steps);
            if (mend.empty()) mend = "a step is one of: " + listed(steps);
            noted_.error(
                rule::unknown_word,
                item.entries.front().at,
                "there is no step '" + item.entries.front().key + "'",
                std::move(mend)
            );
            return;
        }
        if (what->key == "bot") {
            bot(item, what->value, of);
            return;
        }
        if (what->key == "officer_hears") {
            hears(item, what->value, of);
            return;
        }
        if (what->key == "application") {
            unknown_keys(item, {what->key, "until", "reason"});
            add(of, item.at, application(item, what->value));
            return;
        }
        if (what->key == "payment") {
            unknown_keys(item, {what->key, "on", "receipt"});
            add(of, item.at, payment(item, what->value));
            return;
        }
        if (what->key == "referral") {
            unknown_keys(item, {what->key, "amount", "hidden"});
            add(of, item.at, recommended(item, what->value));
            return;
        }
        unknown_keys(item, {what->key});
        if (what->key == "she") {
            she(what->value, of);
        } else if (what->key == "officer") {
            officer(what->value, of);
        } else {
            add(of, item.at, other(*what));
        }
    }

    void add(dialog_test& of, place at, test_step_kind what) {
        of.talk.push_back({.does = std::move(what), .at = at, .line = line_});
    }

    application_becomes application(const yaml_node& item, const yaml_node& value) {
        static const std::vector<std::string> states{"in_review", "approved", "refused", "paid_out"};
        application_becomes made{};
        const auto state = one_of(value, states, "state of an application");
        made.state = state == "approved"   ? loan_status::approved
                     : state == "refused"  ? loan_status::rejected
                     : state == "paid_out" ? loan_status::active
                                           : loan_status::submitted;
        if (const auto* until = item.find("until")) {
            made.until = until->scalar() ? parse_iso_date(until->text) : std::nullopt;
            if (!made.until) {
                noted_.error(rule::wrong_value, until->at, "this is no day", "until: 2026-12-04");
            }
        }
        if (const auto* reason = item.find("reason")) made.reason = reason->text;
        return made;
    }

    payment_appears payment(const yaml_node& item, const yaml_node& value) {
        payment_appears made{.amount = value.text};
        if (!value.scalar() || !parse_decimal(value.text, currency_code{})) {
            noted_.error(
                rule::wrong_value, value.at, "this is no amount", "for example  payment: 250.00"
            );
        }
        if (const auto* on = item.find("on")) {
            made.on = on->scalar() ? parse_iso_date(on->text) : std::nullopt;
            if (!made.on) {
                noted_.error(rule::wrong_value, on->at, "this is no day", "on: 2026-11-24");
            }
        }
        if (const auto* receipt = item.find("receipt")) made.receipt = receipt->text;
        return made;
    }

    referral_becomes recommended(const yaml_node& item, const yaml_node& value) {
        static const std::vector<std::string> states{
            "consented", "applied", "approved", "disbursed", "earned", "paid", "lapsed"};
        referral_becomes made{};
        const auto state = one_of(value, states, "state of a recommendation");
        const auto at = std::find(states.begin(), states.end(), state);
        if (at != states.end()) made.state = static_cast<referral_state>(at - states.begin());
        if (const auto* amount = item.find("amount")) {
            const auto currency = script_.house.currency;
            made.amount = amount->scalar() ? parse_decimal(amount->text, currency) : std::nullopt;
            if (!made.amount) {
                noted_.error(rule::wrong_value, amount->at, "this is no amount", "amount: 50");
            }
        }
        if (const auto* hidden = item.find("hidden")) made.hidden = hidden->text == "true";
        return made;
    }

    test_step_kind other(const yaml_entry& what) {
        const auto& value = what.value;
        if (what.key == "wait") {
            const auto time = value.scalar() ? parse_duration(value.text) : std::nullopt;
            if (!time)
                noted_.error(
                    rule::wrong_value, value.at, "this is no time", "for example  wait: 31 min"
                );
            return time_passes{time.value_or(milliseconds{})};
        }
        if (what.key == "agent") return agent_acts{one_of(value, agent_words(), "deed of an agent")};
        if (what.key == "event") return it_happens{one_of(value, event_names(), "event")};
        if (what.key == "nudge") return nudge_falls_due{one_of(value, nudged_names(), "dialog or task of a policy")};
        if (what.key == "channel") {
            if (!value.scalar() || value.text.empty())
                noted_.error(rule::wrong_shape, value.at, "the name of a channel belongs here");
            return moves_to_channel{value.text};
        }
        if (what.key == "lost") {
            const auto word = one_of(value, loss_words(), "way to be lost");
            return said_is_lost{
                word == "unreachable"        ? failure::unreachable
                : word == "identity_changed" ? failure::identity_changed
                : word == "no_template"      ? failure::no_template
                                             : failure::other};
        }
        if (what.key == "core_has") {
            return core_has{std::make_shared<const given_facts>(
                read_core_has(value, script_.house.currency, cast_, noted_)
            )};
        }
        if (what.key == "core") return core_becomes{read_core(value, noted_)};
        if (what.key == "waits_at") {
            return stands_at{one_of(value, states_, "state (dialog.state)")};
        }
        if (what.key == "keeps") {
            if (!value.scalar())
                noted_.error(rule::wrong_shape, value.at, "the kind of a record belongs here");
            return record_kept{value.text};
        }
        if (what.key == "answers") return answers(value);
        if (what.key == "ends") {
            if (!yes(value, "ends"))
                noted_.error(rule::wrong_value, value.at, "write  ends: true  or leave it out");
            return talk_ends{};
        }
        handed_over made{};
        if (!value.map()) {
            noted_.error(
                rule::wrong_shape,
                value.at,
                "it looks like  hands_over: {to: branch, because: asked}"
            );
            return made;
        }
        unknown_keys(value, handed_over_shape().names());
        if (const auto* to = value.find("to")) made.to = one_of(*to, queue_words(), "queue");
        if (const auto* because = value.find("because")) made.because = because->text;
        return made;
    }

    answers_kept answers(const yaml_node& value) {
        answers_kept made{};
        if (!value.map() || value.entries.empty()) {
            noted_.error(
                rule::wrong_shape, value.at, "it looks like  answers: {amount: 'amount:300000 GTQ'}"
            );
            return made;
        }
        names known;
        for (const auto& field : script_.known->fields().subspan(fact_schema().size())) {
            known.emplace_back(field.path.substr(answer_prefix.size()));
        }
        for (const auto& entry : value.entries) {
            if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
                noted_.error(
                    rule::unknown_word,
                    entry.at,
                    "no question keeps an answer '" + entry.key + "'",
                    mend_for(entry.key, known)
                );
            } else if (!entry.value.scalar() || entry.value.text.empty()) {
                noted_.error(
                    rule::wrong_value, entry.value.at, "'" + entry.key + "' needs a text, or none"
                );
            }
            made.each.emplace_back(entry.key, entry.value.text);
        }
        return made;
    }

    void bot(const yaml_node& item, const yaml_node& value, dialog_test& of) {
        unknown_keys(item, bot_shape().names());
        if (value.list()) {
            if (item.entries.size() > 1) {
                noted_.error(
                    rule::misplaced_key,
                    value.at,
                    "'says' and 'offers' are of one message",
                    "a line each"
                );
            }
            for (const auto& one : value.items) {
                add(of, one.at, bot_says{.what = bot_line::message, .key = message_key(one)});
            }
            return;
        }
        bot_says made{};
        if (value.scalar() && value.text == "nothing") {
            made.what = bot_line::nothing;
        } else if (value.scalar() && value.text == "anything") {
            made.what = bot_line::anything;
        } else if (const auto* any = value.find("one_of"); any != nullptr && any->list()) {
            unknown_keys(value, bot_one_of_shape().names());
            for (const auto& each : any->items) made.or_keys.push_back(message_key(each));
            if (!made.or_keys.empty()) made.key = made.or_keys.front();
        } else {
            made.key = message_key(value);
        }
        if (made.what != bot_line::message && item.entries.size() > 1) {
            noted_.error(rule::misplaced_key, value.at, "'" + value.text + "' stands alone");
        }
        if (const auto* parts = item.find("says")) made.parts = texts(*parts, of);
        if (const auto* parts = item.find("says_not")) made.not_parts = texts(*parts, of);
        if (const auto* whole = item.find("text")) made.text = text(*whole, of);
        if (const auto* offers = item.find("offers")) {
            made.offers.emplace();
            if (!offers->list())
                noted_.error(rule::wrong_shape, offers->at, "`offers` is a list of picks");
            for (const auto& one : offers->items) made.offers->push_back(pick(one));
        }
        if (const auto* files = item.find("shows")) made.shows = file_names(*files);
        if (const auto* name = item.find("template")) made.by_template = template_name(*name);
        if (const auto* by = item.find("by")) made.by = by->text;
        if (const auto* gaps = item.find("gaps")) made.gaps = texts(*gaps, of);
        add(of, item.at, std::move(made));
    }

    // As engine/talk_desk.cpp has them.
    const names desk_buttons_{"take",    "note",  "snooze",  "resolve",   "give_back",
                              "go_to", "confirm", "in_person", "call_back"};

    void officer(const yaml_node& value, dialog_test& of) {
        if (value.list() && value.items.size() == 1) {
            add(of, value.at, officer_does{.pick = one_of(value.items.front(), desk_buttons_, "button of a desk")});
        } else if ((value.scalar() && !value.text.empty()) || by_language(value)) {
            add(of, value.at, officer_does{.text = text(value, of)});
        } else {
            noted_.error(
                rule::wrong_shape, value.at, "the officer writes a \"text\" or taps a [button]"
            );
        }
    }

    void hears(const yaml_node& item, const yaml_node& value, dialog_test& of) {
        static const names keys{"officer_hears", "says", "says_not", "template", "offers"};
        unknown_keys(item, keys);
        if (value.list()) {
            for (const auto& one : value.items) {
                add(of, one.at, officer_hears{{.what = bot_line::message, .key = message_key(one)}});
            }
            return;
        }
        bot_says made{};
        if (value.scalar() && value.text == "nothing") {
            made.what = bot_line::nothing;
        } else {
            made.key = message_key(value);
        }
        if (const auto* parts = item.find("says")) made.parts = texts(*parts, of);
        if (const auto* parts = item.find("says_not")) made.not_parts = texts(*parts, of);
        if (const auto* name = item.find("template")) made.by_template = template_name(*name);
        if (const auto* offers = item.find("offers"); offers != nullptr && offers->list()) {
            made.offers.emplace();
            for (const auto& one : offers->items) {
                made.offers->push_back(one_of(one, desk_buttons_, "button of a desk"));
            }
        }
        add(of, item.at, officer_hears{std::move(made)});
    }

    // One that some message has: else a slip would only ever be told as a difference.
    std::string template_name(const yaml_node& name) {
        names known;
        for (std::uint32_t i = 0; i < script_.words->size(); ++i) {
            for (const auto& form : script_.words->forms({i})) {
                if (form.approved) known.push_back(form.approved->name);
            }
        }
        if (std::find(known.begin(), known.end(), name.text) == known.end()) {
            noted_.error(
                rule::unknown_word,
                name.at,
                "no message has the template '" + name.text + "'",
                mend_for(name.text, known)
            );
        }
        return name.text;
    }

    names file_names(const yaml_node& list) {
        names all;
        if (!list.list()) {
            noted_.error(
                rule::wrong_shape, list.at, "`shows` is a list of files", "for example  [card.png]"
            );
        }
        for (const auto& one : list.items) all.push_back(one.text);
        return all;
    }

    // Of her loans there is no list to look in: those are known only when the talk is played.
    std::string pick(const yaml_node& node) {
        if (!node.scalar() || node.text.empty()) {
            noted_.error(
                rule::wrong_shape,
                node.at,
                "the name of a choice belongs here",
                "for example  she: [cannot]"
            );
            return {};
        }
        if (is_name(node.text) && !picks_.contains(node.text)) {
            const names known(picks_.begin(), picks_.end());
            noted_.error(
                rule::unknown_choice,
                node.at,
                "no question has a choice '" + node.text + "'",
                mend_for(node.text, known)
            );
        }
        return node.text;
    }

    void she(const yaml_node& value, dialog_test& of) {
        if (value.list()) {
            if (value.items.size() != 1) {
                noted_.error(
                    rule::wrong_shape, value.at, "she taps one choice at a time", "she: [cannot]"
                );
                return;
            }
            add(of, value.at, she_taps{.pick = pick(value.items.front())});
        } else if (value.scalar() || by_language(value)) {
            if (value.scalar() && value.text.empty()) {
                noted_.error(rule::wrong_value, value.at, "what does she write?");
            }
            add(of, value.at, she_types{text(value, of)});
        } else if (value.map() && value.entries.size() == 1) {
            sends(value.entries.front(), of);
        } else {
            noted_.error(
                rule::wrong_shape,
                value.at,
                "she writes a \"text\", taps a [choice] or sends one {thing: …}",
                "the things: " + listed(sent_shape().names())
            );
        }
    }

    void sends(const yaml_entry& what, dialog_test& of) {
        const auto& value = what.value;
        const auto media = [&](media_kind kind) {
            received_media made{.kind = kind, .id = "rehearsal", .caption = value.text};
            add(of, what.at, she_sends{.content = std::move(made)});
        };
        if (what.key == "pin") {
            const auto word = one_of(value, pin_words(), "answer of a PIN");
            const auto& words = pin_words();
            const auto at = std::find(words.begin(), words.end(), word);
            if (at == words.end()) return;
            static constexpr std::array answers{
                secret_answer::right,
                secret_answer::wrong,
                secret_answer::none_set,
                secret_answer::not_a_pin};
            add(of,
                what.at,
                she_gives_pin{answers.at(static_cast<std::size_t>(at - words.begin()))});
        } else if (what.key == "code") {
            const auto word = one_of(value, code_words(), "answer with a code");
            add(of,
                what.at,
                she_gives_pin{
                    .answer = word == "right"   ? secret_answer::right
                              : word == "taken" ? secret_answer::taken
                                                : secret_answer::wrong,
                    .is_code = true});
        } else if (what.key == "earlier") {
            const bool one = value.list() && value.items.size() == 1;
            if (!one) noted_.error(rule::wrong_shape, value.at, "a [choice] belongs here");
            if (one) {
                add(of, what.at, she_taps{.pick = pick(value.items.front()), .earlier = true});
            }
        } else if (what.key == "photo") {
            media(media_kind::image);
        } else if (what.key == "document") {
            media(media_kind::document);
        } else if (what.key == "voice_note") {
            media(media_kind::voice_note);
        } else if (what.key == "sticker") {
            media(media_kind::sticker);
        } else if (what.key == "location") {
            shared_location made{};
            if (!read_location(value, made, noted_)) return;
            add(of, what.at, she_sends{.content = made});
        } else if (what.key == "reaction") {
            add(of, what.at, she_sends{.content = reaction{.emoji = value.text}});
        } else if (what.key == "number_changed") {
            add(of, what.at, she_sends{.content = identity_changed{}});
        } else if (what.key == "new_device") {
            add(of,
                what.at,
                she_sends{.content = typed_text{value.text}, .device = "another telephone"});
        } else if (what.key == "from_ad") {
            from_ad(value, of);
        } else {
            auto mend = mend_for(what.key, sent_shape().names());
            if (mend.empty()) mend = "she sends one of: " + listed(sent_shape().names());
            noted_.error(
                rule::unknown_word, what.at, "she cannot send '" + what.key + "'", std::move(mend)
            );
        }
    }

    void from_ad(const yaml_node& value, dialog_test& of) {
        const auto* id = value.find("id");
        const auto* words = value.find("text");
        if (!value.map() || id == nullptr || !id->scalar() || words == nullptr) {
            noted_.error(
                rule::wrong_shape,
                value.at,
                "it looks like  she: {from_ad: {id: \"1202\", text: Hola}}"
            );
            return;
        }
        unknown_keys(value, from_ad_shape().names());
        add(of, value.at, comes_from_ad{.id = id->text, .text = text(*words, of)});
    }

    const program& script_;
    const rehearsal_cast& cast_;
    findings& noted_;
    names states_{};
    names messages_{};
    std::set<std::string> picks_{};
    int line_{};
};

}  // namespace

const std::string& text_by_language::in(const language_tag& language) const {
    if (each.empty()) return same;
    const auto found = each.find(language);
    return found == each.end() ? same : found->second;
}

bool test_step::expects() const noexcept {
    return std::holds_alternative<bot_says>(does) || std::holds_alternative<talk_ends>(does) ||
           std::holds_alternative<handed_over>(does) || std::holds_alternative<stands_at>(does) ||
           std::holds_alternative<record_kept>(does) ||
           std::holds_alternative<answers_kept>(does) || std::holds_alternative<officer_hears>(does);
}

std::vector<dialog_test> read_tests(
    const source_file& file,
    const program& script,
    const rehearsal_cast& cast,
    std::vector<diagnostic>& problems
) {
    const auto before = problems.size();
    findings noted(file.path, problems);
    const auto root = read_yaml(file, noted);
    if (!root) return {};
    auto all = test_file_reader(script, cast, noted).file(*root);
    if (problems.size() > before) return {};
    return all;
}

}  // namespace tertulia::dialogs
