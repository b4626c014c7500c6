// Entries in, a catalogue or everything that is wrong with them out.

#include "dialogs/wording/catalogue_parts.hpp"
#include "dialogs/wording/marks.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace tertulia::dialogs {
namespace {

// Meta: of a header as a whole, and of what stands in one gap of the body.
constexpr std::size_t header_units_max = 60;
constexpr std::size_t gap_units_max = 1024;

}  // namespace

struct catalogue_builder {
    std::span<const message_source> entries;
    const catalogue_options& options;
    catalogue_result result{};
    std::unique_ptr<catalogue::parts> made{std::make_unique<catalogue::parts>()};
    std::map<std::string_view, message_texts> by_key{};
    std::map<std::tuple<std::string_view, std::string_view, conditions>, std::string_view> seen{};

    void run() {
        made->required = options.house.languages;
        if (auto calendar = local_calendar::make(options.house.time_zone)) {
            made->calendar = std::move(*calendar);
        } else {
            result.zone_known = false;
        }
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const auto when = conditions_of(i);
            const auto& entry = entries[i];
            if (!when) {
                (void)pattern_of(i);
                continue;
            }
            const auto name = entry.variant.empty() ? "text" : entry.variant;
            const auto [first, is_new] =
                seen.try_emplace({entry.key, entry.language, *when}, entry.variant);
            if (is_new) {
                add(i, *when);
            } else if (first->second == entry.variant) {
                problem(i, "'" + entry.key + "' has its '" + name + "' twice in " + entry.language);
            } else {
                problem(
                    i,
                    "'" + entry.key + "' has '" + name + "' and '" + std::string(first->second) +
                        "' in " + entry.language + ", which are the same"
                );
            }
        }
        require_languages();
        for (auto& [key, each] : by_key) {
            for (auto* paths : {&each.paths, &each.needed}) {
                std::sort(paths->begin(), paths->end());
                paths->erase(std::unique(paths->begin(), paths->end()), paths->end());
            }
            made->messages.push_back(std::move(each));
        }
        std::stable_sort(
            result.problems.begin(),
            result.problems.end(),
            [](const auto& left, const auto& right) {
                return std::tie(left.source, left.offset) < std::tie(right.source, right.offset);
            }
        );
        if (!result.problems.empty() || !result.zone_known) return;
        result.words = std::shared_ptr<const catalogue>{new catalogue{std::move(made)}};
    }

private:
    void problem(std::size_t source, std::string what) {
        result.problems.push_back({.source = source, .what = std::move(what)});
    }

    // Nothing: its key has a problem.
    std::optional<conditions> conditions_of(std::size_t source) {
        const auto& variant = entries[source].variant;
        if (variant.empty()) return conditions{};
        std::vector<conditions_problem> found;
        const auto read = read_conditions(variant, found);
        for (auto& each : found) {
            result.problems.push_back(
                {.source = source,
                 .offset = each.offset,
                 .length = each.length,
                 .of_variant = true,
                 .what = std::move(each.what),
                 .word = std::move(each.word),
                 .candidates = std::move(each.candidates)}
            );
        }
        return found.empty() ? std::optional{read} : std::nullopt;
    }

    message_pattern pattern_of(
        std::size_t source, std::optional<std::size_t> of_template = std::nullopt
    ) {
        std::vector<pattern_problem> found;
        const auto& entry = entries[source];
        const auto& pattern =
            of_template ? entry.approved->text(*of_template)->pattern : entry.pattern;
        auto words = message_pattern::compile(pattern, options.schema, found);
        for (auto& each : found) {
            result.problems.push_back(
                {.source = source,
                 .offset = each.offset,
                 .length = each.length,
                 .of_template = of_template,
                 .what = std::move(each.what),
                 .word = std::move(each.word),
                 .candidates = std::move(each.candidates)}
            );
        }
        return words;
    }

    // Marks are taken out of our own words before any fact is in them: a client's name keeps hers.
    // What is wrong with the pattern has been told by then.
    std::optional<message_pattern> unmarked(const std::string& pattern) const {
        const auto plain = without_marks(pattern);
        std::vector<pattern_problem> told;
        if (plain == pattern) return std::nullopt;
        return message_pattern::compile(plain, options.schema, told);
    }

    // Its paths count as the text's: what may not be told there may not be told here.
    message_template template_of(std::size_t source, message_texts& to) {
        const auto& from = *entries[source].approved;
        message_template form{};
        form.name = from.name;
        form.language = template_language(from, entries[source].language);
        form.category = from.category;
        for (const auto& one : from.buttons) form.picks.push_back(one.pick);
        for (std::size_t i = 0; const auto* gap = from.text(i); ++i) {
            auto words = pattern_of(source, i);
            note_paths(words, to);
            form.paths.insert(form.paths.end(), words.paths().begin(), words.paths().end());
            const bool of_header = i < from.header.size();
            if (words.literal_units() > (of_header ? header_units_max : gap_units_max)) {
                result.problems.push_back(
                    {.source = source,
                     .of_template = i,
                     .what = "the template takes at most " +
                             std::to_string(of_header ? header_units_max : gap_units_max) +
                             " letters here"}
                );
            }
            auto& into = of_header ? form.header : form.body;
            into.push_back({.name = gap->name, .words = std::move(words)});
        }
        return form;
    }

    static void note_paths(const message_pattern& of, message_texts& to) {
        to.paths.insert(to.paths.end(), of.paths().begin(), of.paths().end());
        to.needed.insert(to.needed.end(), of.paths_needed().begin(), of.paths_needed().end());
    }

    void add(std::size_t source, const conditions& when) {
        const auto& entry = entries[source];
        const auto language = language_index(source);
        auto words = pattern_of(source);
        auto& to = by_key[entry.key];
        to.key = entry.key;
        note_paths(words, to);
        to.forms.push_back(
            {.language = entry.language,
             .variant = entry.variant,
             .when = when,
             .source = source,
             .constant = words.constant(),
             .utf16_units = words.literal_units()}
        );
        if (entry.approved) {
            to.forms.back().approved = form_of(*entry.approved, entry.language, entry.pattern);
        }
        message_text text{.language = language, .when = when, .words = std::move(words)};
        text.unmarked = unmarked(entry.pattern);
        for (const auto& each : entry.media) text.media.push_back(each.what);
        if (entry.approved) text.approved = template_of(source, to);
        to.texts.push_back(std::move(text));
    }

    std::size_t language_index(std::size_t source) {
        const auto& tag = entries[source].language;
        auto& known = made->languages;
        const auto found = std::find_if(known.begin(), known.end(), [&](const auto& each) {
            return each.tag == tag;
        });
        if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
        auto locale = locale_words::make(tag, options.house.country, options.house.currency);
        if (!locale) problem(source, "'" + tag + "' is not a language tag like es, es-GT or fr");
        known.push_back({.tag = tag, .locale = std::move(locale)});
        return known.size() - 1;
    }

    // Every language of the institution must be able to say every message, on every channel and to
    // everybody: a plain text in that language or its base.
    void require_languages() {
        for (const auto& [key, each] : by_key) {
            for (const auto& language : options.house.languages) {
                const auto base = language.substr(0, language.find('-'));
                const bool there = std::any_of(
                    each.forms.begin(),
                    each.forms.end(),
                    [&](const message_form& form) {
                        return form.variant.empty() &&
                               (form.language == language || form.language == base);
                    }
                );
                if (there || each.forms.empty()) continue;
                const auto& first = each.forms.front();
                problem(
                    first.source,
                    "'" + each.key + "' has no text in " + language + "; " + first.language +
                        " has one"
                );
            }
        }
    }
};

catalogue_result catalogue::build(
    std::span<const message_source> entries, const catalogue_options& options
) {
    catalogue_builder builder{entries, options};
    builder.run();
    return std::move(builder.result);
}

}  // namespace tertulia::dialogs
