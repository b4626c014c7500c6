#include "dialogs/rehearsal/rehearse.hpp"

#include "dialogs/rehearsal/line_difference.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace tertulia::dialogs {
namespace {

// Line breaks and indentation of a YAML text are no difference to a reader.
std::string one_line(std::string_view text) {
    std::string made;
    bool gap = false;
    for (const char one : text) {
        if (one == ' ' || one == '\n' || one == '\t' || one == '\r') {
            gap = !made.empty();
            continue;
        }
        if (gap) made += ' ';
        gap = false;
        made += one;
    }
    return made;
}

bool holds(const std::string& text, const std::string& part) {
    return one_line(text).find(one_line(part)) != std::string::npos;
}

class rehearsal {
public:
    rehearsal(const dialog_test& test, const staging& how, stage on, coverage& seen)
        : test_(test), how_(how), on_(std::move(on)), seen_(seen) {}

    std::optional<mismatch> run() {
        const auto& talk = test_.talk;
        for (std::size_t index = 0; index < talk.size() && !wrong_;) {
            auto end = index + 1;
            while (end < talk.size() && talk[end].expects()) ++end;
            scene(index, end);
            index = end;
        }
        if (wrong_) wrong_->talk = std::move(told_);
        return std::move(wrong_);
    }

private:
    void differs(place at, std::string what, std::vector<std::string> difference = {}) {
        if (!wrong_) {
            wrong_ = mismatch{
                .at = at, .what = std::move(what), .difference = std::move(difference), .talk = {}};
        }
    }

    // What happens at `from`, and what is expected of it up to `end`.
    void scene(std::size_t from, std::size_t end) {
        const auto& happens = test_.talk[from];
        told_.push_back(as_told(happens));
        std::string cannot;
        try {
            cannot = play(on_, happens, how_.language);
        } catch (const std::exception& broken) {
            // An assertion of the engine: in the gateway a dead letter.
            cannot = std::string{"the step broke: "} + broken.what();
        }
        if (!cannot.empty()) {
            differs(happens.at, std::move(cannot));
            return;
        }
        seen_.add(on_.trace(), how_.language);
        for (const auto& each : on_.effects()) {
            const auto* noted = std::get_if<note_nudge>(&each);
            if (noted != nullptr) told_.push_back("     (" + in_words(noted->verdict) + ")");
        }
        for (const auto& line : on_.said()) told_.push_back("bot  " + line.key + ": " + line.text);
        never(happens.at);
        keys(from, end);
        officer(from, end);
        std::size_t line = 0;
        for (auto index = from + 1; index < end && !wrong_; ++index) {
            const auto& step = test_.talk[index];
            if (const auto* bot = std::get_if<bot_says>(&step.does)) {
                if (bot->what != bot_line::message) continue;
                message(step.at, *bot, on_.said()[line]);
                shown(step.at, *bot, on_.said()[line]);
                by_channel(step.at, *bot, on_.said()[line]);
                by_template(step.at, *bot, on_.said()[line++]);
            } else if (!std::holds_alternative<officer_hears>(step.does)) {
                state_of_things(step);
            }
        }
    }

    [[nodiscard]] std::string as_told(const test_step& step) const {
        if (const auto* typed = std::get_if<she_types>(&step.does)) {
            return "she  " + typed->text.in(how_.language);
        }
        if (const auto* tap = std::get_if<she_taps>(&step.does)) return "she  [" + tap->pick + "]";
        if (std::holds_alternative<she_gives_pin>(step.does)) return "she  ••••••";
        if (std::holds_alternative<she_sends>(step.does)) return "she  (sends something)";
        if (const auto* time = std::get_if<time_passes>(&step.does)) {
            const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time->time);
            return "     (" + std::to_string(minutes.count()) + " min pass)";
        }
        if (const auto* agent = std::get_if<agent_acts>(&step.does)) {
            return "     (agent: " + agent->action + ")";
        }
        if (const auto* ad = std::get_if<comes_from_ad>(&step.does)) {
            return "she  (from ad " + ad->id + ") " + ad->text.in(how_.language);
        }
        if (const auto* told = std::get_if<it_happens>(&step.does)) {
            return "     (" + told->what + ")";
        }
        if (const auto* due = std::get_if<nudge_falls_due>(&step.does)) {
            return "     (the plan: " + due->dialog + ")";
        }
        if (const auto* there = std::get_if<moves_to_channel>(&step.does)) {
            return "     (she goes on by " + there->name + ")";
        }
        if (std::holds_alternative<said_is_lost>(step.does)) return "     (that does not arrive)";
        if (const auto* other = std::get_if<officer_does>(&step.does)) {
            return "desk " + (other->pick.empty() ? other->text.in(how_.language)
                                                  : "[" + other->pick + "]");
        }
        if (std::holds_alternative<application_becomes>(step.does)) {
            return "     (the application changes)";
        }
        if (const auto* paid = std::get_if<payment_appears>(&step.does)) {
            return "     (a payment of " + paid->amount + " appears)";
        }
        if (std::holds_alternative<referral_becomes>(step.does)) {
            return "     (a recommendation changes)";
        }
        if (std::holds_alternative<core_has>(step.does)) return "     (core banking has news of her)";
        return "     (core banking changes)";
    }

    void never(place at) {
        for (const auto& part : test_.never_says) {
            for (const auto& line : on_.said()) {
                if (!holds(line.text, part.in(how_.language))) continue;
                differs(
                    at,
                    "'" + line.key + "' says what is never to be said: \"" +
                        part.in(how_.language) + "\""
                );
            }
        }
    }

    // What the colleague heard; looked at only where a test says something of it.
    void officer(std::size_t from, std::size_t end) {
        std::vector<std::pair<place, const bot_says*>> expected;
        bool looked_at = false;
        for (auto index = from + 1; index < end; ++index) {
            const auto* heard = std::get_if<officer_hears>(&test_.talk[index].does);
            if (heard == nullptr) continue;
            looked_at = true;
            if (heard->line.what == bot_line::message) {
                expected.emplace_back(test_.talk[index].at, &heard->line);
            }
        }
        const auto& heard = on_.colleague_heard();
        for (const auto& line : heard) told_.push_back("desk " + line.key + ": " + line.text);
        if (!looked_at || wrong_) return;
        std::vector<std::string> wanted;
        std::vector<std::string> came;
        for (const auto& [at, line] : expected) wanted.push_back(line->key);
        for (const auto& line : heard) came.push_back(line.key);
        if (wanted != came) {
            differs(
                expected.empty() ? test_.talk[from].at : expected.front().first,
                "the officer hears something else",
                line_difference(wanted, came)
            );
            return;
        }
        for (std::size_t i = 0; i < expected.size() && !wrong_; ++i) {
            message(expected[i].first, *expected[i].second, heard[i]);
            by_template(expected[i].first, *expected[i].second, heard[i]);
        }
    }

    // Which messages, before what is in them.
    void keys(std::size_t from, std::size_t end) {
        std::vector<std::string> expected;
        std::vector<place> at;
        bool anything = false;
        for (auto index = from + 1; index < end; ++index) {
            const auto* bot = std::get_if<bot_says>(&test_.talk[index].does);
            if (bot == nullptr) continue;
            if (bot->what == bot_line::anything) anything = true;
            if (bot->what != bot_line::message) continue;
            const auto& said = on_.said();
            const auto& any = bot->or_keys;
            const bool another =
                expected.size() < said.size() &&
                std::find(any.begin(), any.end(), said[expected.size()].key) != any.end();
            expected.push_back(another ? said[expected.size()].key : bot->key);
            at.push_back(test_.talk[index].at);
        }
        std::vector<std::string> came;
        for (const auto& line : on_.said()) came.push_back(line.key);
        if (anything && expected.empty()) return;
        if (expected == came) return;
        std::size_t first = 0;
        while (first < expected.size() && first < came.size() && expected[first] == came[first]) {
            ++first;
        }
        std::string what;
        if (first == expected.size()) {
            what = "the bot says more than the test expects: '" + came[first] + "'";
        } else if (first == came.size()) {
            what = "the bot says nothing here; '" + expected[first] + "' was expected";
        } else {
            what = "the bot says '" + came[first] + "'; '" + expected[first] + "' was expected";
        }
        const auto where = first < at.size() ? at[first] : test_.talk[from].at;
        differs(where, std::move(what), line_difference(expected, came));
    }

    [[nodiscard]] std::vector<std::string> picks_of(const spoken& line) const {
        std::vector<std::string> picks;
        for (const auto& one : line.choices) picks.push_back(on_.name_of(one));
        return picks;
    }

    void message(place at, const bot_says& expected, const spoken& came) {
        for (const auto& part : expected.parts) {
            const auto& text = part.in(how_.language);
            if (holds(came.text, text)) continue;
            differs(
                part.at,
                "'" + came.key + "' does not say this",
                {"- … " + text + " …", "+ " + one_line(came.text)}
            );
        }
        for (const auto& part : expected.not_parts) {
            const auto& text = part.in(how_.language);
            if (!holds(came.text, text)) continue;
            differs(
                part.at, "'" + came.key + "' says \"" + text + "\"", {"+ " + one_line(came.text)}
            );
        }
        if (expected.text && one_line(expected.text->in(how_.language)) != one_line(came.text)) {
            differs(
                expected.text->at,
                "'" + came.key + "' reads otherwise",
                line_difference(lines_of(expected.text->in(how_.language)), lines_of(came.text))
            );
        }
        if (expected.offers && *expected.offers != picks_of(came)) {
            differs(
                at,
                "'" + came.key + "' offers other choices",
                line_difference(*expected.offers, picks_of(came))
            );
        }
    }

    void shown(place at, const bot_says& expected, const spoken& came) {
        if (!expected.shows || *expected.shows == came.shows) return;
        differs(
            at,
            "'" + came.key + "' is shown with other files",
            line_difference(*expected.shows, came.shows)
        );
    }

    void by_channel(place at, const bot_says& expected, const spoken& came) {
        if (expected.by.empty() || expected.by == came.by) return;
        differs(
            at, "'" + came.key + "' goes another way", {"- by " + expected.by, "+ by " + came.by}
        );
    }

    void by_template(place at, const bot_says& expected, const spoken& came) {
        if (!expected.by_template.empty() && expected.by_template != came.by_template) {
            const auto as = came.by_template.empty() ? "as it is: the 24 hours are not over"
                                                     : "by the template " + came.by_template;
            differs(
                at, "'" + came.key + "' is said " + as, {"- template " + expected.by_template}
            );
        }
        if (!expected.gaps) return;
        std::vector<std::string> gaps;
        for (const auto& one : *expected.gaps) gaps.push_back(one.in(how_.language));
        if (gaps == came.gaps) return;
        differs(
            at, "'" + came.key + "' fills its template otherwise", line_difference(gaps, came.gaps)
        );
    }

    void state_of_things(const test_step& step) {
        const auto& now = on_.at();
        const auto here = with_person(now)     ? "a person has the conversation: " + now.queue
                          : waits_for_person(now) && now.frames.empty()
                              ? "a person is waited for: " + now.queue
                          : now.frames.empty() ? std::string{"nothing is under way"}
                                               : "she is at " + on_.place();
        if (std::holds_alternative<talk_ends>(step.does)) {
            if (!now.frames.empty() || !now.queue.empty()) {
                differs(step.at, "the talk has not ended: " + here);
            }
        } else if (const auto* state = std::get_if<stands_at>(&step.does)) {
            if (on_.place() != state->state) {
                differs(step.at, here, {"- " + state->state, "+ " + on_.place()});
            }
        } else if (const auto* person = std::get_if<handed_over>(&step.does)) {
            handed(step.at, *person, here);
        } else if (const auto* answers = std::get_if<answers_kept>(&step.does)) {
            for (const auto& [name, value] : answers->each) {
                const auto found = on_.answer(name);
                if (found == value) continue;
                differs(step.at, "'" + name + "' is kept otherwise", {"- " + value, "+ " + found});
            }
        } else if (const auto* record = std::get_if<record_kept>(&step.does)) {
            std::string kinds;
            for (const auto& one : on_.effects()) {
                const auto* kept = std::get_if<keep_record>(&one);
                if (kept == nullptr) continue;
                if (kept->kind == record->kind) return;
                kinds += (kinds.empty() ? "" : ", ") + kept->kind;
            }
            differs(
                step.at,
                "no record '" + record->kind + "' is kept; " +
                    (kinds.empty() ? "none is" : "kept: " + kinds)
            );
        }
    }

    void handed(place at, const handed_over& expected, const std::string& here) {
        for (const auto& one : on_.effects()) {
            const auto* person = std::get_if<hand_over>(&one);
            if (person == nullptr) continue;
            const auto to = person->queue.substr(0, person->queue.find(':'));
            if ((expected.to.empty() || expected.to == to) &&
                (expected.because.empty() || expected.because == person->reason)) {
                return;
            }
            differs(
                at,
                "it is handed over otherwise",
                {"- to " + expected.to + " because " + expected.because,
                 "+ to " + to + " because " + person->reason}
            );
            return;
        }
        differs(at, "nobody takes over: " + here);
    }

    const dialog_test& test_;
    const staging& how_;
    stage on_;
    coverage& seen_;
    std::vector<std::string> told_{};
    std::optional<mismatch> wrong_{};
};

}  // namespace

std::vector<staging> stagings_of(const dialog_test& test) {
    std::vector<staging> all;
    for (const auto& language : test.languages) {
        if (test.archetypes.empty()) all.push_back({.language = language, .whom = {}});
        for (const auto whom : test.archetypes) all.push_back({.language = language, .whom = whom});
    }
    return all;
}

std::optional<mismatch> rehearse(
    const std::shared_ptr<const script_set>& scripts,
    const dialog_test& test,
    const staging& how,
    const rehearsal_cast& cast,
    coverage& seen
) {
    return rehearsal(test, how, set_the_stage(scripts, test.given, how, cast), seen).run();
}

}  // namespace tertulia::dialogs
