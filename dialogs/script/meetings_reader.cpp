#include "dialogs/script/meetings_reader.hpp"

#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/duration.hpp"
#include "dialogs/script/unknown_key.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;
using meetings::officer_source;
using meetings::state;
using std::chrono::minutes;

constexpr int quorum_most = 100;
constexpr int handlers_least = 2;
constexpr int handlers_most = 5;
constexpr std::size_t group_bytes_max = 60;
constexpr minutes timeout_least{1};
constexpr minutes timeout_most{180};
constexpr minutes live_least{15};
constexpr minutes live_most = 8h;
constexpr minutes day_least = 12h;
constexpr minutes day_most = 72h;
constexpr minutes rule_most = 72h;  // of late_after and the like
constexpr milliseconds record_least = std::chrono::days{30};
constexpr milliseconds record_most = std::chrono::days{3'660};
constexpr const char* hours_pattern = "[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]";
constexpr const char* quorum_pattern = "[0-9]{1,3}/[0-9]{1,3}";

// The words of an enumeration, in its order.
template <class Word>
std::vector<std::string> words_of(std::initializer_list<Word> all) {
    std::vector<std::string> words;
    for (const auto one : all) words.emplace_back(meetings::name_of(one));
    return words;
}

const std::vector<std::string>& mode_words() {
    using meetings::mode;
    static const auto words = words_of({mode::relay, mode::native_small, mode::companion});
    return words;
}
const std::vector<std::string>& window_words() {
    static const auto words = words_of({meetings::window::live, meetings::window::day});
    return words;
}
const std::vector<std::string>& talk_words() {
    static const auto words = words_of({meetings::talk::open, meetings::talk::by_turns});
    return words;
}
const std::vector<std::string>& majority_words() {
    using meetings::majority;
    static const auto words = words_of({majority::simple, majority::two_thirds, majority::unanimous});
    return words;
}
const std::vector<std::string>& leader_words() {
    using meetings::role;
    static const auto words =
        words_of({role::agent, role::president, role::treasurer, role::secretary});
    return words;
}
const std::vector<std::string>& step_words() {
    static const auto words = [] {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < meetings::states; ++i) {
            const auto one = static_cast<state>(i);
            if (meetings::is_live(one)) all.emplace_back(name_of(one));
        }
        return all;
    }();
    return words;
}

std::string list_of_words(const std::vector<std::string>& all) {
    std::string text;
    for (const auto& one : all) text += (text.empty() ? "" : ", ") + one;
    return text;
}

value_shape texts_shape() {
    return either({a_text(), entries_of(a_text(), "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")});
}

const map_shape& quiz_answer_shape() {
    static const map_shape shape{
        .name = "quiz_answer",
        .keys = {
            {"text", texts_shape(), "A button: 20 letters at most, in each language.", need::must},
            {"right", a_truth(), "One of them, and one only, is right."}}};
    return shape;
}

const map_shape& step_of_agenda_shape() {
    static const map_shape shape{
        .name = "agenda_step",
        .keys = {
            {"step", a_word(step_words()), "What is done in it.", need::must},
            {"leads", a_word(leader_words()), "Whose step it is; agent without it."},
            {"timeout",
             a_text(duration_pattern()),
             "Then the next comes by itself; times 24 with window: day. 15 min without it."},
            {"talk",
             a_word(talk_words()),
             "open: everybody is heard; by_turns: who has the floor. open without it."},
            {"skip_if_empty", a_truth(), "Left out where nothing waits to be done in it."},
            {"topic", texts_shape(), "Of training: what is told; one text, or one by language."},
            {"question", texts_shape(), "Of training: what everybody is asked."},
            {"answers",
             a_list(
                 a_map(quiz_answer_shape),
                 static_cast<std::int64_t>(meetings::quiz_answers_least),
                 static_cast<std::int64_t>(meetings::quiz_answers_max)
             ),
             "Of the question: a button each. Without, the group talks about it."},
            {"why", texts_shape(), "Told to who has answered: what is right, and why."},
            {"audio", a_text(), "Of training: a voice note, a file of media/."}}};
    return shape;
}

const map_shape& votes_shape() {
    static const map_shape shape{
        .name = "votes",
        .keys = {
            {"admission", a_word(majority_words()), "For a new member; unanimous without it."},
            {"loan", a_word(majority_words()), "For a loan; simple without it."},
            {"internal",
             a_word(majority_words()),
             "For money of the group's own pot; simple without it."}}};
    return shape;
}

const map_shape& fines_shape() {
    static const map_shape shape{
        .name = "fines",
        .keys = {
            {"currency", a_text("[A-Z]{3}"), "ISO 4217; the institution's, as it is without it."},
            {"late", a_text(), "Who comes late; nothing without it."},
            {"absent", a_text(), "Who does not come and has not excused herself; nothing without it."},
            {"other", a_text(), "A rule that was broken; nothing without it."}}};
    return shape;
}

const map_shape& bylaws_shape() {
    static const map_shape shape{
        .name = "bylaws",
        .keys = {
            {"quorum", a_text(quorum_pattern), "Of the active members, rounded up; 2/3 without it."},
            {"late_after", a_text(duration_pattern()), "After the start; 10 min without it."},
            {"absent_after",
             a_text(duration_pattern()),
             "After the end of roll call; 20 min without it."},
            {"excuse_before",
             a_text(duration_pattern()),
             "Before the start, or it is an absence all the same; 2 h without it."},
            {"votes", a_map(votes_shape), "What a vote needs: simple, two_thirds or unanimous."},
            {"fines", a_map(fines_shape), "Amounts the group has decided itself."},
            {"cash_handlers",
             a_whole(handlers_least, handlers_most),
             "So many different people confirm cash; 2 without it."},
            {"training_least",
             a_text(duration_pattern()),
             "Training is not cut shorter; 10 min without it."},
            {"tells_totals",
             a_truth(),
             "The group hears what it paid together, where every member agreed too."}}};
    return shape;
}

const map_shape& groups_shape() {
    static const map_shape shape{
        .name = "agenda_for",
        .keys = {
            {"branches", a_list(a_text()), "Core banking's ids of branches."},
            {"groups", a_list(a_text()), "Core banking's ids of groups: stronger than branches."}}};
    return shape;
}

class agenda_reader {
public:
    agenda_reader(currency_code currency, agenda_source& into, findings& noted)
        : currency_(currency), into_(into), made_(into.made), noted_(noted) {}

    void read(const yaml_node& root) {
        known_keys(root, agenda_shape());
        into_.name = name_in(root, "agenda");
        made_.name = into_.name.text;
        if (const auto* about = root.find("about")) made_.about = about->text;
        if (const auto* value = root.find("for")) for_whom(*value);
        word_in(root, "mode", mode_words(), made_.how);
        word_in(root, "window", window_words(), made_.lasts_as);
        lasts(root);
        if (const auto* value = root.find("bylaws")) bylaws(*value);
        if (const auto* value = root.find("steps")) steps(*value);
        if (const auto* value = root.find("quiet")) quiet(*value);
        record(root);
        if (const auto* value = root.find("feedback")) {
            into_.feedback = word{value->text, value->at};
            made_.feedback = value->text;
            if (!value->scalar() || !is_message_key(value->text)) {
                noted_.error(
                    rule::bad_name,
                    value->at,
                    "'feedback' is the key of a message",
                    "feedback: meeting.feedback"
                );
                into_.feedback.reset();
            }
        }
        officer(root, "backup", made_.backup);
        officer(root, "supervisor", made_.supervisor);
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

    // One of the words, which stand in the order of the enumerators from 0 on.
    template <class Enum>
    void word_in(
        const yaml_node& map, std::string_view key, const std::vector<std::string>& words, Enum& into
    ) {
        if (const auto index = index_in(map, key, words)) into = static_cast<Enum>(*index);
    }

    std::optional<std::size_t> index_in(
        const yaml_node& map, std::string_view key, const std::vector<std::string>& words
    ) {
        const auto* value = map.find(key);
        if (value == nullptr) return std::nullopt;
        const auto at = std::ranges::find(words, value->text);
        if (value->scalar() && at != words.end()) {
            return static_cast<std::size_t>(at - words.begin());
        }
        auto mend = mend_for(value->text, words);
        if (mend.empty()) mend = "possible are: " + list_of_words(words);
        noted_.error(
            rule::unknown_word,
            value->at,
            "'" + std::string{key} + "' cannot be '" + value->text + "'",
            std::move(mend)
        );
        return std::nullopt;
    }

    void truth_in(const yaml_node& map, std::string_view key, bool& into) {
        const auto* value = map.find(key);
        if (value == nullptr) return;
        into = value->text == "true";
        if (into || (value->scalar() && value->text == "false")) return;
        wrong(
            value->at,
            "'" + std::string{key} + "' is true or false",
            std::string{key} + ": true"
        );
    }

    void length_in(
        const yaml_node& map, std::string_view key, minutes& into, minutes least, minutes most
    ) {
        const auto* value = map.find(key);
        if (value == nullptr) return;
        const auto read = value->scalar() ? parse_duration(value->text) : std::nullopt;
        if (read && *read >= least && *read <= most) {
            into = std::chrono::ceil<minutes>(*read);
            return;
        }
        wrong(
            value->at,
            "'" + std::string{key} + "' is a length of time",
            "from " + in_words(least) + " to " + in_words(most)
        );
    }

    static std::string in_words(minutes of) {
        if (of.count() % 60 != 0) return std::to_string(of.count()) + " min";
        return std::to_string(of.count() / 60) + " h";
    }

    void lasts(const yaml_node& root) {
        const bool live = made_.lasts_as == meetings::window::live;
        if (!live) made_.lasts = 24h;
        if (live) {
            length_in(root, "lasts", made_.lasts, live_least, live_most);
        } else {
            length_in(root, "lasts", made_.lasts, day_least, day_most);
        }
    }

    void for_whom(const yaml_node& value) {
        if (value.scalar() && value.text == "all") {
            made_.for_all = true;
            into_.for_all_at = value.at;
            return;
        }
        if (!value.map()) {
            wrong(
                value.at,
                "'for' is all, or names branches or groups",
                "for: all, or for: {branches: [\"2\"], groups: [\"17\"]}"
            );
            return;
        }
        if (!known_keys(value, groups_shape())) return;
        ids(value, "branches", into_.branches, made_.branches);
        ids(value, "groups", into_.groups, made_.groups);
        if (value.entries.empty()) {
            wrong(value.at, "'for' names nobody", "leave 'for' out where it is chosen by hand");
        }
    }

    void ids(
        const yaml_node& map,
        std::string_view key,
        std::vector<word>& into,
        std::vector<std::string>& made
    ) {
        const auto* value = map.find(key);
        if (value == nullptr) return;
        if (!value->list() || value->items.empty() || value->items.size() > agenda_ids_max) {
            noted_.error(
                rule::wrong_shape,
                value->at,
                "'" + std::string{key} + "' is a list of core banking's ids, 2000 at most",
                std::string{key} + ": [\"17\"]"
            );
            return;
        }
        for (const auto& item : value->items) {
            if (!item.scalar() || item.text.empty() || item.text.size() > group_bytes_max) {
                wrong(item.at, "this is no id", "as core banking writes it");
                continue;
            }
            if (std::ranges::find(made, item.text) != made.end()) {
                noted_.error(
                    rule::repeated_name, item.at, "'" + item.text + "' is in the list already"
                );
                continue;
            }
            into.push_back({item.text, item.at});
            made.push_back(item.text);
        }
    }

    void steps(const yaml_node& value) {
        into_.steps_at = value.at;
        if (!value.list() || value.items.empty() || value.items.size() > meetings::steps_max) {
            noted_.error(
                rule::wrong_shape,
                value.at,
                "'steps' is a list, of " + std::to_string(meetings::steps_max) + " at most",
                "- {step: roll_call, timeout: 15 min}"
            );
            return;
        }
        for (const auto& item : value.items) {
            meetings::agenda_step made{};
            if (!known_keys(item, step_of_agenda_shape())) continue;
            const auto word = index_in(item, "step", step_words());
            if (!word) continue;
            made.made.at = *meetings::parse_state(step_words()[*word]);
            if (const auto leader = index_in(item, "leads", leader_words())) {
                made.made.leader = *meetings::parse_role(leader_words()[*leader]);
            }
            length_in(item, "timeout", made.made.timeout, timeout_least, timeout_most);
            word_in(item, "talk", talk_words(), made.made.how);
            truth_in(item, "skip_if_empty", made.made.skip_if_empty);
            training(item, made);
            made_.steps.push_back(std::move(made));
            into_.step_places.push_back(item.at);
        }
    }

    void training(const yaml_node& item, meetings::agenda_step& made) {
        texts_in(item, "topic", made.topic);
        texts_in(item, "question", made.question);
        quiz(item, made);
        if (const auto* audio = item.find("audio")) {
            made.audio = audio->text;
            if (!audio->scalar() || audio->text.empty()) {
                wrong(audio->at, "'audio' is the name of a file of media/", "audio: lesson_es.ogg");
            } else {
                into_.audios.push_back(
                    {.what = {.kind = media_kind::audio, .name = audio->text, .path = {}},
                     .line = audio->at.line,
                     .column = audio->at.column}
                );
            }
        }
        if (made.made.at == state::training) {
            if (made.made.timeout >= made_.rules.training_least) return;
            wrong(
                item.find("timeout") != nullptr ? item.find("timeout")->at : item.at,
                "training is over before the least time the bylaws give it",
                "training_least is " + in_words(made_.rules.training_least)
            );
            return;
        }
        for (const auto* key : {"topic", "question", "answers", "why", "audio"}) {
            const auto* value = item.find(key);
            if (value == nullptr) continue;
            noted_.error(
                rule::misplaced_key,
                value->at,
                "'" + std::string{key} + "' belongs to the step 'training'"
            );
        }
    }

    // What may be answered: buttons, one of them right.
    void quiz(const yaml_node& item, meetings::agenda_step& made) {
        texts_in(item, "why", made.why);
        const auto* value = item.find("answers");
        if (value == nullptr) {
            const auto* why = item.find("why");
            if (why == nullptr) return;
            wrong(why->at, "'why' is of answers, and there are none", "add answers, or leave it out");
            return;
        }
        if (!value->list()) {
            wrong(value->at, "'answers' is a list", "- {text: {es: \"…\"}, right: true}");
            return;
        }
        for (const auto& one : value->items) {
            auto& answer = made.answers.emplace_back();
            if (!known_keys(one, quiz_answer_shape())) continue;
            texts_in(one, "text", answer.text, quiz_answer_characters_max);
            truth_in(one, "right", answer.right);
        }
        meetings::step as_asked{.at = state::training, .question = made.question.empty() ? "" : "?"};
        for (const auto& one : made.answers) as_asked.answers.push_back({"-", one.right});
        if (auto said = meetings::wrong_with_quiz(as_asked); !said.empty()) {
            wrong(value->at, std::move(said), "a question, two or three answers, and one 'right: true'");
        }
    }

    // One text, or a map of them by language.
    void texts_in(
        const yaml_node& map,
        std::string_view key,
        meetings::texts_by_language& into,
        int most = agenda_text_characters_max
    ) {
        const auto* value = map.find(key);
        if (value == nullptr) return;
        if (value->scalar()) {
            text_of(*value, key, into[""], most);
            return;
        }
        if (!value->map() || value->entries.empty()) {
            wrong(
                value->at,
                "'" + std::string{key} + "' is a text, or one by language",
                std::string{key} + ": {es: \"…\", fr: \"…\"}"
            );
            return;
        }
        for (const auto& entry : value->entries) {
            into_.languages.push_back({entry.key, entry.at});
            text_of(entry.value, key, into[entry.key], most);
        }
    }

    void text_of(const yaml_node& value, std::string_view key, std::string& into, int most) {
        into = value.text;
        const bool blank = value.text.find_first_not_of(" \t\n") == std::string::npos;
        if (value.scalar() && !blank && characters_in(value.text) <= most) {
            return;
        }
        wrong(
            value.at,
            "'" + std::string{key} + "' is a text of at most " +
                std::to_string(most) + " letters",
            "put it between quotes"
        );
    }

    void bylaws(const yaml_node& value) {
        if (!known_keys(value, bylaws_shape())) return;
        auto& rules = made_.rules;
        if (const auto* share = value.find("quorum")) quorum(*share);
        length_in(value, "late_after", rules.late_after, timeout_least, rule_most);
        length_in(value, "absent_after", rules.absent_after, timeout_least, rule_most);
        length_in(value, "excuse_before", rules.excuse_before, timeout_least, rule_most);
        if (const auto* votes = value.find("votes"); votes && known_keys(*votes, votes_shape())) {
            word_in(*votes, "admission", majority_words(), rules.admission_vote);
            word_in(*votes, "loan", majority_words(), rules.loan_vote);
            word_in(*votes, "internal", majority_words(), rules.internal_vote);
        }
        if (const auto* fines = value.find("fines"); fines && known_keys(*fines, fines_shape())) {
            if (const auto* code = fines->find("currency");
                code && (!code->scalar() || code->text != currency_.view())) {
                wrong(
                    code->at,
                    "the institution's money is " + std::string{currency_.view()},
                    "fines are in the same"
                );
            }
            fine_in(*fines, "late", rules.fine_late);
            fine_in(*fines, "absent", rules.fine_absent);
            fine_in(*fines, "other", rules.fine_other);
        }
        handlers(value);
        length_in(value, "training_least", rules.training_least, timeout_least, timeout_most);
        truth_in(value, "tells_totals", rules.tells_totals);
    }

    static std::optional<int> number_in(std::string_view text, int least, int most) {
        int found = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), found);
        const bool whole = error == std::errc{} && !text.empty() && end == text.data() + text.size();
        return whole && found >= least && found <= most ? std::optional{found} : std::nullopt;
    }

    void quorum(const yaml_node& value) {
        const std::string_view text = value.scalar() ? std::string_view{value.text} : "";
        const auto slash = std::min(text.find('/'), text.size());
        const auto upper = number_in(text.substr(0, slash), 1, quorum_most);
        const auto lower =
            number_in(text.substr(std::min(slash + 1, text.size())), 1, quorum_most);
        if (upper && lower && *upper <= *lower) {
            made_.rules.quorum_numerator = *upper;
            made_.rules.quorum_denominator = *lower;
            return;
        }
        wrong(value.at, "'quorum' is a share of the members, up to all of them", "quorum: \"2/3\"");
    }

    void fine_in(const yaml_node& map, std::string_view key, std::optional<money>& into) {
        const auto* value = map.find(key);
        if (value == nullptr) return;
        into = value->scalar() ? parse_decimal(value->text, currency_) : std::nullopt;
        if (into && into->minor > 0) return;
        into.reset();
        wrong(
            value->at,
            "'" + std::string{key} + "' is an amount in " + std::string{currency_.view()},
            std::string{key} + ": 5.00; leave it out where there is no such fine"
        );
    }

    void handlers(const yaml_node& bylaws) {
        const auto* value = bylaws.find("cash_handlers");
        if (value == nullptr) return;
        const auto found = value->scalar()
                               ? number_in(value->text, handlers_least, handlers_most)
                               : std::nullopt;
        if (found) {
            made_.rules.cash_handlers = *found;
            return;
        }
        wrong(
            value->at,
            "'cash_handlers' is a whole number: nobody handles cash alone",
            "from " + std::to_string(handlers_least) + " to " + std::to_string(handlers_most)
        );
    }

    static std::optional<int> minute_of_day(std::string_view clock) {
        if (clock.size() != 5 || clock[2] != ':') return std::nullopt;
        const auto hour = number_in(clock.substr(0, 2), 0, 23);
        const auto minute = number_in(clock.substr(3), 0, 59);
        return hour && minute ? std::optional{*hour * 60 + *minute} : std::nullopt;
    }

    void quiet(const yaml_node& value) {
        if (value.scalar() && value.text == "none") {
            made_.quiet = {.from = 0, .to = 0};
            return;
        }
        const std::string_view text = value.scalar() ? std::string_view{value.text} : "";
        const auto dash = std::min(text.find('-'), text.size());
        const auto from = minute_of_day(text.substr(0, dash));
        const auto to = minute_of_day(text.substr(std::min(dash + 1, text.size())));
        if (from && to && *from != *to) {
            made_.quiet = {.from = *from, .to = *to};
            return;
        }
        wrong(value.at, "'quiet' is hours of the night, or none", "quiet: \"20:00-07:00\"");
    }

    void record(const yaml_node& root) {
        const auto* value = root.find("record");
        if (value == nullptr) return;
        const auto read = value->scalar() ? parse_duration(value->text) : std::nullopt;
        if (read && *read >= record_least && *read <= record_most) {
            made_.record_days = static_cast<int>(std::chrono::ceil<std::chrono::days>(*read).count());
            return;
        }
        wrong(
            value->at, "'record' is how long minutes and log are kept", "from 30 days to 3660 days"
        );
    }

    void officer(const yaml_node& root, std::string_view key, officer_source& into) {
        const auto* value = root.find(key);
        if (value == nullptr) return;
        if (value->text == "nobody") {
            into = {};
        } else if (value->text == "branch") {
            into = {.is = officer_source::kind::branch, .desk = {}};
        } else {
            into = {.is = officer_source::kind::desk, .desk = name_in(root, key).text};
        }
    }

    currency_code currency_;
    agenda_source& into_;
    meetings::agenda_template& made_;
    findings& noted_;
};

std::string_view file_part(std::string_view path) noexcept {
    const auto slash = path.find_last_of('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace

const map_shape& agenda_shape() {
    static const map_shape shape{
        .name = "agenda",
        .keys = {
            {"agenda", a_text(name_pattern()), "Its name, the file's.", need::must},
            {"about", a_text(), "A sentence for people.", need::must},
            {"for",
             either({a_word({"all"}), a_map(groups_shape)}),
             "all, or branches and groups; without it, it is chosen by hand."},
            {"mode",
             a_word(mode_words()),
             "relay: each with us alone; native_small: a small group of the provider; companion: a "
             "group of the agent's telephone. relay without it."},
            {"window",
             a_word(window_words()),
             "live, or day where coverage is weak: every timeout times 24. live without it."},
            {"lasts",
             a_text(duration_pattern()),
             "From the start to the planned end: 2 h without it, 24 h with window: day."},
            {"steps",
             a_list(a_map(step_of_agenda_shape), 1, static_cast<std::int64_t>(meetings::steps_max)),
             "In their order: roll_call first, closing last.",
             need::must},
            {"bylaws", a_map(bylaws_shape), "The group's own rules."},
            {"quiet",
             either({a_word({"none"}), a_text(hours_pattern)}),
             "When nothing is passed on; 20:00-07:00 without it."},
            {"record",
             a_text(duration_pattern()),
             "How long minutes and log are kept, as the invitation says; 1825 days without it."},
            {"feedback", a_text(message_key_pattern()), "The message that asks how it was, afterwards."},
            {"backup",
             a_text(name_pattern()),
             "Who takes over from the credit agent: branch, nobody, or a desk of institution.colleagues."},
            {"supervisor",
             a_text(name_pattern()),
             "Who hears of what goes wrong: branch, nobody, or a desk of institution.colleagues."}}};
    return shape;
}

void read_agenda(
    const source_file& file, currency_code currency, meetings_source& into, findings& noted
) {
    const auto root = read_yaml(file, noted);
    if (!root) return;
    if (!root->map()) {
        noted.error(rule::wrong_shape, root->at, "this file looks like  agenda: default");
        return;
    }
    agenda_source made{.file = file.path};
    agenda_reader(currency, made, noted).read(*root);
    if (!made.name.text.empty() && file_part(file.path) != made.name.text + ".yaml") {
        noted.error(
            rule::file_name,
            made.name.at,
            "the agenda '" + made.name.text + "' stands in " + file.path,
            "name the file " + made.name.text + ".yaml"
        );
    }
    into.agendas.push_back(std::move(made));
}

}  // namespace tertulia::dialogs
