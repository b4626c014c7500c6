// meetings/*.yaml: what may stand there loads and means what it says; every slip is told with its place
// and how to mend it. What a meeting says is there in every language, and fits where it is said.

#include "dialogs/meetings/words.hpp"
#include "dialogs/message/sms/sms_length.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/script/script_set.hpp"

#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using namespace std::chrono_literals;
using meetings::officer_source;
using meetings::state;
using testing::HasSubstr;
using testing::Not;

constexpr auto agenda = R"(agenda: pilot
about: How the pilot meets.
for: {branches: ["2"], groups: ["17", "18"]}
mode: companion
window: live
lasts: 90 min
steps:
  - {step: roll_call, leads: secretary, timeout: 10 min}
  - {step: collection, leads: treasurer, timeout: 1 h, talk: by_turns, skip_if_empty: true}
  - step: training
    leads: agent
    timeout: 15 min
    topic: {es: El cuaderno}
    question: ¿Cómo lo lleva usted?
    audio: lesson.ogg
  - {step: closing, leads: president}
bylaws:
  quorum: 3/4
  late_after: 5 min
  absent_after: 15 min
  excuse_before: 1 day
  votes: {admission: two_thirds, loan: unanimous, internal: simple}
  fines: {currency: GTQ, late: 5, absent: 10.50}
  cash_handlers: 3
  training_least: 12 min
  tells_totals: true
quiet: "21:00-06:30"
record: 400 days
feedback: meeting.feedback
backup: branch
supervisor: manager
)";

// Every message a meeting may want, without any gap.
std::string meeting_messages() {
    std::set<std::string> keys{"meeting.feedback"};
    const auto take = [&keys](const meetings::message_shape& one) {
        keys.emplace(one.key);
        for (const auto title : meetings::parts_of(one.choices)) {
            keys.insert(meetings::title_of(title));
        }
    };
    for (const auto& one : meetings::messages_said()) take(one);
    for (const auto& one : meetings::looks_said()) take(one);
    for (const auto& key : meetings::names_said()) keys.insert(key);
    for (const auto& key : meetings::refusals_said()) keys.insert(key);
    for (const auto key : meetings::words_typed()) keys.emplace(key);
    std::string text;
    for (const auto& key : keys) {
        text += key + ": {text: palabras, sms: palabras}\n";
    }
    return text;
}

script_sources sources(const std::string& file, const std::string& more_words = {}) {
    auto from = basic();
    from.messages[0].text += meeting_messages() + more_words;
    from.media.push_back({.name = "lesson.ogg", .type = "audio/ogg", .bytes = 9, .hash = "0a"});
    from.media.push_back({.name = "face.png", .type = "image/png", .bytes = 9, .hash = "0b"});
    from.of.media_base = "https://chat.example.org/media";
    from.meetings.push_back({"meetings/pilot.yaml", file});
    return from;
}

std::string problems_of(const std::string& file) {
    const auto made = load_scripts(sources(file));
    EXPECT_FALSE(made.scripts) << "it loads";
    return all_problems(made);
}
std::string with(std::string_view from, const std::string& old, const std::string& fresh) {
    std::string text{from};
    const auto at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), fresh);
}

TEST(meetings_script, what_may_stand_there_loads_and_means_what_it_says) {
    const auto made = load_scripts(sources(agenda));
    ASSERT_TRUE(made.scripts) << all_problems(made);
    const auto* one = made.scripts->compiled().meetings.named("pilot");
    ASSERT_NE(one, nullptr);
    EXPECT_EQ(one->about, "How the pilot meets.");
    EXPECT_EQ(one->version.size(), 12U);
    EXPECT_EQ(one->how, meetings::mode::companion);
    EXPECT_EQ(one->lasts_as, meetings::window::live);
    EXPECT_EQ(one->lasts, 90min);
    ASSERT_EQ(one->steps.size(), 4U);
    EXPECT_EQ(one->steps[0].made.leader, meetings::role::secretary);
    EXPECT_EQ(one->steps[1].made.timeout, 60min);
    EXPECT_EQ(one->steps[1].made.how, meetings::talk::by_turns);
    EXPECT_TRUE(one->steps[1].made.skip_if_empty);
    EXPECT_EQ(one->steps[2].audio, "lesson.ogg");
    EXPECT_EQ(one->steps[2].audio_path, "0a/lesson.ogg");
    EXPECT_EQ(one->steps[3].made.timeout, 15min) << "as it is without a word";
    const auto& rules = one->rules;
    EXPECT_EQ(rules.quorum_numerator, 3);
    EXPECT_EQ(rules.quorum_denominator, 4);
    EXPECT_EQ(rules.excuse_before, 24h);
    EXPECT_EQ(rules.admission_vote, meetings::majority::two_thirds);
    EXPECT_EQ(rules.loan_vote, meetings::majority::unanimous);
    EXPECT_EQ(rules.fine_absent, money{1050});
    EXPECT_FALSE(rules.fine_other) << "an institution invents no fines";
    EXPECT_EQ(rules.cash_handlers, 3);
    EXPECT_TRUE(rules.tells_totals);
    EXPECT_EQ(one->quiet, (meetings::quiet_hours{21 * 60, 6 * 60 + 30}));
    EXPECT_EQ(one->record_days, 400);
    EXPECT_EQ(one->feedback, "meeting.feedback");
    EXPECT_EQ(one->backup.is, officer_source::kind::branch);
    EXPECT_EQ(one->supervisor, (officer_source{officer_source::kind::desk, "manager"}));
}

TEST(meetings_script, the_plan_of_a_meeting_is_made_by_its_agenda) {
    const auto made = load_scripts(sources(agenda));
    ASSERT_TRUE(made.scripts) << all_problems(made);
    meetings::plan plan{.language = "es-GT"};
    plan.group_id = "17";
    plan.start = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1} + 16h;
    plan.moderator = {.id = "b3", .name = "Brenda"};
    plan.currency = {};
    meetings::plan_by(*made.scripts->compiled().meetings.named("pilot"), plan);
    EXPECT_EQ(plan.end, plan.start + 90min);
    EXPECT_EQ(plan.record_days, 400);
    ASSERT_EQ(plan.agenda.size(), 4U);
    EXPECT_EQ(plan.agenda[2].topic, "El cuaderno");
    EXPECT_EQ(plan.agenda[2].question, "¿Cómo lo lleva usted?");
    EXPECT_EQ(meetings::wrong_with(plan), "");
}

TEST(meetings_script, the_group_goes_before_the_branch_and_the_branch_before_all) {
    meetings::agenda_book book;
    book.all = {
        {.name = "all", .for_all = true},
        {.name = "branch", .branches = {"2"}},
        {.name = "group", .groups = {"17"}},
        {.name = "by_hand"}};
    EXPECT_EQ(book.find("2", "17")->name, "group");
    EXPECT_EQ(book.find("2", "18")->name, "branch");
    EXPECT_EQ(book.find("3", "18")->name, "all");
    EXPECT_EQ(book.find("", "")->name, "all");
    book.all.erase(book.all.begin());
    EXPECT_EQ(book.find("3", "18"), nullptr) << "a pilot is for whom it names";
    EXPECT_NE(book.named("by_hand"), nullptr);
    EXPECT_EQ(book.named("nobody"), nullptr);
}

TEST(meetings_script, the_version_of_a_set_is_of_its_agendas_too) {
    const auto one = load_scripts(sources(agenda));
    const auto another = load_scripts(sources(with(agenda, "timeout: 10 min", "timeout: 11 min")));
    ASSERT_TRUE(one.scripts && another.scripts);
    EXPECT_NE(one.scripts->version(), another.scripts->version());
    EXPECT_NE(
        one.scripts->compiled().meetings.all[0].version,
        another.scripts->compiled().meetings.all[0].version
    ) << "what is said of a meeting is kept for its own version";
}

TEST(meetings_script, every_slip_is_told_with_its_place) {
    const auto slip = [](const std::string& was, const std::string& now) {
        return problems_of(with(agenda, was, now));
    };
    EXPECT_THAT(slip("mode: companion", "mode: compagnon"), HasSubstr("meetings/pilot.yaml:4:7"));
    EXPECT_THAT(slip("mode: companion", "mode: compagnon"), HasSubstr("did you mean 'companion'"));
    EXPECT_THAT(slip("window: live", "window: week"), HasSubstr("possible are: live, day"));
    EXPECT_THAT(slip("lasts: 90 min", "lasts: soon"), HasSubstr("'lasts' is a length of time"));
    EXPECT_THAT(slip("lasts: 90 min", "lasts: 9 h"), HasSubstr("from 15 min to 8 h"));
    EXPECT_THAT(slip("window: live", "window: day"), HasSubstr("from 12 h to 72 h"));
    EXPECT_THAT(slip("agenda: pilot", "agenda: Pilot"), HasSubstr("cannot be a name"));
    EXPECT_THAT(slip("agenda: pilot", "agenda: other"), HasSubstr("name the file other.yaml"));
    EXPECT_THAT(slip("about: How the pilot meets.\n", ""), HasSubstr("'about' is missing"));
    EXPECT_THAT(slip("quiet:", "quite:"), HasSubstr("did you mean 'quiet'"));
    EXPECT_THAT(slip("21:00-06:30", "21:00-25:30"), HasSubstr("'quiet' is hours of the night"));
    EXPECT_THAT(slip("21:00-06:30", "21:00-21:00"), HasSubstr("'quiet' is hours of the night"));
    EXPECT_THAT(slip("record: 400 days", "record: 3 days"), HasSubstr("from 30 days"));
    EXPECT_THAT(slip("backup: branch", "backup: the branch"), HasSubstr("cannot be a name"));
    EXPECT_THAT(slip("feedback: meeting.feedback", "feedback: meeting.fedback"), HasSubstr("did you mean 'meeting.feedback'"));
    EXPECT_THAT(slip("feedback: meeting.feedback", "feedback: How was it?"), HasSubstr("the key of a message"));
    EXPECT_THAT(problems_of("agenda: pilot\nabout: x\n"), HasSubstr("'steps' is missing"));
    EXPECT_THAT(problems_of("- a list\n"), HasSubstr("agenda: default"));
    EXPECT_THAT(problems_of("a: [\n"), HasSubstr("meetings/pilot.yaml"));
}

TEST(meetings_script, every_slip_in_the_steps_is_told) {
    const auto slip = [](const std::string& was, const std::string& now) {
        return problems_of(with(agenda, was, now));
    };
    EXPECT_THAT(slip("step: collection", "step: colection"), HasSubstr("did you mean 'collection'"));
    EXPECT_THAT(slip("step: collection", "step: lobby"), HasSubstr("'step' cannot be 'lobby'"));
    EXPECT_THAT(slip("step: collection, leads: treasurer", "step: collection, leads: tresurer"), HasSubstr("did you mean 'treasurer'"));
    EXPECT_THAT(slip("leads: treasurer", "leads: guest"), HasSubstr("'leads' cannot be 'guest'"));
    EXPECT_THAT(slip("timeout: 1 h", "timeout: 10 h"), HasSubstr("from 1 min to 3 h"));
    EXPECT_THAT(slip("talk: by_turns", "talk: by_turn"), HasSubstr("did you mean 'by_turns'"));
    EXPECT_THAT(slip("skip_if_empty: true", "skip_if_empty: yes"), HasSubstr("is true or false"));
    EXPECT_THAT(slip("talk: by_turns", "tlak: by_turns"), HasSubstr("did you mean 'talk'"));
    EXPECT_THAT(slip("step: collection, ", "topic: x, step: collection, "), HasSubstr("belongs to the step 'training'"));
    EXPECT_THAT(slip("topic: {es: El cuaderno}", "topic: {es: \" \"}"), HasSubstr("is a text of at most"));
    EXPECT_THAT(slip("topic: {es: El cuaderno}", "topic: {es: x, fr: y}"), HasSubstr("does not speak 'fr'"));
    EXPECT_THAT(slip("topic: {es: El cuaderno}", "topic: [x]"), HasSubstr("or one by language"));
    EXPECT_THAT(slip("audio: lesson.ogg", "audio: leson.ogg"), HasSubstr("did you mean 'lesson.ogg'"));
    EXPECT_THAT(slip("audio: lesson.ogg", "audio: face.png"), HasSubstr("is no recording"));
    EXPECT_THAT(slip("timeout: 15 min", "timeout: 11 min"), HasSubstr("before the least time"));
    const std::string asks = "question: ¿Cómo lo lleva usted?";
    const auto answers = [&](const std::string& these) { return slip(asks, asks + "\n    " + these); };
    EXPECT_THAT(answers("answers: [{text: a}, {text: b}]"), HasSubstr("one of them is right, and one only"));
    EXPECT_THAT(answers("answers: [{text: a, right: true}, {text: b, right: true}]"), HasSubstr("one only"));
    EXPECT_THAT(answers("answers: [{text: a, right: true}]"), HasSubstr("two or three"));
    EXPECT_THAT(answers("answers: none"), HasSubstr("'answers' is a list"));
    EXPECT_THAT(answers("answers: [{right: true}, {text: b}]"), HasSubstr("'text' is missing"));
    EXPECT_THAT(answers("answers: [{text: a, rigth: true}, {text: b}]"), HasSubstr("did you mean 'right'"));
    EXPECT_THAT(answers("answers: [{text: veintiuna letras justas, right: true}, {text: b}]"), HasSubstr("at most 20 letters"));
    EXPECT_THAT(answers("why: porque sí"), HasSubstr("there are none"));
    EXPECT_THAT(slip(asks, "answers: [{text: a, right: true}, {text: b}]"), HasSubstr("without a question"));
    EXPECT_THAT(slip("step: collection, ", "answers: [], step: collection, "), HasSubstr("belongs to the step 'training'"));
    // The machine has the last word on the order.
    const auto swapped = with(with(agenda, "step: collection", "step: fines"), "step: training", "step: collection");
    EXPECT_THAT(problems_of(with(agenda, "step: collection", "step: fines")), HasSubstr("meetings/pilot.yaml:10:5"));
    EXPECT_THAT(problems_of(with(agenda, "step: collection", "step: fines")), HasSubstr("training is not in its place"));
    EXPECT_THAT(slip("  - {step: closing, leads: president}\n", ""), HasSubstr("ends with closing"));
    EXPECT_THAT(slip("step: collection", "step: roll_call"), HasSubstr("not in its place"));
    EXPECT_THAT(slip("steps:\n", "steps: none\nnothing:\n"), HasSubstr("'steps' is a list"));
}

TEST(meetings_script, every_slip_in_the_bylaws_is_told) {
    const auto slip = [](const std::string& was, const std::string& now) {
        return problems_of(with(agenda, was, now));
    };
    EXPECT_THAT(slip("quorum: 3/4", "quorum: 4/3"), HasSubstr("quorum: \"2/3\""));
    EXPECT_THAT(slip("quorum: 3/4", "quorum: most"), HasSubstr("quorum: \"2/3\""));
    EXPECT_THAT(slip("late_after: 5 min", "late_after: 5"), HasSubstr("'late_after' is a length of time"));
    EXPECT_THAT(slip("admission: two_thirds", "admission: two_third"), HasSubstr("did you mean 'two_thirds'"));
    EXPECT_THAT(slip("currency: GTQ", "currency: USD"), HasSubstr("the institution's money is GTQ"));
    EXPECT_THAT(slip("late: 5,", "late: Q5,"), HasSubstr("'late' is an amount in GTQ"));
    EXPECT_THAT(slip("late: 5,", "late: 0,"), HasSubstr("leave it out where there is no such fine"));
    EXPECT_THAT(slip("late: 5,", "lates: 5,"), HasSubstr("did you mean 'late'"));
    EXPECT_THAT(slip("cash_handlers: 3", "cash_handlers: 1"), HasSubstr("nobody handles cash alone"));
    EXPECT_THAT(slip("tells_totals: true", "tells_totals: perhaps"), HasSubstr("is true or false"));
}

TEST(meetings_script, for_whom_it_is_must_be_plain) {
    const auto slip = [](const std::string& now) {
        return problems_of(with(agenda, "for: {branches: [\"2\"], groups: [\"17\", \"18\"]}", now));
    };
    EXPECT_THAT(slip("for: everybody"), HasSubstr("'for' is all, or names branches or groups"));
    EXPECT_THAT(slip("for: {branch: [\"2\"]}"), HasSubstr("did you mean 'branches'"));
    EXPECT_THAT(slip("for: {groups: [\"17\", \"17\"]}"), HasSubstr("in the list already"));
    EXPECT_THAT(slip("for: {groups: seventeen}"), HasSubstr("a list of core banking's ids"));
    auto from = sources(agenda);
    from.meetings.push_back({"meetings/second.yaml", with(agenda, "agenda: pilot", "agenda: second")});
    const auto made = load_scripts(from);
    EXPECT_FALSE(made.scripts);
    EXPECT_THAT(all_problems(made), HasSubstr("the agenda 'pilot' is for group '17', too"));
    EXPECT_THAT(all_problems(made), HasSubstr("for branch '2', too"));
}

TEST(meetings_script, a_set_without_an_agenda_for_all_is_warned_of) {
    const auto pilot = load_scripts(sources(agenda));
    EXPECT_TRUE(pilot.scripts) << all_problems(pilot);
    EXPECT_THAT(all_problems(pilot), HasSubstr("no agenda is for all: a group that none of them names"));
    const auto all = load_scripts(
        sources(with(agenda, "for: {branches: [\"2\"], groups: [\"17\", \"18\"]}", "for: all"))
    );
    EXPECT_THAT(all_problems(all), Not(HasSubstr("no agenda is for all")));
}

// ---- what it says

TEST(meetings_script, without_an_agenda_no_message_of_a_meeting_is_asked_for) {
    auto from = basic();
    EXPECT_TRUE(load_scripts(from).scripts);
    from.meetings.push_back({"meetings/pilot.yaml", agenda});
    const auto made = load_scripts(from);
    EXPECT_FALSE(made.scripts);
    EXPECT_THAT(all_problems(made), HasSubstr("the message 'meeting.invite' is missing"));
    EXPECT_THAT(all_problems(made), HasSubstr("the message 'meeting.word.next' is missing"));
    EXPECT_THAT(all_problems(made), HasSubstr("the message 'meeting.refused.muted' is missing"));
    EXPECT_THAT(all_problems(made), HasSubstr("the message 'meeting.state.fines' is missing"));
}

std::string told_of(const std::string& key, const std::string& text) {
    auto from = sources(agenda);
    auto& words = from.messages[0].text;
    const auto line = key + ": {text: palabras, sms: palabras}\n";
    const auto at = words.find(line);
    EXPECT_NE(at, std::string::npos) << key;
    words.replace(at, line.size(), key + ": " + text + "\n");
    const auto made = load_scripts(from);
    return made.scripts ? std::string{} : all_problems(made);
}

TEST(meetings_script, a_message_tells_of_the_meeting_only_what_it_is_given) {
    EXPECT_EQ(told_of("meeting.vote", "\"{meeting.name} {meeting.amount, money} {meeting.group}\""), "");
    EXPECT_EQ(told_of("meeting.collect", "\"Toca el {meeting.due_on, date, short}\""), "");
    EXPECT_THAT(
        told_of("meeting.vote", "\"{meeting.yes}\""),
        HasSubstr("'meeting.vote' is not told 'meeting.yes'")
    );
    EXPECT_THAT(told_of("meeting.vote", "\"{meeting.yes}\""), HasSubstr("amount, purpose"));
    EXPECT_THAT(
        told_of("meeting.state.fines", "\"{meeting.name}\""),
        HasSubstr("nothing of a meeting is told here")
    );
    EXPECT_THAT(told_of("meeting.vote", "\"{meeting.nane}\""), HasSubstr("did you mean 'meeting.name'"));
    EXPECT_THAT(
        told_of("meeting.vote", "\"{loan.outstanding, money}\""), HasSubstr("which only she may read")
    );
}

TEST(meetings_script, a_button_keeps_to_its_twenty_letters) {
    EXPECT_THAT(
        told_of("meeting.choice.yes", "\"Sí, estoy de acuerdo con eso\""), HasSubstr("20")
    );
}

TEST(meetings_script, what_may_reach_her_a_day_after_she_wrote_needs_a_template_or_an_sms) {
    EXPECT_THAT(told_of("meeting.invite", "\"Venga.\""), HasSubstr("give it a 'template:'"));
    EXPECT_EQ(
        told_of(
            "meeting.invite",
            "{text: Venga., template: {name: invite, buttons: [will_come, cannot_come]}}"
        ),
        ""
    );
    EXPECT_THAT(
        told_of("meeting.invite", "{text: Venga., template: {name: invite, buttons: [here]}}"),
        HasSubstr("possible are: will_come, cannot_come")
    );
}

// ---- what is shipped

const load_result& shipped() {
    static const auto made = load_scripts(as_configured());
    return made;
}

TEST(meetings_script, the_agendas_that_are_shipped_are_what_they_are_named_for) {
    ASSERT_TRUE(shipped().scripts) << all_problems(shipped());
    const auto& book = shipped().scripts->compiled().meetings;
    ASSERT_EQ(book.all.size(), 3U);
    const auto* usual = book.find("1", "1");
    ASSERT_NE(usual, nullptr);
    EXPECT_EQ(usual->name, "default");
    EXPECT_EQ(usual->how, meetings::mode::relay);
    EXPECT_EQ(usual->steps.size(), 9U) << "the whole agenda";
    EXPECT_EQ(book.named("weak_coverage")->lasts_as, meetings::window::day);
    EXPECT_EQ(book.named("small_group")->how, meetings::mode::native_small);
    for (const auto& one : book.all) {
        EXPECT_FALSE(one.rules.fine_late) << "fines are a group's own";
        EXPECT_FALSE(one.rules.tells_totals);
        EXPECT_FALSE(one.feedback.empty());
        std::chrono::minutes whole{};
        for (const auto& step : one.steps) whole += step.made.timeout;
        if (one.lasts_as == meetings::window::day) whole *= 24;
        EXPECT_LE(whole, one.lasts + 15min) << one.name;
    }
}

// A long value for each argument.
told_meeting sample(std::string_view arguments) {
    told_meeting made;
    made.values["group"] = std::string{"Las Bugambilias"};
    for (const auto& one : meetings::arguments_of(arguments)) {
        auto& value = made.values[std::string{one.name}];
        if (one.type == "number") value = std::int64_t{12};
        if (one.type == "money") value = money{9'999'999};
        if (one.type == "time") value = from_millis(1'795'000'000'000);
        if (one.type == "date") value = civil_date{std::chrono::year{2026} / 9 / 30};
        if (one.type == "text") value = std::string{"Maximiliana"};
        if (one.type == "key") value = std::string{"dernier compte rendu"};
        if (one.type == "texts" || one.type == "lines" || one.type == "keys") {
            value = std::string{"1. Maximiliana\n2. Ana"};
        }
        EXPECT_FALSE(std::holds_alternative<std::monostate>(value)) << one.type;
    }
    return made;
}

TEST(meetings_script, every_message_can_be_said_with_all_it_is_told_and_with_nothing) {
    ASSERT_TRUE(shipped().scripts) << all_problems(shipped());
    const auto& program = shipped().scripts->compiled();
    const auto say = [&](const std::string& key, std::string_view arguments, std::string_view language,
                         channel_kind by, bool told) {
        const auto made = told ? sample(arguments) : told_meeting{};
        fact_view seen{};
        seen.house = &program.house;
        seen.language = language;
        seen.of_meeting = &made;
        return program.words->format(key, language, {.channel = by, .whom = archetype::enabled}, seen);
    };
    const auto each = [&](const std::string& key, std::string_view arguments) {
        for (const auto* language : {"es", "en", "fr"}) {
            ASSERT_TRUE(program.words->find(key)) << key;
            const auto text = say(key, arguments, language, channel_kind::whatsapp, true);
            EXPECT_NE(text, "") << key << ' ' << language;
            EXPECT_THAT(text, Not(HasSubstr("{"))) << key << ' ' << language;
            if (!arguments.empty()) {
                EXPECT_THAT(text, Not(testing::MatchesRegex("(^|.* )-([ .,:;].*|$)"))) << key << ' ' << language;
            }
            EXPECT_NE(say(key, arguments, language, channel_kind::sms, true), "") << key;
            (void)say(key, arguments, language, channel_kind::whatsapp, false);
        }
    };
    for (const auto& one : meetings::messages_said()) each(std::string{one.key}, one.arguments);
    for (const auto& one : meetings::looks_said()) each(std::string{one.key}, one.arguments);
    for (const auto& key : meetings::refusals_said()) each(key, meetings::told_of_refusals);
    for (const auto& key : meetings::names_said()) each(key, {});
    for (const auto key : meetings::words_typed()) each(std::string{key}, {});
}

TEST(meetings_script, what_a_meeting_sends_by_sms_is_two_plain_parts_at_most) {
    ASSERT_TRUE(shipped().scripts) << all_problems(shipped());
    const auto& program = shipped().scripts->compiled();
    int own = 0;
    for (const auto& one : meetings::messages_said()) {
        const auto message = program.words->find(one.key);
        ASSERT_TRUE(message);
        for (const auto& form : program.words->forms(*message)) {
            if (form.when.channel() != channel_kind::sms) continue;
            const auto told = sample(one.arguments);
            fact_view seen{};
            seen.house = &program.house;
            seen.language = form.language;
            seen.of_meeting = &told;
            const auto text = program.words->format(
                *message, form.language, {.channel = channel_kind::sms, .whom = archetype::enabled}, seen
            );
            const auto length = sms_length_of(text);
            EXPECT_EQ(length.alphabet, sms_alphabet::gsm7) << form.language << ' ' << text;
            EXPECT_LE(length.segments, 2U) << form.language << ' ' << text;
            ++own;
        }
    }
    EXPECT_GT(own, 30);
}

TEST(meetings_script, no_two_words_that_are_typed_are_the_same_in_one_language) {
    ASSERT_TRUE(shipped().scripts) << all_problems(shipped());
    const auto& program = shipped().scripts->compiled();
    for (const auto* language : {"es", "en", "fr"}) {
        std::set<std::string> seen;
        for (const auto key : meetings::words_typed()) {
            const auto word = program.words->format(key, language, {}, {});
            EXPECT_TRUE(seen.insert(word).second) << word;
        }
    }
}

}  // namespace
}  // namespace tertulia::dialogs
