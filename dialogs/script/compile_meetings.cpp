// Agendas as they are compiled, and the words a meeting says and hears: each there, in every
// language, and telling nothing but what it is given.

#include "dialogs/meetings/words.hpp"
#include "dialogs/script/compiler_parts.hpp"
#include "dialogs/wording/message_pattern.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view meeting_prefix = "meeting.";
constexpr std::size_t meeting_buttons_max = 3;

std::string_view base_language(std::string_view language) noexcept {
    return language.substr(0, language.find('-'));
}

}  // namespace

void compiler::agendas_found() {
    if (from_.meetings == nullptr) return;
    std::map<std::string, std::string> first;  // whom an agenda is for, and the one that has it
    needs_ = requirement::anyone;
    for (const auto& one : from_.meetings->agendas) {
        dialog_source ours{};
        ours.file = one.file;
        const auto* before = std::exchange(source_, &ours);
        const auto take = [&](const std::string& whom, place at) {
            const auto [had, is_new] = first.try_emplace(whom, one.made.name);
            if (is_new) return;
            error(
                rule::repeated_name,
                at,
                "the agenda '" + had->second + "' is for " + whom + ", too",
                "one of them only: nobody could tell which holds"
            );
        };
        if (one.made.for_all) take("all", one.for_all_at);
        for (const auto& branch : one.branches) take("branch '" + branch.text + "'", branch.at);
        for (const auto& group : one.groups) take("group '" + group.text + "'", group.at);
        check_agenda(one);
        // Only WhatsApp has small groups; without it such a meeting is held by relay.
        const bool is_used = one.made.for_all || !one.branches.empty() || !one.groups.empty();
        const auto& channels = from_.house->channels;
        if (is_used && one.made.how == meetings::mode::native_small &&
            std::ranges::find(channels, channel_kind::whatsapp, &known_channel::kind) == channels.end()) {
            warning(
                rule::wrong_value,
                one.steps_at,
                "its meetings want a small group of WhatsApp, and no channel is of WhatsApp",
                "mode: relay, which is how they will be held"
            );
        }
        check_agenda_texts(one);
        if (one.feedback) (void)message(*one.feedback, message_part::body);
        auto made = one.made;
        auto recording = one.audios.begin();
        for (auto& step : made.steps) {
            if (step.audio.empty() || recording == one.audios.end()) continue;
            step.audio_path = (recording++)->what.path;
        }
        program_->meetings.all.push_back(std::move(made));
        source_ = before;
    }
    if (!from_.meetings->agendas.empty() && !first.contains("all")) {
        const auto& one = from_.meetings->agendas.front();
        dialog_source ours{};
        ours.file = one.file;
        const auto* before = std::exchange(source_, &ours);
        warning(
            rule::wrong_value,
            one.steps_at,
            "no agenda is for all: a group that none of them names has no meetings",
            "for: all in one of them"
        );
        source_ = before;
    }
    std::ranges::sort(program_->meetings.all, {}, &meetings::agenda_template::name);
}

// The order of the steps is the machine's own business; what it says is told where it begins.
void compiler::check_agenda(const agenda_source& from) {
    if (from.made.steps.empty()) return;
    std::vector<meetings::step> steps;
    for (const auto& one : from.made.steps) steps.push_back(one.made);
    auto wrong = meetings::wrong_with(steps);
    if (wrong.empty()) return;
    auto at = from.steps_at;
    for (std::size_t i = 1; i < steps.size() && i < from.step_places.size(); ++i) {
        if (steps[i].at > steps[i - 1].at) continue;
        at = from.step_places[i];
        break;
    }
    error(
        rule::wrong_value,
        at,
        std::move(wrong),
        "roll_call first, closing last, the others between them in the order of the agenda"
    );
}

// Topics and questions by language: in those the institution speaks, and in each of them.
void compiler::check_agenda_texts(const agenda_source& from) {
    const auto& spoken = from_.house->languages;
    for (const auto& one : from.languages) {
        const bool known = std::ranges::any_of(spoken, [&](const language_tag& each) {
            return each == one.text || base_language(each) == one.text;
        });
        if (known) continue;
        not_found(
            rule::unknown_language,
            one,
            "the institution does not speak '" + one.text + "'",
            {spoken.begin(), spoken.end()}
        );
    }
    for (std::size_t i = 0; i < from.made.steps.size(); ++i) {
        const auto& step = from.made.steps[i];
        const auto in_each = [&](const meetings::texts_by_language& texts, std::string_view named) {
            if (texts.empty() || texts.contains("")) return;
            for (const auto& language : spoken) {
                if (texts.contains(language) || texts.contains(base_language(language))) continue;
                error(
                    rule::missing_text,
                    from.step_places[i],
                    "its " + std::string{named} + " has no text in '" + language + "'",
                    "write one beside the others"
                );
            }
        };
        in_each(step.topic, "topic");
        in_each(step.question, "question");
        in_each(step.why, "why");
        for (const auto& answer : step.answers) in_each(answer.text, "answer");
    }
}

// Only where there are agendas: without, nobody meets here.
void compiler::meeting_words_found() {
    if (from_.meetings == nullptr || from_.meetings->agendas.empty()) return;
    static const dialog_source ours = [] {
        dialog_source none{};
        none.file = "messages";
        return none;
    }();
    source_ = &ours;
    needs_ = requirement::anyone;
    struct wanted_word {
        message_part part{message_part::text};
        std::vector<std::string> told{};
    };
    std::map<std::string, wanted_word> wanted;
    const auto take = [&](const std::string& key, std::string_view told, std::string_view choices) {
        const auto titles = meetings::parts_of(choices);
        auto& word = wanted[key];
        word.part = titles.empty() ? message_part::text : message_part::body;
        word.told.emplace_back(meetings::always_told);
        for (const auto& argument : meetings::arguments_of(told)) {
            word.told.emplace_back(argument.name);
            word.told.push_back("has_" + std::string{argument.name});
        }
        for (const auto title : titles) {
            auto& button = wanted[meetings::title_of(title)];
            if (button.part == message_part::button) continue;
            button.part = titles.size() > meeting_buttons_max ? message_part::row : message_part::button;
        }
    };
    for (const auto& one : meetings::messages_said()) {
        take(std::string{one.key}, one.arguments, one.choices);
    }
    for (const auto& one : meetings::looks_said()) take(std::string{one.key}, one.arguments, {});
    for (const auto& key : meetings::refusals_said()) take(key, meetings::told_of_refusals, {});
    for (const auto& key : meetings::names_said()) wanted[key];
    for (const auto key : meetings::words_typed()) wanted[std::string{key}];
    for (const auto& [key, what] : wanted) {
        if (!from_.words->find(key) && !from_.broken_keys.contains(key)) {
            if (from_.no_words) continue;
            made_.worded = false;
            error(
                rule::missing_message,
                {},
                "the message '" + key + "' is missing",
                "with agendas in meetings/ a meeting says or hears it: every language needs it"
            );
            continue;
        }
        (void)message({key, {}}, what.part);
        check_told(key, what.told);
    }
}

// Of a meeting a message knows what it is given, and nothing else.
void compiler::check_told(const std::string& key, const std::vector<std::string>& told) {
    std::set<std::string> said;
    for (const auto& text : from_.texts) {
        if (text.key != key) continue;
        std::vector<std::string_view> patterns{text.pattern};
        if (text.approved) {
            for (std::size_t i = 0; const auto* gap = text.approved->text(i); ++i) {
                patterns.emplace_back(gap->pattern);
            }
        }
        for (const auto pattern : patterns) {
            std::vector<pattern_problem> told_already;
            const auto words =
                message_pattern::compile(pattern, program_->known->fields(), told_already);
            for (const auto path : words.paths()) {
                auto name = std::string{program_->known->fields()[path].path};
                if (!name.starts_with(meeting_prefix)) continue;
                name.erase(0, meeting_prefix.size());
                if (std::ranges::find(told, name) != told.end()) continue;
                if (!said.insert(text.language + name).second) continue;
                std::string known;
                for (const auto& one : told) {
                    if (!one.starts_with("has_")) known += (known.empty() ? "" : ", ") + one;
                }
                findings(text.file, problems_)
                    .error(
                        rule::bad_message,
                        {.line = text.line, .column = text.column},
                        "'" + key + "' is not told '" + std::string{meeting_prefix} + name + "'",
                        known.empty() ? "nothing of a meeting is told here"
                                      : "it is told, behind 'meeting.': " + known
                    );
            }
        }
    }
}

}  // namespace tertulia::dialogs
