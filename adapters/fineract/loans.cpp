#include "adapters/fineract/row_reader.hpp"

#include <algorithm>

namespace tertulia::adapters::fineract {
namespace {

constexpr std::size_t periods_max = 1'000;

// Kinds of a loan's transactions that are money she brought: repayment, recovery after a write-off,
// down payment. Accruals, waivers and the disbursal are not.
bool is_payment(const node& type) {
    const auto code = read_code(type);
    return type["repayment"].yes() || code == 2 || code == 8 || code == 28;
}

// An amount of this key; zero where it is left out, nothing where it is no amount.
std::optional<money> amount_at(const node& from, std::string_view key, currency_code currency) {
    const auto& found = from[key];
    return found.is(node_kind::nothing) ? std::optional{money{0, currency}}
                                        : read_amount(found, currency);
}

// What was waived or written off is not owed any more, so the total is what was paid and what is
// still outstanding, and not what the contract once said.
reading<instalment> instalment_of(const node& from, currency_code currency) {
    reading<instalment> out;
    auto& row = out.row;
    row.number = static_cast<int>(from["period"].whole().value_or(0));
    const auto due = read_day(from["dueDate"]);
    const auto paid = amount_at(from, "totalPaidForPeriod", currency);
    const auto contract = amount_at(from, "totalDueForPeriod", currency);
    const auto principal = amount_at(from, "principalDue", currency);
    const auto& left = from["totalOutstandingForPeriod"];
    if (row.number < 1 || static_cast<std::size_t>(row.number) > periods_max || !due) {
        out.wrong = "an instalment without number or day";
        return out;
    }
    const auto owed = !left.is(node_kind::nothing) ? read_amount(left, currency)
                      : paid && contract           ? std::optional{*contract - *paid}
                                                   : std::nullopt;
    if (!paid || !contract || !principal || !owed || paid->minor < 0 || owed->minor < 0) {
        out.wrong = "an instalment with an amount that is not one";
        return out;
    }
    row.due = *due;
    row.paid = *paid;
    row.total = *paid + *owed;
    row.principal = std::clamp(*principal, money{0, currency}, row.total);
    if (owed->minor == 0) row.met_on = read_day(from["obligationsMetOnDate"]);
    return out;
}

// A schedule is one value: one instalment that cannot be read spoils what she owes.
std::string read_schedule(const node& from, loan& into) {
    for (const auto& each : from["repaymentSchedule"]["periods"].inside) {
        if (each["period"].is(node_kind::nothing)) continue;  // the disbursal
        auto one = instalment_of(each, into.principal.currency);
        if (!one.wrong.empty()) return one.wrong;
        into.schedule.push_back(one.row);
    }
    auto& all = into.schedule;
    std::ranges::sort(all, {}, &instalment::number);
    const auto twice = std::ranges::adjacent_find(all, {}, &instalment::number);
    return twice == all.end() ? std::string{} : "a schedule with one number twice";
}

std::string read_payments(const node& from, loan& into) {
    for (const auto& each : from["transactions"].inside) {
        if (!is_payment(each["type"])) continue;
        const auto day = read_day(each["date"]);
        const auto amount = read_amount(each["amount"], into.principal.currency);
        auto id = id_of(each["id"]);
        if (!day || !amount || amount->minor < 0 || id.empty()) return "a payment we cannot read";
        into.payments.push_back({
            .id = std::move(id),
            .on = *day,
            .amount = *amount,
            .place = clean(each["paymentDetailData"]["paymentType"]["name"]),
            .reversed = each["manuallyReversed"].yes(),
            .receipt = clean(each["paymentDetailData"]["receiptNumber"])});
    }
    std::ranges::stable_sort(into.payments, std::ranges::greater{}, &payment::on);
    return {};
}

std::string read_terms(const node& from, loan_row& into) {
    auto& what = into.what;
    what.id = id_of(from["id"]);
    if (what.id.empty()) return "a loan without id";
    what.client_id = id_of(from["clientId"]);
    what.group_id = id_of(from["group"]["id"]);
    what.product = clean(from["loanProductName"]);
    what.cycle = static_cast<int>(
        std::clamp<std::int64_t>(from["loanCounter"].whole().value_or(1), 1, 1'000));
    const auto code = read_code(from["status"]);
    const auto status = code ? loan_status_of(*code) : std::nullopt;
    if (!status) return "a loan of a status we do not know";
    what.status = *status;
    const auto currency = read_currency(from["currency"]);
    if (!currency) return "a loan without currency";
    into.currency = *currency;
    const auto principal = read_amount(from["principal"], currency->code);
    if (!principal || principal->minor < 0) return "a loan without principal";
    what.principal = *principal;
    const auto& days = from["timeline"];
    what.disbursed_on = read_day(days["actualDisbursementDate"])
                            .value_or(read_day(days["expectedDisbursementDate"])
                                          .value_or(civil_date{}));
    what.matures_on = read_day(days["actualMaturityDate"])
                          .value_or(read_day(days["expectedMaturityDate"]).value_or(civil_date{}));
    return {};
}

reading<loan_row> loan_of(const node& from) {
    reading<loan_row> out;
    auto& row = out.row;
    out.wrong = read_terms(from, row);
    if (out.wrong.empty()) out.wrong = read_schedule(from, row.what);
    if (out.wrong.empty()) out.wrong = read_payments(from, row.what);
    if (out.wrong.empty() && row.what.status == loan_status::active && row.what.schedule.empty()) {
        out.wrong = "a running loan without schedule";
    }
    row.external_id = clean(from["externalId"]);
    if (row.external_id.starts_with("gw-")) row.what.application = row.external_id;
    if (row.what.status == loan_status::approved) {
        row.what.expected_on = read_day(from["timeline"]["expectedDisbursementDate"]);
        const auto approved = read_amount(from["approvedPrincipal"], row.currency.code);
        if (approved && approved->minor > 0) row.what.principal = *approved;
    }
    row.product_id = id_of(from["loanProductId"]);
    row.officer_id = id_of(from["loanOfficerId"]);
    const auto& summary = from["summary"];
    row.outstanding_told = read_amount(summary["totalOutstanding"], row.currency.code);
    row.overdue_told = read_amount(summary["totalOverdue"], row.currency.code);
    row.days_late_told = from["delinquent"]["pastDueDays"].whole();
    return out;
}

reading<loan_head> head_of(const node& from) {
    reading<loan_head> out;
    out.row.id = id_of(from["id"]);
    out.row.client_id = id_of(from["clientId"]);
    out.row.fingerprint = fingerprint(from);
    const auto code = read_code(from["status"]);
    const auto status = code ? loan_status_of(*code) : std::nullopt;
    if (status) {
        out.row.status = *status;
    } else {
        out.wrong = "a loan of a status we do not know";
    }
    if (out.row.id.empty()) out.wrong = "a loan without id";
    return out;
}

reading<savings_row> savings_of(const node& from) {
    constexpr std::int64_t active = 300;
    reading<savings_row> out;
    auto& row = out.row;
    row.id = id_of(from["id"]);
    row.client_id = id_of(from["clientId"]);
    row.group_id = id_of(from["groupId"]);
    row.product = clean(from["savingsProductName"]);
    row.active = read_code(from["status"]) == active;
    const auto& summary = from["summary"];
    const auto currency = read_currency(
        from["currency"].is(node_kind::object) ? from["currency"] : summary["currency"]);
    if (row.id.empty()) out.wrong = "savings without id";
    if (!currency) {
        out.wrong = "savings without currency";
        return out;
    }
    // What nobody has paid into yet has no summary.
    const auto balance = row.active || summary.is(node_kind::object)
                             ? amount_at(summary, "accountBalance", currency->code)
                             : std::optional{money{0, currency->code}};
    if (!balance) {
        out.wrong = "savings with a balance that is no amount";
        return out;
    }
    row.balance = *balance;
    row.available = read_amount(summary["availableBalance"], currency->code).value_or(*balance);
    return out;
}

reading<product_row> product_of(const node& from) {
    reading<product_row> out;
    auto& row = out.row;
    row.id = id_of(from["id"]);
    row.name = clean(from["name"]);
    const auto currency = read_currency(from["currency"]);
    if (row.id.empty()) out.wrong = "a product without id";
    if (!currency) {
        out.wrong = "a product without currency";
        return out;
    }
    row.currency = *currency;
    row.principal_least = read_amount(from["minPrincipal"], currency->code);
    row.principal_most = read_amount(from["maxPrincipal"], currency->code);
    // Only a product that was closed says anything else.
    const auto status = from["status"].words();
    row.active = status.empty() || status == "loanProduct.active";
    return out;
}

reading<charge_row> charge_of(const node& from) {
    reading<charge_row> out;
    auto& row = out.row;
    row.id = id_of(from["id"]);
    row.name = clean(from["name"]);
    row.penalty = from["penalty"].yes();
    row.active = from["active"].yes();
    const bool flat = read_code(from["chargeCalculationType"]).value_or(1) == 1;
    const auto currency = read_currency(from["currency"]);
    const auto amount = currency && flat ? read_amount(from["amount"], currency->code)
                                         : std::nullopt;
    if (!flat) row.percent = clean(from["amount"]);
    if (amount) row.amount = *amount;
    if (!amount && row.percent.empty()) out.wrong = "a charge without amount";
    if (row.id.empty()) out.wrong = "a charge without id";
    return out;
}

void add_ids(const node& from, std::vector<std::string>& into) {
    for (const auto& each : from.inside) {
        if (auto id = id_of(each["id"]); !id.empty()) into.push_back(std::move(id));
    }
}

struct fineract_category final : boost::system::error_category {
    [[nodiscard]] const char* name() const noexcept override { return "tertulia.fineract"; }
    [[nodiscard]] std::string message(int code) const override {
        return static_cast<errc>(code) == errc::not_json ? "the answer is not JSON, or cut off"
                                                         : "the answer has another shape";
    }
};

}  // namespace

boost::system::error_code make_error_code(errc code) noexcept {
    static const fineract_category category;
    return {static_cast<int>(code), category};
}

result<page<loan_head>> parse_loan_list(std::string_view body) {
    return read_page<loan_head>(body, head_of);
}
result<page<loan_row>> parse_loan(std::string_view body) {
    return read_one<loan_row>(body, loan_of);
}
result<page<savings_row>> parse_savings(std::string_view body) {
    return read_one<savings_row>(body, savings_of);
}
result<page<savings_row>> parse_savings_list(std::string_view body) {
    return read_page<savings_row>(body, savings_of);
}
result<page<product_row>> parse_products(std::string_view body) {
    return read_page<product_row>(body, product_of);
}
result<page<charge_row>> parse_charges(std::string_view body) {
    return read_page<charge_row>(body, charge_of);
}

result<accounts> parse_accounts(std::string_view body) {
    const auto document = read_document(body);
    if (!document) return errc::not_json;
    if (!document->is(node_kind::object)) return errc::unexpected_shape;
    accounts out;
    add_ids((*document)["loanAccounts"], out.loans);
    add_ids((*document)["savingsAccounts"], out.savings);
    return out;
}

result<payoff> parse_payoff(std::string_view body, currency_code currency) {
    const auto document = read_document(body);
    if (!document) return errc::not_json;
    const auto total = read_amount((*document)["amount"], currency);
    const auto day = read_day((*document)["date"]);
    if (!total || total->minor < 0 || !day) return errc::unexpected_shape;
    return payoff{*total, *day};
}

}  // namespace tertulia::adapters::fineract
