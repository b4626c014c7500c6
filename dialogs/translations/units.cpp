#include "dialogs/translations/units.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

conditions when_of(const message_source& of) {
    std::vector<conditions_problem> ignored;  // told by `check`
    return of.variant.empty() ? conditions{} : read_conditions(of.variant, ignored);
}

// What WhatsApp shows: as compile_limits.cpp has it.
constexpr std::size_t buttons_max = 3;
struct spot {
    std::size_t units;
    bool one_line;
    const char* name;
};
constexpr spot plain{4096, false, ""};
constexpr spot question{1024, false, "a question with buttons"};
constexpr spot button{20, true, "a button"};
constexpr spot row{24, true, "a row of a list"};
constexpr spot second_line{72, true, "the second line of a row"};

class role_finder {
public:
    explicit role_finder(const program& of) : of_(of) {}

    std::map<std::string, message_role> run() && {
        for (const auto& one : of_.states) {
            state_ = of_.at(one.dialog).name + "." + one.name;
            add_state(one);
        }
        for (const auto& one : of_.dialogs) {
            state_ = one.name;
            add(one.called, button);
            if (one.form) add(one.form->kept, plain);
        }
        return std::move(roles_);
    }

private:
    void add(message_id said, const spot& at) {
        auto& role = roles_[of_.words->key(said)];
        if (role.said_in.empty() || role.said_in.back() != state_) role.said_in.push_back(state_);
        if (at.units < role.units_max) {
            role.units_max = at.units;
            role.place = at.name;
        }
        role.one_line = role.one_line || at.one_line;
    }
    void add(const std::optional<message_id>& said, const spot& at) {
        if (said) add(*said, at);
    }
    void add(const move& of) {
        for (const auto said : of.says) add(said, plain);
        for (const auto& each : of.variations) {
            for (const auto other : each.others) add(other, plain);
        }
    }

    void add_state(const program_state& one) {
        add(one.then);
        for (const auto& [word, then] : one.outcomes) add(then);
        for (const auto& branch : one.branches) add(branch.then);
        if (one.if_she_writes) add(*one.if_she_writes);
        if (one.does == verb::ask) add_question(one);
    }

    void add_question(const program_state& one) {
        const bool lists = lists_records(one.answers);
        const bool shows = !one.choices.empty() || lists;
        add(one.question, shows ? question : plain);
        const auto always =
            std::ranges::count_if(one.choices, [](const auto& each) { return !each.when; });
        const bool rows = static_cast<std::size_t>(always) > buttons_max;
        for (const auto& each : one.choices) {
            add(each.title, rows ? row : button);
            add(each.description, second_line);
            add(each.then);
        }
        if (lists) {
            add(one.label, row);
            add(one.label_more, second_line);
        }
        if (one.answer) {
            for (const auto& said :
                 {one.answer->otherwise, one.answer->example, one.answer->help, one.answer->why}) {
                add(said, plain);
            }
            add(one.answer->label, row);
            add(one.answer->label_more, second_line);
        }
        add(one.unclear_say, plain);
        if (one.unclear_then) add(*one.unclear_then);
        if (one.if_silent) add(one.if_silent->then);
    }

    const program& of_;
    std::string state_{};
    std::map<std::string, message_role> roles_{};
};

}  // namespace

std::vector<translation_unit> units_of(
    std::span<const message_source> source,
    std::span<const message_source> target,
    const translation_records& records
) {
    std::map<std::pair<std::string_view, conditions>, const message_source*> there;
    for (const auto& one : target) there.try_emplace({one.key, when_of(one)}, &one);
    std::vector<translation_unit> made;
    for (const auto& one : source) {
        translation_unit unit{
            .context = context_of(one.key, one.variant),
            .key = one.key,
            .variant = one.variant,
            .source = one.pattern};
        if (const auto found = there.find({one.key, when_of(one)}); found != there.end()) {
            unit.target = found->second->pattern;
            unit.target_line = found->second->line;
            unit.target_column = found->second->column;
        }
        const auto record = records.find(unit.context);
        unit.stale = record != records.end() && record->second != hash_of_text(unit.source);
        made.push_back(std::move(unit));
    }
    return made;
}

std::map<std::string, message_role> roles_of(const program& of) {
    return role_finder{of}.run();
}

}  // namespace tertulia::dialogs
