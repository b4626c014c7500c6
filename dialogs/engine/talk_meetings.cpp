// A meeting in the conversation of one of its people: what the room has to say to her, and what of
// hers is for the room. What she writes while she is in it goes there, unless it starts a dialog by a
// word of its own or answers a question that is put to her alone: money and secrets stay here.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/kept_answers.hpp"
#include "dialogs/engine/room_guard.hpp"
#include "dialogs/engine/room_words.hpp"
#include "dialogs/engine/shown_media.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/engine/typed_answer.hpp"
#include "dialogs/script/answer_values.hpp"
#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

namespace tertulia::dialogs {
namespace {

using act_verb = meetings::verb;

// Nobody reads this late what was said in a room; an invitation may wait a while.
constexpr milliseconds room_words_keep = std::chrono::minutes{30};
constexpr milliseconds invitation_keeps = std::chrono::hours{12};

// After she has told us of a trouble, what she writes within this time belongs to it.
constexpr milliseconds trouble_lasts = std::chrono::minutes{2};
constexpr milliseconds trouble_awaited = std::chrono::hours{1};  // her first words of it
// After she has said that she paid, whatever she sends shows it: a receipt that is spoken, too.
constexpr milliseconds proof_awaited = std::chrono::minutes{15};
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

// What she was told as her trouble was taken: from then on she may go on about it.
constexpr std::string_view told_of_trouble = "meeting.trouble_taken";

bool is_offered_something(const room_seat& seat) noexcept {
    return std::ranges::any_of(seat.offered, [](const auto& one) { return !one.second.empty(); });
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

// ---- a trouble of hers, as an offer without a title: since when, and whether words of it have come

bool is_of_trouble(const std::pair<std::string, std::string>& one) {
    const auto does = meetings::act_of_choice(one.first);
    return one.second.empty() && does && does->what == act_verb::cannot_pay;
}

// ---- that she has paid, as an offer without a title: what she sends next shows it

bool is_of_claim(const std::pair<std::string, std::string>& one) {
    const auto does = meetings::act_of_choice(one.first);
    return one.second.empty() && does && does->what == act_verb::report_payment;
}

// Neither is waited for with words.
bool is_note(const std::pair<std::string, std::string>& one) {
    return is_of_trouble(one) || is_of_claim(one);
}

std::string noted_at(instant at) {
    return std::to_string(std::chrono::duration_cast<milliseconds>(at.time_since_epoch()).count());
}
instant instant_of(const std::string& digits) {
    std::int64_t since{};
    (void)std::from_chars(digits.data(), digits.data() + digits.size(), since);
    return instant{milliseconds{since}};
}

void note_paid(room_seat& seat, instant at) {
    std::erase_if(seat.offered, is_of_claim);
    seat.offered.emplace_back(
        meetings::choice_id({.what = act_verb::report_payment, .about = noted_at(at)}), ""
    );
}

bool awaits_proof(const room_seat& seat, instant now) {
    const auto one = std::ranges::find_if(seat.offered, is_of_claim);
    if (one == seat.offered.end()) return false;
    return now <= instant_of(meetings::act_of_choice(one->first)->about) + proof_awaited;
}

void hears_no_more_of_trouble(room_seat& seat) { std::erase_if(seat.offered, is_of_trouble); }

void note_trouble(room_seat& seat, instant at, bool words_came) {
    std::erase_if(seat.offered, [](const auto& one) { return one.second.empty(); });
    seat.offered.emplace_back(
        meetings::choice_id(
            {.what = act_verb::cannot_pay, .about = noted_at(at), .number = words_came ? 1 : 0}
        ),
        ""
    );
}

// It was taken, by a tap or by what she said: her words that follow are of it.
void trouble_goes_on(room_seat& seat, instant now) {
    if (std::ranges::none_of(seat.offered, is_of_trouble)) note_trouble(seat, now, true);
}

bool is_about_trouble(const room_seat& seat, instant now) {
    const auto one = std::ranges::find_if(seat.offered, is_of_trouble);
    if (one == seat.offered.end()) return false;
    const auto noted = meetings::act_of_choice(one->first);
    return now <= instant_of(noted->about) + (noted->number == 0 ? trouble_awaited : trouble_lasts);
}

}  // namespace

// ---- what the room says

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

// ---- what is for the room

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
