#include "dialogs/script/hardship_reader.hpp"

#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/duration.hpp"
#include "dialogs/script/unknown_key.hpp"
#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr int claim_days_max = 30;
constexpr int days_max = 366;
constexpr int broken_max = 100;
constexpr std::size_t danger_words_max = 200;

const map_shape& promise_shape() {
    static const map_shape shape{
        .name = "promise",
        .keys = {
            {"max_days", a_whole(0, days_max), "So many days ahead may be promised, 7 without it."},
            {"min_percent", a_whole(0, 100), "Of what is due; less is agreed with a person."},
            {"broken_most",
             a_whole(1, broken_max),
             "After so many broken promises a person agrees the next; 2 without it."},
            {"broken_within", a_text(duration_pattern()), "Counted so far back: 90 days."},
            {"case", a_text(name_pattern()), "The kind of case a broken promise opens."}}};
    return shape;
}

const map_shape& option_shape() {
    static const map_shape shape{
        .name = "option",
        .keys = {
            {"label", a_text(message_key_pattern()), "The message its row reads.", need::must},
            {"max_days", a_whole(0, days_max), "So many days ahead, in place of the promise's."},
            {"min_percent", a_whole(0, 100), "Of what is due, in place of the promise's."},
            {"days_late",
             a_text("[0-9]{1,4}(-[0-9]{1,4})?"),
             "Offered only to who is so many days late: 0-30; 31 and more: \"31\"."},
            {"officer", a_truth(), "A person decides: it is asked for, not promised."}}};
    return shape;
}

const map_shape& safety_shape() {
    static const map_shape shape{
        .name = "safety",
        .keys = {
            {"phone", a_text(), "Who to call in danger, as she is told it.", need::must},
            {"words", a_list(a_text()), "What calls for help at once, in any language."}}};
    return shape;
}

std::optional<int> whole_number_in(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) {
        return std::nullopt;
    }
    return value;
}

class hardship_rules_reader {
public:
    explicit hardship_rules_reader(findings& noted) : noted_(noted) {}

    relief_source read(const yaml_node& root) {
        for (const auto& entry : root.entries) {
            const auto& value = entry.value;
            if (entry.key == "claim_days") {
                set(made_.rules.claim_days, value, entry.key, 1, claim_days_max);
            } else if (entry.key == "quiet_days") {
                set(made_.rules.quiet_days, value, entry.key, 0, days_max);
            } else if (entry.key == "promise") {
                each(value, promise_shape(), entry.at, [&](const auto& one) { promise(one); });
            } else if (entry.key == "options") {
                options(value);
            } else if (entry.key == "safety") {
                each(value, safety_shape(), entry.at, [&](const auto& one) { safety(one); });
            } else {
                note_unknown_key(noted_, entry, hardship_shape());
            }
        }
        return std::move(made_);
    }

private:
    // The known keys of a map; the others, and those that must be there, are told.
    template <class Take>
    void each(const yaml_node& map, const map_shape& of, place at, Take take) {
        if (!map.map()) {
            noted_.error(
                rule::wrong_shape, map.at, "'" + of.name + "' is a map of keys", "{key: value}"
            );
            return;
        }
        const auto names = of.names();
        for (const auto& entry : map.entries) {
            if (std::ranges::find(names, entry.key) == names.end()) {
                note_unknown_key(noted_, entry, of);
            } else {
                take(entry);
            }
        }
        for (const auto& key : of.keys) {
            if (key.is != need::must || map.find(key.key) != nullptr) continue;
            noted_.error(
                rule::missing_key, at, "'" + key.key + "' is missing here", key.about
            );
        }
    }

    template <class Into>
    void set(Into& into, const yaml_node& value, std::string_view key, int least, int most) {
        const auto found = value.scalar() ? whole_number_in(value.text) : std::nullopt;
        if (found && *found >= least && *found <= most) {
            into = *found;
            return;
        }
        noted_.error(
            rule::wrong_value,
            value.at,
            "'" + std::string{key} + "' is a whole number",
            "from " + std::to_string(least) + " to " + std::to_string(most)
        );
    }

    void promise(const yaml_entry& entry) {
        auto& limits = made_.rules.promise;
        const auto& value = entry.value;
        if (entry.key == "max_days") {
            set(limits.days_max, value, entry.key, 0, days_max);
        } else if (entry.key == "min_percent") {
            set(limits.percent_least, value, entry.key, 0, 100);
        } else if (entry.key == "broken_most") {
            set(limits.broken_most, value, entry.key, 1, broken_max);
        } else if (entry.key == "broken_within") {
            const auto length = value.scalar() ? parse_duration(value.text) : std::nullopt;
            if (length) {
                limits.broken_within = std::chrono::ceil<std::chrono::days>(*length);
            } else {
                noted_.error(
                    rule::wrong_value,
                    value.at,
                    "'broken_within' is a length of time",
                    "broken_within: 90 days"
                );
            }
        } else {
            made_.rules.broken_case = value.text;
            made_.case_at = value.at;
        }
    }

    void options(const yaml_node& map) {
        if (!map.map() || map.entries.empty() || map.entries.size() > relief_options_max) {
            noted_.error(
                rule::wrong_shape, map.at, "'options' are names, 10 at most, each with what it is"
            );
            return;
        }
        for (const auto& entry : map.entries) {
            if (!is_name(entry.key)) {
                noted_.error(
                    rule::bad_name,
                    entry.at,
                    "'" + entry.key + "' cannot be the name of an option",
                    "small letters, digits and _, a letter first, 40 at most"
                );
            }
            relief_option made{.name = entry.key};
            place label{entry.at};
            each(entry.value, option_shape(), entry.at, [&](const yaml_entry& one) {
                option(one, made, label);
            });
            made_.rules.options.push_back(std::move(made));
            made_.labels.push_back(label);
        }
    }

    void option(const yaml_entry& entry, relief_option& made, place& label) {
        const auto& value = entry.value;
        if (entry.key == "label") {
            made.label = value.text;
            label = value.at;
        } else if (entry.key == "max_days") {
            set(made.days_max, value, entry.key, 0, days_max);
        } else if (entry.key == "min_percent") {
            set(made.percent_least, value, entry.key, 0, 100);
        } else if (entry.key == "officer") {
            made.officer = value.text == "true";
            if (!made.officer && value.text != "false") {
                noted_.error(rule::wrong_value, value.at, "'officer' is true or false");
            }
        } else {
            late(value, made);
        }
    }

    // "0-30", or "31" for that and more.
    void late(const yaml_node& value, relief_option& made) {
        const std::string_view text = value.scalar() ? std::string_view{value.text} : "";
        const auto dash = text.find('-');
        made.late_from = whole_number_in(text.substr(0, dash));
        if (dash != std::string_view::npos) made.late_until = whole_number_in(text.substr(dash + 1));
        const bool both = dash == std::string_view::npos || made.late_until;
        if (made.late_from && both && *made.late_from <= made.late_until.value_or(days_max * 100)) {
            return;
        }
        noted_.error(
            rule::wrong_value,
            value.at,
            "'days_late' is how many days late she is",
            "days_late: 0-30, or \"31\" for that and more"
        );
    }

    void safety(const yaml_entry& entry) {
        const auto& value = entry.value;
        if (entry.key == "phone") {
            made_.rules.safety_phone = value.text;
            if (value.scalar() && !value.text.empty()) return;
            noted_.error(rule::wrong_value, value.at, "'phone' is who to call", "phone: \"1572\"");
            return;
        }
        if (!value.list() || value.items.size() > danger_words_max) {
            noted_.error(
                rule::wrong_shape, value.at, "'words' is a list, of 200 at most", "[me pega]"
            );
            return;
        }
        for (const auto& item : value.items) {
            auto key = keyword_key(item.text);
            if (key.empty()) {
                noted_.error(
                    rule::no_letters, item.at, "'" + item.text + "' has no letters to recognise"
                );
                continue;
            }
            made_.rules.danger_words.push_back(std::move(key));
        }
    }

    findings& noted_;
    relief_source made_{};
};

}  // namespace

const map_shape& hardship_shape() {
    static const map_shape shape{
        .name = "hardship",
        .keys = {
            {"claim_days",
             a_whole(1, claim_days_max),
             "Working days after which a payment she told of should show; 2 without it."},
            {"quiet_days",
             a_whole(0, days_max),
             "Reminders are silent so long once she has told that she cannot pay; 30 without it."},
            {"promise", a_map(promise_shape), "How far a promise to pay may go."},
            {"options",
             entries_of(a_map(option_shape), name_pattern()),
             "What can be offered to who cannot pay, in the order of the rows."},
            {"safety", a_map(safety_shape), "Violence, danger, harm to herself."}}};
    return shape;
}

relief_source read_hardship(const source_file& file, findings& into) {
    const auto root = read_yaml(file, into);
    relief_source all;
    if (root && root->map()) {
        all = hardship_rules_reader(into).read(*root);
    } else if (root) {
        into.error(rule::wrong_shape, root->at, "this file looks like  claim_days: 2");
    }
    all.file = file.path;
    return all;
}

}  // namespace tertulia::dialogs
