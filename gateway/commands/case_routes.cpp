#include "gateway/commands/case_routes.hpp"

#include "dialogs/clients/confirmation.hpp"
#include "gateway/commands/script_routes.hpp"
#include "gateway/http/query.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>

namespace tertulia::gateway {
namespace {

using dialogs::case_deed;

constexpr std::string_view case_prefix = "/api/v1/cases/";
constexpr std::size_t cases_listed_most = 1'000;
constexpr std::size_t case_body_bytes_max = 16UL * 1024;
constexpr std::size_t name_bytes_max = 80;
constexpr std::int64_t minutes_most = 7L * 24 * 60;

http::response json_answer(unsigned status, const nlohmann::json& body) {
    return {
        .status = status,
        .content_type = "application/json",
        .body =
            body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

http::response cases_not_allowed() {
    return http::problem(
        403, "not-allowed", "Cases are not open to you",
        "Ask from this machine, or send server.admin_token of the config as a Bearer token."
    );
}

http::response no_such_case() {
    return http::problem(
        404, "no-such-case", "There is no such case", "GET /api/v1/cases lists the open ones."
    );
}

http::response bad(std::string_view why) {
    return http::problem(400, "bad-request", "This is not understood", why);
}

nlohmann::json at(instant when) {
    return when == instant{} ? nlohmann::json{} : nlohmann::json(to_millis(when));
}

nlohmann::json line_of(const kept_case& one) {
    const auto& what = one.what;
    nlohmann::json due = nlohmann::json::object();
    for (std::size_t i = 0; i < dialogs::case_clocks; ++i) {
        if (what.due[i] == instant{}) continue;
        due[std::string{dialogs::name_of(static_cast<dialogs::case_clock>(i))}] =
            to_millis(what.due[i]);
    }
    return {
        {"number", what.number},
        {"kind", what.kind},
        {"category", what.category},
        {"priority", what.priority},
        {"state", dialogs::name_of(what.state)},
        {"queue", what.queue},
        {"client", what.client_name},
        {"client_id", what.client_id},
        {"branch", what.branch_id},
        {"holder", what.holder.id},
        {"level", what.level},
        {"late", what.missed != 0},
        {"opened_at", at(what.opened_at)},
        {"changed_at", at(what.changed_at)},
        {"due", std::move(due)}};
}

nlohmann::json whole(const kept_case& one, const std::vector<case_event>& history) {
    auto made = line_of(one);
    made["answers"] = one.what.answers;
    made["media"] = one.what.media;
    made["waiting_words"] = one.what.words;
    made["answer"] = one.what.answer;
    made["excluded"] = one.what.excluded;
    auto events = nlohmann::json::array();
    for (const auto& each : history) {
        events.push_back(
            {{"at", at(each.at)},
             {"who", each.who},
             {"what", each.what},
             {"text", each.text},
             {"internal", each.internal}}
        );
    }
    made["history"] = std::move(events);
    return made;
}

// What the store is asked on the writer thread; what it refuses is answered 503.
void ask(inbox& incoming, http::reply answer, std::function<http::response(store&)> work) {
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

void list(const case_route_parts& parts, const http::request& request, http::reply answer) {
    case_filter which;
    if (const auto state = http::query_value(request.query, "state"); state && !state->empty()) {
        which.state = dialogs::parse_case_state(*state);
        if (!which.state) {
            std::move(answer).send(bad("state is open, taken, waiting, resolved or closed."));
            return;
        }
    }
    which.queue = http::query_value(request.query, "queue").value_or("");
    which.kind = http::query_value(request.query, "kind").value_or("");
    which.late_only = http::query_value(request.query, "late") == "true";
    which.all = http::query_value(request.query, "all") == "true";
    ask(parts.incoming, std::move(answer), [which = std::move(which)](store& from) {
        auto lines = nlohmann::json::array();
        for (const auto& one : from.cases(which, cases_listed_most)) lines.push_back(line_of(one));
        return json_answer(200, {{"cases", std::move(lines)}});
    });
}

void show(const case_route_parts& parts, const http::request& request, http::reply answer) {
    std::string number{request.path.substr(case_prefix.size())};
    auto by = http::query_value(request.query, "by").value_or("");
    if (by.empty() || by.size() > name_bytes_max) {
        std::move(answer).send(bad("Say who looks at it: ?by=NAME. It is kept in its history."));
        return;
    }
    ask(parts.incoming, std::move(answer),
        [number = std::move(number), by = std::move(by), now = parts.clock()](store& from) {
            const auto found = from.find_case(number);
            if (!found) return no_such_case();
            from.note_case_view(number, now, by, "viewed");
            return json_answer(200, whole(*found, from.case_history(number)));
        });
}

// Why it was not done, as the case stands now.
http::response refused(const dialogs::client_case& of, const dialogs::case_act& act) {
    const bool other = of.held() && of.holder.id != act.by.id;
    if (of.over()) {
        return http::problem(409, "case-over", "The case is closed", "She may open another.");
    }
    if (other) {
        return http::problem(
            409, "held-by-other", "Somebody else has the case",
            "It is with " + of.holder.id + ", who may give it back or resolve it."
        );
    }
    if (of.excluded == act.by.id && !of.excluded.empty()) {
        return http::problem(
            409, "not-for-you", "The case is not for this person", "Somebody else has to take it."
        );
    }
    if (act.what == case_deed::confirm) {
        return http::problem(
            409, "nothing-to-confirm", "This case asks for no confirmation",
            "Only one of the kind 'confirm' does, and nobody confirms herself."
        );
    }
    return http::problem(
        409, "not-now", "That cannot be done with the case now",
        "Somebody talks with her about another case, or it has been answered already."
    );
}

// The act is an event of her conversation; what came of it stands in the case afterwards.
void act_on(
    inbox& incoming, std::string number, dialogs::case_act act, std::shared_ptr<http::reply> answer
) {
    incoming.add(errand{[&incoming, number, act = std::move(act), answer](store& from) {
        const auto before = from.find_case(number);
        if (!before) {
            std::move(*answer).send(no_such_case());
            return;
        }
        const auto events = from.case_history(number).size();
        incoming.add(agent_request{
            .party = before->party,
            .what = dialogs::told{.by = {}, .what = act},
            .done = [&incoming, number, act, answer, events](agent_answer how) {
                if (how == agent_answer::failed || how == agent_answer::unknown_person) {
                    std::move(*answer).send(http::problem(
                        500, "step-failed", "It could not be done",
                        "`tertulia dead-letters` tells why; nothing was changed."
                    ));
                    return;
                }
                incoming.add(errand{[number, act, answer, events](store& after) {
                    const auto now = after.find_case(number);
                    const bool done = after.case_history(number).size() > events;
                    std::move(*answer).send(
                        !now   ? no_such_case()
                        : done ? json_answer(200, line_of(*now))
                               : refused(now->what, act)
                    );
                }});
            }});
    }});
}

std::optional<case_deed> deed_of(std::string_view word) {
    if (word == "reply") return case_deed::say;
    const auto deed = dialogs::parse_case_deed(word);
    return deed == case_deed::say ? std::nullopt : deed;
}

void act(const case_route_parts& parts, const http::request& request, http::reply answer) {
    const auto rest = request.path.substr(case_prefix.size());
    const auto slash = rest.find('/');
    const auto deed =
        slash == std::string_view::npos ? std::nullopt : deed_of(rest.substr(slash + 1));
    if (!deed) {
        std::move(answer).send(http::problem(
            404, "no-such-act", "That cannot be done with a case",
            "take, note, reply, give_back, resolve, snooze or confirm, with POST."
        ));
        return;
    }
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    const auto text_of = [&body](const char* key) {
        return body.is_object() && body.contains(key) && body[key].is_string()
                   ? body[key].get<std::string>()
                   : std::string{};
    };
    dialogs::case_act made{.number = std::string{rest.substr(0, slash)}, .what = *deed};
    made.by.id = text_of("by");
    made.by.name = text_of("name");
    made.text = text_of("text");
    if (made.by.id.empty() || made.by.id.size() > name_bytes_max) {
        std::move(answer).send(bad("Send {\"by\": who does it, \"name\": as clients call her}."));
        return;
    }
    const bool speaks = *deed == case_deed::note || *deed == case_deed::say ||
                        *deed == case_deed::resolve;
    if (speaks && (made.text.empty() || made.text.size() > 4 * dialogs::case_text_bytes_max)) {
        std::move(answer).send(bad("\"text\" is what is noted or said, up to 4000 bytes."));
        return;
    }
    if (*deed == case_deed::confirm) {
        made.text = text_of("how");
        if (!dialogs::is_way_to_confirm(made.text)) {
            std::move(answer).send(bad(
                "\"how\" is in_person, or call_back: at another number of hers than this one."
            ));
            return;
        }
    }
    if (*deed == case_deed::snooze) {
        const auto minutes = body.is_object() && body.contains("minutes") &&
                                     body["minutes"].is_number_integer()
                                 ? body["minutes"].get<std::int64_t>()
                                 : 60;
        if (minutes < 1 || minutes > minutes_most) {
            std::move(answer).send(bad("\"minutes\" is 1 to 10080, a week."));
            return;
        }
        made.rest = std::chrono::minutes{minutes};
    }
    auto number = made.number;
    act_on(
        parts.incoming, std::move(number), std::move(made),
        std::make_shared<http::reply>(std::move(answer))
    );
}

}  // namespace

std::vector<http::route> case_routes(case_route_parts parts) {
    const auto guarded = [parts](auto work) {
        return [parts, work](const http::request& request, http::reply answer) {
            if (!may_publish(
                    parts.token, request.header("Authorization"), request.remote_address
                )) {
                std::move(answer).send(cases_not_allowed());
                return;
            }
            work(parts, request, std::move(answer));
        };
    };
    std::vector<http::route> routes;
    routes.push_back({.method = "GET", .path = cases_path, .handle = guarded(list)});
    routes.push_back(
        {.method = "GET", .path = std::string{cases_path} + "/*", .handle = guarded(show)}
    );
    routes.push_back(
        {.method = "POST",
         .path = std::string{cases_path} + "/*",
         .body_bytes_max = case_body_bytes_max,
         .handle = guarded(act)}
    );
    return routes;
}

}  // namespace tertulia::gateway
