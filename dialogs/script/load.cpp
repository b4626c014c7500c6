// load_scripts(): files in, a checked script set or every mistake out.

#include "dialogs/script/answer_checks.hpp"
#include "dialogs/script/answer_names.hpp"
#include "dialogs/script/cases_reader.hpp"
#include "dialogs/script/compiler.hpp"
#include "dialogs/script/flow_checks.hpp"
#include "dialogs/script/language_checks.hpp"
#include "dialogs/script/message_costs.hpp"
#include "dialogs/script/message_gaps.hpp"
#include "dialogs/script/message_places.hpp"
#include "dialogs/script/media_checks.hpp"
#include "dialogs/script/moderation_reader.hpp"
#include "dialogs/script/places_reader.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/script/referral_rules.hpp"
#include "dialogs/script/script_set.hpp"
#include "dialogs/script/sorted_lines_reader.hpp"
#include "dialogs/script/template_checks.hpp"
#include "dialogs/script/version.hpp"
#include "dialogs/script/window_checks.hpp"
#include "dialogs/script/words_reader.hpp"
#include "dialogs/wording/regions.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <memory>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t files_max = 2000;
constexpr std::size_t agenda_version_digits = 12;

// ---- the version

class digest {
public:
    digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
        if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) {
            throw std::runtime_error("SHA-256 is not there");
        }
    }
    // Each part with its length before it, so that no two lists of parts run together alike.
    void add(std::string_view part) {
        const std::string length = std::to_string(part.size()) + ':';
        EVP_DigestUpdate(context_.get(), length.data(), length.size());
        EVP_DigestUpdate(context_.get(), part.data(), part.size());
    }
    [[nodiscard]] std::string hex() {
        std::array<unsigned char, 32> bytes{};
        unsigned int size = 0;
        EVP_DigestFinal_ex(context_.get(), bytes.data(), &size);
        std::string text;
        for (const unsigned char byte : bytes) {
            text += "0123456789abcdef"[byte >> 4U];
            text += "0123456789abcdef"[byte & 15U];
        }
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

std::string_view file_name(const std::string& path) noexcept {
    const auto slash = path.find_last_of('/');
    return slash == std::string::npos ? std::string_view(path)
                                      : std::string_view(path).substr(slash + 1);
}

// ---- messages

struct wording {
    std::shared_ptr<const catalogue> words{};
    std::set<std::string> broken_keys{};
    bool none{};  // no file could be read
};

std::string_view base_of(std::string_view language) noexcept {
    return language.substr(0, language.find('-'));
}

diagnostic place_in_file(
    const wording_problem& problem,
    const message_source& entry,
    std::string_view text,
    const line_index& lines
) {
    diagnostic told{};
    told.breaks = rule::bad_message;
    told.file = entry.file;
    told.what = "in '" + entry.key + "': " + problem.what;
    told.mend = mend_for(problem.word, problem.candidates);
    auto at = place_of_piece(entry, problem.offset, problem.length, text, lines);
    if (problem.of_template) {
        const auto& gap = *entry.approved->text(*problem.of_template);
        told.breaks = rule::bad_template;
        at = {.line = gap.line, .column = gap.column};
    }
    if (problem.of_variant) {
        told.breaks = rule::bad_variant;
        at = {
            .line = entry.variant_line,
            .column = entry.variant_column + static_cast<int>(problem.offset),
            .length = std::max(1, static_cast<int>(problem.length))};
    }
    told.line = at.line;
    told.column = at.column;
    told.length = at.length;
    return told;
}

class message_builder {
public:
    message_builder(
        const script_sources& from, const fact_table& known, std::vector<diagnostic>& problems
    )
        : from_(from), known_(known), problems_(problems) {}

    // `all_answers`: every dialog could be read, so that the answers they keep are known.
    wording build(bool all_answers) {
        for (const auto& file : from_.messages) {
            const auto tag = stem_of(file.path);
            if (!check_language(file, tag)) continue;
            if (read_messages(file, entries_, problems_)) {
                sound_.insert(tag);
            } else {
                broken_.insert(tag);
            }
        }
        choose_languages();
        check_media(entries_, from_.media, from_.of, problems_);
        check_templates(entries_, languages_, problems_);
        fill_gaps();
        catalogue_options options{};
        options.house = from_.of;
        options.schema = known_.fields();
        if (!languages_.empty()) options.house.languages = languages_;
        wording made{};
        made.none = sound_.empty();
        auto built = catalogue::build(entries_, options);
        if (!built.zone_known) {
            problems_.push_back(
                {.breaks = rule::unknown_time_zone,
                 .file = "config",
                 .what = "there is no time zone '" + from_.of.time_zone + "'",
                 .mend = "time zones look like America/Guatemala"}
            );
            options.house.time_zone = "UTC";
        }
        // Once more without the texts that have a problem, so that the dialogs are checked as well.
        std::set<std::size_t> bad;
        for (const auto& problem : built.problems) {
            const auto& entry = entries_[problem.source];
            const auto text = text_of(entry.file);
            const auto lines = lines_.try_emplace(entry.file, text).first;
            if (all_answers || !problem.word.starts_with(answer_prefix)) {
                problems_.push_back(place_in_file(problem, entry, text, lines->second));
            }
            bad.insert(problem.source);
            made.broken_keys.insert(entry.key);
        }
        if (!built.words) {
            std::vector<message_source> sound;
            for (std::size_t i = 0; i < entries_.size(); ++i) {
                if (!bad.contains(i) && !made.broken_keys.contains(entries_[i].key)) {
                    sound.push_back(entries_[i]);
                }
            }
            built = catalogue::build(sound, options);
            entries_ = std::move(sound);
        }
        made.words = std::move(built.words);
        return made;
    }

    // Of the institution's, those whose messages could be read.
    [[nodiscard]] const std::vector<language_tag>& languages() const noexcept { return languages_; }
    [[nodiscard]] const std::vector<message_source>& texts() const noexcept { return entries_; }

    // The same of messages nobody says, each told once. What minutes of meetings are written with is
    // said by gateway/documents, and no dialog has a part in it; and a house may hold no meetings.
    void tell_unused(const std::vector<message_use>& uses, bool has_meetings) {
        std::set<std::string_view> known;
        for (const auto& use : uses) known.insert(use.key);
        for (const auto& entry : entries_) {
            if (!known.insert(entry.key).second || entry.key.starts_with("minutes.")) continue;
            const bool of_meetings =
                entry.key.starts_with("meeting.") || entry.key.starts_with("moderation.");
            if (of_meetings && !has_meetings) continue;
            findings(entry.file, problems_)
                .warning(
                    rule::unused_message,
                    {.line = entry.line, .column = entry.column},
                    "nothing says '" + entry.key + "'",
                    "take it out in every language, or say it in a dialog"
                );
        }
    }

    // To be told after the dialogs are compiled, so that each can say where it is used.
    [[nodiscard]] const std::vector<message_gap>& gaps() const noexcept { return gaps_; }

private:
    std::string_view text_of(const std::string& path) const {
        const auto at = std::find_if(
            from_.messages.begin(),
            from_.messages.end(),
            [&](const source_file& file) { return file.path == path; }
        );
        return at == from_.messages.end() ? std::string_view{} : std::string_view(at->text);
    }

    // False if what it holds is of no language.
    bool check_language(const source_file& file, const std::string& tag) {
        findings noted(file.path, problems_);
        if (!is_language(tag)) {
            noted.error(
                rule::unknown_language,
                {},
                "there is no language '" + tag + "'",
                "name the file by the code of its language, for example es.yaml"
            );
            return false;
        }
        const auto& spoken = from_.of.languages;
        const bool known = std::any_of(spoken.begin(), spoken.end(), [&](const language_tag& one) {
            return one == tag || base_of(one) == tag;
        });
        if (!known) {
            noted.warning(
                rule::unspoken_language,
                {},
                "the institution does not speak '" + tag + "'",
                mend_for(tag, spoken)
            );
        }
        return true;
    }

    // The languages that can be checked text by text: of one whose file is missing that is said
    // once, of one whose file is broken it has been said already.
    void choose_languages() {
        for (const auto& wanted : from_.of.languages) {
            const std::string base{base_of(wanted)};
            if (sound_.contains(wanted) || sound_.contains(base)) {
                languages_.push_back(wanted);
            } else if (!broken_.contains(wanted) && !broken_.contains(base)) {
                findings(file_of(wanted), problems_)
                    .error(
                        rule::missing_language,
                        {},
                        "the institution speaks '" + wanted + "', but this file is not there",
                        "`tertulia translations export --to " + wanted +
                            "` gives what there is to translate; or take '" + wanted +
                            "' out of 'languages'"
                    );
            }
        }
    }

    // Every message in every language. A gap is filled with a blank, so that the rest is checked.
    void fill_gaps() {
        std::map<std::string, std::vector<std::string>> languages_of;
        for (const auto& entry : entries_) {
            auto& languages = languages_of[entry.key];
            if (entry.variant.empty()) languages.push_back(entry.language);
        }
        for (const auto& [key, languages] : languages_of) {
            for (const auto& wanted : languages_) {
                const bool there =
                    std::any_of(languages.begin(), languages.end(), [&](const std::string& one) {
                        return one == wanted || one == base_of(wanted);
                    });
                if (there) continue;
                message_gap found{
                    .key = key, .language = wanted, .has = "a variant", .file = file_of(wanted)};
                if (!languages.empty()) found.has = languages.front();
                gaps_.push_back(std::move(found));
                entries_.push_back(
                    {.key = key, .language = wanted, .pattern = "…", .file = file_of(wanted)}
                );
            }
        }
    }

    std::string file_of(std::string_view language) const {
        for (const auto& file : from_.messages) {
            const auto tag = stem_of(file.path);
            if (tag == language || tag == base_of(language)) return file.path;
        }
        std::string folder = "messages/";
        if (!from_.messages.empty()) {
            const auto& other = from_.messages.front().path;
            folder = other.substr(0, other.size() - file_name(other).size());
        }
        return folder + std::string(language) + ".yaml";
    }

    const script_sources& from_;
    const fact_table& known_;
    std::vector<diagnostic>& problems_;
    std::vector<message_source> entries_{};
    std::vector<message_gap> gaps_{};
    std::map<std::string, line_index, std::less<>> lines_{};  // of files with a problem
    std::set<std::string> sound_{};                           // files that could be read, by name
    std::set<std::string> broken_{};                          // and that could not
    std::vector<language_tag> languages_{};
};

// ---- the whole

void check_house(const institution& of, std::vector<diagnostic>& problems) {
    if (!of.languages.empty()) return;
    problems.push_back(
        {.breaks = rule::no_language,
         .file = "config",
         .what = "the institution speaks no language",
         .mend = "write languages: [es]"}
    );
}

bool has_error(const std::vector<diagnostic>& problems, std::size_t from) {
    return std::any_of(
        problems.begin() + static_cast<std::ptrdiff_t>(from),
        problems.end(),
        [](const diagnostic& one) { return one.level == severity::error; }
    );
}

load_result load(const script_sources& from) {
    load_result made{};
    check_house(from.of, made.problems);
    const auto files = from.dialogs.size() + from.messages.size() + from.phrases.size();
    if (files + from.nudges.size() + from.meetings.size() > files_max) {
        made.problems.push_back(
            {.breaks = rule::too_large, .file = "dialogs", .what = "there are more than 2000 files"}
        );
        return made;
    }
    if (from.dialogs.empty()) {
        made.problems.push_back(
            {.breaks = rule::no_dialog, .file = "dialogs", .what = "there is no dialog"}
        );
    }

    std::vector<dialog_source> dialogs;
    std::set<std::string> broken_dialogs;
    std::optional<migration_source> moves;
    std::vector<named_place> places;
    std::vector<case_kind> cases;
    products_source products;
    relief_source relief;
    std::vector<commission_rule> commissions;
    for (const auto& file : from.dialogs) {
        const auto before = made.problems.size();
        findings noted(file.path, made.problems);
        if (file_name(file.path) == migration_file) {
            moves = read_migration(file, noted);
            continue;
        }
        if (file_name(file.path) == products_file) {
            products = read_products(file, noted);
            continue;
        }
        if (file_name(file.path) == hardship_file) {
            relief = read_hardship(file, noted);
            continue;
        }
        if (file_name(file.path) == referrals_file) {
            commissions = read_referral_rules(file, from.of.currency, noted);
            continue;
        }
        if (file_name(file.path) == places_file) {
            places = read_places(file, noted);
            continue;
        }
        if (file_name(file.path) == cases_file) {
            cases = read_cases(file, noted);
            continue;
        }
        if (auto dialog = read_dialog(file, noted)) dialogs.push_back(std::move(*dialog));
        if (has_error(made.problems, before)) broken_dialogs.insert(stem_of(file.path));
    }

    nudges_source nudges;
    const auto before_nudges = made.problems.size();
    for (const auto& file : from.nudges) {
        findings noted(file.path, made.problems);
        read_nudges(file, nudges, noted);
    }

    const bool nudges_broken = has_error(made.problems, before_nudges);

    moderation_source moderation;
    std::vector<sorted_line> sorted_lines;
    meetings_source meetings;
    for (const auto& file : from.meetings) {
        findings noted(file.path, made.problems);
        if (is_sorted_lines_file(file_name(file.path))) {
            read_sorted_lines(file, sorted_lines, noted);
            continue;
        }
        if (file_name(file.path) == moderation_file) {
            moderation = read_moderation(file, noted);
            continue;
        }
        const auto before = meetings.agendas.size();
        read_agenda(file, from.of.currency, meetings, noted);
        if (meetings.agendas.size() == before) continue;
        auto& agenda = meetings.agendas.back();
        digest sum;
        sum.add(file.text);
        agenda.made.version = sum.hex().substr(0, agenda_version_digits);
        check_recordings(file.path, agenda.audios, from.media, from.of, made.problems);
    }

    const auto kept = answer_names(dialogs, made.problems);
    const auto known = std::make_shared<const fact_table>(kept.types, kept.personal);
    message_builder messages(from, *known, made.problems);
    const auto words = messages.build(broken_dialogs.empty());
    std::vector<phrase_source> phrases;
    bool phrases_broken = false;
    for (const auto& file : from.phrases) {
        if (!read_phrases(file, phrases, made.problems)) phrases_broken = true;
    }

    check_phrases_files(from, messages.languages(), made.problems);

    std::shared_ptr<const program> done;
    if (words.words) {
        const compiler_input input{
            .dialogs = dialogs,
            .phrases = phrases,
            .known = known,
            .words = words.words,
            .texts = messages.texts(),
            .house = &from.of,
            .cases = cases,
            .products = &products,
            .relief = &relief,
            .nudges = &nudges,
            .meetings = &meetings,
            .moderation = &moderation,
            .no_words = words.none,
            .phrases_broken = phrases_broken,
            .broken_keys = words.broken_keys,
            .broken_dialogs = std::move(broken_dialogs)};
        auto result = compile(input, made.problems);
        tell_gaps(messages.gaps(), result.uses, made.problems);
        if (result.linked && input.broken_dialogs.empty()) {
            messages.tell_unused(result.uses, !from.meetings.empty());
        }
        check_sms(*words.words, messages.texts(), from.of, made.problems);
        // What a dialog that could not be read leads to, says and keeps is not known.
        const bool whole = input.broken_dialogs.empty();
        // Of a policy that could not be read it is not known which dialogs it begins.
        check_flow(*result.made, result.linked && whole && !nudges_broken, made.problems);
        if (result.linked && result.worded) {
            check_window(*result.made, made.problems);
            check_template_buttons(*result.made, messages.texts(), result.uses, made.problems);
        }
        if (whole) check_language_choice(*result.made, messages.languages(), made.problems);
        if (whole) check_answers(result, made.problems);
        if (moves) {
            if (result.linked && whole) check_migration(*moves, *result.made, made.problems);
            result.made->moves = std::move(moves->made);
        }
        digest policies;
        for (const auto& file : from.nudges) {
            policies.add(file_name(file.path));
            policies.add(file.text);
        }
        result.made->nudges.version = policies.hex();
        result.made->meeting_words = std::move(moderation.words);
        if (!sorted_lines.empty()) {
            result.made->private_lines = std::make_shared<const private_line_model>(
                sorted_lines, result.made->meeting_words,
                reading_rules{.currency = from.of.currency, .country = from.of.country}
            );
        }
        result.made->products = std::move(products.products);
        result.made->commissions = std::move(commissions);
        result.made->places = place_names(std::move(places));
        done = std::move(result.made);
    } else {
        tell_gaps(messages.gaps(), {}, made.problems);
    }

    std::stable_sort(
        made.problems.begin(),
        made.problems.end(),
        [](const diagnostic& left, const diagnostic& right) {
            return std::tie(left.file, left.line, left.column) <
                   std::tie(right.file, right.line, right.column);
        }
    );
    // One mistake in what several states share (a form's if_silent) is told once.
    const auto again = std::unique(
        made.problems.begin(),
        made.problems.end(),
        [](const diagnostic& left, const diagnostic& right) {
            return left.line > 0 && left.file == right.file && left.line == right.line &&
                   left.column == right.column && left.what == right.what;
        }
    );
    made.problems.erase(again, made.problems.end());
    const bool sound =
        std::none_of(made.problems.begin(), made.problems.end(), [](const diagnostic& one) {
            return one.level == severity::error;
        });
    if (sound && done) {
        made.scripts = std::make_shared<const script_set>(std::move(done), version_of(from));
    }
    return made;
}

}  // namespace

script_set::script_set(std::shared_ptr<const program> compiled, std::string version)
    : program_(std::move(compiled)), version_(std::move(version)), short_version_{} {
    std::from_chars(
        version_.data(),
        version_.data() + std::min<std::size_t>(16, version_.size()),
        short_version_,
        16
    );
}

// The same content has the same version on every machine: neither the folder the files lie in nor
// the order they were listed in counts.
std::string version_of(const script_sources& from) {
    digest sum;
    for (const auto* kind :
         {&from.dialogs, &from.messages, &from.phrases, &from.nudges, &from.meetings}) {
        // Sets kept before there were any keep their version.
        if (kind == &from.meetings && kind->empty()) continue;
        std::vector<const source_file*> files;
        for (const auto& file : *kind) files.push_back(&file);
        std::sort(files.begin(), files.end(), [](const auto* left, const auto* right) {
            return file_name(left->path) < file_name(right->path);
        });
        sum.add(std::to_string(files.size()));
        for (const auto* file : files) {
            sum.add(file_name(file->path));
            sum.add(file->text);
        }
    }
    sum.add(from.of.name);
    sum.add(from.of.time_zone);
    sum.add(from.of.currency.view());
    for (const auto& language : from.of.languages) sum.add(language);
    sum.add(from.of.country);
    sum.add(from.of.phone);
    sum.add(from.of.assistant.name);
    sum.add(from.of.assistant.picture);
    std::map<std::string_view, std::string_view> shown;
    for (const auto& file : from.media) shown.emplace(file.name, file.hash);
    for (const auto& [name, hash] : shown) {
        sum.add(name);
        sum.add(hash);
    }
    return sum.hex();
}

load_result load_scripts(const script_sources& from) {
    return load(from);
}

}  // namespace tertulia::dialogs
