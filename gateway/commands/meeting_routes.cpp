#include "gateway/commands/meeting_routes.hpp"

#include "dialogs/meetings/advance.hpp"
#include "dialogs/script/diagnostic.hpp"
#include "gateway/commands/script_routes.hpp"
#include "gateway/http/query.hpp"
#include "gateway/meetings/meeting_feedback.hpp"
#include "gateway/meetings/meeting_json.hpp"
#include "gateway/meetings/room_session.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::gateway {
namespace {

namespace rooms = dialogs::meetings;
using nlohmann::json;

constexpr std::size_t meetings_listed_most = 500;
constexpr std::size_t meeting_body_bytes_max = 16UL * 1024;
constexpr std::size_t meeting_text_bytes_max = 4'000;
constexpr std::size_t meeting_name_bytes_max = 80;
constexpr std::int64_t meeting_minutes_most = 24L * 60;

http::response meeting_json(unsigned status, const json& body) {
    return {
        .status = status,
        .content_type = "application/json",
        .body = body.dump(-1, ' ', false, json::error_handler_t::replace)};
}

http::response meetings_not_allowed() {
    return http::problem(
        403, "not-allowed", "Meetings are not open to you",
        "Ask from this machine, or send server.admin_token of the config as a Bearer token."
    );
}

http::response no_such_meeting() {
    return http::problem(
        404, "no-such-meeting", "There is no such meeting",
        "`tertulia meeting list` and GET /api/v1/meetings list them; a meeting is GROUP/NUMBER."
    );
}

http::response not_understood(std::string_view why) {
    return http::problem(400, "bad-request", "This is not understood", why);
}

struct meeting_path {
    std::string room{};
    std::string_view rest{};  // "", "log", "minutes", "acts"
};

// ".../GROUP/NUMBER[/rest]"
std::optional<meeting_path> read_path(std::string_view path) {
    path.remove_prefix(std::min(path.size(), std::string_view{meetings_path}.size() + 1));
    std::string_view rest;
    for (const auto word : {std::string_view{"log"}, std::string_view{"minutes"}, std::string_view{"acts"}}) {
        if (!path.ends_with("/" + std::string{word})) continue;
        rest = word;
        path.remove_suffix(word.size() + 1);
        break;
    }
    const auto slash = path.rfind('/');
    if (slash == std::string_view::npos || slash == 0) return std::nullopt;
    int number{};
    const auto digits = path.substr(slash + 1);
    const auto [stopped, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || stopped != digits.data() + digits.size() || number < 1) {
        return std::nullopt;
    }
    auto room = http::percent_decode(path);
    if (!room) return std::nullopt;
    return meeting_path{std::move(*room), rest};
}

void on_writer(inbox& incoming, http::reply answer, std::function<http::response(store&)> work) {
    auto shared = std::make_shared<http::reply>(std::move(answer));
    incoming.add(errand{[shared, work = std::move(work)](store& from) {
        try {
            std::move(*shared).send(work(from));
        } catch (const std::exception&) {
            std::move(*shared).send(http::problem(
                503, "store-unreadable", "The store cannot be read", "See the gateway's log."
            ));
        }
    }});
}

void list_meetings(
    const meeting_route_parts& parts, const http::request& request, http::reply answer
) {
    auto group = http::query_value(request.query, "group").value_or("");
    on_writer(parts.incoming, std::move(answer), [&ledger = parts.ledger, group](store&) {
        auto lines = json::array();
        for (const auto& one : ledger.meetings(group, meetings_listed_most)) {
            lines.push_back(json_of(one));
        }
        return meeting_json(200, {{"meetings", std::move(lines)}});
    });
}

void show_feedback(
    const meeting_route_parts& parts, const http::request& request, http::reply answer
) {
    auto agenda = http::query_value(request.query, "agenda").value_or("");
    on_writer(parts.incoming, std::move(answer), [&ledger = parts.ledger, agenda](store& from) {
        std::vector<std::shared_ptr<const rooms::meeting>> held;
        std::vector<const rooms::meeting*> all;
        for (const auto& one : ledger.meetings("", meetings_listed_most)) {
            if (auto room = meeting_in(from, one.party)) all.push_back(held.emplace_back(std::move(room)).get());
        }
        auto lines = json::array();
        for (const auto& one : feedback_of(all, agenda)) lines.push_back(json_of(one));
        return meeting_json(200, {{"feedback", std::move(lines)}});
    });
}

void show_meeting(
    const meeting_route_parts& parts, const http::request& request, http::reply answer
) {
    const auto asked = read_path(request.path);
    if (!asked || asked->rest == "acts") {
        std::move(answer).send(no_such_meeting());
        return;
    }
    const auto format = http::query_value(request.query, "format").value_or("json");
    if (format != "json" && format != "text" && format != "pdf") {
        std::move(answer).send(not_understood("format is json, text or pdf."));
        return;
    }
    auto language = http::query_value(request.query, "language").value_or("");
    on_writer(
        parts.incoming, std::move(answer),
        [parts, room = asked->room, rest = std::string{asked->rest}, format,
         language = std::move(language)](store& from) {
            const auto kept = parts.ledger.find_meeting(room);
            if (!kept) return no_such_meeting();
            if (rest == "log") {
                const auto log = parts.ledger.meeting_log_of(room);
                if (!log) return no_such_meeting();
                return meeting_json(200, {{"lines", json_of(log->lines)}});
            }
            const auto now = meeting_in(from, kept->party);
            if (!now) return no_such_meeting();
            if (rest == "minutes") {
                const auto made = rooms::make_minutes(*now);
                if (format == "json") return meeting_json(200, json_of(made));
                const auto tongue = language.empty() ? now->planned.language : language_tag{language};
                return http::response{
                    .content_type = format == "pdf" ? "application/pdf" : "text/plain; charset=utf-8",
                    .body = format == "pdf" ? parts.archive.pdf(made, tongue)
                                            : parts.archive.text(made, tongue)};
            }
            auto shown = json_of(*kept);
            shown["room"] = json_of(rooms::look_at(*now, parts.clock()));
            return meeting_json(200, shown);
        }
    );
}

// Why the body is no object of these; empty: it is.
std::string not_of(const json& body, std::initializer_list<std::string_view> known) {
    if (!body.is_object()) return "Send an object.";
    const std::vector<std::string> all{known.begin(), known.end()};
    for (const auto& [key, value] : body.items()) {
        if (std::ranges::find(all, key) != all.end()) continue;
        const auto near = dialogs::did_you_mean(key, all);
        return "There is no \"" + key.substr(0, meeting_name_bytes_max) + "\" here" +
               (near.empty() ? "." : "; did you mean \"" + near + "\"?");
    }
    return {};
}

std::string not_text(const json& body, std::initializer_list<const char*> keys) {
    for (const auto* one : keys) {
        if (body.contains(one) && !body[one].is_string()) return "\"" + std::string{one} + "\" is a text.";
    }
    return {};
}

void create_meeting(
    const meeting_route_parts& parts, const http::request& request, http::reply answer
) {
    const auto body = json::parse(request.body, nullptr, false);
    auto wrong = not_of(body, {"group", "start", "agenda"});
    if (wrong.empty()) wrong = not_text(body, {"group", "start", "agenda"});
    if (!wrong.empty()) {
        std::move(answer).send(not_understood(wrong));
        return;
    }
    const auto text = [&body](const char* key) {
        return body.contains(key) ? body[key].get<std::string>() : std::string{};
    };
    meeting_wish what{.group_id = text("group"), .start = {}, .agenda = text("agenda")};
    if (what.group_id.empty() || what.group_id.size() > meeting_name_bytes_max) {
        std::move(answer).send(not_understood("Send {\"group\": its id in core banking}."));
        return;
    }
    if (const auto start = text("start"); !start.empty()) {
        what.start = parts.calendar.read(start);
        if (!what.start) {
            std::move(answer).send(
                not_understood("\"start\" is a day and hour, \"2026-12-01T10:00\".")
            );
            return;
        }
    }
    auto shared = std::make_shared<http::reply>(std::move(answer));
    parts.desk.create(std::move(what), [shared](meeting_made made) {
        std::move(*shared).send(
            made.room.empty()
                ? http::problem(409, "not-made", "No meeting was made", made.trouble)
                : meeting_json(201, made.note.empty()
                      ? json{{"meeting", made.room}}
                      : json{{"meeting", made.room}, {"note", made.note}})
        );
    });
}

// The others are told to a meeting by the gateway.
bool is_of_people(rooms::verb what) noexcept {
    using enum rooms::verb;
    return what != none && what != edit && what != bring_roster && what != see_payment && what != timer;
}

std::string no_such_act(const std::string& said) {
    std::vector<std::string> all;
    std::string listed;
    for (unsigned i = 0; !rooms::name_of(static_cast<rooms::verb>(i)).empty(); ++i) {
        const auto one = static_cast<rooms::verb>(i);
        if (!is_of_people(one)) continue;
        all.emplace_back(rooms::name_of(one));
        listed += (listed.empty() ? "" : ", ") + all.back();
    }
    const auto near = dialogs::did_you_mean(said, all);
    return "\"does\" is an act of a meeting" + (near.empty() ? "" : "; did you mean \"" + near + "\"?") +
           " There are: " + listed + ".";
}

// What is asked for, or why it is not understood.
std::variant<rooms::event, std::string> read_act(const json& body, const dialogs::local_calendar& calendar) {
    const auto text = [&body](const char* key) {
        return body.contains(key) ? body[key].get<std::string>() : std::string{};
    };
    const auto number = [&body](const char* key) {
        return body.contains(key) && body[key].is_number_integer() ? body[key].get<std::int64_t>() : 0;
    };
    if (auto wrong = not_of(
            body, {"by", "name", "as", "does", "about", "second", "text", "minutes", "number", "amount",
                   "when", "to", "attendance", "fine", "agrees"}
        );
        !wrong.empty()) {
        return wrong;
    }
    if (auto wrong = not_text(
            body, {"by", "name", "as", "does", "about", "second", "text", "when", "to", "attendance", "fine"}
        );
        !wrong.empty()) {
        return wrong;
    }
    rooms::event made{};
    made.by = {.as = rooms::role::agent, .id = text("by"), .name = text("name")};
    if (made.by.id.empty() || made.by.id.size() > meeting_name_bytes_max) {
        return "\"by\" is who does it, as the staff list names her: \"officer:7\".";
    }
    if (const auto as = text("as"); !as.empty()) {
        const auto role = rooms::parse_role(as);
        const bool ours = role == rooms::role::agent || role == rooms::role::backup ||
                          role == rooms::role::supervisor;
        if (!ours) return "\"as\" is agent, backup or supervisor.";
        made.by.as = *role;
    }
    const auto does = rooms::parse_verb(text("does"));
    if (!does || !is_of_people(*does)) return no_such_act(text("does"));
    auto& act = made.what;
    act.what = *does;
    act.about = text("about");
    act.second = text("second");
    act.text = text("text");
    if (act.text.size() > meeting_text_bytes_max) return "\"text\" is up to 4000 bytes.";
    for (const auto* whole : {"minutes", "number", "amount"}) {
        if (!body.contains(whole) || body[whole].is_number_integer()) continue;
        return "\"" + std::string{whole} + "\" is a whole number.";
    }
    if (body.contains("agrees") && !body["agrees"].is_boolean()) return "\"agrees\" is true or false.";
    if (const auto minutes = number("minutes"); minutes != 0) {
        if (minutes < 1 || minutes > meeting_minutes_most) return "\"minutes\" is 1 to 1440.";
        act.lasts = std::chrono::minutes{minutes};
    }
    act.number = static_cast<int>(number("number"));
    if (body.contains("amount")) {
        const auto minor = number("amount");
        if (minor < 0) return "\"amount\" is in minor units, and not less than nothing.";
        act.amount.minor = minor;
    }
    if (const auto when = text("when"); !when.empty()) {
        const auto at = calendar.read(when);
        if (!at) return "\"when\" is a day and hour, \"2026-12-01T10:00\".";
        act.when = *at;
    }
    if (const auto to = text("to"); !to.empty()) {
        const auto state = rooms::parse_state(to);
        if (!state) return "\"to\" is a state of a meeting: collection, training…";
        act.to = *state;
    }
    if (const auto attends = text("attendance"); !attends.empty()) {
        const auto read = rooms::parse_attendance(attends);
        if (!read) return "\"attendance\" is present, late, excused or absent.";
        act.attends = *read;
    }
    if (const auto fine = text("fine"); !fine.empty()) {
        const auto read = rooms::parse_fine_kind(fine);
        if (!read) return "\"fine\" is late, absent or other.";
        act.fine = *read;
    }
    // Who asks for it here means it: there is no one to ask back.
    act.agrees = act.what == rooms::verb::cancel || act.what == rooms::verb::adjourn ||
                 (body.contains("agrees") && body["agrees"].get<bool>());
    return made;
}

// For who operates the gateway; members and officers read the messages of the operators.
std::string_view in_words(rooms::refusal why) noexcept {
    using enum rooms::refusal;
    switch (why) {
        case none: return "";
        case duplicate: return "That was done before, by the same message.";
        case stale_timer: return "That timer is not set, or not due.";
        case over: return "The meeting is over.";
        case not_now: return "The step under way does not take it: `show` tells which one it is.";
        case not_allowed: return "It is not of her office.";
        case not_of_group: return "Whoever \"by\" names has no part in this meeting: it is its moderator, backup or supervisor.";
        case not_in_room: return "She is not in the room.";
        case muted: return "She is muted.";
        case removed: return "She was taken out of this meeting.";
        case paused: return "The meeting is paused: resume it first.";
        case already: return "It is so already.";
        case no_such: return "There is no such member, line, request, fine or step.";
        case no_quorum: return "Too few are here to decide.";
        case not_eligible: return "She may not vote in it.";
        case own_money: return "Nobody counts her own money.";
        case same_person: return "A second person is needed.";
        case amount_differs: return "The first person counted another amount.";
        case no_amount: return "It needs an amount above zero, in the group's currency.";
        case not_enough_cash: return "The group's pot does not hold as much.";
        case no_fine_set: return "The group's bylaws set no fine for it.";
        case excused: return "She excused herself in time.";
        case no_consent: return "The prospect has not agreed yet.";
        case vote_open: return "A vote is open: close it first.";
        case not_answered: return "An objection to the minutes is not settled: edit_minutes with its number.";
        case too_long: return "The text is too long for the room.";
        case full: return "There is no room for more of it in this meeting.";
        case too_early: return "The training has its least time: give a reason, or wait.";
        case bad_plan: return "The plan or the day does not fit.";
        case unfit: return "The filter would not let these words reach others.";
        case not_passable: return "It is held for privacy: nobody passes it on.";
        case announced: return "It is no draft any more.";
        case stale: return "It belongs to an earlier moment of the meeting.";
        case vote_over: return "That vote is over.";
        case not_officers: return "The group's own officers do that.";
        case which_objection: return "Objections stand, and it is not clear which is meant: give the number of one, or a text that begins with \"all\".";
        case too_much: return "The amount is more than can be asked for.";
        case being_signed: return "The minutes are being signed: they change by a correction only.";
        case treasurers: return "The group's treasurer does that, and who moderates never.";
        case passed: return "Its step of the meeting is over.";
        case not_in_minutes: return "The filter would not let these words stand in the minutes.";
    }
    return "";
}

http::response refused(rooms::refusal why) {
    const std::string name{rooms::name_of(why)};
    return http::problem(
        409, "refused-" + name, "That cannot be done in this meeting now",
        std::string{in_words(why)} + " (" + name + ")"
    );
}

// Asked of the meeting as it stands first, so that a refusal is answered with its reason; the act
// itself is an event of the room like any other.
void act_in_meeting(
    const meeting_route_parts& parts, const http::request& request, http::reply answer
) {
    const auto asked = read_path(request.path);
    if (!asked || asked->rest != "acts") {
        std::move(answer).send(no_such_meeting());
        return;
    }
    auto read = read_act(json::parse(request.body, nullptr, false), parts.calendar);
    if (const auto* why = std::get_if<std::string>(&read)) {
        std::move(answer).send(not_understood(*why));
        return;
    }
    auto shared = std::make_shared<http::reply>(std::move(answer));
    parts.incoming.add(errand{
        [parts, shared, room = asked->room, act = std::get<rooms::event>(std::move(read))](store& from
        ) mutable {
            const auto kept = parts.ledger.find_meeting(room);
            const auto now = kept ? meeting_in(from, kept->party) : nullptr;
            if (!now) {
                std::move(*shared).send(no_such_meeting());
                return;
            }
            act.at = parts.clock();
            act.what.amount.currency = now->planned.currency;
            if (const auto tried = rooms::advance(*now, act); tried.refused != rooms::refusal::none) {
                std::move(*shared).send(refused(tried.refused));
                return;
            }
            parts.incoming.add(agent_request{
                .party = kept->party,
                .what = dialogs::told{.what = dialogs::room_word{.room = room, .what = std::move(act)}},
                .done = [parts, shared, room](agent_answer how) {
                    if (how != agent_answer::done) {
                        std::move(*shared).send(http::problem(
                            409, "refused", "That cannot be done in this meeting now",
                            "Something else happened in it meanwhile: look again."
                        ));
                        return;
                    }
                    parts.incoming.add(errand{[parts, shared, room](store& after) {
                        const auto kept_now = parts.ledger.find_meeting(room);
                        const auto is = kept_now ? meeting_in(after, kept_now->party) : nullptr;
                        if (!is) {
                            std::move(*shared).send(no_such_meeting());
                            return;
                        }
                        auto shown = json_of(*kept_now);
                        shown["room"] = json_of(rooms::look_at(*is, parts.clock()));
                        std::move(*shared).send(meeting_json(200, shown));
                    }});
                }});
        }});
}

}  // namespace

std::vector<http::route> meeting_routes(meeting_route_parts parts) {
    const auto guarded = [parts](auto work) {
        return [parts, work](const http::request& request, http::reply answer) {
            if (!may_publish(
                    parts.token, request.header("Authorization"), request.remote_address
                )) {
                std::move(answer).send(meetings_not_allowed());
                return;
            }
            work(parts, request, std::move(answer));
        };
    };
    const std::string one = std::string{meetings_path} + "/*";
    std::vector<http::route> routes;
    routes.push_back({.method = "GET", .path = meetings_path, .handle = guarded(list_meetings)});
    routes.push_back(
        {.method = "GET", .path = meeting_feedback_path, .handle = guarded(show_feedback)}
    );
    routes.push_back({.method = "GET", .path = one, .handle = guarded(show_meeting)});
    routes.push_back(
        {.method = "POST",
         .path = meetings_path,
         .body_bytes_max = meeting_body_bytes_max,
         .handle = guarded(create_meeting)}
    );
    routes.push_back(
        {.method = "POST",
         .path = one,
         .body_bytes_max = meeting_body_bytes_max,
         .handle = guarded(act_in_meeting)}
    );
    return routes;
}

}  // namespace tertulia::gateway
