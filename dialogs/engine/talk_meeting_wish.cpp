// A credit agent asks for the next meeting of one of her groups, and is told what has come of it.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/room_words.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/understanding/answers.hpp"

#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view prepare = "prepare";  // of a button, and of the word that does the same

}  // namespace

bool talk::wishes_for_meeting(std::string_view text) {
    const auto said = read_meeting_wish(
        text, room_word_called(prepare), script.rules_of_reading(next.language, next.now)
    );
    if (!said) return false;
    if (said->is_half) {
        if (const auto how = script.words->find("meeting.wish.say_when")) say(*how);
        return true;
    }
    std::optional<instant> start;
    if (said->when) {
        const auto minutes = static_cast<int>(said->when->clock.count());
        start = script.calendar->at(said->when->day, minutes / 60, minutes % 60);
    }
    want_meeting(said->group, start);
    return true;
}

bool talk::tapped_group_to_meet(std::string_view pick, std::string_view group) {
    if (pick != prepare) return false;
    want_meeting(std::string{group}, std::nullopt);
    return true;
}

void talk::want_meeting(std::string group, std::optional<instant> start) {
    effects.emplace_back(keep_record{
        std::string{meeting_wanted},
        to_text(wished_meeting{
            .asked_by = known_.staff->id, .group = std::move(group), .start = start})});
    if (const auto taken = script.words->find("meeting.wish.taken")) say(*taken);
}

void talk::answered_wish(const meeting_answer& answer) {
    effects.emplace_back(
        keep_record{std::string{meeting_answered}, std::to_string(answer.wish)}
    );
    const auto message = script.words->find(answer.what.key);
    if (!works_here() || !message) return;
    start_where_she_wants();
    write_to_number(known_.staff->phone);
    read_meeting({}, answer.what.arguments);
    say_text content{.text = words(*message)};
    for (const auto& one : answer.what.choices) {
        content.choices.push_back(
            {.id = to_text(choice_id{
                 .set = set_of(set_),
                 .dialog = desk_buttons,
                 .state = one.id,
                 .pick = prepare}),
             .title = one.title,
             .description = {}}
        );
    }
    send_text(*message, std::move(content));
}

}  // namespace tertulia::dialogs
