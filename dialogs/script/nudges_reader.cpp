#include "dialogs/script/nudges_reader.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/duration.hpp"
#include "dialogs/script/unknown_key.hpp"
#include "dialogs/wording/regions.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr int messages_most = 10;
constexpr int thousand = 1000;
constexpr int spread_days_most = 25;  // by then another talk is due
constexpr std::size_t nudge_segments_most = 20;
constexpr std::size_t nudge_steps_most = 40;

std::vector<std::string> anchor_words() {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < nudge_anchors; ++i) {
        all.emplace_back(name_of(static_cast<nudge_anchor>(i)));
    }
    return all;
}

const map_shape& step_shape() {
    static const map_shape shape{
        .name = "step",
        .keys = {
            {"day",
             a_whole(-nudge_days_most, nudge_days_most),
             "Days from the contract's own date: -1 is the day before it.",
             need::must},
            {"begin", a_text(name_pattern()), "The dialog that begins then."},
            {"task", a_text(name_pattern()), "The kind of case a person gets, of cases.yaml."}}};
    return shape;
}

const map_shape& most_shape() {
    static const map_shape shape{
        .name = "most",
        .keys = {
            {"before", a_whole(0, messages_most), "Messages up to the day; 1 without it."},
            {"after", a_whole(0, messages_most), "Messages after it; 1 without it."}}};
    return shape;
}

const map_shape& segment_shape() {
    static const map_shape shape{
        .name = "segment",
        .keys = {
            {"name", a_text(name_pattern()), "Its name.", need::must},
            {"when", a_text(), "A condition over history.…; without it: whoever is left."},
            {"most", a_map(most_shape), "Messages for one instalment."},
            {"more",
             a_text(name_pattern()),
             "The segment of whoever an officer wants reminded more; of instalments alone."},
            {"channel",
             a_word({"whatsapp", "sms"}),
             "By which they are written to who have named none themselves; without it where they last wrote."},
            {"spread",
             a_text(duration_pattern()),
             "They come over so many days from the day on, by who she is; of contacts alone."},
            {"steps", a_list(a_map(step_shape), 0), "What is done on which day.", need::must}}};
    return shape;
}

const map_shape& nudge_arm_shape() {
    static const map_shape shape{
        .name = "arm",
        .keys = {
            {"name", a_text(name_pattern()), "Its name.", need::must},
            {"share", a_whole(1, thousand), "Of a thousand people.", need::must},
            {"instead",
             entries_of(a_text(name_pattern()), name_pattern()),
             "The dialog of a step: the arm's own.",
             need::must}}};
    return shape;
}

const map_shape& experiment_shape() {
    static const map_shape shape{
        .name = "experiment",
        .keys = {
            {"name", a_text(name_pattern()), "Who is in which arm follows from it.", need::must},
            {"begins", a_text("[0-9]{4}-[0-9]{2}-[0-9]{2}"), "What falls due from then on is measured."},
            {"runs", a_truth(), "false stops it: everybody gets what the steps say."},
            {"held_out", a_whole(0, thousand), "Of a thousand: no reminder before the day."},
            {"arms", a_list(a_map(nudge_arm_shape)), "The rest gets what the steps say."}}};
    return shape;
}

std::optional<int> minutes_of(std::string_view clock) {
    if (clock.size() != 5 || clock[2] != ':') return std::nullopt;
    int hour = 0;
    int minute = 0;
    const auto* text = clock.data();
    if (std::from_chars(text, text + 2, hour).ptr != text + 2) return std::nullopt;
    if (std::from_chars(text + 3, text + 5, minute).ptr != text + 5) return std::nullopt;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
    return hour * 60 + minute;
}

// Whose segments are what is spoken of, not who is spoken to.
bool names_its_segments(nudge_anchor anchor) noexcept {
    return anchor == nudge_anchor::contact || anchor == nudge_anchor::survey ||
           anchor == nudge_anchor::campaign || anchor == nudge_anchor::feedback;
}

class nudges_file_reader {
public:
    nudges_file_reader(nudges_source& into, findings& noted) : all_(into), noted_(noted) {}

    void read_limits(const yaml_node& root) {
        known_keys(root, nudge_limits_shape());
        if (const auto* value = root.find("country")) country(*value);
        if (const auto* value = root.find("hours")) hours(*value);
        if (const auto* value = root.find("hard_seasons")) seasons(*value);
        whole(root, "survey_share", all_.limits.survey_share, 0, thousand);
        if (const auto* value = root.find("survey_every")) {
            const auto length = value->scalar() ? parse_duration(value->text) : std::nullopt;
            if (length) {
                all_.limits.survey_every = std::chrono::ceil<std::chrono::days>(*length);
            } else {
                wrong(value->at, "'survey_every' is a length of time", "survey_every: 60 days");
            }
        }
        whole(root, "a_day", all_.limits.a_day, 0, messages_most);
        whole(root, "a_week", all_.limits.a_week, 0, 7 * messages_most);
        if (const auto* value = root.find("one_channel_a_week")) {
            all_.limits.one_channel_a_week = value->text == "true";
            if (value->text != "true" && value->text != "false") {
                wrong(value->at, "'one_channel_a_week' is true or false", "one_channel_a_week: true");
            }
        }
        for (const auto* key : {"a_day", "a_week"}) {
            const auto* value = root.find(key);
            if (value == nullptr || value->text != "0" || all_.none_at) continue;
            all_.none_at = value->at;
            noted_.warning(
                rule::never_said,
                value->at,
                "with '" + std::string{key} + ": 0' nothing is ever said first",
                "without a limit of yours it is 1 a day and 3 in a week"
            );
        }
    }

    void read_policy(const source_file& file, const yaml_node& root) {
        policy_source made{.file = file.path};
        known_keys(root, nudge_policy_shape());
        made.name = name_in(root, "policy").text;
        if (const auto* value = root.find("counts_from")) {
            const auto anchor = parse_nudge_anchor(value->text);
            if (anchor) {
                made.counts_from = *anchor;
            } else {
                noted_.error(
                    rule::unknown_word,
                    value->at,
                    "days cannot be counted from '" + value->text + "'",
                    mend_for(value->text, anchor_words())
                );
            }
        }
        if (const auto* value = root.find("at")) {
            const auto minute = value->scalar() ? minutes_of(value->text) : std::nullopt;
            if (minute) {
                made.at_minute = *minute;
                made.at = value->at;
            } else {
                wrong(value->at, "'at' is an hour of the day", "at: \"09:30\"");
            }
        }
        if (const auto* value = root.find("segments")) segments(*value, made);
        if (const auto* value = root.find("experiment")) experiment(*value, made);
        all_.policies.push_back(std::move(made));
    }

private:
    void wrong(place at, std::string what, std::string mend) {
        noted_.error(rule::wrong_value, at, std::move(what), std::move(mend));
    }

    // False: it is no map. Unknown and missing keys are told.
    bool known_keys(const yaml_node& map, const map_shape& of) {
        if (!map.map()) {
            noted_.error(
                rule::wrong_shape, map.at, "'" + of.name + "' is a map of keys", "{key: value}"
            );
            return false;
        }
        const auto names = of.names();
        for (const auto& entry : map.entries) {
            if (std::ranges::find(names, entry.key) == names.end()) {
                note_unknown_key(noted_, entry, of);
            }
        }
        for (const auto& key : of.keys) {
            if (key.is != need::must || map.find(key.key) != nullptr) continue;
            noted_.error(
                rule::missing_key, map.at, "'" + key.key + "' is missing here", key.about
            );
        }
        return true;
    }

    bool whole(const yaml_node& map, std::string_view key, int& into, int least, int most) {
        const auto* value = map.find(key);
        if (value == nullptr) return false;
        int found = 0;
        const auto& text = value->text;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), found);
        const bool is_number = value->scalar() && error == std::errc{} && !text.empty() &&
                               end == text.data() + text.size();
        if (is_number && found >= least && found <= most) {
            into = found;
            return true;
        }
        wrong(
            value->at,
            "'" + std::string{key} + "' is a whole number",
            "from " + std::to_string(least) + " to " + std::to_string(most)
        );
        return false;
    }

    word name_in(const yaml_node& map, std::string_view key) {
        const auto* value = map.find(key);
        if (value == nullptr) return {};
        if (!value->scalar() || !is_name(value->text)) {
            noted_.error(
                rule::bad_name,
                value->at,
                "'" + value->text + "' cannot be a name",
                "small letters, digits and _, a letter first, 40 at most"
            );
        }
        return {value->text, value->at};
    }

    void country(const yaml_node& value) {
        all_.country = value.text;
        all_.country_at = value.at;
        const bool is_code = value.scalar() && value.text.size() == 2 &&
                             std::ranges::all_of(value.text, [](char one) {
                                 return one >= 'A' && one <= 'Z';
                             });
        if (!is_code) {
            wrong(value.at, "'country' is two capital letters (ISO 3166)", "country: GT");
        } else if (!is_country(value.text)) {
            std::vector<std::string> known;
            for (const auto& one : country_rules()) {
                if (!one.country.empty()) known.emplace_back(one.country);
            }
            noted_.error(
                rule::unknown_word,
                value.at,
                "'" + value.text + "' is not a country",
                mend_for(value.text, known)
            );
        }
    }

    void seasons(const yaml_node& value) {
        std::set<std::string> days;
        for (const auto& item : value.items) {
            const auto day = parse_iso_date("2024-" + item.text);  // a leap year
            if (day && !days.insert(item.text).second) {
                noted_.error(
                    rule::repeated_name, item.at, "'" + item.text + "' stands here twice", "once is enough"
                );
            } else if (day) {
                all_.hard_seasons.push_back(day->month() / day->day());
            } else {
                wrong(item.at, "'" + item.text + "' is no day of the year", "hard_seasons: [01-10]");
            }
        }
        if (!value.list()) {
            noted_.error(rule::wrong_shape, value.at, "'hard_seasons' is a list", "[01-10, 10-15]");
        }
    }

    void hours(const yaml_node& value) {
        if (value.scalar() && opening_hours::parse(value.text)) {
            all_.hours = value.text;
            all_.hours_at = value.at;
            return;
        }
        wrong(
            value.at, "these hours cannot be read", "hours: \"Mo-Fr 08:00-18:00; Sa 08:00-12:00\""
        );
    }

    void segments(const yaml_node& value, policy_source& into) {
        if (!value.list() || value.items.empty() || value.items.size() > nudge_segments_most) {
            noted_.error(
                rule::wrong_shape, value.at, "'segments' is a list, of 20 at most", "- name: usual"
            );
            return;
        }
        std::set<std::string> names;
        bool for_all = false;
        for (const auto& item : value.items) {
            segment_source made{.at = item.at};
            if (!known_keys(item, segment_shape())) continue;
            made.name = name_in(item, "name").text;
            if (!names.insert(made.name).second) {
                noted_.error(
                    rule::repeated_name, item.at, "there are two segments '" + made.name + "'"
                );
            }
            if (for_all && !names_its_segments(into.counts_from)) {
                noted_.error(
                    rule::otherwise_last,
                    item.at,
                    "nobody is left for '" + made.name + "'",
                    "the segment without 'when:' comes last"
                );
            }
            if (const auto* when = item.find("when")) {
                made.when = word{when->text, when->at};
            } else {
                for_all = true;
            }
            if (const auto* most = item.find("most"); most && known_keys(*most, most_shape())) {
                whole(*most, "before", made.before_most, 0, messages_most);
                whole(*most, "after", made.after_most, 0, messages_most);
            }
            if (item.find("more") != nullptr) made.more = name_in(item, "more");
            if (const auto* channel = item.find("channel")) made.channel = word{channel->text, channel->at};
            if (const auto* spread = item.find("spread")) {
                const auto length = spread->scalar() ? parse_duration(spread->text) : std::nullopt;
                const auto days = std::chrono::ceil<std::chrono::days>(length.value_or(milliseconds{0}));
                made.spread_days = static_cast<int>(days.count());
                if (made.spread_days < 1 || made.spread_days > spread_days_most) {
                    wrong(
                        spread->at,
                        "'spread' is from 1 to " + std::to_string(spread_days_most) + " days",
                        "spread: 14 days"
                    );
                    made.spread_days = 0;
                }
                made.spread_at = spread->at;
            }
            if (const auto* list = item.find("steps")) steps(*list, made);
            into.segments.push_back(std::move(made));
        }
    }

    void steps(const yaml_node& value, segment_source& into) {
        if (!value.list() || value.items.size() > nudge_steps_most) {
            noted_.error(
                rule::wrong_shape,
                value.at,
                "'steps' is a list, of 40 at most",
                "- {day: -1, begin: reminder}"
            );
            return;
        }
        std::set<int> days;
        for (const auto& item : value.items) {
            step_source made{.at = item.at};
            if (!known_keys(item, step_shape())) continue;
            whole(item, "day", made.day, -nudge_days_most, nudge_days_most);
            if (item.find("begin") != nullptr) made.begins = name_in(item, "begin");
            if (item.find("task") != nullptr) made.task = name_in(item, "task");
            if (!made.begins && !made.task) {
                noted_.error(
                    rule::missing_key,
                    item.at,
                    "this step does nothing",
                    "begin: a dialog, or task: a kind of case"
                );
            }
            if (!days.insert(made.day).second) {
                noted_.error(
                    rule::repeated_name,
                    item.at,
                    "day " + std::to_string(made.day) + " has two steps",
                    "one step may both begin a dialog and open a case"
                );
            }
            into.steps.push_back(std::move(made));
        }
    }

    void experiment(const yaml_node& value, policy_source& into) {
        if (!known_keys(value, experiment_shape())) return;
        nudge_experiment made;
        made.name = name_in(value, "name").text;
        if (const auto* begins = value.find("begins")) {
            made.begins = begins->text;
            if (!parse_iso_date(begins->text)) {
                wrong(begins->at, "'begins' is a day", "begins: 2026-12-01");
            }
        }
        if (const auto* runs = value.find("runs")) {
            made.runs = runs->text == "true";
            if (!made.runs && runs->text != "false") {
                wrong(runs->at, "'runs' is true or false", "runs: false");
            }
        }
        whole(value, "held_out", made.held_out, 0, thousand);
        int shares = made.held_out;
        if (const auto* arms = value.find("arms")) {
            for (const auto& item : arms->items) {
                if (!known_keys(item, nudge_arm_shape())) continue;
                arm_source arm;
                arm.made.name = name_in(item, "name").text;
                whole(item, "share", arm.made.share, 1, thousand);
                shares += arm.made.share;
                if (const auto* instead = item.find("instead")) {
                    for (const auto& entry : instead->entries) {
                        arm.instead.emplace_back(
                            word{entry.key, entry.at}, word{entry.value.text, entry.value.at}
                        );
                    }
                }
                into.arms.push_back(std::move(arm));
            }
        }
        if (shares > thousand) {
            wrong(value.at, "the shares are more than a thousand", "they count people of a thousand");
        }
        into.experiment = std::move(made);
    }

    nudges_source& all_;
    findings& noted_;
};

std::string_view name_of_file(std::string_view path) noexcept {
    const auto slash = path.find_last_of('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace

const map_shape& nudge_limits_shape() {
    static const map_shape shape{
        .name = "limits",
        .keys = {
            {"country", a_text("[A-Z]{2}"), "Whose law on hours holds; the institution's without it."},
            {"hours", a_text(), "Ours, within the law's: Mo-Fr 08:00-18:00; Sa 08:00-12:00."},
            {"hard_seasons",
             a_list(a_text("[01][0-9]-[0-3][0-9]"), 0),
             "Days of the year on which what costs people most begins: school, rains."},
            {"survey_share", a_whole(0, thousand), "Of a thousand people so many are asked; 100."},
            {"survey_every", a_text(duration_pattern()), "Nobody more often; 60 days."},
            {"a_day", a_whole(0, messages_most), "Messages we begin to one client in a day; 1."},
            {"a_week", a_whole(0, 7 * messages_most), "The same in seven days; 3."},
            {"one_channel_a_week",
             a_truth(),
             "Whom WhatsApp has reached SMS does not within seven days, and the other way round; where the "
             "country's law says so it is so in any case."}}};
    return shape;
}

const map_shape& nudge_policy_shape() {
    static const map_shape shape{
        .name = "policy",
        .keys = {
            {"policy", a_text(name_pattern()), "Its name, the file's.", need::must},
            {"about", a_text(), "A sentence for people.", need::must},
            {"counts_from", a_word(anchor_words()), "What days are counted from.", need::must},
            {"at", a_text("[0-2][0-9]:[0-5][0-9]"), "The hour, where she has named none; 09:30."},
            {"segments",
             a_list(a_map(segment_shape)),
             "The first whose condition holds; in none nothing is sent.",
             need::must},
            {"experiment", a_map(experiment_shape), "Two ways compared."}}};
    return shape;
}

void read_nudges(const source_file& file, nudges_source& into, findings& noted) {
    const auto root = read_yaml(file, noted);
    if (!root) return;
    if (!root->map()) {
        noted.error(rule::wrong_shape, root->at, "this file looks like  policy: repayment");
        return;
    }
    nudges_file_reader reader(into, noted);
    if (name_of_file(file.path) == limits_file) {
        into.limits_at = file.path;
        reader.read_limits(*root);
        return;
    }
    reader.read_policy(file, *root);
    const auto& name = into.policies.back().name;
    if (!name.empty() && name_of_file(file.path) != name + ".yaml") {
        noted.error(
            rule::file_name,
            root->find("policy")->at,
            "the policy '" + name + "' stands in " + file.path,
            "name the file " + name + ".yaml"
        );
    }
}

}  // namespace tertulia::dialogs
