#include "gateway/commands/referral_routes.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "gateway/commands/script_routes.hpp"
#include "gateway/http/query.hpp"
#include "gateway/referrals/referral_export.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <memory>
#include <optional>
#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::string_view prefix = "/api/v1/referrals/";
constexpr std::string_view pay_word = "/pay";
constexpr std::size_t body_bytes_max = 4UL * 1024;
constexpr int step_most = 12;

http::response bad(std::string_view why) {
    return http::problem(400, "bad-request", "This is not understood", why);
}

http::response json(unsigned status, const nlohmann::json& body) {
    return {
        .status = status,
        .content_type = "application/json",
        .body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
        .headers = {{"Cache-Control", "private, no-store"}}};
}

nlohmann::json line_of(const referral_row& one) {
    auto parts = nlohmann::json::array();
    for (const auto& each : one.parts) {
        nlohmann::json part{
            {"step", each.part.step},
            {"amount", decimal(each.part.amount)},
            {"currency", each.part.amount.currency.view()},
            {"earned_on", iso_date(each.part.earned_on)}};
        if (each.part.paid_on) {
            part["paid_on"] = iso_date(*each.part.paid_on);
            part["reference"] = each.reference;
            part["paid_by"] = each.paid_by;
        }
        parts.push_back(std::move(part));
    }
    const auto& what = one.what;
    return {
        {"id", what.id},
        {"number", what.number},
        {"state", name_of(what.state)},
        {"hidden", what.hidden},
        {"at", to_millis(what.at)},
        {"code", what.code},
        {"referrer", what.referrer.value},
        {"client_id", what.client_id},
        {"loan_id", what.loan_id},
        {"rule", what.terms.version},
        {"reason", what.reason},
        {"commission", std::move(parts)}};
}

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stopped != end || value < 0) return std::nullopt;
    return value;
}

// On the writer thread; what the store refuses is answered 503.
void ask(inbox& incoming, http::reply answer, std::function<http::response()> work) {
    auto shared = std::make_shared<http::reply>(std::move(answer));
    incoming.add(errand{[shared, work = std::move(work)](store&) {
        try {
            std::move(*shared).send(work());
        } catch (const std::exception&) {
            std::move(*shared).send(http::problem(
                503, "store-unreadable", "The store cannot be read", "See the gateway's log."
            ));
        }
    }});
}

void list(const referral_route_parts& parts, const http::request& request, http::reply answer) {
    const auto after = whole(http::query_value(request.query, "after").value_or("0"));
    const auto format = http::query_value(request.query, "format").value_or("json");
    if (!after || (format != "json" && format != "csv")) {
        std::move(answer).send(bad("?after=ID is the last one you have, &format= json or csv."));
        return;
    }
    ask(parts.incoming, std::move(answer),
        [after = *after, as_table = format == "csv", &ledger = parts.ledger] {
            const auto all = referral_rows(ledger, after, referrals_at_once);
            if (as_table) {
                return http::response{
                    .content_type = "text/csv; charset=utf-8",
                    .body = csv_of(all),
                    .headers = {{"Cache-Control", "private, no-store"}}};
            }
            auto lines = nlohmann::json::array();
            for (const auto& one : all) lines.push_back(line_of(one));
            return json(200, {{"referrals", std::move(lines)}});
        });
}

http::response answer_of(const commission_payment& what, const pay_result& how) {
    if (how.answer == pay_answer::unknown) {
        return http::problem(
            404, "no-such-referral", "There is no such recommendation",
            "GET /api/v1/referrals lists them."
        );
    }
    const auto words = words_of(what, how);
    if (!is_well(how.answer)) return http::problem(409, "not-paid", "Nothing was noted", words);
    nlohmann::json body{
        {"number", what.number},
        {"paid", how.answer == pay_answer::paid},
        {"text", words}};
    if (how.answer == pay_answer::paid) {
        body["amount"] = decimal(how.sum);
        body["currency"] = how.sum.currency.view();
    }
    return json(200, body);
}

void pay(const referral_route_parts& parts, const http::request& request, http::reply answer) {
    auto rest = request.path.substr(prefix.size());
    if (!rest.ends_with(pay_word)) {
        std::move(answer).send(http::problem(
            404, "no-such-act", "That cannot be done with a recommendation",
            "POST …/NUMBER/pay notes that its commission was paid."
        ));
        return;
    }
    rest.remove_suffix(pay_word.size());
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    const auto text_of = [&body](const char* key) {
        return body.is_object() && body.contains(key) && body[key].is_string()
                   ? body[key].get<std::string>()
                   : std::string{};
    };
    commission_payment what{
        .number = std::string{rest}, .reference = text_of("reference"), .by = text_of("by")};
    const auto fits = [](const std::string& text) {
        return !text.empty() && text.size() <= payment_word_bytes_max;
    };
    if (!fits(what.reference) || !fits(what.by)) {
        std::move(answer).send(
            bad("Send {\"reference\": of the payment, \"by\": who paid}, up to 80 bytes each.")
        );
        return;
    }
    if (body.contains("step")) {
        const auto& step = body["step"];
        if (!step.is_number_integer() || step.get<std::int64_t>() < 1 ||
            step.get<std::int64_t>() > step_most) {
            std::move(answer).send(bad("\"step\" is the part that was paid, from 1; without it all."));
            return;
        }
        what.step = step.get<int>();
    }
    ask(parts.incoming, std::move(answer), [parts, what]() mutable {
        what.at = parts.clock();
        what.on = parts.calendar.date_of(what.at);
        const auto how = parts.ledger.pay(what);
        if (how.answer == pay_answer::paid && parts.paid) parts.paid();
        return answer_of(what, how);
    });
}

}  // namespace

bool is_well(pay_answer how) noexcept {
    return how == pay_answer::paid || how == pay_answer::paid_before;
}

std::string words_of(const commission_payment& what, const pay_result& how) {
    switch (how.answer) {
        case pay_answer::paid:
            return what.number + ": " + decimal(how.sum) + " " +
                   std::string{how.sum.currency.view()} + " noted as paid";
        case pay_answer::paid_before:
            return what.number + ": noted before under that reference, and not again";
        case pay_answer::paid_otherwise:
            return what.number + " was paid under another reference; its history says which";
        case pay_answer::nothing_open:
            return what.number + " has earned nothing that is not paid";
        case pay_answer::unknown:
            break;
    }
    return "there is no recommendation " + what.number;
}

std::vector<http::route> referral_routes(const referral_route_parts& parts) {
    const auto guarded = [parts](auto work) {
        return [parts, work](const http::request& request, http::reply answer) {
            if (!may_publish(
                    parts.token, request.header("Authorization"), request.remote_address
                )) {
                std::move(answer).send(http::problem(
                    403, "not-allowed", "Recommendations are not open to you",
                    "Ask from this machine, or send server.admin_token of the config as a Bearer "
                    "token."
                ));
                return;
            }
            work(parts, request, std::move(answer));
        };
    };
    return {
        {.method = "GET", .path = referrals_path, .handle = guarded(list)},
        {.method = "POST",
         .path = std::string{referrals_path} + "/*",
         .body_bytes_max = body_bytes_max,
         .handle = guarded(pay)}};
}

}  // namespace tertulia::gateway
