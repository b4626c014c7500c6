#include "gateway/commands/document_route.hpp"

#include "dialogs/script/program.hpp"
#include "gateway/documents/paper.hpp"
#include "gateway/documents/personal_data.hpp"
#include "gateway/documents/statement.hpp"
#include "gateway/portfolio/portfolio_reader.hpp"
#include "gateway/portfolio/schema.hpp"

#include <SQLiteCpp/Database.h>

#include <memory>
#include <string_view>
#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::string_view document_prefix = "/media/made/";

http::response made(const document_parts& parts, const document_desk::order& what) {
    const auto portfolio = open_portfolio(parts.database);
    portfolio_reader reader{*portfolio};
    const auto who = reader.client(what.what.client_id);
    if (who == nullptr) return http::nothing_here();
    http::response out{
        .headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}}};
    if (what.what.what == document_kind::my_data) {
        personal_data hers{.clients = {who}, .as_of = reader.stamp().as_of};
        for (auto& each : parts.store.records_of(party_id{what.party})) {
            hers.records.push_back({each.at, std::move(each.kind), std::move(each.detail)});
        }
        out.content_type = "application/json";
        out.body = json_of(hers);
        return out;
    }
    const auto scripts = parts.scripts.current();
    const auto& program = scripts->compiled();
    const auto now = parts.clock();
    const statement_of of{
        .who = *who,
        .loan_id = what.what.loan_id,
        .house = program.house,
        .as_of = reader.stamp().as_of,
        .now = now,
        .today = program.calendar->date_of(now),
        .language = what.what.language};
    if (what.what.what == document_kind::statement_csv) {
        out.content_type = "text/csv; charset=utf-8";
        out.body = statement_csv(of);
    } else {
        out.content_type = "application/pdf";
        out.body = pdf_of(statement_paper(of, *program.words));
    }
    return out;
}

}  // namespace

http::route document_route(const document_parts& parts) {
    return {
        .method = "GET",
        .path = std::string{document_prefix} + "*",
        .handle =
            [parts](const http::request& asked, http::reply answer) {
                // Who only looks whether it is there learns nothing and takes nothing.
                auto what = asked.method == "GET"
                                ? parts.desk.take(asked.path.substr(document_prefix.size()), parts.clock())
                                : std::nullopt;
                if (!what) {
                    std::move(answer).send(http::nothing_here());
                    return;
                }
                auto shared = std::make_shared<http::reply>(std::move(answer));
                parts.incoming.add(errand{[parts, shared, what = std::move(*what)](store&) {
                    std::move(*shared).send(made(parts, what));
                }});
            },
    };
}

outbound_message with_document(
    const outbound_message& what, std::int64_t party, const std::string& media_base,
    document_desk& desk, instant now
) {
    auto out = what;
    auto* media = std::get_if<say_media>(&out.content);
    if (media == nullptr || media->made.what == document_kind::none) return out;
    media->link = media_base + "/made/" + desk.lay_out({media->made, party}, now);
    return out;
}

}  // namespace tertulia::gateway
