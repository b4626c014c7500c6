#include "dialogs/script/cases_reader.hpp"

#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/duration.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

const std::vector<std::string> priorities{"low", "normal", "high"};
constexpr std::string_view otherwise = "otherwise";

class reader {
public:
    explicit reader(findings& noted) : noted_(noted) {}

    std::vector<case_kind> read(const yaml_node& root) {
        std::vector<case_kind> all;
        if (root.entries.size() > case_kinds_max) {
            noted_.error(rule::too_large, root.at, "there are more than 50 kinds of cases");
            return all;
        }
        for (const auto& entry : root.entries) {
            name(entry.key, entry.at, "a kind of case");
            case_kind made{.name = entry.key};
            if (entry.value.map()) {
                kind(entry.value, made);
            } else if (!entry.value.text.empty() || entry.value.list()) {
                noted_.error(
                    rule::wrong_shape,
                    entry.value.at,
                    "a kind of case looks like  " + entry.key +
                        ": {to: support, person_within: 2 h}"
                );
            }
            all.push_back(std::move(made));
        }
        return all;
    }

private:
    void kind(const yaml_node& map, case_kind& made) {
        const auto known = case_kind_shape().names();
        for (const auto& entry : map.entries) {
            const auto& value = entry.value;
            if (entry.key == "to") {
                made.to = queue(value);
            } else if (entry.key == "never") {
                made.never_officer = value.scalar() && value.text == "officer";
                if (!made.never_officer) {
                    noted_.error(
                        rule::unknown_word, value.at, "'never' names who may not have it",
                        "never: officer"
                    );
                }
            } else if (entry.key == "categories") {
                made.categories = names(value, "a category");
            } else if (entry.key == "priority") {
                if (std::ranges::find(priorities, value.text) == priorities.end()) {
                    noted_.error(
                        rule::unknown_word, value.at, "there is no priority '" + value.text + "'",
                        "low, normal or high"
                    );
                } else {
                    made.priority = value.text;
                }
            } else if (entry.key == "acknowledge_within") {
                made.acknowledge_within = length(value, entry.key);
            } else if (entry.key == "person_within") {
                made.person_within = length(value, entry.key);
            } else if (entry.key == "hard_limit") {
                made.hard_limit = length(value, entry.key);
            } else if (entry.key == "resolve_within") {
                resolve_ = &value;
            } else if (entry.key == "escalate_to") {
                const std::vector<yaml_node> one{value};
                for (const auto& item : value.list() ? value.items : one) {
                    made.escalate_to.push_back(queue(item));
                }
            } else {
                noted_.error(
                    rule::unknown_key,
                    entry.at,
                    "a kind of case has no '" + entry.key + "'",
                    mend_for(entry.key, known)
                );
            }
        }
        if (const auto* value = std::exchange(resolve_, nullptr)) resolve(*value, made);
        in_order(map, made);
    }

    // After the categories, whatever stands first.
    void resolve(const yaml_node& value, case_kind& made) {
        if (!value.map()) {
            made.resolve_within = length(value, "resolve_within");
            return;
        }
        for (const auto& entry : value.entries) {
            const auto within = length(entry.value, entry.key);
            if (entry.key == otherwise) {
                made.resolve_within = within;
            } else if (std::ranges::find(made.categories, entry.key) == made.categories.end()) {
                noted_.error(
                    rule::unknown_word,
                    entry.at,
                    "there is no category '" + entry.key + "' here",
                    mend_for(entry.key, made.categories)
                );
            } else {
                made.resolve_by_category.emplace(entry.key, within);
            }
        }
    }

    // What is promised later than the last word is a slip.
    void in_order(const yaml_node& map, const case_kind& made) {
        if (made.hard_limit.count() == 0) return;
        auto longest = made.resolve_within;
        for (const auto& [category, within] : made.resolve_by_category) {
            longest = std::max(longest, within);
        }
        if (longest <= made.hard_limit) return;
        noted_.error(
            rule::wrong_value,
            map.find("hard_limit")->at,
            "the hard limit of '" + made.name + "' is sooner than it is to be resolved",
            "hard_limit is the longest of all"
        );
    }

    milliseconds length(const yaml_node& value, std::string_view key) {
        const auto read = value.scalar() ? parse_duration(value.text) : std::nullopt;
        if (read) return *read;
        noted_.error(
            rule::wrong_value,
            value.at,
            "'" + std::string{key} + "' is a length of time",
            "write it as 30 min, 2 h or 15 days"
        );
        return {};
    }

    std::string queue(const yaml_node& value) {
        name(value.text, value.at, "a queue");
        return value.text;
    }

    std::vector<std::string> names(const yaml_node& value, const char* what) {
        std::vector<std::string> all;
        const std::vector<yaml_node> one{value};
        for (const auto& item : value.list() ? value.items : one) {
            name(item.text, item.at, what);
            if (std::ranges::find(all, item.text) != all.end()) {
                noted_.error(
                    rule::repeated_name, item.at, "'" + item.text + "' is in the list already"
                );
                continue;
            }
            all.push_back(item.text);
        }
        return all;
    }

    void name(const std::string& text, place at, const char* what) {
        if (is_name(text)) return;
        noted_.error(
            rule::bad_name,
            at,
            "'" + text + "' cannot be the name of " + what,
            "small letters, digits and _, a letter first, at most 40"
        );
    }

    findings& noted_;
    const yaml_node* resolve_{};
};

}  // namespace

const map_shape& resolve_shape() {
    static const map_shape shape{
        .name = "resolved",
        .keys = {{"otherwise", a_text(duration_pattern()), "Of every other category."}},
        .pattern = name_pattern(),
        .other = a_text(duration_pattern())};
    return shape;
}

const map_shape& case_kind_shape() {
    static const auto length = [] { return a_text(duration_pattern()); };
    static const map_shape shape{
        .name = "case_kind",
        .keys = {
            {"to",
             a_text(name_pattern()),
             "The queue it lies in: credit_agent, branch, support or another desk of "
             "institution.staff; without it the one the hand-over names."},
            {"never",
             a_word({"officer"}),
             "Her own credit agent neither gets, sees nor takes it."},
            {"categories", one_or_more(a_text(name_pattern())), "What it may be about."},
            {"priority", a_word(priorities), "low, normal or high; normal without it."},
            {"acknowledge_within",
             length(),
             "Working time until somebody has looked at it; then it goes one level up."},
            {"person_within", length(), "Working time until somebody has taken it."},
            {"resolve_within",
             either({length(), a_map(resolve_shape)}),
             "By the calendar, until it is answered: 15 days, or {charge: 48 h, otherwise: 15 "
             "days}."},
            {"hard_limit", length(), "By the calendar, the very last day for that."},
            {"escalate_to",
             one_or_more(a_text(name_pattern())),
             "The queues above, in order."}}};
    return shape;
}

const map_shape& case_kinds_shape() {
    static const map_shape shape{
        .name = "cases",
        .pattern = name_pattern(),
        .other = either({nothing(), a_map(case_kind_shape)})};
    return shape;
}

std::vector<case_kind> read_cases(const source_file& file, findings& into) {
    const auto root = read_yaml(file, into);
    if (!root) return {};
    if (!root->map()) {
        into.error(
            rule::wrong_shape, root->at, "cases look like  complaint: {to: support, never: officer}"
        );
        return {};
    }
    return reader(into).read(*root);
}

}  // namespace tertulia::dialogs
