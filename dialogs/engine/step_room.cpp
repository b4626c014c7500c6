#include "dialogs/engine/step_room.hpp"

#include "dialogs/engine/room_guard.hpp"
#include "dialogs/engine/room_views.hpp"
#include "dialogs/engine/room_words.hpp"
#include "dialogs/meetings/by_name.hpp"
#include "dialogs/meetings/permissions.hpp"
#include "dialogs/meetings/replay.hpp"
#include "dialogs/script/program.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tertulia::dialogs {
namespace {

using act_verb = meetings::verb;

// Of the timers a room sets, each by the name of what it is for.
constexpr std::string_view room_timer = "room:";

constexpr milliseconds moderator_told_every = std::chrono::minutes{5};

// As a member's trouble is answered, and what it opens.
constexpr std::string_view trouble_taken = "meeting.trouble_taken";
constexpr std::string_view case_of_trouble = "meeting_hardship";

class room_turn {
public:
    room_turn(const program& by, const session& from, instant now) : by_{by}, from_{from} {
        made_.next = from;
        made_.next.now = std::max(from.now, now);
    }

    void told_by(const room_word& word) {
        if (!from_.room.is) {
            if (word.what.what.what == act_verb::edit && word.what.what.planned) {
                begin(word.room, *word.what.what.planned);
            }
            return;
        }
        auto heard = word.what;
        heard.at = made_.next.now;
        if (word.looks.starts_with(how_to_write)) {
            if (half_an_act(heard, std::string_view{word.looks}.substr(how_to_write.size()))) return;
        } else if (word.looks.starts_with(told_by_name)) {
            if (act_by_name(heard, std::string_view{word.looks}.substr(told_by_name.size()))) return;
        } else if (!word.looks.empty()) {
            show(heard.by, word.looks);
            return;
        }
        name_by_number(heard.what.about);
        name_by_number(heard.what.second);
        if (heard.by.as == meetings::role::member) fine_by_attendance(heard.what);
        judge_words(by_, meeting(), heard);
        go_on(heard);
    }

    void timer(const timer_fired& what) {
        if (!from_.room.is || what.steps != from_.steps) return;
        const auto name = std::string_view{what.name};
        if (!name.starts_with(room_timer)) return;
        const auto which = meetings::parse_timer_name(name.substr(room_timer.size()));
        if (!which) return;
        const auto& set = meeting().timers[static_cast<std::size_t>(*which)];
        if (!set) return;
        go_on(
            {.by = {.as = meetings::role::system, .id = {}, .name = {}},
             .what = {.what = act_verb::timer, .when = *set, .which = *which},
             .at = made_.next.now,
             .message_id = {}}
        );
    }

    outcome finish() && { return std::move(made_); }

private:
    [[nodiscard]] const meetings::meeting& meeting() const { return *made_.next.room.is; }

    [[nodiscard]] std::string room() const {
        return room_name(meeting().planned.group_id, meeting().planned.number);
    }

    void begin(const std::string& name, const meetings::plan& plan) {
        if (!meetings::wrong_with(plan).empty()) return;
        if (name != room_name(plan.group_id, plan.number)) return;
        auto begun = meetings::begin(plan);
        take(std::move(begun.first));
        auto noted = note();
        noted.made = plan;
        carry_out(std::move(begun.outs), std::move(noted));
    }

    void go_on(const meetings::event& heard) {
        auto answer = meetings::advance(meeting(), heard);
        const bool is_trouble = heard.what.judged.rule == trouble_rule;
        if (is_trouble && answer.refused != meetings::refusal::none && heard.what.second.empty()) {
            hear_trouble(heard);
            return;
        }
        // "falta Ana", long before there are minutes to object to.
        if (heard.what.what == act_verb::object && answer.refused == meetings::refusal::not_now &&
            !heard.what.text.empty()) {
            auto said = heard;
            said.what = {.what = act_verb::said, .text = heard.what.text};
            judge_words(by_, meeting(), said);
            go_on(said);
            return;
        }
        if (answer.refused != meetings::refusal::none) {
            // What is said in the provider's group before the meeting and after it is not ours.
            const bool in_chat = heard.what.what == act_verb::said && !heard.what.second.empty();
            if (heard.by.id == meeting().moderator && !in_chat) moderator_is_there(heard.by);
            if (!in_chat && !says_it_again(heard, answer.refused)) refuse(heard.by, answer);
            return;
        }
        take(std::move(answer.next));
        tell_by_rule(answer.outs, heard.what.judged.rule);
        auto noted = note();
        noted.line = std::move(answer.appended);
        carry_out(std::move(answer.outs), std::move(noted));
    }

    // What was begun as an act of hers and is not whole: with what goes without saying, or answered with
    // how it is written. False: it is none of hers, and talk.
    bool half_an_act(meetings::event& heard, std::string_view name) {
        auto so = std::exchange(heard.what.name, {});
        const auto verb = act_of_room_word(name);
        if (!verb || !may_ever(heard.by, *verb)) return false;
        const auto number = *verb == act_verb::close_vote || *verb == act_verb::open_vote
                                ? only_request(*verb)
                                : 0;
        if (number == 0) {
            answer(heard.by, {.key = "meeting.write_so", .arguments = {{"text", std::move(so)}}});
            return true;
        }
        heard.what = {.what = *verb, .number = number};
        go_on(heard);
        return true;
    }

    // Whether the act may be hers at some step of a meeting.
    [[nodiscard]] bool may_ever(const meetings::actor& who, act_verb what) const {
        const auto roles = meetings::roles_of(meeting(), who);
        return std::ranges::any_of(meetings::permission_table(), [&](const auto& one) {
            return one.what == what && one.in >= meetings::state::lobby && (one.who & roles) != 0;
        });
    }

    // "mute Ana 10". False: it is none of hers, or talk.
    bool act_by_name(meetings::event& heard, std::string_view told) {
        const auto space = std::min(told.find(' '), told.size());
        const auto name = told.substr(0, space);
        const auto verb = act_of_room_word(name);
        if (!verb || !may_ever(heard.by, *verb)) return false;
        const auto& plan = meeting().planned;
        // Which of her lines the number says: who flags it is to be known to nobody.
        if (*verb == act_verb::flag) {
            const auto rest = told.substr(std::min(space + 1, told.size()));
            if (meetings::people_named(plan, rest).places.empty()) return false;
            heard.what = {.what = act_verb::flag};  // without a number the newest lines are shown to her
            go_on(heard);
            return true;
        }
        std::vector<std::size_t> several;
        const auto person = [&](std::string_view& rest) -> std::optional<std::string> {
            auto found = meetings::people_named(plan, rest);
            if (found.places.size() > 1) several = found.places;
            if (found.places.size() != 1) return std::nullopt;
            rest = found.rest;
            return plan.members[found.places.front()].id;
        };
        const auto command = read_behind_word(
            name, told.substr(std::min(space + 1, told.size())), person,
            by_.rules_of_reading(from_.language, made_.next.now)
        );
        if (command) {
            heard.what = command->does;
            if (heard.by.as == meetings::role::member) fine_by_attendance(heard.what);
            go_on(heard);
            return true;
        }
        if (several.empty()) {
            // "está bien", says the secretary, who is a member as the others.
            if (*verb == act_verb::mark && heard.by.as == meetings::role::member) return false;
            refuse(heard.by, {.refused = meetings::refusal::no_such});
            return true;
        }
        std::vector<std::string> people;
        for (const auto at : several) {
            people.push_back(std::to_string(at + 1) + " " + plan.members[at].full_name);
        }
        answer(heard.by, {.key = "meeting.which_person", .arguments = {{"people", std::move(people)}}});
        return true;
    }

    // The one that may be voted on, or is being; 0: there are several, or none.
    [[nodiscard]] int only_request(act_verb what) const {
        if (what == act_verb::close_vote) return meeting().box ? meeting().box->request : 0;
        int found = 0;
        for (const auto& one : meeting().requests) {
            if (one.stands != meetings::request_state::open) continue;
            if (found != 0) return 0;
            found = one.number;
        }
        return found;
    }

    // She answers an invitation as she did before, perhaps to the reminder: no reproach.
    bool says_it_again(const meetings::event& heard, meetings::refusal why) {
        if (why != meetings::refusal::already || meeting().now != meetings::state::announced) return false;
        if (heard.what.what == act_verb::confirm) {
            answer(heard.by, {.key = "meeting.see_you", .arguments = {{"start", meeting().planned.start}}});
            return true;
        }
        if (heard.what.what != act_verb::excuse) return false;
        answer(heard.by, {.key = "meeting.excused"});
        return true;
    }

    // Of who may not speak now, too, a trouble is heard.
    void hear_trouble(const meetings::event& heard) {
        tell_person(
            made_.effects,
            {meetings::recipient::kind::member, heard.by.id},
            meetings::case_wanted{
                .kind = std::string{case_of_trouble}, .about = heard.by.id, .words = heard.what.text}
        );
        answer(heard.by, {.key = std::string{trouble_taken}});
    }

    // Why it was kept back, in the words for that very rule where there are any.
    void tell_by_rule(std::vector<meetings::out>& outs, const std::string& rule) const {
        const bool is_trouble = rule == trouble_rule;
        auto key = is_trouble ? std::string{trouble_taken} : "moderation." + rule;
        if (rule.empty() || !by_.words->find(key)) return;
        for (auto& out : outs) {
            auto* wanted = std::get_if<meetings::case_wanted>(&out);
            if (is_trouble && wanted != nullptr) wanted->kind = case_of_trouble;
            auto* say = std::get_if<meetings::say>(&out);
            const bool is_it = say != nullptr && (say->key == "meeting.held" ||
                                                  say->key == "meeting.private" ||
                                                  say->key == "meeting.blocked");
            if (is_it) say->key = key;
        }
    }

    void take(meetings::meeting next) {
        made_.next.room.is = std::make_shared<const meetings::meeting>(std::move(next));
        made_.next.steps = from_.steps + 1;
    }

    [[nodiscard]] note_meeting note() const {
        const auto& now = meeting();
        return {
            .room = room(),
            .group_id = now.planned.group_id,
            .number = now.planned.number,
            .stands = now.now,
            .starts = now.planned.start};
    }

    // What was set before counts for the step before: each is set again.
    void set_timers() {
        const auto& all = meeting().timers;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!all[i]) continue;
            const auto name = meetings::name_of(static_cast<meetings::timer_name>(i));
            made_.effects.emplace_back(set_timer{std::string{room_timer} + std::string{name}, *all[i]});
        }
    }

    void carry_out(std::vector<meetings::out> outs, note_meeting noted) {
        std::vector<effect> told;
        for (auto& out : outs) {
            if (auto* say = std::get_if<meetings::say>(&out)) {
                const auto to = say->to;
                tell_person(told, to, std::move(*say));
            } else if (auto* wanted = std::get_if<meetings::case_wanted>(&out)) {
                // Whom first: an argument that moves it may be made before one that looks at it.
                const auto to = wanted->about.empty() ? moderator()
                                                      : meetings::recipient{{}, wanted->about};
                tell_person(told, to, std::move(*wanted));
            } else if (auto* loan = std::get_if<meetings::application_wanted>(&out)) {
                const meetings::recipient to{{}, loan->client_id};
                tell_person(told, to, std::move(*loan));
            } else if (auto* claim = std::get_if<meetings::claim_wanted>(&out)) {
                const meetings::recipient to{{}, claim->client_id};
                tell_person(told, to, std::move(*claim));
            } else if (std::holds_alternative<meetings::roster_wanted>(out)) {
                noted.wants_roster = true;
            } else if (const auto* again = std::get_if<meetings::reschedule_wanted>(&out)) {
                noted.wants_another = again->start;
            } else if (std::holds_alternative<meetings::finished>(out)) {
                noted.finished = true;
            }
        }
        made_.effects.emplace_back(std::move(noted));
        std::ranges::move(told, std::back_inserter(made_.effects));
        set_timers();
    }

    [[nodiscard]] meetings::recipient moderator() const {
        return {meetings::recipient::kind::officer, meeting().moderator};
    }

    // Where she is reached; nothing: nowhere, and what she would have been told is in the log.
    [[nodiscard]] std::optional<recipient> reached(const meetings::recipient& whom) const {
        using kind = meetings::recipient::kind;
        recipient to{};
        switch (whom.is) {
            case kind::member:
                if (const auto* one = meetings::find_member(meeting().planned, whom.id)) {
                    to.phone = one->phone;
                }
                break;
            case kind::guest:
                if (whom.id.starts_with('+')) to.phone = whom.id;
                break;
            case kind::officer:
                if (!whom.id.empty()) to.queue = "person:" + whom.id;
                break;
            case kind::chat:
                if (!whom.id.empty()) to.room = chat_conversation(whom.id);
                return to.room.empty() ? std::nullopt : std::optional{std::move(to)};
        }
        return to.phone.empty() && to.queue.empty() ? std::nullopt : std::optional{std::move(to)};
    }

    void tell_person(
        std::vector<effect>& into, const meetings::recipient& whom, room_says::word what
    ) {
        auto to = reached(whom);
        if (!to) return;
        into.emplace_back(tell{
            .to = std::move(*to),
            .what = room_says{
                .room = room(), .group = meeting().planned.group_name, .what = std::move(what)}});
    }

    void refuse(const meetings::actor& who, const meetings::answer& why) {
        auto key = meetings::key_of(why.refused);
        if (key.empty() || who.as == meetings::role::system) return;
        answer(who, {.key = std::move(key), .arguments = why.why});
    }

    void answer(const meetings::actor& who, meetings::say what) {
        using kind = meetings::recipient::kind;
        what.how = meetings::urgency::reply;
        what.to.id = who.id;
        what.to.is = who.as == meetings::role::guest ? kind::guest
                     : meetings::find_member(meeting().planned, who.id) != nullptr
                         ? kind::member
                         : kind::officer;
        const auto to = what.to;
        tell_person(made_.effects, to, std::move(what));
    }

    void show(const meetings::actor& who, std::string_view what) {
        if (who.id == meeting().moderator) moderator_is_there(who);
        if (auto said = shown_to(meeting(), who, what, made_.next.now)) {
            answer(who, std::move(*said));
        }
    }

    // Who looks, or is refused something, is at her telephone: a line of the log, as replay must know it.
    // Where nothing waits for a word of hers it is none.
    void moderator_is_there(const meetings::actor& who) {
        if (!meetings::is_live(meeting().now)) return;
        if (made_.next.now - meeting().moderator_heard < moderator_told_every) return;
        const auto answer = meetings::advance(
            meeting(),
            {.by = who, .what = {.what = act_verb::confirm}, .at = made_.next.now, .message_id = {}}
        );
        if (answer.refused != meetings::refusal::none) return;
        take(answer.next);
        auto noted = note();
        noted.line = answer.appended;
        carry_out(answer.outs, std::move(noted));
    }

    // "#4" is the fourth of the roster, as an officer counts her people.
    void name_by_number(std::string& about) const {
        if (!about.starts_with('#')) return;
        std::size_t number{};
        const auto* end = about.data() + about.size();
        const auto [stopped, error] = std::from_chars(about.data() + 1, end, number);
        const auto& all = meeting().planned.members;
        const bool there = error == std::errc{} && stopped == end && number >= 1 && number <= all.size();
        about = there ? all[number - 1].id : std::string{};
    }

    // "multa 20" says whom; for what, the roll call knows.
    void fine_by_attendance(meetings::act& what) const {
        if (what.what != act_verb::propose_fine) return;
        const auto* record = meetings::find_record(meeting(), what.about);
        if (record == nullptr) return;
        if (record->attends == meetings::attendance::late) what.fine = meetings::fine_kind::late;
        if (record->attends == meetings::attendance::absent) what.fine = meetings::fine_kind::absent;
    }

    const program& by_;
    const session& from_;
    outcome made_{};
};

}  // namespace

std::string room_name(std::string_view group_id, int number) {
    return std::string{group_id} + "/" + std::to_string(number);
}

std::string chat_conversation(std::string_view chat) { return "chat:" + std::string{chat}; }

bool is_for_room(const session& at, const event& what) noexcept {
    if (at.room.is) return true;
    const auto* word = std::get_if<told>(&what);
    return word != nullptr && std::holds_alternative<room_word>(word->what);
}

outcome step_room(
    const script_set& scripts, const session& from, const event& what, instant now
) {
    room_turn turn{scripts.compiled(), from, now};
    if (const auto* word = std::get_if<told>(&what)) {
        if (const auto* said = std::get_if<room_word>(&word->what)) turn.told_by(*said);
    } else if (const auto* timer = std::get_if<timer_fired>(&what)) {
        turn.timer(*timer);
    }
    return std::move(turn).finish();
}

}  // namespace tertulia::dialogs
