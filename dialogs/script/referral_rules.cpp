#include "dialogs/script/referral_rules.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/duration.hpp"
#include "dialogs/script/unknown_key.hpp"

#include <algorithm>
#include <charconv>

namespace tertulia::dialogs {
namespace {

constexpr int version_most = 1'000'000;
constexpr int instalments_most = 200;
constexpr std::size_t steps_most = 12;
constexpr int whole_percent = 100;
constexpr milliseconds lapse_least = std::chrono::days{1};
constexpr milliseconds lapse_most = std::chrono::days{3'660};

class commission_reader {
public:
    commission_reader(currency_code currency, findings& noted) : currency_(currency), noted_(noted) {}

    std::vector<commission_rule> read(const yaml_node& root) {
        std::vector<commission_rule> all;
        for (const auto& entry : root.entries) {
            if (entry.key != "rules") {
                note_unknown_key(noted_, entry, referral_rules_shape());
            } else if (!entry.value.list() || entry.value.items.size() > referral_rules_max) {
                noted_.error(
                    rule::wrong_shape, entry.value.at, "'rules' is a list of rules, 50 at most"
                );
            } else {
                for (const auto& item : entry.value.items) {
                    auto made = one(item);
                    if (made.version > 0) follows(all, made, item.at);
                    all.push_back(std::move(made));
                }
            }
        }
        return all;
    }

private:
    int number(const yaml_entry& from, int least, int most) {
        const auto& text = from.value.text;
        int value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (from.value.scalar() && error == std::errc{} && end == text.data() + text.size() &&
            value >= least && value <= most) {
            return value;
        }
        noted_.error(
            rule::wrong_value,
            from.value.at,
            "'" + from.key + "' is a whole number from " + std::to_string(least) + " to " +
                std::to_string(most)
        );
        return least;
    }

    money sum(const yaml_entry& from) {
        const auto read =
            from.value.scalar() ? parse_decimal(from.value.text, currency_) : std::nullopt;
        if (read && read->minor > 0) return *read;
        noted_.error(
            rule::wrong_value,
            from.value.at,
            "'" + from.key + "' is an amount in " + std::string{currency_.view()},
            from.key + ": 100"
        );
        return {1, currency_};
    }

    commission_rule one(const yaml_node& map) {
        commission_rule made{};
        if (!map.map()) {
            noted_.error(
                rule::wrong_shape, map.at,
                "a rule has version:, valid_from:, amount: and steps: below it"
            );
            return made;
        }
        for (const auto& entry : map.entries) take(entry, made);
        const std::pair<bool, const char*> needed[]{
            {made.version > 0, "version: 1"},
            {made.valid_from.ok() && made.valid_from != civil_date{}, "valid_from: 2026-01-01"},
            {made.amount.minor > 0, "amount: 100"},
            {!made.steps.empty(), "steps: [{after: disbursal, part: 100}]"}};
        for (const auto& [there, example] : needed) {
            if (there) continue;
            const std::string_view text{example};
            noted_.error(
                rule::missing_key,
                map.at,
                "a rule needs '" + std::string{text.substr(0, text.find(':'))} + "'",
                example
            );
        }
        return made;
    }

    void take(const yaml_entry& entry, commission_rule& made) {
        const auto& value = entry.value;
        if (entry.key == "version") {
            made.version = number(entry, 1, version_most);
        } else if (entry.key == "valid_from") {
            const auto day = value.scalar() ? parse_iso_date(value.text) : std::nullopt;
            if (!day) {
                noted_.error(
                    rule::wrong_value, value.at, "this is no day", "valid_from: 2026-01-01"
                );
            }
            made.valid_from = day.value_or(std::chrono::year{2026} / 1 / 1);
        } else if (entry.key == "amount") {
            made.amount = sum(entry);
        } else if (entry.key == "most_per_month") {
            made.most_per_month = sum(entry);
        } else if (entry.key == "steps") {
            steps(value, made);
        } else if (entry.key == "for") {
            kinds(value, made);
        } else if (entry.key == "lapses_after") {
            const auto length = value.scalar() ? parse_duration(value.text) : std::nullopt;
            if (length && *length >= lapse_least && *length <= lapse_most) {
                made.lapse_days =
                    static_cast<int>(std::chrono::ceil<std::chrono::days>(*length).count());
            } else {
                noted_.error(
                    rule::wrong_value, value.at, "'lapses_after' is a length of time",
                    "lapses_after: 180 days"
                );
            }
        } else {
            note_unknown_key(noted_, entry, referral_rule_shape());
        }
    }

    void kinds(const yaml_node& value, commission_rule& made) {
        static const std::vector<std::string> words{"clients", "others"};
        made.for_clients = made.for_others = false;
        const std::vector<yaml_node> single{value};
        for (const auto& item : value.list() ? value.items : single) {
            if (item.scalar() && item.text == words[0]) {
                made.for_clients = true;
            } else if (item.scalar() && item.text == words[1]) {
                made.for_others = true;
            } else {
                noted_.error(
                    rule::unknown_word, item.at, "'for' names who recommends for a commission",
                    "for: [clients, others]"
                );
            }
        }
    }

    void steps(const yaml_node& value, commission_rule& made) {
        if (!value.list() || value.items.size() > steps_most) {
            noted_.error(
                rule::wrong_shape, value.at, "'steps' is a list of steps, 12 at most",
                "steps: [{after: disbursal, part: 50}, {after: instalments, count: 3, part: 50}]"
            );
            made.steps.push_back({.percent = whole_percent});
            return;
        }
        int together = 0;
        for (const auto& item : value.items) {
            const auto read = step(item);
            if (!made.steps.empty() && read.instalments <= made.steps.back().instalments) {
                noted_.error(
                    rule::wrong_value, item.at, "this step is earned no later than the one before it",
                    "put the disbursal first, then more and more instalments"
                );
            }
            together += read.percent;
            made.steps.push_back(read);
        }
        if (together == whole_percent) return;
        noted_.error(
            rule::wrong_value,
            value.at,
            "the parts of these steps are " + std::to_string(together) + " together, not 100"
        );
    }

    commission_step step(const yaml_node& map) {
        commission_step made{};
        bool when = false;
        bool counts = false;
        for (const auto& entry : map.entries) {
            if (entry.key == "after") {
                when = true;
                if (entry.value.text == "instalments") {
                    made.instalments = std::max(made.instalments, 1);
                    if (!counts) made.instalments = instalments_default;
                } else if (entry.value.text != "disbursal") {
                    noted_.error(
                        rule::unknown_word, entry.value.at, "'after' is disbursal or instalments"
                    );
                }
            } else if (entry.key == "count") {
                counts = true;
                made.instalments = number(entry, 1, instalments_most);
            } else if (entry.key == "part") {
                made.percent = number(entry, 1, whole_percent);
            } else {
                note_unknown_key(noted_, entry, referral_step_shape());
            }
        }
        const auto* after = map.find("after");
        if (counts && after != nullptr && after->text != "instalments") {
            noted_.error(
                rule::misplaced_key, map.at, "'count' is of instalments",
                "{after: instalments, count: 3, part: 50}"
            );
        }
        if (!when || made.percent == 0) {
            noted_.error(
                rule::missing_key, map.at, "a step needs 'after' and 'part'",
                "{after: disbursal, part: 50}"
            );
        }
        return made;
    }

    // Later versions are later: of a referral one can then tell which held.
    void follows(
        const std::vector<commission_rule>& before, const commission_rule& made, place at
    ) {
        if (before.empty()) return;
        const auto& last = before.back();
        if (made.version > last.version && made.valid_from > last.valid_from) return;
        noted_.error(
            rule::wrong_value,
            at,
            "version " + std::to_string(made.version) + " comes after version " +
                std::to_string(last.version) + ", but is not later in number and day",
            "rules stand in order; never change one that held, add the next"
        );
    }

    currency_code currency_;
    findings& noted_;
};

}  // namespace

const map_shape& referral_step_shape() {
    static const map_shape shape{
        .name = "step",
        .keys = {
            {"after", a_word({"disbursal", "instalments"}), "What earns this part.", need::must},
            {"count", a_whole(1, instalments_most), "How many instalments paid in full; 3."},
            {"part", a_whole(1, whole_percent), "Percent of the amount.", need::must}}};
    return shape;
}

const map_shape& referral_rule_shape() {
    static const map_shape shape{
        .name = "rule",
        .keys = {
            {"version", a_whole(1, version_most), "Each referral keeps its own.", need::must},
            {"valid_from",
             a_text("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
             "Of those who agree from this day on.",
             need::must},
            {"amount", a_text("[0-9]+([.][0-9]+)?"), "The whole commission.", need::must},
            {"steps",
             a_list(a_map(referral_step_shape), 1, steps_most),
             "When which part is earned; 100 together.",
             need::must},
            {"most_per_month",
             a_text("[0-9]+([.][0-9]+)?"),
             "The most one referrer earns in a month; without it there is no limit."},
            {"for",
             one_or_more(a_word({"clients", "others"})),
             "Who recommends for a commission; both without it. Staff never do."},
            {"lapses_after",
             a_text(duration_pattern()),
             "A loan later than that after the consent earns nothing; 180 days."}}};
    return shape;
}

const map_shape& referral_rules_shape() {
    static const map_shape shape{
        .name = "referrals",
        .keys = {
            {"rules",
             a_list(a_map(referral_rule_shape), 1, referral_rules_max),
             "What a recommendation earns, the oldest first."}}};
    return shape;
}

std::vector<commission_rule> read_referral_rules(
    const source_file& file, currency_code currency, findings& into
) {
    const auto root = read_yaml(file, into);
    if (root && root->map()) return commission_reader(currency, into).read(*root);
    if (root) {
        into.error(
            rule::wrong_shape, root->at,
            "this file looks like  rules: [{version: 1, valid_from: 2026-01-01, amount: 100, …}]"
        );
    }
    return {};
}

}  // namespace tertulia::dialogs
