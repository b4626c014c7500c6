#include "dialogs/meetings/agenda_book.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {
namespace {

bool lists(const std::vector<std::string>& all, std::string_view one) noexcept {
    return !one.empty() && std::ranges::find(all, one) != all.end();
}

}  // namespace

std::string_view text_in(const texts_by_language& of, std::string_view language) noexcept {
    for (const auto wanted : {language, language.substr(0, language.find('-')), std::string_view{}}) {
        if (const auto found = of.find(wanted); found != of.end()) return found->second;
    }
    return of.empty() ? std::string_view{} : std::string_view{of.begin()->second};
}

std::vector<step> steps_in(const agenda_template& of, std::string_view language) {
    std::vector<step> all;
    for (const auto& one : of.steps) {
        auto made = one.made;
        made.topic = text_in(one.topic, language);
        made.question = text_in(one.question, language);
        made.why = text_in(one.why, language);
        for (const auto& each : one.answers) {
            made.answers.push_back({std::string{text_in(each.text, language)}, each.right});
        }
        all.push_back(std::move(made));
    }
    return all;
}

void plan_by(const agenda_template& of, plan& into) {
    into.end = into.start + of.lasts;
    into.how = of.how;
    into.lasts = of.lasts_as;
    into.rules = of.rules;
    into.agenda = steps_in(of, into.language);
    into.quiet = of.quiet;
    into.record_days = of.record_days;
    into.agenda_name = of.name;
    into.agenda_version = of.version;
    into.feedback = of.feedback;
}

const agenda_template* agenda_book::find(
    std::string_view branch, std::string_view group
) const noexcept {
    const agenda_template* for_branch = nullptr;
    const agenda_template* for_all = nullptr;
    for (const auto& one : all) {
        if (lists(one.groups, group)) return &one;
        if (lists(one.branches, branch)) for_branch = &one;
        if (one.for_all) for_all = &one;
    }
    return for_branch != nullptr ? for_branch : for_all;
}

const agenda_template* agenda_book::named(std::string_view name) const noexcept {
    const auto found = std::ranges::find(all, name, &agenda_template::name);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace tertulia::dialogs::meetings
