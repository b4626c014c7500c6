#include "gateway/commands/pin_route.hpp"

#include "dialogs/engine/event.hpp"
#include "dialogs/script/program.hpp"
#include "gateway/documents/pin_page.hpp"
#include "gateway/http/query.hpp"
#include "gateway/portfolio/pins.hpp"
#include "gateway/portfolio/portfolio_reader.hpp"
#include "gateway/portfolio/schema.hpp"

#include <SQLiteCpp/Database.h>

#include <exception>
#include <string_view>
#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::string_view prefix = "/pin/";
constexpr std::size_t body_bytes_max = 512;
constexpr std::string_view digits = "0123456789";
constexpr std::string_view form_type = "application/x-www-form-urlencoded";

http::response page_of(
    const pin_parts& parts, pin_page what, std::string_view path, const language_tag& language,
    std::string_view accepted = {}
) {
    const auto scripts = parts.scripts.current();
    const auto& program = scripts->compiled();
    const auto spoken =
        language.empty() ? page_language(accepted, program.house.languages) : language;
    return {
        .status = what == pin_page::gone ? 404U : 200U,
        .content_type = "text/html; charset=utf-8",
        .body = html_of(what, path, program.house, spoken, *program.words),
        .headers = {
            {"Cache-Control", "no-store"},
            {"X-Content-Type-Options", "nosniff"},
            {"Referrer-Policy", "no-referrer"},
            {"Content-Security-Policy", pin_page_policy()}}};
}

pin_page page_of(pin_quality judged) noexcept {
    switch (judged) {
        case pin_quality::not_six_digits:
            return pin_page::not_six_digits;
        case pin_quality::repeats:
            return pin_page::repeats;
        case pin_quality::sequence:
            return pin_page::sequence;
        case pin_quality::birth_date:
            return pin_page::birth_date;
        case pin_quality::good:
            break;
    }
    return pin_page::done;
}

std::string without_blanks(std::string text) {
    std::erase_if(text, [](char one) { return one == ' ' || one == '-'; });
    return text;
}

void wipe(std::string& secret) noexcept {
    for (volatile char& one : secret) one = '\0';
}

struct form {
    std::string pin{};
    std::string again{};
    ~form() {
        wipe(pin);
        wipe(again);
    }
};

// On the writer thread, which alone writes the portfolio while the gateway serves.
pin_page keep(const pin_parts& parts, const pin_desk::order& what, const form& filled) {
    if (filled.pin != filled.again) return pin_page::differ;
    const auto portfolio = open_portfolio(parts.database);
    const auto who = portfolio_reader{*portfolio}.client(what.client_id);
    if (who == nullptr) return pin_page::gone;
    const auto judged = judge_pin(filled.pin, who->who.born);
    if (judged != pin_quality::good) return page_of(judged);
    const auto set =
        set_pin(*portfolio, what.client_id, filled.pin, parts.clock(), who->who.born);
    return set == pin_set::done ? pin_page::done : pin_page::gone;
}

void show(const pin_parts& parts, const http::request& asked, http::reply answer) {
    const auto what = parts.desk.look(asked.path.substr(prefix.size()), parts.clock());
    std::move(answer).send(page_of(
        parts, what ? pin_page::asked : pin_page::gone, asked.path,
        what ? what->language : language_tag{}, asked.header("Accept-Language")
    ));
}

void take(const pin_parts& parts, const http::request& asked, http::reply answer) {
    std::string token{asked.path.substr(prefix.size())};
    std::string path{asked.path};
    const auto what = parts.desk.attempt(token, parts.clock());
    if (!what) {
        std::move(answer).send(
            page_of(parts, pin_page::gone, path, {}, asked.header("Accept-Language"))
        );
        return;
    }
    auto filled = std::make_shared<form>();
    if (asked.content_type.starts_with(form_type)) {
        filled->pin = without_blanks(http::query_value(asked.body, "pin").value_or(""));
        filled->again = without_blanks(http::query_value(asked.body, "again").value_or(""));
    }
    if (filled->pin.size() != 6 || filled->pin.find_first_not_of(digits) != std::string::npos) {
        std::move(answer).send(page_of(parts, pin_page::not_six_digits, path, what->language));
        return;
    }
    auto shared = std::make_shared<http::reply>(std::move(answer));
    parts.incoming.add(errand{
        [parts, shared, filled, token = std::move(token), path = std::move(path), what](store&) {
            // Somebody else's form may have been first.
            if (!parts.desk.look(token, parts.clock())) {
                std::move(*shared).send(page_of(parts, pin_page::gone, path, what->language));
                return;
            }
            auto page = pin_page::gone;
            try {
                page = keep(parts, *what, *filled);
            } catch (const std::exception&) {  // the database or the memory is not to be had now
                std::move(*shared).send(http::problem(
                    503, "not-now", "Not now", "It could not be kept. Please try again in a minute."
                ));
                return;
            }
            if (page == pin_page::done) {
                parts.desk.used(token);
                parts.incoming.add(agent_request{
                    .party = party_id{what->party},
                    .what = dialogs::happened{.what = std::string{dialogs::pin_set_event}},
                    .done = [](agent_answer) {}});
            }
            std::move(*shared).send(page_of(parts, page, path, what->language));
        }
    });
}

}  // namespace

std::vector<http::route> pin_routes(const pin_parts& parts) {
    std::vector<http::route> routes;
    routes.push_back(
        {.method = "GET",
         .path = std::string{prefix} + "*",
         .handle = [parts](const http::request& asked, http::reply answer) {
             show(parts, asked, std::move(answer));
         }}
    );
    routes.push_back(
        {.method = "POST",
         .path = std::string{prefix} + "*",
         .body_bytes_max = body_bytes_max,
         .handle = [parts](const http::request& asked, http::reply answer) {
             take(parts, asked, std::move(answer));
         }}
    );
    return routes;
}

std::string link_base(std::string_view media_base) {
    if (!media_base.starts_with("http")) return {};
    return std::string{media_base.substr(0, media_base.rfind("/media"))};
}

std::shared_ptr<const outbox_entry> with_pin_link(
    std::shared_ptr<const outbox_entry> entry, const std::string& base, pin_desk& desk, instant now
) {
    const auto* text = std::get_if<say_text>(&entry->message.content);
    if (text == nullptr || text->link.client_id.empty() || base.empty()) return entry;
    auto made = std::make_shared<outbox_entry>(*entry);
    auto& content = std::get<say_text>(made->message.content);
    const auto token = desk.lay_out(
        {.client_id = content.link.client_id,
         .party = entry->party.value,
         .language = content.link.language},
        now
    );
    content.text += "\n\n" + base + std::string{prefix} + token;
    return made;
}

}  // namespace tertulia::gateway
