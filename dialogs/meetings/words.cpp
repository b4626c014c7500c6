#include "dialogs/meetings/words.hpp"

#include "dialogs/meetings/advance.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs::meetings {
namespace {

constexpr std::array<std::string_view, 56> typed{
    "meeting.word.present", "meeting.word.leave", "meeting.word.hand", "meeting.word.approve",
    "meeting.word.object", "meeting.word.open", "meeting.word.next", "meeting.word.pause",
    "meeting.word.resume", "meeting.word.mute", "meeting.word.unmute", "meeting.word.warn",
    "meeting.word.floor", "meeting.word.close", "meeting.word.adjourn", "meeting.word.take_over",
    "meeting.word.sign", "meeting.word.who", "meeting.word.votes", "meeting.word.minutes",
    "meeting.word.ask_loan", "meeting.word.ask_pot", "meeting.word.repay_pot",
    "meeting.word.propose", "meeting.word.flag", "meeting.word.here", "meeting.word.remove",
    "meeting.word.release", "meeting.word.reject", "meeting.word.vote", "meeting.word.end_vote",
    "meeting.word.cash", "meeting.word.saved", "meeting.word.pot", "meeting.word.fine",
    "meeting.word.agreed", "meeting.word.banker", "meeting.word.answer", "meeting.word.waive",
    "meeting.word.fine_stands", "meeting.word.step_back", "meeting.word.correct",
    "meeting.word.next_on", "meeting.word.late", "meeting.word.absent", "meeting.word.excused",
    "meeting.word.grant_appeal", "meeting.word.deny_appeal", "meeting.word.schedule",
    "meeting.word.announce", "meeting.word.move", "meeting.word.cancel", "meeting.word.coming",
    "meeting.word.not_coming", "meeting.word.prepare", "meeting.word.say"};

constexpr std::array looks{
    message_shape{.key = "meeting.tell_reason", .arguments = "", .choices = ""},
    message_shape{.key = "meeting.trouble_told", .arguments = "", .choices = ""},
    message_shape{.key = "meeting.write_so", .arguments = "text:text", .choices = ""},
    message_shape{.key = "meeting.which_person", .arguments = "people:texts", .choices = ""},
    // to a credit agent who asks for a meeting
    message_shape{.key = "meeting.wish.taken", .arguments = "", .choices = ""},
    message_shape{.key = "meeting.wish.say_when", .arguments = "", .choices = ""},
    message_shape{.key = "meeting.wish.made", .arguments = "group:text start:time", .choices = ""},
    message_shape{.key = "meeting.wish.which", .arguments = "", .choices = ""},
    message_shape{.key = "meeting.wish.no_groups", .arguments = "", .choices = ""},
    message_shape{.key = "meeting.wish.no_group", .arguments = "", .choices = ""},
    message_shape{.key = "meeting.wish.not_hers", .arguments = "group:text", .choices = ""},
    message_shape{.key = "meeting.wish.ahead", .arguments = "group:text start:time", .choices = ""},
    message_shape{.key = "meeting.wish.nobody", .arguments = "group:text", .choices = ""},
    message_shape{.key = "meeting.wish.no_day", .arguments = "group:text", .choices = ""},
    message_shape{.key = "meeting.wish.past", .arguments = "group:text", .choices = ""},
    message_shape{.key = "meeting.wish.unfit", .arguments = "group:text", .choices = ""},
    message_shape{.key = "meeting.look.no_vote", .arguments = "", .choices = ""},
    message_shape{
        .key = "meeting.look.here", .arguments = "names:texts count:number quorum:number", .choices = ""},
    message_shape{
        .key = "meeting.look.came", .arguments = "names:texts count:number quorum:number", .choices = ""},
    message_shape{.key = "meeting.look.last_minutes", .arguments = "lines:texts", .choices = ""},
    message_shape{.key = "meeting.look.no_minutes", .arguments = "", .choices = ""},
    message_shape{
        .key = "meeting.look.votes", .arguments = "cast:number possible:number", .choices = ""},
    message_shape{
        .key = "meeting.look.minutes",
        .arguments = "present:number late:number absent:number excused:number votes:number "
                     "agreements:texts",
        .choices = ""}};

constexpr std::array<std::string_view, 19> begun{
    "meeting.draft", "meeting.test", "meeting.invite", "meeting.remind", "meeting.cancelled",
    "meeting.new_date", "meeting.lobby", "meeting.lobby_for_moderator", "meeting.guest_asked", "meeting.backup_wanted",
    "meeting.no_quorum", "meeting.no_quorum_undated", "meeting.adjourned",
    "meeting.adjourned_undated", "meeting.roll_call", "meeting.close", "meeting.close_undated",
    "meeting.close_absent", "meeting.close_absent_undated"};

// Of meeting.step: what can be written in it.
constexpr std::array<std::string_view, 7> steps_hinted{
    "minutes_reading", "collection", "internal_loans", "admissions", "loan_requests", "training", "fines"};

constexpr std::array<std::string_view, 4> pause_reasons{
    "by_hand", "no_moderator", "moderator_silent", "emergency"};

// A name for each value from `first` on, as far as they have one.
template <class Which>
void add_names(std::vector<std::string>& all, const char* family, unsigned first = 0) {
    for (unsigned i = first;; ++i) {
        const auto name = name_of(static_cast<Which>(i));
        if (name.empty()) return;
        all.push_back("meeting." + std::string{family} + "." + std::string{name});
    }
}

}  // namespace

std::span<const std::string_view> words_typed() noexcept { return typed; }

std::span<const message_shape> looks_said() noexcept { return looks; }

std::span<const std::string_view> words_begun() noexcept { return begun; }

std::vector<std::string> names_said() {
    std::vector<std::string> all;
    add_names<state>(all, "state");
    add_names<incident_kind>(all, "incident", 1);
    add_names<vote_outcome>(all, "outcome");
    add_names<fine_kind>(all, "fine_kind");
    for (const auto reason : {"too_many", "not_there"}) {
        all.push_back("meeting.no_chat." + std::string{reason});
    }
    for (const auto step : steps_hinted) all.push_back("meeting.hint." + std::string{step});
    for (const auto reason : pause_reasons) {
        all.push_back("meeting.pause_reason." + std::string{reason});
    }
    return all;
}

std::vector<std::string> refusals_said() {
    std::vector<std::string> all;
    for (unsigned i = 0; !name_of(static_cast<refusal>(i)).empty(); ++i) {
        if (auto key = key_of(static_cast<refusal>(i)); !key.empty()) all.push_back(std::move(key));
    }
    return all;
}

std::string title_of(std::string_view choice) { return "meeting.choice." + std::string{choice}; }

std::vector<std::string_view> parts_of(std::string_view listed) {
    std::vector<std::string_view> parts;
    while (!listed.empty()) {
        const auto end = std::min(listed.find(' '), listed.size());
        if (end > 0) parts.push_back(listed.substr(0, end));
        listed.remove_prefix(std::min(end + 1, listed.size()));
    }
    return parts;
}

std::vector<argument_shape> arguments_of(std::string_view listed) {
    std::vector<argument_shape> all;
    for (const auto part : parts_of(listed)) {
        const auto colon = std::min(part.find(':'), part.size());
        all.push_back({part.substr(0, colon), part.substr(std::min(colon + 1, part.size()))});
    }
    return all;
}

}  // namespace tertulia::dialogs::meetings
