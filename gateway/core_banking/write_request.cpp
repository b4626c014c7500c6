#include "gateway/core_banking/write_request.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <nlohmann/json.hpp>

namespace tertulia::gateway {
namespace {

namespace fineract = adapters::fineract;
using nlohmann::json;

constexpr int no_answer_tries = 1'000;  // for as long as it takes

template <class... Each>
struct overloaded : Each... {
    using Each::operator()...;
};
template <class... Each>
overloaded(Each...) -> overloaded<Each...>;

made_request make_application(
    const core_application& what,
    std::string_view key,
    const fineract::access& to,
    const core_caller& call
) {
    std::vector<adapters::outbound_request> calls;
    calls.push_back(fineract::render_template(what.client_id, what.product_id, to));
    const auto answers = call(std::move(calls));
    auto judged = judge_answer(answers, fineract::call_kind::read);
    if (judged.reaction != fineract::core_reaction::done) return {.judged = std::move(judged)};
    auto terms = fineract::parse_template(answers.front()->body);
    if (!terms) return {.wrong = "the product's template lacks a term"};
    const fineract::application full{
        .client_id = what.client_id,
        .product_id = what.product_id,
        .principal = what.principal,
        .terms = std::move(*terms),
        .submitted_on = what.submitted_on,
        .wanted_on = what.wanted_on,
        .external_id = what.external_id,
        .note = what.note};
    auto request = fineract::render_application(full, key, to);
    if (!request) return {.wrong = "an amount this product does not lend"};
    return {.request = std::move(request)};
}

std::optional<civil_date> day_at(const json& from, const char* key) {
    return parse_iso_date(from.at(key).get<std::string>());
}

std::optional<core_write> note_from(const json& from) {
    const auto owner = from.at("owner").get<int>();
    if (owner < 0 || owner > 2) return std::nullopt;
    return core_note{
        static_cast<fineract::note_owner>(owner),
        from.at("owner_id").get<std::string>(),
        from.at("text").get<std::string>()};
}

std::optional<core_write> application_from(const json& from) {
    core_application out{
        .client_id = from.at("client_id").get<std::string>(),
        .product_id = from.at("product_id").get<std::string>(),
        .external_id = from.at("external_id").get<std::string>(),
        .note = from.at("note").get<std::string>()};
    out.principal.minor = from.at("minor").get<std::int64_t>();
    const auto currency = from.at("currency").get<std::string>();
    const auto submitted = day_at(from, "submitted_on");
    const auto wanted = day_at(from, "wanted_on");
    if (!parse_currency(currency, out.principal.currency) || !submitted || !wanted) {
        return std::nullopt;
    }
    out.submitted_on = *submitted;
    out.wanted_on = *wanted;
    return out;
}

std::optional<core_write> attendance_from(const json& from) {
    fineract::attendance out{
        .group_id = from.at("group_id").get<std::string>(),
        .calendar_id = from.at("calendar_id").get<std::string>()};
    const auto day = day_at(from, "on");
    if (!day) return std::nullopt;
    out.on = *day;
    for (const auto& each : from.at("clients")) {
        const auto how = each.at(1).get<int>();
        if (how < 1 || how > 5) return std::nullopt;
        out.clients.emplace_back(
            each.at(0).get<std::string>(), static_cast<fineract::presence>(how));
    }
    return out;
}

std::optional<core_write> sheet_from(const json& from) {
    core_sheet out{
        .group_id = from.at("group_id").get<std::string>(),
        .calendar_id = from.at("calendar_id").get<std::string>()};
    const auto day = day_at(from, "on");
    if (!day || !parse_currency(from.at("currency").get<std::string>(), out.currency)) {
        return std::nullopt;
    }
    out.on = *day;
    return out;
}

}  // namespace

std::string_view kind_of(const core_write& what) noexcept {
    if (std::holds_alternative<core_note>(what)) return "note";
    if (std::holds_alternative<core_application>(what)) return "application";
    return std::holds_alternative<core_sheet>(what) ? "sheet" : "attendance";
}

std::string content_of(const core_write& what) {
    const auto body = std::visit(
        overloaded{
            [](const core_note& of) {
                return json{
                    {"owner", static_cast<int>(of.owner)}, {"owner_id", of.owner_id}, {"text", of.text}};
            },
            [](const core_application& of) {
                return json{
                    {"client_id", of.client_id},
                    {"product_id", of.product_id},
                    {"minor", of.principal.minor},
                    {"currency", of.principal.currency.view()},
                    {"submitted_on", iso_date(of.submitted_on)},
                    {"wanted_on", iso_date(of.wanted_on)},
                    {"external_id", of.external_id},
                    {"note", of.note}};
            },
            [](const fineract::attendance& of) {
                auto clients = json::array();
                for (const auto& [id, how] : of.clients) {
                    clients.push_back(json::array({id, static_cast<int>(how)}));
                }
                return json{
                    {"group_id", of.group_id},
                    {"calendar_id", of.calendar_id},
                    {"on", iso_date(of.on)},
                    {"clients", std::move(clients)}};
            },
            [](const core_sheet& of) {
                return json{
                    {"group_id", of.group_id},
                    {"calendar_id", of.calendar_id},
                    {"on", iso_date(of.on)},
                    {"currency", of.currency.view()}};
            }},
        what
    );
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<core_write> read_write(std::string_view kind, std::string_view content) {
    const auto from = json::parse(content, nullptr, false);
    if (!from.is_object()) return std::nullopt;
    try {
        if (kind == "note") return note_from(from);
        if (kind == "application") return application_from(from);
        if (kind == "attendance") return attendance_from(from);
        if (kind == "sheet") return sheet_from(from);
    } catch (const json::exception&) {
        return std::nullopt;  // a key is missing, or of another type
    }
    return std::nullopt;
}

made_request make_request(
    const core_write& what, std::string_view key, const fineract::access& to, const core_caller& call
) {
    return std::visit(
        overloaded{
            [&](const core_note& of) -> made_request {
                return {
                    .request = fineract::render_note(of.owner, of.owner_id, of.text, key, to)};
            },
            [&](const core_application& of) { return make_application(of, key, to, call); },
            [&](const fineract::attendance& of) -> made_request {
                return {.request = fineract::render_attendance(of, key, to)};
            },
            [&](const core_sheet& of) -> made_request {
                return {
                    .request =
                        fineract::render_collection_sheet(of.group_id, of.calendar_id, of.on, to)};
            }},
        what
    );
}

fineract::core_verdict judge_answer(
    const std::vector<std::optional<adapters::provider_response>>& answers, fineract::call_kind what
) {
    if (answers.size() == 1 && answers.front()) return fineract::judge(*answers.front(), what);
    return {
        .reaction = fineract::core_reaction::same_again,
        .reason = "core banking does not answer",
        .after = std::chrono::seconds{30},
        .tries_max = no_answer_tries};
}

}  // namespace tertulia::gateway
