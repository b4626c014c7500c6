// What a meeting has to say to one of its people, in her own conversation or in the group's, and what
// it wants of the assistant: a case, a claim, a draft. What she says to it is talk_meetings.cpp.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/kept_answers.hpp"
#include "dialogs/engine/room_notes.hpp"
#include "dialogs/engine/shown_media.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/script/answer_values.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::dialogs {
namespace {

using act_verb = meetings::verb;

// Nobody reads this late what was said in a room; an invitation may wait a while.
constexpr milliseconds room_words_keep = std::chrono::minutes{30};
constexpr milliseconds invitation_keeps = std::chrono::hours{12};

// What is claimed to have been paid, and what is drafted, is what these would have kept.
constexpr std::string_view case_of_claims = "payment_report";
constexpr std::string_view loan_form = "apply";

// `mark` stands about each name; none where the channel shows stars as stars.
std::string lines_of(const std::vector<meetings::digest_line>& lines, std::string_view mark) {
    std::string all;
    for (const auto& one : lines) {
        if (!all.empty()) all += '\n';
        all += std::string{mark} + one.name + std::string{mark} + ": " + one.text;
    }
    return all;
}

std::string joined_by(const std::vector<std::string>& parts, std::string_view between) {
    std::string all;
    for (const auto& one : parts) {
        if (!all.empty()) all += between;
        all += one;
    }
    return all;
}

// Thirty names are read in a row: below one another they fill the screen. A template has one line.
std::string_view between_parts(std::string_view argument) noexcept {
    return argument == "names" ? ", " : argument == "agreed" ? "; " : "\n";
}

// What an agenda says, told in the group's language, as the agenda has it in hers.
std::string as_agenda_has_it(
    const meetings::agenda_book& book, const std::string& told, const language_tag& language
) {
    const auto says = [&](const meetings::texts_by_language& all) {
        return std::ranges::any_of(all, [&](const auto& one) { return one.second == told; });
    };
    for (const auto& agenda : book.all) {
        for (const auto& step : agenda.steps) {
            for (const auto* all : {&step.topic, &step.question, &step.why}) {
                if (says(*all)) return std::string{meetings::text_in(*all, language)};
            }
            for (const auto& one : step.answers) {
                if (says(one.text)) return std::string{meetings::text_in(one.text, language)};
            }
        }
    }
    return told;
}

// What others say, and what we refuse her, asks nothing: what she was offered before still stands.
bool leaves_choices(std::string_view key) noexcept {
    constexpr std::array<std::string_view, 5> all{
        "meeting.digest", "meeting.missed", "meeting.media", "meeting.progress",
        "meeting.vote_taken"};  // until it is counted she may change it
    return std::ranges::find(all, key) != all.end() || key.starts_with("meeting.refused.");
}

// What is told as the agenda has it, for it has a text for each language.
bool is_told_by_agenda(std::string_view argument) noexcept {
    return argument == "topic" || argument == "question" || argument == "answer" || argument == "why";
}

// "will_come=m:7:0:0:": the name a template's button has for it, and the act it is.
std::string named_pick(const meetings::offered_choice& of) {
    const auto name = of.title_key.substr(of.title_key.rfind('.') + 1);
    return name + std::string{act_after} + of.id;
}

// What she was told as her trouble was taken: from then on she may go on about it.
constexpr std::string_view told_of_trouble = "meeting.trouble_taken";

bool is_offered_something(const room_seat& seat) noexcept {
    return std::ranges::any_of(seat.offered, [](const auto& one) { return !one.second.empty(); });
}

}  // namespace

instant talk::at_of_room(std::string_view room) const {
    const auto found = std::ranges::find(next.rooms, room, &room_seat::room);
    return found == next.rooms.end() ? next.now : found->at;
}

room_seat& talk::seat_in(std::string_view room) {
    auto& all = next.rooms;
    const auto found = std::ranges::find(all, room, &room_seat::room);
    if (found != all.end()) {
        std::rotate(found, found + 1, all.end());
    } else {
        if (all.size() >= room_seats_max) all.erase(all.begin());
        all.push_back({.room = std::string{room}});
    }
    all.back().at = next.now;
    return all.back();
}

bool talk::told_by_room(const room_says& what) {
    const auto frames = next.frames.size();
    if (next.language.empty()) {
        const auto* client = who();
        next.language = client != nullptr && !client->who.language.empty()
                            ? client->who.language
                            : script.house.languages.front();
        read_ |= read_client;
    }
    if (const auto* said = std::get_if<meetings::say>(&what.what)) {
        say_from_room(what, *said);
    } else if (const auto* wanted = std::get_if<meetings::case_wanted>(&what.what)) {
        heard_words = wanted->words;
        (void)join_or_open(wanted->kind, officers_queue());  // announced as it opens
    } else if (const auto* claim = std::get_if<meetings::claim_wanted>(&what.what)) {
        claim_from_room(*claim);
    } else if (const auto* loan = std::get_if<meetings::application_wanted>(&what.what)) {
        draft_from_room(*loan);
    }
    return next.frames.size() != frames;
}

// The group's own conversation: nobody is asked anything in it, and no button stands there. Whether
// it may be written to the room knows, which hears of every word in it.
void talk::say_in_chat(const room_says& from, const meetings::say& what) {
    const auto slash = what.to.id.find('/');
    const auto message = script.words->find(what.key);
    if (slash == std::string::npos || !message) return;
    next.reply_to = {what.to.id.substr(0, slash), {identity_kind::room, what.to.id.substr(slash + 1)}};
    elsewhere_ = next.reply_to;
    unbidden = out_of_window = false;
    read_meeting(from, what.arguments);
    auto text = words(*message);
    send made{};
    made.urgency = priority::meeting;
    made.keep_for = room_words_keep;
    made.purpose = script.words->key(*message);
    if (what.media.id.empty()) {
        made.message.content = say_text{.text = std::move(text)};
    } else {
        made.message.content = say_media{
            .kind = what.media.kind, .media_id = what.media.id, .caption = std::move(text)};
    }
    emit(std::move(made));
}

void talk::say_from_room(const room_says& from, const meetings::say& what) {
    if (what.to.is == meetings::recipient::kind::chat) {
        say_in_chat(from, what);
        return;
    }
    const auto heard_at = at_of_room(from.room);
    auto& seat = seat_in(from.room);
    seat.as = what.to;
    const bool enters = what.room == meetings::room_change::enters;
    if (enters) seat.inside = true;
    const bool was_inside = seat.inside;
    if (what.room == meetings::room_change::leaves) {
        seat.inside = false;
        hears_no_more_of_trouble(seat);
    }
    if (what.key == told_of_trouble) trouble_goes_on(seat, next.now);
    if (next.wishes.opted_out && !was_inside) return;
    unbidden = !was_inside;
    start_where_she_wants();
    if (!known_.phones.empty()) {
        read_ |= read_phones;
        write_to_number(known_.phones.front());
    }
    read_meeting(from, what.arguments);
    const auto message = script.words->find(what.key);
    if (!message) {
        effects.emplace_back(keep_record{"message_missing", what.key});
        return;
    }
    say_text content{.text = words(*message)};
    if (leads_several() && what.to.is == meetings::recipient::kind::officer && !out_of_window) {
        const std::string_view mark = around().channel == channel_kind::sms ? "" : "*";
        content.text = std::string{mark} + from.group + std::string{mark} + "\n" + content.text;
    }
    // From here on what she says is for the room: what the assistant has asked waits no longer.
    if (enters && next.script_set != set_) next.frames.clear();
    if (enters && question() != nullptr) put_aside();
    // Words that are awaited stay awaited: they are for us alone, and the group would hear them else.
    if (what.choices.empty() && leaves_choices(what.key)) {
        if (is_offered_something(seat)) seat.at = heard_at;  // of the room, the choices are the newest
    } else {
        std::erase_if(seat.offered, [](const auto& one) { return !one.second.empty(); });
    }
    const auto awaited = std::exchange(seat.offered, {});
    for (const auto& one : what.choices) {
        const auto title = script.words->find(one.title_key);
        if (!title && one.title.empty()) continue;
        auto named = title ? words(*title)
                           : as_agenda_has_it(script.meetings, one.title, next.language);
        seat.offered.emplace_back(one.id, named);
        content.choices.push_back(
            {.id = to_text(choice_id{
                 .set = set_of(set_),
                 .dialog = room_buttons,
                 .state = from.room,
                 .pick = named_pick(one)}),
             .title = std::move(named),
             .description = {}}
        );
    }
    if (what.key == "meeting.remind") offer_as_invited(seat);
    seat.offered.insert(seat.offered.end(), awaited.begin(), awaited.end());
    if (out_of_window) {
        send_by_template(*message, std::move(content));
        return;
    }
    send made{};
    made.urgency = what.how == meetings::urgency::reply   ? priority::reply
                   : what.how == meetings::urgency::alert ? priority::agent
                                                          : priority::meeting;
    made.keep_for = was_inside ? room_words_keep : invitation_keeps;
    made.purpose = script.words->key(*message);
    if (what.media.id.empty()) {
        made.message.content = std::move(content);
        emit(std::move(made));
        return;
    }
    auto shown = shown_again(what.media.kind, what.media.id);
    if (shown && takes_caption(*shown)) {
        shown->caption = std::move(content.text);
        made.message.content = std::move(*shown);
        emit(std::move(made));
        return;
    }
    if (!shown) content.text += " " + told_as_sent(what.media.kind);
    auto after = made;
    made.message.content = std::move(content);
    emit(std::move(made));
    if (!shown) return;
    after.message.content = std::move(*shown);
    emit(std::move(after));
}

// A reminder has no buttons; she may answer it as she may the invitation.
void talk::offer_as_invited(room_seat& seat) {
    for (const auto& [does, title] :
         {std::pair{act_verb::confirm, "will_come"}, std::pair{act_verb::excuse, "cannot_come"}}) {
        const auto told = script.words->find("meeting.choice." + std::string{title});
        if (told) seat.offered.emplace_back(meetings::choice_id({.what = does}), words(*told));
    }
}

// What its messages may tell, by the names the machine gives.
void talk::read_meeting(const room_says& from, const std::vector<meetings::argument>& told) {
    auto& into = meeting_.values;
    into.clear();
    into.emplace("group", from.group);
    view_.of_meeting = &meeting_;
    for (const auto& one : told) {
        const auto between = between_parts(one.name);
        const std::string_view mark = around().channel == channel_kind::sms ? "" : "*";
        const bool is_of_agenda = is_told_by_agenda(one.name);
        auto value = std::visit(
            [&](const auto& is) -> fact_value {
                using kind = std::decay_t<decltype(is)>;
                if constexpr (
                    std::is_same_v<kind, meetings::message_key> ||
                    std::is_same_v<kind, std::vector<meetings::message_key>>) {
                    return named_by(is);
                } else if constexpr (std::is_same_v<kind, std::vector<std::string>>) {
                    return joined_by(is, between);
                } else if constexpr (std::is_same_v<kind, std::vector<meetings::digest_line>>) {
                    return lines_of(is, mark);
                } else if constexpr (std::is_same_v<kind, std::string>) {
                    return is_of_agenda ? as_agenda_has_it(script.meetings, is, next.language) : is;
                } else {
                    return is;
                }
            },
            one.value
        );
        if (const auto* text = std::get_if<std::string>(&value); text != nullptr && text->empty()) {
            continue;  // a list of nobody
        }
        into[one.name] = std::move(value);
    }
}

std::string talk::named_by(const meetings::message_key& of) { return words_of_name({}, of.key); }

std::string talk::named_by(const std::vector<meetings::message_key>& of) {
    std::vector<std::string> named;
    for (const auto& one : of) named.push_back(words_of_name({}, one.key));
    return joined_by(named, ", ");
}

void talk::claim_from_room(const meetings::claim_wanted& what) {
    payment_claim made{
        .client_id = what.client_id,
        .loan_id = what.loan_id,
        .amount = {what.amount.minor, script.house.currency},
        .paid_on = view().today,
        .said_at = next.now,
        .changed_at = next.now};
    if (!what.proof.id.empty()) made.media.push_back(what.proof.id);
    (void)take_claim(std::move(made), case_of_claims, {});
}

// Her officer and she go on from there: what the group agreed to is filled in.
void talk::draft_from_room(const meetings::application_wanted& what) {
    const auto dialog = script.find_dialog(loan_form);
    if (!dialog || !script.at(*dialog).form) return;
    draft made{
        .dialog = std::string{loan_form},
        .until = next.now + script.at(*dialog).form->keep_for};
    made.answers.emplace(
        answer_key("amount"), to_text(typed_answer{
                                  .kind = typed_kind::amount,
                                  .value = std::to_string(what.amount.minor) + " " +
                                           std::string{what.amount.currency.view()}})
    );
    if (!what.purpose.empty()) {
        made.answers.emplace(
            answer_key("use"),
            to_text(typed_answer{.kind = typed_kind::text, .value = what.purpose})
        );
    }
    keep_draft(std::move(made));
}

}  // namespace tertulia::dialogs
