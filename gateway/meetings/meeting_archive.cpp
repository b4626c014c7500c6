#include "gateway/meetings/meeting_archive.hpp"

#include "dialogs/script/program.hpp"
#include "gateway/core_banking/meeting_writes.hpp"
#include "gateway/documents/minutes_pdf.hpp"
#include "gateway/documents/minutes_text.hpp"
#include "gateway/portfolio/meeting_book.hpp"

#include <SQLiteCpp/Database.h>

namespace tertulia::gateway {

std::vector<core_proposal> meeting_archive::keep(
    SQLite::Database& portfolio,
    const dialogs::meetings::meeting& of,
    std::span<const dialogs::meetings::line> log,
    const group_core_ids& where
) const {
    const auto made = dialogs::meetings::make_minutes(of);
    const auto held_on = calendar_.date_of(made.planned_start);
    const auto people = engagement_of(of, log);
    (void)meeting_book{portfolio}.keep(made, people, held_on);
    const auto scripts = scripts_();
    const auto note = minutes_note(
        {.what = made,
         .house = house_,
         .calendar = calendar_,
         .language = of.planned.language,
         .audience = minutes_for::office},
        *scripts->compiled().words
    );
    return meeting_writes(made, where, held_on, note);
}

std::vector<std::string> meeting_archive::summary(
    const dialogs::meetings::minutes& of, const language_tag& language
) const {
    const auto scripts = scripts_();
    return minutes_summary(
        {.what = of,
         .house = house_,
         .calendar = calendar_,
         .language = language,
         .audience = minutes_for::group},
        *scripts->compiled().words
    );
}

std::string meeting_archive::text(
    const dialogs::meetings::minutes& of, const language_tag& language
) const {
    std::string all;
    for (const auto& line : summary(of, language)) all += line + "\n";
    return all;
}

std::string meeting_archive::pdf(
    const dialogs::meetings::minutes& of, const language_tag& language
) const {
    const auto scripts = scripts_();
    return minutes_pdf(
        {.what = of,
         .house = house_,
         .calendar = calendar_,
         .language = language,
         .audience = minutes_for::office},
        *scripts->compiled().words
    );
}

}  // namespace tertulia::gateway
