#include "gateway/translations/workspace.hpp"

#include "dialogs/script/words_reader.hpp"
#include "dialogs/translations/carry_templates.hpp"
#include "dialogs/translations/incoming.hpp"
#include "dialogs/translations/rewrite.hpp"
#include "dialogs/wording/message_pattern.hpp"
#include "dialogs/wording/regions.hpp"
#include "gateway/translations/xliff_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;
using dialogs::rule;

std::string base_of(const std::string& tag) {
    return tag.substr(0, tag.find('-'));
}

const dialogs::source_file* file_of(
    const std::vector<dialogs::source_file>& files, const std::string& language
) {
    for (const auto& tag : {language, base_of(language)}) {
        const auto found = std::ranges::find(files, tag, [](const dialogs::source_file& one) {
            return dialogs::stem_of(one.path);
        });
        if (found != files.end()) return &*found;
    }
    return nullptr;
}

std::vector<dialogs::message_source> texts_in(const dialogs::source_file& file) {
    std::vector<dialogs::message_source> made;
    std::vector<dialogs::diagnostic> ignored;  // told where all is loaded
    if (!file.text.empty()) dialogs::read_messages(file, made, ignored);
    return made;
}

bool has_error(const std::vector<dialogs::diagnostic>& problems) {
    return std::ranges::find(problems, dialogs::severity::error, &dialogs::diagnostic::level) !=
           problems.end();
}

void refuse(
    std::vector<dialogs::diagnostic>& problems, rule breaks, std::string what, std::string mend
) {
    problems.push_back(
        {.breaks = breaks, .file = "--to", .what = std::move(what), .mend = std::move(mend)}
    );
}

bool may_be_translated(
    const config& settings, const std::string& to, std::vector<dialogs::diagnostic>& problems
) {
    const auto& spoken = settings.institution.languages;
    if (!dialogs::is_language(to)) {
        refuse(
            problems,
            rule::unknown_language,
            "there is no language '" + to + "'",
            "write its code, for example fr"
        );
        return false;
    }
    if (spoken.empty() || to == spoken.front() || to == base_of(spoken.front())) {
        refuse(
            problems,
            rule::wrong_value,
            "'" + to + "' is what is translated from: the language the institution speaks first",
            "write the language to translate to"
        );
        return false;
    }
    return true;
}

std::string list_of(const std::vector<std::string>& words) {
    std::string made;
    for (const auto& word : words) made += (made.empty() ? "" : ", ") + word;
    return made;
}

// Where it is said, what it may hold and what it must.
std::vector<std::string> notes_for(
    const dialogs::translation_unit& unit,
    const dialogs::message_role* role,
    std::span<const fact_field> known
) {
    std::vector<std::string> made;
    if (role != nullptr) made.push_back("Said in " + list_of(role->said_in));
    if (role != nullptr && !role->place.empty()) {
        made.push_back("At most " + std::to_string(role->units_max) + " letters: " + role->place);
    }
    std::vector<dialogs::pattern_problem> ignored;
    const auto words = dialogs::message_pattern::compile(unit.source, known, ignored);
    std::vector<std::string> names;
    for (const auto path : words.paths()) {
        names.push_back("{" + std::string{known[path].path} + "}");
    }
    if (!names.empty()) made.push_back("Filled in, keep: " + list_of(names));
    if (unit.stale) made.emplace_back("The source text has changed since it was translated.");
    return made;
}

}  // namespace

fs::path records_file(const config& of, const std::string& language) {
    return of.messages / "translated" / (language + ".yaml");
}

std::optional<translation_workspace> translation_workspace::open(
    const config& settings, const std::string& to, std::vector<dialogs::diagnostic>& problems
) {
    if (!may_be_translated(settings, to, problems)) return std::nullopt;
    translation_workspace made;
    made.to_ = to;
    made.from_ = settings.institution.languages.front();
    made.sources_ = read_scripts(settings, problems);
    const auto* source = file_of(made.sources_.messages, made.from_);
    if (source == nullptr) {
        refuse(
            problems,
            rule::missing_language,
            "there are no messages in '" + made.from_ + "' to translate from",
            "write " + (settings.messages / (made.from_ + ".yaml")).string()
        );
        return std::nullopt;
    }
    made.source_ = *source;
    made.target_.path = (settings.messages / (to + ".yaml")).string();
    const auto& files = made.sources_.messages;
    const auto there = std::ranges::find(files, made.target_.path, &dialogs::source_file::path);
    if (there != files.end()) made.target_.text = there->text;
    made.records_file_ = records_file(settings, to);
    if (std::ifstream in{made.records_file_, std::ios::binary}; in) {
        const std::string text{std::istreambuf_iterator<char>{in}, {}};
        made.made_from_ = dialogs::read_records({made.records_file_.string(), text}, problems);
    }
    if (has_error(problems) || !made.load(problems)) return std::nullopt;
    return made;
}

bool translation_workspace::load(std::vector<dialogs::diagnostic>& problems) {
    auto& spoken = sources_.of.languages;
    if (std::ranges::find(spoken, to_) == spoken.end()) spoken.push_back(to_);
    units_ = dialogs::units_of(texts_in(source_), texts_in(target_), made_from_);
    std::vector<dialogs::diagnostic> filled_problems;
    if (const auto filled = with(target_.text, filled_problems)) {
        scripts_ = dialogs::load_scripts(*filled).scripts;
    }
    if (scripts_) return true;
    // Told with the lines as they are; what is only not translated yet is no mistake here.
    for (auto& one : dialogs::load_scripts(sources_).problems) {
        const bool gap = one.breaks == rule::missing_text || one.breaks == rule::missing_language;
        if (gap && one.file == target_.path) continue;
        if (one.level == dialogs::severity::error) problems.push_back(std::move(one));
    }
    if (!has_error(problems)) std::ranges::move(filled_problems, std::back_inserter(problems));
    if (!has_error(problems)) {
        refuse(problems, rule::wrong_shape, "these files have mistakes", "`tertulia check` lists them");
    }
    return false;
}

std::optional<dialogs::script_sources> translation_workspace::with(
    const std::string& text, std::vector<dialogs::diagnostic>& problems
) const {
    const dialogs::source_file now{.path = target_.path, .text = text};
    std::map<std::string, std::string> gaps;
    for (const auto& unit : dialogs::units_of(texts_in(source_), texts_in(now), {})) {
        if (unit.target.empty()) gaps.emplace(unit.context, unit.source);
    }
    auto filled = dialogs::rewrite_messages(now, gaps, units_, problems);
    if (!filled) return std::nullopt;
    auto made = sources_;
    std::erase_if(made.messages, [&](const auto& one) { return one.path == target_.path; });
    const dialogs::source_file whole{.path = target_.path, .text = std::move(*filled)};
    made.messages.push_back({whole.path, dialogs::carry_templates(source_, whole)});
    return made;
}

std::string translation_workspace::exported() const {
    const auto& script = scripts_->compiled();
    const auto roles = dialogs::roles_of(script);
    std::vector<xliff_text> texts;
    for (const auto& unit : units_) {
        const auto role = roles.find(unit.key);
        texts.push_back(
            {.context = unit.context,
             .source = unit.source,
             .text = unit.target,
             .stale = unit.stale && !unit.target.empty(),
             .notes = notes_for(
                 unit, role == roles.end() ? nullptr : &role->second, script.known->fields()
             )}
        );
    }
    return to_xliff(texts, to_, from_);
}

std::optional<translation_changes> translation_workspace::imported(
    const dialogs::source_file& xliff, std::vector<dialogs::diagnostic>& problems
) const {
    const auto read = read_xliff(xliff, problems);
    if (!read) return std::nullopt;
    dialogs::findings noted{xliff.path, problems};
    if (read->language != to_) {
        noted.error(
            rule::wrong_value,
            {.line = read->line},
            "this file is of '" + read->language + "', not of '" + to_ + "'",
            "--to " + read->language + ", or mend trgLang"
        );
    }
    if (read->source_language != from_) {
        noted.error(
            rule::wrong_value,
            {.line = read->line},
            "this file was translated from '" + read->source_language + "', not from '" + from_ + "'",
            "export it again"
        );
    }
    auto taken =
        dialogs::accept(read->texts, xliff.path, units_, scripts_->compiled(), problems);
    if (has_error(problems)) return std::nullopt;
    auto base = target_;
    if (base.text.empty()) {
        base.text = "# " + dialogs::language_name(to_) + ", translated from " +
                    dialogs::language_name(from_) + " (`tertulia translations`).\n\n";
    }
    auto text = dialogs::rewrite_messages(
        taken.changed.empty() ? target_ : base, taken.changed, units_, problems
    );
    if (text && !taken.changed.empty()) {
        *text = dialogs::carry_templates(source_, {.path = target_.path, .text = *text});
    }
    if (!text || !still_sound(*text, xliff, read->texts, problems)) return std::nullopt;
    auto records = made_from_;
    for (auto& [context, hash] : taken.made_from) records[context] = hash;
    return translation_changes{
        .messages = std::move(*text),
        .records = dialogs::to_yaml(records),
        .changed = taken.changed.size(),
        .as_before = taken.made_from.size() - taken.changed.size(),
        .initial = taken.initial,
        .empty = taken.empty};
}

// All that `check` asks of a text is asked again of the whole, and told at the translator's line.
bool translation_workspace::still_sound(
    const std::string& text,
    const dialogs::source_file& xliff,
    const std::vector<dialogs::incoming_text>& texts,
    std::vector<dialogs::diagnostic>& problems
) const {
    const auto filled = with(text, problems);
    if (!filled) return false;
    auto result = dialogs::load_scripts(*filled);
    if (result.scripts) return true;
    const auto& rewritten = filled->messages.back();
    const auto written = texts_in(rewritten);
    for (auto& one : result.problems) {
        if (one.level != dialogs::severity::error) continue;
        if (one.file == rewritten.path) {
            const dialogs::message_source* nearest = nullptr;
            for (const auto& each : written) {
                if (each.line <= one.line) nearest = &each;
            }
            const auto from = std::ranges::find_if(texts, [&](const auto& each) {
                return nearest != nullptr &&
                       each.context == dialogs::context_of(nearest->key, nearest->variant);
            });
            one.file = xliff.path;
            one.line = from == texts.end() ? 0 : from->line;
            one.column = 0;
        }
        problems.push_back(std::move(one));
    }
    return false;
}

std::optional<translation_changes> translation_workspace::confirmed(
    const std::vector<std::string>& keys, std::vector<dialogs::diagnostic>& problems
) const {
    auto records = made_from_;
    translation_changes made{.messages = target_.text};
    std::set<std::string> seen;  // a text may be named twice
    const auto confirm = [&](const dialogs::translation_unit& unit) {
        records[unit.context] = dialogs::hash_of_text(unit.source);
        if (seen.insert(unit.context).second) ++made.changed;
    };
    for (const auto& key : keys) {
        std::size_t found = 0;
        for (const auto& unit : units_) {
            if ((unit.key != key && unit.context != key) || unit.target.empty()) continue;
            confirm(unit);
            ++found;
        }
        if (found > 0) continue;
        std::vector<std::string> known;
        for (const auto& unit : units_) {
            if (!unit.target.empty()) known.push_back(unit.context);
        }
        problems.push_back(
            {.breaks = rule::unknown_message,
             .file = target_.path,
             .what = "there is no translation of '" + key + "' to confirm",
             .mend = dialogs::mend_for(key, known)}
        );
    }
    if (has_error(problems)) return std::nullopt;
    if (keys.empty()) {
        for (const auto& unit : units_) {
            if (!unit.target.empty()) confirm(unit);
        }
    }
    made.records = dialogs::to_yaml(records);
    return made;
}

}  // namespace tertulia::gateway
