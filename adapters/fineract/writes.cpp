#include "adapters/fineract/fineract.hpp"
#include "adapters/fineract/requests.hpp"
#include "adapters/wire/text.hpp"
#include "dialogs/facts/iso_date.hpp"

#include <nlohmann/json.hpp>

namespace tertulia::adapters::fineract {
namespace {

using ordered_json = nlohmann::ordered_json;

constexpr std::size_t note_written_max = 1'000;

// Days and numbers inside a body are texts that these two explain.
ordered_json body_with_formats() {
    return {{"locale", "en"}, {"dateFormat", "yyyy-MM-dd"}};
}

// An id as a number, which is how they are stored; one that is none would be our bug and is refused
// by the server.
ordered_json number_of(std::string_view id) {
    const auto value = node{node_kind::text, {}, std::string{id}, {}}.whole();
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

outbound_request writing(
    const access& to, std::string_view path, std::string_view key, const ordered_json& body
) {
    auto out = request_to(to, "POST", path);
    out.headers.emplace_back("Content-Type", "application/json");
    if (!key.empty()) out.headers.emplace_back("Idempotency-Key", key);
    out.body = body.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    return out;
}

std::int64_t code_at(const node& from, std::string_view key) {
    return read_code(from[key]).value_or(-1);
}

bool is_whole_multiple(money amount, std::int64_t units) {
    if (units <= 0) return true;
    std::int64_t minor = units;
    for (int i = 0; i < minor_digits(amount.currency); ++i) minor *= 10;
    return amount.minor % minor == 0;
}

}  // namespace

outbound_request render_template(
    std::string_view client_id, std::string_view product_id, const access& to
) {
    return request_to(
        to,
        "GET",
        "/loans/template?templateType=individual&clientId=" + path_of("", client_id).substr(2) +
            "&productId=" + path_of("", product_id).substr(2)
    );
}

result<application_terms> parse_template(std::string_view body) {
    const auto document = read_document(body);
    if (!document) return errc::not_json;
    const auto& from = *document;
    const auto currency = read_currency(from["currency"]);
    if (!currency) return errc::unexpected_shape;
    application_terms out{
        .currency = *currency,
        .term = code_at(from, "termFrequency"),
        .term_unit = code_at(from, "termPeriodFrequencyType"),
        .repayments = code_at(from, "numberOfRepayments"),
        .repay_every = code_at(from, "repaymentEvery"),
        .repay_unit = code_at(from, "repaymentFrequencyType"),
        .interest_rate = clean(from["interestRatePerPeriod"]),
        .amortization = code_at(from, "amortizationType"),
        .interest_type = code_at(from, "interestType"),
        .interest_period = code_at(from, "interestCalculationPeriodType"),
        .strategy = clean(from["transactionProcessingStrategyCode"])};
    const bool whole = out.term > 0 && out.term_unit >= 0 && out.repayments > 0 &&
                       out.repay_every > 0 && out.repay_unit >= 0 && !out.interest_rate.empty() &&
                       out.amortization >= 0 && out.interest_type >= 0 &&
                       out.interest_period >= 0 && !out.strategy.empty();
    if (!whole) return errc::unexpected_shape;
    return out;
}

std::optional<outbound_request> render_application(
    const application& what, std::string_view key, const access& to
) {
    const auto& terms = what.terms;
    const bool fits = what.principal.currency == terms.currency.code && what.principal.minor > 0 &&
                      is_whole_multiple(what.principal, terms.currency.in_multiples_of);
    if (!fits) return std::nullopt;
    auto body = body_with_formats();
    body["clientId"] = number_of(what.client_id);
    body["productId"] = number_of(what.product_id);
    body["loanType"] = "individual";
    body["principal"] = decimal(what.principal);
    body["loanTermFrequency"] = terms.term;
    body["loanTermFrequencyType"] = terms.term_unit;
    body["numberOfRepayments"] = terms.repayments;
    body["repaymentEvery"] = terms.repay_every;
    body["repaymentFrequencyType"] = terms.repay_unit;
    body["interestRatePerPeriod"] = terms.interest_rate;
    body["amortizationType"] = terms.amortization;
    body["interestType"] = terms.interest_type;
    body["interestCalculationPeriodType"] = terms.interest_period;
    body["transactionProcessingStrategyCode"] = terms.strategy;
    body["expectedDisbursementDate"] = iso_date(what.wanted_on);
    body["submittedOnDate"] = iso_date(what.submitted_on);
    body["externalId"] = what.external_id;
    if (!what.note.empty()) body["submittedOnNote"] = clean_text(what.note, note_written_max);
    return writing(to, "/loans", key, body);
}

outbound_request render_note(
    note_owner owner,
    std::string_view owner_id,
    std::string_view text,
    std::string_view key,
    const access& to
) {
    const auto* const of = owner == note_owner::client ? "clients"
                           : owner == note_owner::loan ? "loans"
                                                       : "groups";
    return writing(
        to,
        path_of(of, owner_id) + "/notes",
        key,
        ordered_json{{"note", clean_text(text, note_written_max)}}
    );
}

outbound_request render_attendance(
    const attendance& what, std::string_view key, const access& to
) {
    auto body = body_with_formats();
    body["meetingDate"] = iso_date(what.on);
    body["calendarId"] = number_of(what.calendar_id);
    auto list = ordered_json::array();
    for (const auto& [client_id, how] : what.clients) {
        list.push_back(
            {{"clientId", number_of(client_id)}, {"attendanceType", static_cast<int>(how)}});
    }
    body["clientsAttendance"] = std::move(list);
    return writing(to, path_of("groups", what.group_id) + "/meetings", key, body);
}

outbound_request render_collection_sheet(
    std::string_view group_id, std::string_view calendar_id, civil_date on, const access& to
) {
    auto body = body_with_formats();
    body["calendarId"] = number_of(calendar_id);
    body["transactionDate"] = iso_date(on);
    // It changes nothing, so it needs no key.
    return writing(
        to, path_of("groups", group_id) + "?command=generateCollectionSheet", {}, body
    );
}

result<std::vector<sheet_due>> parse_collection_sheet(
    std::string_view body, currency_code currency
) {
    const auto document = read_document(body);
    if (!document) return errc::not_json;
    if (!(*document)["groups"].is(node_kind::list)) return errc::unexpected_shape;
    std::vector<sheet_due> out;
    for (const auto& group : (*document)["groups"].inside) {
        for (const auto& who : group["clients"].inside) {
            for (const auto& each : who["loans"].inside) {
                const auto due = read_amount(each["totalDue"], currency);
                auto loan_id = id_of(each["loanId"]);
                if (!due || loan_id.empty()) return errc::unexpected_shape;
                out.push_back({id_of(who["clientId"]), std::move(loan_id), *due});
            }
        }
    }
    return out;
}

}  // namespace tertulia::adapters::fineract
