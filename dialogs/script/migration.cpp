#include "dialogs/script/migration.hpp"

#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/program.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t version_letters_min = 8;
constexpr std::size_t version_letters_max = 64;

bool begins_a_version(std::string_view text) noexcept {
    return text.size() >= version_letters_min && text.size() <= version_letters_max &&
           std::all_of(text.begin(), text.end(), [](char one) {
               return (one >= '0' && one <= '9') || (one >= 'a' && one <= 'f');
           });
}

// Whether the first `bits` of a version may be those of one that begins so.
bool may_be(std::string_view beginning, std::uint64_t version, unsigned bits) {
    const auto digits = std::min<std::size_t>(beginning.size(), bits / 4);
    std::uint64_t wanted = 0;
    std::from_chars(beginning.data(), beginning.data() + digits, wanted, 16);
    return version >> (bits - 4 * digits) == wanted;
}

const std::string* find(const migration::names& in, std::string_view name) {
    const auto found = in.find(name);
    return found == in.end() ? nullptr : &found->second;
}

std::string state_pattern() { return name_pattern() + "\\." + name_pattern(); }

bool is_state(std::string_view text) noexcept {
    const auto point = text.find('.');
    return point != std::string_view::npos && is_name(text.substr(0, point)) &&
           is_name(text.substr(point + 1));
}

class migration_reader {
public:
    migration_reader(findings& noted, migration_source& made) : noted_(noted), made_(made) {}

    void read(const yaml_node& root) {
        const auto known = migration_shape().names();
        for (const auto& entry : root.entries) {
            if (entry.key == "from") {
                versions(entry.value);
            } else if (entry.key == "dialogs") {
                pairs(entry, is_name, made_.made.dialogs, made_.dialogs);
            } else if (entry.key == "states") {
                pairs(entry, is_state, made_.made.states, made_.states);
            } else if (entry.key == "answers") {
                pairs(entry, is_name, made_.made.answers, made_.answers);
            } else {
                noted_.error(
                    rule::unknown_key,
                    entry.at,
                    "a migration has no '" + entry.key + "'",
                    mend_for(entry.key, known)
                );
            }
        }
        if (root.find("from") == nullptr) {
            noted_.error(
                rule::missing_key,
                root.at,
                "a migration needs 'from:', the versions whose conversations it moves",
                "from: all, or [3f2a91c0] as `tertulia versions` names them"
            );
        }
    }

private:
    void versions(const yaml_node& value) {
        if (value.scalar() && value.text == "all") {
            made_.made.from_all = true;
            return;
        }
        const std::vector<yaml_node> one{value};
        const auto& list = value.list() ? value.items : one;
        for (const auto& item : list) {
            if (item.scalar() && begins_a_version(item.text)) {
                made_.made.from.push_back(item.text);
            } else {
                noted_.error(
                    rule::wrong_value,
                    item.at,
                    "this is no version",
                    "its first eight letters or more, as `tertulia versions` names it; or all"
                );
            }
        }
    }

    template <class Shape>
    void pairs(
        const yaml_entry& of, Shape good, migration::names& into, std::vector<word>& targets
    ) {
        if (!of.value.map()) {
            noted_.error(
                rule::wrong_shape, of.value.at, "'" + of.key + "' looks like  {old_name: new_name}"
            );
            return;
        }
        for (const auto& entry : of.value.entries) {
            if (!good(entry.key)) {
                noted_.error(
                    rule::bad_name,
                    entry.at,
                    "'" + entry.key + "' is no such name",
                    of.key == "states" ? "states are named dialog.state" : ""
                );
            } else if (!entry.value.scalar() || !good(entry.value.text)) {
                noted_.error(
                    rule::wrong_value,
                    entry.value.at,
                    "'" + entry.key + "' needs its new name",
                    of.key == "states" ? "states are named dialog.state" : ""
                );
            } else {
                into.emplace(entry.key, entry.value.text);
                targets.push_back({entry.value.text, entry.value.at});
            }
        }
    }

    findings& noted_;
    migration_source& made_;
};

}  // namespace

bool migration::covers(std::uint64_t short_version) const {
    return from_all || std::any_of(from.begin(), from.end(), [&](const std::string& one) {
               return may_be(one, short_version, 64);
           });
}

bool migration::covers_button(std::uint32_t set) const {
    return from_all || std::any_of(from.begin(), from.end(), [&](const std::string& one) {
               return may_be(one, set, 32);
           });
}

std::string migration::dialog_now(std::string_view before) const {
    const auto* now = find(dialogs, before);
    return now == nullptr ? std::string(before) : *now;
}

std::string migration::state_now(std::string_view dialog, std::string_view state) const {
    auto whole = std::string(dialog) + "." + std::string(state);
    if (const auto* now = find(states, whole)) return *now;
    return dialog_now(dialog) + "." + std::string(state);
}

std::string migration::answer_now(std::string_view before) const {
    const auto* now = find(answers, before);
    return now == nullptr ? std::string(before) : *now;
}

const map_shape& migration_shape() {
    static const map_shape shape{
        .name = "migration",
        .keys = {
            {"from",
             either({a_word({"all"}), one_or_more(a_text("[0-9a-f]{8,64}"))}),
             "The versions whose conversations move to this one, as `tertulia versions` names them.",
             need::must},
            {"dialogs",
             entries_of(a_text(name_pattern()), name_pattern()),
             "Dialogs that were renamed: {old: new}."},
            {"states",
             entries_of(a_text(state_pattern()), state_pattern()),
             "States that were renamed: {dialog.old: dialog.new}."},
            {"answers",
             entries_of(a_text(name_pattern()), name_pattern()),
             "Answers that are kept under another name: {old: new}."}}};
    return shape;
}

std::optional<migration_source> read_migration(const source_file& file, findings& into) {
    const auto root = read_yaml(file, into);
    if (!root) return std::nullopt;
    if (!root->map()) {
        into.error(rule::wrong_shape, root->at, "a migration begins with  from: all");
        return std::nullopt;
    }
    migration_source made{.file = file.path};
    migration_reader(into, made).read(*root);
    return made;
}

void check_migration(
    const migration_source& of, const program& in, std::vector<diagnostic>& problems
) {
    findings noted(of.file, problems);
    std::vector<std::string> dialogs;
    for (const auto& one : in.dialogs) dialogs.push_back(one.name);
    for (const auto& to : of.dialogs) {
        if (in.find_dialog(to.text)) continue;
        noted.error(
            rule::unknown_dialog,
            to.at,
            "there is no dialog called '" + to.text + "'",
            mend_for(to.text, dialogs)
        );
    }
    std::vector<std::string> states;
    for (const auto& one : in.states) states.push_back(in.at(one.dialog).name + "." + one.name);
    for (const auto& to : of.states) {
        if (std::find(states.begin(), states.end(), to.text) != states.end()) continue;
        noted.error(
            rule::unknown_state,
            to.at,
            "there is no state '" + to.text + "'",
            mend_for(to.text, states)
        );
    }
    std::vector<std::string> answers;
    for (const auto& field : in.known->fields()) {
        if (field.path.starts_with(answer_prefix)) {
            answers.emplace_back(field.path.substr(answer_prefix.size()));
        }
    }
    for (const auto& to : of.answers) {
        if (std::find(answers.begin(), answers.end(), to.text) != answers.end()) continue;
        noted.error(
            rule::unknown_word,
            to.at,
            "no question keeps an answer '" + to.text + "'",
            mend_for(to.text, answers)
        );
    }
}

}  // namespace tertulia::dialogs
