// A meeting in the conversation of one of its people: what the room has to say to her, and what of
// hers is for the room. What she writes while she is in it goes there, unless it starts a dialog by a
// word of its own or answers a question that is put to her alone: money and secrets stay here.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/kept_answers.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/script/answer_values.hpp"
#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tertulia::dialogs {
namespace {

using namespace std::string_view_literals;
using act_verb = meetings::verb;

// Nobody reads this late what was said in a room; an invitation may wait a while.
constexpr milliseconds room_words_keep = std::chrono::minutes{30};
constexpr milliseconds invitation_keeps = std::chrono::hours{12};

// What is claimed to have been paid, and what is drafted, is what these would have kept.
constexpr std::string_view case_of_claims = "payment_report";
constexpr std::string_view loan_form = "apply";

// Words typed in a room, as messages name them: meeting.word.next… An act, or something to look at.
struct room_command {
    enum class takes : std::uint8_t { nothing, minutes, person, words };
    std::string_view word{};
    act_verb does{};
    std::string_view looks{};
    takes after{};
};
constexpr std::array commands{
    room_command{.word = "present", .does = act_verb::check_in},
    room_command{.word = "leave", .does = act_verb::leave},
    room_command{.word = "hand", .does = act_verb::hand_up},
    room_command{.word = "approve", .does = act_verb::approve},
    room_command{.word = "object", .does = act_verb::object, .after = room_command::takes::words},
    room_command{.word = "open", .does = act_verb::open},
    room_command{.word = "next", .does = act_verb::advance, .after = room_command::takes::words},
    room_command{.word = "pause", .does = act_verb::pause, .after = room_command::takes::minutes},
    room_command{.word = "resume", .does = act_verb::resume},
    room_command{.word = "mute", .does = act_verb::mute, .after = room_command::takes::person},
    room_command{.word = "unmute", .does = act_verb::unmute, .after = room_command::takes::person},
    room_command{.word = "warn", .does = act_verb::warn, .after = room_command::takes::person},
    room_command{.word = "floor", .does = act_verb::grant_floor, .after = room_command::takes::person},
    room_command{.word = "close", .does = act_verb::close},
    room_command{.word = "adjourn", .does = act_verb::adjourn, .after = room_command::takes::words},
    room_command{.word = "take_over", .does = act_verb::take_over},
    room_command{.word = "sign", .does = act_verb::sign},
    room_command{.word = "who", .looks = "who"},
    room_command{.word = "votes", .looks = "votes"},
    room_command{.word = "minutes", .looks = "minutes"},
};

// "10" of "pausa 10"; nothing: it is no number.
std::optional<int> number_in(std::string_view text) {
    int number{};
    const auto* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && stopped == end ? std::optional{number} : std::nullopt;
}

std::string_view trimmed_of(std::string_view text) {
    const auto from = text.find_first_not_of(" \n\t");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \n\t") - from + 1);
}

std::string lines_of(const std::vector<meetings::digest_line>& lines) {
    std::string all;
    for (const auto& one : lines) {
        if (!all.empty()) all += '\n';
        all += "*" + one.name + "*: " + one.text;
    }
    return all;
}

std::string lines_of(const std::vector<std::string>& lines) {
    std::string all;
    for (const auto& one : lines) {
        if (!all.empty()) all += '\n';
        all += one;
    }
    return all;
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
        announce(join_or_open(wanted->kind, officers_queue()));
    } else if (const auto* claim = std::get_if<meetings::claim_wanted>(&what.what)) {
        claim_from_room(*claim);
    } else if (const auto* loan = std::get_if<meetings::application_wanted>(&what.what)) {
        draft_from_room(*loan);
    }
}

void talk::say_from_room(const room_says& from, const meetings::say& what) {
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
    seat.offered.clear();
    for (const auto& one : what.choices) {
        const auto title = script.words->find(one.title_key);
        if (!title) continue;
        auto named = words(*title);
        seat.offered.emplace_back(one.id, named);
        content.choices.push_back(
            {.id = to_text(choice_id{
                 .set = set_of(set_),
                 .dialog = room_buttons,
                 .state = from.room,
                 .pick = one.id}),
             .title = std::move(named),
             .description = {}}
        );
    }
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
    } else {
        made.message.content = say_media{
            .kind = what.media.kind, .media_id = what.media.id, .caption = std::move(content.text)};
    }
    emit(std::move(made));
}

// What its messages may tell, by the names the machine gives.
void talk::read_meeting(const room_says& from, const std::vector<meetings::argument>& told) {
    auto& into = meeting_.values;
    into.clear();
    into.emplace("group", from.group);
    view_.of_meeting = &meeting_;
    for (const auto& one : told) {
        into[one.name] = std::visit(
            [this](const auto& value) -> fact_value {
                using kind = std::decay_t<decltype(value)>;
                if constexpr (std::is_same_v<kind, meetings::message_key>) {
                    return words_of_name({}, value.key);
                } else if constexpr (
                    std::is_same_v<kind, std::vector<meetings::digest_line>> ||
                    std::is_same_v<kind, std::vector<std::string>>) {
                    return lines_of(value);
                } else {
                    return value;
                }
            },
            one.value
        );
    }
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
        auto does = meetings::act_of_choice(id->pick);
        if (found == next.rooms.end() || !does) {
            say(script.common.stale_tap);
            return true;
        }
        act_in_room(*found, std::move(*does));
        return true;
    }
    auto* here = seat();
    if (here == nullptr || !std::holds_alternative<typed_text>(what) || at_a_question()) return false;
    if (const auto picked = picked_in_room(*here, text)) {
        act_in_room(*here, *picked);
        return true;
    }
    const auto all = trimmed_of(text);
    for (const auto& one : commands) {
        const auto found = script.words->find("meeting.word." + std::string{one.word});
        if (!found) continue;
        const auto word = words(*found);
        if (all.size() < word.size() || keyword_key(all.substr(0, word.size())) != keyword_key(word)) {
            continue;
        }
        const auto rest = trimmed_of(all.substr(word.size()));
        meetings::act does{.what = one.does};
        switch (one.after) {
            case room_command::takes::nothing:
                if (!rest.empty()) continue;
                break;
            case room_command::takes::minutes: {
                const auto minutes = number_in(rest.substr(0, rest.find(' ')));
                if (!minutes) continue;
                does.lasts = std::chrono::minutes{*minutes};
                does.text = trimmed_of(rest.substr(std::min(rest.find(' '), rest.size())));
                break;
            }
            case room_command::takes::person: {
                const auto number = number_in(rest.substr(0, rest.find(' ')));
                if (!number) continue;
                does.about = "#" + std::to_string(*number);
                does.text = trimmed_of(rest.substr(std::min(rest.find(' '), rest.size())));
                break;
            }
            case room_command::takes::words:
                // "siguiente, por favor" is; "siguientemente" is not.
                if (!rest.empty() && all.size() > word.size() &&
                    std::string_view{" :,."}.find(all[word.size()]) == std::string_view::npos) {
                    continue;
                }
                does.text = rest;
                break;
        }
        act_in_room(*here, std::move(does), std::string{one.looks});
        return true;
    }
    return false;
}

// "2", or the title of a choice as it was put.
std::optional<meetings::act> talk::picked_in_room(const room_seat& at, std::string_view text) const {
    const auto key = keyword_key(text);
    const auto number = number_in(trimmed_of(text));
    for (std::size_t i = 0; i < at.offered.size(); ++i) {
        const auto& [id, title] = at.offered[i];
        if (number == static_cast<int>(i) + 1 || (!key.empty() && keyword_key(title) == key)) {
            return meetings::act_of_choice(id);
        }
    }
    return std::nullopt;
}

bool talk::spoken_in_room(const inbound_content& what, std::string_view text) {
    auto* here = seat();
    if (here == nullptr || !here->inside || at_a_question()) return false;
    meetings::act said{.what = act_verb::said, .text = std::string{text}};
    if (const auto* media = std::get_if<received_media>(&what)) {
        said.media = {.kind = media->kind, .id = media->id};
    } else if (!std::holds_alternative<typed_text>(what)) {
        return false;
    } else if (started(script.by_word, keyword_key(text))) {
        return false;  // "saldo": hers alone
    }
    act_in_room(*here, std::move(said));
    return true;
}

}  // namespace tertulia::dialogs
