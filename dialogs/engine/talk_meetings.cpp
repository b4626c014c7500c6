// A meeting in the conversation of one of its people: what the room has to say to her, and what of
// hers is for the room. What she writes while she is in it goes there, unless it starts a dialog by a
// word of its own or answers a question that is put to her alone: money and secrets stay here.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/kept_answers.hpp"
#include "dialogs/engine/room_words.hpp"
#include "dialogs/engine/shown_media.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/script/answer_values.hpp"
#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <cstdlib>
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

// A tap says that she has a reason, not which: her next words do.
bool wants_words(const meetings::act& what) noexcept {
    return what.what == act_verb::justify || what.what == act_verb::object ||
           what.what == act_verb::appeal ||
           (what.what == act_verb::rate && what.about == meetings::rate_in_words);
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

}  // namespace

// ---- what the room says

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

void talk::told_by_room(const room_says& what) {
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
    auto& seat = seat_in(from.room);
    seat.as = what.to;
    if (what.room == meetings::room_change::enters) seat.inside = true;
    const bool was_inside = seat.inside;
    if (what.room == meetings::room_change::leaves) seat.inside = false;
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
    // Words that are awaited stay awaited: they are for us alone, and the group would hear them else.
    std::erase_if(seat.offered, [](const auto& one) { return !one.second.empty(); });
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

// ---- what is for the room

void talk::act_in_room(const room_seat& seat, meetings::act what, std::string looks) {
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
        return one.second.empty();
    });
    if (open == seat.offered.end()) return std::nullopt;
    auto does = meetings::act_of_choice(open->first);
    seat.offered.erase(open);
    if (does) does->text = std::string{words};
    return does;
}

}  // namespace

// The room she is in, else the one heard of last.
room_seat* talk::seat() {
    const auto inside = std::find_if(next.rooms.rbegin(), next.rooms.rend(), [](const auto& one) {
        return one.inside;
    });
    if (inside != next.rooms.rend()) return &*inside;
    return next.rooms.empty() ? nullptr : &next.rooms.back();
}

bool talk::command_in_room(const inbound_content& what, std::string_view text) {
    if (const auto* tap = std::get_if<tapped_choice>(&what)) {
        const auto id = read_choice_id(tap->id);
        if (!id || id->dialog != room_buttons) return false;
        const auto found = std::ranges::find(next.rooms, id->state, &room_seat::room);
        auto does = meetings::act_of_choice(act_in_pick(id->pick));
        if (found == next.rooms.end() || !does) {
            say(script.common.stale_tap);
            return true;
        }
        if (waits_for_words(*found, *does)) {
            if (const auto why = script.words->find("meeting.tell_reason")) say(*why);
            return true;
        }
        act_in_room(*found, std::move(*does));
        return true;
    }
    auto* here = seat();
    if (here == nullptr || !std::holds_alternative<typed_text>(what) || at_a_question()) return false;
    if (const auto picked = picked_in_room(*here, text)) {
        if (waits_for_words(*here, *picked)) {
            if (const auto why = script.words->find("meeting.tell_reason")) say(*why);
            return true;
        }
        act_in_room(*here, *picked);
        return true;
    }
    auto command = read_room_command(
        text,
        [this](std::string_view name) {
            const auto word = script.words->find("meeting.word." + std::string{name});
            return word ? words(*word) : std::string{};
        },
        script.rules_of_reading(next.language, next.now)
    );
    if (!command) {
        if (started(script.by_word, keyword_key(text))) return false;
        auto waited = act_that_waited(*here, text);
        if (!waited) return false;
        act_in_room(*here, std::move(*waited));
        return true;
    }
    if (const auto& said = command->when) {
        const auto minutes = static_cast<int>(said->clock.count());
        command->does.when = script.calendar->at(said->day, minutes / 60, minutes % 60);
    }
    act_in_room(*here, std::move(command->does), std::move(command->looks));
    return true;
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
        [this](std::string_view name) {
            const auto word = script.words->find("meeting.word." + std::string{name});
            return word ? words(*word) : std::string{};
        },
        script.rules_of_reading(next.language, next.now)
    );
    said.agrees = command && command->looks.empty() && command->does.what == act_verb::check_in;
    for (const auto& one : next.rooms) act_in_room(one, said);
}

bool talk::spoken_in_room(const inbound_content& what, std::string_view text) {
    auto* here = seat();
    if (here == nullptr || !here->inside || at_a_question()) return false;
    meetings::act said{.what = act_verb::said, .text = std::string{text}};
    if (const auto* media = std::get_if<received_media>(&what)) {
        said.media = {.kind = media->kind, .id = link_to_sent(media->kind, media->id)};
    } else if (!std::holds_alternative<typed_text>(what)) {
        return false;
    } else if (started(script.by_word, keyword_key(text))) {
        return false;  // "saldo": hers alone
    }
    act_in_room(*here, std::move(said));
    return true;
}

}  // namespace tertulia::dialogs
