#include "dialogs/script/answer_names.hpp"

#include "dialogs/facts/fact_table.hpp"
#include "dialogs/script/answer_values.hpp"
#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/expression_tree.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

namespace tertulia::dialogs {
namespace {

// "text" of a question with choices: it keeps the pick.
std::string kind_word(const state_source& of) {
    return of.expects.empty() ? "choices" : of.expects.front().text;
}

std::optional<fact_type> type_kept(const state_source& of) {
    if (!of.keep_as || of.expects_pin()) return std::nullopt;
    // The name of the option is an answer; a record that is chosen is none.
    if (of.choose_from && of.choose_from->text != "hardship_options") return std::nullopt;
    if (of.expects.empty()) return fact_type::text;
    const auto kind = parse_typed_kind(of.expects.front().text);
    return kind ? std::optional{type_of(*kind)} : std::nullopt;
}

// What an expression speaks of.
struct speaks_of {
    std::set<std::string> answers{};
    bool personal{};
};

speaks_of read_paths(const std::string& text) {
    speaks_of found{};
    for (const auto& node : parse_expression(text).nodes) {
        if (node.does != operation::path) continue;
        if (node.word.starts_with(answer_prefix)) {
            found.answers.insert(node.word.substr(answer_prefix.size()));
        } else if (const auto fact = find_fact(node.word)) {
            found.personal = found.personal || fact_schema()[*fact].personal;
        }
    }
    return found;
}

// A name that is given a value: by an expression, or as a copy of another name.
struct value {
    const word* name{};
    const word* made_of{};  // nullptr: of the one name in `of`
    const dialog_source* dialog{};
    speaks_of of{};
    std::size_t waits{};  // for so many other names whose type is not known yet
};

class naming {
public:
    naming(std::span<const dialog_source> dialogs, std::vector<diagnostic>& problems)
        : dialogs_(dialogs), problems_(problems) {}

    kept_names run() {
        for (const auto& dialog : dialogs_) declared(dialog);
        for (const auto& dialog : dialogs_) collect(dialog);
        find_types();
        find_personal();
        return std::move(made_);
    }

private:
    struct first_use {
        std::string kind{};
        const dialog_source* dialog{};
    };

    // ---- names whose type is written

    void declared(const dialog_source& dialog) {
        for (const auto& [name, word] : dialog.takes) {
            const auto kind = parse_typed_kind(word.text);
            if (kind) keep(dialog, name, word.text, type_of(*kind), rule::answer_kind);
        }
        for (const auto& state : dialog.states) {
            const auto type = type_kept(state);
            if (type) keep(dialog, *state.keep_as, kind_word(state), *type, rule::answer_kind);
        }
    }

    void keep(
        const dialog_source& dialog,
        const word& name,
        const std::string& kind,
        fact_type type,
        rule breaks
    ) {
        const auto [at, is_new] = made_.types.emplace(name.text, type);
        const auto& before = first_.try_emplace(name.text, first_use{kind, &dialog}).first->second;
        if (is_new) known(name.text);
        if (at->second == type) return;
        findings(dialog.file, problems_)
            .error(
                breaks,
                name.at,
                "'" + name.text + "' keeps '" + kind + "' here, but '" + before.kind +
                    "' in the dialog '" + before.dialog->name.text + "'",
                "give one of them another name"
            );
    }

    // ---- names whose type comes of what they are made of

    void collect(const dialog_source& dialog) {
        for (const auto& state : dialog.states) {
            for (const auto& [name, made_of] : state.settings) {
                if (!names_value(name.text)) continue;
                values_.push_back({&name, &made_of, &dialog, read_paths(made_of.text)});
            }
            for (const auto& [as, name] : state.brings) {
                values_.push_back({&as, nullptr, &dialog, {.answers = {name.text}}});
            }
            for (const auto& [name, made_of] : state.gives) {
                given_.push_back({&name, &made_of, &dialog, read_paths(made_of.text)});
            }
        }
    }

    void find_types() {
        std::set<std::string> set;  // by a value, and by nothing else so far
        for (const auto& one : values_) {
            if (!made_.types.contains(one.name->text)) set.insert(one.name->text);
        }
        for (std::size_t i = 0; i < values_.size(); ++i) {
            for (const auto& name : values_[i].of.answers) {
                if (name == values_[i].name->text || !set.contains(name)) continue;
                ++values_[i].waits;
                waiting_[name].push_back(i);
            }
            if (values_[i].waits == 0) ready_.push_back(i);
        }
        std::vector<std::size_t> unsure;
        while (!ready_.empty() || !of_themselves_.empty()) {
            auto& from = ready_.empty() ? of_themselves_ : ready_;
            const auto at = from.front();
            const bool last = &from == &of_themselves_;
            from.pop_front();
            if (is_known(values_[at]) || !speaks_of_itself(values_[at])) {
                find_type(values_[at]);
            } else if (!last) {
                of_themselves_.push_back(at);  // another value of that name may tell
            } else if (!guess_type(values_[at])) {
                unsure.push_back(at);
            }
        }
        for (const auto at : unsure) never_begins(values_[at]);
        for (auto& one : values_) {
            if (one.waits > 0) never_begins(one);
        }
    }

    bool is_known(const value& of) const { return made_.types.contains(of.name->text); }

    static bool speaks_of_itself(const value& of) { return of.of.answers.contains(of.name->text); }

    void known(const std::string& name) {
        const auto found = waiting_.find(name);
        if (found == waiting_.end()) return;
        for (const auto at : found->second) {
            if (--values_[at].waits == 0) ready_.push_back(at);
        }
        waiting_.erase(found);
    }

    // The type of what it is made of; `itself`: of its own name, where that is not known.
    std::optional<fact_type> type_of_value(const value& of, std::optional<fact_type> itself) const {
        std::map<std::string, fact_type> types;
        for (const auto& name : of.of.answers) {
            const auto found = made_.types.find(name);
            if (found != made_.types.end()) types.insert(*found);
        }
        if (itself) types.emplace(of.name->text, *itself);
        if (of.made_of == nullptr) {
            return types.empty() ? std::nullopt : std::optional{types.begin()->second};
        }
        const fact_table table(types);
        const auto parsed = expression::parse(of.made_of->text, fact_type::nothing, table);
        return parsed.parsed ? std::optional{parsed.parsed->type()} : std::nullopt;
    }

    void find_type(const value& of) {
        const auto type = type_of_value(of, {});
        if (!type) {
            failed_ = true;  // told when it is compiled
            return;
        }
        const auto kind = kind_to_keep(*type);
        if (kind) {
            keep(*of.dialog, *of.name, std::string{name_of(*kind)}, *type, rule::value_kind);
            return;
        }
        findings noted(of.dialog->file, problems_);
        if (*type == fact_type::moment) {
            noted.error(
                rule::value_kind,
                of.made_of->at,
                "a moment cannot be kept as '" + of.name->text + "'",
                "keep a date: 'today' in place of 'now'"
            );
        } else if (*type == fact_type::list) {
            noted.error(
                rule::value_kind,
                of.made_of->at,
                "a list cannot be kept as '" + of.name->text + "'",
                "keep what is asked of it: \"'x' in …\" or \"size(…)\""
            );
        } else {
            noted.error(
                rule::value_kind,
                of.made_of->at,
                "an amount without a currency cannot be kept as '" + of.name->text + "'",
                "compute it from money: loan.outstanding / 2"
            );
        }
    }

    // A value made of its own name alone: the one type that comes out as it goes in, if there is
    // just one. "has(answer.n) ? answer.n + 1 : 1" can only be a number.
    bool guess_type(const value& of) {
        std::vector<fact_type> fit;
        for (const auto type :
             {fact_type::number,
              fact_type::money,
              fact_type::date,
              fact_type::text,
              fact_type::boolean}) {
            if (type_of_value(of, type) == type) fit.push_back(type);
        }
        if (fit.size() > 1) return false;
        const auto type = fit.empty() ? fact_type::number : fit.front();
        const auto kind = kind_to_keep(type);
        keep(*of.dialog, *of.name, std::string{name_of(*kind)}, type, rule::value_kind);
        find_type(of);  // where none fits, its mistake is told
        return true;
    }

    void never_begins(const value& of) {
        if (is_known(of)) {
            find_type(of);
            return;
        }
        if (of.made_of == nullptr || failed_) return;
        findings(of.dialog->file, problems_)
            .error(
                rule::value_kind,
                of.made_of->at,
                "nothing says what '" + of.name->text +
                    "' is at first: it is only ever made of "
                    "itself",
                "set it to a first value before, e.g. set: {" + of.name->text + ": 0}"
            );
        made_.types.emplace(of.name->text, fact_type::number);  // told once
    }

    // ---- what is hers alone

    void find_personal() {
        std::map<std::string, std::vector<std::string>> made_into;
        std::vector<std::string> waiting;
        for (const auto* all : {&values_, &given_}) {
            for (const auto& one : *all) {
                if (one.of.personal) waiting.push_back(one.name->text);
                for (const auto& name : one.of.answers) {
                    made_into[name].push_back(one.name->text);
                }
            }
        }
        while (!waiting.empty()) {
            const auto name = waiting.back();
            waiting.pop_back();
            if (!made_.personal.insert(name).second) continue;
            const auto& more = made_into[name];
            waiting.insert(waiting.end(), more.begin(), more.end());
        }
    }

    std::span<const dialog_source> dialogs_;
    std::vector<diagnostic>& problems_;
    kept_names made_{};
    std::map<std::string, first_use> first_{};
    std::vector<value> values_{};
    std::vector<value> given_{};  // by a call: their types are written
    std::map<std::string, std::vector<std::size_t>> waiting_{};
    std::deque<std::size_t> ready_{};
    std::deque<std::size_t> of_themselves_{};
    bool failed_{};  // some value has no type: what is made of it follows
};

}  // namespace

kept_names answer_names(std::span<const dialog_source> dialogs, std::vector<diagnostic>& problems) {
    return naming(dialogs, problems).run();
}

bool names_value(std::string_view name) {
    const auto& settings = setting_words();
    return std::find(settings.begin(), settings.end(), name) == settings.end() &&
           did_you_mean(name, settings).empty();
}

}  // namespace tertulia::dialogs
