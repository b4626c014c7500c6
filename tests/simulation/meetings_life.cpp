#include "tests/simulation/meetings_life.hpp"

#include <algorithm>
#include <array>

namespace tertulia::simulation {

using namespace dialogs::meetings;
using namespace std::chrono_literals;

namespace {

constexpr instant monday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};

}  // namespace

meetings_life::meetings_life(std::uint64_t seed) : chance_{seed * 7919 + 13}, now_{monday} {
    make_plan();
}

int meetings_life::below(int end) {
    return static_cast<int>(chance_() % static_cast<std::uint64_t>(std::max(1, end)));
}

// No two alike, and none the sum of two small others.
money meetings_life::amount() {
    amounts_ += 1 + below(900);
    return {amounts_ * 1'009 + 100'003};
}

std::string meetings_life::words(std::string_view kind) {
    return std::string{kind} + "-" + std::to_string(++texts_) + ".";
}

void meetings_life::make_plan() {
    auto& p = plan_;
    p.group_id = "g1";
    p.group_name = "Flor del Campo";
    p.number = 1 + below(40);
    p.created = monday + std::chrono::hours{below(12)};
    p.start = monday + 3 * 24h + 13h + std::chrono::minutes{15 * below(40)};
    p.end = p.start + 90min;
    p.how = chance(75) ? mode::relay : chance(40) ? mode::companion : mode::native_small;
    p.lasts = chance(85) ? window::live : window::day;
    p.moderator = {"o1", "Brenda"};
    if (chance(80)) p.backup = {"o2", "Luis"};
    if (chance(80)) p.supervisor = {"o3", "Marta"};
    if (chance(70)) p.internal_cash = {(chance(70) ? 7'770'000'001 : 900'001) + below(9'000)};
    if (chance(60)) p.last_minutes = {"Se acordo reunirse."};
    if (chance(70)) p.next = p.start + 28 * 24h;
    auto& rules = p.rules;
    if (chance(60)) rules.fine_late = money{5'000'011};
    if (chance(60)) rules.fine_absent = money{6'000'013};
    if (chance(30)) rules.fine_other = money{7'000'017};
    rules.tells_totals = chance(30);
    if (chance(20)) rules.cash_handlers = 3;
    if (chance(30)) rules.admission_vote = majority::two_thirds;
    if (chance(60)) {
        auto& training = *std::ranges::find(p.agenda, state::training, &step::at);
        training.topic = "Ahorro";
        training.question = "Que aprendio?";
        if (chance(70)) {
            training.answers = {{"A ahorrar", true}, {"A gastar", false}, {"Nada", false}};
            training.why = "Poco a poco se junta.";
        }
    }
    if (chance(70)) {
        p.agenda_name = "default";
        p.agenda_version = "0123456789ab";
        p.feedback = "meeting.feedback";
    }
    if (chance(20)) p.agenda[static_cast<std::size_t>(1 + below(6))].how = talk::by_turns;
    const int count = chance(5) ? 30 : 3 + below(7);
    for (int i = 0; i < count; ++i) {
        roster_member one{
            .id = "c" + std::to_string(i),
            .first_name = "Ana" + std::to_string(i),
            .full_name = "Ana" + std::to_string(i) + " Lopez",
            .phone = "+5025550" + std::to_string(1000 + i)};
        const std::array offices{
            role::president, role::treasurer, role::secretary, role::deputy, role::handler};
        if (i < 5 && chance(90)) one.roles |= only(offices[static_cast<std::size_t>(i)]);
        one.by = chance(80) ? way::whatsapp : way::sms;
        one.active = chance(97);
        one.opted_out = chance(5);
        one.agrees_totals = chance(95);
        if (i > 0 && chance(15)) one.relatives.push_back("c" + std::to_string(below(i)));
        if (chance(85)) {
            one.owes = {"l" + std::to_string(i), amount(), {}, chance(60) ? amount() : money{}};
        }
        p.members.push_back(std::move(one));
    }
}

actor meetings_life::member() {
    const auto& one = plan_.members[static_cast<std::size_t>(
        below(static_cast<int>(plan_.members.size()))
    )];
    return {role::member, one.id, one.first_name};
}

actor meetings_life::who_is_missing(const meeting& room) {
    for (const auto& one : room.members) {
        if (one.in_room || chance(one.attends == attendance::excused ? 90 : 40)) continue;
        return {role::member, one.id, find_member(room.planned, one.id)->first_name};
    }
    return member();
}

std::string meetings_life::anybody() { return member().id; }

// Anybody, and often whoever said in time that she cannot come, who may not be fined for it.
std::string meetings_life::somebody_to_fine(const meeting& room) {
    const auto excused =
        std::ranges::find(room.members, attendance::excused, &member_record::attends);
    return excused != room.members.end() && chance(40) ? excused->id : anybody();
}

// Mostly who has the office; now and then somebody else.
actor meetings_life::holder(role office) {
    if (chance(12)) return member();
    for (const auto& one : plan_.members) {
        if (has(one.roles, office) && chance(90)) return {role::member, one.id, one.first_name};
    }
    for (const auto& one : plan_.members) {
        if (has(one.roles, role::deputy)) return {role::member, one.id, one.first_name};
    }
    return {role::agent, "o1", "Brenda"};
}

event meetings_life::by(actor who, act what) {
    event made{.by = std::move(who), .what = std::move(what), .at = now_};
    if (made.by.as != role::system) made.message_id = "w" + std::to_string(++messages_);
    return made;
}

event meetings_life::fire(const meeting& room) {
    int which = -1;
    for (int i = 0; i < static_cast<int>(timer_names); ++i) {
        const auto& due = room.timers[static_cast<std::size_t>(i)];
        if (!due) continue;
        if (which < 0 || *due < *room.timers[static_cast<std::size_t>(which)]) which = i;
    }
    if (which < 0) return by(member(), {.what = verb::hand_up});
    const auto due = *room.timers[static_cast<std::size_t>(which)];
    if (chance(95)) now_ = std::max(now_, due + std::chrono::seconds{below(4)});
    return by({}, {.what = verb::timer, .when = due, .which = static_cast<timer_name>(which)});
}

event meetings_life::next(const meeting& room) {
    now_ += std::chrono::seconds{chance(90) ? below(25) : below(200)};
    if (!past_.empty() && chance(4)) {
        // It comes again, as it was or a little later.
        auto again = past_[static_cast<std::size_t>(below(static_cast<int>(past_.size())))];
        if (chance(50)) again.at = now_;
        return again;
    }
    const bool waits = !is_room_open(room.now) && room.now != state::paused;
    event made;
    if (chance(room.now == state::draft ? 2 : waits ? 30 : 7)) {
        made = fire(room);
    } else if (chance(14)) {
        made = nonsense(room);
    } else {
        made = sensible(room);
    }
    // A timer that is due does not wait long.
    if (made.what.what != verb::timer) {
        for (const auto& due : room.timers) {
            if (due && *due <= now_ && chance(70)) {
                made = fire(room);
                break;
            }
        }
    }
    past_.push_back(made);
    if (past_.size() > 40) past_.erase(past_.begin());
    return made;
}

event meetings_life::sensible(const meeting& room) {
    const actor agent{role::agent, room.moderator, "Brenda"};
    switch (room.now) {
        case state::draft:
            if (chance(15)) {
                auto changed = plan_;
                changed.end += 30min;
                plan_ = changed;
                return by(agent, {.what = verb::edit, .planned = changed});
            }
            if (chance(10)) return by(agent, {.what = verb::try_out});
            return by(agent, {.what = verb::schedule});
        case state::scheduled:
            if (chance(30)) return by({}, {.what = verb::bring_roster, .roster = plan_.members});
            if (chance(1)) return by(agent, {.what = verb::cancel, .agrees = chance(80)});
            if (chance(5)) {
                const auto when = chance(50) ? plan_.start - 24h * 9 : plan_.start + 24h;
                return by(agent, {.what = verb::reschedule, .when = when});
            }
            return chance(40) ? fire(room) : by(agent, {.what = verb::announce});
        case state::announced:
            if (chance(20)) return fire(room);
            if (chance(1)) return by(agent, {.what = verb::cancel, .agrees = chance(80)});
            if (chance(10)) {
                return by({}, {.what = verb::see_payment, .about = anybody(),
                               .transaction = words("t"), .amount = amount()});
            }
            return by(member(), chance(80) ? act{.what = verb::confirm}
                                           : act{.what = verb::excuse, .text = words("motivo")});
        case state::lobby:
            if (room.members.size() > 0 && chance(75)) {
                return by(who_is_missing(room), {.what = verb::check_in});
            }
            if (now_ < plan_.start && chance(80)) now_ = std::max(now_, plan_.start);
            return chance(70) ? by(agent, {.what = verb::open}) : talk(room);
        case state::paused:
            if (chance(50)) return by(agent, {.what = verb::resume});
            if (chance(20)) return by({role::backup, "o2", "Luis"}, {.what = verb::take_over});
            if (chance(5)) return by(agent, {.what = verb::adjourn, .agrees = chance(80)});
            return chance(20) ? fire(room) : by(member(), {.what = verb::check_in});
        case state::minutes_review:
            if (chance(10)) return by(member(), {.what = verb::object, .text = words("objecion")});
            if (chance(8)) {
                return by(holder(role::secretary),
                          {.what = verb::edit_minutes, .text = words("correccion")});
            }
            if (chance(5)) return fire(room);
            if (chance(10)) return by(member(), {.what = verb::rate, .number = below(5)});
            if (chance(10)) {
                return by(chance(50) ? agent : holder(role::president),
                          {.what = verb::waive, .number = 1 + below(3)});
            }
            switch (below(4)) {
                case 0: return by(holder(role::president), {.what = verb::sign});
                case 1: return by(holder(role::treasurer), {.what = verb::sign});
                case 2: return by(holder(role::secretary), {.what = verb::sign});
                default: return by(agent, {.what = verb::sign});
            }
        case state::closed:
            if (chance(20)) return by(member(), {.what = verb::rate, .text = words("opinion")});
            if (chance(60)) return by(member(), {.what = verb::rate, .number = below(5)});
            return nonsense(room);
        case state::adjourned:
        case state::cancelled:
            return nonsense(room);
        default:
            break;
    }
    const int pick = below(100);
    if (pick < 14) return talk(room);
    if (pick < 20) return moderate(room);
    if (pick < 26) return by(member(), {.what = verb::check_in});
    if (pick < 31) {
        return by({}, {.what = verb::see_payment, .about = anybody(),
                       .transaction = words("t"), .amount = amount()});
    }
    if (pick < 33) return by(member(), {.what = verb::leave});
    if (pick < 34) {
        return by(holder(role::president), {.what = verb::pause, .text = words("pausa")});
    }
    return in_step(room);
}

event meetings_life::ballot(const meeting& room, role opener) {
    if (room.box) {
        if (chance(12)) {
            return by(holder(opener), {.what = verb::close_vote, .number = room.box->request});
        }
        return by(member(),
                  {.what = verb::cast_vote,
                   .number = room.box->request,
                   .choice = chance(85) ? dialogs::meetings::ballot::yes
                                        : static_cast<dialogs::meetings::ballot>(below(3))});
    }
    const int number = 1 + below(static_cast<int>(room.requests.size()));
    return by(holder(opener), {.what = verb::open_vote, .number = number});
}

event meetings_life::in_step(const meeting& room) {
    const actor agent{role::agent, room.moderator, "Brenda"};
    const auto on = [&] {
        if (room.now >= state::internal_loans && chance(60)) {
            if (room.now == state::internal_loans) {
                return by(member(), {.what = verb::request_internal, .text = words("tienda"),
                                     .amount = amount(), .agrees = chance(60)});
            }
            if (room.now == state::loan_requests) {
                return by(member(), {.what = verb::request_loan, .text = words("maiz"),
                                     .amount = amount(), .agrees = chance(60)});
            }
            if (room.now == state::admissions) {
                return by(member(), {.what = verb::propose_member,
                                     .about = "p" + std::to_string(below(4)), .name = "Rosa"});
            }
        }
        const auto training = room.now == state::training;
        return by(chance(50) ? agent : holder(role::president),
                  {.what = verb::advance, .text = training && chance(70) ? words("sin tiempo") : ""});
    };
    switch (room.now) {
        case state::roll_call:
            if (chance(60)) return by(who_is_missing(room), {.what = verb::check_in});
            if (chance(35)) {
                return by(holder(role::secretary),
                          {.what = verb::mark, .about = anybody(),
                           .attends = static_cast<attendance>(below(5))});
            }
            if (chance(15)) return by(member(), {.what = verb::excuse, .text = words("motivo")});
            return on();
        case state::minutes_reading:
            if (chance(50)) return by(member(), {.what = verb::approve});
            if (chance(20)) return by(member(), {.what = verb::object, .text = words("objecion")});
            return on();
        case state::collection:
            switch (below(7)) {
                case 0:
                    return by(member(),
                              {.what = verb::report_payment, .amount = chance(50) ? amount() : money{},
                               .media = {media_kind::image, words("foto")}});
                case 1: {
                    // Of somebody who has one half: the other half, mostly as it was counted.
                    for (const auto& one : room.cash) {
                        if (one.complete || chance(30)) continue;
                        return by(chance(50) ? agent : holder(role::treasurer),
                                  {.what = verb::confirm_cash, .about = one.about,
                                   .amount = chance(85) ? one.amount : amount()});
                    }
                    [[fallthrough]];
                }
                case 2:
                    return by(chance(40) ? agent : holder(chance(50) ? role::treasurer
                                                                     : role::handler),
                              {.what = verb::confirm_cash, .about = anybody(), .amount = amount()});
                case 3:
                    return by(holder(role::treasurer),
                              {.what = verb::record_savings, .about = anybody(),
                               .amount = amount()});
                case 4:
                    return by(member(), {.what = verb::cannot_pay, .text = words("no tengo")});
                case 5:
                    return chance(60) ? on() : fire(room);
                default: {
                    const auto& who = plan_.members[static_cast<std::size_t>(
                        below(static_cast<int>(plan_.members.size()))
                    )];
                    return by({}, {.what = verb::see_payment, .about = who.id,
                                   .transaction = words("t"),
                                   .amount = who.owes.instalment.minor > 0 ? who.owes.instalment
                                                                           : amount()});
                }
            }
        case state::internal_loans:
            if (chance(15)) return by(member(), {.what = verb::internal_repay, .amount = amount()});
            if (chance(15)) {
                return by(holder(role::treasurer), {.what = verb::record_internal,
                                                    .about = anybody(), .amount = amount()});
            }
            return !room.requests.empty() && chance(75) ? ballot(room, role::president) : on();
        case state::admissions:
            if (!room.guests.empty() && chance(25)) {
                const auto& one = room.guests[static_cast<std::size_t>(
                    below(static_cast<int>(room.guests.size()))
                )];
                if (chance(50)) {
                    return by(room.seq % 2 == 0 ? actor{} : actor{role::guest, one.id, one.name},
                              {.what = verb::take_consent, .about = one.id,
                               .choice = room.seq % 7 == 0 ? ballot::no : ballot::abstain});
                }
                return by({role::guest, one.id, one.name},
                          {.what = chance(50) ? verb::present : verb::said,
                           .text = words("soy")});
            }
            return !room.requests.empty() && chance(75) ? ballot(room, role::president) : on();
        case state::loan_requests:
            return !room.requests.empty() && chance(80) ? ballot(room, role::president) : on();
        case state::training:
            return chance(60) ? by(member(), {.what = verb::quiz_answer, .number = below(5)}) : on();
        case state::fines: {
            const int number = 1 + below(static_cast<int>(room.fines.size()));
            switch (below(5)) {
                case 0:
                    return by(holder(role::secretary),
                              {.what = verb::propose_fine, .about = somebody_to_fine(room),
                               .fine = static_cast<fine_kind>(below(3))});
                case 1:
                    return by(member(), {.what = verb::justify, .text = words("motivo"),
                                         .number = number});
                case 2:
                    return by(chance(50) ? agent : holder(role::president),
                              {.what = verb::waive, .number = number});
                case 3: {
                    const auto& rules = plan_.rules;
                    return by(holder(role::secretary),
                              {.what = verb::confirm_fine,
                               .amount = chance(50) ? money{} : rules.fine_late.value_or(money{}),
                               .number = number});
                }
                default:
                    return on();
            }
        }
        default:
            switch (below(5)) {
                case 0:
                    return by(holder(role::president), {.what = verb::agree_next});
                case 1:
                    return by(holder(role::treasurer), {.what = verb::set_banker,
                                                        .about = anybody(), .second = anybody()});
                case 2:
                    return by(holder(role::secretary),
                              {.what = verb::note_agreement, .about = anybody(),
                               .text = words("acuerdo")});
                case 3:
                    if (chance(15)) {
                        return by(agent, {.what = verb::back, .to = static_cast<state>(
                                                                  5 + below(8))});
                    }
                    return by(agent, {.what = verb::close});
                default:
                    return fire(room);
            }
    }
}

event meetings_life::chat(const meeting& room) {
    act seen{.what = verb::see_chat, .second = "whatsapp/group-1", .text = "https://chat/1"};
    seen.agrees = !chance(room.chat.id.empty() ? 5 : 1);
    if (!room.chat.id.empty()) {
        seen.about = chance(10) ? "o1" : anybody();
        seen.agrees = chance(85);
    }
    if (chance(3)) seen.second = "whatsapp/group-2";
    return by({}, std::move(seen));
}

event meetings_life::talk(const meeting& room) {
    const bool in_chat = room.planned.how == mode::native_small;
    if (in_chat && chance(25)) return chat(room);
    auto who = member();
    if (chance(10)) who = {role::agent, room.moderator, "Brenda"};
    if (chance(10)) return by(who, {.what = verb::hand_up});
    act what{.what = verb::said, .text = words("hola")};
    if (room.box && !in_chat && chance(15)) {  // she votes in words, or says so to her neighbour
        constexpr std::array<const char*, 4> ballots{"sí", "no", "me abstengo", "no, gracias"};
        what.text = ballots.at(static_cast<std::size_t>(below(4)));
        return by(who, std::move(what));
    }
    const int pick = below(100);
    if (pick < 10) {
        what.text = words("yo debo");
        what.judged = {static_cast<decision>(1 + below(3)), "debts", chance(50) ? incident_kind::privacy : incident_kind::naming_debt};
        // What she would have said of herself.
        const auto* me = find_member(plan_, who.id);
        if (me != nullptr && me->owes.instalment.minor > 0) {
            what.text += " Q" + decimal(me->owes.instalment);
        }
    } else if (pick < 14) {
        what.judged = {decision::block, "codes", incident_kind::scam};
    } else if (pick < 18) {
        what.judged = {decision::hold, "insults", incident_kind::insult, 60min};
    } else if (pick < 26) {
        what.judged.kind = incident_kind::off_topic;
    } else if (pick < 27) {
        what.judged = {decision::to_agent, "danger", incident_kind::emergency, {}, true};
    } else if (pick < 37) {
        what.media = {media_kind::voice_note, words("audio")};
        what.seconds = below(100);
    } else if (pick < 43) {
        what.media = {media_kind::image, words("foto")};
    } else if (pick < 46) {
        what.text = std::string(static_cast<std::size_t>(900 + below(700)), 'x') + words(" largo");
    }
    if (in_chat && chance(60)) what.second = chance(95) ? "whatsapp/group-1" : "whatsapp/group-9";
    return by(who, std::move(what));
}

event meetings_life::moderate(const meeting& room) {
    const actor agent{role::agent, room.moderator, "Brenda"};
    const auto about = anybody();
    switch (below(11)) {
        case 0:
        case 1:
            for (const auto& one : room.held) {
                // Whatever it is: what is private she cannot let through.
                if (chance(30)) continue;
                return by(agent, {.what = verb::release, .number = one.number});
            }
            return by(agent, {.what = verb::reject, .text = words("por"), .number = room.last_held});
        case 2:
            return by(agent, {.what = verb::mute, .about = about, .lasts = 2min});
        case 3:
            return by(agent, {.what = verb::unmute, .about = about});
        case 4:
            return by(agent, {.what = verb::warn, .about = about, .text = words("aviso")});
        case 5:
            if (chance(70)) return by(agent, {.what = verb::warn, .about = about});
            return by(agent, {.what = verb::remove, .about = about, .text = words("fuera")});
        case 6:
            return by(member(), {.what = verb::flag, .text = words("mal"),
                                 .number = static_cast<int>(room.spoken) - below(5)});
        case 7:
            for (const auto& one : room.incidents) {
                if (one.about.empty() || chance(50)) continue;
                return by({role::member, one.about, {}},
                          {.what = verb::appeal, .number = one.number});
            }
            [[fallthrough]];
        case 8:
            for (const auto& one : room.incidents) {
                if (!one.appealed || one.taken_back || chance(30)) continue;
                return by({role::supervisor, "o3", {}},
                          {.what = verb::answer_appeal, .number = one.number, .agrees = chance(50)});
            }
            return by({chance(50) ? role::supervisor : role::agent, chance(50) ? "o3" : "o1", {}},
                      {.what = verb::answer_appeal, .number = 1 + below(room.last_incident + 1),
                       .agrees = chance(50)});
        default:
            return by(agent, {.what = verb::grant_floor,
                              .about = chance(30) ? std::string{}
                                       : room.queue.empty() ? about
                                                            : room.queue.front()});
    }
}

// Anybody does anything.
event meetings_life::nonsense(const meeting& room) {
    actor who = member();
    switch (below(12)) {
        case 0: who = {role::agent, "o1", "Brenda"}; break;
        case 1: who = {role::backup, "o2", "Luis"}; break;
        case 2: who = {role::supervisor, "o3", "Marta"}; break;
        case 3: who = {role::guest, "p" + std::to_string(below(4)), "Rosa"}; break;
        case 4: who = {role::agent, "o9", "Nadie"}; break;
        case 5: who = {role::member, "c99", "Nadie"}; break;
        case 6: who = {}; break;
        case 7: who = {role::treasurer, "c1", "Ana1"}; break;
        default: break;
    }
    act what{.what = static_cast<verb>(below(static_cast<int>(verbs)))};
    if (what.what == verb::bring_roster) {
        what.roster = plan_.members;
        if (chance(50) && what.roster.size() > 3) what.roster.pop_back();
    }
    if (what.what == verb::reschedule) what.when = plan_.start + std::chrono::hours{below(48)};
    // The end of everything comes by itself soon enough.
    if ((what.what == verb::cancel || what.what == verb::adjourn || what.what == verb::remove) &&
        chance(92)) {
        what.what = verb::said;
    }
    what.about = anybody();
    what.second = anybody();
    what.name = "Rosa";
    what.text = words("cosa");
    what.transaction = words("t");
    what.amount = chance(70) ? amount() : money{chance(50) ? 0 : -below(1'000)};
    what.number = below(20);
    what.agrees = chance(50);
    what.choice = static_cast<dialogs::meetings::ballot>(below(3));
    what.attends = static_cast<attendance>(below(5));
    what.to = static_cast<state>(below(static_cast<int>(states)));
    what.which = static_cast<timer_name>(below(static_cast<int>(timer_names)));
    if (chance(20)) what.judged = {decision::hold, "words", incident_kind::sales};
    if (what.what == verb::timer) {
        const auto& due = room.timers[static_cast<std::size_t>(what.which)];
        what.when = due ? *due : now_;  // early, or never set
    }
    return by(std::move(who), std::move(what));
}

}  // namespace tertulia::simulation
