#include "dialogs/translations/incoming.hpp"

#include "dialogs/wording/message_pattern.hpp"

#include <algorithm>
#include <set>

namespace tertulia::dialogs {
namespace {

class acceptance {
public:
    acceptance(
        const std::string& file,
        std::span<const translation_unit> units,
        const program& of,
        std::vector<diagnostic>& problems
    )
        : noted_(file, problems), of_(of), roles_(roles_of(of)) {
        for (const auto& unit : units) {
            by_context_.emplace(unit.context, &unit);
            contexts_.push_back(unit.context);
        }
    }

    accepted_texts run(std::span<const incoming_text> texts) {
        for (const auto& one : texts) take(one);
        return std::move(made_);
    }

private:
    void take(const incoming_text& one) {
        const auto found = by_context_.find(one.context);
        if (found == by_context_.end()) {
            noted_.error(
                rule::unknown_message,
                {.line = one.line},
                one.context.empty() ? "a unit without a name, which says whose text it is"
                                    : "no text is called '" + one.context + "'",
                one.context.empty() ? "translate in the file that was exported"
                                    : unknown_mend(one.context)
            );
            return;
        }
        if (!taken_.insert(one.context).second) {
            noted_.error(
                rule::repeated_key,
                {.line = one.line},
                "'" + one.context + "' is translated twice",
                "keep one of them"
            );
            return;
        }
        if (one.initial || one.text.empty()) {
            ++(one.text.empty() ? made_.empty : made_.initial);
            return;
        }
        const auto& unit = *found->second;
        if (one.text != unit.target) {
            check(one, unit);
            made_.changed.emplace(one.context, one.text);
        }
        made_.made_from.emplace(one.context, hash_of_text(one.source));
    }

    [[nodiscard]] std::string unknown_mend(const std::string& context) const {
        const auto near = mend_for(context, contexts_);
        return near.empty() ? "it was taken out since the export: take the unit out too" : near;
    }

    void check(const incoming_text& one, const translation_unit& unit) {
        const bool strange = std::ranges::any_of(one.text, [](char letter) {
            return static_cast<unsigned char>(letter) < 0x20 && letter != '\n';
        });
        if (strange) wrong(rule::bad_message, one, "has a control character", "only line breaks");
        if (one.text.find_first_not_of(" \n") == std::string::npos) {
            wrong(rule::empty_text, one, "has nothing in it to read", {});
            return;
        }
        std::vector<pattern_problem> problems;
        const auto words = message_pattern::compile(one.text, of_.known->fields(), problems);
        for (const auto& each : problems) {
            wrong(rule::bad_message, one, each.what, mend_for(each.word, each.candidates));
        }
        if (!problems.empty()) return;
        check_arguments(one, unit, words);
        check_place(one, unit, words);
    }

    void check_arguments(
        const incoming_text& one, const translation_unit& unit, const message_pattern& words
    ) {
        std::vector<pattern_problem> ignored;  // the source is sound
        const auto source = message_pattern::compile(unit.source, of_.known->fields(), ignored);
        const auto tell_missing = [&](const message_pattern& has,
                                      const message_pattern& lacks,
                                      const std::string& what,
                                      const std::string& mend) {
            for (const auto path : has.paths()) {
                if (std::ranges::find(lacks.paths(), path) != lacks.paths().end()) continue;
                const std::string name{of_.known->fields()[path].path};
                wrong(rule::bad_message, one, what + " {" + name + "}", mend);
            }
        };
        tell_missing(source, words, "lacks", "the source text has it: keep it as it is");
        tell_missing(words, source, "has", "the source text does not: take it out");
    }

    void check_place(
        const incoming_text& one, const translation_unit& unit, const message_pattern& words
    ) {
        const auto role = roles_.find(unit.key);
        const message_role at = role == roles_.end() ? message_role{} : role->second;
        const std::string place = at.place.empty() ? "a message" : at.place;
        if (words.literal_units() > at.units_max) {
            wrong(
                rule::text_too_long,
                one,
                "has " + std::to_string(words.literal_units()) + " characters, but " + place +
                    " can show only " + std::to_string(at.units_max),
                {}
            );
        }
        if (at.one_line && one.text.find('\n') != std::string::npos) {
            wrong(rule::line_break, one, "has more than one line, but " + place + " has only one", {});
        }
    }

    void wrong(rule breaks, const incoming_text& one, const std::string& what, std::string mend) {
        noted_.error(
            breaks, {.line = one.line}, "'" + one.context + "': " + what, std::move(mend)
        );
    }

    findings noted_;
    const program& of_;
    std::map<std::string, message_role> roles_;
    std::map<std::string_view, const translation_unit*> by_context_{};
    std::vector<std::string> contexts_{};
    std::set<std::string> taken_{};
    accepted_texts made_{};
};

}  // namespace

accepted_texts accept(
    std::span<const incoming_text> texts,
    const std::string& file,
    std::span<const translation_unit> units,
    const program& of,
    std::vector<diagnostic>& problems
) {
    return acceptance{file, units, of, problems}.run(texts);
}

}  // namespace tertulia::dialogs
