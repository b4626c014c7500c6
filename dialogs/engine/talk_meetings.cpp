// A meeting in the conversation of one of its people: what of hers is for the room. What she writes while
// she is in it goes there, unless it starts a dialog by a word of its own or answers a question that is
// put to her alone: money and secrets stay here. What the room says is talk_room_says.cpp.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/room_guard.hpp"
#include "dialogs/engine/room_notes.hpp"
#include "dialogs/engine/room_words.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/engine/typed_answer.hpp"
#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::dialogs {
namespace {

using act_verb = meetings::verb;

// A question of the assistant she has not answered for so long does not keep her from the room.
constexpr milliseconds question_lasts_in_room = std::chrono::minutes{3};

// Cases of hers that are opened from here, and not by the room.
constexpr const char* her_trouble = "meeting_hardship";
constexpr const char* her_danger = "meeting_emergency";

// Of a meeting she has heard of within this time she need not be told that it goes on.
constexpr milliseconds room_is_near = std::chrono::hours{12};

// Talk among people, though alone with us it starts a dialog.
constexpr std::array<std::string_view, 2> talk_of_people{"greeting", "thanks"};

// Who leads is in no room. What the room said to her so lately she may be answering.
constexpr milliseconds room_said_lately = std::chrono::minutes{30};

// Intents that are remarks where she was asked for one.
constexpr std::array<std::string_view, 2> remarks{"suggestion", "complaint"};

// A tap says that she has a reason, not which: her next words do.
bool wants_words(const meetings::act& what) noexcept {
    return what.what == act_verb::justify || what.what == act_verb::object ||
           what.what == act_verb::appeal ||
           (what.what == act_verb::rate && what.about == meetings::rate_in_words);
}

std::string_view act_in_pick(std::string_view pick) {
    const auto sign = pick.find(act_after);
    return sign == std::string_view::npos ? pick : pick.substr(sign + act_after.size());
}

meetings::role role_of(const meetings::recipient& whom) noexcept {
    using kind = meetings::recipient::kind;
    return whom.is == kind::member  ? meetings::role::member
           : whom.is == kind::guest ? meetings::role::guest
                                    : meetings::role::agent;
}

bool is_offered(const room_seat& seat, act_verb what) {
    return std::ranges::any_of(seat.offered, [&](const auto& one) {
        const auto does = meetings::act_of_choice(one.first);
        return !one.second.empty() && does && does->what == what;
    });
}

bool is_figure_of_choice(std::string_view text) {
    const auto key = keyword_key(text);
    return !key.empty() && key.size() < 3 &&
           std::ranges::all_of(key, [](char one) { return one >= '0' && one <= '9'; });
}

std::string_view without_ends(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\n";
    const auto from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

}  // namespace

void talk::act_in_room(room_seat& seat, meetings::act what, std::string looks) {
    seat.acted = next.now;
    effects.emplace_back(tell{
        .to = {.room = seat.room},
        .what = room_word{
            .room = seat.room,
            .what = {
                .by = {.as = role_of(seat.as), .id = seat.as.id, .name = {}},
                .what = std::move(what),
                .at = next.now,
                .message_id = heard_now == nullptr ? std::string{} : heard_now->id},
            .looks = std::move(looks)}});
}

namespace {

// An act that wants words waits for them as an offer without a title. False: it wants none.
bool waits_for_words(room_seat& seat, const meetings::act& what) {
    if (!wants_words(what)) return false;
    std::erase_if(seat.offered, [](const auto& one) { return one.second.empty(); });
    seat.offered.emplace_back(meetings::choice_id(what), "");
    return true;
}

// With what she writes now, once.
std::optional<meetings::act> act_that_waited(room_seat& seat, std::string_view words) {
    const auto open = std::ranges::find_if(seat.offered, [](const auto& one) {
        return one.second.empty() && !is_note(one);
    });
    if (open == seat.offered.end()) return std::nullopt;
    auto does = meetings::act_of_choice(open->first);
    seat.offered.erase(open);
    if (does) does->text = std::string{words};
    return does;
}

}  // namespace

// The room she is in, else the one she leads: of two at once the one she last did something in, whatever
// the other says meanwhile. Else the one heard of last.
room_seat* talk::seat() {
    const auto inside = std::find_if(next.rooms.rbegin(), next.rooms.rend(), [](const auto& one) {
        return one.inside;
    });
    if (inside != next.rooms.rend()) return &*inside;
    if (next.rooms.empty()) return nullptr;
    const auto led = std::ranges::max_element(next.rooms, {}, &room_seat::acted);
    const bool leads = led->as.is == meetings::recipient::kind::officer;
    return leads && next.now - led->acted <= room_said_lately ? &*led : &next.rooms.back();
}

// Who leads two meetings at once, or is asked into one while she leads another, is told which speaks.
bool talk::leads_several() const {
    return std::ranges::count_if(next.rooms, [&](const room_seat& one) {
        return one.as.is == meetings::recipient::kind::officer && next.now - one.at <= room_said_lately;
    }) > 1;
}

std::string talk::room_word_called(std::string_view name) {
    const auto word = script.words->find("meeting.word." + std::string{name});
    return word ? words(*word) : std::string{};
}

// What she picked, by a tap or in words.
void talk::pick_in_room(room_seat& seat, meetings::act what) {
    if (waits_for_words(seat, what)) {
        if (const auto why = script.words->find("meeting.tell_reason")) say(*why);
        return;
    }
    hears_no_more_of_trouble(seat);
    if (what.what == act_verb::cannot_pay) note_trouble(seat, next.now, false);
    if (what.what == act_verb::report_payment) note_paid(seat, next.now);
    act_in_room(seat, std::move(what));
}

// She speaks with the assistant now: what a tap of hers in a room waited for is not what comes.
void talk::await_nothing_in_rooms() {
    for (auto& one : next.rooms) {
        std::erase_if(one.offered, [](const auto& each) {
            return each.second.empty() && !is_note(each);
        });
    }
}

// To her case, and to nobody in the room; where she is in danger, to who must look at once.
void talk::tell_of_trouble(room_seat& seat, const inbound_content& what, std::string_view text) {
    note_trouble(seat, next.now, true);
    const auto* sent = std::get_if<received_media>(&what);
    heard_words = text;
    if (sent != nullptr) {
        heard_words = told_as_sent(sent->kind) + (text.empty() ? "" : " " + std::string{text});
    }
    const bool danger = is_emergency(script, text, next.language, next.now);
    auto& of = join_or_open(danger ? her_danger : her_trouble, officers_queue());
    if (sent != nullptr) {
        of.media.push_back(link_to_sent(sent->kind, sent->id));
        note(of, "wrote", nullptr, heard_words);
        if (of.holder.party.value != 0) {
            auto news = news_of(of, case_report::wrote, of.holder.party);
            news.media = {of.media.back()};
            effects.emplace_back(tell{.to = {.party = of.holder.party}, .what = std::move(news)});
        }
    }
    const auto answer = script.words->find(danger ? "meeting.emergency" : "meeting.trouble_told");
    if (answer) say(*answer);
}

bool talk::emergency_in_room(const inbound_content& what, std::string_view text) {
    auto* here = seat();
    const bool words = std::holds_alternative<typed_text>(what);
    if (here == nullptr || !here->inside || !words || is_about_trouble(*here, next.now)) return false;
    if (!is_emergency(script, text, next.language, next.now)) return false;
    act_in_room(*here, {.what = act_verb::said, .text = std::string{text}});
    return true;
}

// Nothing has been said to her since the room did: not by herself, and by nobody else of ours.
bool talk::room_spoke_last(const room_seat& seat) const {
    return seat.at >= wrote_before && (next.touches.empty() || next.touches.back().at <= seat.at);
}

bool talk::command_in_room(const inbound_content& what, std::string_view text) {
    if (const auto* tap = std::get_if<tapped_choice>(&what)) {
        const auto id = read_choice_id(tap->id);
        if (!id || id->dialog != room_buttons) {
            await_nothing_in_rooms();
            return false;
        }
        const auto found = std::ranges::find(next.rooms, id->state, &room_seat::room);
        auto does = meetings::act_of_choice(act_in_pick(id->pick));
        if (found == next.rooms.end() || !does) {
            say(script.common.stale_tap);
            return true;
        }
        pick_in_room(*found, std::move(*does));
        return true;
    }
    auto* here = seat();
    const bool typed = std::holds_alternative<typed_text>(what);
    if (here == nullptr || (!typed && !std::holds_alternative<received_media>(what))) return false;
    // A button's title, typed, is of the room that offered it: who leads may be asked by another.
    if (typed && here->as.is == meetings::recipient::kind::officer && keyword_key(text).size() > 2) {
        const auto offers = std::find_if(next.rooms.rbegin(), next.rooms.rend(), [&](const room_seat& one) {
            return picked_in_room(one, text).has_value();
        });
        if (offers != next.rooms.rend()) here = &*offers;
    }
    const bool asked = asks_something_now();
    const bool spoke_last = room_spoke_last(*here);
    if (typed && (!asked || spoke_last)) {
        if (const auto picked = picked_in_room(*here, text)) {
            pick_in_room(*here, *picked);
            return true;
        }
        if (auto sure = spoke_last ? end_she_is_asked_about(*here, text) : std::nullopt) {
            pick_in_room(*here, std::move(*sure));
            return true;
        }
    }
    const bool hers_alone = typed && started(script.by_word, keyword_key(text));
    const auto word = [this](std::string_view name) { return room_word_called(name); };
    auto command = typed ? read_room_command(text, word, script.rules_of_reading(next.language, next.now))
                         : std::nullopt;
    // An act without words and figures of hers, such as "presente", tells nothing of a trouble.
    const bool acts = command && command->does.text.empty() && command->does.amount.minor == 0;
    if (is_about_trouble(*here, next.now) && !hers_alone && !acts) {
        tell_of_trouble(*here, what, text);
        return true;
    }
    if (!typed && awaits_proof(*here, next.now)) {
        const auto& sent = std::get<received_media>(what);
        meetings::act shows{.what = act_verb::report_payment, .text = std::string{text}};
        shows.media = {.kind = sent.kind, .id = link_to_sent(sent.kind, sent.id)};
        act_in_room(*here, std::move(shows));
        return true;
    }
    if (!typed) return false;
    if (auto answer = answer_in_words(*here, text, spoke_last)) {
        act_in_room(*here, std::move(*answer));
        return true;
    }
    // The other ways to say that she is here are talk of who is in the room already.
    if (command && command->does.what == act_verb::check_in &&
        (here->inside || here->as.is != meetings::recipient::kind::member) &&
        !begins_with_word(text, room_word_called("present"))) {
        command.reset();
    }
    // A question of the assistant waits: only what surely is for the meeting comes before it.
    const bool is_officer = here->as.is == meetings::recipient::kind::officer;
    const bool has_words = command && !command->does.text.empty();
    if (!hers_alone && (!command || has_words)) {
        if (auto waited = act_that_waited(*here, text)) {
            act_in_room(*here, std::move(*waited));
            return true;
        }
    }
    if (!command && !hers_alone && spoke_last && tells_what_to_change(*here, text)) {
        act_in_room(*here, {.what = act_verb::rate, .text = std::string{text}});
        return true;
    }
    if (command && asked && !here->inside && !is_officer &&
        command->does.what != act_verb::check_in) {
        return false;
    }
    if (has_words && asked && takes_any_answer()) return false;
    if (command) {
        if (const auto& said = command->when) {
            const auto minutes = static_cast<int>(said->clock.count());
            command->does.when = script.calendar->at(said->day, minutes / 60, minutes % 60);
        }
        act_in_room(*here, std::move(command->does), std::move(command->looks));
        return true;
    }
    if (hers_alone) {
        await_nothing_in_rooms();
        return false;
    }
    if (!here->inside && !is_officer) return false;
    // By SMS a figure is a choice; where none is offered any more it is no word for the group.
    if (around().channel == channel_kind::sms && !asked && is_figure_of_choice(text)) {
        say(script.common.stale_tap);
        return true;
    }
    // Whether it is hers to say the room knows: to others it is talk.
    const bool leads_now = is_officer && spoke_last && next.now - here->at <= room_said_lately;
    if (const auto named = read_named_command(text, word);
        named && !asked && !with_person(next) && (here->inside || leads_now)) {
        act_in_room(
            *here,
            {.what = act_verb::said, .text = std::string{text}},
            std::string{told_by_name} + std::string{named->name} + " " + named->rest
        );
        return true;
    }
    const auto half = read_half_command(text, word);
    if (!half || (asked && !is_officer && !half->has_figures)) return false;
    act_in_room(
        *here,
        {.what = act_verb::said, .name = half->so, .text = std::string{text}},
        std::string{how_to_write} + std::string{half->name}
    );
    return true;
}

// To an invitation, or to the question whether she is here, in her own words.
std::optional<meetings::act> talk::answer_in_words(
    const room_seat& at, std::string_view text, bool spoke_last
) {
    if (at.inside || at.as.is != meetings::recipient::kind::member) return std::nullopt;
    const bool called = is_offered(at, act_verb::check_in);
    const auto yes = match_yes_no(text) == yes_no::yes && !with_person(next);
    if ((called && ((yes && spoke_last) || says_she_is_here(text, room_word_called("present")))) ||
        (next.now - at.at < room_is_near && begins_with_word(text, room_word_called("present")))) {
        return meetings::act{.what = act_verb::check_in};
    }
    const bool invited = is_offered(at, act_verb::confirm) && is_offered(at, act_verb::excuse);
    if (!invited || !spoke_last || with_person(next)) return std::nullopt;
    const auto comes = read_invited(text, room_word_called("coming"), room_word_called("not_coming"));
    if (!comes || speaks_of_payment(script, text)) return std::nullopt;
    if (*comes) return meetings::act{.what = act_verb::confirm};
    return meetings::act{.what = act_verb::excuse, .text = std::string{text}};
}

// She was just asked what she would change, and has more to say than that it is nothing, or a wish of
// another kind.
bool talk::tells_what_to_change(const room_seat& at, std::string_view text) const {
    const bool is_asked = std::ranges::any_of(at.offered, [](const auto& one) {
        const auto does = meetings::act_of_choice(one.first);
        return does && does->what == act_verb::rate && does->about == meetings::rate_in_words;
    });
    if (!is_asked || with_person(next) || match_yes_no(text)) return false;
    const auto meant = script.understand(text, next.language).intent;
    return meant.empty() || std::ranges::find(remarks, meant) != remarks.end();
}

// The question that waits would take whatever she writes.
bool talk::takes_any_answer() const {
    const auto* asked = question();
    return asked != nullptr && asked->answer && takes_any_words(asked->answer->kinds);
}

// "sí", to whether she is sure that the meeting ends here.
std::optional<meetings::act> talk::end_she_is_asked_about(const room_seat& at, std::string_view text) const {
    if (match_yes_no(text) != yes_no::yes) return std::nullopt;
    for (const auto& [id, title] : at.offered) {
        auto does = title.empty() ? std::nullopt : meetings::act_of_choice(id);
        const bool ends = does && (does->what == act_verb::cancel || does->what == act_verb::adjourn);
        if (ends && does->agrees) return does;
    }
    return std::nullopt;
}

// "2", or the title of a choice as it was put.
std::optional<meetings::act> talk::picked_in_room(const room_seat& at, std::string_view text) const {
    const auto key = keyword_key(text);
    const auto number = key.size() < 3 ? std::atoi(key.c_str()) : 0;
    for (std::size_t i = 0; i < at.offered.size(); ++i) {
        const auto& [id, title] = at.offered[i];
        if (title.empty()) continue;
        if ((number == static_cast<int>(i) + 1) || (!key.empty() && keyword_key(title) == key)) {
            return meetings::act_of_choice(id);
        }
    }
    return std::nullopt;
}

// Each of the rooms she knows is told; the one that sits in this group takes it.
void talk::heard_in_chat(const inbound_message& what, std::string_view text) {
    meetings::act said{
        .what = act_verb::said,
        .second = what.channel + "/" + what.group_id,
        .text = std::string{text}};
    if (const auto* media = std::get_if<received_media>(&what.content)) {
        said.media = {.kind = media->kind, .id = media->id};
    } else if (!std::holds_alternative<typed_text>(what.content)) {
        return;
    }
    const auto command = read_room_command(
        text,
        [this](std::string_view name) { return room_word_called(name); },
        script.rules_of_reading(next.language, next.now)
    );
    said.agrees = command && command->looks.empty() && command->does.what == act_verb::check_in;
    for (auto& one : next.rooms) act_in_room(one, said);
}

bool talk::asks_something_now() const { return next.script_set == set_ && at_a_question(); }

// A question of the assistant she has let lie does not keep what she says from the room. One word, a
// figure or a picture may still be her answer.
bool talk::leaves_question_for_room(const inbound_content& what, std::string_view text) const {
    const bool is_talk = std::holds_alternative<typed_text>(what) &&
                         without_ends(text).find(' ') != std::string_view::npos;
    return is_talk && std::ranges::any_of(next.rooms, &room_seat::inside) && asks_something_now() &&
           next.now - wrote_before > question_lasts_in_room;
}

bool talk::spoken_in_room(const inbound_content& what, std::string_view text) {
    auto* here = seat();
    if (here == nullptr || !here->inside || asks_something_now()) return false;
    // She has asked for a person: what she writes now is for that person.
    if (!next.queue.empty()) return false;
    meetings::act said{.what = act_verb::said, .text = std::string{text}};
    if (const auto* media = std::get_if<received_media>(&what)) {
        said.media = {.kind = media->kind, .id = link_to_sent(media->kind, media->id)};
    } else if (!std::holds_alternative<typed_text>(what)) {
        return false;
    } else if (const auto key = keyword_key(text); started(script.by_word, key)) {
        const auto means = script.intent_of_word.find(key);
        const bool is_talk = means != script.intent_of_word.end() &&
                             std::ranges::find(talk_of_people, means->second) != talk_of_people.end();
        if (!is_talk) return false;  // "saldo": hers alone
    }
    act_in_room(*here, std::move(said));
    return true;
}

}  // namespace tertulia::dialogs
