#include "dialogs/script/dialog_source.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace tertulia::dialogs {
namespace {

using names = std::vector<std::string>;

const names dialog_keys{
    "dialog",
    "about",
    "plays",
    "starts_on",
    "anywhere",
    "back",
    "wins",
    "needs",
    "begin",
    "states"};
const names trigger_keys{"intents", "words"};
const names move_keys{"say", "go", "end", "return"};

// The verbs and, for each, what else may stand beside it.
struct verb_shape {
    std::string_view key;
    verb does;
    names beside;
};

const std::array<verb_shape, 8>& verb_shapes() {
    static const std::array<verb_shape, 8> shapes{{
        {"ask",
         verb::ask,
         {"choices",
          "choose_from",
          "label",
          "label_more",
          "keep_as",
          "expect",
          "when",
          "if_silent",
          "if_unclear",
          "go",
          "end",
          "return"}},
        {"look_up", verb::look_up, {"when"}},
        {"branch", verb::branch, {}},
        {"set", verb::set, {"go", "end", "return"}},
        {"call", verb::call, {"when", "go", "end", "return"}},
        {"hand_over", verb::hand_over, {"say"}},
        {"say", verb::say, {"go", "end", "return"}},
        {"end", verb::end, {}},
    }};
    return shapes;
}

std::string join(const names& all) {
    std::string text;
    for (const auto& one : all) {
        if (!text.empty()) text += ", ";
        text += one;
    }
    return text;
}

class reader {
public:
    explicit reader(findings& into) : into_(into) {}

    std::optional<dialog_source> dialog(const source_file& file, const yaml_node& root) {
        if (!root.map()) {
            into_.error(root.at, "a dialog begins with 'dialog: its_name'");
            return std::nullopt;
        }
        only(root, dialog_keys, "a dialog");
        dialog_source made{};
        made.file = file.path;
        if (const auto name = wanted_text(root, "dialog", "a dialog")) {
            made.name = *name;
            check_name(*name, "a dialog");
            const auto stem = stem_of(file.path);
            if (name->text != stem) {
                into_.error(
                    name->at,
                    "this file is called '" + stem + "', but its dialog '" + name->text + "'",
                    "give both the same name"
                );
            }
        } else {
            made.name = {stem_of(file.path), root.at};
        }
        if (const auto about = wanted_text(root, "about", "a dialog")) made.about = about->text;
        made.plays = text(root, "plays");
        made.needs = text(root, "needs");
        made.begin = wanted_text(root, "begin", "a dialog");
        made.anywhere = truth(root, "anywhere");
        made.back = truth(root, "back");
        made.wins = truth(root, "wins");
        if (const auto* back = root.find("back")) made.back_at = back->at;
        if (const auto* wins = root.find("wins")) made.wins_at = wins->at;
        if (const auto* triggers = root.find("starts_on")) {
            if (triggers->map()) {
                only(*triggers, trigger_keys, "'starts_on'");
                made.intents = texts(*triggers, "intents");
                made.words = texts(*triggers, "words");
            } else {
                into_.error(triggers->at, "'starts_on' needs 'intents:' or 'words:' below it");
            }
        }
        if (const auto* states = root.find("states"); states != nullptr && states->map()) {
            for (const auto& entry : states->entries) made.states.push_back(state(entry));
        } else {
            into_.error(states == nullptr ? root.at : states->at, "a dialog needs 'states:'");
        }
        return made;
    }

private:
    void check_name(const word& name, const std::string& whose) {
        if (is_name(name.text)) return;
        into_.error(
            name.at,
            "'" + name.text + "' cannot be the name of " + whose,
            "use small letters, digits and _, at most 40, a letter first"
        );
    }

    void only(const yaml_node& map, const names& keys, const std::string& whose) {
        for (const auto& entry : map.entries) {
            if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
            auto mend = mend_for(entry.key, keys);
            if (mend.empty()) mend = "possible are: " + join(keys);
            into_.error(entry.at, whose + " has no '" + entry.key + "'", std::move(mend));
        }
    }

    std::optional<word> as_text(const yaml_node& value, std::string_view key) {
        if (value.scalar() && !value.text.empty()) return word{value.text, value.at};
        into_.error(value.at, "'" + std::string(key) + "' needs a text");
        return std::nullopt;
    }

    std::optional<word> text(const yaml_node& map, std::string_view key) {
        const auto* value = map.find(key);
        return value == nullptr ? std::nullopt : as_text(*value, key);
    }

    std::optional<word> wanted_text(
        const yaml_node& map, std::string_view key, const std::string& whose
    ) {
        if (map.find(key) == nullptr) {
            into_.error(map.at, whose + " needs '" + std::string(key) + ":'");
            return std::nullopt;
        }
        return text(map, key);
    }

    // One text or a list of texts.
    std::vector<word> texts(const yaml_node& map, std::string_view key) {
        const auto* value = map.find(key);
        std::vector<word> all;
        if (value == nullptr) return all;
        if (!value->list()) {
            if (auto one = as_text(*value, key)) all.push_back(std::move(*one));
            return all;
        }
        if (value->items.empty()) into_.error(value->at, "'" + std::string(key) + "' is empty");
        for (const auto& item : value->items) {
            if (auto one = as_text(item, key)) all.push_back(std::move(*one));
        }
        return all;
    }

    bool truth(const yaml_node& map, std::string_view key) {
        const auto* value = map.find(key);
        if (value == nullptr) return false;
        if (value->scalar() && value->text == "true") return true;
        if (value->scalar() && value->text == "false") return false;
        into_.error(value->at, "'" + std::string(key) + "' is true or false");
        return false;
    }

    move_source move(const yaml_node& map) {
        move_source made{};
        made.at = map.at;
        made.says = texts(map, "say");
        made.go = text(map, "go");
        made.returns = text(map, "return");
        if (const auto* end = map.find("end")) {
            made.end = truth(map, "end");
            if (end->scalar() && end->text == "false") {
                into_.error(end->at, "'end: false' says nothing", "leave it out");
            }
        }
        const int ways = (made.go ? 1 : 0) + (made.returns ? 1 : 0) + (made.end ? 1 : 0);
        if (ways > 1) into_.error(map.at, "only one of 'go', 'end' and 'return' can be done");
        return made;
    }

    // Where something leads: a bare name, or a map of say, go, end, return.
    move_source way(const yaml_node& value, const std::string& what) {
        if (value.scalar()) {
            move_source made{};
            made.at = value.at;
            made.go = word{value.text, value.at};
            return made;
        }
        if (!value.map()) {
            into_.error(value.at, what + " needs a state, or {say: …, go: …}");
            move_source nowhere{};
            nowhere.end = true;
            nowhere.at = value.at;
            return nowhere;
        }
        only(value, move_keys, what);
        auto made = move(value);
        lead_on(made, what);
        return made;
    }

    void lead_on(move_source& of, const std::string& what) {
        if (of.leads_on()) return;
        into_.error(of.at, what + " leads nowhere", "add 'go: …', 'end: true' or 'return: …'");
        of.end = true;
    }

    names with_moves(names keys) {
        keys.insert(keys.end(), move_keys.begin(), move_keys.end());
        return keys;
    }

    state_source state(const yaml_entry& entry) {
        state_source made{};
        made.name = {entry.key, entry.at};
        check_name(made.name, "a state");
        const auto& value = entry.value;
        const std::string whose = "state '" + entry.key + "'";
        if (!value.map()) {
            into_.error(
                entry.at,
                whose +
                    " needs a verb: say, ask, look_up, "
                    "branch, set, call, hand_over or end"
            );
            return made;
        }
        const verb_shape* shape = nullptr;
        for (const auto& candidate : verb_shapes()) {
            const auto at = std::find_if(
                value.entries.begin(),
                value.entries.end(),
                [&](const yaml_entry& one) { return one.key == candidate.key; }
            );
            if (at == value.entries.end()) continue;
            if (shape == nullptr) {
                shape = &candidate;
                made.verb_at = at->at;
            } else if (std::find(shape->beside.begin(), shape->beside.end(), candidate.key) ==
                       shape->beside.end()) {
                into_.error(
                    at->at,
                    whose + " has two verbs: '" + std::string(shape->key) + "' and '" +
                        std::string(candidate.key) + "'",
                    "make two states of it"
                );
                return made;
            }
        }
        if (shape == nullptr) {
            names keys;
            for (const auto& one : verb_shapes()) keys.emplace_back(one.key);
            std::string mend;
            for (const auto& one : value.entries) {
                if (mend.empty()) mend = mend_for(one.key, keys);
            }
            into_.error(
                entry.at,
                whose +
                    " has no verb: say, ask, look_up, branch, set, call, "
                    "hand_over or end",
                std::move(mend)
            );
            return made;
        }
        auto keys = shape->beside;
        keys.emplace_back(shape->key);
        only(value, keys, whose + ", which does '" + std::string(shape->key) + "',");
        made.does = shape->does;
        fill(made, value, whose);
        return made;
    }

    void fill(state_source& made, const yaml_node& value, const std::string& whose) {
        made.then = move(value);
        made.then.at = made.name.at;
        switch (*made.does) {
            case verb::say:
                if (made.then.says.empty()) into_.error(made.verb_at, whose + " says nothing");
                lead_on(made.then, whose);
                break;
            case verb::end:
                break;
            case verb::ask:
                fill_ask(made, value, whose);
                break;
            case verb::look_up:
                made.look_up = text(value, "look_up");
                fill_outcomes(made, value, whose);
                break;
            case verb::branch:
                fill_branch(made, *value.find("branch"), whose);
                break;
            case verb::set:
                fill_set(made, *value.find("set"), whose);
                break;
            case verb::call:
                made.call = text(value, "call");
                if (value.find("when") != nullptr) {
                    fill_outcomes(made, value, whose);
                    if (made.then.leads_on()) {
                        into_.error(
                            made.verb_at,
                            whose + " has both 'when' and a way on",
                            "keep one of them"
                        );
                    }
                } else {
                    lead_on(made.then, whose);
                }
                break;
            case verb::hand_over:
                fill_hand_over(made, *value.find("hand_over"), whose);
                break;
        }
    }

    void fill_ask(state_source& made, const yaml_node& value, const std::string& whose) {
        made.ask = text(value, "ask");
        made.choose_from = text(value, "choose_from");
        made.label = text(value, "label");
        made.label_more = text(value, "label_more");
        made.keep_as = text(value, "keep_as");
        made.expect = text(value, "expect");
        if (const auto* choices = value.find("choices")) fill_choices(made, *choices, whose);
        const int kinds =
            (made.has_choices ? 1 : 0) + (made.choose_from ? 1 : 0) + (made.expect ? 1 : 0);
        if (kinds != 1) {
            into_.error(
                made.verb_at,
                kinds == 0 ? whose + " asks, but nothing says what may be answered"
                           : whose + " expects two kinds of answer",
                "it needs one of 'choices', 'choose_from' and 'expect'"
            );
        }
        if (made.expect) {
            fill_outcomes(made, value, whose);
        } else if (const auto* when = value.find("when")) {
            into_.error(when->at, "'when' belongs to 'expect'; a choice has its own way on");
        }
        if (made.choose_from) {
            if (!made.label)
                into_.error(made.choose_from->at, whose + " needs 'label:' for its rows");
            lead_on(made.then, whose);
        } else {
            for (const auto* key : {"label", "label_more", "keep_as", "go", "end", "return"}) {
                if (const auto* extra = value.find(key)) {
                    into_.error(extra->at, "'" + std::string(key) + "' belongs to 'choose_from'");
                }
            }
        }
        if (const auto* silent = value.find("if_silent")) fill_silence(made, *silent);
        if (const auto* unclear = value.find("if_unclear")) fill_unclear(made, *unclear);
    }

    void fill_choices(state_source& made, const yaml_node& choices, const std::string& whose) {
        made.has_choices = true;
        made.choices_at = choices.at;
        if (!choices.list() || choices.items.empty()) {
            into_.error(choices.at, "'choices' is a list: - {pick: name, go: state}");
            return;
        }
        for (const auto& item : choices.items) {
            if (!item.map()) {
                into_.error(item.at, "a choice looks like {pick: name, go: state}");
                continue;
            }
            only(item, with_moves({"pick", "words", "when"}), "a choice");
            choice_source one{};
            if (const auto pick = wanted_text(item, "pick", "a choice")) {
                one.pick = *pick;
                check_name(*pick, "a choice");
                const bool again = std::any_of(
                    made.choices.begin(),
                    made.choices.end(),
                    [&](const choice_source& other) { return other.pick.text == pick->text; }
                );
                if (again) into_.error(pick->at, whose + " offers '" + pick->text + "' twice");
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

    void fill_outcomes(state_source& made, const yaml_node& value, const std::string& whose) {
        const auto* when = value.find("when");
        made.has_outcomes = true;
        made.outcomes_at = when == nullptr ? made.verb_at : when->at;
        if (when == nullptr || !when->map()) {
            into_.error(made.outcomes_at, whose + " needs 'when:' with a way on for each outcome");
            return;
        }
        for (const auto& entry : when->entries) {
            made.outcomes.emplace_back(
                word{entry.key, entry.at}, way(entry.value, "'" + entry.key + "'")
            );
        }
    }

    void fill_branch(state_source& made, const yaml_node& list, const std::string& whose) {
        if (!list.list() || list.items.empty()) {
            into_.error(list.at, "'branch' is a list: - {when: \"…\", go: state}");
            return;
        }
        for (const auto& item : list.items) {
            if (!item.map()) {
                into_.error(item.at, "a branch looks like {when: \"…\", go: state}");
                continue;
            }
            only(item, with_moves({"when", "otherwise"}), "a branch");
            branch_source one{};
            one.when = text(item, "when");
            const bool otherwise = truth(item, "otherwise");
            if (one.when.has_value() == otherwise) {
                into_.error(item.at, "a branch needs either 'when: \"…\"' or 'otherwise: true'");
                one.when.reset();
            }
            if (!made.branches.empty() && !made.branches.back().when) {
                into_.error(item.at, "nothing comes after 'otherwise'", "put it last");
            }
            one.then = move(item);
            lead_on(one.then, "this branch");
            made.branches.push_back(std::move(one));
        }
        if (!made.branches.empty() && made.branches.back().when) {
            into_.error(
                list.at,
                whose + " does not say what to do when nothing applies",
                "add - {otherwise: true, go: …} at the end"
            );
        }
    }

    void fill_set(state_source& made, const yaml_node& map, const std::string& whose) {
        if (!map.map() || map.entries.empty()) {
            into_.error(map.at, whose + " sets nothing", "write set: {language: es}");
        }
        for (const auto& entry : map.entries) {
            if (auto to = as_text(entry.value, entry.key)) {
                made.settings.emplace_back(word{entry.key, entry.at}, std::move(*to));
            }
        }
        lead_on(made.then, whose);
    }

    void fill_hand_over(state_source& made, const yaml_node& map, const std::string& whose) {
        if (!map.map()) {
            into_.error(map.at, whose + " needs hand_over: {to: …, because: …}");
            return;
        }
        only(map, {"to", "because"}, "'hand_over'");
        made.to = wanted_text(map, "to", "'hand_over'");
        made.because = wanted_text(map, "because", "'hand_over'");
        if (made.because) check_name(*made.because, "a reason");
    }

    void fill_silence(state_source& made, const yaml_node& map) {
        if (!map.map()) {
            into_.error(map.at, "'if_silent' looks like {after: 30 min, end: true}");
            return;
        }
        only(map, with_moves({"after"}), "'if_silent'");
        silence_source silence{};
        if (const auto after = wanted_text(map, "after", "'if_silent'")) {
            const auto time = parse_duration(after->text);
            silence.after_at = after->at;
            if (!time) {
                into_.error(
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

    void fill_unclear(state_source& made, const yaml_node& map) {
        if (!map.map()) {
            into_.error(map.at, "'if_unclear' looks like {tries: 2, then: state}");
            return;
        }
        only(map, {"tries", "say", "then"}, "'if_unclear'");
        unclear_source unclear{};
        if (const auto tries = text(map, "tries")) {
            if (tries->text.size() == 1 && tries->text[0] >= '1' && tries->text[0] <= '9') {
                unclear.tries = tries->text[0] - '0';
            } else {
                into_.error(tries->at, "'tries' is a number from 1 to 9");
            }
        }
        unclear.say = text(map, "say");
        if (const auto* then = map.find("then")) unclear.then = way(*then, "'then'");
        made.if_unclear = std::move(unclear);
    }

    findings& into_;
};

}  // namespace

bool is_name(std::string_view text) noexcept {
    const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
    return !text.empty() && text.size() <= 40 && small(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) {
               return small(c) || (c >= '0' && c <= '9') || c == '_';
           });
}

bool is_message_key(std::string_view text) noexcept {
    if (text.size() > 120) return false;
    for (;;) {
        const auto point = text.find('.');
        if (!is_name(text.substr(0, point))) return false;
        if (point == std::string_view::npos) return true;
        text.remove_prefix(point + 1);
    }
}

std::optional<milliseconds> parse_duration(std::string_view text) noexcept {
    std::int64_t count = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count <= 0 || count > 100'000) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    while (text.starts_with(' ')) text.remove_prefix(1);
    constexpr std::array<std::pair<std::string_view, std::int64_t>, 11> units{{
        {"s", 1},
        {"min", 60},
        {"minute", 60},
        {"minutes", 60},
        {"h", 3'600},
        {"hour", 3'600},
        {"hours", 3'600},
        {"day", 86'400},
        {"days", 86'400},
        {"week", 604'800},
        {"weeks", 604'800},
    }};
    for (const auto& [name, seconds] : units) {
        if (name == text) return milliseconds{count * seconds * 1'000};
    }
    return std::nullopt;
}

std::optional<dialog_source> read_dialog(const source_file& file, findings& into) {
    const auto root = read_yaml(file, into);
    if (!root) return std::nullopt;
    return reader(into).dialog(file, *root);
}

}  // namespace tertulia::dialogs
