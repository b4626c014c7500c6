#include "gateway/commands/feedback_routes.hpp"

#include "dialogs/script/program.hpp"
#include "gateway/commands/script_routes.hpp"
#include "gateway/http/query.hpp"
#include "gateway/nudges/known_staff.hpp"
#include "gateway/nudges/open_plan.hpp"

#include <SQLiteCpp/Database.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <charconv>
#include <memory>
#include <optional>
#include <utility>

namespace tertulia::gateway {
namespace {

using nlohmann::json;

constexpr std::string_view decision_end = "/decision";
constexpr std::size_t feedback_body_bytes_max = 8UL * 1024;

http::response feedback_in_json(const json& body) {
    return {
        .content_type = "application/json",
        .body = body.dump(-1, ' ', false, json::error_handler_t::replace),
        .headers = {{"Cache-Control", "private, no-store"}}};
}

http::response bad_decision(std::string_view why) {
    return http::problem(400, "bad-request", "This is not understood", why);
}

bool may_see_feedback(const feedback_route_parts& parts, const http::request& asked) {
    return may_publish(parts.of_nudges.token, asked.header("Authorization"), asked.remote_address);
}

http::response feedback_not_open() {
    return http::problem(
        403, "not-allowed", "The board of ideas is not open to you",
        "Ask from this machine, or send server.admin_token of the config as a Bearer token."
    );
}

http::response feedback_unreadable(const std::exception& trouble) {
    spdlog::error("the board of ideas cannot be read: {}", trouble.what());
    return http::problem(
        500, "store", "The board of ideas cannot be read", "The gateway's log says more."
    );
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    const bool is_read = error == std::errc{} && stopped == end && number > 0;
    return is_read ? std::optional{number} : std::nullopt;
}

json json_of(const feedback_idea& of) {
    json made{
        {"id", of.id},
        {"at", to_millis(of.at)},
        {"about", of.about},
        {"question", of.question},
        {"words", of.words.empty() ? json{} : json(of.words)},
        {"decision", name_of(of.decision)}};
    if (of.decision == feedback_decision::open) return made;
    made["owner"] = of.owner;
    made["answer"] = of.answer;
    made["decided"] = to_millis(of.decided);
    if (!of.told.empty()) made["told"] = of.told;
    return made;
}

void list_feedback(const feedback_route_parts& parts, const http::request& asked, http::reply answer) {
    const auto open = http::query_value(asked.query, "open").value_or("false");
    if (open != "true" && open != "false") {
        std::move(answer).send(
            http::problem(400, "bad-query", "'open' is true or false", "?open=true: what is not decided yet")
        );
        return;
    }
    auto shared = std::make_shared<http::reply>(std::move(answer));
    parts.incoming.add(errand{[parts, shared, only = open == "true"](store&) {
        try {
            const auto database = open_plan(parts.of_nudges.database);
            auto each = json::array();
            const auto all = feedback_book{*database}.list(
                only, feedback_listed_most,
                [&parts](std::int64_t contact, std::string_view question) {
                    return parts.store.words_in_contact(contact, question);
                }
            );
            for (const auto& one : all) each.push_back(json_of(one));
            std::move(*shared).send(feedback_in_json({{"ideas", std::move(each)}}));
        } catch (const std::exception& trouble) {
            std::move(*shared).send(feedback_unreadable(trouble));
        }
    }});
}

http::response decided(const feedback_route_parts& parts, const http::request& asked) {
    constexpr std::string_view all = feedback_path;
    auto rest = std::string_view{asked.path}.substr(std::min(asked.path.size(), all.size() + 1));
    if (!rest.ends_with(decision_end)) {
        return http::problem(
            404, "no-such-act", "That cannot be done with an idea", "POST …/ID/decision decides it."
        );
    }
    rest.remove_suffix(decision_end.size());
    auto read = read_decision(rest, asked.body);
    if (!read.wrong.empty()) return bad_decision(read.wrong);
    read.what.at = parts.of_nudges.clock();
    const auto scripts = parts.of_nudges.scripts();
    const auto database = open_plan(parts.of_nudges.database);
    const auto* settings = parts.of_nudges.settings;
    const auto owners = staff_in(
        *database, settings == nullptr ? std::span<const staff_person>{} : settings->colleagues
    );
    const auto how = feedback_book{*database}.decide(
        read.ideas, read.what, owners, scripts->compiled().nudges
    );
    switch (how.answer) {
        case feedback_answer::done: return feedback_in_json({{"text", how.words}});
        case feedback_answer::bad: return bad_decision(how.words);
        case feedback_answer::refused:
            return http::problem(409, "not-done", "Nothing was done", how.words);
        case feedback_answer::unknown: break;
    }
    return http::problem(404, "no-such-idea", "There is no such idea", how.words);
}

}  // namespace

feedback_asked read_decision(std::string_view id, std::string_view body) {
    feedback_asked made;
    const auto wrong = [&made](std::string_view why) {
        made.wrong = why;
        return made;
    };
    const auto first = number_of(id);
    if (!first) return wrong("The path names an idea by its number: …/feedback/12/decision.");
    made.ideas.push_back(*first);
    const auto read = json::parse(body, nullptr, false);
    if (!read.is_object()) return wrong("The body is a JSON object.");
    for (const auto& [key, value] : read.items()) {
        if (key == "also") {
            if (!value.is_array()) return wrong("\"also\" is a list of numbers: [13, 15].");
            for (const auto& one : value) {
                if (!one.is_number_unsigned() || one.get<std::uint64_t>() == 0 ||
                    one.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
                    return wrong("\"also\" is a list of numbers: [13, 15].");
                }
                made.ideas.push_back(one.get<std::int64_t>());
            }
            continue;
        }
        if (key != "owner" && key != "decision" && key != "words") {
            return wrong(
                "\"" + key + "\" is not known: there are \"owner\", \"decision\", \"words\" and \"also\"."
            );
        }
        if (!value.is_string()) return wrong("\"" + key + "\" is a text.");
        if (key == "owner") made.what.owner = value.get<std::string>();
        if (key == "words") made.what.words = value.get<std::string>();
    }
    const auto decision = read.contains("decision")
                              ? parse_feedback_decision(read["decision"].get<std::string>())
                              : std::nullopt;
    if (!decision || *decision == feedback_decision::open) {
        return wrong("\"decision\" is adopted, declined or later.");
    }
    made.what.decision = *decision;
    return made;
}

std::vector<http::route> feedback_routes(const feedback_route_parts& parts) {
    const auto list = [parts](const http::request& asked, http::reply answer) {
        if (!may_see_feedback(parts, asked)) return std::move(answer).send(feedback_not_open());
        list_feedback(parts, asked, std::move(answer));
    };
    const auto decide = [parts](const http::request& asked, http::reply answer) {
        if (!may_see_feedback(parts, asked)) return std::move(answer).send(feedback_not_open());
        try {
            std::move(answer).send(decided(parts, asked));
        } catch (const std::exception& trouble) {
            std::move(answer).send(feedback_unreadable(trouble));
        }
    };
    return {
        {.method = "GET", .path = feedback_path, .handle = list},
        {.method = "POST",
         .path = std::string{feedback_path} + "/*",
         .body_bytes_max = feedback_body_bytes_max,
         .handle = decide}};
}

}  // namespace tertulia::gateway
